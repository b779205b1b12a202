"""A revision of a launched plan goes to the head: asked, taken back, returned, agreed to, issued."""

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from factories import make_user
from movements.plans import launch, make_movement
from thidua.movements.models import PlanRevision
from thidua.movements.services import revising
from thidua.organisations.models import UnitRole

pytestmark = pytest.mark.django_db


@pytest.fixture
def head(ministry):
    return make_user(ministry, UnitRole.Role.HEAD, full_name="Đỗ Khắc Thiệu", email="thieu@btp.example")


@pytest.fixture
def draft(ministry, departments, officer, head):
    del head
    movement = launch(make_movement(ministry, by=officer), departments[:2], by=officer)
    return revising.begin_revision(movement.plan, by=officer)


def test_the_database_itself_wants_somebody_asked(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanRevision.objects.filter(pk=draft.pk).update(approval="submitted")

import pytest
import time_machine
from django.db import transaction
from django.test import override_settings
from django.utils import translation

from factories import make_kind, make_unit, make_user
from movements import stage as stage_of


@pytest.fixture
def ministry():
    return make_unit("Bộ Tư pháp", place="Hà Nội", symbol="BTP")


@pytest.fixture
def departments(ministry):
    kind = make_kind("so", name="Sở Tư pháp", level="province")
    names = ("An Giang", "Cà Mau", "Lào Cai")
    return [
        make_unit(f"Sở Tư pháp tỉnh {name}", ministry, kind=kind, place=name, symbol="STP") for name in names
    ]


@pytest.fixture
def department(departments):
    return departments[2]


@pytest.fixture
def officer(ministry):
    return make_user(ministry, full_name="Nguyễn Thu Hà")


@pytest.fixture
def second(ministry):
    return make_user(ministry, full_name="Trần Văn Bình")


@pytest.fixture(scope="module")
def _staged(django_db_setup, django_db_blocker, tmp_path_factory):
    """Make the stage once for a module, on a day of its own; nothing of it outlives the module."""
    files = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files"))
    clock = time_machine.travel(stage_of.TODAY, tick=False)
    with files, clock, translation.override("vi"), django_db_blocker.unblock(), transaction.atomic():
        yield stage_of.Stage()
        transaction.set_rollback(True)


@pytest.fixture
def stage(_staged, db):
    """Return the stage; what a test changes of it in the database is taken back."""
    return _staged

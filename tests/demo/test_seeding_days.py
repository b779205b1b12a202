"""The demonstration can be begun on any day: before a year's launch or in the midst of it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from thidua.audit.models import Entry
from thidua.demo.seeding import seed
from thidua.demo.seeding.clock import standing_at
from thidua.movements.models import Movement

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
HERE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.mark.parametrize(
    ("now", "launched"),
    [
        (datetime(2026, 1, 10, 9, tzinfo=HERE), 0),
        (datetime(2026, 2, 11, 8, tzinfo=HERE), 3),  # the ministry's, the association's, one unit's own
    ],
)
def test_nothing_lies_after_the_day_the_demonstration_begins(now, launched):
    with standing_at(now):
        seed(lambda _: None)

    assert Entry.objects.filter(at__gt=now).count() == 0
    assert Movement.objects.filter(status="launched").count() == launched

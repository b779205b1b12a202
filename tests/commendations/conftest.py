"""A ministry, one of its departments and an officer there, on a day every test of a file shares."""

import pytest
import time_machine

from factories import make_unit, make_user

TODAY = "2026-03-02"


@pytest.fixture(autouse=True)
def _clock(request):
    """Stand still at the day a file names as ``NOW``, else before the law of October 2026."""
    day = getattr(request.module, "NOW", TODAY)
    with time_machine.travel(f"{day} 08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def root():
    return make_unit("Bộ Thử nghiệm", code="btn")


@pytest.fixture
def unit(root):
    return make_unit("Cục Trợ giúp", root)


@pytest.fixture
def owner(unit):
    return make_user(unit)

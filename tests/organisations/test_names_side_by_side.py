"""Two units of one name side by side: refused where they are made, told where they come together."""

from datetime import date

import pytest

from factories import make_unit
from thidua.organisations.models import Unit
from thidua.organisations.problems import UnitChangeRefusedError
from thidua.organisations.services.reorganisations import preview, reorganise
from thidua.organisations.services.requests import Merge, Rename, Split
from thidua.organisations.services.twins import twin_units
from thidua.organisations.services.units import NewUnit

pytestmark = pytest.mark.django_db
DAY = date(2025, 7, 1)
DECISION = "QĐ 99/QĐ-BTN ngày 20/6/2025"


def codes(error):
    return [problem.code for problem in error.value.problems]


@pytest.mark.parametrize("stays", [True, False])
def test_two_new_units_of_one_name_are_refused(stays):
    ministry = make_unit("Bộ Thử nghiệm")
    office = make_unit("Nhà xuất bản", ministry)
    parts = tuple(NewUnit(name, office.kind, ministry) for name in ("NXB Tư pháp A", "nxb  tư pháp A"))

    with pytest.raises(UnitChangeRefusedError) as refused:
        reorganise(None, Split(office, parts, stays=stays), on=DAY, decision=DECISION)

    assert codes(refused) == ["name_twice"]
    assert [unit.name for unit in Unit.objects.filter(parent=ministry)] == ["Nhà xuất bản"]


def test_a_new_unit_or_a_new_name_that_is_in_use_there_is_refused():
    ministry = make_unit("Bộ Thử nghiệm")
    north, south = (make_unit(name, ministry) for name in ("Trường Bắc", "Trường Nam"))
    used = make_unit("Trường Chung", ministry)

    with pytest.raises(UnitChangeRefusedError) as merged:
        reorganise(
            None,
            Merge((north, south), NewUnit("trường  chung", north.kind, ministry)),
            on=DAY,
            decision=DECISION,
        )
    with pytest.raises(UnitChangeRefusedError) as renamed:
        reorganise(None, Rename(north, used.name), on=DAY, decision=DECISION)

    assert (codes(merged), codes(renamed)) == (["name_taken"], ["name_taken"])


def test_rooms_of_one_name_that_come_together_are_told():
    ministry = make_unit("Bộ Thử nghiệm")
    north, south = (make_unit(name, ministry) for name in ("Trường Bắc", "Trường Nam"))
    for school, rooms in ((north, ("Phòng Đào tạo", "Phòng Bắc")), (south, ("Phòng đào tạo",))):
        for room in rooms:
            make_unit(room, school)
    new = NewUnit("Trường Bắc Nam", north.kind, ministry)

    into_new = twin_units(preview(Merge((north, south), new), DAY))
    into_old = twin_units(preview(Merge((north, south), south), DAY))

    assert [(one.name, one.above, one.number) for one in into_new] == [("Phòng Đào tạo", "Trường Bắc Nam", 2)]
    assert [(one.above, one.number) for one in into_old] == [("Trường Nam", 2)]

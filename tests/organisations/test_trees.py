from datetime import date

import pytest

from factories import make_unit
from thidua.organisations.models import Unit
from thidua.organisations.selectors.trees import ancestors_on, children_on, named_on, tree_on

pytestmark = pytest.mark.django_db


def test_a_unit_keeps_its_place_in_path_and_depth():
    ministry = make_unit("Bộ Thử nghiệm")
    office = make_unit("Văn phòng", ministry)

    assert office.path == f"{ministry.path}{office.segment}/"
    assert (ministry.depth, office.depth) == (0, 1)
    assert office.root == ministry
    assert ministry.root == ministry


def test_the_tree_of_a_day_holds_only_the_units_of_that_day():
    ministry = make_unit("Bộ Thử nghiệm", founded_on=date(2010, 1, 1))
    make_unit("Cục Mới", ministry, founded_on=date(2025, 7, 1))

    before, after = tree_on(date(2025, 6, 30)), tree_on(date(2025, 7, 1))

    assert [node.name for node in before] == ["Bộ Thử nghiệm"]
    assert [(node.name, node.depth) for node in after] == [("Bộ Thử nghiệm", 0), ("Cục Mới", 1)]


def test_children_come_in_vietnamese_order_and_say_whether_more_is_below():
    ministry = make_unit()
    make_unit("Vụ Ăn", ministry)
    last = make_unit("Vụ Đất", ministry)
    make_unit("Vụ An", ministry)
    make_unit("Phòng 1", last)

    children = list(children_on(ministry, date(2026, 1, 1)))

    assert [(unit.name_on, unit.has_children) for unit in children] == [
        ("Vụ An", False),
        ("Vụ Ăn", False),
        ("Vụ Đất", True),
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("dang", ["Cục Đăng", "Vụ Đặng"]),
        ("đặng", ["Vụ Đặng"]),
        ("đăng", ["Cục Đăng", "Vụ Đặng"]),
        ("vu", ["Vụ Đặng"]),
        ("dàng", []),
        ("%", []),
    ],
)
def test_a_typed_diacritic_counts_and_an_untyped_does_not(query, found):
    ministry = make_unit()
    make_unit("Vụ Đặng", ministry)
    make_unit("Cục Đăng", ministry)

    assert sorted(unit.name for unit in named_on(date(2026, 1, 1), query)) == found


def test_the_way_up_starts_at_the_top():
    ministry = make_unit("Bộ")
    department = make_unit("Cục", ministry)
    division = make_unit("Phòng", department)

    assert [unit.name for unit in ancestors_on(division, date(2026, 1, 1))] == ["Bộ", "Cục"]


def test_a_subtree_is_a_range_of_paths():
    ministry = make_unit("Bộ")
    department = make_unit("Cục", ministry)
    division = make_unit("Phòng", department)
    make_unit("Vụ", ministry)

    assert set(Unit.objects.within(department)) == {department, division}
    assert list(Unit.objects.within()) == []

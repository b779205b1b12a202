from datetime import date

import pytest
import time_machine

from exchange.imports import changes, codes_of, outcomes, previewed, saved, workbook
from factories import make_administrator, make_cluster, make_kind, make_person, make_unit, make_user
from thidua.exchange.services import undoing
from thidua.organisations.models import Unit, UnitRole
from thidua.organisations.services.units import apply_due_changes, change_unit

pytestmark = pytest.mark.django_db
HEADINGS = ("Mã đơn vị", "Tên đơn vị", "Tên ngắn", "Loại đơn vị", "Đơn vị cấp trên", "Ngày thành lập")
NO_OPTIONS = {"parent": "", "parent_name": "", "kind": "", "kind_name": "", "founded_on": ""}


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def top():
    return make_unit("Bộ Thử nghiệm", code="bo")


@pytest.fixture
def keeper(top):
    make_kind("division", name="Phòng", has_legal_entity=False, is_small_collective=True)
    return make_user(top, UnitRole.Role.STAFF_ADMIN)


def unit_row(name, above="Bộ Thử nghiệm", *, code="", kind="Phòng", founded="1/1/2020"):
    return (code, name, "", kind, above, founded)


def units(user, *rows, headings=HEADINGS, **options):
    return previewed(user, workbook(headings, *rows), target="units", **(NO_OPTIONS | options))


def test_units_come_in_with_their_place_and_names(top, keeper):
    batch = saved(keeper, units(keeper, unit_row("Phòng Tổ chức", code="tc")))

    unit = Unit.objects.get(code="tc")
    assert batch.counts == {"create": 1}
    assert (unit.parent, unit.root, unit.depth, unit.path.startswith(top.path)) == (top, top, 1, True)
    assert (unit.folded, unit.has_legal_entity, unit.is_small_collective) == ("phong to chuc", False, True)
    assert [(row.name, row.valid_from) for row in unit.names.all()] == [("Phòng Tổ chức", date(2020, 1, 1))]
    assert [(row.parent, row.valid_from) for row in unit.parents.all()] == [(top, date(2020, 1, 1))]
    assert apply_due_changes(date(2026, 3, 2))["units"] == 0


def test_a_row_may_be_under_another_row_whatever_their_order(top, keeper):
    rows = [
        unit_row("Tổ 1", "P1"),
        unit_row("Tổ 2", "Phòng Hai"),
        unit_row("Phòng Một", code="P1"),
        unit_row("Phòng Hai"),
    ]

    saved(keeper, units(keeper, *rows))

    found = {unit.name: unit.parent.name for unit in Unit.objects.exclude(parent=None)}
    assert found == {
        "Tổ 1": "Phòng Một",
        "Tổ 2": "Phòng Hai",
        "Phòng Một": "Bộ Thử nghiệm",
        "Phòng Hai": "Bộ Thử nghiệm",
    }


def test_rows_in_a_circle_are_refused(top, keeper):
    batch = units(keeper, unit_row("Một", "B", code="A"), unit_row("Hai", "A", code="B"), unit_row("Ba", "B"))

    assert codes_of(batch) == {2: ["parent_row_refused"], 3: ["cycle_in_file"], 4: ["parent_row_refused"]}


def test_codes_are_made_where_none_is_given(top, keeper):
    make_unit("Phòng Kế toán", make_unit("Cục", top), code="phong-ke-toan")

    saved(keeper, units(keeper, unit_row("Phòng Kế toán")))

    assert Unit.objects.get(parent=top, name="Phòng Kế toán").code == "phong-ke-toan-2"


def test_units_are_known_again_by_code_or_by_name_and_place(top, keeper):
    make_unit("Phòng Một", top, code="p1", founded_on=date(2020, 1, 1), kind=make_kind("division"))
    make_unit("Phòng Hai", top, code="p2", founded_on=date(2020, 1, 1), kind=make_kind("division"))

    batch = units(keeper, unit_row("Phòng Một", code="P1"), unit_row("phòng hai"))

    assert outcomes(batch) == {2: "update", 3: "update"}
    assert changes(batch) == {2: {"code": ["p1", "P1"]}, 3: {"name": ["Phòng Hai", "phòng hai"]}}


def test_undated_facts_are_changed_and_put_back(top, keeper):
    unit = make_unit("Phòng Một", top, code="p1", symbol="P1")
    headings = ("Mã đơn vị", "Tên ngắn", "Ký hiệu", "Tập thể nhỏ", "Loại đơn vị")

    batch = saved(keeper, units(keeper, ("p1", "PM", "PMOT", "Có", "Phòng"), headings=headings))
    unit.refresh_from_db()
    changed = (
        unit.short_name,
        unit.symbol,
        unit.is_small_collective,
        unit.kind.code,
        unit.names.get().short_name,
    )
    undoing.begin_undo(batch, by=keeper, version=batch.version)
    undoing.undo_rows(batch.pk)

    unit.refresh_from_db()
    assert changed == ("PM", "PMOT", True, "division", "PM")
    assert (unit.short_name, unit.symbol, unit.is_small_collective, unit.kind.code) == (
        "",
        "P1",
        False,
        "office",
    )
    assert unit.folded == "phong mot"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (unit_row("Phòng Mới", code="p1"), "name_differs"),
        (unit_row("Phòng Một", "Cục X", code="p1"), "parent_differs"),
        (unit_row("Phòng Một", code="p1", founded="1/1/2000"), "founded_before_parent"),
        (unit_row("Phòng Ba", ""), "top_not_yours"),
        (unit_row("Phòng Ba", "Sở Nào đó"), "unit_unknown"),
        (unit_row("Phòng Ba", founded="1/1/2009"), "parent_missing"),
        (unit_row("Phòng Ba", kind=""), "missing"),
        (unit_row("Phòng Ba", kind="Trạm"), "not_a_choice"),
        (unit_row("Phòng Ba", founded="31/02/2025"), "no_such_day"),
    ],
)
def test_what_an_import_must_not_do_is_refused(top, keeper, row, code):
    make_unit("Phòng Một", top, code="p1", founded_on=date(2020, 1, 1))
    make_unit("Cục X", top, code="x")

    assert codes_of(units(keeper, row)) == {2: [code]}


def test_the_same_unit_twice_is_told(top, keeper):
    batch = units(
        keeper, unit_row("Một", code="A"), unit_row("Hai", code="a"), unit_row("Ba"), unit_row("BA")
    )

    assert codes_of(batch) == {2: [], 3: ["twice_in_file"], 4: [], 5: ["twice_in_file"]}


def test_units_elsewhere_are_not_touched(top, keeper):
    other = make_unit("Bộ khác", code="khac")
    make_unit("Phòng Một", other, code="p1")
    user = make_user(make_unit("Cục X", top, code="x"), UnitRole.Role.STAFF_ADMIN)

    batch = units(user, unit_row("Phòng Một", "Bộ khác", code="p1"), unit_row("Phòng Hai", "Bộ Thử nghiệm"))

    assert codes_of(batch) == {2: ["unit_unknown"], 3: ["unit_unknown"]}


def test_an_administrator_may_bring_in_a_top(top):
    make_kind("division", name="Phòng")

    saved(make_administrator(), units(make_administrator(), unit_row("Bộ Mới", "", code="moi")))

    unit = Unit.objects.get(code="moi")
    assert (unit.parent, unit.root, unit.depth) == (None, unit, 0)


def test_a_unit_changed_since_the_preview_is_not_overwritten(top, keeper):
    unit = make_unit("Phòng Một", top, code="p1")
    batch = units(keeper, ("p1", "PMOT"), headings=("Mã đơn vị", "Ký hiệu"))
    change_unit(None, unit, version=unit.version, symbol="KHAC")

    batch = saved(keeper, batch)

    unit.refresh_from_db()
    assert (unit.symbol, codes_of(batch)) == ("KHAC", {2: ["unit_changed_since"]})


def test_a_name_taken_since_the_preview_takes_its_branch_along(top, keeper):
    batch = units(keeper, unit_row("Phòng Một", code="p1"), unit_row("Tổ 1", "p1"))
    make_unit("Phòng Một", top, code="khac")

    batch = saved(keeper, batch)

    assert codes_of(batch) == {2: ["name_taken"], 3: ["parent_refused"]}


def test_undoing_takes_a_whole_branch_back(top, keeper):
    batch = saved(keeper, units(keeper, unit_row("Phòng Một", code="p1"), unit_row("Tổ 1", "p1")))

    undoing.begin_undo(batch, by=keeper, version=batch.version)
    undoing.undo_rows(batch.pk)

    batch.refresh_from_db()
    assert (batch.status, Unit.objects.exclude(pk=top.pk).count()) == ("undone", 0)


@pytest.mark.parametrize("use", ["person", "below", "cluster", "change"])
def test_undoing_is_refused_while_a_unit_is_in_use(top, keeper, use):
    batch = saved(keeper, units(keeper, unit_row("Phòng Một", code="p1")))
    unit = Unit.objects.get(code="p1")
    if use == "person":
        make_person("Lê An", unit, since=date(2025, 1, 1))
    elif use == "below":
        make_unit("Tổ 1", unit, founded_on=date(2025, 1, 1))
    elif use == "cluster":
        make_cluster(top, unit)
    else:
        change_unit(None, unit, version=unit.version, symbol="P")

    with pytest.raises(undoing.CannotUndoError) as refused:
        undoing.begin_undo(batch, by=keeper, version=batch.version)

    assert (
        {one.examples for one in refused.value.references} == {("Phòng Một",)}
        if use != "below"
        else {("Tổ 1",)}
    )

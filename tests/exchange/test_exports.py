"""What goes out comes in again: an untouched export changes nothing, one changed cell is one change."""

from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.http import QueryDict
from python_calamine import CalamineWorkbook

from exchange.imports import changes, file_given, previewed, workbook
from factories import (
    make_cluster,
    make_person,
    make_unit,
    make_user,
    signed_in,
)
from thidua.audit.models import Entry
from thidua.documents.workbook import write_xlsx
from thidua.exchange.exporters import exporter_named
from thidua.organisations.importing_lookup import UnitDirectory
from thidua.organisations.models import UnitRole

pytestmark = pytest.mark.django_db
NO_OPTIONS = {"parent": "", "parent_name": "", "kind": "", "kind_name": "", "founded_on": ""}


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def house():
    """Two departments with offices of the same name, people in each, with and without codes."""
    top = make_unit("Bộ Thử nghiệm", code="bo")
    north, south = make_unit("Sở Bắc", top, code="bac"), make_unit("Sở Nam, Đông", top, code="nam")
    offices = [make_unit("Văn phòng", north, code="vp-bac"), make_unit("Văn phòng", south, code="vp-nam")]
    make_person(
        "Lê An", offices[0], staff_code="CB-1", birth_date=date(1985, 9, 2), sex="male", email="an@bo.vn"
    )
    make_person("Vũ Cúc", offices[1], staff_code="CB-2", is_manager=True, position="Chánh Văn phòng")
    make_person("Đỗ Yến", south, birth_date=date(1990, 1, 1), phone="0912345678")
    return top, north, south, offices


@pytest.fixture
def keeper(house):
    return make_user(house[0], UnitRole.Role.STAFF_ADMIN, username="giu")


def exported(user, target, query=""):
    """Return the first sheet of an export as rows of cells."""
    out = BytesIO()
    write_xlsx(out, exporter_named(target).export(user, QueryDict(query)).sheets)
    rows = CalamineWorkbook.from_filelike(BytesIO(out.getvalue())).get_sheet_by_index(0).to_python()
    return [[cell if cell != "" else None for cell in row] for row in rows]


def with_cell(rows, row, heading, value):
    rows = [list(cells) for cells in rows]
    rows[row][rows[0].index(heading)] = value
    return rows


def test_people_go_out_and_come_in_unchanged(house, keeper):
    rows = exported(keeper, "people")

    assert previewed(keeper, workbook(*rows)).counts == {"same": 4}


def test_one_changed_cell_of_people_is_one_change(house, keeper):
    rows = exported(keeper, "people")
    place = next(n for n, row in enumerate(rows) if "CB-1" in row)

    batch = previewed(keeper, workbook(*with_cell(rows, place, "Chức vụ", "Chuyên viên chính")))

    assert batch.counts == {"same": 3, "update": 1}
    assert changes(batch) == {place + 1: {"position": ["Chuyên viên", "Chuyên viên chính"]}}


def test_units_go_out_and_come_in_with_one_change(house, keeper):
    rows = exported(keeper, "units")

    same = previewed(keeper, workbook(*rows), target="units", **NO_OPTIONS)
    changed = workbook(*with_cell(rows, 2, "Ký hiệu", "SB"))
    batch = previewed(keeper, changed, target="units", **NO_OPTIONS)

    assert [row[1] for row in rows[1:]] == [
        "Bộ Thử nghiệm",
        "Sở Bắc",
        "Văn phòng",
        "Sở Nam, Đông",
        "Văn phòng",
    ]
    assert (same.counts, batch.counts) == ({"same": 5}, {"same": 4, "update": 1})


def test_clusters_go_out_and_come_in_with_one_change(house, keeper):
    top, north, south, _offices = house
    make_cluster(top, north, south, name="Cụm số 1")
    options = {"authority": str(top.pk), "authority_name": top.name, "year": 2026}
    rows = exported(keeper, "clusters", "year=2026")

    same = previewed(keeper, workbook(*rows), target="clusters", **options)
    batch = previewed(
        keeper, workbook(*with_cell(rows, 1, "Khối trong cụm", "I")), target="clusters", **options
    )

    assert (same.counts, batch.counts) == ({"same": 2}, {"same": 1, "update": 1})


def test_every_unit_is_found_again_by_the_name_it_goes_out_with(house, keeper):
    make_unit("Sở Bắc", house[2], code="khac")
    make_unit("BAC", house[1], code="trung-ma")
    directory = UnitDirectory(keeper, "import")

    wrong = [
        (place.name, directory.label_of(place))
        for place in directory.places.values()
        if directory.find(directory.label_of(place)).place != place
    ]

    assert wrong == []


def test_a_list_goes_out_as_it_is_filtered(house, keeper):
    by_name = exported(keeper, "people", "q=cúc")
    by_unit = exported(keeper, "people", f"unit={house[1].pk}")

    assert [row[0] for row in by_name[1:]] == ["Vũ Cúc"]
    assert [row[0] for row in by_unit[1:]] == ["Lê An"]


def test_what_one_may_not_see_does_not_go_out(house):
    north = house[1]
    auditor = make_user(north, UnitRole.Role.AUDITOR, full_name="Trần Soát")
    rows = exported(auditor, "people")
    headings = rows[0]
    an = next(row for row in rows if row[0] == "Lê An")

    assert {row[0] for row in rows[1:]} == {"Lê An", "Trần Soát"}
    assert [an[headings.index(name)] for name in ("Số hiệu", "Ngày sinh", "Thư điện tử")] == [
        None,
        None,
        None,
    ]
    assert an[headings.index("Chức vụ")] == "Chuyên viên"


def test_citizen_numbers_never_go_out(house, keeper):
    make_person("Bùi Hà", house[1], citizen_number="001090000123")

    assert "001090000123" not in str(exported(keeper, "people"))


def test_the_tree_goes_out_as_of_a_day(house, keeper):
    make_unit("Sở Mới", house[0], founded_on=date(2025, 7, 1))

    names = [row[1] for row in exported(keeper, "units", "as_of=2025-06-30")]

    assert "Sở Mới" not in names
    assert "Sở Mới" in [row[1] for row in exported(keeper, "units")]


def test_an_export_is_logged_with_its_filter(client, house, keeper):
    answer = signed_in(client, keeper).get("/nhap-xuat/xuat/people/?q=cúc")

    assert answer["Content-Disposition"] == 'attachment; filename="ca-nhan-20260302.xlsx"'
    assert file_given(answer)[:2] == b"PK"
    entry = Entry.objects.get(action="export.people")
    assert (entry.actor_name, entry.details) == ("Phạm Thu Hà", {"filter": "q=c%C3%BAc", "rows": 1})


def test_who_may_export_nothing_gets_nothing(client, house):
    user = make_user(house[1], None, full_name="Lý Nam")

    answers = [
        signed_in(client, user).get(f"/nhap-xuat/xuat/{name}/") for name in ("people", "units", "clusters")
    ]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert client.get("/nhap-xuat/xuat/khong-co/").status_code == 404

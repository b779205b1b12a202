from collections import Counter
from datetime import date
from io import BytesIO

import pytest
import time_machine
import xlsxwriter

from factories import make_honour, make_person, make_unit, make_user
from thidua.exchange.importers import importer_named
from thidua.exchange.models import Import
from thidua.exchange.permissions import visible
from thidua.exchange.problems import Problem
from thidua.exchange.services import intake, previewing, saving, undoing
from thidua.honours.models import Honour, HonourEvent
from thidua.honours.problems import SENTENCES
from thidua.honours.services.changing import Grounds, change_state, correct
from thidua.organisations.models import Leave, Rating, UnitRole
from thidua.organisations.services.record_keeping import Mark, set_ratings

pytestmark = pytest.mark.django_db
HEADINGS = ("Họ và tên", "Số hiệu", "Tập thể", "Danh hiệu", "Năm", "Số QĐ", "Ngày QĐ", "Cơ quan ban hành")


@pytest.fixture(autouse=True)
def clock(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def unit():
    return make_unit("Cục Trợ giúp", make_unit("Bộ Thử nghiệm"))


@pytest.fixture
def person(unit):
    return make_person("Trần Thị Ánh", unit, staff_code="CB-1")


def workbook(headings, *rows):
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Danh sách")
    for number, row in enumerate((headings, *rows)):
        sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def previewed(user, target, headings, *rows):
    """Take a file in up to its preview, with the columns as they are recognised."""
    importer = importer_named(target)
    batch = intake.receive(importer, workbook(headings, *rows), "tep.xlsx", options={}, by=user)
    batch = intake.choose_columns(
        importer,
        batch,
        intake.Columns(batch.sheet, batch.header_row, tuple(batch.headings), batch.mapping),
        by=user,
        version=batch.version,
    )
    previewing.read(batch.pk)
    return Import.objects.get(pk=batch.pk)


def saved(user, batch):
    saving.confirm(batch, by=user, version=batch.version)
    saving.save_rows(batch.pk)
    return Import.objects.get(pk=batch.pk)


def undone(user, batch):
    undoing.begin_undo(batch, by=user, version=batch.version)
    undoing.undo_rows(batch.pk)
    return Import.objects.get(pk=batch.pk)


def outcomes(batch):
    rows = batch.rows.order_by("number")
    return [(row.outcome, [problem["code"] for problem in row.problems]) for row in rows]


def line(
    name="Trần Thị Ánh",
    code="",
    collective="",
    award="CSTĐCS",
    year=2025,
    number="140/QĐ-X",
    day="24/12/2025",
):
    return (name, code, collective, award, year, number, day, "Bộ Thử nghiệm")


def test_a_blank_cell_that_an_honour_needs_refuses_its_row_alone(unit, person):
    user = make_user(unit)
    cells = line(code="CB-1")

    batch = previewed(
        user,
        "honours",
        HEADINGS,
        cells,
        *((*cells[:column], "", *cells[column + 1 :]) for column in range(3, len(cells))),
    )

    assert outcomes(batch) == [("create", []), *[("refuse", ["missing"])] * 5]
    saved(user, batch)
    assert Honour.objects.count() == 1


@pytest.mark.parametrize(
    ("target", "headings", "whole"),
    [
        ("ratings", ("Số hiệu", "Năm", "Mức xếp loại"), ("CB-1", 2025, "HTTNV")),
        ("discipline", ("Số hiệu", "Hình thức kỷ luật", "Từ ngày"), ("CB-1", "Khiển trách", "1/3/2025")),
        ("leave", ("Số hiệu", "Loại nghỉ", "Từ ngày"), ("CB-1", "Thai sản", "1/3/2025")),
        ("registrations", ("Số hiệu", "Danh hiệu đăng ký", "Năm"), ("CB-1", "LĐTT", 2026)),
    ],
)
def test_a_blank_cell_that_a_line_needs_refuses_its_row_alone(unit, person, target, headings, whole):
    user = make_user(unit, UnitRole.Role.PERSONNEL if target != "registrations" else UnitRole.Role.OFFICER)

    batch = previewed(user, target, headings, whole, (whole[0], "", whole[2]))

    assert outcomes(batch) == [("create", []), ("refuse", ["missing"])]


def test_old_honours_come_in_are_previewed_written_and_taken_back(unit, person):
    make_person("Trần Thị Ánh", unit, staff_code="CB-2")
    user = make_user(unit)

    batch = previewed(
        user,
        "honours",
        HEADINGS,
        line(code="CB-1"),
        line(),
        line("Người Lạ"),
        line("", collective="Cục Trợ giúp", award="Tập thể lao động tiên tiến"),
        line(code="CB-1"),
        line(code="CB-2", award="Danh hiệu 1998"),
        line(code="CB-2", award="TTLĐXS"),
        line(code="CB-2", day="24/12/2027"),
    )

    assert outcomes(batch) == [
        ("create", []),
        ("refuse", ["person_several"]),
        ("refuse", ["person_unknown"]),
        ("create", []),
        ("refuse", ["twice_in_file"]),
        ("refuse", ["not_a_choice"]),
        ("refuse", ["award_not_for_kind"]),
        ("refuse", ["decided_in_future"]),
    ]
    done = saved(user, batch)
    assert [(row.name, row.source, row.decision.number) for row in Honour.objects.order_by("kind")] == [
        ("Cục Trợ giúp", "imported", "140/QĐ-X"),
        ("Trần Thị Ánh", "imported", "140/QĐ-X"),
    ]
    assert undone(user, done).status == Import.Status.UNDONE
    assert list(Honour.objects.values_list("state", flat=True)) == ["void", "void"]


def test_an_award_of_a_body_that_cannot_give_it_comes_in_with_a_warning(unit, person):
    user = make_user(unit)
    cells = line(code="CB-1", award="CSTĐ toàn quốc", number="57/QĐ-STP")

    batch = previewed(
        user,
        "honours",
        HEADINGS,
        (*cells[:-1], "Sở Tư pháp tỉnh Lai Châu"),
        (*line(code="CB-1", number="58/QĐ-STP")[:-1], "Sở Tư pháp tỉnh Lai Châu"),
    )

    assert outcomes(batch) == [("create", ["beyond_powers"]), ("create", [])]
    saved(user, batch)
    assert Honour.objects.count() == 2


def test_what_the_register_has_is_the_same_and_a_second_title_of_the_year_is_refused(unit, person):
    make_honour(person, number="140/QĐ-X", decided_on=date(2025, 12, 24))
    make_honour(unit, "TTLDTT", 2025, number="140/QĐ-X", decided_on=date(2025, 12, 24))
    user = make_user(unit)

    batch = previewed(
        user,
        "honours",
        HEADINGS,
        line(code="CB-1"),
        line(code="CB-1", number="141/QĐ-X"),
        line("", collective="Cục Trợ giúp", award="Tập thể lao động tiên tiến", number="141/QĐ-X"),
    )

    assert outcomes(batch) == [
        ("same", ["already_there"]),
        ("refuse", ["title_stands"]),
        ("refuse", ["title_stands"]),
    ]
    told = Problem.from_json(batch.rows.get(number=3).problems[0]).text(SENTENCES)
    assert told == (
        "Trần Thị Ánh đã có “Chiến sĩ thi đua cơ sở” năm 2025 theo quyết định 140/QĐ-X ngày 24/12/2025; mỗi năm một "
        "danh hiệu chỉ ghi một lần. Sổ ghi sai thì đính chính lần đã ghi; quyết định cũ không còn thì ghi hủy bỏ trước."
    )


def test_one_title_of_one_year_in_two_rows_of_a_file_comes_in_once(unit, person):
    batch = previewed(
        make_user(unit),
        "honours",
        HEADINGS,
        line(code="CB-1"),
        line(code="CB-1", number="141/QĐ-X"),
        line(code="CB-1", year=2024, number="142/QĐ-X"),
    )

    assert outcomes(batch) == [("create", []), ("refuse", ["title_twice_in_file"]), ("create", [])]


def test_a_title_entered_since_the_preview_is_refused_when_the_file_is_saved(unit, person):
    user = make_user(unit)
    batch = previewed(user, "honours", HEADINGS, line(code="CB-1", number="141/QĐ-X"))
    make_honour(person, number="140/QĐ-X", decided_on=date(2025, 12, 24))

    done = saved(user, batch)

    assert outcomes(done) == [("refuse", ["title_stands"])]
    assert Honour.objects.count() == 1


def test_a_form_and_the_title_of_another_body_come_in_beside_what_stands(unit, person):
    make_honour(person, "CSTDB", 2025, number="1/QĐ-UBND", issuer="UBND tỉnh")
    make_honour(person, "GIAY_KHEN", 2025, number="2/QĐ-X")

    batch = previewed(
        make_user(unit),
        "honours",
        HEADINGS,
        line(code="CB-1", award="CSTĐ cấp Bộ"),
        line(code="CB-1", award="Giấy khen"),
    )

    assert outcomes(batch) == [("create", ["same_year"]), ("create", ["same_year"])]


def test_a_title_whose_first_decision_was_revoked_comes_in_again(unit, person):
    day = date(2026, 1, 5)
    first = make_honour(person, number="140/QĐ-X", decided_on=date(2025, 12, 24))
    change_state(None, first, HonourEvent.Kind.REVOKED, Grounds(day, "Khai sai", "9/QĐ-X", day))

    batch = previewed(make_user(unit), "honours", HEADINGS, line(code="CB-1", number="141/QĐ-X"))

    assert outcomes(batch) == [("create", [])]


def test_an_honour_corrected_since_keeps_its_import_from_being_undone(unit, person):
    user = make_user(unit)
    done = saved(user, previewed(user, "honours", HEADINGS, line(code="CB-1")))
    correct(None, Honour.objects.get(), {"signer": "Lê Bộ"}, Grounds(date(2026, 3, 2), "Thiếu"))

    with pytest.raises(undoing.CannotUndoError) as refused:
        undoing.begin_undo(done, by=user, version=done.version)

    assert [reference.count for reference in refused.value.references] == [1]


def test_nobody_imports_honours_of_another_unit(unit):
    make_person("Người Ngoài", make_unit("Bộ khác"), staff_code="NG-1")
    user = make_user(unit)

    batch = previewed(user, "honours", HEADINGS, line("Người Ngoài", code="NG-1"))

    assert outcomes(batch) == [("refuse", ["person_unknown"])]
    assert (
        importer_named("honours").may_import(make_user(unit, UnitRole.Role.AUDITOR, full_name="A")) is False
    )


def test_ratings_come_in_change_what_is_there_and_go_back(unit, person):
    other = make_person("Lê An", unit)
    set_ratings(None, 2024, [Mark(person, "GOOD")])
    user = make_user(unit)
    headings = ("Họ tên", "Năm", "Xếp loại", "Số QĐ", "Ngày QĐ")

    batch = previewed(
        user,
        "ratings",
        headings,
        ("Trần Thị Ánh", 2024, "HTXSNV", "5/QĐ-X", "10/1/2025"),
        ("Lê An", 2024, "Hoàn thành tốt nhiệm vụ", "", ""),
        ("Lê An", 2027, "HTNV", "", ""),
        ("Lê An", 2023, "HTNV", "5/QĐ-X", ""),
    )

    assert outcomes(batch) == [
        ("update", ["rating_differs"]),
        ("create", []),
        ("refuse", ["rating_year_to_come"]),
        ("refuse", ["decision_in_part"]),
    ]
    done = saved(user, batch)
    assert [Rating.objects.get(person=one, year=2024).level for one in (person, other)] == [
        "EXCELLENT",
        "GOOD",
    ]
    assert undone(user, done).status == Import.Status.UNDONE
    assert [(row.person, row.level, row.decision) for row in Rating.objects.all()] == [(person, "GOOD", None)]


def test_ratings_of_a_year_are_written_together_but_for_those_that_moved_on(
    unit, django_assert_max_num_queries
):
    user = make_user(unit)
    people = [make_person(f"Lê An {number}", unit, staff_code=f"R-{number}") for number in range(12)]
    headings = ("Số hiệu", "Năm", "Mức xếp loại")
    rows = [(person.staff_code, "2025", "Hoàn thành tốt nhiệm vụ") for person in people]
    batch = previewed(user, "ratings", headings, *rows)
    saving.confirm(batch, by=user, version=batch.version)
    with django_assert_max_num_queries(40):
        saving.save_rows(batch.pk)
    changed = previewed(
        user, "ratings", headings, *((code, year, "Hoàn thành nhiệm vụ") for code, year, _ in rows)
    )
    first = Rating.objects.get(person=people[0])
    set_ratings(None, 2025, [Mark(people[0], "EXCELLENT", first.version)])

    saving.confirm(changed, by=user, version=changed.version)
    saving.save_rows(changed.pk)

    changed.refresh_from_db()
    assert changed.counts == {"update": 11, "refuse": 1}
    assert Counter(Rating.objects.values_list("level", flat=True)) == {"COMPLETED": 11, "EXCELLENT": 1}


def test_discipline_comes_in_only_by_its_own_right_and_its_file_is_hidden(unit, person):
    personnel = make_user(unit, UnitRole.Role.PERSONNEL, full_name="Lê Tổ")
    others = [make_user(unit), make_user(unit, UnitRole.Role.STAFF_ADMIN, full_name="Lê Quản")]
    headings = ("Họ tên", "Hình thức kỷ luật", "Từ ngày", "Đến ngày")

    batch = previewed(
        personnel,
        "discipline",
        headings,
        ("Trần Thị Ánh", "Cảnh cáo", "1/5/2025", "30/4/2026"),
        ("Trần Thị Ánh", "Khiển trách", "1/5/2026", ""),
    )
    done = saved(personnel, batch)

    assert outcomes(batch)[1] == ("refuse", ["discipline_to_come"])
    assert person.disciplines.get().last_day == date(2026, 4, 30)
    assert [Import.objects.filter(visible(user)).count() for user in (personnel, *others)] == [1, 0, 0]
    assert [importer_named("discipline").may_import(user) for user in others] == [False, False]
    undone(personnel, done)
    assert person.disciplines.count() == 0


def test_leave_comes_in_but_health_needs_its_own_right(unit, person):
    headings = ("Họ tên", "Loại nghỉ", "Từ ngày", "Đến ngày")
    user = make_user(unit)
    rows = (
        ("Trần Thị Ánh", "Thai sản", "1/1/2025", "30/6/2025"),
        ("Trần Thị Ánh", "Nghỉ ốm", "1/8/2025", "30/8/2025"),
        ("Trần Thị Ánh", "Đi học", "1/9/2025", "1/8/2025"),
    )

    batch = previewed(user, "leave", headings, *rows)
    done = saved(user, batch)

    assert outcomes(batch) == [
        ("create", []),
        ("refuse", ["health_not_yours"]),
        ("refuse", ["ends_before_start"]),
    ]
    assert [leave.kind for leave in Leave.objects.all()] == ["maternity"]
    assert undone(user, done).status == Import.Status.UNDONE

"""The steps of an import whatever it brings; people stand for the rest."""

import io
import zipfile
from datetime import date

import pytest
import time_machine
import xlsxwriter
from django.db import DatabaseError, connection
from django.test.utils import CaptureQueriesContext

from exchange.imports import (
    NO_OPTIONS,
    PEOPLE,
    codes_of,
    outcomes,
    person_row,
    previewed,
    read,
    saved,
    taken_in,
    workbook,
)
from factories import make_person, make_unit, make_user
from thidua.audit.models import Entry
from thidua.documents.errors import DocumentError
from thidua.exchange import progress
from thidua.exchange.importers import importer_named
from thidua.exchange.models import Import, ImportRow
from thidua.exchange.selectors import rows_done
from thidua.exchange.services import intake, previewing, saving, undoing
from thidua.exchange.services.states import AlreadyHandledError
from thidua.library.models import StoredFile
from thidua.library.services import FileTooLargeError
from thidua.notices.models import Notice
from thidua.organisations import importing_people_write
from thidua.organisations.models import Person, UnitRole

pytestmark = pytest.mark.django_db
CHUNK = 20
real_note = progress.note


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def keeper():
    top = make_unit("Bộ Thử nghiệm")
    make_unit("Phòng A", top)
    return make_user(top, UnitRole.Role.STAFF_ADMIN)


@pytest.fixture
def short_chunks(monkeypatch):
    for module in (previewing, saving, undoing):
        monkeypatch.setattr(module, "CHUNK", CHUNK)


def many(number):
    return workbook(PEOPLE, *(person_row(f"Lê An {place}", code=f"M-{place:03}") for place in range(number)))


def test_a_saving_stopped_half_way_wrote_nothing_and_can_begin_again(keeper, short_chunks, monkeypatch):
    batch = previewed(keeper, many(50))
    saving.confirm(batch, by=keeper, version=batch.version)
    with monkeypatch.context() as broken:
        fail_at(broken, 25)
        saving.save_rows(batch.pk)
    batch.refresh_from_db()
    stopped = (batch.status, batch.problem, coded().count(), batch.rows.filter(is_applied=True).count())

    saving.resume(batch, by=keeper)
    saving.save_rows(batch.pk)

    batch.refresh_from_db()
    sentence = "Việc ghi dừng lại do lỗi máy chủ (DatabaseError). Chưa dòng nào của tệp được ghi."
    assert stopped == ("stopped", sentence, 0, 0)
    assert (batch.status, batch.counts, batch.rows.filter(is_applied=True).count()) == (
        "done",
        {"create": 50},
        50,
    )
    assert coded().count() == 50


def coded():
    return Person.objects.filter(staff_code__startswith="M-")


def fail_at(patch, number):
    """Let the database give way in the middle of the chunk that holds the row of that place."""
    real = importing_people_write.insert_ready

    def insert_ready(model, rows):
        real(model, rows)
        if any(f"M-{number:03}" in row for row in rows):
            raise DatabaseError("disk full")

    patch.setattr(importing_people_write, "insert_ready", insert_ready)


def test_a_saving_that_stopped_can_be_let_go(keeper, short_chunks, monkeypatch):
    batch = previewed(keeper, many(50))
    saving.confirm(batch, by=keeper, version=batch.version)
    with monkeypatch.context() as broken:
        fail_at(broken, 25)
        saving.save_rows(batch.pk)
    batch.refresh_from_db()

    saving.drop(batch, by=keeper, version=batch.version)

    batch.refresh_from_db()
    assert (batch.status, batch.rows.count(), coded().count()) == ("dropped", 0, 0)


def test_an_undo_that_stopped_took_nothing_back(keeper, short_chunks, monkeypatch):
    batch = saved(keeper, previewed(keeper, many(50)))
    undoing.begin_undo(batch, by=keeper, version=batch.version)

    def give_way(*_args, **_more):
        raise DatabaseError("disk full")

    with monkeypatch.context() as broken:
        broken.setattr(undoing, "end_undo", give_way)
        undoing.undo_rows(batch.pk)

    batch.refresh_from_db()
    sentence = "Việc hoàn tác dừng lại do lỗi máy chủ (DatabaseError). Chưa dòng nào được trả lại."
    assert (batch.status, batch.problem, coded().count()) == ("done", sentence, 50)


def test_how_far_a_saving_is_can_be_read_while_its_rows_cannot(keeper, short_chunks, monkeypatch):
    batch = previewed(keeper, many(50))
    saving.confirm(batch, by=keeper, version=batch.version)
    seen = []
    monkeypatch.setattr(
        saving.progress, "note", lambda pk, done: (real_note(pk, done), seen.append(rows_done(batch)))
    )
    batch.refresh_from_db()

    saving.save_rows(batch.pk)

    assert seen == [20, 40, 50]
    assert progress.seen(batch.pk) is None


def test_a_killed_reading_begins_afresh(keeper, short_chunks):
    batch = taken_in(keeper, many(50))
    columns = intake.Columns(batch.sheet, batch.header_row, tuple(batch.headings), batch.mapping)
    importer = importer_named("people")
    batch = intake.choose_columns(importer, batch, columns, by=keeper, version=batch.version)
    ImportRow.objects.create(batch=batch, number=2, order=2, values={}, outcome="create")

    previewing.read(batch.pk)

    batch.refresh_from_db()
    assert (batch.status, batch.counts, batch.rows.count()) == ("previewed", {"create": 50}, 50)


def test_of_two_who_confirm_at_once_the_second_is_told(keeper):
    batch = previewed(keeper, many(3))
    saving.confirm(batch, by=keeper, version=batch.version)

    with pytest.raises(AlreadyHandledError) as handled:
        saving.confirm(batch, by=keeper, version=batch.version)

    assert handled.value.batch.status == "running"


def test_a_preview_that_was_read_anew_is_not_confirmed_unseen(keeper):
    batch = previewed(keeper, many(3))
    seen = batch.version
    read(keeper, batch)

    with pytest.raises(AlreadyHandledError):
        saving.confirm(batch, by=keeper, version=seen)


def test_a_reading_that_is_overtaken_leaves_nothing(keeper, short_chunks):
    batch = taken_in(keeper, many(50))
    columns = intake.Columns(batch.sheet, batch.header_row, tuple(batch.headings), batch.mapping)
    batch = intake.choose_columns(importer_named("people"), batch, columns, by=keeper, version=batch.version)
    saving.drop(batch, by=keeper, version=batch.version)

    with pytest.raises(previewing.OvertakenError):
        previewing.stage_all(importer_named("people"), batch)

    assert ImportRow.objects.count() == 0


def test_a_reading_begun_again_overtakes_the_one_that_hangs(keeper, short_chunks):
    batch = taken_in(keeper, many(50))
    columns = intake.Columns(batch.sheet, batch.header_row, tuple(batch.headings), batch.mapping)
    importer = importer_named("people")
    batch = intake.choose_columns(importer, batch, columns, by=keeper, version=batch.version)
    hanging = previewing.begin_reading(batch.pk)

    previewing.read(batch.pk)

    with pytest.raises(previewing.OvertakenError):
        previewing.stage_all(importer, hanging)
    batch.refresh_from_db()
    assert (batch.status, batch.rows.count()) == ("previewed", 50)


def test_the_columns_of_the_same_headings_are_remembered(keeper):
    content = workbook(("Cột 1", "Cột 2", *PEOPLE[4:]), ("CB-1", "Lê An", *person_row()[4:]))
    mapping = {"staff_code": 0, "full_name": 1, "unit": 2, "position": 3, "staff_kind": 4, "valid_from": 5}
    read(keeper, taken_in(keeper, content), mapping=mapping)

    assert taken_in(keeper, content).mapping == mapping
    assert taken_in(make_user(keeper.person.unit, UnitRole.Role.STAFF_ADMIN), content).mapping != mapping


def test_columns_that_can_neither_make_nor_find_anybody_are_refused(keeper):
    batch = taken_in(keeper, workbook(("Ngày sinh", "Họ tên"), ("1/1/1990", "Lê An")))

    with pytest.raises(intake.NoColumnsError) as refused:
        read(keeper, batch)

    assert str(refused.value) == (
        "Chưa có cột cho “Đơn vị”, “Chức vụ”, “Đối tượng”, “Từ ngày”. Chọn cột trong tệp cho các mục này."
    )


def test_the_log_tells_what_was_done_without_the_rows(keeper, short_chunks):
    batch = saved(keeper, previewed(keeper, many(30)))

    entries = Entry.objects.filter(subject_id=str(batch.pk))
    assert sorted(entries.values_list("action", flat=True)) == [
        "import.confirmed",
        "import.saved",
        "import.uploaded",
    ]
    assert entries.get(action="import.saved").details == {"counts": {"create": 30}, "refused": 0}
    assert "Lê An" not in str(list(entries.values_list("details", flat=True)))


def test_the_maker_is_told_once_it_is_done(keeper):
    saved(keeper, previewed(keeper, many(2)))

    assert Notice.objects.get().words().title == "Đã nhập tệp “danh-sach.xlsx”: ghi 2 dòng, không nhận 0 dòng"


def test_a_saving_costs_the_same_number_of_queries_whatever_is_in_the_database(keeper):
    counts = []
    for round_number in range(2):
        people = [person_row(f"Vũ {round_number} {n}", code=f"Q{round_number}-{n:03}") for n in range(40)]
        batch = previewed(keeper, workbook(PEOPLE, *people))
        saving.confirm(batch, by=keeper, version=batch.version)
        with CaptureQueriesContext(connection) as seen:
            saving.save_all(batch.pk)
        counts.append(len(seen))
        for n in range(60):
            make_person(f"Bùi {round_number} {n}", keeper.person.unit)

    assert counts[0] == counts[1]
    assert counts[0] <= 17


def test_planning_costs_the_same_number_of_queries_for_few_and_many(keeper):
    counts = []
    for number in (3, 60):
        rows = [
            (f"K-{n}", f"Đỗ {n}", None, "Nam", "Phòng A", "Chuyên viên", "Công chức", date(2020, 1, 1))
            for n in range(number)
        ]
        batch = taken_in(keeper, workbook(PEOPLE, *rows))
        planner = importer_named("people").planner(keeper, NO_OPTIONS)
        reader = previewing.RowReader(importer_named("people").fields, batch.mapping)
        given = [
            reader.given(
                n,
                {
                    k: row[c] if not isinstance(row[c], date) else str(row[c])
                    for k, c in batch.mapping.items()
                    if row[c]
                },
            )
            for n, row in enumerate(rows, 2)
        ]
        with CaptureQueriesContext(connection) as seen:
            planner.plan(given)
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 3


# Files as they come


def test_a_csv_of_an_old_machine_comes_in_with_a_warning(keeper):
    text = (
        "Hä vµ tªn;§¬n vÞ;Chøc vô;§èi t­îng;Tõ ngµy\nNguyÔn V¨n Dòng;Phßng A;Chuyªn viªn;C«ng chøc;1/1/2020\n"
    )

    batch = previewed(keeper, text.encode("latin-1"))

    assert (batch.rows.get().label, codes_of(batch)) == ("Nguyễn Văn Dũng — Phòng A", {2: ["repaired"]})


def test_a_file_without_headings_is_mapped_by_hand(keeper):
    batch = taken_in(keeper, workbook(("Lê An", "Phòng A", "Chuyên viên", "Công chức", "1/1/2020")))
    nothing = (batch.header_row, batch.mapping)

    batch = read(
        keeper, batch, mapping={"full_name": 0, "unit": 1, "position": 2, "staff_kind": 3, "valid_from": 4}
    )

    assert nothing == (0, {})
    assert outcomes(batch) == {1: "create"}


def test_rows_that_are_no_people_are_passed_over_and_named(keeper):
    content = workbook(
        PEOPLE,
        ("1", "2", "3", "4", "5", "6", "7", "8"),
        ("I. PHÒNG A",),
        person_row(),
        PEOPLE,
        (None,) * 9 + ("ghi chú", "khác"),
    )

    batch = previewed(keeper, content)

    assert outcomes(batch) == {2: "skip", 3: "skip", 4: "create", 5: "skip", 6: "skip"}
    assert [codes_of(batch)[row] for row in (2, 3, 5, 6)] == [
        ["numbering_row"],
        ["remark_row"],
        ["heading_again"],
        ["blank_row"],
    ]


def test_formulas_come_in_by_what_they_showed(keeper):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    page.write_row(0, 0, PEOPLE)
    page.write_row(1, 0, [str(cell) for cell in person_row(code="CB-1")])
    page.write_formula(1, 1, '=A2&" Bình"', "", "Lê Bình")
    book.close()

    batch = previewed(keeper, out.getvalue())

    assert batch.rows.get().label == "Lê Bình — Phòng A"


def test_the_sheet_with_the_people_is_found_among_others(keeper):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet("Bìa").write_row(0, 0, ["BÁO CÁO", "NĂM", 2026])
    page = book.add_worksheet("Người")
    page.write_row(0, 0, PEOPLE)
    page.write_row(1, 0, [str(cell) for cell in person_row()])
    book.close()

    assert taken_in(keeper, out.getvalue()).sheet == "Người"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Tệp “x.xlsx” không có dòng dữ liệu nào. Kiểm tra lại tệp rồi gửi lại."),
        (workbook(), "Tệp “x.xlsx” không có dòng dữ liệu nào. Kiểm tra lại tệp rồi gửi lại."),
        (
            b"%PDF-1.7 x",
            "Tệp “x.xlsx” là tệp PDF, không phải bảng tính. Gửi tệp .xlsx, .xls, .ods hoặc .csv.",
        ),
        (
            workbook(PEOPLE)[:2000],
            (
                "Tệp “x.xlsx” (bảng tính Excel .xlsx) bị hỏng hoặc tải về chưa hết. "
                "Mở lại tệp gốc, lưu thành tệp mới rồi gửi lại."
            ),
        ),
    ],
    ids=["no bytes", "no rows", "a PDF", "cut short"],
)
def test_a_file_that_cannot_be_read_is_told_and_not_kept(
    keeper, content, sentence, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path

    with pytest.raises(DocumentError) as refused, django_capture_on_commit_callbacks(execute=True):
        taken_in(keeper, content, name="x.xlsx")

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert (str(refused.value), StoredFile.objects.count(), Import.objects.count()) == (sentence, 0, 0)


def test_a_file_of_too_many_bytes_is_not_taken(keeper, monkeypatch):
    monkeypatch.setattr(intake, "UPLOAD_LIMIT", 1000)

    with pytest.raises(FileTooLargeError):
        taken_in(keeper, workbook(PEOPLE))

    assert StoredFile.objects.count() == 0


def test_a_zip_bomb_is_not_opened(keeper):
    out = io.BytesIO(workbook(PEOPLE))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet2.xml", b"<row/>" * 40_000_000)

    with pytest.raises(DocumentError) as refused:
        taken_in(keeper, out.getvalue())

    assert refused.value.code == "unpacked_too_large"


def test_a_file_of_too_many_rows_is_refused(keeper, monkeypatch):
    monkeypatch.setattr("thidua.exchange.tables.MOST_ROWS", 30)

    with pytest.raises(DocumentError) as refused:
        taken_in(keeper, many(60))

    assert refused.value.code == "too_many_rows"

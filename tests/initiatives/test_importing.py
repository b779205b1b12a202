"""Past initiatives and research from Excel: known headings, preview, doubt put to the user, update, undo."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from exchange.imports import changes, codes_of, file_given, outcomes, previewed, saved, workbook
from factories import make_account, make_kind, make_person, make_unit, make_user, signed_in
from thidua.documents.workbook_reader import read_rows
from thidua.exchange.importers import Given, importer_named
from thidua.exchange.models import Import
from thidua.exchange.services import undoing
from thidua.initiatives.importing import take_back
from thidua.initiatives.importing_facts import facts_of_row, past_of
from thidua.initiatives.models import Initiative
from thidua.initiatives.selectors import facts_of
from thidua.initiatives.services.recording import Past, amend_past, record_past
from thidua.initiatives.services.steps import Use, note_use
from thidua.initiatives.services.writing import Author
from thidua.organisations.models import UnitRole
from thidua.records.models import ChangedMeanwhileError

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 2)
HEADINGS = ("TT", "Tên sáng kiến", "Tác giả", "Áp dụng từ", "Phạm vi", "Số QĐ", "Ngày QĐ", "Cơ quan ban hành")
RESEARCH = (
    "Ten de tai", "Loai", "Chu nhiem", "So hieu", "Ngay nghiem thu", "Cap de tai", "Ket qua nghiem thu",
    "Pham vi anh huong", "So quyet dinh", "Ngay ky", "Co quan quyet dinh",
)  # fmt: skip


@pytest.fixture(autouse=True)
def clock(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel("2026-03-02 08:00:00+07:00", tick=False):
        yield


@pytest.fixture
def unit():
    return make_unit("Cục Trợ giúp", make_unit("Bộ Thử nghiệm", kind=make_kind("bo", level="central")))


@pytest.fixture
def officer(unit):
    return make_user(unit)


@pytest.fixture
def author(unit):
    return make_person("Trần Thị Ánh", unit, staff_code="CB-1")


def line(title="Biểu mẫu điền sẵn", authors="Trần Thị Ánh", **given):
    facts = {
        "applied": date(2023, 1, 5),
        "scope": "Cấp cơ sở",
        "number": "140/QĐ-C",
        "day": date(2023, 12, 1),
        "issuer": "Cục Trợ giúp",
    } | given
    return (1, title, authors, *facts.values())


def given(user, *rows, headings=HEADINGS):
    return previewed(user, workbook(headings, *rows), target="initiatives")


def undone(user, batch):
    undoing.begin_undo(batch, by=user, version=batch.version)
    undoing.undo_rows(batch.pk)
    return Import.objects.get(pk=batch.pk)


def recorded(author, **changed):
    facts = {
        "title": "Biểu mẫu điền sẵn", "scope": "CO_SO", "number": "140/QĐ-C", "decided_on": date(2023, 12, 1),
        "issuer": "Cục Trợ giúp", "applied_on": date(2023, 1, 5),
    }  # fmt: skip
    return record_past(None, Past(authors=(Author(author, 100),), **facts | changed))


def test_rows_come_in_are_previewed_written_and_taken_back(unit, officer, author):
    make_person("Lê Bình", unit)

    batch = given(officer, line(authors="CB-1 | 60; Lê Bình | 40"), line("Sổ tay", scope="cơ sở"))
    found = outcomes(batch)
    done = saved(officer, batch)
    rows = {row.title: row for row in Initiative.objects.all()}
    works = facts_of([author.pk], on=TODAY)[author.pk]
    back = undone(officer, done)

    assert found == {2: "create", 3: "create"}
    assert {(row.source, row.year, row.decision.number) for row in rows.values()} == {
        ("imported", 2023, "140/QĐ-C")
    }
    assert [(one.recognised_on, one.applied_on) for one in works.initiatives] == [
        (date(2023, 12, 1), date(2023, 1, 5))
    ] * 2
    assert (back.status, Initiative.objects.count()) == (Import.Status.UNDONE, 0)


def test_research_is_read_under_headings_without_diacritics(officer, author):
    facts = ("12/QĐ-C", "1/6/2025", "Cục Trợ giúp")
    batch = given(
        officer,
        (
            "Hòa giải",
            "đề tài NCKH",
            "Trần Thị Ánh: chủ nhiệm",
            "CB-1",
            "20/5/2025",
            "bộ",
            "XS",
            "cơ sở",
            *facts,
        ),
        ("Mất hút", "đề án", "Trần Thị Ánh", "CB-1", "20/5/2025", "bộ", "không đạt", "cơ sở", *facts),
        ("Chưa xong", "công trình", "Trần Thị Ánh", "CB-1", "", "", "", "cơ sở", *facts),
        headings=RESEARCH,
    )
    told = codes_of(batch)
    saved(officer, batch)
    row = Initiative.objects.get()

    assert told == {2: [], 3: ["not_accepted"], 4: ["missing"]}
    assert (row.kind, row.accepted_on, row.accepted_level, row.accepted_as, row.authorships.get().role) == (
        "topic",
        date(2025, 5, 20),
        "BO",
        "excellent",
        "lead",
    )


def test_what_cannot_be_is_refused_row_by_row_with_its_reason(unit, officer, author):
    make_person("Ngô Xa", make_unit("Cục Hai", unit.parent), staff_code="XA-1")
    batch = given(
        officer,
        line(authors="Người Lạ"),
        line(authors="Lê Bình (CB-1)"),
        line(authors="Trần Thị Ánh: nhiều"),
        line(day=date(2022, 1, 1)),
        line(scope="toàn quốc"),
        line(scope="liên xã"),
        line(number=""),
        line(authors="", title="Không ai"),
        line(title="Chia sai", authors="Trần Thị Ánh | 60"),
        line(title="Hai lần"),
        line(title="HAI LẦN"),
    )

    assert codes_of(batch) == {
        2: ["person_unknown"],
        3: ["name_differs"],
        4: ["part_unreadable"],
        5: ["decided_before_applied"],
        6: ["issuer_too_narrow"],
        7: ["not_a_choice"],
        8: ["missing"],
        9: ["authors_missing"],
        10: ["shares_not_whole"],
        11: [],
        12: ["twice_in_file"],
    }
    assert {number for number, outcome in outcomes(batch).items() if outcome == "create"} == {11}


def test_a_name_of_several_is_put_to_the_user_and_never_guessed(client, unit, officer, author):
    twin = make_person("Trần Thị Ánh", unit, staff_code="CB-2", position="Kế toán")
    batch = given(officer, line(), line("Nhóm", authors="Trần Thị Ánh; Trần Thị Ánh"))
    signed_in(client, officer)
    page = client.get(reverse("exchange:import", args=[batch.pk])).content.decode()

    asked = batch.rows.get(number=2)
    client.post(
        reverse("exchange:settle", args=[batch.pk]),
        {f"row_{asked.pk}": str(twin.pk), "version": batch.version},
    )
    batch = Import.objects.get(pk=batch.pk)
    saved(officer, batch)

    assert page.count("Trần Thị Ánh — Kế toán, Cục Trợ giúp") == 1
    assert page.count("Là người khác, thêm hồ sơ mới") == 0
    assert codes_of(batch)[3] == ["person_several", "person_several"]
    assert [row.submitter for row in Initiative.objects.all()] == [twin]


def test_what_is_there_is_the_same_or_changed_and_undone_to_what_it_was(unit, officer, author):
    make_person("Lê Bình", unit)
    recorded(author)
    kept = recorded(author, title="Sổ tay", replicable=True)

    batch = given(
        officer,
        line(),
        line("Sổ tay", authors="CB-1 | 70; Lê Bình | 30", day=date(2024, 2, 1), applied=""),
    )
    found, shown = outcomes(batch), changes(batch)
    done = saved(officer, batch)
    kept.refresh_from_db()
    changed = kept.year, kept.applied_on, kept.replicable, kept.authorships.count()
    undone(officer, done)
    kept.refresh_from_db()

    assert found == {2: "same", 3: "update"}
    assert shown[3] == {
        "decided_on": ["1/12/2023", "1/2/2024"],
        "authors": ["Trần Thị Ánh (100%)", "Trần Thị Ánh (70%); Lê Bình (30%)"],
    }
    assert changed == (2024, date(2023, 1, 5), True, 2)
    assert (kept.year, kept.recognised_on, kept.authorships.get().percent) == (2023, date(2023, 12, 1), 100)


def test_a_record_that_served_since_keeps_its_import(officer, author):
    done = saved(officer, given(officer, line()))
    note_use(None, Initiative.objects.get(), Use(author, "CSTDCS", 2023))

    with pytest.raises(undoing.CannotUndoError) as refused:
        undoing.begin_undo(done, by=officer, version=done.version)

    assert [reference.count for reference in refused.value.references] == [1]


def test_an_undo_leaves_what_another_writes_meanwhile(officer, author):
    saved(officer, given(officer, line()))
    read_before = Initiative.objects.get()
    amend_past(None, read_before, past_of(facts_of_row(read_before), {str(author.pk): author}))

    with pytest.raises(ChangedMeanwhileError):
        take_back(officer, read_before, None, {})

    assert Initiative.objects.get().events.filter(act="amended").count() == 1


def test_a_record_changed_after_the_preview_is_not_overwritten(officer, author):
    row = recorded(author)
    batch = given(officer, line(day=date(2024, 2, 1)))
    Initiative.objects.filter(pk=row.pk).update(version=5)

    done = saved(officer, batch)

    assert codes_of(done) == {2: ["changed_since_preview"]}


def test_who_leads_is_of_the_importers_units_others_need_not_be(unit, officer, author):
    elsewhere = make_unit("Cục Hai", unit.parent)
    make_person("Ngô Xa", elsewhere, staff_code="XA-1")
    above = make_user(unit.parent, full_name="Lê Cao")
    abroad = make_user(elsewhere, full_name="Ngô Bạn")

    assert [
        codes_of(given(user, line(authors="Trần Thị Ánh (CB-1); Ngô Xa (XA-1)")))[2]
        for user in (above, abroad)
    ] == [[], ["person_unknown"]]


def test_a_record_another_unit_keeps_is_neither_rewritten_nor_shown(unit, officer, author):
    elsewhere = make_unit("Cục Hai", unit.parent)
    lead = make_person("Ngô Xa", elsewhere, staff_code="XA-1")
    theirs = Past(
        authors=(Author(lead, 60), Author(author, 40)),
        title="Biểu mẫu điền sẵn", scope="CO_SO", number="9/QĐ-H", decided_on=date(2023, 12, 1), issuer="Cục Hai",
    )  # fmt: skip
    row = record_past(None, theirs)

    batch = given(officer, line(authors="CB-1 | 100"))
    found, told, shown = outcomes(batch), codes_of(batch), changes(batch)
    saved(officer, batch)
    row.refresh_from_db()

    assert (found, told, shown) == ({2: "same"}, {2: ["kept_by_others"]}, {})
    assert (row.unit, row.decision.number, row.authorships.count()) == (elsewhere, "9/QĐ-H", 2)


def test_what_moved_to_another_unit_after_the_preview_is_not_rewritten(unit, officer, author):
    row = recorded(author)
    batch = given(officer, line(day=date(2024, 2, 1)))
    Initiative.objects.filter(pk=row.pk).update(unit=make_unit("Cục Hai", unit.parent))

    done = saved(officer, batch)

    row.refresh_from_db()
    assert (codes_of(done), row.recognised_on) == ({2: ["kept_by_others"]}, date(2023, 12, 1))


def test_only_who_receives_initiatives_may_import_them(unit, author):
    importer = importer_named("initiatives")
    users = (
        make_user(unit),
        make_user(unit, UnitRole.Role.HEAD, full_name="Lê Thủ"),
        make_account(author),
    )

    assert [importer.may_import(user) for user in users] == [True, False, False]


def test_the_template_comes_in_again_as_it_went_out(client, officer, author, tmp_path):
    signed_in(client, officer)
    path = tmp_path / "mau.xlsx"
    path.write_bytes(file_given(client.get(reverse("exchange:template", args=["initiatives"]))))
    headings = next(iter(read_rows(path))).cells

    row = [
        {"Tên sáng kiến, đề tài": "Sổ tay", "Tác giả": "CB-1", "Phạm vi ảnh hưởng": "Cấp cơ sở",
         "Số quyết định": "9/QĐ", "Ngày quyết định": "1/2/2024", "Cơ quan ban hành": "Cục Trợ giúp"}.get(one, "")
        for one in headings
    ]  # fmt: skip
    batch = given(officer, row, headings=headings)

    assert (len(batch.mapping), outcomes(batch)) == (len(importer_named("initiatives").fields), {2: "create"})


def test_what_the_list_gives_out_comes_in_unchanged(client, unit, officer, author, tmp_path):
    make_person("Lê Bình", unit)
    study = ("Hòa giải", "đề tài", "Trần Thị Ánh: chủ nhiệm", "CB-1", "20/5/2025", "bộ", "XS", "cơ sở")
    saved(officer, given(officer, line(authors="CB-1 | 60; Lê Bình | 40")))
    saved(officer, given(officer, (*study, "12/QĐ-C", "1/6/2025", "Cục Trợ giúp"), headings=RESEARCH))
    signed_in(client, officer)
    path = tmp_path / "ra.xlsx"

    path.write_bytes(file_given(client.get(reverse("initiatives:list") + "?format=xlsx")))
    batch = previewed(officer, path.read_bytes(), target="initiatives")

    assert (outcomes(batch), codes_of(batch)) == ({2: "same", 3: "same"}, {2: [], 3: []})


@pytest.mark.parametrize("number", [1, 20])
def test_a_preview_asks_as_often_for_many_rows_as_for_one(unit, officer, number):
    rows = []
    for place in range(number):
        make_person(f"Người Số {place}", unit, staff_code=f"S-{place}")
        rows.append(line(f"Sáng kiến {place}", authors=f"S-{place}"))
    planner = importer_named("initiatives").planner(officer, {})
    batch = given(officer, *rows)

    lines = [
        Given(row.number, {"title": row.values["title"], "authors": row.values["authors"], "scope": "CO_SO",
                           "number": "1/QĐ", "decided_on": date(2024, 2, 1), "issuer": "Cục Trợ giúp"})
        for row in batch.rows.order_by("number")
    ]  # fmt: skip
    with CaptureQueriesContext(connection) as asked:
        planner.plan(lines)

    assert len(asked) == 3  # people, works of these titles, the issuer

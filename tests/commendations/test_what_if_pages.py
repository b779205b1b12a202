"""The pages of “what if”: asked, read, listed, explained, taken out; drafts and trials are their owner's alone."""

import io
import re
from datetime import date
from zipfile import ZipFile

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from python_calamine import CalamineWorkbook

from commendations.trying import (
    CIRCULAR,
    EVE,
    FIRST,
    TODAY,
    drafted,
    five_good_years,
    rated,
    text,
    tried,
)
from factories import make_account, make_honour, make_person, make_unit, make_user, signed_in
from thidua.commendations import tasks
from thidua.commendations.models import LawDraft, Trial
from thidua.commendations.selectors.what_if import (
    awards_for,
    sides_of,
)
from thidua.commendations.services.trials import Asked, begin_trial, compute
from thidua.core.law.law import SHIPPED
from thidua.organisations.models import Discipline, UnitRole

pytestmark = pytest.mark.django_db
NOW = "2026-11-22"
PHONE = re.compile(r'<small class="phone-only">(.*?)</small>', re.DOTALL)


def asked(client, unit, **given):
    given = {
        "unit": unit.code,
        "before_on": "30/9/2026",
        "after_on": "1/10/2026",
        "year": "2025",
        "kind": "individual",
        **given,
    }
    return client.post(reverse("commendations:what_if"), given, follow=True)


def test_a_trial_is_asked_read_listed_and_explained(client, owner, unit):
    person = five_good_years(unit)
    signed_in(client, owner)

    table = asked(client, unit)

    trial = Trial.objects.get()
    people = reverse("commendations:trial_subjects", args=[trial.pk, "BK_TTG"])
    one = reverse("commendations:trial_subject", args=[trial.pk, "BK_TTG", person.pk])
    assert text(table).count(f'href="{people}?movement=gains">1</a>') == 1
    listed_page = text(client.get(f"{people}?movement=gains"))
    assert (listed_page.count(f'href="{one}"'), "chưa đạt → đạt" in listed_page) == (1, True)
    side_by_side = text(client.get(one))
    assert side_by_side.count("kể từ Bằng khen cấp bộ") == 2  # asked before; now it only warns
    assert side_by_side.count("mốc kể từ đã bỏ theo 06/2026/QH16") == 1
    assert side_by_side.count("Điều 73") >= 2


def test_pages_mark_what_rests_on_texts_nobody_verified(client, owner, unit):
    five_good_years(unit)
    trial = tried(owner, unit, awards=["BK_TTG", "HCLD1"])
    signed_in(client, owner)

    table = text(client.get(reverse("commendations:trial", args=[trial.pk])))
    people = text(client.get(reverse("commendations:trial_subjects", args=[trial.pk, "BK_TTG"])))

    assert ("lượt, có chỗ chưa kiểm chứng" in table, table.count(">chưa có dữ liệu luật<")) == (True, 2)
    assert people.count("chưa ai kiểm chứng với văn bản") == 1


def test_the_workbook_holds_the_table_and_everybody_who_moved(client, owner, unit):
    five_good_years(unit)
    signed_in(client, owner)
    asked(client, unit)

    answer = client.get(reverse("commendations:trial_workbook", args=[Trial.objects.get().pk]))

    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue()))
    rows = book.get_sheet_by_name("Thay đổi").to_python()
    assert ("Trần Thị Ánh", "Bằng khen của Thủ tướng Chính phủ") in {(row[0], row[2]) for row in rows}
    assert len(book.get_sheet_by_name("Tổng hợp").to_python()) == len(awards_for("individual")) + 1


def test_the_workbook_says_what_was_compared_and_agrees_with_the_page(client, owner, unit):
    five_good_years(unit)
    trial = tried(owner, unit, awards=["LDTT", "HCLD1"], draft=drafted(owner))
    signed_in(client, owner)

    answer = client.get(reverse("commendations:trial_workbook", args=[trial.pk]))

    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue()))
    whole = {row[0]: row for row in book.get_sheet_by_name("Tổng hợp").to_python()}
    assert book.get_sheet_by_name("Cách xét").to_python()[1:] == [
        ["Phạm vi", "Cục Trợ giúp"],
        ["Xét", "Cá nhân: 2"],
        ["Ngày thứ nhất", "30/9/2026"],
        ["Quy định bên thứ nhất", "quy định đang áp dụng"],
        ["Ngày thứ hai", "1/10/2026"],
        ["Quy định bên thứ hai", "dự thảo “Dự thảo”"],
        ["Năm thành tích", "2025"],
        ["Hồ sơ hai bên lấy đến", "1/10/2026"],
        ["Thời gian công tác, thời hạn tính đến", "ngày của từng bên"],
        ["Giả định", "không có việc đang chờ kết luận; không ai bị kỷ luật, nghỉ ốm hay nghỉ vì thương tật"],
        ["Thử lúc", "08:00 22/11/2026"],
    ]
    stays = [row[7] for row in (whole["Lao động tiên tiến"], whole["Huân chương Lao động hạng Nhất"])]
    assert (whole["Danh hiệu, hình thức"][7], stays) == ("Không đổi", [2, ""])


@pytest.mark.parametrize(("before", "by_law_alone"), [(EVE, False), (FIRST, True)])
def test_a_trial_says_whether_time_passes_between_its_sides(client, owner, unit, before, by_law_alone):
    five_good_years(unit)
    trial = tried(owner, unit, before=before, draft=drafted(owner))
    signed_in(client, owner)

    shown = text(client.get(reverse("commendations:trial", args=[trial.pk])))

    sentences = ("nên chênh lệch chỉ do quy định.", "tính đến ngày của từng bên, nên chênh lệch có cả phần")
    assert [sentence in shown for sentence in sentences] == [by_law_alone, not by_law_alone]


def test_the_workbook_marks_what_rests_on_texts_nobody_verified(client, owner, unit):
    five_good_years(unit)
    trial = tried(owner, unit, awards=["LDTT", "BK_TTG", "HCLD1"])
    signed_in(client, owner)

    answer = client.get(reverse("commendations:trial_workbook", args=[trial.pk]))

    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue()))
    whole, moves = (book.get_sheet_by_name(name).to_python() for name in ("Tổng hợp", "Thay đổi"))
    lines = {row[0]: (row[1], row[2], row[-1]) for row in whole[1:]}
    assert (whole[0][-1], moves[0][-1]) == ("Kiểm chứng", "Kiểm chứng")
    assert lines["Lao động tiên tiến"][2] == ""
    assert lines["Huân chương Lao động hạng Nhất"] == (
        "",
        "",
        "có chỗ chưa kiểm chứng; trước: chưa có dữ liệu luật; sau: chưa có dữ liệu luật",
    )
    assert {row[2]: row[-1] for row in moves[1:]}["Bằng khen của Thủ tướng Chính phủ"] == (
        "có chỗ chưa kiểm chứng"
    )


def test_a_bad_draft_names_its_lines_and_is_not_kept(client, owner):
    signed_in(client, owner)
    upload_ = SimpleUploadedFile("thong-tu.yaml", CIRCULAR.replace("is: rating", "is: guess").encode())

    shown = text(client.post(reverse("commendations:drafts"), {"name": "Thử", "uploads": upload_}))

    assert shown.count("<li>thong-tu.yaml, dòng 6: ") == 1
    assert LawDraft.objects.count() == 0


def test_a_draft_in_an_archive_is_kept_and_shown_with_what_it_changes(client, owner):
    signed_in(client, owner)
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("goi/thong-tu.yaml", CIRCULAR)
    upload_ = SimpleUploadedFile("goi.zip", out.getvalue())

    shown = text(
        client.post(reverse("commendations:drafts"), {"name": "Thử", "uploads": upload_}, follow=True)
    )

    assert LawDraft.objects.get().texts == {"goi/thong-tu.yaml": CIRCULAR}
    assert shown.count("Xếp loại từ “hoàn thành xuất sắc nhiệm vụ” trở lên") == 1


def test_drafts_and_trials_are_their_owners_alone(client, owner, unit):
    draft = drafted(owner)
    trial = tried(owner, unit, draft=draft)
    signed_in(client, make_user(unit, full_name="Lê Văn Khác"))

    answers = [
        client.get(reverse("commendations:draft", args=[draft.pk])),
        client.post(reverse("commendations:draft_delete", args=[draft.pk])),
        client.get(reverse("commendations:trial", args=[trial.pk])),
        client.get(reverse("commendations:trial_subjects", args=[trial.pk, "LDTT"])),
        client.get(reverse("commendations:trial_workbook", args=[trial.pk])),
        client.post(reverse("commendations:trial_delete", args=[trial.pk])),
    ]

    assert [answer.status_code for answer in answers] == [404] * 6
    stolen = asked(client, unit, draft=str(draft.pk))
    assert (Trial.objects.count(), "aria-invalid" in text(stolen)) == (1, True)


def test_a_scope_one_may_not_see_cannot_be_asked(client, owner):
    signed_in(client, owner)
    other = make_unit("Bộ Khác", code="bkhac")
    make_person("Lê Văn Bốn", other)

    shown = asked(client, other)

    assert (Trial.objects.count(), "Không tìm thấy “bkhac”" in text(shown)) == (0, True)


def test_who_lost_the_right_loses_the_trial_too(client, owner, unit):
    trial = tried(owner, unit)
    UnitRole.objects.filter(person=owner.person).update(valid_until=date(2026, 11, 1))
    signed_in(client, owner)

    assert client.get(reverse("commendations:trial", args=[trial.pk])).status_code == 404


def test_staff_without_a_role_is_not_let_in(client, unit):
    signed_in(client, make_account(make_person("Đồng nghiệp", unit)))

    assert client.get(reverse("commendations:what_if")).status_code == 403


@pytest.mark.parametrize(("role", "named"), [(UnitRole.Role.OFFICER, 0), (UnitRole.Role.HEAD, 2)])
def test_discipline_is_named_side_by_side_only_to_those_with_the_right(client, unit, role, named):
    person = five_good_years(unit)
    Discipline.objects.create(person=person, level="CANH_CAO", valid_from=date(2026, 9, 1))
    user = make_user(unit, role)
    trial = tried(user, unit)
    signed_in(client, user)

    shown = text(client.get(reverse("commendations:trial_subject", args=[trial.pk, "LDTT", person.pk])))

    assert shown.count("Không trong thời gian thi hành kỷ luật") == named
    assert ("cảnh cáo" in shown) == bool(named)


@pytest.mark.parametrize("number", [2, 12])
def test_a_list_costs_as_many_queries_for_many_as_for_few(
    client, owner, unit, number, django_assert_max_num_queries
):
    for place in range(number):
        rated(make_person(f"Người Số {place}", unit), 2025)
    trial = tried(owner, unit, before=TODAY, after=TODAY, awards=["LDTT"], draft=drafted(owner))
    signed_in(client, owner)
    address = reverse("commendations:trial_subjects", args=[trial.pk, "LDTT"]) + "?movement=loses"

    with django_assert_max_num_queries(16):
        shown = text(client.get(address))

    assert shown.count("Người Số") == number


@pytest.mark.parametrize("number", [2, 12])
def test_a_trial_costs_as_many_queries_for_many_as_for_few(
    owner, unit, number, django_assert_max_num_queries
):
    for place in range(number):
        rated(make_person(f"Người Số {place}", unit), 2025)

    with django_assert_max_num_queries(25):
        trial = tried(owner, unit)

    assert trial.subjects == number + 1


def test_a_page_beyond_the_last_shows_the_last(client, owner, unit):
    trial = tried(owner, unit)
    signed_in(client, owner)

    answer = client.get(reverse("commendations:trial_subjects", args=[trial.pk, "LDTT"]) + "?page=900")

    assert (answer.status_code, text(answer).count("Phạm Thu Hà") >= 1) == (200, True)


def test_one_deletes_the_own_trial(client, owner, unit):
    trial = tried(owner, unit)
    signed_in(client, owner)

    client.post(reverse("commendations:trial_delete", args=[trial.pk]))

    assert Trial.objects.count() == 0


def gains(client, owner, trial):
    signed_in(client, owner)
    address = reverse("commendations:trial_subjects", args=[trial.pk, "BK_TTG"])
    return text(client.get(f"{address}?movement=gains"))


def test_the_list_says_what_only_warns_now(client, owner, unit):
    person = rated(make_person("Lê Văn Bốn", unit, since=date(2015, 1, 1)), *range(2021, 2026))
    for year in (2022, 2023, 2024, 2025):
        make_honour(person, "CSTDCS", year, number=str(year))

    shown = gains(client, owner, tried(owner, unit, awards=["BK_TTG"]))

    held = shown.count("Đã được tặng Bằng khen cấp bộ: nay chỉ nhắc (06/2026/QH16)")
    since = shown.count("kể từ Bằng khen cấp bộ: nay chỉ nhắc (06/2026/QH16)")
    assert (held, since) == (2, 2)


def test_the_list_says_how_a_condition_was_asked_before(client, owner, unit):
    person = rated(make_person("Lê Văn Bốn", unit, since=date(2015, 1, 1)), *range(2019, 2024))
    make_honour(person, "BK_BO", 2018, number="2018")
    for year in (2020, 2021, 2022, 2023):
        make_honour(person, "CSTDCS", year, number=str(year))
    eve, first = date(2023, 12, 31), date(2024, 1, 1)

    shown = gains(client, owner, tried(owner, unit, before=eve, after=first, year=2023, awards=["BK_TTG"]))

    asked_before = "(trước: 5 năm liên tục “hoàn thành xuất sắc nhiệm vụ” kể từ Bằng khen cấp bộ)"
    assert shown.count(asked_before) == 2


def test_a_phone_shows_under_the_name_what_it_has_no_column_for(client, owner, unit):
    five_good_years(unit)
    trial = tried(owner, unit, awards=["BK_TTG"])
    signed_in(client, owner)
    here = reverse("commendations:trial_subjects", args=[trial.pk, "BK_TTG"])

    table, people = (
        text(client.get(address))
        for address in (reverse("commendations:trial", args=[trial.pk]), f"{here}?movement=gains")
    )

    under = [" ".join(re.sub("<[^>]+>", "", part).split()) for part in PHONE.findall(table + people)]
    assert under[0] == "Đạt trước: 0 · Không đổi: 1"
    assert under[1].startswith("Đã được tặng Bằng khen cấp bộ: nay chỉ nhắc (06/2026/QH16); ")
    assert f'{here}?movement=stays">1</a></small>' in table


def test_a_trial_over_many_people_is_left_to_the_worker_and_told_meanwhile(
    client, owner, unit, monkeypatch, settings
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(tasks, "AT_ONCE", 0)
    signed_in(client, owner)

    waiting = text(asked(client, unit))
    trial = Trial.objects.get()
    tasks.compute_trial.call(str(trial.pk))
    polled = client.get(reverse("commendations:trial", args=[trial.pk]), headers={"HX-Request": "true"})

    assert (waiting.count("<h3>Đang xét 1 người</h3>"), DBTaskResult.objects.count()) == (1, 1)
    assert (polled["HX-Refresh"], text(polled).count("Đang xét")) == ("true", 0)


def test_a_trial_deleted_while_it_waits_is_passed_over(owner, unit):
    trial = begin_trial(owner, Asked(unit, EVE, FIRST, 2025, ["LDTT"]))
    pk = trial.pk
    trial.delete()

    compute(pk)

    assert Trial.objects.count() == 0


def test_a_draft_that_no_longer_fits_the_law_says_which_lines(client, owner, unit):
    draft = drafted(owner)
    trial = tried(owner, unit, before=TODAY, after=TODAY, awards=["LDTT"], draft=draft)
    LawDraft.objects.filter(pk=draft.pk).update(texts={"c.yaml": CIRCULAR.replace("is: rating", "is: guess")})

    with time_machine.travel("2026-11-23 08:00:00+07:00", tick=False):
        signed_in(client, owner)
        listed_page = text(client.get(reverse("commendations:trial_subjects", args=[trial.pk, "LDTT"])))
        again = tried(owner, unit, before=TODAY, after=TODAY, awards=["LDTT"], draft=draft)
        draft_page = text(client.get(reverse("commendations:draft", args=[draft.pk])))

    assert [
        page.count("<li>c.yaml, dòng 6: không có phép xét “guess”.") for page in (listed_page, draft_page)
    ] == [1, 1]
    assert (again.state, again.failure.startswith("c.yaml, dòng 6: ")) == ("failed", True)


def test_a_drafted_timeline_may_bring_a_pack(owner, unit):
    packs = (SHIPPED / "packs.yaml").read_text(encoding="utf-8")
    later = """\
  E:
    label: {vi: Gói thử, en: Tried pack}
    in_force: 2026-11-15
    rule: LAW.E
    source: {text: 1/2026/QH16}
    confidence: memory
    instruments: [{text: 1/2026/QH16}]
"""

    trial = tried(owner, unit, before=TODAY, after=TODAY, draft=drafted(owner, packs + later, "packs.yaml"))

    assert [side.law.pack_on(TODAY).id for side in sides_of(trial)] == ["D", "E"]

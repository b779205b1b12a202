"""What if: two days or a draft over real people, the lists behind the figures, and one person side by side."""

import io
from datetime import date
from zipfile import ZipFile

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from factories import make_account, make_honour, make_person, make_unit, make_user, signed_in
from thidua.commendations.models import LawDraft, Trial
from thidua.commendations.problems import LawRefusedError
from thidua.commendations.selectors.cases import case_of, subjects_of_people
from thidua.commendations.selectors.side_by_side import Comparer
from thidua.commendations.selectors.what_if import (
    Movement,
    assumed,
    awards_for_people,
    lines_of,
    listed,
    sides_of,
)
from thidua.commendations.services.drafts import keep_draft, throw_away
from thidua.commendations.services.own_rules import put_in_force, upload
from thidua.commendations.services.trials import Asked, begin_trial, compute
from thidua.core.eligibility.explain import check_on
from thidua.core.eligibility.facts import Ground
from thidua.organisations.models import Discipline, Rating, UnitRole

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
EVE, FIRST = date(2026, 9, 30), date(2026, 10, 1)
CIRCULAR = """\
authority: VN
label: {vi: Dự thảo thông tư, en: Draft circular}
text: 99/2026/TT-BNV
in_force: 2026-11-01
conditions:
  - {for: LDTT, is: rating, at_least: EXCELLENT, place: Điều 3, rule: X.RATING}
"""


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-11-22 08:00:00+07:00", tick=False):
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


def rated(person, *years, level="GOOD"):
    for year in years:
        Rating.objects.create(person=person, year=year, level=level)
    return person


def five_good_years(unit, name="Trần Thị Ánh"):
    """Make a person whose five good years and three titles are enough from 2026-10-01 on."""
    person = rated(make_person(name, unit, since=date(2015, 1, 1)), *range(2021, 2026))
    for year in (2022, 2023, 2024, 2025):
        make_honour(person, "CSTDCS", year, number=f"{name} {year}")
    for year in range(2021, 2026):
        make_honour(person, "LDTT", year, number=f"{name} L{year}")
    return person


def tried(owner, unit, *, before=EVE, after=FIRST, year=2025, awards=("LDTT", "BK_TTG"), draft=None):
    trial = begin_trial(owner, Asked(unit, before, after, year, awards, draft))
    compute(trial.pk)
    return Trial.objects.select_related("unit__root", "draft").get(pk=trial.pk)


def drafted(owner, content=CIRCULAR, name="thong-tu.yaml"):
    return keep_draft(owner, "Dự thảo", {name: content.encode()})


def moved(trial):
    return {
        line.award: {str(movement): number for movement, number in line.moved.items() if number}
        for line in lines_of(trial)
    }


def text(response):
    return response.content.decode()


# -- the reading -------------------------------------------------------------------------------------


def test_a_change_of_law_shows_who_gains_on_its_first_day(owner, unit):
    gaining = five_good_years(unit)
    rated(make_person("Lê Văn Bốn", unit), 2025)

    trial = tried(owner, unit)

    assert (trial.state, trial.people) == ("done", 3)
    assert moved(trial)["BK_TTG"]["gains"] == 1
    assert [row.person for row in listed(trial, "BK_TTG", Movement.GAINS)] == [gaining.pk]


def test_a_draft_shows_who_loses_and_touches_nothing(owner, unit):
    good, best = make_person("Lê Văn Bốn", unit), make_person("Lê Văn Năm", unit)
    rated(good, 2025), rated(best, 2025, level="EXCELLENT")

    trial = tried(owner, unit, before=TODAY, after=TODAY, awards=["LDTT"], draft=drafted(owner))
    plain = tried(owner, unit, awards=["LDTT"])

    assert [row.person for row in listed(trial, "LDTT", Movement.LOSES)] == [good.pk]
    assert moved(plain) == {"LDTT": {"stays": 3}}


def test_the_table_agrees_with_every_verdict_one_by_one(owner, unit):
    five_good_years(unit)
    rated(make_person("Lê Văn Bốn", unit), 2025, level="EXCELLENT")
    make_person("Lê Văn Năm", unit)
    trial = tried(owner, unit, awards=awards_for_people())

    found = {
        (row.person, row.award): (row.before, row.after)
        for award in trial.awards
        for row in listed(trial, award)
    }

    from thidua.organisations.models import Person  # noqa: PLC0415 - beside its only use

    people = list(Person.objects.filter(pk__in=[pk for pk, _award in found]))
    subjects = subjects_of_people(people, on=trial.known_on)
    expected = {
        (person.pk, award): tuple(
            check_on(
                case_of(assumed(subjects[person.pk]), award, side.on, year=2025, authority=side.authority),
                Ground(side.law),
            ).outcome.value
            for side in sides_of(trial)
        )
        for person in people
        for award in trial.awards
    }
    assert found == expected


def test_own_rules_in_force_count_on_both_sides(owner, root, unit):
    rated(make_person("Lê Văn Bốn", unit), 2025)
    rules = CIRCULAR.replace("authority: VN", "authority: BTN").replace("2026-11-01", "2026-01-01")
    put_in_force(None, upload(None, root, "quy-che.yaml", rules.encode()))

    trial = tried(owner, unit, awards=["LDTT"])

    assert (lines_of(trial)[0].before, moved(trial)) == (0, {"LDTT": {"stays": 2}})


def test_side_by_side_marks_the_condition_that_changed(owner, unit):
    person = five_good_years(unit)
    trial = tried(owner, unit)

    compared = Comparer(trial, [person]).compare(person, "BK_TTG", knows_sensitive=True)

    changed = [(str(pair.before.asked), str(pair.after.asked)) for pair in compared.pairs if pair.is_changed]
    assert (
        "5 năm liên tục “hoàn thành tốt nhiệm vụ” kể từ Bằng khen cấp bộ",
        "5 năm liên tục “hoàn thành tốt nhiệm vụ”",
    ) in changed
    assert (compared.before.verdict.outcome, compared.after.verdict.outcome) == ("not_eligible", "eligible")


def test_nothing_to_compare_and_nobody_to_ask_are_refused(owner, unit):
    empty = make_unit("Vụ Trống", unit)

    with pytest.raises(LawRefusedError) as caught:
        begin_trial(owner, Asked(empty, TODAY, TODAY, 2025, ["LDTT"]))

    assert [problem.code for problem in caught.value.problems] == ["no_difference", "nobody"]


def test_deleting_a_draft_deletes_its_trials(owner, unit):
    draft = drafted(owner)
    tried(owner, unit, draft=draft)

    throw_away(owner, draft)

    assert (LawDraft.objects.count(), Trial.objects.count()) == (0, 0)


# -- the pages ---------------------------------------------------------------------------------------


def asked(client, unit, **given):
    given = {"unit": unit.code, "before_on": "30/9/2026", "after_on": "1/10/2026", "year": "2025", **given}
    return client.post(reverse("commendations:what_if"), given, follow=True)


def test_a_trial_is_asked_read_listed_and_explained(client, owner, unit):
    person = five_good_years(unit)
    signed_in(client, owner)

    table = asked(client, unit)

    trial = Trial.objects.get()
    people = reverse("commendations:trial_people", args=[trial.pk, "BK_TTG"])
    one = reverse("commendations:trial_person", args=[trial.pk, "BK_TTG", person.pk])
    assert text(table).count(f'href="{people}?movement=gains">1</a>') == 1
    listed_page = text(client.get(f"{people}?movement=gains"))
    assert (listed_page.count(f'href="{one}"'), "chưa đạt → đạt" in listed_page) == (1, True)
    side_by_side = text(client.get(one))
    assert side_by_side.count("kể từ Bằng khen cấp bộ") == 1
    assert side_by_side.count("Điều 73") >= 2


def test_the_workbook_holds_the_table_and_everybody_who_moved(client, owner, unit):
    five_good_years(unit)
    signed_in(client, owner)
    asked(client, unit)

    answer = client.get(reverse("commendations:trial_workbook", args=[Trial.objects.get().pk]))

    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue()))
    rows = book.get_sheet_by_name("Thay đổi").to_python()
    assert ("Trần Thị Ánh", "Bằng khen của Thủ tướng Chính phủ") in {(row[0], row[2]) for row in rows}
    assert len(book.get_sheet_by_name("Tổng hợp").to_python()) == len(awards_for_people()) + 1


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
        client.get(reverse("commendations:trial_people", args=[trial.pk, "LDTT"])),
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

    shown = text(client.get(reverse("commendations:trial_person", args=[trial.pk, "LDTT", person.pk])))

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
    address = reverse("commendations:trial_people", args=[trial.pk, "LDTT"]) + "?movement=loses"

    with django_assert_max_num_queries(28):
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

    assert trial.people == number + 1


def test_a_page_beyond_the_last_shows_the_last(client, owner, unit):
    trial = tried(owner, unit)
    signed_in(client, owner)

    answer = client.get(reverse("commendations:trial_people", args=[trial.pk, "LDTT"]) + "?page=900")

    assert (answer.status_code, text(answer).count("Phạm Thu Hà") >= 1) == (200, True)


def test_one_deletes_the_own_trial(client, owner, unit):
    trial = tried(owner, unit)
    signed_in(client, owner)

    client.post(reverse("commendations:trial_delete", args=[trial.pk]))

    assert Trial.objects.count() == 0


def test_the_list_says_what_only_warns_now_and_how_a_condition_was_asked_before(client, owner, unit):
    person = rated(make_person("Lê Văn Bốn", unit, since=date(2015, 1, 1)), *range(2021, 2026))
    for year in (2022, 2023, 2024, 2025):
        make_honour(person, "CSTDCS", year, number=str(year))
    trial = tried(owner, unit, awards=["BK_TTG"])
    signed_in(client, owner)

    shown = text(
        client.get(reverse("commendations:trial_people", args=[trial.pk, "BK_TTG"]) + "?movement=gains")
    )

    asked_before = "(trước: 5 năm liên tục “hoàn thành tốt nhiệm vụ” kể từ Bằng khen cấp bộ)"
    assert (shown.count("cấp bộ: nay chỉ nhắc (06/2026/QH16)"), shown.count(asked_before)) == (1, 1)

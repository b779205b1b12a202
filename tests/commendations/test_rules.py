from datetime import date

import pytest
from django.urls import reverse

from commendations.trying import text
from factories import make_unit, make_user, signed_in
from thidua.commendations.selectors.packs import awards_on, packs_on
from thidua.commendations.selectors.rules import rules_of
from thidua.core.law.law import shipped_law

pytestmark = pytest.mark.django_db
NOW = "2026-11-22"


@pytest.fixture
def reader(client):
    signed_in(client, make_user(make_unit(), role=None))
    return client


def own_lines(name, day):
    return [(line.words, line.depth) for line in rules_of(name, day).sections[0].lines]


def test_conditions_read_as_sentences_of_the_day():
    before, after = date(2023, 12, 31), date(2024, 1, 1)

    assert own_lines("CSTDCS", before)[:2] == [
        ("Đạt LĐTT năm 2023", 0),
        ("Có sáng kiến hoặc đề tài được công nhận ở cơ sở", 0),
    ]
    assert own_lines("CSTDCS", after)[1:3] == [
        ("Hoàn thành xuất sắc nhiệm vụ, hoặc có sáng kiến, hoặc có đề tài được công nhận", 0),
        ("Xếp loại từ “hoàn thành xuất sắc nhiệm vụ” trở lên", 1),
    ]


def test_ways_of_which_one_is_enough_are_joined_by_or(reader):
    lines = rules_of("CSTDCS", date(2024, 1, 1)).sections[0].lines

    shown = text(reader.get(reverse("commendations:award", args=["CSTDCS"]) + "?as_of=2024-01-01"))

    assert [line.is_alternative for line in lines[:5]] == [False, False, False, True, True]
    assert shown.count("<b>hoặc</b>") == sum(
        line.is_alternative for part in rules_of("CSTDCS", date(2024, 1, 1)).sections for line in part.lines
    )


@pytest.mark.parametrize("name", shipped_law().award_ids())
def test_every_condition_of_every_award_has_words_and_a_source(name):
    days = [pack.in_force_from for pack in shipped_law().packs]
    lines = [line for day in days for part in rules_of(name, day).sections for line in part.lines]

    assert [line for line in lines if not line.words or (line.rule and not line.rule.source.text)] == []


def test_a_figure_shows_its_value_of_the_day_and_its_history():
    old, new = (
        {line.label: line for line in rules_of("LDTT", day).figures}
        for day in (date(2025, 8, 4), date(2025, 8, 5))
    )
    label = "Số tháng mới tuyển dụng chưa được xét LĐTT"

    assert (old[label].value, new[label].value) == ("10 tháng", "6 tháng")
    assert [since for since, _value, _rule in new[label].history][-1] == date(2025, 8, 5)


def test_money_follows_the_base_salary_of_the_day():
    before, after = (
        [line.due.amount for line in rules_of("CSTDCS", day).money]
        for day in (date(2024, 6, 30), date(2024, 7, 1))
    )

    assert (before, after) == ([1_800_000], [2_340_000])


def test_the_timeline_names_the_pack_of_the_day():
    current = [line.pack.id for line in packs_on(date(2026, 9, 30)) if line.is_current]

    assert (current, [line.pack.id for line in packs_on(date(2026, 10, 1)) if line.is_current]) == (
        ["C"],
        ["D"],
    )


def test_the_list_links_every_award_as_of_the_day(reader):
    shown = text(reader.get(reverse("commendations:awards") + "?as_of=2023-12-31"))

    links = [
        reverse("commendations:award", args=[name]) + "?as_of=2023-12-31"
        for name in shipped_law().award_ids()
    ]
    assert [shown.count(f'href="{link}"') for link in links] == [1] * len(links)


@pytest.mark.parametrize("name", shipped_law().award_ids())
def test_a_page_of_an_award_opens_on_any_day(reader, name):
    address = reverse("commendations:award", args=[name])

    answers = [reader.get(f"{address}?as_of={day}") for day in ("1990-01-01", "2018-01-01", "2026-11-22")]

    assert [answer.status_code for answer in answers] == [200, 200, 200]


@pytest.mark.parametrize("name", ["awards", "timeline"])
def test_a_day_before_the_first_law_has_a_page_that_says_so(reader, name):
    answer = reader.get(reverse(f"commendations:{name}") + "?as_of=1999-01-01")

    assert (answer.status_code, "Ngày 1/1/1999 chưa có dữ liệu luật" in text(answer)) == (200, True)


def test_an_unverified_rule_says_so_and_an_unknown_award_is_not_found(reader):
    shown = text(reader.get(reverse("commendations:award", args=["BK_TTG"])))
    missing = reader.get(reverse("commendations:award", args=["KHONG_CO"]))

    assert ("quy định chưa kiểm chứng: mới thấy ở một nơi" in shown, missing.status_code) == (True, 404)


def test_rules_are_for_those_signed_in(client):
    assert client.get(reverse("commendations:awards")).status_code == 302


@pytest.mark.parametrize(("role", "is_offered"), [(None, False), ("officer", True)])
def test_a_list_is_offered_to_those_who_may_look_at_one(client, role, is_offered):
    signed_in(client, make_user(make_unit(), role=role))

    page = client.get(reverse("commendations:awards")).content.decode()

    assert (reverse("commendations:typed_list") in page) == is_offered
    assert client.get(reverse("commendations:typed_list")).status_code == (200 if is_offered else 404)


def test_a_title_of_honour_of_the_state_is_no_title_of_emulation():
    groups = {label: [line.entry.id for line in lines] for label, lines in awards_on(date(2026, 11, 22))}

    assert groups["Danh hiệu vinh dự Nhà nước"] == ["HERO_LABOUR"]
    assert "HERO_LABOUR" not in groups["Danh hiệu thi đua"]

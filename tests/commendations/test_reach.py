import re
from dataclasses import replace
from datetime import date
from html import escape
from random import Random
from urllib.parse import urljoin

import pytest
from django.urls import reverse

from commendations.trying import text
from core.eligibility.histories import person as generated
from factories import make_account, make_honour, make_person, make_unit, make_user, signed_in
from thidua.commendations.selectors.cases import case_of, subjects_of_people
from thidua.commendations.selectors.law_in_force import Binding
from thidua.commendations.selectors.reach import Outlook, Standing, reach_of
from thidua.commendations.selectors.verdicts import verdict_for
from thidua.commendations.views.reach import ON_UNIT_PAGES
from thidua.core.eligibility.case import ServiceTime
from thidua.core.eligibility.columns.population import population_of
from thidua.core.eligibility.facts import Ground
from thidua.core.eligibility.screen import Screening, screen
from thidua.core.law.law import shipped_law
from thidua.initiatives.models import Authorship, Initiative
from thidua.organisations.models import Discipline, Rating

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)


@pytest.fixture
def person(unit):
    return make_person("Trần Thị Ánh", unit)


def rated(person, *years, level="EXCELLENT"):
    for year in years:
        Rating.objects.create(person=person, year=year, level=level)


def researched(unit):
    """Record somebody's research, so that who has none is known to have none."""
    other = make_person("Lê Thị Đề Tài", unit)
    study = Initiative.objects.create(
        unit=unit, root=unit.root, year=2024, submitter=other, title="Đề tài", kind="topic",
        state="recognised", scope="CO_SO", recognised_on=date(2024, 6, 1), accepted_on=date(2024, 5, 20),
    )  # fmt: skip
    Authorship.objects.create(initiative=study, person=other, role="lead")


def reach(person, award, year=2025, *, knows=True):
    outlook = Outlook(ON, year, Ground(shipped_law()), Binding(None), years_ahead=5)
    subject = subjects_of_people([person], on=ON)[person.pk]
    return reach_of(subject, [award], outlook, knows_sensitive=knows)[0]


def test_what_the_law_allows_today_is_open(person):
    rated(person, 2025)
    make_honour(person, "LDTT", 2025)

    found = reach(person, "CSTDCS")

    assert (found.standing, found.needs) == (Standing.OPEN, ())


def test_one_paper_away_names_the_paper(person):
    rated(person, 2026)

    found = reach(person, "CSTDCS", 2026)

    assert (found.standing, found.needs) == (Standing.PAPERS, ("Đạt LĐTT năm 2026",))


def test_a_refusal_of_a_closed_year_lacks_no_paper(person):
    rated(person, 2025)

    found = reach(person, "CSTDCS")

    assert (found.standing, found.needs, found.from_year) == (Standing.YEAR, ("Đạt LĐTT năm 2025",), 2026)


def test_a_closed_year_without_a_work_waits_for_no_recognition(person, unit):
    rated(person, 2025, level="GOOD")
    make_honour(person, "LDTT", 2025)
    researched(unit)

    found = reach(person, "CSTDCS")

    assert (found.standing, found.needs, found.from_year) == (
        Standing.YEAR,
        ("Hoàn thành xuất sắc nhiệm vụ, hoặc có sáng kiến, hoặc có đề tài được công nhận",),
        2026,
    )


def test_an_article_names_what_of_it_is_not_known(person):
    rated(person, 2025, level="GOOD")
    make_honour(person, "LDTT", 2025)

    found = reach(person, "CSTDCS")

    assert (found.standing, found.needs) == (
        Standing.PAPERS,
        ("Có 1 đề tài, đề án được nghiệm thu, phạm vi cấp cơ sở",),
    )


ANSWER_OF = {
    Standing.OPEN: {"eligible"},
    Standing.PAPERS: {"unknown"},
    Standing.NO_LAW: {"unknown"},
    Standing.THIS_YEAR: {"not_eligible"},
    Standing.YEAR: {"not_eligible"},
    Standing.CLOSED: {"not_eligible"},
}


@pytest.mark.parametrize("year", [2012, 2024, 2025, 2026, 2027])
def test_every_cell_says_what_the_counts_say(year):
    random, ground = Random(year), Ground(shipped_law())
    people = [replace(generated(random, ON), pending=()) for _ in range(40)]
    outlook = Outlook(ON, year, ground, Binding(None), years_ahead=1)

    cells = [reach_of(one, ON_UNIT_PAGES, outlook, knows_sensitive=True) for one in people]

    asked = Screening(ON, ON_UNIT_PAGES, (year, year), open_from=ON.year)
    counts = screen(population_of(people), asked, ground.law)
    assert [
        (row, cell.award, cell.standing, counts[cell.award][row])
        for row, found in enumerate(cells)
        for cell in found
        if counts[cell.award][row] not in ANSWER_OF[cell.standing]
    ] == []
    nothing = {Standing.OPEN, Standing.NO_LAW}
    assert [one for found in cells for one in found if bool(one.needs) is (one.standing in nothing)] == []


@pytest.mark.parametrize("knows", [True, False])
@pytest.mark.parametrize("year", [2025, 2026])
def test_a_cell_counts_what_its_verdict_says_is_missing(year, knows):
    random, ground = Random(year), Ground(shipped_law())
    people = [replace(generated(random, ON), pending=()) for _ in range(40)]
    outlook = Outlook(ON, year, ground, Binding(None), years_ahead=1)

    shown, counted = [], []
    for one in people:
        for cell in reach_of(one, ON_UNIT_PAGES, outlook, knows_sensitive=knows):
            if cell.standing is Standing.PAPERS:
                verdict = verdict_for(case_of(one, cell.award, ON, year=year), ground, knows_sensitive=knows)
                shown.append(sum(not missing.lacks_law for missing in verdict.missing))
                counted.append(len(cell.needs))

    assert (counted, len(counted) > 20) == (shown, True)


def test_an_article_open_in_two_ways_is_one_thing_missing(client, person):
    rated(person, 2025, level="GOOD")
    make_honour(person, "LDTT", 2025)
    signed_in(client, make_account(person))
    asked = "award=CSTDCS&year=2025&type=MERIT&nothing_pending=on&as_of=2026-03-02"

    shown = text(client.get(reverse("commendations:verdict_of_person", args=[person.pk]) + "?" + asked))

    assert shown.count("Còn thiếu 1 điều để kết luận") == 1


def test_a_gap_of_the_law_is_no_paper_of_the_person(root):
    person = make_person("Bùi Văn Mẫu", make_unit("Phòng Một", root))
    rated(person, 2025)
    law = shipped_law()
    outlook = Outlook(ON, 2025, Ground(law), Binding("BTP"), years_ahead=5)
    subject = replace(
        subjects_of_people([person], on=ON)[person.pk],
        sex="male",
        service=(ServiceTime(**{"from": date(2024, 1, 1)}, sector="tư pháp", post="staff"),),
    )

    found = reach_of(subject, ["KNC"], outlook, knows_sensitive=True)[0]

    assert (found.standing, found.needs) == (Standing.NO_LAW, ())


def test_a_chain_one_year_short_opens_in_a_year(person):
    rated(person, 2024, 2025, level="GOOD")
    make_honour(person, "CSTDCS", 2025)

    found = reach(person, "BK_BO")

    assert (found.standing, found.from_year) == (Standing.YEAR, 2026)


def test_a_longer_chain_says_the_first_year_it_may_open(person):
    rated(person, 2024, 2025, level="GOOD")

    found = reach(person, "CSTDB")

    assert (found.standing, found.from_year) == (Standing.CLOSED, 2028)


def test_a_chain_that_ends_in_the_open_year_waits_for_its_title(person):
    rated(person, 2025, 2026)
    make_honour(person, "CSTDCS", 2025)

    found = reach(person, "BK_BO", 2026)

    assert (found.standing, "2 năm liên tục đạt CSTĐCS" in found.needs[0]) == (Standing.PAPERS, True)


def test_no_refusal_of_an_open_year_is_put_off_to_that_same_year():
    random, ground = Random(7), Ground(shipped_law())
    people = [replace(generated(random, ON), pending=()) for _ in range(60)]
    outlook = Outlook(ON, ON.year, ground, Binding(None), years_ahead=3)

    found = [cell for one in people for cell in reach_of(one, ON_UNIT_PAGES, outlook, knows_sensitive=True)]

    assert [cell for cell in found if cell.from_year == ON.year] == []
    assert Standing.THIS_YEAR in {cell.standing for cell in found}


def test_an_award_within_reach_by_an_unverified_rule_is_marked(client, person):
    rated(person, 2022, 2023, 2024, 2025, level="GOOD")
    for year in (2023, 2024, 2025):
        make_honour(person, "CSTDCS", year)
    signed_in(client, make_account(person))
    asked = "?year=2025&as_of=2026-03-02"

    shown = text(client.get(reverse("commendations:reach_of_person", args=[person.pk]) + asked))

    line = shown.split("<b>Bằng khen của Thủ tướng Chính phủ</b>")[1].split("</li>")[0]
    assert ("chưa kiểm chứng" in line, "sớm nhất năm 2026" in line) == (True, True)


def test_where_the_law_is_not_known_no_way_is_invented(person):
    rated(person, 2025)

    assert reach(person, "HCSV").standing is Standing.NO_LAW


def test_discipline_in_the_way_has_no_name_for_who_may_not_know(person):
    rated(person, 2025)
    make_honour(person, "LDTT", 2025)
    Discipline.objects.create(person=person, level="CANH_CAO", valid_from=date(2026, 1, 1))

    knowing, other = (reach(person, "CSTDCS", knows=knows) for knows in (True, False))

    assert (knowing.standing, other.standing) == (Standing.CLOSED, Standing.CLOSED)
    assert knowing.needs == ("Không trong thời gian thi hành kỷ luật từ khiển trách trở lên",)
    assert other.needs == ("một điều kiện (xem người có thẩm quyền)",)


def test_a_person_reads_what_is_within_the_own_reach(client, person):
    rated(person, 2026)
    signed_in(client, make_account(person))
    asked = "?year=2026&as_of=2026-03-02"

    shown = text(client.get(reverse("commendations:reach_of_person", args=[person.pk]) + asked))

    assert (shown.count("<b>Chiến sĩ thi đua cơ sở</b>"), shown.count("còn 1 điều: Đạt LĐTT năm 2026")) == (
        1,
        1,
    )


@pytest.mark.parametrize("name", ["reach_of_person", "reach_of_unit", "reach_of_units"])
def test_a_year_gone_by_says_by_the_law_of_which_day_it_is_judged(client, unit, person, name):
    signed_in(client, make_user(unit))
    asked = person if name == "reach_of_person" else unit

    shown = text(
        client.get(reverse(f"commendations:{name}", args=[asked.pk]) + "?year=2012&as_of=2026-03-02")
    )

    assert shown.count("năm 2012 xét theo luật của ngày 2/3/2026") == 1


@pytest.mark.parametrize("number", [2, 20])
def test_a_unit_costs_as_many_queries_for_many_as_for_few(
    client, unit, number, django_assert_max_num_queries
):
    signed_in(client, make_user(unit))
    for place in range(number):
        rated(make_person(f"Người Số {place}", unit), 2025)

    with django_assert_max_num_queries(18):
        shown = text(client.get(reverse("commendations:reach_of_unit", args=[unit.pk]) + "?year=2025"))

    assert shown.count('title="Đạt LĐTT năm 2025"') == number


@pytest.mark.parametrize(
    ("query", "order", "names"),
    [
        ("", "ascending", ["Đội Ba", "Phòng Hai", "Phòng Một", "Vụ Á"]),
        ("&sort=-name", "descending", ["Vụ Á", "Phòng Một", "Phòng Hai", "Đội Ba"]),
        ("&sort=path", "ascending", ["Đội Ba", "Phòng Hai", "Phòng Một", "Vụ Á"]),
    ],
)
def test_collectives_stand_in_vietnamese_order_and_say_so(client, root, query, order, names):
    first = make_unit("Vụ Á", root)
    make_unit("Đội Ba", first)
    for name in ("Phòng Một", "Phòng Hai"):
        make_unit(name, root)
    signed_in(client, make_user(root))

    page = text(client.get(reverse("commendations:reach_of_units", args=[root.pk]) + f"?year=2025{query}"))

    links = re.findall(r'<td><a href="/[^"]+/don-vi/[^"]+">([^<]+)</a>', page)
    assert (page.count(f'aria-sort="{order}"'), links) == (1, names)


def test_who_may_not_look_finds_nothing(client, unit, person):
    signed_in(client, make_account(make_person("Đồng nghiệp", unit)))

    answers = [
        client.get(reverse("commendations:reach_of_person", args=[person.pk])),
        client.get(reverse("commendations:reach_of_unit", args=[unit.pk])),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize(
    ("address", "shown"),
    [("reach_of_units", "1–2 trong 2"), ("reach_of_unit", "1–2 trong 2")],
)
def test_a_page_beyond_the_last_shows_the_last(client, unit, person, address, shown):
    for name in ("Phòng Một", "Phòng Hai"):
        make_unit(name, unit)
    signed_in(client, make_user(unit))
    narrowed = "?award=LDTT&outcome=unknown&page=99"

    page = client.get(reverse(f"commendations:{address}", args=[unit.pk]) + narrowed).content.decode()

    assert page.count(shown) == 1


def test_the_page_of_a_large_unit_stays_small(client, root):
    for place in range(30):
        rated(make_person(f"Nguyễn Thị Phương Trang {place}", root), 2025)
    signed_in(client, make_user(root))

    people = client.get(reverse("commendations:reach_of_unit", args=[root.pk]))

    assert people.content.decode().count("nothing_pending=on") == 25 * len(ON_UNIT_PAGES)
    assert len(people.content) <= 100 * 1024


def test_links_of_the_unit_itself_lead_to_its_verdicts(client, unit):
    signed_in(client, make_user(unit))
    address = reverse("commendations:reach_of_unit", args=[unit.pk])

    shown = text(client.get(f"{address}?own=on"))

    own = shown.split('id="own"')[1]
    links = {urljoin(address, link.split("?")[0]) for link in re.findall(r'<a href="([^"]+)"><b>', own)}
    assert links == {reverse("commendations:verdict_of_unit", args=[unit.pk])}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("", ""),
        ("?year=2025", "&year=2025"),
        ("?as_of=2025-03-02", "&as_of=2025-03-02"),
        ("?year=2024&as_of=2025-03-02", "&year=2024&as_of=2025-03-02"),
    ],
)
def test_links_say_the_year_and_the_day_only_where_they_are_not_the_usual(client, unit, person, asked, said):
    signed_in(client, make_user(unit))

    shown = text(client.get(reverse("commendations:reach_of_unit", args=[unit.pk]) + asked))

    verdict = reverse("commendations:verdict_of_person", args=[person.pk])
    assert shown.count(f'"{verdict}?award=CSTDCS{escape(said)}&amp;nothing_pending=on"') == 1

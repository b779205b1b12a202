import re
from datetime import date

import pytest
from django.urls import reverse

from commendations.trying import text
from factories import make_account, make_honour, make_person, make_unit, make_user, signed_in
from thidua.commendations.selectors.cases import subjects_of_people
from thidua.commendations.selectors.reach import Outlook, Standing, reach_of
from thidua.core.eligibility.facts import Ground
from thidua.core.law.law import shipped_law
from thidua.organisations.models import Discipline, Rating

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)


@pytest.fixture
def person(unit):
    return make_person("Trần Thị Ánh", unit)


def rated(person, *years, level="EXCELLENT"):
    for year in years:
        Rating.objects.create(person=person, year=year, level=level)


def reach(person, award, year=2025, *, knows=True):
    outlook = Outlook(ON, year, Ground(shipped_law()), None, years_ahead=5)
    subject = subjects_of_people([person], on=ON)[person.pk]
    return reach_of(subject, [award], outlook, knows_sensitive=knows)[0]


def test_what_the_law_allows_today_is_open(person):
    rated(person, 2025)
    make_honour(person, "LDTT", 2025)

    found = reach(person, "CSTDCS")

    assert (found.standing, found.needs) == (Standing.OPEN, ())


def test_one_paper_away_names_the_paper(person):
    rated(person, 2025)

    found = reach(person, "CSTDCS")

    assert (found.standing, found.needs) == (Standing.PAPERS, ("Đạt LĐTT năm 2025",))


def test_a_year_without_a_work_is_one_recognition_away(person):
    rated(person, 2025, level="GOOD")
    make_honour(person, "LDTT", 2025)

    found = reach(person, "CSTDCS")

    assert (found.standing, found.needs) == (
        Standing.PAPERS,
        ("Hoàn thành xuất sắc nhiệm vụ, hoặc có sáng kiến, hoặc có đề tài được công nhận",),
    )


def test_a_chain_one_year_short_opens_in_a_year(person):
    rated(person, 2024, 2025, level="GOOD")
    make_honour(person, "CSTDCS", 2025)

    found = reach(person, "BK_BO")

    assert (found.standing, found.from_year) == (Standing.YEAR, 2026)


def test_a_longer_chain_says_the_first_year_it_may_open(person):
    rated(person, 2024, 2025, level="GOOD")

    found = reach(person, "CSTDB")

    assert (found.standing, found.from_year) == (Standing.CLOSED, 2027)


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
    rated(person, 2025)
    signed_in(client, make_account(person))

    shown = text(client.get(reverse("commendations:reach_of_person", args=[person.pk]) + "?year=2025"))

    assert (shown.count("<b>Chiến sĩ thi đua cơ sở</b>"), shown.count("còn 1 điều: Đạt LĐTT năm 2025")) == (
        1,
        1,
    )


@pytest.mark.parametrize("number", [2, 20])
def test_a_unit_costs_as_many_queries_for_many_as_for_few(
    client, unit, number, django_assert_max_num_queries
):
    signed_in(client, make_user(unit))
    for place in range(number):
        rated(make_person(f"Người Số {place}", unit), 2025)

    with django_assert_max_num_queries(35):
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

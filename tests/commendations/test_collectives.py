"""Collectives: what predecessors left by recorded decision, and members counted for the year."""

from datetime import date

import pytest
from django.urls import reverse

from factories import make_cluster, make_honour, make_person, make_unit, make_user, signed_in
from thidua.commendations.selectors.cases import case_of
from thidua.commendations.selectors.collectives import subject_of_unit, subjects_of_units
from thidua.commendations.selectors.verdicts import verdict_for
from thidua.core.eligibility.facts import Ground
from thidua.core.law.law import shipped_law
from thidua.organisations.models import Discipline, Rating, UnitEvent, UnitKind, UnitSuccession

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 2)


def succeeded(kind, day, successor, *predecessors):
    event = UnitEvent.objects.create(kind=kind, on=day, decision="39/QĐ-BTN")
    for one in predecessors:
        UnitSuccession.objects.create(event=event, predecessor=one, successor=successor)


@pytest.fixture
def merged(root):
    """Make a unit merged in 2025 from two, one of which had been merged before."""
    oldest, old, other = (make_unit(name, root) for name in ("Phòng Một", "Phòng Hai", "Phòng Ba"))
    unit = make_unit("Cục Mới", root, founded_on=date(2025, 3, 1))
    succeeded(UnitEvent.Kind.MERGE, date(2020, 1, 1), old, oldest)
    succeeded(UnitEvent.Kind.MERGE, date(2025, 3, 1), unit, old, other)
    return unit, oldest, old, other


def held(subject):
    return sorted((one.award, one.period[0]) for one in subject.honours or ())


def test_a_merged_unit_goes_on_from_what_its_predecessors_held(merged):
    unit, oldest, old, other = merged
    make_honour(oldest, "TTLDXS", 2019)
    for one in (old, other):
        make_honour(one, "TTLDXS", 2024)
    make_honour(unit, "TTLDXS", 2025)

    found = subject_of_unit(unit, on=ON, year=2025)

    assert held(found) == [("TTLDXS", 2019), ("TTLDXS", 2024), ("TTLDXS", 2025)]
    assert (found.reorganised_from.decided_on, found.reorganised_from.number) == (
        date(2025, 3, 1),
        "39/QĐ-BTN",
    )
    assert found.reorganised_from.founded_on == date(2010, 1, 1)


def test_on_the_eve_of_the_merger_nothing_had_been_carried_on(merged):
    unit, _oldest, old, _other = merged
    make_honour(old, "TTLDXS", 2023)

    eve, first = (subject_of_unit(unit, on=day, year=2024) for day in (date(2025, 2, 28), date(2025, 3, 1)))

    assert (held(eve), held(first)) == ([], [("TTLDXS", 2023)])


def test_a_year_predecessors_were_rated_differently_in_stays_open(merged):
    unit, _oldest, old, other = merged
    for year, levels in {2023: ("GOOD", "GOOD"), 2024: ("GOOD", "COMPLETED")}.items():
        for one, level in zip((old, other), levels, strict=True):
            Rating.objects.create(unit=one, year=year, level=level)

    found = subject_of_unit(unit, on=ON, year=2025)

    assert found.ratings == {2023: "GOOD"}


def test_a_split_carries_nothing_on(root):
    old, part = make_unit("Phòng Cũ", root), make_unit("Phòng Mới", root, founded_on=date(2025, 1, 1))
    make_honour(old, "TTLDXS", 2023)
    succeeded(UnitEvent.Kind.SPLIT, date(2025, 1, 1), part, old)

    found = subject_of_unit(part, on=ON, year=2025)

    assert (found.honours, found.reorganised_from) == (None, None)


def test_units_that_took_over_from_each_other_do_not_go_round(root):
    one, other = make_unit("Phòng Một", root), make_unit("Phòng Hai", root)
    succeeded(UnitEvent.Kind.MOVE, date(2020, 1, 1), one, other)
    succeeded(UnitEvent.Kind.MOVE, date(2021, 1, 1), other, one)
    make_honour(other, "TTLDXS", 2019)

    found = subjects_of_units([one, other], on=ON, year=2025)

    assert [held(found[unit.pk]) for unit in (one, other)] == [[("TTLDXS", 2019)]] * 2


def disciplined(person, level="CANH_CAO", **days):
    Discipline.objects.create(person=person, level=level, **{"valid_from": date(2025, 5, 1), **days})


def test_disciplined_members_are_counted_by_the_gravest_measure_of_the_year(root):
    unit = make_unit("Cục Một", root)
    people = [make_person(f"Người Số {place}", unit) for place in range(4)]
    for person in people:
        Rating.objects.create(person=person, year=2025, level="GOOD")
    disciplined(people[0])
    disciplined(people[0], "KHIEN_TRACH", valid_from=date(2025, 1, 1))
    disciplined(people[1], "KHIEN_TRACH")
    disciplined(people[2], valid_from=date(2023, 1, 1), valid_until=date(2025, 1, 1))

    members = subject_of_unit(unit, on=ON, year=2025).members

    assert (members.disciplined_from_reprimand, members.disciplined_from_warning) == (2, 1)


def test_no_discipline_is_known_only_where_every_member_was_rated(root):
    unit = make_unit("Cục Một", root)
    people = [make_person(f"Người Số {place}", unit) for place in range(2)]

    before = subject_of_unit(unit, on=ON, year=2025).members.disciplined_from_warning
    for person in people:
        Rating.objects.create(person=person, year=2025, level="GOOD")
    after = subject_of_unit(unit, on=ON, year=2025).members.disciplined_from_warning

    assert (before, after) == (None, 0)


def test_a_disciplined_member_shows_only_to_who_may_know(root):
    unit = make_unit("Cục Một", root)
    person = make_person("Trần Thị Ánh", unit)
    Rating.objects.create(person=person, year=2025, level="GOOD")
    disciplined(person)
    subject = subject_of_unit(unit, on=ON, year=2025)
    case = case_of(subject, "TTLDTT", ON, year=2025)
    ground = Ground(shipped_law())

    knowing, other = (verdict_for(case, ground, knows_sensitive=knows) for knows in (True, False))

    said = "Không có người bị kỷ luật từ cảnh cáo trở lên"
    asked = [[str(finding.asked) for finding in shown.packs[0].findings] for shown in (knowing, other)]
    assert (asked[0].count(said), asked[1].count(said), other.packs[0].has_hidden) == (1, 0, True)


@pytest.mark.parametrize("number", [1, 9])
def test_many_units_cost_as_many_queries_as_one(root, number, django_assert_num_queries):
    units = [make_unit(f"Phòng Số {place}", root) for place in range(number)]
    for unit in units:
        make_honour(unit, "TTLDXS", 2024, number=f"{unit.name}")
        Rating.objects.create(person=make_person(f"Người {unit.name}", unit), year=2025, level="GOOD")

    with django_assert_num_queries(9):
        found = subjects_of_units(units, on=ON, year=2025)

    assert [found[unit.pk].members.total for unit in units] == [1] * number


@pytest.mark.parametrize("number", [2, 15])
def test_the_page_of_collectives_costs_the_same_for_many(client, root, number, django_assert_max_num_queries):
    signed_in(client, make_user(root))
    for place in range(number):
        make_unit(f"Phòng Số {place}", root)

    with django_assert_max_num_queries(30):
        page = client.get(reverse("commendations:reach_of_units", args=[root.pk]) + "?year=2025")

    assert page.content.decode().count(">Phòng Số ") == number


def test_collectives_of_a_unit_out_of_sight_are_not_found(client, root):
    signed_in(client, make_user(make_unit("Bộ Khác")))

    answer = client.get(reverse("commendations:reach_of_units", args=[root.pk]))

    assert answer.status_code == 404


# -- clusters ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "found"),
    [pytest.param(2025, False, id="kept that year"), pytest.param(2024, None, id="none kept that year")],
)
def test_a_unit_in_none_of_the_clusters_kept_above_it_is_known_to_be_in_none(root, year, found):
    make_cluster(root, make_unit("Cục Một", root), year=2025)
    room = make_unit("Phòng Một", make_unit("Cục Hai", root))

    assert subject_of_unit(room, on=ON, year=year).cluster is found


def test_of_a_unit_in_a_cluster_the_rank_stays_open(root):
    unit = make_unit("Cục Một", root)
    make_cluster(root, unit, year=2025)

    assert subject_of_unit(unit, on=ON, year=2025).cluster is None


def test_a_unit_whose_predecessor_was_in_a_cluster_is_not_said_to_be_in_none(merged, root):
    unit, _oldest, old, _other = merged
    make_cluster(root, old, year=2025)

    assert subject_of_unit(unit, on=ON, year=2025).cluster is None


def test_the_body_that_keeps_clusters_is_not_said_to_be_in_none(root):
    make_cluster(root, make_unit("Cục Một", root), year=2025)

    assert subject_of_unit(root, on=ON, year=2025).cluster is None


def test_clusters_of_another_tree_say_nothing(root):
    other = make_unit("Bộ Khác")
    make_cluster(other, make_unit("Cục Một", other), year=2025)

    assert subject_of_unit(make_unit("Phòng Một", root), on=ON, year=2025).cluster is None


def test_a_body_run_by_a_province_and_its_rooms_may_be_in_a_cluster_nobody_keeps_here(root):
    kind = UnitKind.objects.create(code="so", name="Sở", level=UnitKind.Level.PROVINCE, is_of_province=True)
    make_cluster(root, make_unit("Cục Một", root), year=2025)
    body = make_unit("Sở Một", root, kind=kind)

    found = subjects_of_units([body, make_unit("Phòng Một", body)], on=ON, year=2025)

    assert [subject.cluster for subject in found.values()] == [None, None]


def test_a_room_in_no_cluster_is_not_one_fact_away_from_a_flag(root):
    make_cluster(root, make_unit("Cục Một", root), year=2025)
    room = make_unit("Phòng Một", root)

    case = case_of(subject_of_unit(room, on=ON, year=2025), "CO_CP", on=ON, year=2025)
    found = verdict_for(case, Ground(shipped_law()), knows_sensitive=True)

    assert found.verdict.outcome == "not_eligible"

"""The demonstration's accounts belong to people, units and clusters that are there."""

from datetime import date

import pytest
from django.utils.translation import gettext, override

from thidua.demo.accounts import load_accounts
from thidua.demo.clusters import load_clusters
from thidua.demo.people import Person, generate_people
from thidua.demo.units import load_units

TODAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def people() -> dict[str, Person]:
    return {person.staff_code: person for person in generate_people(2026, load_units())}


def test_every_account_is_somebody_who_works_there_today(people):
    absent = [
        account.login
        for account in load_accounts()
        if account.person not in people or people[account.person].main_post.valid_until is not None
    ]

    assert absent == []


def test_every_account_is_called_in_english_on_the_english_page():
    with override("en"):
        shown = {account.label: gettext(account.label) for account in load_accounts()}

    assert shown == {account.label: account.label_en for account in load_accounts()}


def test_logins_and_people_are_used_once():
    accounts = load_accounts()

    assert len({a.login for a in accounts}) == len({a.person for a in accounts}) == len(accounts) == 11


def test_roles_are_on_units_that_exist_from_that_day_on():
    units = load_units().by_code

    wrong = [
        grant
        for account in load_accounts()
        for grant in account.unit_roles
        if not units[grant.unit].exists(grant.valid_from) or units[grant.unit].dissolved_on
    ]

    assert wrong == []


def test_nobody_holds_a_role_before_having_a_post(people):
    early = [
        (account.login, grant)
        for account in load_accounts()
        for grant in (*account.unit_roles, *account.cluster_roles)
        if grant.valid_from < people[account.person].posts[0].valid_from
    ]

    assert early == []


def test_who_acts_for_a_cluster_works_in_the_unit_that_leads_it(people):
    clusters, units = {c.code: c for c in load_clusters()}, load_units().by_code

    for account in load_accounts():
        for grant in account.cluster_roles:
            leading = {m.unit for m in clusters[grant.cluster].on(TODAY) if m.standing == grant.role}
            unit = units[people[account.person].main_post.unit]

            assert leading & {unit.code, unit.parent} != set()


def test_each_kind_of_role_can_be_tried():
    accounts = load_accounts()

    assert {g.role for a in accounts for g in a.unit_roles} == {
        "officer",
        "head",
        "personnel",
        "staff_admin",
        "auditor",
    }
    assert {r for a in accounts for r in a.installation_roles} == {"administrator", "auditor"}
    assert sum(not (a.unit_roles or a.installation_roles or a.cluster_roles) for a in accounts) == 1

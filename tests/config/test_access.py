"""No scope, no access: every address of the product against every sort of account.

The addresses come from the URLconf: a new one fails here until somebody says who it is for.
"""

import uuid
from datetime import date

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.urls.converters import UUIDConverter

from factories import (
    LONG_AGO,
    make_account,
    make_administrator,
    make_cluster,
    make_honour,
    make_person,
    make_unit,
    make_user,
    signed_in,
)
from movements.plans import launch, make_movement
from thidua.accounts.models import InstallationRole
from thidua.accounts.services import give_installation_role
from thidua.organisations.models import ClusterRole, UnitRole

pytestmark = pytest.mark.django_db
Role = UnitRole.Role

SAMPLES = "ui"  # the page of components shows nobody's data
# Answered without signing in: the way in, its own forms, the calendar by its secret address, the health answer.
OPEN = {
    "healthz", "set_language", "set_theme", "account_login", "account_logout", "accounts:public:accept",
    "accounts:public:demo", "organisations:public:setup", "movements:feed",
}  # fmt: skip
VISITORS = (
    "officer", "head", "staff_admin", "personnel", "auditor_of_unit", "lead_of_cluster", "staff", "administrator",
    "auditor", "nobody",
)  # fmt: skip
EVERYBODY = (200,) * 10
LED_ON = (302,) * 10
BY_FORM_ALONE = (405,) * 10
ADMINISTRATOR = (403, 403, 403, 403, 403, 403, 403, 200, 403, 403)
OF_UNITS = (403, 403, 200, 403, 403, 403, 403, 200, 403, 403)
OF_PEOPLE = (200, 403, 200, 403, 403, 403, 403, 200, 403, 403)
WITH_SCOPE = (200, 200, 200, 200, 200, 403, 403, 200, 200, 403)
PAGES = {
    "home": LED_ON,
    "search": EVERYBODY,
    "outbox": ADMINISTRATOR,
    "outbox_again": BY_FORM_ALONE,
    "account_change_password": EVERYBODY,
    "organisations:tree": EVERYBODY,
    "organisations:unit_create": OF_UNITS,
    "organisations:kinds": ADMINISTRATOR,
    "organisations:kind_create": ADMINISTRATOR,
    "organisations:people": EVERYBODY,
    "organisations:person_create": OF_PEOPLE,
    "organisations:duplicates": OF_PEOPLE,
    "organisations:clusters": EVERYBODY,
    "organisations:cluster_create": OF_UNITS,
    "organisations:clusters_copy": OF_UNITS,
    "organisations:accounts": (200, 200, 200, 403, 403, 403, 403, 200, 403, 403),
    "organisations:account_create": ADMINISTRATOR,
    "honours:register": EVERYBODY,
    "honours:enter": (200, 403, 403, 403, 403, 403, 403, 200, 403, 403),
    "honours:mine": (302, 302, 302, 302, 302, 302, 302, 404, 404, 404),
    "movements:list": EVERYBODY,
    "movements:documents": EVERYBODY,
    "movements:work": EVERYBODY,
    "movements:hide_first_steps": BY_FORM_ALONE,
    "movements:feeds": EVERYBODY,
    "movements:make_feed": BY_FORM_ALONE,
    "movements:registrations": LED_ON,
    "movements:own_registration": (*(200,) * 7, 404, 404, 404),  # the last three are no persons
    "movements:intake": (200, 200, 403, 403, 403, 200, 403, 200, 403, 403),
    "initiatives:list": EVERYBODY,
    "initiatives:create": (200, 200, 200, 200, 200, 200, 200, 403, 403, 403),
    "initiatives:councils": EVERYBODY,
    "initiatives:council_create": (200, 404, 404, 404, 404, 404, 404, 200, 404, 404),
    "commendations:awards": EVERYBODY,
    "commendations:timeline": EVERYBODY,
    "commendations:matters": EVERYBODY,
    "commendations:authorities": (302, 302, 302, 302, 302, 302, 302, 302, 302, 200),
    "commendations:what_if": WITH_SCOPE,
    "commendations:drafts": EVERYBODY,
    "commendations:draft_template": EVERYBODY,
    "commendations:typed_list": (200, 200, 200, 200, 200, 404, 404, 200, 200, 404),
    "exchange:imports": WITH_SCOPE,
    "notices:list": EVERYBODY,
    "notices:read": BY_FORM_ALONE,
}
# What the law says is shown to whoever has an account.
LAW = "commendations:"


def addresses(patterns=None, spaces=()):
    """Yield the full name and the pattern of every address but the samples'."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLPattern):
            yield ":".join((*spaces, pattern.name)), pattern.pattern.converters
        elif pattern.namespace != SAMPLES:
            space = (pattern.namespace,) if pattern.namespace else ()
            yield from addresses(pattern.url_patterns, (*spaces, *space))


def address(name, converters, known=None):
    """Return the address with ``known`` (or nobody's) id for each id, and a word for each word."""
    made_up = known or uuid.uuid4()
    words = {
        word: made_up if isinstance(kind, UUIDConverter) else 1 if kind.regex == "[0-9]+" else "x"
        for word, kind in converters.items()
    }
    return reverse(name, kwargs=words)


class House:
    def __init__(self):
        house = make_unit("Bộ Thử nghiệm")
        unit, other = make_unit("Cục Một", house), make_unit("Cục Hai", house)
        self.officer = make_user(unit)
        self.head = make_user(unit, Role.HEAD)
        self.staff_admin = make_user(unit, Role.STAFF_ADMIN)
        self.personnel = make_user(unit, Role.PERSONNEL)
        self.auditor_of_unit = make_user(unit, Role.AUDITOR)
        self.staff = make_user(unit, None)
        self.lead_of_cluster = make_user(other, None)
        cluster = make_cluster(house, unit, other)
        ClusterRole.objects.create(
            person=self.lead_of_cluster.person,
            cluster=cluster,
            role=ClusterRole.Role.LEAD,
            valid_from=date(2026, 1, 1),
        )
        self.administrator = make_administrator()
        self.auditor = make_account()
        give_installation_role(None, self.auditor, InstallationRole.Role.AUDITOR, valid_from=LONG_AGO)
        self.nobody = make_account()
        person = make_person("Trần Văn Dũng", unit)
        honour = make_honour(person)
        movement = launch(make_movement(house, by=self.officer), [unit, other], by=self.officer)
        part = movement.participations.first()
        self.things = [unit, person, cluster, honour, movement, part]


@pytest.fixture
def house():
    return House()


def test_every_address_but_the_open_ones_leads_a_stranger_to_the_sign_in_page():
    browser, led_elsewhere = Client(), set()
    for name, converters in addresses():
        url = address(name, converters)
        answers = [browser.get(url), browser.post(url)]
        wanted = f"{reverse('account_login')}?next={url}"
        if [answer.headers.get("Location") for answer in answers] != [wanted, wanted]:
            led_elsewhere.add(name)

    assert led_elsewhere == OPEN


def test_every_page_is_open_to_those_it_is_for_and_closed_to_the_rest(house):
    names = [name for name, converters in addresses() if not converters and name not in OPEN]
    browsers = [signed_in(Client(), getattr(house, visitor)) for visitor in VISITORS]

    found = {name: tuple(browser.get(reverse(name)).status_code for browser in browsers) for name in names}

    assert {name: found[name] for name in found if found[name] != PAGES.get(name)} == {}
    assert set(PAGES) == set(found)


def test_an_account_without_a_role_opens_nothing_of_others(house):
    browser, opened = signed_in(Client(), house.nobody), {}
    for name, converters in addresses():
        if not converters or name in OPEN or name.startswith(LAW):
            continue
        for thing in house.things:
            status = browser.get(address(name, converters, thing.pk)).status_code
            if status not in {403, 404, 405}:
                opened[name] = status

    assert opened == {}

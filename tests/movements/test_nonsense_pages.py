"""Nonsense in an address, a form or a plan is answered, never a breakdown."""

import pytest
from django.test import Client
from django.urls import reverse

from factories import signed_in
from movements.plans import launch, make_movement
from movements.stage import opened, whole
from movements.test_access_pages import ACTS, PAGES
from thidua.core.deadlines.deadline import Relation
from thidua.movements.shapes import BY_FIELD

pytestmark = pytest.mark.django_db

NONSENSE = ("²", "9" * 30, "9999-12-31")
ASKED = {
    "list": ("page", "q", "year", "status", "kind", "role"),
    "documents": ("page", "q", "type", "misfit"),
    "board": ("page", "q", "show", "step", "as_of", "size", "format"),
    "deadlines": ("as_of",),
    "check": ("phan",),
    "add_item": ("start", "end"),
    "change_item": ("de-xuat",),
}
# Every name some form of these pages gives a field.
FIELDS = (
    *(
        "about",
        "answers",
        "cluster",
        "decision",
        "due",
        "effective_on",
        "file",
        "finished_on",
        "forget",
        "from",
    ),
    *(
        "issued_on",
        "item",
        "kind",
        "late",
        "level",
        "note",
        "number",
        "on",
        "op",
        "organiser",
        "place",
        "relation",
    ),
    *(
        "section",
        "selected",
        "signer_mode",
        "signer_name",
        "signer_position",
        "state",
        "summary",
        "text",
        "unit",
    ),
    *("value", "version", "what", "who"),
)
FAR_DAYS = ("1/1/0001", "31/12/9999")


@pytest.fixture
def browser(stage):
    return signed_in(Client(raise_request_exception=False), stage.head)


def test_nonsense_in_an_address_is_passed_over(stage, browser):
    addresses = {
        (name, reverse(f"movements:{name}", args=args(stage))) for name, args, _who in PAGES if name in ASKED
    }

    answers = {
        (url, word, nonsense): whole(browser.get(url, {word: nonsense})).status_code
        for name, url in addresses
        for word in ASKED[name]
        for nonsense in NONSENSE
    }

    assert {asked: status for asked, status in answers.items() if status not in {200, 302, 403, 404}} == {}


def test_nonsense_in_a_form_is_told_or_passed_over(stage, browser):
    answers = {
        (name, nonsense): browser.post(
            reverse(f"movements:{name}", args=args(stage)), dict.fromkeys(FIELDS, nonsense)
        ).status_code
        for name, args, _who in ACTS
        for nonsense in NONSENSE
    }

    assert {
        asked: status for asked, status in answers.items() if status not in {200, 302, 403, 404, 422}
    } == {}


def test_nonsense_in_a_part_of_an_item_is_told(stage, browser):
    answers = {}
    for field, shape in BY_FIELD.items():
        chosen = {part.name: part.choices[0][0] for part in shape.parts if part.choices}
        url = reverse("movements:add_item", args=[stage.prepared.pk, field])
        for nonsense in (*FAR_DAYS, "nan", "1e400"):
            given = {part.name: nonsense for part in shape.parts} | chosen
            answers[field, nonsense] = browser.post(url, given).status_code

    assert {asked: status for asked, status in answers.items() if status not in {200, 302, 422}} == {}


@pytest.mark.parametrize("day", FAR_DAYS)
def test_a_day_no_plan_can_mean_is_refused(stage, browser, day):
    for name, thing in (("event_day", stage.event.pk), ("step_term", "own_plan")):
        browser.post(reverse(f"movements:{name}", args=[stage.movement.pk, thing]), {"on": day})

    stage.event.refresh_from_db()
    assert stage.event.on is None
    assert list(stage.movement.step_terms.all()) == []


@pytest.mark.parametrize(
    "due", ["0000-01-01", "0001-01-01", "0001", "9999-12-31", "9999-Q4", "--12-31", "2026-02-30"]
)
def test_a_plan_with_a_day_no_calendar_has_goes_out_without_that_day(stage, due):
    deadlines = [
        ("deadlines", {"what": relation, "relation": relation, "due": due, "offset": "99999999 ngày"})
        for relation in Relation
    ]

    items = [("themes", {"text": "Make it simple"}), *deadlines]

    movement = launch(make_movement(stage.house, items=items), [stage.north], by=stage.officer)

    pages = [
        opened(stage.officer, name, movement.pk).status_code for name in ("deadlines", "board", "detail")
    ]
    assert pages == [200, 200, 200]
    assert set(movement.deadlines.values_list("last_on", flat=True)) == {None}

"""Every address of movements: who may open it, who may act there; everybody else is refused alike."""

import pytest
from django.test import Client
from django.urls import reverse

from factories import signed_in
from movements.registration_access import REGISTRATION_ACTS, REGISTRATION_PAGES
from movements.stage import whole
from thidua.audit.models import Entry
from thidua.movements import urls
from thidua.notices.services import open_feed

pytestmark = pytest.mark.django_db

VISITORS = (
    "officer",
    "head",
    "receiver",
    "clerk",
    "stranger",
    "auditor",
    "nobody",
)
EVERYBODY = (200,) * 7
# Statuses for officer and head of the organiser, officer and staff of a unit that received the movement,
# officer of one that did not, auditor of the house, account without a role.
SEEN = (200, 200, 200, 200, 404, 200, 404)
OF_HOUSE = (200, 200, 404, 404, 404, 200, 404)
BY_HOUSE = (200, 200, 403, 403, 404, 403, 404)
PREPARED = (200, 200, 404, 404, 404, 403, 404)
PAGES = [
    ("list", lambda _s: (), EVERYBODY),
    ("documents", lambda _s: (), EVERYBODY),
    ("work", lambda _s: (), EVERYBODY),
    ("feeds", lambda _s: (), EVERYBODY),
    ("document", lambda s: (s.document.pk,), SEEN),
    ("intake", lambda _s: (), (200, 200, 200, 403, 200, 403, 403)),
    ("answer", lambda s: (s.part.pk,), (302, 302, 302, 403, 404, 403, 404)),
    ("detail", lambda s: (s.movement.pk,), SEEN),
    ("detail", lambda s: (s.prepared.pk,), (302, 302, 404, 404, 404, 200, 404)),
    ("source", lambda s: (s.movement.pk,), SEEN),
    ("paper", lambda s: (s.movement.pk, "docx"), SEEN),
    ("paper", lambda s: (s.movement.pk, "odt"), (404,) * 7),
    ("part", lambda s: (s.movement.pk, s.north.pk), SEEN),
    ("part", lambda s: (s.movement.pk, s.south.pk), OF_HOUSE),
    ("part", lambda s: (s.movement.pk, s.west.pk), (404,) * 7),
    ("read", lambda s: (s.movement.pk,), SEEN),
    ("readers", lambda s: (s.movement.pk,), OF_HOUSE),
    ("check", lambda s: (s.prepared.pk,), OF_HOUSE),
    ("edit_item", lambda s: (s.prepared.pk, s.mark("contents")), PREPARED),
    ("add_item", lambda s: (s.prepared.pk, "contents"), PREPARED),
    ("add_item", lambda s: (s.prepared.pk, "nonsense"), (404, 404, 404, 404, 404, 403, 404)),
    ("settings", lambda s: (s.movement.pk,), BY_HOUSE),
    ("launch", lambda s: (s.prepared.pk,), PREPARED),
    ("admit", lambda s: (s.movement.pk,), BY_HOUSE),
    ("take_over", lambda s: (s.movement.pk,), BY_HOUSE),
    ("own_days", lambda s: (s.movement.pk, s.event.pk), BY_HOUSE),
    ("admit", lambda s: (s.prepared.pk,), (403, 403, 404, 404, 404, 403, 404)),
    ("launch_progress", lambda s: (s.stalled.pk, s.order.pk), PREPARED),
    ("submit", lambda s: (s.prepared.pk,), PREPARED),
    ("submit", lambda s: (s.movement.pk,), BY_HOUSE),
    ("submit", lambda s: (s.own.pk,), (200, 200, 200, 404, 404, 403, 404)),
    ("issue", lambda s: (s.own.pk,), (403, 200, 403, 404, 404, 403, 404)),
    ("issue", lambda s: (s.movement.pk,), (404,) * 7),
    ("correct_number", lambda s: (s.movement.pk,), (403, 200, 403, 403, 404, 403, 404)),
    ("launch_own", lambda s: (s.own.pk,), (200, 200, 200, 404, 404, 403, 404)),
    ("board", lambda s: (s.movement.pk,), SEEN),
    ("deadlines", lambda s: (s.movement.pk,), SEEN),
    ("deadline", lambda s: (s.movement.pk, s.deadline.pk), SEEN),
    ("revisions", lambda s: (s.movement.pk,), SEEN),
    ("revision", lambda s: (s.movement.pk, 2), SEEN),
    ("revision", lambda s: (s.movement.pk, s.draft.number), (404,) * 7),
    ("revision_file", lambda s: (s.movement.pk, 2), SEEN),
    ("draft_revision", lambda s: (s.movement.pk, s.draft.number), BY_HOUSE),
    ("submit_revision", lambda s: (s.movement.pk, s.draft.number), BY_HOUSE),
    ("submit_revision", lambda s: (s.movement.pk, 1), (404, 404, 403, 403, 404, 403, 404)),
    ("change_item", lambda s: (s.movement.pk, s.draft.number, s.item("targets").pk), BY_HOUSE),
    *REGISTRATION_PAGES,
]
HOUSE = {"officer", "head"}
NORTH = {"receiver", *HOUSE}
# Who may act at an address that takes a form; each other visitor is refused.
ACTS = [
    ("make_feed", lambda _s: (), {*VISITORS}),
    ("hide_first_steps", lambda _s: (), {*VISITORS}),
    ("answers_part", lambda s: (s.prepared.pk,), HOUSE),
    ("restate", lambda s: (s.own.pk,), NORTH),
    ("spare_revision", lambda s: (s.own.pk, 2), NORTH),
    ("intake", lambda _s: (), {"stranger", *NORTH}),
    ("take_sample", lambda _s: ("khong-co.txt",), {*VISITORS} - {"nobody"}),
    ("answer", lambda s: (s.part.pk,), NORTH),
    ("mark_read", lambda s: (s.movement.pk,), {*VISITORS} - {"stranger", "nobody"}),
    ("edit_item", lambda s: (s.prepared.pk, s.mark("contents")), HOUSE),
    ("add_item", lambda s: (s.prepared.pk, "contents"), HOUSE),
    ("remove_item", lambda s: (s.prepared.pk,), HOUSE),
    ("confirm", lambda s: (s.prepared.pk,), HOUSE),
    ("use_day", lambda s: (s.prepared.pk,), HOUSE),
    ("undo", lambda s: (s.prepared.pk,), HOUSE),
    ("settings", lambda s: (s.movement.pk,), HOUSE),
    ("withdraw", lambda s: (s.prepared.pk,), HOUSE),
    ("close", lambda s: (s.movement.pk,), HOUSE),
    ("launch", lambda s: (s.prepared.pk,), HOUSE),
    ("admit", lambda s: (s.movement.pk,), HOUSE),
    ("take_over", lambda s: (s.movement.pk,), HOUSE),
    ("launch_again", lambda s: (s.stalled.pk, s.order.pk), HOUSE),
    ("submit", lambda s: (s.own.pk,), NORTH),
    ("take_back", lambda s: (s.own.pk,), NORTH),
    ("decide", lambda s: (s.own.pk,), {"head"}),
    ("issue", lambda s: (s.own.pk,), {"head"}),
    ("correct_number", lambda s: (s.movement.pk,), {"head"}),
    ("launch_own", lambda s: (s.own.pk,), NORTH),
    ("remind", lambda s: (s.movement.pk,), HOUSE),
    ("step_term", lambda s: (s.movement.pk, "own_plan"), HOUSE),
    ("event_day", lambda s: (s.movement.pk, s.event.pk), HOUSE),
    ("own_days", lambda s: (s.movement.pk, s.event.pk), HOUSE),
    ("reach", lambda s: (s.movement.pk, s.north.pk), NORTH),
    ("complete", lambda s: (s.movement.pk, s.north.pk, s.deadline.pk), NORTH),
    ("reopen", lambda s: (s.movement.pk, s.north.pk, s.duty.pk), NORTH),
    ("begin_revision", lambda s: (s.movement.pk,), HOUSE),
    ("draft_revision", lambda s: (s.movement.pk, s.draft.number), HOUSE),
    ("attach_amendment", lambda s: (s.movement.pk, s.draft.number), HOUSE),
    ("use_amendment", lambda s: (s.movement.pk, s.draft.number), HOUSE),
    ("discard_revision", lambda s: (s.movement.pk, s.draft.number), HOUSE),
    ("submit_revision", lambda s: (s.movement.pk, s.draft.number), HOUSE),
    ("take_back_revision", lambda s: (s.movement.pk, s.draft.number), HOUSE),
    ("decide_revision", lambda s: (s.movement.pk, s.draft.number), {"head"}),
    ("accept_proposal", lambda s: (s.movement.pk, s.draft.number, "khong-co"), HOUSE),
    ("change_item", lambda s: (s.movement.pk, s.draft.number, s.item("targets").pk), HOUSE),
    ("drop_item", lambda s: (s.movement.pk, s.draft.number, s.item("targets").pk), HOUSE),
    *REGISTRATION_ACTS,
]
ADDRESSES = {name: args for name, args, _who in (*PAGES, *ACTS)}
# Answered without a session: the address is the key.
WITHOUT_SIGNING_IN = {"feed"}


@pytest.fixture
def browsers(stage):
    return {visitor: signed_in(Client(), getattr(stage, visitor)) for visitor in VISITORS}


def address(name, args):
    return reverse(f"movements:{name}", args=args)


def test_every_address_stands_in_these_tables():
    named = {pattern.name for pattern in urls.urlpatterns}

    assert named == {*ADDRESSES, *WITHOUT_SIGNING_IN}


def test_each_page_opens_to_those_it_is_for(stage, browsers):
    wanted, given = {}, {}
    for name, args, statuses in PAGES:
        url = address(name, args(stage))
        wanted[name, url] = dict(zip(VISITORS, statuses, strict=True))
        given[name, url] = {who: whole(browser.get(url)).status_code for who, browser in browsers.items()}

    assert {key: given[key] for key in given if given[key] != wanted[key]} == {}


def test_who_may_not_act_is_refused_and_changes_nothing(stage, browsers):
    entries, let_through = Entry.objects.count(), {}
    for name, args, may in ACTS:
        url = address(name, args(stage))
        answers = {who: browsers[who].post(url).status_code for who in VISITORS if who not in may}
        let_through[name] = [who for who, status in answers.items() if status not in {403, 404}]

    assert {name: who for name, who in let_through.items() if who} == {}
    assert Entry.objects.count() == entries


def test_who_is_not_signed_in_is_sent_to_the_sign_in_page(stage):
    browser, led_to = Client(), {}
    for name, args in ADDRESSES.items():
        url = address(name, args(stage))
        led_to[url] = {browser.get(url).headers.get("Location"), browser.post(url).headers.get("Location")}

    assert led_to == {url: {f"{reverse('account_login')}?next={url}"} for url in led_to}


def test_a_calendar_address_opens_without_a_session_until_it_is_replaced(stage):
    token = open_feed(stage.receiver)
    first = Client().get(address("feed", [token]))
    open_feed(stage.receiver)

    assert (first.status_code, first["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert Client().get(address("feed", [token])).status_code == 404


def test_an_address_that_only_takes_forms_shows_no_page_and_the_other_way(stage, browsers):
    pages, acts = {name for name, _args, _who in PAGES}, {name for name, _args, _who in ACTS}
    wrong = [
        *(browsers["head"].get(address(name, ADDRESSES[name](stage))) for name in acts - pages),
        *(browsers["head"].post(address(name, ADDRESSES[name](stage))) for name in pages - acts),
    ]

    assert {answer.status_code for answer in wrong} == {405}

"""Boards at their worst, with own days, receipts, ended units and a day gone by: twelve queries for deadlines."""

from collections import Counter
from datetime import date

import pytest
import time_machine
from django.db import connection, transaction
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from factories import make_account, make_cluster, make_person, make_role, make_unit, make_user, signed_in
from movements.plans import launch, make_movement
from thidua.core.deadlines.state import Standing
from thidua.movements.models import EventDay, Participation
from thidua.movements.selectors.coming import coming_of
from thidua.movements.selectors.deadlines import bound_units, known_on
from thidua.movements.selectors.own_days import own_days
from thidua.movements.selectors.progress import progress_of
from thidua.movements.selectors.terms import logged
from thidua.movements.services import revising
from thidua.movements.services.event_days import set_event_day, set_own_day
from thidua.movements.services.schedule import complete
from thidua.movements.terms import counts_from_receipt
from thidua.organisations.services.reorganisations import reorganise
from thidua.organisations.services.requests import Merge
from thidua.organisations.services.units import NewUnit

pytestmark = pytest.mark.django_db
MOST = 12
CONFERENCE, RECEIPT = "Hội nghị tổng kết Cụm", "khi nhận được Kế hoạch này"
LAUNCHED, SET, PAST, TODAY = date(2026, 3, 1), date(2026, 5, 1), date(2026, 5, 20), date(2026, 6, 1)


def at(day):
    return time_machine.travel(f"{day} 09:00:00+07:00", tick=False)


def items_of(unit):
    terms = (
        {"what": "Báo cáo tổng kết", "relation": "after", "due_event": CONFERENCE, "offset": "10 ngày"},
        {"what": "Xây dựng kế hoạch", "relation": "after", "due_event": RECEIPT, "offset": "15 ngày"},
        {"what": "Đăng ký thi đua", "relation": "before", "due": "2026-05-15"},
        {"what": "Nộp số liệu", "who": unit.name, "relation": "before", "due": "2026-05-15"},
        {"what": "Nộp ảnh", "who": unit.name, "relation": "after", "due_event": CONFERENCE},
    )
    return [("themes", {"text": "Kỷ cương, sáng tạo"}), *(("deadlines", term) for term in terms)]


class House:
    """A ministry with a movement of ``size`` units in two clusters, of which two became one since.

    Its terms count from days of clusters, of units and of receipts, some changed since; one gives way to another.
    """

    def __init__(self, size):
        self.top = make_unit("Bộ Thử nghiệm")
        self.units = [make_unit(f"Sở số {n}", self.top) for n in range(size)]
        self.officer = make_user(self.top)
        with at(LAUNCHED):
            self.movement = launch(
                make_movement(self.top, items=items_of(self.units[0]), by=self.officer),
                self.units,
                by=self.officer,
            )
        self.event = self.movement.events.get(name=CONFERENCE)
        self.deadline = self.movement.deadlines.get(event=self.event, for_all=True)
        with at(SET):
            self.days()
        with at(date(2026, 5, 10)):
            self.merge()
        with at(date(2026, 5, 15)):
            self.revise()
        with at(date(2026, 5, 25)):
            self.move()

    def days(self):
        self.clusters = [
            make_cluster(self.top, *self.units[n::2], name=f"Cụm {n}", code=f"c-{n}") for n in range(2)
        ]
        set_event_day(self.event.pk, SET, version=1, by=self.officer)
        for version, cluster in enumerate(self.clusters, start=2):
            set_own_day(self.event.pk, cluster, date(2026, 5, 16 + version), version=version, by=self.officer)
        set_own_day(self.event.pk, self.units[0], date(2026, 6, 12), version=4, by=self.officer)
        for unit in self.units[3:]:
            EventDay.objects.create(event=self.event, unit=unit, on=date(2026, 5, 9))
        self.event.refresh_from_db()
        for row in self.movement.deadlines.filter(for_all=True):
            for unit in self.units[::2]:
                complete(unit, deadline=row, finished_on=SET, today=SET, by=self.officer)

    def move(self):
        """Change the common day, a unit's and, by taking it away, a cluster's."""
        set_event_day(self.event.pk, date(2026, 5, 3), version=self.event.version, by=self.officer)
        for place, day in ((self.units[0], date(2026, 6, 13)), (self.clusters[1], None)):
            self.event.refresh_from_db()
            set_own_day(self.event.pk, place, day, version=self.event.version, by=self.officer)

    def merge(self):
        gone = self.units[1:3]
        merged = NewUnit(name="Sở Hợp nhất", kind=gone[0].kind, parent=self.top)
        made = reorganise(None, Merge(tuple(gone), merged), on=date(2026, 5, 10), decision="QĐ 9/QĐ-BTN")
        new = made.successions.first().successor
        part = Participation.objects.create(
            movement=self.movement, unit=new, launch=self.movement.launches.first(), is_visible=True
        )
        part.events.create(state="received", on=date(2026, 5, 10))
        self.heir = make_account(
            make_role(
                make_person("Lê Thị Bích", new, since=date(2026, 5, 10)), new, since=date(2026, 5, 10)
            ).person
        )
        self.chief = make_user(self.units[0])
        self.staff = make_user(make_unit("Phòng", self.units[0]), None)

    def unit_of(self, who):
        """Return the unit whose part the user opens first."""
        return self.units[0].pk if who == self.officer else who.person.unit_id

    def revise(self):
        draft = revising.begin_revision(
            self.movement.plan, by=self.officer, decision="QĐ 5", effective_on=date(2026, 7, 1)
        )
        item = self.movement.plan.items.get(field="deadlines", value__what="Đăng ký thi đua")
        revising.change_item(draft, item.pk, item.value | {"due": "2026-07-15"}, by=self.officer)
        revising.issue_revision(draft, by=self.officer)


def asked(account, name, *args, **query):
    client = signed_in(Client(), account)
    address = reverse(f"movements:{name}", args=args)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address, query)
    assert answer.status_code == 200
    return len(captured)


@pytest.fixture(scope="module")
def _houses(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield House(4), House(16)
        transaction.set_rollback(True)


@pytest.fixture
def houses(_houses, db):
    with at(TODAY):
        yield _houses


@pytest.mark.parametrize("on", [TODAY, PAST])
@pytest.mark.parametrize("who", ["officer", "chief", "staff", "heir"])
def test_the_deadline_board_at_its_worst_asks_twelve_times(houses, who, on):
    day = {"as_of": on.isoformat()} if on != TODAY else {}

    few, many = (asked(getattr(house, who), "deadlines", house.movement.pk, **day) for house in houses)

    assert few == many
    assert many <= MOST


PAGES = {
    "the list of a deadline": lambda h, who: asked(who, "deadline", h.movement.pk, h.deadline.pk),
    "that of a day gone by": lambda h, who: asked(
        who, "deadline", h.movement.pk, h.deadline.pk, as_of=PAST.isoformat()
    ),
    "the board": lambda h, who: asked(who, "board", h.movement.pk),
    "the board of a day gone by": lambda h, who: asked(who, "board", h.movement.pk, as_of=PAST.isoformat()),
    "the page of a unit": lambda h, who: asked(who, "part", h.movement.pk, h.unit_of(who)),
    "the movement": lambda h, who: asked(who, "detail", h.movement.pk),
    "my work": lambda _h, who: asked(who, "work"),
}
MORE = {
    ("the board", "officer"): 13,  # what is still to go over to heirs
    ("the board of a day gone by", "officer"): 14,  # the log, the reports of the plan, how units ended
    ("the board of a day gone by", "heir"): 14,
    ("the board of a day gone by", "chief"): 13,
    ("my work", "officer"): 14,  # whose own movement counts from days of units' own
}


@pytest.mark.parametrize("who", ["officer", "chief", "heir"])
@pytest.mark.parametrize("page", PAGES)
def test_other_pages_of_a_movement_at_their_worst(houses, page, who):
    few, many = (PAGES[page](house, getattr(house, who)) for house in houses)

    assert few == many
    assert many <= MORE.get((page, who), MOST)


def summed(pairs):
    """Return the same figures from the list of the units of one deadline."""
    standing = Counter(term.standing for _unit, term in pairs)
    done = sum(1 for _unit, term in pairs if term.finished_on)
    noted = sum(1 for _unit, term in pairs if term.noted_on)
    return len(pairs), done, standing[Standing.DONE_LATE], noted, standing[Standing.LATE]


@pytest.mark.parametrize("on", [TODAY, PAST, SET])
def test_each_line_of_the_board_sums_up_the_list_it_opens(houses, on):
    movement = houses[1].movement
    rows, undone = known_on(movement, on)

    lists = {row.what: summed(bound_units(row, Q(), on=on, undone=undone).living) for row in rows}
    lines = {
        p.deadline.what: (p.bound, p.done, p.done_late, p.noted_later, p.late)
        for p in progress_of(movement, Q(), on=on)
    }

    assert lines == lists
    assert len(lines) == 5


def test_what_is_asked_for_is_the_worst(houses):
    movement = houses[0].movement
    rows, log = known_on(movement, TODAY)[0], logged(movement, PAST)

    counted_from = {row.what: (counts_from_receipt(row), bool(own_days([row], TODAY))) for row in rows}

    assert set(counted_from.values()) == {(True, False), (False, True), (False, False)}
    assert (len(log.moved), len(log.own_moved), len(coming_of(rows, TODAY))) == (1, 2, 1)
    assert [row.for_all for row in rows].count(False) == 2
    assert movement.participations.exclude(unit__dissolved_on=None).count() == 2

"""Pages of movements ask the database as often for thirty rows as for five, and at most twelve times."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from factories import make_unit, make_user, signed_in
from movements.plans import launch, make_movement
from thidua.movements.models import Deadline, Launch, Movement, Participation, Plan
from thidua.movements.selectors.listing import PAGE
from thidua.movements.services.launching import advance
from thidua.movements.services.schedule import complete
from thidua.organisations.models import UnitRole
from thidua.records.days import today

FEW, MANY, MOST = 5, 30, 12
THEME = ("themes", {"text": "Kỷ cương, sáng tạo"})


class House:
    """A ministry with one running movement of ``size`` units, deadlines, duties and bases.

    One of the units received more movements than a page holds.
    """

    def __init__(self, size):
        self.top = make_unit("Bộ Thử nghiệm")
        self.units = [make_unit(f"Sở số {n}", self.top) for n in range(size)]
        self.unit = self.units[0]
        self.officer = make_user(self.top)
        self.chief = make_user(self.unit, UnitRole.Role.HEAD)
        self.staff = make_user(self.unit, None)
        self.board = launch(
            make_movement(self.top, items=items_of(size), by=self.officer), self.units, by=self.officer
        )
        self.parts = list(Participation.objects.filter(movement=self.board).select_related("unit"))
        for part in self.parts[::2]:
            advance(part.pk, Participation.State.OWN_PLAN, on=today(), by=self.officer)
        self.report()
        self.more(size + PAGE)

    def report(self):
        day = today()
        for deadline in Deadline.objects.filter(movement=self.board)[::2]:
            complete(self.unit, deadline=deadline, finished_on=day, today=day, by=self.chief)

    def more(self, number):
        """Make further movements that reached the unit, of which it answered every other one."""
        rows = [self.row(self.top) for _ in range(number)]
        answers = [self.row(self.unit, answers=row) for row in rows[::2]]
        Movement.objects.bulk_create([*rows, *answers])
        Plan.objects.bulk_create([Plan(movement=row) for row in (*rows, *answers)])
        own = {answer.answers_id: answer for answer in answers}
        Participation.objects.bulk_create(
            Participation(
                movement=row,
                unit=self.unit,
                launch=Launch.objects.create(movement=row),
                is_visible=True,
                own=own.get(row.pk),
                state_at=timezone.now(),
            )
            for row in rows
        )

    def row(self, organiser, **fields):
        return Movement(
            organiser=organiser,
            root=self.top,
            year=2026,
            name="Phong trào thử",
            folded="phong trao thu",
            marked="0phong 2trào 3thử",
            status=Movement.Status.LAUNCHED,
            launched_at=timezone.now(),
            **fields,
        )


def items_of(size):
    yield THEME
    for n in range(size):
        day = (today() + timedelta(days=n)).isoformat()
        yield "deadlines", {"what": f"Việc {n}", "relation": "before", "due": day}
        yield "responsibilities", {"body": f"Sở số {n}", "duties": [f"Làm việc {n}"]}
        yield (
            "legal_basis",
            {
                "role": "basis",
                "type": "LUAT",
                "number": f"{n}/2022/QH15",
                "date": "2022-06-15",
                "issuer": "QH",
            },
        )


@pytest.fixture(scope="module")
def _houses(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield House(FEW), House(MANY)
        transaction.set_rollback(True)


@pytest.fixture
def houses(_houses, db):
    return _houses


def asked(account, name, *args, **query):
    """Return how many queries the page takes."""
    client = signed_in(Client(), account)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(reverse(f"movements:{name}", args=args), query)
    assert response.status_code == 200
    return len(captured)


def shown(account, name, *args, **query):
    client = signed_in(Client(), account)
    return client.get(reverse(f"movements:{name}", args=args), query).content.decode()


PAGES = {
    "list": lambda h: asked(h.officer, "list"),
    "list, searched": lambda h: asked(h.officer, "list", q="thu"),
    "list, received": lambda h: asked(h.chief, "list", role="launched"),
    "list of staff": lambda h: asked(h.staff, "list"),
    "documents": lambda h: asked(h.officer, "documents"),
    "work of the organiser": lambda h: asked(h.officer, "work"),
    "work of a unit": lambda h: asked(h.chief, "work"),
    "board": lambda h: asked(h.officer, "board", h.board.pk),
    "board of a day gone by": lambda h: asked(
        h.officer, "board", h.board.pk, as_of=(today() - timedelta(days=1)).isoformat()
    ),
    "deadlines": lambda h: asked(h.officer, "deadlines", h.board.pk),
    "deadlines as a unit sees them": lambda h: asked(h.chief, "deadlines", h.board.pk),
    "one deadline": lambda h: asked(h.officer, "deadline", h.board.pk, h.board.deadlines.first().pk),
    "part of a unit": lambda h: asked(h.chief, "part", h.board.pk, h.unit.pk),
    "detail": lambda h: asked(h.officer, "detail", h.board.pk),
    "check": lambda h: asked(h.officer, "check", h.board.pk),
    "revisions": lambda h: asked(h.officer, "revisions", h.board.pk),
    "launch": lambda h: asked(h.officer, "launch", h.board.pk),
    "readers": lambda h: asked(h.officer, "readers", h.board.pk),
}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_of_many_rows_asks_as_often_as_one_of_few(houses, page):
    few, many = (PAGES[page](house) for house in houses)

    assert few == many
    assert many <= MOST


def test_the_pages_counted_show_their_rows(houses):
    for house, size in zip(houses, (FEW, MANY), strict=True):
        board = shown(house.officer, "board", house.board.pk)
        listed = shown(house.officer, "list", q="phong trao")
        work = shown(house.chief, "work")

        assert board.count("<tr><td") == size
        assert listed.count("<tr>") == PAGE  # the head is boosted
        assert work.count("<li><div>") >= (size + PAGE) // 2

"""A small house with movements at every stage and one user of every sort, for tests of pages.

All its words are plain ASCII, so that a Vietnamese letter on an English page is the page's own.
"""

from datetime import date
from html import unescape

from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from factories import (
    make_account,
    make_administrator,
    make_cluster,
    make_role,
    make_unit,
    make_user,
    signed_in,
)
from movements.plans import launch, make_movement
from thidua.documents.pdf_writer import pdf
from thidua.library.services import store_file
from thidua.movements.marking import mark_of
from thidua.movements.models import Basis, Participation
from thidua.movements.selectors.items import living
from thidua.movements.services import answering, launching, revising
from thidua.movements.services.registering import Line, add
from thidua.movements.services.wishing import wish
from thidua.organisations.models import UnitRole

__all__ = ["Stage", "opened", "pdf", "said", "sent", "text_of"]

Role = UnitRole.Role
TODAY = "2026-03-02 08:00:00+07:00"
ITEMS = (
    ("doc_type", {"value": "KE_HOACH"}),
    ("number", {"value": "12/KH-BTN"}),
    ("issued_on", {"value": "2026-01-20"}),
    ("themes", {"text": "Make it simple"}),
    ("period", {"from": "2026", "to": "2026"}),
    ("contents", {"number": "1", "text": "Finish the work of the year"}),
    ("contents", {"number": "2", "text": "Turn papers into pages"}),
    ("targets", {"text": "100% of units register", "op": "=", "value": 100, "unit": "%"}),
    ("deadlines", {"what": "Issue own plan", "who": "North", "relation": "before", "due": "2026-03-15"}),
    (
        "deadlines",
        {"what": "Send the report", "relation": "after", "due_event": "End of round 1", "offset": "10 ngày"},
    ),
    ("responsibilities", {"body": "North", "duties": ["Write a plan", "Tell the people"]}),
    (
        "legal_basis",
        {"role": "basis", "type": "LUAT", "number": "06/2022/QH15", "date": "2022-06-15", "issuer": "QH"},
    ),
)
SOURCE = b"A plan on paper."
DECISION = "QD 5/QD-BTN"


class Stage:
    def __init__(self):
        self.house = make_unit("House", place="Hanoi", symbol="BTN", short_name="House")
        self.north, self.south, self.west = (
            make_unit(name, self.house) for name in ("North", "South", "West")
        )
        self.room = make_unit("Room", self.north)
        self.users()
        self.movement = self.launched()
        self.part = Participation.objects.get(movement=self.movement, unit=self.north)
        self.deadline, self.waiting = self.movement.deadlines.order_by("order")
        self.event = self.movement.events.get()
        self.duty = self.movement.dutys.first()
        self.document = Basis.objects.get(item__plan=self.movement.plan).document
        self.draft = self.revised()
        self.prepared = make_movement(self.house, items=ITEMS, by=self.officer, text="A plan on paper.")
        self.own = answering.start_own_plan(self.part.pk, [], by=self.chief)
        self.stalled = make_movement(self.house, items=ITEMS, by=self.officer)
        self.order = launching.begin_launch(self.stalled, [self.south.pk], by=self.officer)
        self.cluster = make_cluster(
            self.house, self.west, self.south, code="cum-9", name="Cluster 9", year=2025
        )
        add(self.receiver, self.north, 2026, [Line(self.north, "TTLDTT")])
        self.wish = wish(self.clerk, self.clerk.person, 2026, "LDTT")

    def users(self):
        self.officer = make_user(self.house, full_name="Ha Officer")
        self.head = make_user(self.house, Role.HEAD, full_name="Minh Head")
        self.receiver = make_user(self.north, full_name="Mai Receiver")
        self.chief = make_user(self.north, Role.HEAD, full_name="Lan Chief")
        self.clerk = make_user(self.north, None, full_name="Nhan Clerk")
        self.stranger = make_user(self.west, full_name="La Stranger")
        self.personnel = make_user(self.house, Role.STAFF_ADMIN, full_name="Yen Personnel")
        self.auditor = make_user(self.house, Role.AUDITOR, full_name="Soi Auditor")
        self.administrator = make_administrator(full_name="Admin")
        self.nobody = make_account(full_name="Nobody")

    def launched(self):
        movement = make_movement(self.house, items=ITEMS, by=self.officer)
        movement.plan.file = store_file(SOURCE, "plan.txt", by=self.officer)
        movement.plan.save()
        return launch(movement, [self.north, self.south], by=self.officer)

    def revised(self):
        """Issue a revision that rewords a content; return the draft of another."""
        plan = self.movement.plan
        first = revising.begin_revision(
            plan,
            by=self.head,
            decision=DECISION,
            effective_on=date(2026, 3, 1),
            file=store_file(b"A change.", "change.txt", by=self.head),
        )
        revising.change_item(
            first, self.item("contents").pk, {"number": "1", "text": "Less work"}, by=self.head
        )
        revising.issue_revision(first, by=self.head)
        return revising.begin_revision(plan, by=self.head)

    def item(self, field, movement=None):
        return living((movement or self.movement).plan).filter(field=field).order_by("order").first()

    def mark(self, field):
        """Return how the check page calls the first such item of the plan being prepared."""
        return mark_of(self.item(field, self.prepared).pk)

    def cluster_lead(self):
        """Make a cluster led by the west, and return its movement."""
        cluster = make_cluster(self.house, self.west, self.south)
        return make_movement(self.west, items=ITEMS, cluster=cluster)

    def role(self, person, unit, role=Role.OFFICER):
        return make_role(person, unit, role)


def opened(account, name, *args, language="vi", **query):
    client = signed_in(Client(headers={"accept-language": language}), account)
    return whole(client.get(reverse(f"movements:{name}", args=args), query))


def whole(response):
    """Read a file that is given away to its end: that closes it."""
    if response.streaming:
        response.body = b"".join(response.streaming_content)
    return response


def sent(account, name, /, *args, **given):
    """Send a form and follow where it leads; an answer to a wrong form stays where it is."""
    client = signed_in(Client(), account)
    return client.post(reverse(f"movements:{name}", args=args), given, follow=True)


def text_of(response):
    return unescape(response.content.decode())


def said(response):
    """Return the sentences the page says once, as the person reads them."""
    return [str(message) for message in get_messages(response.wsgi_request)]

"""A movement from the day its plan came in to the day it stands at, through the services of movements."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from uuid import UUID

from django.db.models import Q

from thidua.accounts.models import Account
from thidua.core.text.folding import fold
from thidua.demo.data_files import PLANS
from thidua.demo.movements import DemoMovement, EventDay, Finished
from thidua.demo.participations import Reached
from thidua.demo.seeding.amending import amend
from thidua.demo.seeding.clock import moment_of
from thidua.demo.seeding.completing import complete_past_deadlines
from thidua.demo.seeding.own_plans import OwnStory
from thidua.demo.seeding.register import Register
from thidua.demo.seeding.timeline import Act
from thidua.movements.models import Movement, Participation
from thidua.movements.selectors.board import board
from thidua.movements.selectors.items import living
from thidua.movements.services import checking, launching, schedule
from thidua.movements.services.event_days import set_event_day
from thidua.movements.services.intake import classify, take_in
from thidua.movements.services.notifying import remind
from thidua.records.days import today

ONE_DAY = timedelta(days=1)
EARLY = ("own_plan", "launched")  # reached by issuing and launching an own plan, or by organising it oneself


@dataclass(slots=True)
class Story:
    """One movement of the demonstration; rows come into it as the acts are played."""

    given: DemoMovement
    register: Register
    movement: Movement = field(init=False)
    parts: dict[str, UUID] = field(default_factory=dict)  # participations by the code of their unit

    def acts(self) -> Iterator[Act]:
        """Return everything that happened, to be played with the acts of other movements."""
        given = self.given
        yield Act(moment_of(given.taken_in_on, 9), self.take_in)
        yield from self.checking_acts()
        if given.launched_on is None:
            return
        yield Act(moment_of(given.launched_on, 8, 30), self.launch)
        yield from self.joining_acts(given.launched_on)
        yield from self.own_plan_acts()
        yield from self.step_acts()
        yield from self.later_acts()

    def account(self, person: str | None) -> Account:
        """Return the person's account, or that of whoever prepared the movement."""
        accounts = self.register.accounts
        return accounts.get(person or "") or accounts[self.given.prepared_by]

    def take_in(self) -> None:
        given, by = self.given, self.account(self.given.prepared_by)
        cluster = self.register.clusters[given.cluster] if given.cluster else None
        organiser = self.register.units[given.organiser]
        movement = take_in(
            (PLANS / given.plan).read_bytes(), given.plan, organiser=organiser, by=by, cluster=cluster
        )
        is_association = given.organiser.startswith("HLG")
        level = Movement.Level.ASSOCIATION if is_association else Movement.Level(movement.level)
        self.movement = classify(movement, kind=given.kind, level=level, by=by)

    def checking_acts(self) -> Iterator[Act]:
        """Everything is settled on the day before a launch; what is being prepared is settled in part."""
        if self.given.launched_on:
            yield Act(moment_of(self.given.taken_in_on, 14), self.settle_all)
        elif self.given.confirmation:
            yield Act(moment_of(self.given.taken_in_on + ONE_DAY, 10), self.settle_some)

    def settle_all(self) -> None:
        """Add the work that waits for an outside document where it was not read, and confirm the rest."""
        by = self.account(self.given.prepared_by)
        for event in self.given.events:
            if event.what and not self.is_read(event):
                self.add_waiting(event, by)
        items = living(self.movement.plan).values_list("pk", flat=True)
        checking.confirm_items(self.movement.plan, items, by=by)

    def is_read(self, event: EventDay) -> bool:
        found = living(self.movement.plan).filter(field="deadlines").values_list("value", flat=True)
        return any(fold(event.find) in fold(value.get("due_event", "")) for value in found)

    def add_waiting(self, event: EventDay, by: Account) -> None:
        plan = self.movement.plan
        start = plan.text.find(event.find)
        typed = {"what": event.what, "relation": "after", "due_event": event.find}
        checking.add_item(plan, "deadlines", typed, by=by, start=start, end=start + len(event.find))

    def settle_some(self) -> None:
        """Confirm whole fields and the first part of others, as far as the officer came."""
        confirmation = self.given.confirmation
        if confirmation is None:
            return
        plan = self.movement.plan
        chosen: list[UUID] = []
        shares = dict.fromkeys(confirmation.whole_fields, 1.0) | dict(confirmation.shares)
        for name, share in shares.items():
            rows = living(plan).filter(field=name, is_sure=True).values_list("pk", flat=True)
            chosen += list(rows)[: round(len(rows) * share)]
        checking.confirm_items(plan, chosen, by=self.account(confirmation.by))

    def launch(self) -> None:
        given, by = self.given, self.account(self.given.launched_by)
        order = launching.begin_launch(self.movement, self.units_received_on(given.launched_on), by=by)
        launching.finish_launch(order.pk)
        self.movement.refresh_from_db()
        self.note_parts()
        self.set_terms(by)

    def units_received_on(self, day: date | None) -> list[UUID]:
        parts = self.given.participations
        return [self.register.units[part.unit].pk for part in parts if part.reached[0].on == day]

    def note_parts(self) -> None:
        self.parts = dict(self.movement.participations.values_list("unit__code", "pk"))

    def set_terms(self, by: Account) -> None:
        """Give the steps the organiser's terms where the plan's own deadlines tell none or another.

        Terms that an amendment is going to move stay those of the plan until then.
        """
        read = dict(self.movement.step_terms.values_list("state", "last_on"))
        for term in self.given.terms:
            told = read.get(term.state)
            if told is None or (told != term.last_on and self.given.amendment is None):
                schedule.set_step_term(self.movement, term.state, term.last_on, by=by)

    def joining_acts(self, launched_on: date) -> Iterator[Act]:
        """Units founded after the launch receive the movement on their first day."""
        days = {part.reached[0].on for part in self.given.participations} - {launched_on}
        for day in sorted(days):
            yield Act(moment_of(day, 8, 45), partial(self.admit, day))

    def admit(self, day: date) -> None:
        by = self.account(self.given.prepared_by)
        launching.admit(self.movement, self.units_received_on(day), by=by)
        self.note_parts()

    def own_plan_acts(self) -> Iterator[Act]:
        for plan in self.given.own_plans:
            steps = next(part.reached for part in self.given.participations if part.unit == plan.unit)
            yield from OwnStory(self, plan, steps).acts()

    def step_acts(self) -> Iterator[Act]:
        """Units move on step by step; several on one day do so in turn."""
        own = {plan.unit for plan in self.given.own_plans} | {self.given.organiser}
        steps = [
            (step.on, part.unit, step)
            for part in self.given.participations
            for step in part.reached[1:]
            if not (part.unit in own and step.state in EARLY)
        ]
        for day, rows in groupby(sorted(steps, key=lambda row: (row[0], row[1])), key=lambda row: row[0]):
            for place, (_, unit, step) in enumerate(rows):
                at = moment_of(day, 15, place // 60 % 60, place % 60)
                yield Act(at, partial(self.advance, unit, step))

    def advance(self, unit: str, step: Reached) -> None:
        by = self.register.officer(unit, step.on)
        launching.advance(self.parts[unit], step.state, on=step.on, by=by)

    def later_acts(self) -> Iterator[Act]:
        given = self.given
        if given.amendment:
            yield Act(moment_of(given.amendment.effective_on, 15, 30), self.amend)
        for event in given.events:
            if event.happened_on:
                yield Act(moment_of(event.happened_on, 17), partial(self.give_event_its_day, event))
        for done in given.finished:
            yield Act(moment_of(done.day, 16, 30), partial(self.finish, done))
        for day in given.reminded_on:
            yield Act(moment_of(day, 9, 30), self.remind)
        if given.closed_on:
            yield Act(moment_of(given.closed_on, 17, 45), self.close)

    def amend(self) -> None:
        if self.given.amendment:
            revision = amend(self.movement, self.given.amendment, by=self.account(self.given.amendment.by))
            seen = [part.unit for part in self.given.participations if part.reached[-1].on > today()]
            parts = [self.parts[unit] for unit in seen]
            Participation.objects.filter(pk__in=parts).update(seen_revision=revision.number)

    def give_event_its_day(self, event: EventDay) -> None:
        row = next(e for e in self.movement.events.all() if fold(event.find) in fold(e.name))
        by = self.account(self.given.prepared_by)
        set_event_day(row.pk, event.happened_on, version=row.version, by=by)

    def finish(self, done: Finished) -> None:
        living_duties = self.movement.dutys.filter(ended_by_revision=None)
        duty = next(row for row in living_duties if fold(done.find) in fold(row.text))
        unit, by = self.register.units[done.unit], self.account(None)
        schedule.complete(
            unit,
            finished_on=done.day,
            today=done.day,
            by=self.register.officer(done.unit, done.day) or by,
            duty=duty,
        )

    def remind(self) -> None:
        """Remind the units that are late that day, and only them, in the usual words."""
        late = board(self.movement, Q(), on=today()).late_rows
        by = self.account(self.given.prepared_by)
        remind(self.movement, [row.participation_id for row in late], by=by, about="")

    def close(self) -> None:
        by = self.account(self.given.launched_by)
        for own in Movement.objects.filter(answers=self.movement, status=Movement.Status.LAUNCHED):
            launching.close(own, on=today(), by=by)
        launching.close(self.movement, on=today(), by=by)

    def look_back(self, until: date) -> None:
        """Note when units finished what the plan, and their own plans, asked for by ``until``."""
        if not self.parts:
            return
        last = min(until, self.given.closed_on or until)
        complete_past_deadlines(self.movement, self.register, last)
        for own in Movement.objects.filter(answers=self.movement, launched_at__isnull=False):
            complete_past_deadlines(own, self.register, last)

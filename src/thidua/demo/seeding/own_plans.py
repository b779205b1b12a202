"""A unit's own plan: derived from the one received or signed on paper, issued, launched, read by its people."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID
from zlib import crc32

from thidua.accounts.models import Account
from thidua.demo.chance import Chance
from thidua.demo.data_files import PLANS
from thidua.demo.movements import OwnPlan
from thidua.demo.participations import Reached
from thidua.demo.seeding.accounts import staff_of
from thidua.demo.seeding.clock import moment_of
from thidua.demo.seeding.timeline import Act
from thidua.movements.models import Movement, Plan
from thidua.movements.selectors.items import living
from thidua.movements.services import answering, checking, launching
from thidua.movements.services.intake import classify, take_in
from thidua.movements.steps import step_of
from thidua.organisations.models import Person, Unit
from thidua.records.days import today

if TYPE_CHECKING:
    from thidua.demo.seeding.movements import Story

READ_WITHIN = 12  # days after the launch to the unit's people
NOT_YET_READ = frozenset({"TP00013"})  # the member of staff one can be: the plan still waits for him
OWN_STEPS = ("own_plan", "launched")


@dataclass(slots=True)
class OwnStory:
    """How one unit answered; ``steps`` are what it reached in the parent's movement."""

    story: "Story"
    given: OwnPlan
    steps: Sequence[Reached]
    movement: Movement = field(init=False)

    def acts(self) -> Iterator[Act]:
        given = self.given
        yield Act(moment_of(given.issued_on, 9), self.take_in if given.file else self.derive)
        yield Act(moment_of(given.issued_on, 16), self.issue)
        yield Act(moment_of(given.launched_to_people_on, 8, 30), self.launch)
        yield from self.reading_acts()
        for step in self.steps:
            if step.state not in ("received", *OWN_STEPS):
                yield Act(moment_of(step.on - timedelta(days=1), 16), partial(self.advance_inner, step))

    @property
    def unit(self) -> Unit:
        return self.story.register.units[self.given.unit]

    @property
    def officer(self) -> Account:
        return self.story.account(self.given.prepared_by)

    @property
    def head(self) -> Account:
        return self.story.register.accounts.get(self.given.signed_by) or self.officer

    def take_in(self) -> None:
        """Take in the unit's signed document."""
        name = self.given.file or ""
        content = (PLANS / name).read_bytes()
        movement = take_in(content, name, organiser=self.unit, by=self.officer)
        self.movement = classify(
            movement, kind=self.story.given.kind, level=Movement.Level.UNIT, by=self.officer
        )
        ids = living(self.movement.plan).values_list("pk", flat=True)
        checking.confirm_items(self.movement.plan, ids, by=self.officer)

    def derive(self) -> None:
        """Begin from the plan received: chosen contents, a theme and figures of the unit's own."""
        parent = self.story.movement.plan
        part = self.story.parts[self.given.unit]
        self.movement = answering.start_own_plan(part, chosen_contents(parent, self.given), by=self.officer)
        plan = self.movement.plan
        for item in living(plan).filter(field="themes"):
            checking.edit_item(item.pk, {"text": self.given.theme}, version=None, by=self.officer)
        for target in self.given.targets:
            checking.add_item(plan, "targets", target, by=self.officer)
        self.leave_out_own_steps(plan)

    def leave_out_own_steps(self, plan: Plan) -> None:
        """Remove the terms for making and launching this very plan: its divisions owe neither."""
        for item in living(plan).filter(field="deadlines"):
            if step_of(item.value["what"]) in OWN_STEPS:
                checking.remove_item(item.pk, version=None, by=self.officer)

    def issue(self) -> None:
        if self.given.file:
            part = self.story.parts[self.given.unit]
            self.movement = answering.answer_with(part, self.movement, by=self.head)
            return
        signer = self.story.register.people[self.given.signed_by]
        issue = answering.Issue(
            number=self.given.number,
            issued_on=self.given.issued_on,
            place=self.unit.place,
            signer_name=signer.full_name,
            signer_position=signer.position,
        )
        answering.issue_plan(self.movement, issue, by=self.head)
        self.movement.refresh_from_db()

    def launch(self) -> None:
        """Launch to the divisions that exist that day and to all the unit's people."""
        divisions = Unit.objects.existing(today()).filter(parent=self.unit).values_list("pk", flat=True)
        self.movement = answering.launch_own(self.movement, list(divisions), by=self.head)

    def reading_acts(self) -> Iterator[Act]:
        """Mark the plan read by a share of the people, within two weeks."""
        launched_on = self.given.launched_to_people_on
        chance = Chance(crc32(f"read {self.given.unit} {launched_on}".encode()))
        for code in staff_of(self.story.register, self.given.unit):
            reads, day = chance.happens(self.given.acknowledged_share), chance.whole(0, READ_WITHIN)
            is_kept_waiting = code in NOT_YET_READ and self.story.given.closed_on is None
            if reads and not is_kept_waiting:
                at = moment_of(launched_on + timedelta(days=day), chance.whole(9, 17), chance.whole(0, 59))
                yield Act(at, partial(self.acknowledge, code))

    def acknowledge(self, code: str) -> None:
        """Let the person mark the plan read, unless he came to the unit only later."""
        person = self.story.register.people[code]
        if works_there(person, self.unit, today()):
            account = self.story.register.accounts[code]
            answering.acknowledge(self.movement, person, by=account)

    def advance_inner(self, step: Reached) -> None:
        """Let the divisions reach a step the day before their unit does."""
        for part in self.movement.participations.all():
            launching.advance(part.pk, step.state, on=today(), by=self.officer)


def chosen_contents(parent: Plan, given: OwnPlan) -> list[UUID]:
    """Return the contents taken over, with the headings they stand under; all where none are named."""
    rows = living(parent).filter(field="contents").values_list("pk", "value")
    return [pk for pk, value in rows if is_chosen(value["number"], given.contents)]


def is_chosen(number: str, chosen: Sequence[str]) -> bool:
    return not chosen or number in chosen or any(one.startswith(f"{number}.") for one in chosen)


def works_there(person: Person, unit: Unit, on: date) -> bool:
    posts = person.posts.on(on).select_related("unit")
    return any(unit.contains(post.unit) for post in posts)

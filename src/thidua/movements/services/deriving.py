"""What a unit's own plan begins with: what it chose from the plan above, and suggestions in its own name.

Everything is settled already and stays open to change; what came from above leads back to its origin.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import override

from thidua.core.drafting import answer
from thidua.core.drafting.answer import Answering, ReceivedDuty
from thidua.core.drafting.plan import capital
from thidua.core.drafting.wording import date_words
from thidua.core.text.folding import fold
from thidua.core.text.partial import Partial
from thidua.movements.bodies import Directory, may_be_for
from thidua.movements.citing import amended_citation, amended_words, letterhead
from thidua.movements.doubts import doubts_of
from thidua.movements.models import Deadline, Duty, Participation, Plan, PlanItem
from thidua.movements.own_figures import Figure, own_figure, restated
from thidua.movements.own_words import OWN_STEPS, besides_the_plan, own_title
from thidua.movements.passages import Span, lies_in, passages, words_of
from thidua.movements.selectors.directories import directory_of
from thidua.movements.selectors.items import amendments, held, in_force
from thidua.movements.selectors.receipts import receipts_for
from thidua.movements.services.own_values import (
    is_for,
    own_award,
    own_quota,
    own_target,
    with_quantity,
)
from thidua.movements.shapes import BY_FIELD
from thidua.movements.stated import first_day, last_day
from thidua.movements.steps import step_of
from thidua.movements.terms import counts_from_receipt, last_day_of
from thidua.organisations.models import Unit
from thidua.records.days import today

Value = dict[str, Any]
# Chosen one by one; the rest of a plan above is not the unit's to decide or is suggested anew.
CHOSEN = ("purposes", "requirements", "contents", "targets", "solutions", "criteria", "awards", "quotas")
AS_IT_STANDS = ("themes", "period")
TERM_PARTS = {part.name for part in BY_FIELD["deadlines"].parts}
FROM_RECEIPT = re.compile(
    r"(?:trong\s+(?:thời\s+hạn|vòng)\s+|chậm\s+nhất\s+|trong\s+)?\d+\s+(?:ngày(?:\s+làm\s+việc)?|tuần|tháng)\s*,?\s*"
    r"(?:kể\s+từ|sau|tính\s+từ)\s+(?:ngày\s+|khi\s+)?nhận\s+được\s+(?:Kế\s+hoạch|văn\s+bản)(?:\s+này)?",
    re.IGNORECASE,
)
THIS_PLAN = re.compile(r"(?P<received>nhận\s+được\s+)Kế\s+hoạch\s+này", re.IGNORECASE)


@dataclass(slots=True)
class Derivation:
    """One unit beginning its plan; ``items`` are those of the plan above."""

    part: Participation
    own: Plan
    chosen: set[UUID]
    figures: Mapping[UUID, Figure | None]
    days: Mapping[UUID, date]  # of terms that count from receipt: the day to be written in their place
    items: list[PlanItem] = field(init=False)
    under: dict[UUID, tuple[Span, ...]] = field(init=False)
    directory: Directory = field(init=False)
    bound: set[UUID] = field(init=False)  # items whose deadline binds the unit
    scheduled: set[UUID] = field(init=False)

    def __post_init__(self) -> None:
        self.items = list(in_force(self.source, today()).order_by("order", "id"))
        self.under = passages(self.source, self.items)
        self.directory = directory_of(self.part.movement, [self.part.unit])
        rows = Deadline.objects.filter(held(today()), movement=self.part.movement)
        mine = rows.filter(Q(for_all=True) | Q(for_units=self.part.unit_id))
        self.scheduled = set(rows.values_list("item", flat=True))
        self.bound = set(mine.values_list("item", flat=True))

    @property
    def source(self) -> Plan:
        return self.part.movement.plan

    def of(self, field_: str) -> Iterator[PlanItem]:
        return (item for item in self.items if item.field == field_)

    def rows(self) -> Iterator[PlanItem]:
        """Yield every item the plan begins with, the unit's own figures wherever a target is spoken of.

        A figure that would be asked about were it read, such as 150%, waits for a person too.
        """
        anew = [own_figure(item.value, self.figures.get(item.pk)) for item in self.of("targets")]
        figures = [one for one in anew if one]
        for row in self.all_rows():
            if row.field != "targets":
                row.value = restated(row.value, figures)
            elif row.origin and set(told_by(row.value)) - set(told_by(row.origin.value)):
                row.state, row.is_sure = PlanItem.State.READ, False
            yield row

    def all_rows(self) -> Iterator[PlanItem]:
        given = self.given()
        for item in self.items:
            if item.field in AS_IT_STANDS or (item.field in CHOSEN and item.pk in self.chosen):
                yield self.copy(item, self.value_of(item))
        yield from self.phases()
        yield from self.deadlines(given)
        yield from self.suggestions(given)

    def given(self) -> Answering:
        unit, movement = self.part.unit, self.part.movement
        divisions = Unit.objects.existing(today()).filter(parent=unit).order_by("kind__rank", "sort_key")
        titles = [item.value["text"] for item in self.of("contents") if item.pk in self.chosen]
        return Answering(
            body=unit.name,
            above=movement.cluster.name if movement.cluster else movement.organiser.name,
            source=amended_citation(self.source, today()),
            theme=movement.theme or movement.name,
            divisions=tuple(divisions.values_list("name", flat=True)),
            contents=tuple(map(capital, titles)),
            duties=tuple(self.duties()),
        )

    def duties(self) -> Iterator[ReceivedDuty]:
        """Yield what the plan above asks of this unit, but for making and launching this very plan."""
        rows = Duty.objects.filter(held(today()), movement=self.part.movement)
        mine = rows.filter(Q(for_all=True) | Q(units=self.part.unit_id)).distinct().order_by("order", "id")
        for duty in mine:
            if text := besides_the_plan(duty.text):
                yield ReceivedDuty(duty.body, self.from_receipt(text))

    def copy(self, item: PlanItem, value: Value, order: int | None = None) -> PlanItem:
        return PlanItem(
            plan=self.own,
            field=item.field,
            order=item.order if order is None else order,
            value=value,
            is_derived=True,
            state=PlanItem.State.CONFIRMED,
            origin=item,
        )

    def value_of(self, item: PlanItem) -> Value:
        """Return the item as the unit's plan has it: a content with what stands under it, a target with its figure."""
        value: Value = item.value
        if item.field == "contents":
            details = [
                self.from_receipt(self.own_words(text))
                for text in words_of(self.source, self.under.get(item.pk, ()))
            ]
            value = value | {"text": capital(value["text"])} | ({"details": details} if details else {})
        elif item.field == "targets":
            value = own_target(value, self.figures.get(item.pk))
        elif item.field == "awards":
            value = own_award(value, self.part.unit)
            if item.pk in self.figures:
                value = with_quantity(value, self.figures[item.pk])
        elif item.field == "quotas":
            value = own_quota(value, self.part.unit, self.figures.get(item.pk))
        return value

    def own_words(self, text: str) -> str:
        """Leave out the units' kind at the head of a sentence: «Sở Tư pháp các tỉnh hoàn thành …» in a Sở's plan."""
        for item in self.of("deadlines"):
            who: str = item.value.get("who", "")
            if who and text.startswith(f"{who} ") and self.directory.find(who).units:
                return capital(text.removeprefix(who).lstrip(" ,"))
        return text

    def phases(self) -> Iterator[PlanItem]:
        """Yield the rounds; a high point that bears the name of the round around it is called so."""
        seen: set[str] = set()
        for item in self.of("phases"):
            name = item.value["name"]
            yield self.copy(
                item, item.value | {"name": f"Cao điểm trong {name}"} if name in seen else item.value
            )
            seen.add(name)

    def deadlines(self, given: Answering) -> Iterator[PlanItem]:
        """Yield the terms that bind the unit, the nearest first, each with the body of the unit it falls to."""
        mine = [(item, self.dated(item)) for item in self.terms() if self.is_mine(item)]
        for order, (item, value) in enumerate(sorted(mine, key=lambda row: due_order(row[1], row[0].order))):
            what = answer.work_words(item.value["what"], self.subject_of(item))
            who = given.focal if answer.goes_upward(what) else given.everybody
            term = {name: part for name, part in value.items() if name in TERM_PARTS}
            row = self.copy(item, {"relation": "by"} | term | {"what": what, "who": who}, order)
            row.field = "deadlines"
            yield row

    def terms(self) -> Iterator[PlanItem]:
        """Yield the terms of the plan above, and its reports of which the launch made terms."""
        yield from self.of("deadlines")
        yield from (item for item in self.of("reports") if item.pk in self.scheduled)

    def dated(self, item: PlanItem) -> Value:
        value: Value = item.value
        return on_day(value, self.days[item.pk]) if item.pk in self.days else value

    def from_receipt(self, text: str) -> str:
        """Say the day of a term that counts from receipt, or at least which plan: here «Kế hoạch này» is the own."""
        days = [
            self.days[item.pk] for item in self.of("deadlines") if item.pk in self.days and names(text, item)
        ]
        if days:
            return FROM_RECEIPT.sub(f"chậm nhất ngày {paper_day(days[0])}", text)
        which = (
            f"số {self.source.number}" if self.source.number else f"của {self.source.movement.organiser.name}"
        )
        return THIS_PLAN.sub(lambda found: f"{found['received']}Kế hoạch {which}", text)

    def subject_of(self, item: PlanItem) -> str:
        """Return who the plan above names for the work, where that is a body and not the work itself."""
        who: str = item.value.get("who", "")
        return who if self.directory.find(who).is_settled else ""

    def is_mine(self, item: PlanItem) -> bool:
        """Say whether the term binds the unit and belongs to what it took up.

        Within a content only a day or a rhythm is a term of the plan; a span counted from each case stands in its
        words.
        """
        if step_of(item.value["what"]) in OWN_STEPS or not self.concerns(item):
            return False
        inside = lies_in(item, self.under)
        return inside is None or (inside in self.chosen and bool(item.value.keys() & {"due", "recurring"}))

    def concerns(self, item: PlanItem) -> bool:
        """Say whether the term of the plan above binds the unit; one that was never scheduled is told by its words."""
        if item.pk in self.scheduled:
            return item.pk in self.bound
        return not self.directory.find(item.value.get("who", "")).elsewhere

    def suggestions(self, given: Answering) -> Iterator[PlanItem]:
        """Yield what the unit says in its own name."""
        period: Value = next((item.value for item in self.of("period")), {})
        yield self.own_item("issuer", 0, {"value": given.body})
        yield self.own_item("doc_type", 0, {"value": "KE_HOACH"})
        yield self.own_item("title", 0, {"value": own_title(self.part.movement, period)})
        yield self.own_item("legal_basis", 0, basis_on(self.source))
        yield from self.own_items("purposes", [{"text": text} for text in answer.purposes(given)])
        yield from self.own_items("requirements", [{"text": text} for text in answer.requirements(given)])
        assigned = answer.assignments(given)
        yield from self.own_items("responsibilities", [{"body": b, "duties": list(d)} for b, d in assigned])
        yield from self.own_items("funding", [{"source": answer.funding(given)}])
        yield from self.own_items("recipients", own_recipients(self.part.unit, given))

    def own_items(self, field_: str, values: Iterable[Value]) -> Iterator[PlanItem]:
        """Yield new items in order; those taken from above come after them."""
        return (self.own_item(field_, order, value) for order, value in enumerate(values))

    def own_item(self, field_: str, order: int, value: Value) -> PlanItem:
        state = PlanItem.State.CONFIRMED
        return PlanItem(plan=self.own, field=field_, order=order, value=value, is_derived=True, state=state)


@override("vi")
def take_over(
    part: Participation,
    own: Plan,
    chosen: set[UUID],
    figures: Mapping[UUID, Figure | None],
    dated: Collection[UUID] = (),
) -> None:
    """Write the items the unit's plan begins with, in the language of papers.

    ``dated``: the items whose term counts from receipt and is to be written with the day it makes.
    """
    days = {pk: on for pk, on in days_from_receipt(part).items() if pk in dated} if dated else {}
    rows = list(Derivation(part, own, chosen, figures, days).rows())
    for order, row in enumerate(row for row in rows if row.field in ("purposes", "requirements")):
        row.order = order if row.origin is None else order + len(rows)
    PlanItem.objects.bulk_create(rows, batch_size=500)


def days_from_receipt(part: Participation) -> dict[UUID, date]:
    """Return by item the last day of each term that binds the unit and counts from when it received the plan."""
    standing = Deadline.objects.filter(held(today()), movement=part.movement_id, event__isnull=False)
    mine = standing.filter(Q(for_all=True) | Q(for_units=part.unit_id)).select_related("event").distinct()
    rows = [row for row in mine if counts_from_receipt(row) and step_of(row.what) not in OWN_STEPS]
    received_on = receipts_for(rows, [part.unit_id]).get((part.movement_id, part.unit_id))
    days = [(row.item_id, last_day_of(row, received_on)) for row in rows]
    return {item: on for item, on in days if item and on}


def names(text: str, item: PlanItem) -> bool:
    """Say whether the words name the work of the term."""
    return fold(item.value["what"]).rstrip(" .;") in fold(text)


def paper_day(on: date) -> str:
    return date_words(Partial(on.year, on.month, on.day)).removeprefix("ngày ")


def on_day(value: Value, on: date) -> Value:
    """Return the term with its day in place of the span it counts."""
    kept = {name: part for name, part in value.items() if name not in ("due_event", "offset")}
    return kept | {"relation": "by", "due": on.isoformat()}


def told_by(value: Value) -> list[str]:
    return [str(doubt.text) for doubt in doubts_of("targets", value)]


def usually_taken(unit: Unit, item: PlanItem, directory: Directory) -> bool:
    """Say whether a unit usually takes the item: contents, what is not plainly another body's, its own quotas.

    ``directory``: of the unit alone, in the movement it received.
    """
    value = item.value
    if item.field == "targets":
        named = directory.find(value["who"]) if value.get("who") else None
        return may_be_for(unit, value["text"]) and (named is None or named.is_settled)
    if item.field == "awards":
        return value.get("quantity") is None and fold(value["form"]) != "khen thuong"
    if item.field == "quotas":
        return is_for(unit, value.get("per", ""))
    return item.field == "contents"


def own_recipients(unit: Unit, given: Answering) -> list[Value]:
    """Return who the unit's paper goes to: those above to be told, its own people to carry it out."""
    lines = [{"who": who, "purpose": purpose} for who, purpose in answer.recipients(given)]
    parent, _body = letterhead(unit)
    if parent and unit.parent and parent not in (unit.parent.name, given.above):
        lines.insert(1, {"who": parent, "purpose": "để báo cáo"})
    return lines


def due_order(value: Value, order: int) -> tuple[bool, str, int]:
    """Order by the day, as far as the term tells one; the rest as it stands in the plan above."""
    due = value.get("due", "")
    day = last_day(due) or first_day(due)
    return (day is None, day.isoformat() if day else "", order)


def basis_on(source: Plan) -> Value:
    """Return the plan above as the first basis, with what amended it."""
    decisions = [one.decision for one in amendments(source, today()) if one.decision]
    amended = amended_words(decisions) if decisions else ""
    value = {
        "role": "basis",
        "type": source.doc_type or "KE_HOACH",
        "number": source.number,
        "date": source.issued_on.isoformat() if source.issued_on else "",
        "issuer": source.issuer or source.movement.organiser.name,
        "about": ", ".join(filter(None, (source.title or source.movement.name, amended))),
    }
    return {name: v for name, v in value.items() if v}

"""Days of a plan that stand in no order: asked about once more before it is issued, launched or revised."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from thidua.core.text.dates import find_dates
from thidua.movements.days_above import Above, doubts_beside
from thidua.movements.disagreements import before_issue, out_of_order, short_period
from thidua.movements.doubts import Doubt
from thidua.movements.models import Movement, Plan, PlanItem, PlanRevision
from thidua.movements.selectors.items import in_force, living
from thidua.movements.stated import day
from thidua.movements.values import shown_partial
from thidua.movements.wording import title_of
from thidua.records.days import today

DATED = ("issued_on", "period", "phases", "deadlines")


@dataclass(frozen=True, slots=True)
class OddDay:
    """One day to look at: what it is of, and what is odd about it."""

    title: str
    text: str | Promise


def key_of(odd: Iterable[OddDay]) -> str:
    """Return a name of exactly these days, by which a person says of them that they are right."""
    return sha256("|".join(f"{one.title}:{one.text}" for one in odd).encode()).hexdigest()[:12]


def above_of(movement: Movement) -> Above | None:
    """Return the days of the plan that ``movement`` answers; two queries, none where it answers none."""
    if movement.answers_id is None:
        return None
    plan = Plan.objects.get(movement=movement.answers_id)
    terms = in_force(plan, today()).filter(field="deadlines").values_list("pk", "value")
    return Above(plan.issued_on, dict(terms))


def odd_days(plan: Plan, *, issued_on: date | None = None, launched_on: date | None = None) -> list[OddDay]:
    """Return what is out of order among the plan's days, and with those of the plan above; three queries.

    ``issued_on`` stands in for the day of a plan not issued yet. What a person confirmed on the check page, doubt
    and all, is not asked again.
    """
    items = [
        item for item in living(plan).filter(field__in=DATED).order_by("order", "id") if not is_settled(item)
    ]
    if issued_on:
        items = [item for item in items if item.field != "issued_on"]
        items.append(PlanItem(plan=plan, field="issued_on", value={"value": issued_on.isoformat()}))
    odd = [
        OddDay(title_of(item.field, item.value), doubt.text)
        for item, doubts in zip(items, doubts_on(items, plan), strict=True)
        for doubt in doubts
    ]
    signed = issued_on or plan.issued_on
    return [*odd, *odd_ahead(_("Ngày ban hành"), signed), *odd_launch(signed, launched_on)]


def odd_ahead(title: str, on: date | None) -> Iterator[OddDay]:
    """Ask about a paper that would be signed on a day still to come."""
    if on and on > today():
        text = _("Ngày này chưa tới: hôm nay là %(today)s.") % {"today": shown_partial(today().isoformat())}
        yield OddDay(f"{title} {shown_partial(on.isoformat())}", text)


def is_settled(item: PlanItem) -> bool:
    """Say whether the item waited for a person and was confirmed as it stands; the plan's own day counts always."""
    return item.field != "issued_on" and not item.is_sure and item.state == PlanItem.State.CONFIRMED


def doubts_on(items: list[PlanItem], plan: Plan) -> list[list[Doubt]]:
    """Return the doubts of each item. Rounds taken from above began when the plan above says."""
    found: list[list[Doubt]] = [[] for _item in items]
    rows = [(item.field, item.value) for item in items]
    for look in (before_issue, out_of_order, short_period):
        for place, doubt in look(rows):
            if not (items[place].field == "phases" and items[place].origin_id):
                found[place].append(doubt)
    if above := above_of(plan.movement):
        beside = doubts_beside([(item.field, item.value, item.origin_id) for item in items], above)
        for place, doubts in beside.items():
            found[place] += doubts
    return found


def odd_launch(issued_on: date | None, launched_on: date | None) -> Iterator[OddDay]:
    if issued_on and launched_on and launched_on < issued_on:
        shown = {"issued": shown_partial(issued_on.isoformat())}
        text = _("Ngày này trước ngày ban hành kế hoạch (%(issued)s).") % shown
        yield OddDay(_("Phát động %(day)s") % {"day": shown_partial(launched_on.isoformat())}, text)


def odd_days_of(revision: PlanRevision) -> list[OddDay]:
    """Return the days of a revision that lie before the plan's own, of its document and of its effect.

    So is a document's day that is still to come; the effect may lie ahead.
    """
    issued_on = revision.plan.issued_on
    written = [day(one.value) for one in find_dates(revision.decision)[-1:]]
    told = [
        (_("Văn bản sửa đổi"), written[0] if written else None),
        (_("Ngày áp dụng"), revision.effective_on),
    ]
    return [*odd_ahead(_("Văn bản sửa đổi"), told[0][1])] + [
        OddDay(
            f"{title} {shown_partial(on.isoformat())}",
            _("Ngày này trước ngày ban hành kế hoạch (%(issued)s).")
            % {"issued": shown_partial(issued_on.isoformat())},
        )
        for title, on in told
        if on and issued_on and on < issued_on
    ]


def odd_before_launch(movement: Movement, on: date) -> list[OddDay]:
    """Return what to ask before a launch on this day; a paper drawn up here was asked about when it was issued."""
    plan = movement.plan
    if plan.text or not plan.issued_at:
        return odd_days(plan, launched_on=on)
    return list(odd_launch(plan.issued_on, on))

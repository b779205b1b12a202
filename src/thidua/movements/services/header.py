"""The plan's own columns follow its items: what lists and papers need is copied once, after each change."""

from typing import Any

from thidua.movements.models import Movement, Plan
from thidua.movements.selectors.items import in_force
from thidua.movements.stated import day, first_day, last_day, year_in
from thidua.organisations.searching import search_text
from thidua.records.days import today

HEADER = ("doc_type", "number", "issued_on", "place", "issuer", "title", "signer", "themes", "period")


def copy_header(plan: Plan) -> None:
    """Copy what the items in force today say to plan and movement: number, day, title, signer, theme, period.

    The words the movement is searched by follow.
    """
    found = first_values(plan)
    plan.doc_type = one(found, "doc_type", 20)
    plan.number = one(found, "number", 80)
    plan.issued_on = day(one(found, "issued_on", 10))
    plan.place = one(found, "place", 80)
    plan.issuer = one(found, "issuer", 250)
    plan.title = one(found, "title", 2000)
    signer = found.get("signer", {})
    plan.signer_name = signer.get("name", "")[:120]
    plan.signer_position = signer.get("position", "")[:200]
    plan.signer_mode = signer.get("mode", "")[:3]
    plan.save()
    copy_period(plan.movement, found)


def first_values(plan: Plan) -> dict[str, dict[str, Any]]:
    rows = (
        in_force(plan, today())
        .filter(field__in=HEADER)
        .order_by("-order", "-id")
        .values_list("field", "value")
    )
    return dict(rows)


def one(found: dict[str, dict[str, Any]], field: str, length: int) -> str:
    return str(found.get(field, {}).get("value", ""))[:length]


def copy_period(movement: Movement, found: dict[str, dict[str, Any]]) -> None:
    movement.theme = found.get("themes", {}).get("text", "")
    period = found.get("period", {})
    movement.period_from, movement.period_to = period.get("from", "")[:10], period.get("to", "")[:10]
    movement.starts_on, movement.ends_on = first_day(movement.period_from), last_day(movement.period_to)
    movement.year = year_of(movement)
    find_by(movement)
    movement.save()


def year_of(movement: Movement) -> int:
    """Return the year the plan is for: of its period, else the one its title names, else of its own day."""
    within = movement.starts_on or movement.ends_on
    if within:
        return within.year
    told = year_in(movement.plan.title) if movement.plan.text else None
    return told or (movement.plan.issued_on or movement.made_at).year


def find_by(movement: Movement) -> None:
    """Set the words the movement is searched by: its name, theme and number."""
    theme = movement.theme if movement.theme not in movement.name else ""
    found_by = search_text(movement.name, theme, movement.plan.number)
    movement.folded, movement.marked = found_by.folded[:1000], found_by.marked[:1300]

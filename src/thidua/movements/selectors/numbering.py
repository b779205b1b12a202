"""What is odd about a number and a day that an issued plan is to have, and what they were before."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from thidua.core.text.folding import fold
from thidua.movements.models import Movement, NumberCorrection, Plan
from thidua.movements.selectors.odd_days import OddDay, odd_days
from thidua.movements.terms import launched_on
from thidua.records.days import today

MOST_EARLIER = 20


def corrections_of(plan: Plan) -> QuerySet[NumberCorrection]:
    """Return how number and day were put right, the latest first."""
    return plan.number_corrections.select_related("by").order_by("-at", "-pk")


def odd_numbering(plan: Plan, number: str, issued_on: date) -> list[OddDay]:
    """Return what to ask about: days that the new one puts out of order, and another plan under the number.

    What the standing day is asked about already is not asked again. What is refused anyway is not asked about.
    """
    launched = launched_on(plan.movement)
    known = odd_days(plan, issued_on=plan.issued_on, launched_on=launched) if plan.issued_on else []
    if issued_on > today():
        return []
    fresh = [one for one in odd_days(plan, issued_on=issued_on, launched_on=launched) if one not in known]
    return [*fresh, *odd_number(plan, number, issued_on)]


def odd_number(plan: Plan, number: str, issued_on: date) -> list[OddDay]:
    """Return what to ask about a number alone: another plan under it, and a symbol that is not the unit's."""
    return [*same_number(plan, number, issued_on), *odd_symbol(plan, number)]


def odd_symbol(plan: Plan, number: str) -> Iterator[OddDay]:
    """Yield the symbol of ``number`` where it is neither the unit's own nor one of its earlier numbers."""
    unit = plan.movement.organiser
    used = symbol_in(number)
    if not used or same_symbol(used, unit.symbol):
        return
    earlier = Plan.objects.filter(movement__organiser=unit).exclude(number="").exclude(pk=plan.pk)
    earlier = earlier.exclude(movement__status=Movement.Status.WITHDRAWN).filter(issued_on__isnull=False)
    rows = earlier.order_by("-issued_on").values_list("number", flat=True)[:MOST_EARLIER]
    known = list(dict.fromkeys(filter(None, (unit.symbol, *map(symbol_in, rows)))))
    if known and not any(same_symbol(used, one) for one in known):
        text = _("Ký hiệu “%(used)s” khác ký hiệu đơn vị vẫn dùng (%(known)s).")
        facts = {"used": used, "known": ", ".join(known[:3])}
        yield OddDay(_("Số %(number)s") % {"number": number}, text % facts)


def symbol_in(number: str) -> str:
    """Return the part of a number that stands for the issuing body: «STP» of «91/KH-STP»."""
    return number.rpartition("/")[2].partition("-")[2].strip()


def same_symbol(one: str, other: str) -> bool:
    return bool(other) and fold(one).replace(" ", "") == fold(other).replace(" ", "")


def same_number(plan: Plan, number: str, issued_on: date) -> Iterator[OddDay]:
    """Yield the other plans of the organiser that bear the number in that year: each year counts anew."""
    others = Plan.objects.filter(
        movement__organiser=plan.movement.organiser_id, number=number, issued_on__year=issued_on.year
    )
    rows = others.exclude(pk=plan.pk).exclude(movement__status=Movement.Status.WITHDRAWN)
    for other in rows.select_related("movement").order_by("pk")[:3]:
        text = _("“%(name)s” của đơn vị trong năm %(year)s đã mang số này.")
        facts = {"name": other.movement.name, "year": issued_on.year}
        yield OddDay(_("Số %(number)s") % {"number": number}, text % facts)

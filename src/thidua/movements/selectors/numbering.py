"""What is odd about a number and a day that an issued plan is to have, and what they were before."""

from collections.abc import Iterator
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from thidua.movements.models import Movement, NumberCorrection, Plan
from thidua.movements.selectors.odd_days import OddDay, odd_days
from thidua.movements.terms import launched_on
from thidua.records.days import today


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
    return [*fresh, *same_number(plan, number, issued_on)]


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

"""Who is told what about a movement; each reads it in the own language."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from thidua.accounts.models import Account
from thidua.audit import services as audit
from thidua.movements.models import Launch, Movement, NumberCorrection, PlanRevision
from thidua.movements.news import Amended, Received, Reminder, Renumbered, Revised, ToRead
from thidua.movements.permissions import ACTING
from thidua.movements.selectors.receipts import there
from thidua.notices.kinds import News
from thidua.notices.services import Recipient, tell
from thidua.organisations.models import Person, UnitRole
from thidua.records.days import today

AGAIN = timedelta(minutes=10)


class Reminded(NamedTuple):
    """How many units a reminder reached, and how many were spared it."""

    told: int
    spared: int


def acting_for(unit_ids: Iterable[UUID]) -> list[Recipient]:
    """Return the accounts of officers and heads of exactly these units, as of today."""
    roles = (
        UnitRole.objects.on(today())
        .filter(unit__in=unit_ids, role__in=ACTING, person__account__is_active=True)
        .values_list("person__account_id", "person__account__email", "person__account__language")
    )
    return [Recipient(*account) for account in roles]


def tell_received(launch: Launch) -> int:
    """Tell officers and heads of every unit reached by this launch that the movement came."""
    movement = launch.movement
    units = launch.participations.filter(is_visible=True).values_list("unit_id", flat=True)
    news = Received(movement.pk, movement.name, str(movement.organiser))
    return tell(acting_for(units), news, key=f"received:{movement.pk}")


def tell_revised(revision: PlanRevision) -> int:
    """Tell the same people what changed."""
    movement = revision.plan.movement
    units = movement.participations.filter(is_visible=True).values_list("unit_id", flat=True)
    told = (movement.pk, movement.name, revision.number, revision.summary)
    on = revision.effective_on  # issuing asks for both
    news = Amended(*told, revision.decision, on) if revision.decision and on else Revised(*told)
    return tell(acting_for(units), news, key=f"revised:{revision.pk}")


def tell_renumbered(correction: NumberCorrection) -> int:
    """Tell the same people that number or day were put right: they cite the plan in their own papers."""
    movement = correction.plan.movement
    units = movement.participations.filter(is_visible=True).values_list("unit_id", flat=True)
    before = correction.number_before
    news = Renumbered(movement.pk, movement.name, before, correction.number_after, correction.issued_on_after)
    return tell(acting_for(units), news, key=f"renumbered:{correction.pk}")


def tell_people(movement: Movement) -> int:
    """Ask everybody of the organising unit to read the plan and mark it understood."""
    accounts = Person.objects.filter(
        unit__path__startswith=movement.organiser.path, account__is_active=True
    ).values_list("account_id", flat=True)
    news = ToRead(movement.pk, movement.name)
    return tell([Recipient(pk) for pk in accounts], news, key=f"read:{movement.pk}", by_mail=False)


@transaction.atomic
def remind(movement: Movement, participation_ids: Sequence[UUID], *, by: Account, about: str) -> Reminded:
    """Remind the officers of these units only, in the words ``about``, or the usual ones where it is empty.

    A unit reminded within ``AGAIN`` is spared: a second reminder so soon is a second click.
    """
    asked = list(
        movement.participations.select_for_update(of=("self",)).filter(
            there(today()), pk__in=participation_ids, is_visible=True
        )
    )
    due = [part for part in asked if not part.reminded_at or part.reminded_at <= timezone.now() - AGAIN]
    if not due:
        return Reminded(0, len(asked))
    units = [part.unit_id for part in due]
    news = Reminder(movement.pk, movement.name, about)
    tell(acting_for(units), news)
    movement.participations.filter(pk__in=[part.pk for part in due]).update(reminded_at=timezone.now())
    audit.record(by, "movement.remind", movement, details={"units": len(units), "about": in_the_log(news)})
    return Reminded(len(due), len(asked) - len(due))


@override(settings.LANGUAGE_CODE)
def in_the_log(news: News) -> str:
    """Return what a reminder said, in the one language of the log."""
    return news.body()

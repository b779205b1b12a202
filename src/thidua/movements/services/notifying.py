"""Who is told what about a movement; each reads it in the own language."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import override

from thidua.accounts.models import Account
from thidua.audit import services as audit
from thidua.movements import missing_steps
from thidua.movements.missing_steps import Missing
from thidua.movements.models import Launch, Movement, NumberCorrection, PlanRevision
from thidua.movements.news import (
    Amended,
    Received,
    Reminder,
    Renumbered,
    Revised,
    StepsReminder,
    ToRead,
)
from thidua.movements.permissions import ACTING
from thidua.movements.selectors.board import BoardRow, board
from thidua.movements.selectors.receipts import there
from thidua.notices.kinds import News
from thidua.notices.services import Recipient, tell, tell_each
from thidua.organisations.models import Person, UnitRole
from thidua.records.days import today

AGAIN = timedelta(minutes=10)


class Reminded(NamedTuple):
    """How many units a reminder reached, and how many were spared it."""

    told: int
    spared: int


def acting_for(unit_ids: Iterable[UUID]) -> list[Recipient]:
    """Return the accounts of officers and heads of exactly these units, as of today."""
    return [one for acting in acting_by_unit(unit_ids).values() for one in acting]


def acting_by_unit(unit_ids: Iterable[UUID]) -> dict[UUID, list[Recipient]]:
    """Return the same by unit, each account once."""
    roles = (
        UnitRole.objects.on(today())
        .filter(unit__in=unit_ids, role__in=ACTING, person__account__is_active=True)
        .values_list("unit_id", "person__account_id", "person__account__email", "person__account__language")
    )
    found: dict[UUID, dict[Recipient, None]] = {}
    for unit, account, email, language in roles:
        found.setdefault(unit, {})[Recipient(account, email, language)] = None
    return {unit: list(acting) for unit, acting in found.items()}


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
    """Remind the officers of these units only, each unit of the steps it still owes.

    ``about`` are the organiser's words, empty for the usual ones. A unit reminded within ``AGAIN`` is spared: a
    second reminder so soon is a second click.
    """
    asked = list(
        movement.participations.select_for_update(of=("self",)).filter(
            there(today()), pk__in=participation_ids, is_visible=True
        )
    )
    due = [part.pk for part in asked if not part.reminded_at or part.reminded_at <= timezone.now() - AGAIN]
    if not due:
        return Reminded(0, len(asked))
    tell_each(reminders(movement, due, about))
    movement.participations.filter(pk__in=due).update(reminded_at=timezone.now())
    said = Reminder(movement.pk, movement.name, about)
    audit.record(by, "movement.remind", movement, details={"units": len(due), "about": in_the_log(said)})
    return Reminded(len(due), len(asked) - len(due))


def reminders(
    movement: Movement, participation_ids: Sequence[UUID], about: str
) -> Iterator[tuple[Recipient, StepsReminder]]:
    """Yield to whom the steps go that each unit owes today."""
    rows = board(movement, Q(pk__in=participation_ids), on=today()).living
    acting = acting_by_unit([row.unit_id for row in rows])
    for row in rows:
        owed = missing_steps.kept(missing_of(row))
        news = StepsReminder(movement.pk, movement.name, about, row.unit_id, row.unit, owed, today())
        yield from ((recipient, news) for recipient in acting.get(row.unit_id, ()))


def missing_of(row: BoardRow) -> list[Missing]:
    """Return the steps the unit owes: those with a last day; where there are none, the next one."""
    ahead = [step for step in row.steps if not step.reached_on and not step.was_over]
    termed = [step for step in ahead if step.last_on]
    return [Missing(step.state.value, step.last_on) for step in termed or ahead[:1]]


@override(settings.LANGUAGE_CODE)
def in_the_log(news: News) -> str:
    """Return what a reminder said, in the one language of the log."""
    return news.body()

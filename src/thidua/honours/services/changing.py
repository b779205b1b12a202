"""What happens to an honour after it was given: corrected, revoked, stripped, restored, taken back, looked at again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from thidua.accounts.models import Account
from thidua.audit.services import record
from thidua.core.text.normal import one_line
from thidua.honours.catalogue import catalogue, label_of, times_of_title
from thidua.honours.models import Honour, HonourEvent
from thidua.honours.problems import HonourRefusedError, Problem
from thidua.honours.services.entering import DECISION, facts_of_standing, problems_of_award, set_name
from thidua.honours.services.entering import Award as Given
from thidua.library.services import number_key, register_document
from thidua.organisations.problems import shown
from thidua.records.days import today
from thidua.records.locks import hold

Kind, State = HonourEvent.Kind, Honour.State

CHANGES: dict[str, tuple[frozenset[str], str]] = {
    Kind.REVOKED: (frozenset({State.HELD}), State.REVOKED),
    Kind.STRIPPED: (frozenset({State.HELD}), State.STRIPPED),
    Kind.RESTORED: (frozenset({State.REVOKED, State.STRIPPED}), State.HELD),
    Kind.VOIDED: (frozenset({State.HELD, State.REVOKED, State.STRIPPED}), State.VOID),
}
"""What each act may start from, and the state it leads to."""

CORRECTABLE = (
    "name",
    "award",
    "type",
    "level",
    "period_from",
    "period_to",
    "number",
    "decided_on",
    "issuer",
    "signer",
    "movement",
    "certificate_number",
    "note",
)


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why an honour changes: the reason, from which day, and the decision where there is one."""

    on: date
    reason: str
    number: str = ""
    decided_on: date | None = None


@transaction.atomic
def change_state(
    actor: Account | None, honour: Honour, kind: str, grounds: Grounds, *, version: int | None = None
) -> HonourEvent:
    """Revoke, strip, restore or take back. Raises HonourRefusedError, ChangedMeanwhileError."""
    row = Honour.take(honour.pk, version=version)
    if problems := list(problems_before(row, kind, grounds)):
        raise HonourRefusedError(problems)
    event = write_event(actor, row, kind, grounds)
    row.state = CHANGES[kind][1]
    row.save()
    record(actor, f"honour.{kind}", row, details={"on": str(grounds.on), "number": grounds.number})
    return event


def problems_before(row: Honour, kind: str, grounds: Grounds) -> Iterator[Problem]:
    """Yield everything that keeps ``kind`` from being done on that day."""
    if row.state not in CHANGES[kind][0]:
        act = str(Kind(kind).label).lower()
        yield Problem("not_held", {"state": row.get_state_display(), "act": act})
    if kind == Kind.STRIPPED and not row.is_state_title:
        yield Problem("not_a_state_title", {"award": row.award_label})
    if not grounds.reason.strip():
        yield Problem("reason_missing")
    if kind == Kind.RESTORED:
        yield from problems_of_title(row, row.award, times_of_title(row))
    if kind != Kind.VOIDED:
        yield from problems_of_day(row, grounds.on)
        if not grounds.number.strip() or grounds.decided_on is None:
            yield Problem("number_missing")


def problems_of_day(row: Honour, on: date) -> Iterator[Problem]:
    if on > today():
        yield Problem("in_future", {"day": shown(on)})
    if on < row.decided_on:
        yield Problem("before_decision", {"day": shown(on), "decided": shown(row.decided_on)})
    last = row.events.filter(kind__in=[Kind.REVOKED, Kind.STRIPPED, Kind.RESTORED]).first()
    if last and on < last.on:
        yield Problem("before_last_event", {"last": shown(last.on)})


def write_event(
    actor: Account | None,
    row: Honour,
    kind: str,
    grounds: Grounds,
    changes: Mapping[str, Any] | None = None,
) -> HonourEvent:
    document = None
    if grounds.number and grounds.decided_on:
        document = register_document(
            kind=DECISION, number=grounds.number, issued_on=grounds.decided_on, issuer=row.issuer
        )
    return HonourEvent.objects.create(
        honour=row,
        kind=kind,
        on=grounds.on,
        decision=document,
        number=grounds.number.strip(),
        decided_on=grounds.decided_on,
        reason=grounds.reason.strip(),
        changes=dict(changes or {}),
        by=actor,
        by_name=actor.get_full_name() if actor else "",
    )


@transaction.atomic
def correct(
    actor: Account | None,
    honour: Honour,
    facts: Mapping[str, Any],
    grounds: Grounds,
    *,
    version: int | None = None,
) -> HonourEvent:
    """Put right what the register says; what stood before is kept with the reason.

    ``facts`` may hold any of CORRECTABLE. Raises HonourRefusedError, ChangedMeanwhileError.
    """
    row = Honour.take(honour.pk, version=version)
    given = {name: tidy(value) for name, value in facts.items() if name in CORRECTABLE}
    changes = {
        name: [plain(getattr(row, name)), plain(value)]
        for name, value in given.items()
        if getattr(row, name) != value
    }
    # As whoever enters a decision holds it: two who write one number find each other.
    number, day = given.get("number", row.number), given.get("decided_on", row.decided_on)
    hold("honours", number_key(number), day)
    if problems := list(problems_of_correction(row, given, grounds, changes)):
        raise HonourRefusedError(problems)
    for name, value in given.items():
        setattr(row, name, value)
    set_name(row, row.name)
    if {"number", "decided_on", "issuer"} & set(changes):
        row.decision = register_document(
            kind=DECISION, number=row.number, issued_on=row.decided_on, issuer=row.issuer
        )
    row.save()
    event = write_event(actor, row, Kind.CORRECTED, grounds, changes)
    record(actor, "honour.corrected", row, details={"changes": changes})
    return event


def problems_of_correction(
    row: Honour, given: Mapping[str, Any], grounds: Grounds, changes: Mapping[str, Any]
) -> Iterator[Problem]:
    if row.state == State.VOID:
        yield Problem(
            "not_held", {"state": row.get_state_display(), "act": str(Kind.CORRECTED.label).lower()}
        )
    if not grounds.reason.strip():
        yield Problem("reason_missing")
    if not changes:
        yield Problem("nothing_changed")
    names = ("award", "type", "number", "decided_on", "issuer", "period_from", "period_to")
    after = Given(**{name: given.get(name, getattr(row, name)) for name in names})
    yield from problems_of_award(after)
    yield from problems_of_words(row, given)
    if {"award", "number", "decided_on"} & set(changes):
        yield from problems_of_place_in_register(row, after)
    if row.state == State.HELD:
        yield from problems_of_title(row, after.award, times_of_title(after) - times_of_title(row))


def problems_of_words(row: Honour, given: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what the register cannot do without, and values it does not know."""
    for name, code in (("name", "name_missing"), ("issuer", "issuer_missing")):
        if not given.get(name, getattr(row, name)):
            yield Problem(code)
    for name, known in (("type", Honour.Type), ("level", Honour.Level)):
        if given.get(name, getattr(row, name)) not in known.values:
            yield Problem("value_unknown", {"value": given[name]})


def problems_of_place_in_register(row: Honour, after: Given) -> Iterator[Problem]:
    """Yield where the honour as corrected fits neither its subject, its later life nor the rest of the register."""
    entry = catalogue().get(after.award)
    if entry and row.kind not in entry.subjects:
        yield Problem("award_not_for_kind", {"award": entry.label, "kind": row.get_kind_display().lower()})
    first = row.events.exclude(kind__in=[Kind.CORRECTED, Kind.REEXAMINED]).order_by("on").first()
    if first and after.decided_on > first.on:
        facts = {"day": shown(first.on), "decided": shown(after.decided_on)}
        yield Problem("event_before_decision", facts)
    key = number_key(after.number)
    if others_of(row, after.award).filter(decision__number_key=key, decided_on=after.decided_on).exists():
        facts = {"name": row.name, "award": label_of(after.award), "number": after.number}
        yield Problem("already_there_otherwise", facts)


def problems_of_title(row: Honour, award: str, claimed: frozenset[tuple[object, ...]]) -> Iterator[Problem]:
    """Yield that another decision's title stands for a time ``row`` would now hold ``award`` for."""
    if not claimed:
        return
    for other in others_of(row, award).filter(state=State.HELD).order_by("decided_on", "pk"):
        if claimed & times_of_title(other):
            yield Problem("title_stands", facts_of_standing(other, row.name))
            return


def others_of(row: Honour, award: str) -> QuerySet[Honour]:
    """Return what else the register holds of the subject for ``award``, mistaken entries left out."""
    subject = {"kind": row.kind, "person": row.person_id, "unit": row.unit_id}
    if row.kind == Honour.Kind.HOUSEHOLD:
        subject |= {"household__iexact": row.household, "place": row.place_id}
    return Honour.objects.filter(award=award, **subject).exclude(pk=row.pk).exclude(state=State.VOID)


def tidy(value: Any) -> Any:
    return one_line(value) if isinstance(value, str) else value


def plain(value: Any) -> Any:
    """Return a value as JSON keeps it."""
    return value.isoformat() if isinstance(value, date) else value


@transaction.atomic
def mark_reexamined(actor: Account | None, honour: Honour, reason: str) -> HonourEvent:
    """Note that an honour resting on a revoked one was looked at again, and what came of it.

    Raises HonourRefusedError.
    """
    if not reason.strip():
        raise HonourRefusedError([Problem("reason_missing")])
    row = Honour.take(honour.pk)
    row.save()
    event = write_event(actor, row, Kind.REEXAMINED, Grounds(today(), reason))
    record(actor, "honour.reexamined", row)
    return event

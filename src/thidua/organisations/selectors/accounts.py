"""Accounts a reader may look after, and how each stands."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from thidua.accounts.models import Account
from thidua.organisations.models import Person
from thidua.organisations.permissions import User, scope_of
from thidua.organisations.searching import name_matches

SHOWN = 100


@dataclass(frozen=True, slots=True)
class AccountStanding:
    """Where an account stands: a state of the status chip and the word for it is the page's business."""

    state: str  # "open" | "waiting" | "ending" | "closed" | "none"
    until: date | None = None


def standing_of(account: Account | None, on: date) -> AccountStanding:
    if account is None:
        return AccountStanding("none")
    if not account.opens_on(on):
        return AccountStanding("closed", account.closed_on)
    if account.closed_on:
        return AccountStanding("ending", account.closed_on)
    return AccountStanding("open" if account.has_usable_password() else "waiting")


def people_with_accounts(user: User, query: str, *, having: bool) -> QuerySet[Person]:
    """Return the people whose accounts ``user`` may look after, with or still without one."""
    scope = scope_of(user)
    kept = scope.people("edit_people")
    given = scope.people("give_role")
    reach = kept | given if kept and given else Q()
    asked = name_matches(query) | Q(account__username__iexact=query) if query else Q()
    found = Person.objects.filter(reach, asked)
    return found.filter(account__isnull=not having).order_by("sort_key", "pk")


def accounts_of_nobody() -> list[Account]:
    """Return the accounts tied to no person: the first administrator's, an auditor's from outside."""
    return list(Account.objects.filter(person=None).order_by("full_name")[:SHOWN])

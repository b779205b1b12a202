"""The account of a person: made, tied, invited in one go."""

from django.db import transaction

from thidua.accounts.models import Account
from thidua.accounts.services import create_account, invite
from thidua.organisations.models import Person
from thidua.organisations.services.people import connect_account


@transaction.atomic
def invite_person(
    actor: Account | None, person: Person, *, username: str, email: str = ""
) -> tuple[Account, str]:
    """Make an account for the person and return it with the token of its one-time link.

    Raises UsernameTakenError, PersonChangeRefusedError.
    """
    account = create_account(actor, username=username, full_name=person.full_name, email=email)
    connect_account(actor, person, account)
    return account, invite(actor, account)

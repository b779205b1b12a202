"""Invite, reset and close accounts; the first start; installation roles."""

import hashlib
import secrets
from datetime import date, datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.utils import timezone

from thidua.accounts.models import Account, InstallationRole, Invitation, SetupCode
from thidua.audit.services import record
from thidua.records.days import today

INVITATION_LASTS = timedelta(days=7)
CODE_GROUPS, CODE_GROUP = 5, 4
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # none that is mistaken for another


class InvitationNotUsableError(Exception):
    """The link is unknown, used, withdrawn or too old; ``reason`` says which."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason  # "unknown" | "used" | "withdrawn" | "expired"


class SetupClosedError(Exception):
    """An account exists already: the first start is over for good."""


class WrongSetupCodeError(Exception):
    """The code is not the one printed last."""


class UsernameTakenError(Exception):
    """Somebody has this login name; carries it."""

    def __init__(self, username: str) -> None:
        super().__init__(username)
        self.username = username


class WrongPasswordError(Exception):
    """What was typed is not the account's present password."""


class LastAdministratorError(Exception):
    """The installation would be left without an administrator."""


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def create_account(
    actor: Account | None, *, username: str, full_name: str, email: str = "", password: str | None = None
) -> Account:
    """Make an account; without ``password`` it opens only through an invitation.

    Raises UsernameTakenError.
    """
    if Account.objects.filter(username__iexact=username.strip()).exists():
        raise UsernameTakenError(username.strip())
    account = Account.objects.create_user(username, password, full_name=full_name, email=email)
    record(actor, "account.created", account)
    return account


@transaction.atomic
def speak(account: Account, language: str) -> None:
    """Keep the language the account's letters are written in."""
    if Account.objects.filter(pk=account.pk).exclude(language=language).update(language=language):
        record(account, "account.language", account, details={"language": language})


@transaction.atomic
def invite(actor: Account | None, account: Account, *, at: datetime | None = None) -> str:
    """Withdraw earlier links and return the token of a new one, which is shown once and kept nowhere."""
    return issue_link(actor, account, Invitation.Purpose.JOIN, at or timezone.now())


@transaction.atomic
def reset(actor: Account | None, account: Account, *, at: datetime | None = None) -> str:
    """Shut the account's password and sessions at once and return the token by which a new one is chosen."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    shut_password(account)
    return issue_link(actor, account, Invitation.Purpose.RESET, at or timezone.now())


def issue_link(actor: Account | None, account: Account, purpose: str, at: datetime) -> str:
    withdraw_links(account, at)
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        account=account,
        purpose=purpose,
        token_hash=hashed(token),
        made_by=actor,
        expires_at=at + INVITATION_LASTS,
    )
    record(actor, "account.invited" if purpose == Invitation.Purpose.JOIN else "account.reset", account)
    return token


def withdraw_links(account: Account, at: datetime) -> None:
    account.invitations.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=at)


def shut_password(account: Account) -> None:
    """Make the password unusable; sessions carry its hash, so all of them end."""
    account.set_unusable_password()
    account.save(update_fields=["password"])


def usable_invitation(token: str, at: datetime) -> Invitation:
    """Return the invitation of ``token``. Raises InvitationNotUsableError."""
    invitation = Invitation.objects.select_related("account").filter(token_hash=hashed(token)).first()
    if invitation is None:
        raise InvitationNotUsableError("unknown")
    if invitation.used_at:
        raise InvitationNotUsableError("used")
    if invitation.withdrawn_at or not invitation.account.is_active:
        raise InvitationNotUsableError("withdrawn")
    if invitation.expires_at <= at:
        raise InvitationNotUsableError("expired")
    return invitation


@transaction.atomic
def accept(token: str, password: str, *, at: datetime | None = None) -> Account:
    """Set the password its owner chose and use up the link.

    Raises InvitationNotUsableError, and ValidationError for a weak password.
    """
    at = at or timezone.now()
    account = Account.objects.select_for_update().get(pk=usable_invitation(token, at).account_id)
    invitation = usable_invitation(
        token, at
    )  # again under the lock: a reset or closing may have come between
    validate_password(password, account)
    invitation.used_at = at
    invitation.save(update_fields=["used_at"])
    account.set_password(password)
    account.save(update_fields=["password"])
    record(account, "account.password_chosen", account)
    return account


@transaction.atomic
def change_password(account: Account, present: str, new: str) -> Account:
    """Set the password its owner chose anew; every session that carries the old one's hash ends.

    Raises WrongPasswordError, and ValidationError for a weak password.
    """
    account = Account.objects.select_for_update().get(pk=account.pk)
    if not account.check_password(present):
        raise WrongPasswordError
    validate_password(new, account)
    account.set_password(new)
    account.save(update_fields=["password"])
    record(account, "account.password_changed", account)
    return account


@transaction.atomic
def close_account(actor: Account | None, account: Account, *, on: date | None = None) -> Account:
    """Close the account from ``on`` (today when left out): its sessions and links end that day.

    Raises LastAdministratorError.
    """
    on, now = on or today(), today()
    account = Account.objects.select_for_update().get(pk=account.pk)
    if is_last_administrator(account, on):
        raise LastAdministratorError
    account.closed_on = on
    if on <= now:
        shut(account)
    account.save()
    record(actor, "account.closed", account, details={"on": str(on)})
    return account


def shut(account: Account) -> None:
    account.is_active = False
    account.set_unusable_password()
    withdraw_links(account, timezone.now())


@transaction.atomic
def reopen_account(actor: Account | None, account: Account) -> str:
    """Open a closed account again and return the token by which a password is chosen."""
    account = Account.objects.select_for_update().get(pk=account.pk)
    account.is_active, account.closed_on = True, None
    account.save()
    record(actor, "account.reopened", account)
    return issue_link(actor, account, Invitation.Purpose.RESET, timezone.now())


@transaction.atomic
def close_due_accounts(on: date) -> int:
    """Shut the accounts whose last day has passed and return how many."""
    due = list(Account.objects.select_for_update().filter(is_active=True, closed_on__lte=on))
    for account in due:
        shut(account)
        account.save()
        record(None, "account.closed", account, details={"on": str(account.closed_on)})
    return len(due)


@transaction.atomic
def give_installation_role(
    actor: Account | None,
    account: Account,
    role: str,
    *,
    valid_from: date | None = None,
    last_day: date | None = None,
) -> InstallationRole:
    """Give a role over the whole installation, to the end of ``last_day``; one already held stays as it is."""
    start = valid_from or today()
    held = InstallationRole.objects.on(start).filter(account=account, role=role).first()
    if held:
        return held
    until = last_day + timedelta(days=1) if last_day else None
    row = InstallationRole.objects.create(
        account=account, role=role, valid_from=start, valid_until=until, given_by=actor
    )
    details = {"role": role, "from": str(start), "until": str(until or "")}
    record(actor, "installation_role.given", account, details=details)
    return row


@transaction.atomic
def end_installation_role(
    actor: Account | None, row: InstallationRole, *, on: date | None = None
) -> InstallationRole:
    """End the role from ``on``; one that ended earlier stays as it is. Raises LastAdministratorError."""
    on = max(on or today(), row.valid_from)
    if row.role == InstallationRole.Role.ADMINISTRATOR and is_last_administrator(row.account, on):
        raise LastAdministratorError
    row = InstallationRole.objects.select_for_update(of=("self",)).select_related("account").get(pk=row.pk)
    if row.valid_until and row.valid_until <= on:
        return row
    row.valid_until = on
    row.save(update_fields=["valid_until"])
    record(actor, "installation_role.ended", row.account, details={"role": row.role, "on": str(on)})
    return row


def is_last_administrator(account: Account, on: date) -> bool:
    """Say whether nobody else administers from ``on`` without an end; locks the holders.

    Of two administrators who close each other at once, the second must see the first one's act.
    """
    rows = InstallationRole.objects.on(on).filter(role=InstallationRole.Role.ADMINISTRATOR)
    holders = list(rows.select_for_update().order_by("pk").values_list("account_id", "valid_until"))
    if account.pk not in {holder for holder, _until in holders}:
        return False
    lasting = [holder for holder, until in holders if until is None and holder != account.pk]
    return not Account.objects.filter(pk__in=lasting, is_active=True, closed_on=None).exists()


def setup_is_open() -> bool:
    return not Account.objects.exists()


@transaction.atomic
def create_setup_code() -> str:
    """Return a fresh one-time code for the first-run page; earlier ones stop working.

    Raises SetupClosedError when an account exists.
    """
    if not setup_is_open():
        raise SetupClosedError
    groups = ("".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_GROUP)) for _ in range(CODE_GROUPS))
    code = "-".join(groups)
    SetupCode.objects.filter(used_at=None).delete()
    SetupCode.objects.create(code_hash=hashed(plain_code(code)))
    return code


def plain_code(typed: str) -> str:
    return "".join(letter for letter in typed.upper() if letter.isalnum())


@transaction.atomic
def create_first_administrator(
    code: str, *, username: str, full_name: str, password: str, email: str = ""
) -> Account:
    """Use up the set-up code and make the account that administers the installation.

    Raises SetupClosedError, WrongSetupCodeError, and ValidationError for a weak password.
    """
    waiting = (
        SetupCode.objects.select_for_update().filter(used_at=None, code_hash=hashed(plain_code(code))).first()
    )
    if not setup_is_open():
        raise SetupClosedError
    if waiting is None:
        raise WrongSetupCodeError
    validate_password(password, Account(username=username, full_name=full_name, email=email))
    waiting.used_at = timezone.now()
    waiting.save(update_fields=["used_at"])
    account = create_account(None, username=username, full_name=full_name, email=email, password=password)
    give_installation_role(None, account, InstallationRole.Role.ADMINISTRATOR)
    return account


def demo_accounts_present() -> bool:
    """Say whether accounts with one-click sign-in exist; a real installation must not start with them."""
    return Account.objects.filter(is_demo=True).exists()

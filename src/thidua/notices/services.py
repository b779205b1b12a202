"""Tell people: a line behind the bell, a letter in the outbox, an address for their calendar."""

import hashlib
import secrets
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import override

from thidua.audit.services import Actor, entry_of, record, record_all
from thidua.notices.kinds import News, parameters_of
from thidua.notices.models import Feed, Mail, Notice
from thidua.notices.selectors import MOST_ATTEMPTS

FIRST_PAUSE = timedelta(minutes=2)
LETTERS_A_TURN = 50
LONGEST_SUBJECT = 300


@dataclass(frozen=True, slots=True)
class Recipient:
    """An account and, where letters should go out too, its address; letters speak ``language``."""

    account_id: uuid.UUID
    email: str = ""
    language: str = settings.LANGUAGE_CODE


@transaction.atomic
def tell(recipients: Iterable[Recipient], news: News, *, key: str = "", by_mail: bool = True) -> int:
    """Tell everybody once and return how many lines are new; letters go only where a line is new.

    ``key`` keeps the same thing from standing twice behind the bell while unread.
    """
    by_account = {r.account_id: r for r in recipients}
    known = (
        set(
            Notice.objects.filter(account_id__in=by_account, key=key, read_at=None).values_list(
                "account_id", flat=True
            )
        )
        if key
        else set()
    )
    fresh = [r for account, r in by_account.items() if account not in known]
    Notice.objects.bulk_create(notices_for(fresh, news, key), batch_size=500, ignore_conflicts=True)
    if by_mail:
        Mail.objects.bulk_create(letters_for(fresh, news), batch_size=500)
    return len(fresh)


@transaction.atomic
def tell_each(told: Iterable[tuple[Recipient, News]]) -> int:
    """Tell everybody the own news, behind the bell and by letter; return how many lines are new."""
    pairs = list(told)
    lines = [line for one, news in pairs for line in notices_for([one], news, "")]
    letters = [letter for one, news in pairs for letter in letters_for([one], news)]
    Notice.objects.bulk_create(lines, batch_size=500)
    Mail.objects.bulk_create(letters, batch_size=500)
    return len(lines)


def notices_for(recipients: Iterable[Recipient], news: News, key: str) -> list[Notice]:
    kept = {"kind": news.kind, "parameters": parameters_of(news), "url": news.url(), "key": key}
    return [Notice(account_id=one.account_id, **kept) for one in recipients]


def letters_for(recipients: Iterable[Recipient], news: News) -> list[Mail]:
    """Write the letters, each in its reader's language."""
    written: dict[str, tuple[str, str]] = {}
    letters = []
    for one in recipients:
        if one.email:
            if one.language not in written:
                written[one.language] = letter_in(one.language, news)
            subject, body = written[one.language]
            letters.append(Mail(to=one.email, subject=subject, body=body))
    return letters


def letter_in(language: str, news: News) -> tuple[str, str]:
    """Return the subject and the text of the letter."""
    with override(language):
        title, body = news.words()
    address = f"{settings.BASE_URL}{news.url()}" if news.url() else ""
    return title[:LONGEST_SUBJECT], "\n\n".join(part for part in (body or title, address) if part)


def mark_read(account: AbstractBaseUser, ids: Iterable[uuid.UUID] | None = None) -> int:
    """Mark the given lines, or all, as read; return how many were new."""
    lines = Notice.objects.filter(account_id=account.pk, read_at=None)
    if ids is not None:
        lines = lines.filter(pk__in=list(ids))
    return lines.update(read_at=timezone.now())


def mail_is_set_up() -> bool:
    return not settings.EMAIL_BACKEND.endswith("dummy.EmailBackend")


def send_waiting_mail() -> int:
    """Send what waits in the outbox, each letter on its own; a failed one waits longer after each attempt."""
    if not mail_is_set_up():
        return 0
    waiting = Mail.objects.filter(due_by(timezone.now()), sent_at=None).order_by("made_at")
    return sum(send(letter) for letter in waiting[:LETTERS_A_TURN] if claim(letter))


@transaction.atomic
def try_again(actor: AbstractBaseUser, ids: Iterable[uuid.UUID]) -> int:
    """Let letters that were given up be tried anew; return how many."""
    given_up = Mail.objects.select_for_update().filter(
        pk__in=list(ids), sent_at=None, attempts__gte=MOST_ATTEMPTS
    )
    letters = list(given_up)
    Mail.objects.filter(pk__in=[one.pk for one in letters]).update(attempts=0, made_at=timezone.now())
    record_all(entry_of(actor_in(actor), "mail.tried_again", one, label=one.subject) for one in letters)
    return len(letters)


def actor_in(account: AbstractBaseUser) -> Actor:
    """Return the account as the log names it."""
    return cast("Actor", account)


def due_by(now: datetime) -> Q:
    """Return the condition on letters to be tried: those that rest after a failure hold up no newer one."""
    due = Q(attempts=0)
    for attempts in range(1, MOST_ATTEMPTS):
        due |= Q(attempts=attempts, made_at__lte=now - FIRST_PAUSE * (1 << attempts))
    return due


def claim(letter: Mail) -> bool:
    """Count the attempt before it is made, so that of two senders one sends; False when another has it."""
    same = Mail.objects.filter(pk=letter.pk, attempts=letter.attempts, sent_at=None)
    return bool(same.update(attempts=letter.attempts + 1))


def send(letter: Mail) -> bool:
    try:
        EmailMessage(" ".join(letter.subject.split()), letter.body, to=[letter.to]).send()
    except OSError as error:  # the mail server's refusals are OSErrors too (smtplib.SMTPException)
        letter.last_error = str(error)[:300]
        letter.save(update_fields=["last_error"])
        return False
    letter.sent_at, letter.last_error = timezone.now(), ""
    letter.save(update_fields=["sent_at", "last_error"])
    return True


def open_feed(account: AbstractBaseUser, *, unit_id: uuid.UUID | None = None) -> str:
    """Make a calendar address and return its token, shown once; only its hash is kept.

    A second address for the same person or unit ends the first.
    """
    token = secrets.token_urlsafe(24)
    with transaction.atomic():
        Feed.objects.filter(account_id=account.pk, unit_id=unit_id, withdrawn_at=None).update(
            withdrawn_at=timezone.now()
        )
        feed = Feed.objects.create(account_id=account.pk, unit_id=unit_id, token_hash=token_hash(token))
        unit = {"unit": str(unit_id)} if unit_id else {}
        record(actor_in(account), "feed.opened", feed, label=account.get_username(), details=unit)
    return token


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def feed_of(token: str) -> Feed | None:
    """Return the living feed of ``token``, or None."""
    return (
        Feed.objects.select_related("account")
        .filter(token_hash=token_hash(token), withdrawn_at=None, account__is_active=True)
        .first()
    )

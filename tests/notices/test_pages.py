"""What stands behind the bell: read by its own account alone, leading nowhere but into this site."""

from uuid import UUID

import pytest
from django.urls import reverse

from factories import make_account, make_unit, make_user, signed_in
from thidua.audit.models import Entry
from thidua.movements.news import ToRead
from thidua.notices.models import Feed, Mail, Notice
from thidua.notices.selectors import MOST_ATTEMPTS, PAGE
from thidua.notices.services import Recipient, feed_of, open_feed, tell, try_again
from thidua.notices.views import is_own_path

pytestmark = pytest.mark.django_db
MOVEMENT = UUID("018f0000-0000-7000-8000-000000000001")


@pytest.fixture
def reader(client):
    return signed_in_as(client, make_user(make_unit()))


def signed_in_as(client, account):
    signed_in(client, account)
    return account


def told(account, name="Có kế hoạch mới", key=""):
    tell([Recipient(account.pk)], ToRead(MOVEMENT, name), key=key, by_mail=False)
    return Notice.objects.filter(account=account).latest("at")


def text(response):
    return response.content.decode()


def test_one_reads_the_own_notices_and_nobody_elses(client, reader):
    told(reader, "Việc của mình")
    told(make_account(), "Việc của người khác")

    shown = text(client.get(reverse("notices:list")))

    assert ("Việc của mình" in shown, "Việc của người khác" in shown) == (True, False)


def test_a_notice_is_opened_and_read_at_once(client, reader):
    row = told(reader)

    answer = client.get(reverse("notices:open", args=[row.pk]))

    row.refresh_from_db()
    assert (answer.status_code, row.read_at is None) == (302, False)
    assert answer.url == reverse("movements:read", args=[MOVEMENT])


def test_nobody_opens_or_reads_a_strangers_notice(client, reader):
    row = told(make_account())

    answers = [
        client.get(reverse("notices:open", args=[row.pk])).status_code,
        client.post(reverse("notices:read"), {"notice": str(row.pk)}).status_code,
    ]

    row.refresh_from_db()
    assert (answers, row.read_at) == ([404, 404], None)


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("/phong-trao/?q=a", True),
        ("//evil.example", False),
        ("/\\evil.example", False),
        ("\\/evil.example", False),
        ("https://evil.example", False),
        ("javascript:alert(1)", False),
        ("", False),
    ],
)
def test_a_notice_leads_to_paths_of_this_site_alone(client, reader, url, own):
    row = Notice.objects.create(account=reader, kind="movement.read", title="Có kế hoạch mới", url=url)

    answer = client.get(reverse("notices:open", args=[row.pk]))

    assert is_own_path(url) == own
    assert answer.url == (url if own else reverse("notices:list"))


def test_unread_ones_are_listed_apart_and_all_are_marked_read(client, reader):
    client.get(reverse("notices:open", args=[told(reader, "Đã xem").pk]))
    told(reader, "Chưa xem")

    unread = text(client.get(reverse("notices:list"), {"show": "unread"}))
    client.post(reverse("notices:read"))

    assert ("Đã xem" in unread, "Chưa xem" in unread) == (False, True)
    assert Notice.objects.filter(account=reader, read_at=None).count() == 0


@pytest.mark.parametrize("number", [1, 40])
def test_the_list_costs_the_same_at_any_length(client, reader, number, django_assert_max_num_queries):
    for place in range(number):
        told(reader, f"Việc {place}")

    with django_assert_max_num_queries(9):
        shown = text(client.get(reverse("notices:list")))

    assert shown.count("Việc 0") == 1


def test_a_long_list_is_paged(client, reader):
    for place in range(PAGE + 1):
        told(reader, f"Tin số {place:03}")

    second = text(client.get(reverse("notices:list"), {"page": "2"}))

    assert ("Tin số 000" in second, "Tin số 001" in second) == (True, False)


def test_the_same_thing_is_told_once_while_unread(reader):
    told(reader, key="x")
    told(reader, key="x")

    assert Notice.objects.filter(account=reader).count() == 1


def test_letters_that_were_given_up_are_tried_again_and_that_is_logged(reader):
    given_up = Mail.objects.create(to="a@b.vn", subject="Nhắc", body="x", attempts=MOST_ATTEMPTS)
    waiting = Mail.objects.create(to="a@b.vn", subject="Chờ", body="x")

    count = try_again(reader, [given_up.pk, waiting.pk])

    given_up.refresh_from_db()
    entry = Entry.objects.get(action="mail.tried_again")
    assert (count, given_up.attempts) == (1, 0)
    assert (entry.subject_id, entry.subject_label, entry.actor_id) == (
        str(given_up.pk),
        "Nhắc",
        str(reader.pk),
    )


def test_a_calendar_address_is_kept_as_a_hash_replaces_the_last_and_is_logged(reader):
    first = open_feed(reader)
    second = open_feed(reader)

    entries = Entry.objects.filter(action="feed.opened")
    assert (feed_of(first), feed_of(second).account) == (None, reader)
    assert second not in str(list(Feed.objects.values()))
    assert (entries.count(), second in str(list(entries.values()))) == (2, False)

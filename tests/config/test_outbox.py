"""The outbox is the administrators' alone: what waits, what was given up, and trying it again."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from factories import make_administrator, make_unit, make_user, signed_in
from thidua.notices.models import Mail
from thidua.notices.selectors import MOST_ATTEMPTS, standing_of
from thidua.organisations.models import UnitRole

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def administrator(client):
    account = make_administrator()
    signed_in(client, account)
    return account


def letter(subject, **fields):
    return Mail.objects.create(to="an@example.org", subject=subject, body="Nội dung", **fields)


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("role", [None, UnitRole.Role.HEAD, UnitRole.Role.STAFF_ADMIN])
def test_nobody_else_looks_into_it_or_sends_from_it(client, role):
    signed_in(client, make_user(make_unit(), role))
    given_up = letter("Kín", attempts=MOST_ATTEMPTS)

    answers = [
        client.get(reverse("outbox")).status_code,
        client.get(reverse("outbox_letter", args=[given_up.pk])).status_code,
        client.post(reverse("outbox_again"), {"selected": str(given_up.pk)}).status_code,
    ]

    given_up.refresh_from_db()
    assert (answers, given_up.attempts) == ([403, 403, 403], MOST_ATTEMPTS)


@pytest.mark.parametrize(
    ("show", "seen"), [("waiting", "Đang chờ gửi"), ("failed", "Đã thử mãi"), ("sent", "Đã tới nơi")]
)
def test_letters_are_listed_by_their_standing(client, administrator, show, seen):
    letter("Đang chờ gửi")
    letter("Đã thử mãi", attempts=MOST_ATTEMPTS, last_error="550 no such user")
    letter("Đã tới nơi", sent_at="2026-03-02T08:00:00+07:00")

    shown = text(client.get(reverse("outbox"), {"show": show}))

    subjects = ("Đang chờ gửi", "Đã thử mãi", "Đã tới nơi")
    assert [subject for subject in subjects if subject in shown] == [seen]


def test_ticked_letters_are_sent_again_and_nonsense_is_passed_over(client, administrator):
    given_up = letter("Nhắc", attempts=MOST_ATTEMPTS)

    client.post(reverse("outbox_again"), {"selected": [str(given_up.pk), "nonsense"]})

    given_up.refresh_from_db()
    assert given_up.attempts == 0


@pytest.mark.parametrize("number", [1, 30])
def test_the_outbox_costs_the_same_at_any_length(
    client, administrator, number, django_assert_max_num_queries
):
    for place in range(number):
        letter(f"Thư {place}")

    with django_assert_max_num_queries(12):
        assert client.get(reverse("outbox")).status_code == 200


@pytest.mark.parametrize(
    ("fields", "standing"),
    [({}, "Đang chờ"), ({"attempts": MOST_ATTEMPTS}, "Không gửi được"), ({"sent_at": NOON}, "Đã gửi")],
)
def test_a_letter_opens_from_the_list_as_it_goes_out(client, administrator, fields, standing):
    row = Mail.objects.create(
        to="an@example.org", subject="Nhắc việc", body="Dòng một\nDòng <hai>\n\nhttps://x/", **fields
    )

    listed = text(client.get(reverse("outbox"), {"show": standing_of(row)}))
    shown = text(client.get(reverse("outbox_letter", args=[row.pk])))

    assert f'<a href="{reverse("outbox_letter", args=[row.pk])}">Nhắc việc</a>' in listed
    assert re.findall(r"<p>(D.*?|https.*?)</p>", shown) == ["Dòng một<br>Dòng &lt;hai&gt;", "https://x/"]
    assert (standing in shown, "an@example.org" in shown) == (True, True)

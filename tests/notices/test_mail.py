from datetime import datetime, timedelta

import pytest
import time_machine

from thidua.notices.models import Mail
from thidua.notices.services import LETTERS_A_TURN, claim, send_waiting_mail
from thidua.records.days import HERE

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 8, tzinfo=HERE)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as moving:
        yield moving


def letter(subject="Phát động", **fields):
    return Mail.objects.create(to="an@example.org", subject=subject, body="Nội dung", **fields)


def test_letters_that_rest_after_a_failure_hold_up_no_newer_one(mailoutbox):
    for _ in range(LETTERS_A_TURN):
        letter(attempts=3)
    letter("Nhắc báo cáo")

    sent = send_waiting_mail()

    assert (sent, [one.subject for one in mailoutbox]) == (1, ["Nhắc báo cáo"])


def test_a_failed_letter_is_tried_again_after_its_pause(mailoutbox, clock):
    letter(attempts=1)
    early = send_waiting_mail()
    clock.shift(timedelta(minutes=4))

    later = send_waiting_mail()

    assert (early, later, len(mailoutbox)) == (0, 1, 1)


def test_of_two_senders_one_sends():
    one = letter()
    other = Mail.objects.get(pk=one.pk)

    assert (claim(one), claim(other)) == (True, False)


def test_a_subject_with_a_line_break_goes_out_on_one_line(mailoutbox):
    letter("Thi đua\nyêu nước")

    assert send_waiting_mail() == 1
    assert [one.subject for one in mailoutbox] == ["Thi đua yêu nước"]

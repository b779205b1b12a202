"""Days typed wrongly, a last day before the first, a role for somebody who cannot sign in yet."""

from datetime import date

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from factories import make_account, make_administrator, make_person, make_unit, signed_in
from thidua.organisations.problems import PersonChangeRefusedError
from thidua.organisations.services.people import leave
from thidua.ui.widgets import DayField

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel("2026-11-23 08:00:00+07:00", tick=False):
        yield


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("5/12/26", "Năm viết hai chữ số dễ nhầm. Gõ đủ bốn chữ số, ví dụ 30/6/2026."),
        ("5-12-26", "Năm viết hai chữ số dễ nhầm. Gõ đủ bốn chữ số, ví dụ 30/6/2026."),
        ("1/1/1800", "Chỉ nhận ngày từ năm 1900 đến năm 2199. Kiểm tra lại năm."),
        ("31/2/2026", "Ngày này không có thật hoặc viết khác dạng 30/6/2026. Gõ lại ngày, tháng, năm."),
    ],
)
def test_a_day_that_is_not_taken_is_told_why(typed, sentence):
    with pytest.raises(ValidationError) as refused:
        DayField().clean(typed)

    assert refused.value.messages == [sentence]


def test_nobody_leaves_before_having_begun():
    person = make_person("Lê An", since=date(2026, 11, 23))
    client = signed_in(Client(), make_administrator())
    address = reverse("organisations:person_leave", args=[person.pk])

    page = client.post(
        address, {"last_day": "20/11/2026", "reason": "Nghỉ hưu", "version": person.version}
    ).content.decode()
    client.post(
        address, {"last_day": "20/11/2026", "reason": "Nghỉ hưu", "version": person.version, "agreed": "1"}
    )
    with pytest.raises(PersonChangeRefusedError):
        leave(None, person, last_day=date(2026, 11, 20))

    person.refresh_from_db()
    assert "Lê An bắt đầu công tác ngày 23/11/2026." in page
    assert "sẽ kết thúc" not in page
    assert (person.posts.count(), person.left_on) == (1, None)


def test_who_gets_a_role_without_an_account_is_to_be_invited():
    unit = make_unit()
    person, other = make_person("Trần Thị Thi", unit), make_person("Lê An", unit)
    make_account(other)
    client = signed_in(Client(), make_administrator())
    address = reverse("organisations:role_give", args=[unit.pk])
    given = {"role": "officer", "valid_from": "23/11/2026", "agreed": "1"}

    without = client.post(address, given | {"person": "Trần Thị Thi"}, follow=True).content.decode()
    with_one = client.post(address, given | {"person": "Lê An"}, follow=True).content.decode()

    link = f'<a href="{reverse("organisations:person_invite", args=[person.pk])}">Mời dùng hệ thống</a>'
    assert f"Trần Thị Thi chưa có tài khoản nên chưa vào được. {link}" in without
    assert "chưa có tài khoản" not in with_one

"""What was done to a unit, a person or a cluster is told in words on its page."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from factories import make_cluster, make_unit, make_user, signed_in
from thidua.audit.services import record
from thidua.organisations.models import UnitRole

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("unit.imported", "Nhập đơn vị từ tệp"),
        ("person.imported", "Nhập cá nhân từ tệp"),
        ("honour.imported", "Nhập khen thưởng từ tệp"),
        ("registration.imported", "Nhập đăng ký thi đua từ tệp"),
        ("registration.remind", "Nhắc đăng ký thi đua"),
        ("export.registration", "Xuất bản đăng ký thi đua"),
        ("export.registrations", "Xuất tổng hợp đăng ký thi đua"),
        ("export.fairness", "Xuất hạn mức, cơ cấu"),
        ("export.money", "Xuất tiền thưởng"),
    ],
)
def test_the_history_of_a_unit_says_in_words_what_was_taken_in_and_out(action, words):
    unit = make_unit("Cục Một", make_unit("Bộ Thử nghiệm"))
    officer = make_user(unit, UnitRole.Role.OFFICER)
    record(officer, action, unit, details={})

    address = reverse("organisations:unit", args=[unit.pk])
    page = signed_in(Client(), officer).get(address, {"life": "on"}).content.decode()

    history = page.partition("Lịch sử thay đổi")[2].partition("</ol>")[0]
    assert re.findall(r"<span>([^<]+) <small", history)[0] == words


def test_the_history_of_a_cluster_says_who_was_reminded_in_words():
    ministry = make_unit("Bộ Thử nghiệm")
    cluster = make_cluster(ministry, make_unit("Cục Một", ministry))
    editor = make_user(ministry, UnitRole.Role.STAFF_ADMIN)
    record(editor, "registration.remind", cluster, details={})

    address = reverse("organisations:cluster", args=[cluster.pk])
    page = signed_in(Client(), editor).get(address).content.decode()

    assert ("Nhắc đăng ký thi đua" in page, "registration.remind" in page) == (True, False)

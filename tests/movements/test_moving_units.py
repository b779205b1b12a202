"""The preview of a move or of a unit that gives off parts names what still runs in it."""

import pytest
from django.test import Client
from django.urls import reverse

from factories import make_account, make_administrator, make_unit, signed_in
from movements.plans import launch, make_movement

pytestmark = pytest.mark.django_db
DECISION = {"on": "2/3/2026", "decision": "1/QĐ-B", "decided_on": "1/3/2026"}


def test_running_movements_are_named_before_a_unit_moves_or_gives_off_parts():
    top = make_unit("Bộ Thử nghiệm")
    unit, other = make_unit("Cục Một", top), make_unit("Tổng cục Hai", top)
    movement = make_movement(top)
    launch(movement, [unit], by=make_account())
    client = signed_in(Client(), make_administrator())

    def preview(kind, **given):
        address = reverse("organisations:reorganise_form", args=[unit.pk, kind])
        return client.post(address, DECISION | given).content.decode()

    moved = preview("chuyen", parent=other.name)
    parted = preview("chia-tach", stays="on", part_1="Cục Ba")

    link = f'<a href="{reverse("movements:detail", args=[movement.pk])}">{movement.name}</a>'
    assert "1 phong trào đang chạy có đơn vị này" in moved
    assert link in moved
    assert "cấp trên mới theo dõi được từ ngày chuyển" in moved
    assert link in parted
    assert "đưa thêm đơn vị mới" in parted

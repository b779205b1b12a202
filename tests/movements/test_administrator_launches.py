"""The administrator acts everywhere, and so is offered every unit to launch for."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from factories import make_account, make_administrator, make_unit, signed_in
from thidua.movements.models import Movement

pytestmark = pytest.mark.django_db


PLAN = """SỞ NỘI VỤ TỈNH MẪU
Số: 12/KH-SNV
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Mẫu, ngày 20 tháng 01 năm 2026

KẾ HOẠCH
Phát động phong trào thi đua năm 2026

I. NỘI DUNG THI ĐUA
1. Hoàn thành 100% nhiệm vụ được giao.
"""


def test_the_administrator_of_a_fresh_installation_brings_the_first_plan_in(client):
    top = make_unit("Sở Nội vụ tỉnh Mẫu")
    signed_in(client, make_administrator())

    page = client.get(reverse("movements:intake")).content.decode()
    file = SimpleUploadedFile("ke-hoach.txt", PLAN.encode())
    answer = client.post(reverse("movements:intake"), {"file": file, "organiser": ""})

    movement = Movement.objects.get()
    assert 'value="Sở Nội vụ tỉnh Mẫu"' in page
    assert (answer.status_code, movement.organiser) == (302, top)
    assert client.get(reverse("movements:check", args=[movement.pk])).status_code == 200


def test_who_may_launch_for_nothing_is_offered_nothing_and_told_what_it_takes(client):
    make_unit("Sở Nội vụ tỉnh Mẫu")
    signed_in(client, make_account())

    listed = client.get(reverse("movements:list")).content.decode()
    refused = client.get(reverse("movements:intake"))

    assert reverse("movements:intake") not in listed
    assert refused.status_code == 403
    assert "Cần vai trò chuyên viên hoặc thủ trưởng" in refused.content.decode()

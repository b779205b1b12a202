"""The words a unit's own plan begins with: the period of its title, the whole of its duties."""

import pytest

from movements.plans import launch, make_movement
from thidua.movements.models import Participation
from thidua.movements.selectors.items import living
from thidua.movements.services import answering

pytestmark = pytest.mark.django_db

DUTY = "Tham mưu Ủy ban nhân dân cấp tỉnh chỉ đạo số hóa sổ hộ tịch; ban hành kế hoạch trước ngày 20/12/2026"
SPAN = {"from": "2026-12-01", "to": "2027-10-31"}


@pytest.fixture
def begun(ministry, department, officer):
    def begin(*items, title="", theme="Số hóa"):
        given = [("themes", {"text": theme}), ("period", SPAN), ("title", {"value": title}), *items]
        movement = make_movement(ministry, items=given, by=officer)
        launch(movement, [department], by=officer)
        part = Participation.objects.get(movement=movement, unit=department)
        return answering.start_own_plan(part.pk, [], by=officer)

    return begin


def first(own, field):
    return living(own.plan).filter(field=field).order_by("order").first().value


def duties(own):
    return [text for row in living(own.plan).filter(field="responsibilities") for text in row.value["duties"]]


@pytest.mark.parametrize(
    ("title", "span"),
    [
        ("Phát động phong trào thi đua “Số hóa” giai đoạn 2026 - 2027", "giai đoạn 2026 – 2027"),
        ("Phát động phong trào thi đua “Số hóa” giai đoạn 2026-2030", "giai đoạn 2026 – 2030"),
        ("Phát động phong trào thi đua “Số hóa”", "giai đoạn 2026 – 2027"),
        ("Phát động phong trào thi đua “Số hóa” năm 2026", "năm 2026"),
    ],
)
def test_the_title_takes_the_period_of_the_plan_above(begun, title, span):
    assert first(begun(title=title), "title") == {"value": f"Thực hiện phong trào thi đua “Số hóa” {span}"}


def test_a_theme_that_names_its_period_is_not_followed_by_another(begun):
    own = begun(
        title="Phát động thi đua “Số hóa giai đoạn 2026 - 2027”", theme="Số hóa giai đoạn 2026 - 2027"
    )

    assert first(own, "title")["value"].count("2026") == 1


def test_a_duty_of_two_halves_keeps_the_one_that_is_not_this_very_plan(begun):
    own = begun(("responsibilities", {"body": "Các đơn vị", "duties": [DUTY]}))

    kept = "Tham mưu Ủy ban nhân dân cấp tỉnh chỉ đạo số hóa sổ hộ tịch."
    assert [text for text in duties(own) if "hộ tịch" in text] == [kept]
    assert [text for text in duties(own) if "20/12" in text] == []


@pytest.mark.parametrize(
    ("duty", "kept"),
    [
        ("Xây dựng kế hoạch; gửi về Bộ Tư pháp trước ngày 20/12/2026", []),
        ("Xây dựng kế hoạch; gửi số liệu hằng tháng", ["Gửi số liệu hằng tháng."]),
        ("Xây dựng kế hoạch. Gửi số liệu hằng quý", ["Gửi số liệu hằng quý."]),
        ("Gửi số liệu ngày 5; gửi về Văn phòng", ["Gửi số liệu ngày 5; gửi về Văn phòng."]),
    ],
)
def test_what_follows_this_very_plan_is_kept_where_it_is_work_of_its_own(begun, duty, kept):
    own = begun(("responsibilities", {"body": "Các đơn vị", "duties": [duty]}))

    assert [text for text in duties(own) if text.startswith(("Gửi", "Xây"))] == kept

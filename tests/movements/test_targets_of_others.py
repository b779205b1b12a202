"""Targets that name who carries them out, row by row, and the criteria of the plan above, as a unit takes them up."""

import re

import pytest

from factories import make_user
from movements.plans import launch, make_movement
from movements.stage import opened, text_of
from thidua.core.plans.reader import read
from thidua.core.plans.source import Source
from thidua.movements.models import Participation
from thidua.movements.selectors.checking import line_of
from thidua.movements.selectors.items import living
from thidua.movements.services import answering, intake
from thidua.organisations.models import UnitRole

pytestmark = pytest.mark.django_db

PLAN = """BỘ TƯ PHÁP
Số: 4125/KH-BTP
Hà Nội, ngày 16 tháng 11 năm 2026

KẾ HOẠCH
Phát động phong trào thi đua năm 2027

I. NỘI DUNG THI ĐUA
1. Hoàn thành nhiệm vụ được giao.

II. CHỈ TIÊU
| TT | Chỉ tiêu | Đơn vị tính | Mức giao | Đơn vị thực hiện |
| 1 | Tỷ lệ vụ việc trợ giúp pháp lý thành công | % | 35 | Sở Tư pháp các tỉnh, thành phố |
| 2 | Số cuộc kiểm tra văn bản theo chuyên đề | cuộc | 12 | Cục Kiểm tra văn bản |
| 3 | Tỷ lệ đăng ký thi đua | % | 100 | Các đơn vị |
"""
TARGETS = (
    ("Tỷ lệ trợ giúp thành công", "Sở Tư pháp các tỉnh, thành phố"),
    ("Số cuộc kiểm tra văn bản", "Cục Kiểm tra văn bản"),
    ("Tỷ lệ đăng ký", "Các đơn vị"),
    ("Tỷ lệ hồ sơ trực tuyến", ""),
)
CRITERION = {"applies_to": "both", "text": "Có ít nhất 01 sáng kiến được công nhận"}


def items():
    yield "themes", {"text": "Kỷ cương"}
    yield "contents", {"number": "1", "text": "Hoàn thành nhiệm vụ"}
    for text, who in TARGETS:
        yield "targets", {"text": text, "op": "=", "value": 100, "unit": "%"} | ({"who": who} if who else {})
    yield "criteria", CRITERION


@pytest.fixture
def chief(department):
    return make_user(department, UnitRole.Role.HEAD, full_name="Hoàng Văn Lâm")


@pytest.fixture
def part(ministry, departments, department, officer):
    parent = launch(make_movement(ministry, items=items(), by=officer), departments, by=officer)
    return Participation.objects.get(movement=parent, unit=department)


def of_field(movement, field):
    return list(living(movement.plan).filter(field=field).order_by("order"))


def test_a_plan_read_keeps_who_carries_out_each_row(ministry, officer):
    source = Source.from_text(PLAN)

    movement = intake.make_movement(source, read(source), organiser=ministry, by=officer)

    targets = of_field(movement, "targets")
    assert [one.value.get("who") for one in targets] == [
        "Sở Tư pháp các tỉnh, thành phố",
        "Cục Kiểm tra văn bản",
        "Các đơn vị",
    ]
    assert line_of(targets[1]).notes == ("12 cuộc", "Cục Kiểm tra văn bản")


def test_what_is_measured_of_the_reading_stays_as_it_was():
    targets = read(Source.from_text(PLAN)).lists["targets"]

    assert [name for one in targets for name in one.to_json() if name == "who"] == []


def test_the_targets_of_other_bodies_are_not_ticked_at_first(part, chief):
    page = text_of(opened(chief, "answer", part.pk))

    targets = of_field(part.movement, "targets")
    ticked = [
        one.value["text"] for one in targets if re.search(rf'value="{one.pk}" checked', page) is not None
    ]
    assert ticked == ["Tỷ lệ trợ giúp thành công", "Tỷ lệ đăng ký", "Tỷ lệ hồ sơ trực tuyến"]
    assert page.count("· Cục Kiểm tra văn bản") == 1


def test_a_target_taken_up_is_the_units_own(part, chief):
    chosen = [one.pk for one in of_field(part.movement, "targets")]

    own = answering.start_own_plan(part.pk, chosen, by=chief)

    assert [one.value for one in of_field(own, "targets") if "who" in one.value] == []


def test_the_criteria_above_are_offered_and_taken_where_chosen(part, chief):
    (criterion,) = of_field(part.movement, "criteria")

    page = text_of(opened(chief, "answer", part.pk))
    own = answering.start_own_plan(part.pk, [criterion.pk], by=chief)

    assert page.count(f'name="item" value="{criterion.pk}"') == 1
    assert [one.value for one in of_field(own, "criteria")] == [CRITERION]

"""Movements for tests: a plan from its items, without a document."""

from thidua.movements.models import Movement, Plan, PlanItem
from thidua.movements.services import launching
from thidua.movements.services.header import copy_header

ITEMS = (
    ("themes", {"text": "Kỷ cương, sáng tạo, về đích sớm"}),
    ("period", {"from": "2026", "to": "2026"}),
    ("contents", {"number": "1", "text": "Hoàn thành nhiệm vụ chuyên môn"}),
    ("contents", {"number": "2", "text": "Đẩy mạnh chuyển đổi số"}),
    ("targets", {"text": "100% đơn vị đăng ký thi đua", "op": "=", "value": 100, "unit": "%"}),
    (
        "deadlines",
        {
            "what": "Ban hành kế hoạch phát động",
            "who": "Các đơn vị",
            "relation": "before",
            "due": "2026-03-15",
        },
    ),
    (
        "deadlines",
        {
            "what": "Gửi báo cáo sơ kết",
            "relation": "after",
            "due_event": "Kết thúc đợt 1",
            "offset": "10 ngày",
        },
    ),
    ("responsibilities", {"body": "Các đơn vị", "duties": ["Xây dựng kế hoạch", "Phối hợp tuyên truyền"]}),
)


def make_movement(organiser, *, items=ITEMS, by=None, text="", **fields):
    """Make a movement that is being prepared, with ``items`` as (field, value), all sure."""
    movement = Movement.objects.create(
        organiser=organiser,
        root_id=organiser.root_id or organiser.pk,
        year=2026,
        name="Phong trào thử",
        made_by=by,
        **fields,
    )
    plan = Plan.objects.create(movement=movement, text=text)
    for order, (field, value) in enumerate(items):
        PlanItem.objects.create(plan=plan, field=field, order=order, value=value)
    copy_header(plan)
    return movement


def launch(movement, units, *, by, at=None):
    """Launch ``movement`` to ``units`` and return it as it stands then."""
    order = launching.begin_launch(movement, [u.pk for u in units], by=by)
    launching.finish_launch(order.pk, at=at)
    movement.refresh_from_db()
    return movement

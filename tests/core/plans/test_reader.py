import json

import pytest

from thidua.core.plans.readable import UnreadableTextError
from thidua.core.plans.reader import read
from thidua.core.plans.source import Source

PLAN = """UBND TỈNH LÂM KHÊ
SỞ MUỐI
Số: 12/KH-SM
Lâm Khê, ngày 05 tháng 01 năm 2024

KẾ HOẠCH
Phát động phong trào thi đua “Muối sạch” năm 2024

Thực hiện Kế hoạch số 3/KH-UBND ngày 02/01/2024 của UBND tỉnh; Sở Muối phát động phong trào thi đua như sau:
I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Nâng cao chất lượng muối.
2. Yêu cầu
- Thiết thực.
II. NỘI DUNG
1. 100% hộ làm muối trải bạt.
III. THỜI GIAN
Từ 01/02/2024 đến 30/11/2024.
IV. TỔ CHỨC THỰC HIỆN
1. Các trạm: lập kế hoạch trước ngày 20/01/2024.

Nơi nhận:
- UBND tỉnh (b/c);
- Lưu: VT.
GIÁM ĐỐC
Lò Văn Thấu
"""


def test_a_plan_is_printed_as_the_contract_says():
    printed = read(Source.from_text(PLAN)).to_json()

    assert {
        key: printed[key] for key in ("is_launch_plan", "doc_type", "number", "issued_on", "place", "years")
    } == {
        "is_launch_plan": True,
        "doc_type": "KE_HOACH",
        "number": "12/KH-SM",
        "issued_on": "2024-01-05",
        "place": "Lâm Khê",
        "years": [2024],
    }
    assert printed["signer"] == {"name": "Lò Văn Thấu", "position": "GIÁM ĐỐC"}
    assert printed["period"] == {"from": "2024-02-01", "to": "2024-11-30"}
    assert printed["quotes"]["number"] == "Số: 12/KH-SM"
    assert printed["themes"] == [
        {
            "confidence": "sure",
            "text": "Muối sạch",
            "quote": "phong trào thi đua “Muối sạch”",
            "start": PLAN.index("phong trào"),
            "end": PLAN.index(" năm 2024\n\nThực"),
        }
    ]
    assert json.dumps(printed, ensure_ascii=False)


def test_every_quote_stands_at_its_place():
    reading = read(Source.from_text(PLAN))
    places = [item.place for items in reading.lists.values() for item in items] + [*reading.places().values()]

    assert places
    assert all(" ".join(PLAN[one.start : one.end].split()) == one.quote for one in places)


@pytest.mark.parametrize(
    ("kind", "title", "launches"),
    [
        ("KẾ HOẠCH", "Phát động phong trào thi đua năm 2024", True),
        ("CHỈ THỊ", "Về phát động phong trào thi đua yêu nước", True),
        ("LỜI PHÁT ĐỘNG", "Thi đua 60 ngày đêm", True),
        ("QUYẾT ĐỊNH", "Ban hành Kế hoạch phát động phong trào thi đua", True),
        ("QUYẾT ĐỊNH", "Về việc tặng Giấy khen trong phong trào thi đua", False),
        ("QUYẾT ĐỊNH", "Sửa đổi Kế hoạch phát động phong trào thi đua", False),
        ("QUYẾT ĐỊNH", "Ban hành Quy chế thi đua, khen thưởng", False),
        ("KẾ HOẠCH", "Kiểm tra công tác thi đua, khen thưởng", False),
        ("BÁO CÁO", "Kết quả phong trào thi đua", False),
        ("HƯỚNG DẪN", "Chấm điểm phong trào thi đua", False),
        ("GIAO ƯỚC THI ĐUA", "Cụm số 4 năm 2024", False),
        ("THÔNG TƯ", "Hướng dẫn phong trào thi đua", False),
    ],
)
def test_what_launches_a_movement_is_told_from_what_only_speaks_of_one(kind, title, launches):
    text = f"SỞ MUỐI\nSố: 1/X-SM\n{kind}\n{title}\n\nI. NỘI DUNG\n1. Làm muối sạch."

    assert read(Source.from_text(text)).is_launch_plan is launches


def test_a_launching_text_without_a_kind_is_told_by_what_it_does():
    reading = read(Source.from_text("Sở Muối phát động phong trào thi đua năm 2024:\nMột là, làm muối sạch."))

    assert (reading.is_launch_plan, reading.doc_type) == (True, "NOI_DUNG_PHAT_DONG")


def test_a_novel_is_read_and_is_no_plan():
    reading = read(
        Source.from_text("It was a bright cold day in April, and the clocks were striking thirteen.\n" * 9)
    )

    assert (reading.is_launch_plan, reading.doc_type, reading.lists) == (False, None, {})


@pytest.mark.parametrize(
    "text", ["", "  \n ", "a b", PLAN.encode().decode("latin-1"), "K? ho?ch ph?t ??ng thi ?ua " * 9]
)
def test_an_empty_or_garbled_text_is_refused_with_what_was_seen(text):
    with pytest.raises(UnreadableTextError) as refused:
        read(Source.from_text(text))

    assert refused.value.is_empty is (len(text.split()) < 3)

from dataclasses import dataclass, field
from uuid import UUID, uuid4

import pytest

from thidua.movements.amending import read_amendments


@dataclass
class Item:
    field: str
    value: dict
    quote: str = ""
    start: int | None = None
    end: int | None = None
    pk: UUID = field(default_factory=uuid4)


REPORT = Item("deadlines", {"what": "Gửi báo cáo sơ kết Đợt I", "relation": "before", "due": "2026-07-05"})
OTHER = Item("deadlines", {"what": "Số hóa sổ hộ tịch", "relation": "before", "due": "2026-11-30"})
TARGET = Item("targets", {"text": "thi hành xong từ 52% về tiền", "op": ">=", "value": 52, "unit": "%"})
CONTENT = Item("contents", {"number": "3", "text": "Tổ chức hội thao toàn Ngành"})
ITEMS = [REPORT, OTHER, TARGET, CONTENT]


def changes(text):
    reading = read_amendments(text, ITEMS)
    return [(p.kind, p.field, p.after) for p in reading.proposals]


@pytest.mark.parametrize(
    "sentence",
    [
        "1. Sửa đổi thời hạn: thay cụm từ “trước ngày 05/7/2026” bằng cụm từ “trước ngày 15/7/2026”.",
        "2. Sửa đổi thời hạn: báo cáo sơ kết gửi trước ngày 15/7/2026 (thay cho ngày 05/7/2026).",
        "a) Điều chỉnh thời hạn gửi báo cáo sơ kết từ ngày 05/7/2026 sang ngày 15/7/2026.",
        "- Gia hạn gửi báo cáo từ ngày 05/7/2026 đến ngày 15/7/2026.",
    ],
)
def test_a_day_that_gives_way_is_found_at_its_deadline(sentence):
    assert changes(sentence) == [("change", "deadlines", REPORT.value | {"due": "2026-07-15"})]


def test_a_figure_gives_way_in_value_and_in_words():
    (found,) = changes("3. Sửa đổi chỉ tiêu: thi hành xong về tiền từ 55% trở lên (thay cho 52%).")

    assert found == (
        "change",
        "targets",
        {"text": "thi hành xong từ 55% về tiền", "op": ">=", "value": 55, "unit": "%"},
    )


def test_words_give_way_where_the_plan_holds_them():
    assert changes("Thay cụm từ “hội thao toàn Ngành” bằng cụm từ “hội diễn toàn Ngành”.") == [
        ("change", "contents", {"number": "3", "text": "Tổ chức hội diễn toàn Ngành"})
    ]


def test_a_quoted_duty_is_added_with_its_bodies_and_its_term():
    found = changes(
        "4. Bổ sung nhiệm vụ sau: “8. Tổ chức tập huấn; chủ trì: Học viện Tư pháp; phối hợp: Văn phòng Bộ; "
        "thời hạn: trước ngày 15/8/2026”."
    )

    assert found == [
        ("add", "responsibilities", {"body": "Học viện Tư pháp", "duties": ["Tổ chức tập huấn"]}),
        ("add", "responsibilities", {"body": "Văn phòng Bộ", "duties": ["Phối hợp: tổ chức tập huấn"]}),
        (
            "add",
            "deadlines",
            {
                "what": "Tổ chức tập huấn",
                "who": "Học viện Tư pháp",
                "relation": "before",
                "due": "2026-08-15",
            },
        ),
    ]


def test_a_quoted_target_is_added_with_its_figure():
    assert changes("5. Bổ sung chỉ tiêu: “100% đơn vị ký giao ước”.") == [
        ("add", "targets", {"text": "100% đơn vị ký giao ước", "op": "=", "value": 100, "unit": "%"})
    ]


def test_what_is_struck_out_is_removed():
    assert changes("6. Bãi bỏ nội dung “Tổ chức hội thao toàn Ngành”.") == [("remove", "contents", None)]


def test_a_sentence_that_fits_nothing_is_handed_back():
    sentence = "7. Sửa đổi thời hạn: thay cụm từ “trước ngày 01/01/2030” bằng cụm từ “trước ngày 02/01/2030”."

    reading = read_amendments(sentence, ITEMS)

    assert (reading.proposals, reading.left) == ((), (sentence,))


@pytest.mark.parametrize(
    "line",
    [
        "Sửa đổi, bổ sung một số nội dung của Kế hoạch số 9937/KH-BTP",
        "Điều 1. Sửa đổi, bổ sung Kế hoạch số 9937/KH-BTP như sau:",
        "Căn cứ Luật Thi đua, khen thưởng số 06/2022/QH15;",
        "Điều 2. Các nội dung khác giữ nguyên hiệu lực.",
    ],
)
def test_titles_and_openings_ask_for_nothing(line):
    reading = read_amendments(line, ITEMS)

    assert (reading.proposals, reading.left) == ((), ())


def test_a_proposal_keeps_its_name_while_plan_and_document_stay():
    sentence = "Thay cụm từ “trước ngày 05/7/2026” bằng cụm từ “trước ngày 15/7/2026”."

    keys = {read_amendments(sentence, ITEMS).proposals[0].key for _ in range(3)}

    assert len(keys) == 1


def test_the_day_of_a_cited_document_is_not_moved():
    basis = Item("legal_basis", {"role": "basis", "type": "KE_HOACH", "number": "1/KH", "date": "2026-07-05"})

    reading = read_amendments("Thay cụm từ “05/7/2026” bằng cụm từ “15/7/2026”.", [basis])

    assert reading.proposals == ()

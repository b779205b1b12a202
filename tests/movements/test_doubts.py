import pytest

from thidua.movements.doubts import doubts_of


def told(field, value):
    return [(str(doubt.text), doubt.must_change) for doubt in doubts_of(field, value)]


@pytest.mark.parametrize("due", ["2025-02-31", "2026-12-32", "2026-13-01"])
def test_a_day_no_calendar_has_must_be_changed(due):
    found = doubts_of("deadlines", {"what": "Gửi đăng ký", "relation": "before", "due": due})

    assert [doubt.must_change for doubt in found] == [True]


def test_the_sentence_names_the_day_as_written():
    assert told("issued_on", {"value": "2026-02-30"}) == [
        ("Lịch không có ngày 30/2/2026. Sửa lại hoặc bỏ mục này.", True)
    ]


def test_an_end_before_the_start_must_be_changed():
    assert told("period", {"from": "2026-07-01", "to": "2026-06-30"}) == [
        ("Ngày kết thúc đứng trước ngày bắt đầu.", True)
    ]


def test_a_number_with_the_symbol_of_another_kind_is_shown_but_may_stay():
    assert told("legal_basis", {"role": "basis", "type": "NGHI_QUYET", "number": "9902/NĐ-CP"}) == [
        ("Ký hiệu là của Nghị định nhưng văn bản gọi là Nghị quyết.", False)
    ]


def test_a_law_has_no_symbol_to_misfit():
    assert told("legal_basis", {"role": "basis", "type": "LUAT", "number": "06/2022/QH15"}) == []


@pytest.mark.parametrize(
    "value", [{"op": ">=", "value": 120, "unit": "%"}, {"op": "range", "value": [95, 90], "unit": "%"}]
)
def test_a_share_beyond_the_whole_and_a_downward_range_are_shown(value):
    assert [doubt.must_change for doubt in doubts_of("targets", {"text": "Tỷ lệ", **value})] == [False]


def test_a_plain_item_raises_no_doubt():
    assert told("targets", {"text": "Tỷ lệ", "op": ">=", "value": 95, "unit": "%"}) == []


@pytest.mark.parametrize(
    ("words", "sentences"),
    [
        ("Kỷ niệm 80 năm Ngày truyền thống Ngành (28/8/1945 - 28/8/2025)", []),
        (
            "Kỷ niệm 75 năm Ngày truyền thống Ngành (28/8/1945 - 28/8/2025)",
            ["Ghi kỷ niệm 75 năm nhưng hai mốc cách nhau 80 năm."],
        ),
        (
            "Kỷ niệm 80 năm Quốc khánh (02/9/1945 - 28/8/2025)",
            ["Ngày kỷ niệm không trùng ngày, tháng của mốc đầu."],
        ),
        ("Kỷ niệm 40 năm (không rõ mốc)", []),
    ],
)
def test_the_figures_of_an_anniversary_must_agree(words, sentences):
    assert [text for text, _must in told("phases", {"name": "Đợt 1", "occasions": [words]})] == sentences

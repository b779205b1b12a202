import pytest

from thidua.movements.doubts import doubts_among, doubts_of


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


def phase(name, start, end):
    return "phases", {"name": name, "from": start, "to": end}


def test_rounds_that_run_into_each_other_are_shown():
    found = doubts_among(
        [phase("Đợt 1", "2026-01-01", "2026-06-30"), phase("Đợt 2", "2026-06-15", "2026-12-31")]
    )

    assert {place: [str(d.text) for d in doubts] for place, doubts in found.items()} == {
        1: ["Thời gian chồng lên “Đợt 1”."]
    }


def test_a_high_point_within_a_round_is_no_overlap():
    assert (
        doubts_among(
            [phase("Đợt 1", "2026-01-01", "2026-06-30"), phase("Cao điểm", "2026-03-01", "2026-03-31")]
        )
        == {}
    )


def test_one_number_with_two_days_is_shown_at_the_second():
    basis = {"role": "cited", "type": "KE_HOACH", "number": "9937/KH-BTP"}

    found = doubts_among(
        [("legal_basis", basis | {"date": "2026-01-20"}), ("legal_basis", basis | {"date": "2026-01-21"})]
    )

    assert list(found) == [1]

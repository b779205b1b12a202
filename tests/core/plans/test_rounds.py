import pytest

from thidua.core.plans.rounds import RoundEnd, number_of, round_end


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("kết thúc Đợt 1", RoundEnd("end", "dot", 1)),
        ("Kết thúc đợt thi đua II", RoundEnd("end", "dot", 2)),
        ("bắt đầu Giai đoạn 2", RoundEnd("start", "giai doan", 2)),
        ("ngày kết thúc đợt thứ nhất", RoundEnd("end", "dot", 1)),
        ("kết thúc phong trào thi đua", RoundEnd("end")),
        ("bắt đầu Phong trào", RoundEnd("start")),
    ],
)
def test_an_event_may_be_an_end_of_a_round_or_of_the_whole(words, expected):
    assert round_end(words) == expected


@pytest.mark.parametrize(
    "words",
    [
        "kết thúc mỗi đợt",
        "kết thúc đợt 1 và đợt 2",
        "kết thúc hội nghị sơ kết",
        "kết thúc phong trào xây dựng nông thôn mới",
        "tổng kết đợt 1",
        "nhận được Kế hoạch này",
    ],
)
def test_other_events_are_no_end_of_a_round(words):
    assert round_end(words) is None


def test_a_round_without_a_figure_has_no_number():
    names = ("Đợt 3", "Đợt thi đua IV", "Giai đoạn hai", "Đợt cuối", "Đợt cao điểm")

    assert [number_of(name) for name in names] == [3, 4, 2, None, None]

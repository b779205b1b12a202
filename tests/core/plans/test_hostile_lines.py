import time

import pytest

from core.plans.writing import plan
from thidua.core.plans.awards import read_award_windows, read_awards
from thidua.core.plans.criteria import read_criteria
from thidua.core.plans.deadlines import read_deadlines
from thidua.core.plans.duties import read_responsibilities
from thidua.core.plans.funding import read_funding
from thidua.core.plans.items import LONGEST_QUOTE
from thidua.core.plans.milestones import read_milestones
from thidua.core.plans.periods import read_period, read_phases
from thidua.core.plans.quotas import read_quotas
from thidua.core.plans.reader import read
from thidua.core.plans.related import read_related_movements
from thidua.core.plans.reports import read_reports
from thidua.core.plans.source import Source
from thidua.core.plans.subjects import read_subjects
from thidua.core.plans.targets import read_targets

READERS = (
    read_phases,
    read_period,
    read_deadlines,
    read_milestones,
    read_targets,
    read_criteria,
    read_awards,
    read_award_windows,
    read_quotas,
    read_subjects,
    read_reports,
    read_related_movements,
    read_funding,
)
LENGTH = 12_000
SECONDS = 8  # of the processor: a quadratic reader needs minutes, these need one or two seconds


@pytest.mark.parametrize(
    "words",
    [
        "100% ",
        "1 ",
        "ngày 1/1 ",
        "20/11 - ",
        "Bằng khen của Chủ tịch ",
        "sơ kết ",
        "từ ngày ",
        "“",
        "(",
        "không quá ",
        "sơ kết sau khi kết thúc ",
        "chào mừng sự kiện của ",
        "đồng chí Lò Văn Tám - 0912 ",
        "với tinh thần “",
    ],
)
def test_a_line_without_end_is_read_in_bounded_time(words):
    line = (words * LENGTH)[:LENGTH]
    sections = ("KHEN THƯỞNG", "KINH PHÍ", "NỘI DUNG", "TỔ CHỨC THỰC HIỆN")
    outline = plan("\n".join(f"{number}. {name}\n- {line}" for number, name in enumerate(sections, 1)))
    began = time.process_time()

    for each in READERS:
        each(outline)

    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("letter", ["a", "1", ".", "-", "(", "“", "| "])
def test_a_word_without_end_is_read_in_bounded_time_and_quoted_in_part(letter):
    body = f"I. NỘI DUNG\n1. Đội Hàng {letter * LENGTH} gửi báo cáo trước ngày 30/6/2024, a,| \u0421."
    source = Source.from_text(f"KẾ HOẠCH\nPhát động phong trào thi đua năm 2024 {letter * LENGTH}\n{body}")
    began = time.process_time()

    reading = read(source).to_json()

    assert time.process_time() - began < SECONDS / 4
    items = [
        one for many in reading.values() if isinstance(many, list) for one in many if isinstance(one, dict)
    ]
    assert all(6 <= len(one["quote"]) <= 3000 for one in items)


def test_a_row_of_bars_with_one_out_of_line_is_read_in_bounded_time():
    began = time.process_time()

    read(Source.from_text("KẾ HOẠCH\nPhát động thi đua\n" + "một | hai " * 60 + ",| ba"))

    assert time.process_time() - began < SECONDS / 4


@pytest.mark.parametrize("words", ["số ", "số: . ", "chuyển ", "ngày 1/1 ", "lưu hồ sơ số "])
def test_a_stamp_without_end_is_read_in_bounded_time(words):
    began = time.process_time()

    read(
        Source.from_text(
            f"SỞ MUỐI\nĐẾN {words * 400}ến\nKẾ HOẠCH\nPhát động thi đua\n\nI. NỘI DUNG\n1. Làm muối."
        )
    )

    assert time.process_time() - began < SECONDS / 4


def test_a_cell_longer_than_any_quote_is_quoted_from_its_beginning():
    cell = "Đội " + "(" * LENGTH
    table = (
        f"| TT | Nội dung | Chủ trì | Thời hạn |\n|---|---|---|---|\n| 1 | Tổng kết | {cell} | 30/6/2024 |"
    )

    (found,) = read_responsibilities(plan(f"I. PHÂN CÔNG\n{table}"))
    assert found.place.quote == cell[:LONGEST_QUOTE]

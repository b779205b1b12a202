import time

import pytest

from core.plans.writing import plan
from thidua.core.plans.awards import read_award_windows, read_awards
from thidua.core.plans.criteria import read_criteria
from thidua.core.plans.deadlines import read_deadlines
from thidua.core.plans.funding import read_funding
from thidua.core.plans.milestones import read_milestones
from thidua.core.plans.periods import read_period, read_phases
from thidua.core.plans.quotas import read_quotas
from thidua.core.plans.related import read_related_movements
from thidua.core.plans.reports import read_reports
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
    ],
)
def test_a_line_without_end_is_read_in_bounded_time(words):
    line = (words * LENGTH)[:LENGTH]
    sections = ("KHEN THƯỞNG", "KINH PHÍ", "NỘI DUNG", "TỔ CHỨC THỰC HIỆN")
    outline = plan("\n".join(f"{number}. {name}\n- {line}" for number, name in enumerate(sections, 1)))
    began = time.process_time()

    for read in READERS:
        read(outline)

    assert time.process_time() - began < SECONDS

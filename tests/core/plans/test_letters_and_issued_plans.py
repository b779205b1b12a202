from thidua.core.plans.contents import read_contents
from thidua.core.plans.header import read_issued_on, read_place
from thidua.core.plans.outline import outline_of
from thidua.core.plans.periods import read_phases
from thidua.core.plans.source import Source
from thidua.core.plans.titles import read_years

LETTER = """LỜI PHÁT ĐỘNG THI ĐUA
Chào mừng ngày hội của Công ty

Tôi phát động đợt thi đua với những việc sau:
Một là, mỗi phân xưởng có một sáng kiến.
Hai là, không để xảy ra mất an toàn.
Phong trào thi đua chia làm hai đợt:
Đợt 1: Từ 01/3/2024 đến 30/6/2024.
Đợt 2: Từ 01/7/2024 đến 31/12/2024.

Lâm Khê, ngày 18 tháng 02 năm 2024
GIÁM ĐỐC
Hà Quang Vịnh
"""
ISSUED = """KẾ HOẠCH
PHÁT ĐỘNG THI ĐUA HƯỚNG TỚI KỶ NIỆM 25 NĂM THÀNH LẬP NGÀNH (06/9/1997 - 06/9/2022)
(Ban hành kèm theo Quyết định số 311/QĐ-BNL ngày 10 tháng 02 năm 2022 của Bộ trưởng)

I. NỘI DUNG
1. Số hóa tài liệu.
"""


def test_a_letter_may_bear_its_place_and_day_at_the_end():
    outline = outline_of(Source.from_text(LETTER))

    assert (read_issued_on(outline).value, read_place(outline).value) == ("2024-02-18", "Lâm Khê")


def test_what_a_letter_counts_in_words_is_its_contents_even_where_it_has_headings():
    outline = outline_of(Source.from_text(LETTER))

    assert [one.number for one in read_contents(outline)] == ["1", "2"]
    assert [one.name for one in read_phases(outline)] == ["Đợt 1", "Đợt 2"]


def test_a_plan_without_a_day_is_for_the_year_of_the_decision_that_issues_it():
    years, _place = read_years(outline_of(Source.from_text(ISSUED)))

    assert years == [2022]

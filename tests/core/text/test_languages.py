"""Telling Vietnamese from other languages."""

import unicodedata

import pytest

from thidua.core.text.folding import fold
from thidua.core.text.languages import is_vietnamese

VIETNAMESE = (
    "Bộ Tư pháp ban hành Kế hoạch phát động phong trào thi đua trong toàn ngành năm 2026 nhằm hoàn thành các nhiệm vụ "
    "được giao. Các đơn vị thuộc Bộ tổ chức thực hiện và báo cáo kết quả trước ngày 30 tháng 11."
)
OTHERS = {
    "English": (
        "The Ministry of Justice issues this plan to launch an emulation campaign in the whole sector. All units shall "
        "carry it out and report to the Ministry before 30 November 2026; units in the provinces do so in May too."
    ),
    "French": (
        "Le ministère de la Justice publie le présent plan et lance une campagne d'émulation. Les unités préparent "
        "leurs plans, mènent l'émulation à bien et adressent leur rapport au ministère avant le 30 novembre de l'année."
    ),
    "Chinese": "司法部 发布 本 计划 各 单位 应 认真 执行 并 于 十一月 三十日 前 报告 结果 " * 3,
    "Russian": "Министерство юстиции издаёт настоящий план и начинает соревнование во всей отрасли. " * 3,
}


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_plan_is_vietnamese_however_its_letters_are_composed(form):
    assert is_vietnamese(unicodedata.normalize(form, VIETNAMESE))


def test_a_plan_without_its_marks_is_vietnamese_still():
    assert is_vietnamese(fold(VIETNAMESE))


@pytest.mark.parametrize("language", OTHERS)
def test_another_language_is_not(language):
    assert not is_vietnamese(OTHERS[language])


@pytest.mark.parametrize("text", ["", "Plan 12", "Kế hoạch"])
def test_too_little_is_given_the_benefit(text):
    assert is_vietnamese(text)


def test_an_english_report_that_names_vietnamese_people_is_english():
    names = "Mr Nguyễn Văn Dũng and Ms Trần Thị Mai spoke."

    assert not is_vietnamese(f"{OTHERS['English']} {OTHERS['English']} {names}")

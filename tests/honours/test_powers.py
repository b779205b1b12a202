from datetime import date

import pytest

from factories import make_award
from thidua.honours.powers import level_of_issuer, powers_on
from thidua.honours.services.entering import doubts_about_powers

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("issuer", "level"),
    [
        ("Chủ tịch nước", "state"),
        ("Thủ tướng Chính phủ", "state"),
        ("Bộ trưởng Bộ Tư pháp", "ministry"),
        ("Chủ tịch Ủy ban nhân dân tỉnh Lào Cai", "province"),
        ("Chánh án Tòa án nhân dân tối cao", "ministry"),
        ("UBND tỉnh Lào Cai", "province"),
        ("Giám đốc Sở Tư pháp tỉnh Lào Cai", "unit"),
        ("Cục trưởng Cục Trợ giúp pháp lý", "unit"),
        ("Chủ tịch UBND phường Ba Đình", "commune"),
        ("Hội đồng nghiệm thu", None),
    ],
)
def test_the_name_of_a_body_tells_its_level(issuer, level):
    assert level_of_issuer(issuer) == level


def test_powers_follow_the_law_of_the_day():
    before, after = powers_on("CSTDCS", date(2025, 6, 30)), powers_on("CSTDCS", date(2025, 7, 1))

    assert ("commune" in before.levels, "commune" in after.levels) == (False, True)
    assert str(after.source) == "129/2025/NĐ-CP, Điều 59"
    assert powers_on("CSTDCS", date(2000, 1, 1)) is None
    assert powers_on("KHONG_CO", TODAY) is None


@pytest.mark.parametrize(
    ("award", "issuer", "level", "doubted"),
    [
        ("HCLD3", "Bộ trưởng Bộ Tư pháp", "", True),
        ("HCLD3", "Chủ tịch nước", "", False),
        ("BK_BO", "Giám đốc Sở Tư pháp tỉnh Lào Cai", "", True),
        ("CSTDCS", "Giám đốc Sở Tư pháp tỉnh Lào Cai", "", False),
        ("BK_TTG", "Thủ tướng Chính phủ", "", False),
        ("BK_TTG", "Cơ quan không rõ", "", False),
        ("BK_TTG", "Cơ quan không rõ", "ministry", True),
        ("KHONG_CO", "Bộ trưởng Bộ Tư pháp", "", False),
    ],
)
def test_a_decision_beyond_the_powers_of_its_body_is_doubted(award, issuer, level, doubted):
    given = make_award(award, issuer=issuer, level=level)

    assert [one.code for one in doubts_about_powers(given)] == ["beyond_powers"] * doubted

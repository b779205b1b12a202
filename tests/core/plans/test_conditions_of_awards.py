"""What a clause of awards says beside the number given: the size of a unit, who proposes, who is asked."""

import pytest

from core.plans.writing import plan
from thidua.core.plans.awards import read_awards
from thidua.core.plans.contents import read_contents
from thidua.core.plans.quotas import read_quotas


def _quotas(sentence):
    return [(one.text, one.min, one.max) for one in read_quotas(plan(f"I. KHEN THƯỞNG\n1. {sentence}"))]


def _awards(sentence):
    found = read_awards(plan(f"I. KHEN THƯỞNG\n1. {sentence}"))
    return [(one.form, one.authority, one.quantity, one.action) for one in found]


@pytest.mark.parametrize(
    "condition",
    ["có từ 50 công chức trở lên", "có trên 100 người lao động", "có dưới 30 cán bộ, công chức"],
)
def test_the_size_of_a_unit_is_no_quota_and_no_award(condition):
    sentence = f"Bằng khen: đơn vị thuộc Bộ {condition} được đề nghị tối đa 03 cá nhân."

    assert _quotas(sentence) == [("tối đa 03 cá nhân", None, 3)]
    assert [quantity for _, _, quantity, _ in _awards(sentence)] == [3]


def test_each_unit_may_still_have_so_many():
    assert _quotas("Bằng khen: mỗi đơn vị có không quá 02 tập thể.") == [
        ("mỗi đơn vị không quá 02 tập thể", None, 2)
    ]


def test_the_group_that_proposes_is_not_who_gives():
    assert _awards("Cụm suy tôn 01 đơn vị đề nghị tặng Cờ thi đua ngành Tư pháp.") == [
        ("Cờ thi đua", None, 1, "đề nghị tặng")
    ]


def test_who_is_asked_to_commend_behind_a_form_gives_that():
    sentence = (
        "Giám đốc Bệnh viện sẽ tặng Giấy khen cho 10 tập thể và đề nghị Giám đốc Sở Y tế khen thưởng "
        "02 tập thể xuất sắc."
    )

    assert _awards(sentence) == [
        ("Giấy khen", "Giám đốc Bệnh viện", 10, None),
        ("khen thưởng", "Giám đốc Sở Y tế", 2, "đề nghị tặng"),
    ]


def test_a_heading_that_says_contents_again_is_none_of_them():
    body = "B. NỘI DUNG\nI. Nội dung thi đua\n1. Thi đua học tập.\n2. Thi đua làm việc.\nC. KHEN THƯỞNG\n1. Giấy khen."

    assert [one.number for one in read_contents(plan(body))] == ["1", "2"]


def test_a_least_share_of_those_preferred_is_a_quota():
    sentence = (
        "Tặng Bằng khen không quá 20 cá nhân. "
        "Ưu tiên cá nhân không giữ chức vụ lãnh đạo, quản lý (tối thiểu 60%)."
    )

    assert _quotas(sentence) == [("không quá 20 cá nhân", None, 20), ("tối thiểu 60%", 60, None)]

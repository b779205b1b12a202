from core.plans.writing import plan
from thidua.core.plans.bases import read_legal_basis


def bases(outline):
    return [(one.role, one.number, one.date) for one in read_legal_basis(outline)]


def test_documents_above_the_first_heading_are_bases_and_those_below_are_cited():
    outline = plan(
        "Căn cứ Quyết định số 5/QĐ-UBND ngày 02/01/2024 của UBND tỉnh; Kế hoạch số 6/KH-SNV ngày 05/01/2024,\n"
        "Sở Nội vụ phát động:\nI. NỘI DUNG\n1. Thực hiện Chỉ thị số 7-CT/TU về giữ rừng."
    )

    assert bases(outline) == [
        ("basis", "5/QĐ-UBND", "2024-01-02"),
        ("basis", "6/KH-SNV", "2024-01-05"),
        ("cited", "7-CT/TU", None),
    ]


def test_a_document_named_to_say_what_another_is_about_is_no_basis():
    outline = plan("Căn cứ Kế hoạch số 6/KH-SNV về thực hiện Chỉ thị số 7-CT/TU;\nI. NỘI DUNG\n1. Giữ rừng.")

    assert bases(outline) == [("basis", "6/KH-SNV", None), ("cited", "7-CT/TU", None)]


def test_a_document_named_twice_is_one_with_the_day_of_either_naming():
    outline = plan(
        "I. NỘI DUNG\n1. Theo Chỉ thị số 21-CT/TTg.\n"
        "2. Nhất là Chỉ thị 21/CT-TTg ngày 30/8/2019 của Thủ tướng Chính phủ."
    )

    assert bases(outline) == [("cited", "21/CT-TTg", "2019-08-30")]


def test_the_plan_s_own_number_is_no_document_it_cites():
    assert bases(plan("I. NỘI DUNG\n1. Căn cứ Kế hoạch số 41/KH-UBND này, các xã làm theo.")) == []


def test_the_addressees_of_a_letter_do_not_end_its_preamble():
    outline = plan(
        "Kính gửi:\n- Các trạm;\n- Các tổ.\nThực hiện Kế hoạch số 9/KH-SM ngày 01/3/2024, Sở phát động:\n1. Làm muối.",
        kind="",
        title="",
    )

    assert bases(outline) == [("basis", "9/KH-SM", "2024-03-01")]


def test_bases_may_stand_in_bullets_and_be_named_by_their_sign():
    outline = plan(
        "- Căn cứ Kế hoạch số 12/KH-UBND ngày 05/01/2024 của UBND tỉnh;\n- Thực hiện CV số 31/SNV ngày 8/1/2024;\n"
        "I. NỘI DUNG\n1. Thi đua lao động giỏi."
    )

    assert [(one.role, one.type, one.number) for one in read_legal_basis(outline)] == [
        ("basis", "KE_HOACH", "12/KH-UBND"),
        ("basis", "CONG_VAN", "31/SNV"),
    ]


def test_a_law_may_be_named_in_small_letters_and_lose_a_blank():
    outline = plan(
        "Căn cứ Luật thi đua, khen thưởng ngày 26 tháng 11 năm 2003;\n"
        "Căn cứ Luật tổ chức Chính phủngày 25 tháng 12 năm 2001;\nI. NỘI DUNG\n1. Thi đua."
    )

    assert [(one.number, one.date) for one in read_legal_basis(outline)] == [
        ("15/2003/QH11", "2003-11-26"),
        (None, "2001-12-25"),
    ]


def test_what_is_asked_for_in_a_submission_is_a_basis_of_its_own():
    outline = plan(
        "Căn cứ Kế hoạch số 6/KH-UBND ngày 02/01/2024 của UBND tỉnh về thực hiện Chỉ thị số 7-CT/TU của Tỉnh ủy và\n"
        "theo đề nghị của Sở Nội vụ tại Tờ trình số 412/TTr-SNV ngày 27/02/2024, UBND tỉnh phát động:\n"
        "I. NỘI DUNG\n1. Giữ rừng."
    )

    assert [one.issuer for one in read_legal_basis(outline)] == ["UBND tỉnh", "Tỉnh ủy", None]
    assert bases(outline) == [
        ("basis", "6/KH-UBND", "2024-01-02"),
        ("cited", "7-CT/TU", None),
        ("basis", "412/TTr-SNV", "2024-02-27"),
    ]


def test_a_further_basis_may_be_joined_by_its_own_word():
    outline = plan(
        "Thực hiện Kế hoạch số 6/KH-UBND về thi đua và căn cứ Chỉ thị số 7-CT/TU, xét Tờ trình số 8/TTr-SNV,\n"
        "UBND phát động:\nI. NỘI DUNG\n1. Giữ rừng."
    )

    assert [role for role, _, _ in bases(outline)] == ["basis", "basis", "basis"]

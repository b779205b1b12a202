from datetime import date
from io import BytesIO

import pytest
from django.utils import translation
from docx import Document as Word

from movements.plans import make_movement
from thidua.core.drafting.document import SignMode
from thidua.core.drafting.flow import Headed, flow
from thidua.documents.docx_writer import docx_file
from thidua.documents.pdf_writer import pdf
from thidua.movements.models import PlanItem
from thidua.movements.papers import basis_line, paper_of
from thidua.movements.preview import preview_of

pytestmark = pytest.mark.django_db
ITEMS = [
    ("themes", {"text": "Về đích sớm"}),
    ("title", {"value": "Thực hiện phong trào thi đua “Về đích sớm” năm 2026"}),
    ("number", {"value": "05/KH-STP"}),
    ("issued_on", {"value": "2026-02-05"}),
    ("signer", {"name": "Lương Đức Toàn", "position": "Phó Giám đốc", "mode": "KT", "superior": "Giám đốc"}),
    ("contents", {"number": "1", "text": "Chuyển đổi số"}),
    ("contents", {"number": "1.1", "text": "Số hóa hộ tịch"}),
    ("contents", {"number": "2", "text": "Đổi mới"}),
    ("targets", {"text": "Hồ sơ đúng hạn", "op": ">=", "value": 1250.5, "unit": "hồ sơ"}),
    ("deadlines", {"what": "Gửi báo cáo", "who": "Các phòng", "relation": "before", "due": "2026-06-30"}),
    (
        "deadlines",
        {"what": "Tổng kết", "relation": "after", "due_event": "hội nghị Cụm", "offset": "10 ngày"},
    ),
    ("recipients", {"who": "Bộ Tư pháp", "purpose": "để báo cáo"}),
]


@pytest.fixture
def paper(department):
    return paper_of(make_movement(department, items=ITEMS).plan)


def headings(paper):
    return [(piece.marker, piece.title) for piece in flow(paper.parts) if isinstance(piece, Headed)]


def test_a_paper_bears_number_day_and_who_signs_for_whom(paper):
    assert (paper.header.number, paper.header.symbol, paper.header.issued_on) == (5, "STP", date(2026, 2, 5))
    assert (paper.header.parent, paper.header.place) == ("Ủy ban nhân dân tỉnh Lào Cai", "Lào Cai")
    signature = paper.signature
    assert (signature.mode, signature.superior, signature.post) == (SignMode.KT, "Giám đốc", "Phó Giám đốc")


def test_contents_stand_as_the_tree_their_numbers_say(paper):
    assert headings(paper)[:4] == [
        ("I.", "NỘI DUNG THI ĐUA"),
        ("1.", "Chuyển đổi số"),
        ("1.1.", "Số hóa hộ tịch"),
        ("2.", "Đổi mới"),
    ]


def test_a_draft_leaves_room_for_number_and_day(department):
    draft = paper_of(make_movement(department, items=ITEMS[:1]).plan)

    assert (draft.header.number, draft.header.issued_on, draft.header.symbol) == (None, None, "STP")


def test_a_signer_for_nobody_named_signs_for_himself(department):
    items = [("signer", {"name": "Lương Đức Toàn", "position": "Phó Giám đốc", "mode": "KT"})]

    paper = paper_of(make_movement(department, items=items).plan)

    assert paper.signature.mode == SignMode.HEAD


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (
            {
                "type": "LUAT",
                "number": "06/2022/QH15",
                "date": "2022-06-15",
                "issuer": "Quốc hội",
                "about": "Thi đua, khen thưởng",
            },
            "Căn cứ Luật Thi đua, khen thưởng số 06/2022/QH15 ngày 15 tháng 6 năm 2022",
        ),
        (
            {
                "type": "KE_HOACH",
                "number": "9937/KH-BTP",
                "date": "2026-01-20",
                "issuer": "Bộ Tư pháp",
                "about": "Phát động thi đua",
            },
            "Thực hiện Kế hoạch số 9937/KH-BTP ngày 20 tháng 01 năm 2026 của Bộ Tư pháp về việc phát động thi đua",
        ),
        ({"type": "NGHI_DINH", "number": "1/NĐ-CP", "date": "2025"}, "Căn cứ Nghị định số 1/NĐ-CP năm 2025"),
    ],
)
def test_a_basis_is_cited_as_papers_cite_it(value, line):
    assert basis_line({"role": "basis", **value}) == line


CITING = (
    "Thực hiện Kế hoạch số 1/KH-BTP của Bộ; Quyết định số 2/QĐ-BTP của Bộ trưởng;\n"
    "hưởng ứng Kế hoạch số 3/KH-BTP;\n"
    "Xét đề nghị của Vụ trưởng Vụ Tổ chức cán bộ tại Tờ trình số 4/TTr-TCCB,\n"
    "Nghị quyết số 5/NQ-CP."
)


def test_an_extract_leads_to_each_basis_in_the_words_of_its_document(department):
    kinds = {"1/KH-BTP": "KE_HOACH", "2/QĐ-BTP": "QUYET_DINH", "3/KH-BTP": "KE_HOACH"}
    kinds |= {"4/TTr-TCCB": "TO_TRINH", "5/NQ-CP": "NGHI_QUYET"}
    plan = make_movement(department, items=[], text=CITING).plan
    for order, (number, kind) in enumerate(kinds.items()):
        start = CITING.index(
            {"KE": "Kế", "QU": "Quyết", "TO": "Tờ", "NG": "Nghị"}[kind[:2]], CITING.index(number) - 20
        )
        value = {"role": "basis", "type": kind, "number": number}
        PlanItem.objects.create(plan=plan, field="legal_basis", order=order, value=value, start=start)

    assert paper_of(plan).bases == (
        "Thực hiện Kế hoạch số 1/KH-BTP",
        "Thực hiện Quyết định số 2/QĐ-BTP",
        "Hưởng ứng Kế hoạch số 3/KH-BTP",
        "Xét đề nghị của Vụ trưởng Vụ Tổ chức cán bộ tại Tờ trình số 4/TTr-TCCB",
        "Căn cứ Nghị quyết số 5/NQ-CP",
    )


def test_a_paper_is_vietnamese_whatever_the_page(department):
    plan = make_movement(
        department, items=[*ITEMS, ("legal_basis", {"role": "basis", "type": "KE_HOACH", "number": "1/KH"})]
    ).plan

    with translation.override("en"):
        bases, target = paper_of(plan).bases, paper_of(plan).parts[1].blocks[0].rows[0]

    assert bases == ("Thực hiện Kế hoạch số 1/KH",)
    assert target == ("01", "Hồ sơ đúng hạn", "≥ 1.250,5", "hồ sơ")


def test_the_page_shows_what_the_paper_says(paper):
    preview = preview_of(paper)

    assert (preview.number, preview.place) == ("05/KH-STP", "Lào Cai, ngày 05 tháng 02 năm 2026")
    assert preview.signature == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert preview.recipients == ("- Bộ Tư pháp (để báo cáo);", "- Lưu: VT.")
    assert [line.look for line in preview.lines].count("table") == 2


def test_the_paper_is_written_as_word_and_as_pdf(paper):
    words = [p.text for p in Word(BytesIO(docx_file(paper))).paragraphs]

    assert "KẾ HOẠCH" in words
    assert pdf(paper).startswith(b"%PDF-")


def test_what_was_read_from_a_document_is_printed_as_an_extract_alone(department):
    paper = paper_of(make_movement(department, items=ITEMS, text="KẾ HOẠCH").plan)

    words = [p.text for p in Word(BytesIO(docx_file(paper))).paragraphs]
    tables = [c.text for t in Word(BytesIO(docx_file(paper))).tables for r in t.rows for c in r.cells]
    assert "BẢN TRÍCH KẾ HOẠCH" in words
    source = f"Kế hoạch số 05/KH-STP ngày 05 tháng 02 năm 2026 của {department.name}"
    assert f"Trích từ {source}; bản gốc mới có giá trị." in words
    assert [text for text in tables if "Số:" in text or "Nơi nhận" in text or "Toàn" in text] == []
    assert pdf(paper).startswith(b"%PDF")


def test_a_plan_drawn_up_here_is_no_extract(paper):
    assert (paper.extract_of, preview_of(paper).heading) == ("", "KẾ HOẠCH")


def test_where_it_is_filed_stands_once_and_a_purpose_is_said_once(department):
    items = [
        ("recipients", {"who": "Bộ trưởng (để b/c)", "purpose": "báo cáo"}),
        ("recipients", {"who": "Lưu: VT, TCCB."}),
    ]

    paper = paper_of(make_movement(department, items=items).plan)

    assert preview_of(paper).recipients == ("- Bộ trưởng (để b/c);", "- Lưu: VT, TCCB.")


def test_two_posts_read_as_one_stand_on_two_lines(department):
    plan = make_movement(department, items=ITEMS).plan
    plan.signer_position, plan.signer_mode = "KT. BỘ TRƯỞNG; THỨ TRƯỞNG", ""

    assert preview_of(paper_of(plan)).signature == ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG")


def test_an_extract_says_what_stands_under_a_content(department):
    text = "1. Chuyển đổi số\nSố hóa 100% sổ hộ tịch.\n2. Đổi mới"
    plan = make_movement(department, items=[], text=text).plan
    plan.blocks = [
        [0, 16, "paragraph", True, False, None, None],
        [17, 40, "paragraph", False, False, None, None],
    ]
    value = {"number": "1", "text": "Chuyển đổi số"}
    PlanItem.objects.create(plan=plan, field="contents", value=value, start=3, end=16)

    (content,) = paper_of(plan).parts[0].parts

    assert (content.title, [block.text for block in content.blocks]) == (
        "Chuyển đổi số",
        ["Số hóa 100% sổ hộ tịch."],
    )


def test_quotas_of_one_award_and_kind_of_unit_stand_in_one_line(department):
    quota = {"for": ["collective"], "award": "Bằng khen", "per": "Sở Tư pháp"}
    items = [
        ("quotas", quota | {"text": "mỗi Sở Tư pháp không quá 01 tập thể", "max": 1}),
        ("quotas", quota | {"text": "mỗi Sở Tư pháp 03 cá nhân", "max": 3}),
    ]

    block = paper_of(make_movement(department, items=items).plan).parts[0].blocks[-1]

    assert block.items == ("Bằng khen: mỗi Sở Tư pháp không quá 01 tập thể; 03 cá nhân.",)


def test_what_was_read_from_the_middle_of_a_sentence_begins_with_a_capital(department):
    items = [
        ("criteria", {"applies_to": "both", "text": "nội bộ đoàn kết"}),
        ("criteria", {"applies_to": "both", "text": "không có người bị kỷ luật"}),
    ]

    (part,) = paper_of(make_movement(department, items=items).plan).parts

    assert part.blocks[0].items == ("Nội bộ đoàn kết", "Không có người bị kỷ luật")

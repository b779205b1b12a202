"""Uploaded law files: told apart, read strictly, checked with the whole law, and nothing of the law itself moves."""

import io
import zipfile
from datetime import date

import pytest

from thidua.core.eligibility.explain import check
from thidua.core.eligibility.reading import read_case
from thidua.core.law.checks import verify
from thidua.core.law.comparing import figure_changes
from thidua.core.law.drafts import MOST_BYTES, MOST_FILES, by_name, draft_from, own_rules_from
from thidua.core.law.law import SHIPPED, shipped_law
from thidua.core.law.yamltext import FileProblemsError

TODAY = date(2026, 11, 22)
BEFORE, AFTER = date(2026, 11, 30), date(2026, 12, 1)
CIRCULAR = """\
authority: VN
label: {vi: Dự thảo thông tư, en: Draft circular}
text: 99/2026/TT-BNV
in_force: 2026-12-01
figures:
  new_hire_months: {value: 3, place: Điều 2, rule: X.NEW}
conditions:
  - {for: LDTT, is: rating, at_least: EXCELLENT, place: Điều 3, rule: X.RATING}
"""
FIGURE = (SHIPPED / "figures" / "new_hire_months.yaml").read_text(encoding="utf-8")
LDTT = (SHIPPED / "awards" / "LDTT.yaml").read_text(encoding="utf-8")
CASE = """\
on: {day}
award: LDTT
year: 2026
subject: {{kind: individual, staff_kind: civil_servant, hired_on: 2015-01-01, ratings: {{2026: GOOD}}, discipline: [],
  pending: [], leave: [], honours: [], transfers: [], attested: {{follows_rules: true, exceeded_targets: true}}}}
"""


def drafted(**files):
    given = {name.replace("__yaml", ".yaml"): text.encode() for name, text in files.items()}
    return draft_from(given, shipped_law(), today=TODAY)


def refused(given):
    with pytest.raises(FileProblemsError) as caught:
        draft_from(given, shipped_law(), today=TODAY)
    return [str(problem) for problem in caught.value.problems]


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__yaml", ".yaml"), text)
    return out.getvalue()


def failed(law, day, authority=None):
    text = CASE.format(day=day) + (f"authority: {authority}\n" if authority else "")
    return [f.rule.id for pack in check(read_case(text, "x"), law).packs for f in pack.findings if not f.met]


def test_a_circular_moves_a_national_figure_from_its_day_even_if_it_loosens():
    law = drafted(c__yaml=CIRCULAR).over(shipped_law())

    assert [law.figure("new_hire_months").on(day).number for day in (BEFORE, AFTER)] == [6, 3]
    assert law.figure("new_hire_months", "BTP").on(AFTER).rule.id == "X.NEW"
    assert shipped_law().figure("new_hire_months").on(AFTER).number == 6


def test_a_condition_of_a_circular_binds_everybody_from_its_day():
    law = drafted(c__yaml=CIRCULAR).over(shipped_law())

    answers = [
        failed(law, BEFORE),
        failed(law, AFTER),
        failed(law, AFTER, "BTP"),
        failed(shipped_law(), AFTER),
    ]
    assert ["X.RATING" in found for found in answers] == [False, True, True, False]


def test_a_changed_file_stands_in_for_the_shipped_one():
    text = FIGURE.replace("2025-08-05: {value: 6,", "2025-08-05: {value: 9,")

    law = drafted(new_hire_months__yaml=text).over(shipped_law())

    assert law.figure("new_hire_months").on(TODAY).number == 9


def test_an_archive_is_opened_and_what_archivers_add_is_passed_over():
    archive = zipped(
        **{"goi/c__yaml": CIRCULAR, "__MACOSX/._c.yaml": "x", "goi/new_hire_months__yaml": FIGURE}
    )

    draft = draft_from({"goi.zip": archive}, shipped_law(), today=TODAY)

    assert (set(draft.files), set(draft.overlays)) == ({"figures/new_hire_months.yaml"}, {"goi/c.yaml"})


def test_two_files_of_one_name_are_a_fault_wherever_they_stand():
    twice = "có hai tệp cùng tên này. Bỏ một tệp, hoặc đổi tên rồi tải lại."

    in_archives = refused({"a.zip": zipped(c__yaml=CIRCULAR), "b.zip": zipped(c__yaml=CIRCULAR)})
    with pytest.raises(FileProblemsError) as caught:
        by_name([("c.yaml", b"a"), ("d.yaml", b"b"), ("c.yaml", b"c")])

    assert in_archives == [f"c.yaml, dòng 1: {twice}"]
    assert list(map(str, caught.value.problems)) == [f"c.yaml, dòng 1: {twice}"]


def test_an_authority_left_looser_than_the_draft_gives_way_and_is_named():
    text = CIRCULAR.replace("new_hire_months: {value: 3", "vote_share_cstdb: {value: 0.99")

    draft = drafted(c__yaml=text)

    law = draft.over(shipped_law())
    named = {problem.file for problem in draft.consequences}
    assert "overlays/BNV/20-2025-TT-BNV.yaml" in named
    assert law.figure("vote_share_cstdb", "BNV").on(AFTER).rule.id == "X.NEW"


TIGHTER = FIGURE + (
    '  2026-11-01: {value: 9, source: {text: "9/2026/TT-BNV", place: Điều 2}, confidence: read, rule: X.NINE}\n'
)
LATER = date(2026, 11, 1)


def test_a_tighter_national_figure_takes_the_place_of_an_authoritys_from_its_day():
    law = shipped_law().with_drafts(files={"figures/new_hire_months.yaml": TIGHTER})

    figure = law.figure("new_hire_months", "BNV")

    assert [figure.on(day).number for day in (date(2026, 10, 31), LATER)] == [6, 9]
    assert figure.on(LATER).rule.id == "X.NINE"


def test_an_authoritys_value_holds_again_where_the_national_one_is_loosened_again():
    text = (
        TIGHTER
        + '  2026-12-01: {value: 3, source: {text: "10/2026/TT-BNV", place: Điều 2}, confidence: read}\n'
    )
    law = shipped_law().with_drafts(files={"figures/new_hire_months.yaml": text})

    assert law.figure("new_hire_months", "BNV").on(date(2026, 12, 1)).rule.id == "BNV.LDTT.newhire"


def test_verifying_the_law_tells_what_gives_way_and_finds_no_fault():
    report = verify(shipped_law().with_drafts(files={"figures/new_hire_months.yaml": TIGHTER}), today=TODAY)

    assert report.problems == ()
    assert len(report.giving_way) == 5
    assert str(report.giving_way[-1]) == (
        "overlays/BVHTTDL/20-2025-TT-BVHTTDL.yaml, dòng 13: “new_hire_months” nhường quy định chung (9 tháng) "
        "từ 01/11/2026. Không phải sửa văn bản này."
    )


def test_a_draft_tells_what_gives_way_in_the_same_words():
    drafted_law = drafted(new_hire_months__yaml=TIGHTER)
    report = verify(shipped_law().with_drafts(files={"figures/new_hire_months.yaml": TIGHTER}), today=TODAY)

    assert drafted_law.consequences == report.giving_way


def test_changes_of_figures_are_told_with_day_and_both_values():
    law = drafted(c__yaml=CIRCULAR).over(shipped_law())

    found = [
        (change.name, change.since, change.before.number, change.after.number)
        for change in figure_changes(shipped_law(), law, "BTP")
    ]

    assert found == [("new_hire_months", AFTER, 6, 3)]


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        (
            "c.yaml",
            "on: x\n" + CIRCULAR,
            "c.yaml, dòng 1: khóa trần “on” bị YAML hiểu là đúng/sai. Đổi tên hoặc đặt trong dấu nháy.",
        ),
        (
            "c.yaml",
            CIRCULAR.replace(", place: Điều 2", ""),
            "c.yaml, dòng 6: thiếu mục “figures.new_hire_months.place”. Thêm mục này.",
        ),
        (
            "c.yaml",
            CIRCULAR.replace("value: 3", "value: nửa"),
            "c.yaml, dòng 6: “new_hire_months”: giá trị không hợp với đơn vị “months”.",
        ),
        (
            "new_hire_months.yaml",
            FIGURE.replace("unit: months", "unit: weeks"),
            "new_hire_months.yaml, dòng 3: không có đơn vị “weeks”.",
        ),
        (
            "new_hire_months.yaml",
            FIGURE.replace("confidence: read}", "confidence: read, until: 2020-01-01}"),
            "có một khoảng trống. Sửa ngày hoặc thêm mục repealed.",
        ),
        (
            "LDTT.yaml",
            LDTT.replace(
                "      - {is: rating, at_least: COMPLETED}\n",
                "      - {is: rating, at_least: COMPLETED}\n      - {is: holds, award: CSTDCS}\n",
            ),
            "các danh hiệu đòi hỏi lẫn nhau: CSTDCS → LDTT → CSTDCS. Bỏ một điều kiện.",
        ),
        (
            "LDTTT.yaml",
            LDTT,
            "LDTTT.yaml, dòng 1: tên tệp “LDTTT” không có trong danh mục. Đặt tên như CSTDCS.yaml.",
        ),
        (
            "New.yaml",
            FIGURE,
            "New.yaml, dòng 1: tên tệp của con số chỉ gồm chữ thường, số và gạch dưới, như vote_share_cstdb.yaml.",
        ),
        ("c.yaml", "a: 1\n", "c.yaml, dòng 1: không rõ đây là loại tệp luật nào."),
        ("c.yaml", "", "c.yaml, dòng 1: tệp trống hoặc không gồm các mục “tên: giá trị”."),
        ("c.docx", "x", "c.docx, dòng 1: không phải tệp .yaml. Lưu quy định ở dạng .yaml rồi tải lại."),
        ("c.zip", "x", "c.zip, dòng 1: tệp .zip hỏng hoặc có mật khẩu. Nén lại không đặt mật khẩu."),
    ],
)
def test_what_cannot_stand_is_named_with_file_line_and_way_out(name, text, sentence):
    found = refused({name: text.encode()})

    assert [sentence in problem for problem in found] == [True]


def test_an_overlap_with_a_text_of_the_same_authority_is_named():
    text = CIRCULAR.replace("99/2026", "98/2026").replace("12-01", "12-15")

    found = refused({"a.yaml": CIRCULAR.encode(), "b.yaml": text.encode()})

    assert "đã do 98/2026/TT-BNV quy định lúc đó: chồng nhau" in found[0] or "đã do 99/2026" in found[0]


def test_the_faults_of_every_file_are_told_at_once():
    found = refused({"a.yaml": b"a: 1", "b.yaml": b"label: \xff", "c.txt": b""})

    assert [problem.split(",")[0] for problem in found] == ["b.yaml", "c.txt", "a.yaml"]


def test_an_archive_that_unpacks_to_much_or_to_many_is_refused():
    big = refused({"big.zip": zipped(a__yaml="x" * (MOST_BYTES + 5))})
    many = refused({"many.zip": zipped(**{f"f{n}__yaml": "x" for n in range(MOST_FILES + 1)})})

    assert [found[0].startswith(name) for found, name in ((big, "big.zip"), (many, "many.zip"))] == [
        True,
        True,
    ]


def test_nothing_handed_in_is_told():
    assert refused({}) == ["?, dòng 1: không có tệp .yaml nào. Chọn tệp luật."]


OWN = """\
authority: BTP
label: {vi: Quy chế, en: Rules}
text: 1/2026/QĐ-BTP
in_force: 2026-11-22
conditions:
  - {for: CSTDCS, is: rating, at_least: GOOD, rule: OWN.CSTDCS, place: Điều 7}
"""


def own_rules_refused(text, name="quy-che.yaml"):
    with pytest.raises(FileProblemsError) as caught:
        own_rules_from(name, text.encode(), shipped_law(), code="BTP", holder="Bộ Tư pháp")
    return [str(problem) for problem in caught.value.problems]


def test_own_rules_that_fit_are_taken():
    assert (
        own_rules_from("a.yaml", OWN.encode(), shipped_law(), code="BTP", holder="Bộ")[1].authority == "BTP"
    )


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            OWN.replace(", place: Điều 7", ""),
            "dòng 6: ghi confidence: read mà không nói ở điều nào. Thêm place: Điều …, hoặc đổi confidence.",
        ),
        (
            OWN.replace("conditions:", "ceases: 2020-01-01\nconditions:"),
            "dòng 5: hết hiệu lực 01/01/2020 không sau ngày có hiệu lực 22/11/2026. Sửa một trong hai ngày.",
        ),
    ],
)
def test_own_rules_are_refused_alike_when_tried_and_when_uploaded(text, fault):
    said = [f"quy-che.yaml, {fault}"]

    assert (own_rules_refused(text), refused({"quy-che.yaml": text.encode()})) == (said, said)


ROUTE = """\
authority: BTP
label: {{vi: Quy chế, en: Rules}}
text: 7/2026/QĐ-BTP
in_force: 2026-12-01
routes:
  - {{for: {award}, slot: {slot}, is: rating, at_least: EXCELLENT, place: Điều 1, rule: X}}
"""


@pytest.mark.parametrize(
    ("award", "slot", "known"),
    [
        ("GIAY_KHEN", "standrd", "standard"),
        ("GIAY_KHEN", "merit", "standard"),
        ("BK_BO", "standard", "contribution, merit"),
    ],
)
def test_a_way_into_a_place_the_award_does_not_leave_open_is_refused(award, slot, known):
    told = refused({"quy-che.yaml": ROUTE.format(award=award, slot=slot).encode()})

    said = f"“{award}” không có slot “{slot}”, nên mục này không có tác dụng. Dùng một trong: {known}."
    assert told == [f"quy-che.yaml, dòng 6: {said}"]


def test_a_way_into_an_award_that_leaves_nothing_open_is_refused():
    told = refused({"quy-che.yaml": ROUTE.format(award="LDTT", slot="standard").encode()})

    said = "“LDTT” không có slot nào để mở thêm cách đạt. Bỏ mục này, hoặc đặt điều kiện ở conditions."
    assert told == [f"quy-che.yaml, dòng 6: {said}"]


def test_own_rules_quoted_elsewhere_need_no_place():
    text = OWN.replace("place: Điều 7", "confidence: quoted").encode()

    assert own_rules_from("a.yaml", text, shipped_law(), code="BTP", holder="Bộ")[1].text == "1/2026/QĐ-BTP"


@pytest.mark.parametrize("text", ["", "# chỉ có ghi chú\n", "- a\n"])
def test_an_empty_file_is_called_empty(text):
    assert own_rules_refused(text) == [
        "quy-che.yaml, dòng 1: tệp trống hoặc không gồm các mục “tên: giá trị”. Tải tệp mẫu về và sửa từ đó."
    ]


def test_own_rules_under_another_ending_are_refused_as_a_draft_is():
    said = ["d.txt, dòng 1: không phải tệp .yaml. Lưu quy định ở dạng .yaml rồi tải lại."]

    assert (own_rules_refused(OWN, "d.txt"), refused({"d.txt": OWN.encode()})) == (said, said)


def test_a_figure_no_rule_reads_is_pointed_out():
    draft = drafted(khac__yaml=FIGURE)

    said = (
        "con số mới “khac” chưa quy định nào dùng đến, nên thử không làm thay đổi gì. "
        "Để thay một con số đang có, đặt tên tệp như con số ấy."
    )
    assert [str(problem) for problem in draft.unused] == [f"khac.yaml, dòng 1: {said}"]


def test_a_figure_that_a_rule_reads_is_not_pointed_out():
    changed = LDTT.replace("months: new_hire_months", "months: khac")

    assert drafted(new_hire_months__yaml=FIGURE).unused == ()
    assert drafted(khac__yaml=FIGURE, LDTT__yaml=changed).unused == ()

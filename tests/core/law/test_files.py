"""Law files that cannot stand are refused with file, line and what to do."""

import shutil
from datetime import date

import pytest

from thidua.core.law.checks import overlay_problems, verify
from thidua.core.law.conditions import leaves
from thidua.core.law.law import SHIPPED, Law, UnknownNameError
from thidua.core.law.reading import read_award, read_figure, read_overlay, read_packs, read_units
from thidua.core.law.yamltext import FileProblemsError

UNITS, _ = read_units((SHIPPED / "units.yaml").read_text(encoding="utf-8"), "units.yaml")

FIGURE = """\
label: {vi: Tỷ lệ, en: Share}
unit: share-of-council
tightens: up
values:
  2017-10-01: {value: 0.90, source: {text: A, place: Điều 1}, confidence: read}
"""
AWARD = """\
label: {vi: Danh hiệu, en: Title}
family: title
subject: individual
rule: T
source: {text: A}
confidence: read
versions:
  2024-01-01:
    rule: R
    source: {text: A, place: Điều 1}
    confidence: read
    conditions:
      - {is: rating, at_least: GOOD}
"""
SHORT = """\
label: {vi: Danh hiệu, en: Title}
subject: individual
versions:
  2017-10-01:
    conditions:
      all:
        - {is: holds, award: LDTT, period: same-year, source: {text: A, place: Điều 1}, confidence: read}
        - any:
            - {is: initiative, scope: CO_SO, source: {text: A, place: Điều 2}, confidence: read}
            - {is: research, scope: CO_SO, source: {text: A, place: Điều 2}, confidence: read}
    list: [{is: share_of, award: LDTT, at_most: cstdcs_share_of_ldtt, source: {text: A}, confidence: read}]
"""
OVERLAY = """\
authority: BTP
label: {vi: Quy định, en: Rules}
text: 1/2024/TT-X
in_force: 2024-06-01
figures:
  vote_share_cstdb: {value: 0.95, place: Điều 2, rule: X.VOTE}
"""


def figure_faults(text):
    return faults(lambda: read_figure(text, "figures/x.yaml", "x", UNITS))


def award_faults(text):
    return faults(lambda: read_award(text, "awards/X.yaml", "X"))


def faults(read):
    with pytest.raises(FileProblemsError) as caught:
        read()
    return [str(problem) for problem in caught.value.problems]


def with_line(text, line):
    return text + line + "\n"


# -- figures ---------------------------------------------------------------------------------------


def test_a_figure_in_order_is_read_exactly():
    figure = read_figure(FIGURE, "figures/x.yaml", "x", UNITS)

    assert str(figure.on(date(2017, 10, 1)).number) == "9/10"


def test_a_gap_between_two_values_is_named_with_its_line():
    text = FIGURE.replace("confidence: read}", "confidence: read, until: 2018-12-31}")
    text = with_line(text, "  2020-01-01: {value: 0.80, source: {text: B}, confidence: read}")

    assert figure_faults(text) == [
        "figures/x.yaml, dòng 5: giữa 31/12/2018 và 01/01/2020 có một khoảng trống. Sửa ngày hoặc thêm mục repealed."
    ]


def test_an_overlap_is_named_with_its_line():
    text = FIGURE.replace("confidence: read}", "confidence: read, until: 2020-06-30}")
    text = with_line(text, "  2020-01-01: {value: 0.80, source: {text: B}, confidence: read}")

    assert figure_faults(text) == [
        (
            "figures/x.yaml, dòng 5: đến 30/06/2020 nhưng mục sau đã bắt đầu từ 01/01/2020: chồng nhau. "
            "Sửa một trong hai ngày."
        )
    ]


def test_an_end_without_a_successor_must_be_a_repeal():
    text = FIGURE.replace("confidence: read}", "confidence: read, until: 2020-06-30}")

    assert figure_faults(text) == [
        "figures/x.yaml, dòng 5: có ngày hết 30/06/2020 mà không có mục sau. Thêm một mục repealed có nguồn."
    ]


def test_days_out_of_order_are_named():
    text = with_line(FIGURE, "  2016-01-01: {value: 0.80, source: {text: B}, confidence: read}")

    assert figure_faults(text) == [
        "figures/x.yaml, dòng 6: ngày 01/01/2016 đứng sau một ngày muộn hơn. Xếp theo thứ tự thời gian."
    ]


def test_a_missing_source_is_named():
    text = FIGURE.replace("source: {text: A, place: Điều 1}, ", "")

    assert figure_faults(text) == [
        "figures/x.yaml, dòng 5: thiếu mục “values.2017-10-01.source”. Thêm mục này."
    ]


def test_a_value_left_out_is_not_zero():
    text = FIGURE.replace("value: 0.90, ", "")

    assert figure_faults(text) == [
        "figures/x.yaml, dòng 5: phải có value, hoặc repealed: true; im lặng không phải là 0."
    ]


def test_an_unknown_unit_is_named():
    text = FIGURE.replace("share-of-council", "share-of-moon")

    assert figure_faults(text)[0].startswith("figures/x.yaml, dòng 2: không có đơn vị “share-of-moon”.")


def test_a_share_above_one_does_not_fit_its_unit():
    text = FIGURE.replace("0.90", "90")

    (fault,) = figure_faults(text)
    assert fault == (
        "figures/x.yaml, dòng 5: “90” không hợp với đơn vị “share-of-council”: tỷ lệ viết từ 0 đến 1, "
        "như 0.60 hoặc 2/3."
    )


def test_a_word_is_no_number():
    text = FIGURE.replace("0.90", "chín mươi")

    assert figure_faults(text) == [
        "figures/x.yaml, dòng 5: “chín mươi” không phải là số. Viết như 0.15, 3 hoặc 2/3."
    ]


def test_a_day_that_does_not_exist_is_named():
    text = FIGURE.replace("2017-10-01", "2017-02-30")

    assert "“2017-02-30” không phải là một ngày có thật" in figure_faults(text)[0]


def test_a_bare_boolean_word_is_no_key():
    text = FIGURE + "on: 2020-01-01\n"

    assert figure_faults(text) == [
        "figures/x.yaml, dòng 6: khóa trần “on” bị YAML hiểu là đúng/sai. Đổi tên hoặc đặt trong dấu nháy."
    ]


def test_a_key_nobody_reads_is_named_with_its_neighbour():
    text = FIGURE + "tighten: up\n"

    assert figure_faults(text) == ["figures/x.yaml, dòng 6: không có mục “tighten”. Có phải “tightens”?"]


def test_a_key_written_twice_is_named():
    text = FIGURE + "unit: days\n"

    assert figure_faults(text) == ["figures/x.yaml, dòng 6: mục “unit” viết hai lần. Giữ lại một."]


def test_what_is_no_yaml_is_named_with_its_line():
    assert figure_faults("label: {vi: Tỷ lệ\nunit: days\n")[0].startswith("figures/x.yaml, dòng ")


# -- conditions ------------------------------------------------------------------------------------


def test_a_condition_without_source_is_named():
    text = AWARD.replace("    source: {text: A, place: Điều 1}\n", "")

    assert award_faults(text) == [
        "awards/X.yaml, dòng 12: điều kiện thiếu nguồn. Thêm source: {text: số ký hiệu, place: điều khoản}."
    ]


def test_a_condition_without_confidence_is_named():
    text = AWARD.replace("    confidence: read\n    conditions", "    conditions")

    assert award_faults(text) == [
        "awards/X.yaml, dòng 12: điều kiện thiếu mức tin cậy. Thêm confidence: read, quoted, indirect hoặc memory."
    ]


def test_what_was_not_verified_may_not_block():
    text = AWARD.replace(
        "{is: rating, at_least: GOOD}", "{is: rating, at_least: GOOD, confidence: memory, effect: block}"
    )

    assert award_faults(text) == [
        "awards/X.yaml, dòng 13: quy định chưa kiểm chứng (memory) không được chặn. Đổi effect thành warn."
    ]


def test_what_was_not_verified_warns():
    text = AWARD.replace("{is: rating, at_least: GOOD}", "{is: rating, at_least: GOOD, confidence: memory}")

    assert read_award(text, "awards/X.yaml", "X").versions[0].nodes[0].effect == "warn"


def test_an_award_may_leave_its_source_and_kind_to_its_conditions_and_id():
    award = read_award(SHORT, "awards/CSTDCS.yaml", "CSTDCS")

    (version,) = award.versions
    assert (award.family, award.subject_rule.source.text, version.nodes[1].rule.source.place) == (
        "title",
        "A",
        "Điều 2",
    )


def test_a_condition_that_names_no_rule_stands_for_its_award():
    award = read_award(SHORT, "awards/CSTDCS.yaml", "CSTDCS")

    assert {leaf.rule.id for leaf in leaves(award.versions[0].nodes[1])} == {"CSTDCS"}


def test_an_award_without_any_source_is_named():
    text = "label: {vi: a, en: b}\nsubject: individual\nversions: {}\n"

    assert award_faults(text) == [
        "awards/X.yaml, dòng 1: danh hiệu thiếu nguồn. Thêm source: {text: số ký hiệu, place: điều khoản}, confidence."
    ]


def test_an_unknown_operator_is_named():
    text = AWARD.replace("is: rating", "is: guess")

    assert award_faults(text)[0].startswith(
        "awards/X.yaml, dòng 13: không có phép xét “guess”. Dùng một trong:"
    )


def test_an_unknown_parameter_is_named():
    text = AWARD.replace("at_least: GOOD", "at_least: GOOD, at_most: GOOD")

    assert award_faults(text) == [
        "awards/X.yaml, dòng 13: không có mục “at_most” trong “versions.2024-01-01.conditions.0”. Có phải “at_least”?"
    ]


def test_an_unknown_rating_lists_the_known_ones():
    text = AWARD.replace("GOOD", "SPLENDID")

    assert award_faults(text) == [
        (
            "awards/X.yaml, dòng 13: mục “versions.2024-01-01.conditions.0.at_least”: không có giá trị “SPLENDID”. "
            "Dùng một trong: FAILED, COMPLETED, GOOD, EXCELLENT."
        )
    ]


def test_a_node_says_one_thing():
    text = AWARD.replace("{is: rating, at_least: GOOD}", "{is: rating, at_least: GOOD, any: []}")

    assert award_faults(text) == [
        "awards/X.yaml, dòng 13: điều kiện phải có đúng một trong: is, all, any, not, choose."
    ]


def test_an_empty_group_is_named():
    text = AWARD.replace("{is: rating, at_least: GOOD}", "{any: []}")

    assert award_faults(text) == [
        "awards/X.yaml, dòng 13: “any” phải là một danh sách có ít nhất một điều kiện."
    ]


def test_a_version_that_says_nothing_is_named():
    text = AWARD.replace("    conditions:\n      - {is: rating, at_least: GOOD}\n", "")

    assert award_faults(text) == [
        "awards/X.yaml, dòng 8: phải có conditions, hoặc repealed: true; im lặng không phải là hết hiệu lực."
    ]


# -- the whole law ---------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    return shutil.copytree(SHIPPED, tmp_path / "vn")


def problems(folder):
    return [str(problem) for problem in verify(Law(folder), today=date(2026, 11, 23)).problems]


def change(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_shipped_law_holds_together(folder):
    assert problems(folder) == []


def test_what_was_not_re_read_for_a_year_is_listed(folder):
    fresh = verify(Law(folder), today=date(2026, 11, 23))
    later = verify(Law(folder), today=date(2027, 11, 23))

    assert "figures/base_salary.yaml" not in {item.file for item in fresh.stale}
    assert "figures/base_salary.yaml" in {item.file for item in later.stale}
    assert "overlays/BNV/20-2025-TT-BNV.yaml" in {item.file for item in later.to_review}


def test_a_gap_between_two_packs_is_named():
    text = (
        (SHIPPED / "packs.yaml").read_text(encoding="utf-8").replace("until: 2014-05-31", "until: 2014-04-30")
    )

    assert faults(lambda: read_packs(text, "packs.yaml")) == [
        "packs.yaml, dòng 3: giữa 30/04/2014 và 01/06/2014 có một khoảng trống. Sửa ngày hoặc thêm mục repealed."
    ]


def test_a_loop_between_titles_is_named(folder):
    change(
        folder / "awards" / "LDTT.yaml",
        "      - {is: rating, at_least: COMPLETED}\n",
        "      - {is: rating, at_least: COMPLETED}\n      - {is: holds, award: CSTDCS}\n",
    )

    assert problems(folder) == [
        "awards/CSTDCS.yaml, dòng 16: các danh hiệu đòi hỏi lẫn nhau: CSTDCS → LDTT → CSTDCS. Bỏ một điều kiện."
    ]


def test_a_figure_of_the_wrong_unit_is_named(folder):
    change(folder / "awards" / "CSTDB.yaml", "years: cstdb_cstdcs_years", "years: new_hire_months")

    assert problems(folder)[0] == (
        "awards/CSTDB.yaml, dòng 16: “new_hire_months” có đơn vị months, ở đây phải là years."
    )


def test_a_figure_nobody_wrote_is_named(folder):
    change(folder / "awards" / "CSTDB.yaml", "years: cstdb_cstdcs_years", "years: cstdb_years")

    assert problems(folder)[0] == (
        "awards/CSTDB.yaml, dòng 16: không có con số “cstdb_years”. Thêm tệp figures/cstdb_years.yaml hoặc sửa tên."
    )


def test_an_award_nobody_knows_is_named(folder):
    change(folder / "awards" / "CSTDB.yaml", "award: CSTDCS", "award: CSTDXX")

    assert (
        problems(folder)[0]
        == "awards/CSTDB.yaml, dòng 16: “CSTDXX” không có trong danh mục danh hiệu, hình thức."
    )


def test_a_general_rule_nobody_wrote_is_named(folder):
    change(folder / "awards" / "CSTDB.yaml", "also: [level_ministry", "also: [level_moon")

    assert "awards/CSTDB.yaml, dòng 1: không có quy định chung “level_moon”. Sửa tên trong also." in problems(
        folder
    )


def test_a_name_that_is_no_file_is_refused():
    with pytest.raises(UnknownNameError):
        Law().figure("../packs")


# -- overlays --------------------------------------------------------------------------------------


def law_with(text):
    return Law(drafts={"thu.yaml": text})


def test_an_overlay_may_tighten():
    law = law_with(OVERLAY)

    assert law.figure("vote_share_cstdb", "BTP").on(date(2024, 6, 1)).rule.id == "X.VOTE"
    assert law.figure("vote_share_cstdb", "BTP").on(date(2024, 5, 31)).rule.id == "VOTE.B.90"
    assert law.figure("vote_share_cstdb").on(date(2024, 6, 1)).rule.id == "VOTE.B.90"


def test_an_overlay_may_not_loosen():
    law = law_with(OVERLAY.replace("0.95", "0.75"))

    assert faults(lambda: law.figure("vote_share_cstdb", "BTP")) == [
        (
            "thu.yaml, dòng 6: “vote_share_cstdb” nới lỏng so với quy định chung từ 01/06/2024: cơ quan chỉ được siết "
            "chặt. Sửa số hoặc bỏ mục này."
        )
    ]


def test_a_cap_may_only_go_down():
    text = OVERLAY.replace("vote_share_cstdb: {value: 0.95", "co_cp_share_of_leaders: {value: 0.25")

    assert "nới lỏng" in faults(lambda: law_with(text).figure("co_cp_share_of_leaders", "BTP"))[0]


def test_what_may_never_move_may_only_be_repeated():
    text = OVERLAY.replace("vote_share_cstdb: {value: 0.95", "cstdb_cstdcs_years: {value: 4")

    assert "nới lỏng" in faults(lambda: law_with(text).figure("cstdb_cstdcs_years", "BTP"))[0]


def test_a_share_the_centre_does_not_set_is_free():
    text = OVERLAY.replace("vote_share_cstdb: {value: 0.95", "vote_share_other: {value: 0.50")

    assert law_with(text).figure("vote_share_other", "BTP").on(date(2024, 6, 1)).rule.id == "X.VOTE"


def test_after_its_end_the_national_value_holds_again():
    law = law_with(OVERLAY + "ceases: 2025-01-01\n")

    assert law.figure("vote_share_cstdb", "BTP").on(date(2024, 12, 31)).rule.id == "X.VOTE"
    assert law.figure("vote_share_cstdb", "BTP").on(date(2025, 1, 1)).rule.id == "VOTE.B.90"


def test_two_texts_of_one_authority_may_not_set_one_figure_at_once():
    other = OVERLAY.replace("2024-06-01", "2024-09-01").replace("1/2024", "2/2024")
    law = Law(drafts={"thu.yaml": OVERLAY, "thu2.yaml": other})

    assert (
        "đã do 1/2024/TT-X quy định lúc đó: chồng nhau"
        in faults(lambda: law.figure("vote_share_cstdb", "BTP"))[0]
    )


def test_an_overlay_of_an_unknown_figure_is_named():
    law = Law()
    overlay = read_overlay(OVERLAY.replace("vote_share_cstdb", "vote_share_moon"), "thu.yaml", law.units)

    assert [str(problem) for problem in overlay_problems(law, overlay)] == [
        "thu.yaml, dòng 6: không có con số “vote_share_moon”. Con số mới của cơ quan đặt ở new_figures."
    ]

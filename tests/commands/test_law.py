"""``thidua law`` answers in sentences or JSON, and says plainly what it cannot use."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from thidua.cli import main
from thidua.commands import tables
from thidua.core.eligibility.schema import case_schema

CASE = """\
on: 2024-12-20
award: LDTT
year: 2024
subject: {kind: individual, hired_on: 2010-01-01, ratings: {2024: GOOD}, pending: [], discipline: []}
"""
RATED = (
    "  [đạt] Xếp loại từ “hoàn thành tốt nhiệm vụ” trở lên: năm 2024: hoàn thành tốt nhiệm vụ "
    "(06/2022/QH15 Điều 24 khoản 1)"
)
RATINGS = ("FAILED", "COMPLETED", "GOOD", "EXCELLENT", "HTXSNV", "HTTNV", "HTNV", "KHTNV")


def asked(capsys, *arguments):
    status = main(["law", *arguments])
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.fixture
def case(tmp_path):
    path = tmp_path / "ho-so.yaml"
    path.write_text(CASE, encoding="utf-8")
    return path


def test_a_case_is_answered_as_json(case, capsys):
    status, out, _ = asked(capsys, "check", str(case), "--json")

    found = json.loads(out)
    assert (status, found["outcome"], [pack["pack"] for pack in found["packs"]]) == (0, "eligible", ["B"])
    assert set(found) == {"outcome", "packs", "missing", "money"}
    assert set(found["packs"][0]["findings"][0]) == {
        "rule", "article", "source", "confidence", "effect", "asked", "seen", "met",
    }  # fmt: skip
    assert found["money"] == {
        "amount": 710000, "multiple": 0.3, "base": 2340000, "is_ceiling": False, "rule": "M.LDTT",
    }  # fmt: skip


def test_a_case_is_answered_in_sentences(case, capsys):
    _, out, _ = asked(capsys, "check", str(case))

    assert out.splitlines()[:4] == [
        "ĐẠT",
        "Gói B: ĐẠT",
        "  [đạt] Đối tượng: cá nhân: cá nhân (06/2022/QH15 Điều 24 khoản 1)",
        RATED,
    ]
    assert out.splitlines()[-1] == "Tiền thưởng: 710.000 đồng"


@pytest.mark.parametrize("command", [("check",), ("money", "--list")])
def test_a_file_in_another_encoding_is_named_with_its_line(command, case, capsys):
    case.write_bytes(CASE.encode() + "authority: Bộ\n".encode("utf-16"))

    status, out, err = asked(capsys, *command, str(case))

    said = f"{case}, dòng 5: ký tự không ở mã UTF-8. Lưu lại tệp ở mã UTF-8.\n"
    assert (status, out, err) == (2, "", said)


def test_a_case_that_cannot_be_used_is_said_with_its_line(case, capsys):
    case.write_text(CASE.replace("award: LDTT", "award: LDTX"), encoding="utf-8")

    status, out, err = asked(capsys, "check", str(case), "--json")

    assert (status, out) == (2, "")
    assert err.startswith(
        f"{case}, dòng 2: mục “award”: không có danh hiệu hoặc hình thức “LDTX” trong danh mục."
    )


def test_a_file_that_is_not_there_is_said(tmp_path, capsys):
    status, _, err = asked(capsys, "check", str(tmp_path / "khong-co.yaml"))

    assert (status, err) == (
        2, f"Không đọc được tệp “{tmp_path / 'khong-co.yaml'}”. Kiểm tra tên và quyền đọc.\n",
    )  # fmt: skip


def test_a_draft_is_tried_without_touching_anything(case, tmp_path, capsys):
    draft = tmp_path / "du-thao.yaml"
    draft.write_text(
        "authority: BTP\nlabel: {vi: Dự thảo, en: Draft}\ntext: 9/2024/TT-BTP\nin_force: 2024-06-01\nconditions:\n"
        "  - {for: LDTT, is: rating, at_least: EXCELLENT, rule: X.LDTT, place: Điều 1}\n",
        encoding="utf-8",
    )
    case.write_text(CASE + "authority: BTP\n", encoding="utf-8")

    _, before, _ = asked(capsys, "check", str(case), "--json")
    _, after, _ = asked(capsys, "check", str(case), "--json", "--draft", str(draft))

    assert [json.loads(out)["outcome"] for out in (before, after)] == ["eligible", "not_eligible"]


@pytest.fixture
def figure(tmp_path):
    path = tmp_path / "new_hire_months.yaml"
    path.write_text(
        "label: {vi: Tháng, en: Months}\nunit: months\ntightens: up\nvalues:\n"
        "  2017-10-01: {value: 12, source: {text: A}, confidence: read}\n"
        "  2025-08-05: {value: 6, source: {text: B}, confidence: read}\n",
        encoding="utf-8",
    )
    return path


def test_a_draft_may_be_a_changed_figure(case, figure, capsys):
    case.write_text(CASE.replace("2010-01-01", "2024-05-01"), encoding="utf-8")

    _, before, _ = asked(capsys, "check", str(case), "--json")
    status, after, err = asked(capsys, "check", str(case), "--json", "--draft", str(figure))

    outcomes = [json.loads(out)["outcome"] for out in (before, after)]
    assert (status, outcomes, err) == (0, ["eligible", "not_eligible"], "")


def test_of_a_refusal_the_unmet_is_missing_and_then_what_nobody_knows(tmp_path, capsys):
    case = tmp_path / "ho-so.yaml"
    case.write_text(
        "on: 2025-12-20\naward: LDTT\nyear: 2025\n"
        "subject: {kind: individual, ratings: {2025: COMPLETED}, hired_on: 2010-01-01, discipline: []}\n",
        encoding="utf-8",
    )

    _, out, _ = asked(capsys, "check", str(case), "--json")

    found = json.loads(out)
    assert (found["outcome"], [item["rule"] for item in found["missing"]]) == (
        "not_eligible", ["B.LDTT", "C.PRIN"],
    )  # fmt: skip
    assert found["missing"][0]["what"] == (
        "Xếp loại từ “hoàn thành tốt nhiệm vụ” trở lên: năm 2025: hoàn thành nhiệm vụ"
    )


def test_a_table_is_screened_under_a_changed_figure(tmp_path, figure, capsys):
    source = tmp_path / "nguoi.csv"
    source.write_text(
        "ho_ten,hired_on,rating_2024,discipline_level,pending\nAn,2024-05-01,GOOD,,\n", encoding="utf-8"
    )
    arguments = ("screen", str(source), "--on", "2024-12-20", "--award", "LDTT")

    _, before, _ = asked(capsys, *arguments)
    _, after, _ = asked(capsys, *arguments, "--draft", str(figure))

    assert [out.splitlines()[1].split()[2] for out in (before, after)] == ["1,", "0,"]


def test_a_draft_that_does_not_fit_is_refused_with_its_line(case, figure, capsys):
    figure.write_text(figure.read_text(encoding="utf-8").replace("value: 12", "value: 1.5"), encoding="utf-8")

    status, out, err = asked(capsys, "check", str(case), "--draft", str(figure))

    assert (status, out, err) == (
        2, "", f"{figure}, dòng 5: “1.5” không hợp với đơn vị “months”. Sửa số hoặc đơn vị.\n",
    )  # fmt: skip


def test_a_draft_can_be_verified_alone(tmp_path, capsys):
    draft = tmp_path / "du-thao.yaml"
    draft.write_text(
        "authority: BTP\nlabel: {vi: Dự thảo, en: Draft}\ntext: 9/2024/TT-BTP\nin_force: 2024-06-01\nfigures:\n"
        "  vote_share_cstdb: {value: 0.5, place: Điều 1, rule: X.VOTE}\n",
        encoding="utf-8",
    )

    status, _, err = asked(capsys, "verify", str(draft))

    assert status == 1
    assert err.startswith(f"{draft}, dòng 6: “vote_share_cstdb” nới lỏng so với quy định chung từ 01/06/2024")


def test_files_of_any_kind_can_be_verified_before_they_are_law(tmp_path, capsys):
    (tmp_path / "new_hire_months.yaml").write_text(
        "label: {vi: Tháng, en: Months}\nunit: months\ntightens: up\nvalues:\n"
        "  2017-10-01: {value: 10, until: 2023-12-31, source: {text: A}, confidence: read}\n"
        "  2024-02-01: {value: 6, source: {text: B}, confidence: read}\n",
        encoding="utf-8",
    )

    status, out, err = asked(capsys, "verify", str(tmp_path))

    said = "giữa 31/12/2023 và 01/02/2024 có một khoảng trống. Sửa ngày hoặc thêm mục repealed."
    assert (status, out, err) == (
        1,
        f"{tmp_path}: 1 lỗi.\n",
        f"{tmp_path / 'new_hire_months.yaml'}, dòng 5: {said}\n",
    )


def test_files_that_fit_are_said_to(tmp_path, capsys):
    figure = tmp_path / "new_hire_months.yaml"
    figure.write_text(
        "label: {vi: Tháng, en: Months}\nunit: months\ntightens: up\nvalues:\n"
        "  2017-10-01: {value: 5, source: {text: A}, confidence: read}\n",
        encoding="utf-8",
    )

    assert asked(capsys, "verify", str(figure)) == (0, f"{figure}: 0 lỗi.\n", "")


def test_money_is_told_as_json(capsys):
    status, out, _ = asked(capsys, "money", "KNC", "--for", "individual", "--on", "2026-08-01", "--json")

    assert (status, json.loads(out)) == (
        0,
        {
            "amount": 1520000, "multiple": 0.6, "base": 2530000, "is_ceiling": True, "rule": "M.KNC",
            "source": "152/2025/NĐ-CP, Điều 54 khoản 1 điểm d", "confidence": "quoted",
        },
    )  # fmt: skip


def test_money_the_law_does_not_set_is_said(capsys):
    status, out, err = asked(capsys, "money", "KNC", "--for", "individual", "--on", "2020-08-01", "--json")

    assert (status, json.loads(out)) == (1, None)
    assert err == "Ngày 01/08/2020 chưa có dữ liệu luật về tiền thưởng KNC cho đối tượng này.\n"


def test_money_asked_for_nobody_is_said(capsys):
    status, _, err = asked(capsys, "money", "KNC")

    assert (status, err) == (
        2,
        "Viết: thidua law money DANH_HIỆU --for individual|collective|household --on NGÀY.\n",
    )


def test_money_of_an_award_nobody_knows_is_said(capsys):
    status, _, err = asked(capsys, "money", "XYZ", "--for", "individual", "--on", "2024-01-01")

    assert (status, err) == (2, "Không có con số, danh hiệu hay cơ quan “XYZ”. Xem “thidua law list”.\n")


def test_a_case_is_not_taken_for_a_list_of_money(case, capsys):
    said = (
        "đây không phải là một danh sách tính tiền. Viết mục items: mỗi dòng gồm who, award, for; "
        "một trường hợp riêng thì hỏi bằng “thidua law check”."
    )

    assert asked(capsys, "money", "--list", str(case)) == (2, "", f"{case}, dòng 1: {said}\n")


def test_a_part_at_the_wrong_place_is_not_called_misspelt(tmp_path, capsys):
    path = tmp_path / "ds.yaml"
    path.write_text(
        "award: LDTT\nitems: [{who: An, award: LDTT, for: individual, on: 2024-12-20}]\n", "utf-8"
    )

    status, _, err = asked(capsys, "money", "--list", str(path))

    assert (status, err) == (
        2, f"{path}, dòng 1: mục “award” không đặt ở đây. Chuyển về đúng chỗ của nó, hoặc xóa đi.\n",
    )  # fmt: skip


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk that is always full")
def test_an_answer_that_cannot_be_written_is_said():
    command = [sys.executable, "-m", "thidua.cli", "law", "schema"]
    with Path("/dev/full").open("wb") as full:
        ran = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False, timeout=60)

    said = "Không ghi được kết quả ra màn hình hoặc tệp (No space left on device). Kiểm tra chỗ trống."
    assert (ran.returncode, ran.stderr.decode().splitlines()[0]) == (2, said)


def test_money_of_a_list_is_told(tmp_path, capsys):
    path = tmp_path / "ds.yaml"
    path.write_text(
        "- {who: An, award: LDTT, for: individual}\n- {who: An, award: CSTDCS, for: individual}\n",
        encoding="utf-8",
    )

    _, out, _ = asked(capsys, "money", "--list", str(path), "--on", "2024-12-20")

    why = "Cùng thời điểm, cùng thành tích chỉ trả mức cao nhất của các danh hiệu."
    assert out.splitlines() == [
        f"An: LDTT – 0 đồng {why} (98/2023/NĐ-CP)",
        "An: CSTDCS – 2.340.000 đồng (98/2023/NĐ-CP, Điều 54)",
        "Cộng: 2.340.000 đồng",
    ]


def test_money_nobody_verified_or_no_law_sets_is_not_added_unmarked(tmp_path, capsys):
    path = tmp_path / "ds.yaml"
    path.write_text(
        "- {who: An, award: KNC, for: individual, on: 2020-08-01}\n"
        "- {who: Bình, award: HCSV, for: individual, on: 2026-08-01}\n"
        "- {who: Cúc, award: KNC, for: individual, on: 2026-08-01}\n",
        encoding="utf-8",
    )

    _, out, _ = asked(capsys, "money", "--list", str(path))

    marks = "trong đó 116.380.000 đồng theo quy định chưa kiểm chứng, chưa kể 1 dòng chưa có dữ liệu luật"
    assert out.splitlines() == [
        "An: KNC – chưa có dữ liệu luật về tiền thưởng này ngày đó",
        "Bình: HCSV – 116.380.000 đồng – quy định chưa kiểm chứng (152/2025/NĐ-CP)",
        "Cúc: KNC – tối đa 1.520.000 đồng (152/2025/NĐ-CP, Điều 54 khoản 1 điểm d)",
        f"Cộng: 117.900.000 đồng, {marks}",
    ]


def test_money_of_an_award_nobody_verified_is_marked(capsys):
    _, out, _ = asked(capsys, "money", "HCSV", "--for", "individual", "--on", "2026-08-01")

    assert out.splitlines() == [
        "116.380.000 đồng = 46 × 2.530.000 – quy định chưa kiểm chứng", "  152/2025/NĐ-CP [memory]",
    ]  # fmt: skip


def test_money_that_is_rounded_says_so(capsys):
    _, out, _ = asked(capsys, "money", "LDTT", "--for", "individual", "--on", "2026-08-01")

    counted = "0,3 × 2.530.000 = 759.000 đồng, làm tròn lên 760.000 đồng"
    assert out.splitlines()[0] == f"760.000 đồng ({counted})"


def test_money_of_a_day_to_come_says_that_it_may_change(tmp_path, capsys):
    path = tmp_path / "ds.yaml"
    path.write_text("- {who: An, award: LDTT, for: individual, on: 2099-12-20}\n", encoding="utf-8")

    outs = [
        asked(capsys, "money", *words)[1].splitlines()
        for words in (("LDTT", "--for", "individual", "--on", "2099-12-20"), ("--list", str(path)))
    ]

    said = "Ngày quyết định 20/12/2099 chưa đến: tính theo lương cơ sở và quy định biết đến hôm nay, có thể còn đổi."
    assert [lines[-1] for lines in outs] == [said, said]


def test_money_of_an_open_case_is_told_as_what_it_would_be(case, capsys):
    case.write_text(
        "on: 2024-12-20\naward: HCLD2\nyear: 2024\nsubject: {kind: individual}\n", encoding="utf-8"
    )

    _, out, _ = asked(capsys, "check", str(case))

    assert (out.splitlines()[0], out.splitlines()[-1]) == (
        "CHƯA ĐỦ DỮ LIỆU", "Tiền thưởng nếu đủ điều kiện: 17.550.000 đồng",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("on", "value", "state"),
    [("2023-12-31", 0.15, "in_force"), ("2024-01-01", None, "repealed"), ("2017-09-30", None, "not_yet")],
)
def test_a_figure_is_shown_with_its_source(capsys, on, value, state):
    _, out, _ = asked(capsys, "show", "cstdcs_share_of_ldtt", "--on", on, "--json")

    found = json.loads(out)
    assert (found["value"], found["state"]) == (value, state)
    assert found["history"][0]["source"] == {"text": "91/2017/NĐ-CP", "place": "Điều 9 khoản 3"}


def test_a_figure_of_an_authority_is_shown(capsys):
    _, out, _ = asked(
        capsys, "show", "vote_share_co_bo", "--on", "2026-06-01", "--authority", "BNV", "--json"
    )

    assert (json.loads(out)["rule"], json.loads(out)["confidence"]) == ("BNV.VOTE", "read")


def test_an_award_is_shown_with_its_conditions(capsys):
    _, out, _ = asked(capsys, "show", "CSTDCS", "--on", "2024-06-01", "--json")

    assert [part.get("is") for part in json.loads(out)["conditions"]] == ["holds", None]


SOURCE = "06/2022/QH15, Điều 23 [quoted]"


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "vi",
            [
                "Chiến sĩ thi đua cơ sở (CSTDCS), ngày 01/06/2024",
                "Tiêu chuẩn",
                f"  Đạt LĐTT năm 2024 – {SOURCE}",
                f"  Hoàn thành xuất sắc nhiệm vụ, hoặc có sáng kiến, hoặc có đề tài được công nhận – {SOURCE}",
                f"    Xếp loại từ “hoàn thành xuất sắc nhiệm vụ” trở lên – {SOURCE}",
            ],
        ),
        (
            "en",
            [
                "Grassroots emulation fighter (CSTDCS), 1 Jun 2024",
                "Standards",
                f"  Holds Advanced worker for 2024 – {SOURCE}",
                f"  Rated excellent, or an initiative, or research – {SOURCE}",
                f"    Rated “excellent” or better – {SOURCE}",
            ],
        ),
    ],
)
def test_an_award_is_read_aloud_as_the_pages_say_it(capsys, language, lines):
    _, out, _ = asked(capsys, "show", "CSTDCS", "--on", "2024-06-01", "--lang", language)

    assert out.splitlines()[:5] == lines


def test_figures_of_an_award_are_read_with_every_value_they_had(capsys):
    _, out, _ = asked(capsys, "show", "LDTT", "--on", "2026-11-01", "--lang", "en")

    lines = out.splitlines()
    place = lines.index("  Months since recruitment before an advanced worker title, 1 Nov 2026: 6 months")
    assert lines[place + 1 : place + 4] == [
        "    from 1 Oct 2017: 10 months – 91/2017/NĐ-CP, Điều 10 khoản 6 [read]",
        "    from 1 Jan 2024: 10 months – 01/2024/TT-BNV [memory, unverified rule]",
        "    from 5 Aug 2025: 6 months – 15/2025/TT-BNV, Điều 2 khoản 5 điểm d [quoted]",
    ]


@pytest.mark.parametrize(
    ("day", "said"), [("2023-12-31", ["Trên cả danh sách", "  Không quá 15% số LĐTT"]), ("2024-01-01", [])]
)
def test_a_condition_without_its_figure_that_day_is_not_asked(capsys, day, said):
    _, out, _ = asked(capsys, "show", "CSTDCS", "--on", day)

    assert out.count("Số thành viên Hội đồng dự họp") == 0
    of_lists = out.partition("Trên cả")[2] and f"Trên cả{out.partition('Trên cả')[2]}"
    assert [line.partition(" – ")[0] for line in of_lists.splitlines()[:2]] == said


@pytest.mark.parametrize(
    ("name", "on", "line"),
    [
        ("base_salary", "2026-11-01", "Mức lương cơ sở một tháng, ngày 01/11/2026: 2.530.000 đồng"),
        (
            "cstdcs_share_of_ldtt",
            "2024-01-01",
            "Tỷ lệ CSTĐ cơ sở trên số người đạt LĐTT, ngày 01/01/2024: đã bãi bỏ",
        ),
        (
            "cstdcs_share_of_ldtt",
            "2017-09-30",
            "Tỷ lệ CSTĐ cơ sở trên số người đạt LĐTT, ngày 30/09/2017: chưa có quy định",
        ),
        ("THONVH", "2011-01-01", "Thôn, tổ dân phố văn hóa (THONVH), ngày 01/01/2011"),
    ],
)
def test_the_first_line_tells_the_day(capsys, name, on, line):
    _, out, _ = asked(capsys, "show", name, "--on", on)

    assert out.splitlines()[0] == line


def test_a_name_nobody_knows_is_said(capsys):
    status, _, err = asked(capsys, "show", "vote_share_moon")

    assert (status, err) == (
        2,
        "Không có con số, danh hiệu hay cơ quan “vote_share_moon”. Xem “thidua law list”.\n",
    )


def test_the_catalogue_lists_what_is_in_force(capsys):
    _, out, _ = asked(capsys, "list", "--on", "2026-06-01", "--json")

    found = json.loads(out)
    assert (found["pack"], len(found["awards"])) == ("C", 24)
    assert found["authorities"]["BNV"] == ["20/2025/TT-BNV"]


def test_the_shipped_law_verifies(capsys):
    status, out, _ = asked(capsys, "verify", "--json")

    assert (status, json.loads(out)["problems"]) == (0, [])


def test_the_schema_in_the_documents_is_the_one_in_the_code(capsys):
    written = Path(__file__).parents[2] / "docs" / "case.schema.json"

    _, out, _ = asked(capsys, "schema")

    assert json.loads(written.read_text(encoding="utf-8")) == case_schema() == json.loads(out)


TABLE = """\
ho_ten,sex,hired_on,rating_2024,LDTT_2024,CSTDCS_2022,CSTDCS_2023,CSTDCS_2024,initiatives_BO_2024,research_BO_2024,discipline_level,pending
Nguyễn Văn An,nam,2010-01-01,HTXSNV,x,x,x,x,1,,,
Trần Thị Bình,nữ,2024-09-01,GOOD,,,,,,,,
Lê Văn Cường,nam,2010-01-01,HTTNV,x,x,,x,0,0,,complaint
Phạm Thị Dung,nữ,,,x,,,,,,,
"""


def test_a_table_is_screened_and_written(tmp_path, capsys):
    source, result = tmp_path / "nguoi.csv", tmp_path / "ket-qua.csv"
    source.write_text(TABLE, encoding="utf-8")

    status, out, _ = asked(capsys, "screen", str(source), "--on", "2024-12-20", "--out", str(result))

    assert (status, out.splitlines()[0]) == (0, "4 người, ngày 20/12/2024, thành tích năm 2024")
    assert tables.read(result).select("LDTT", "CSTDCS", "CSTDB", "CSTDTQ").rows() == [
        ("eligible", "eligible", "eligible", "not_eligible"),
        ("eligible", "not_eligible", "not_eligible", "not_eligible"),
        ("not_eligible", "not_eligible", "not_eligible", "not_eligible"),
        ("unknown", "unknown", "not_eligible", "not_eligible"),
    ]


@pytest.mark.parametrize("kind", ["xlsx", "parquet"])
def test_a_table_keeps_its_answer_in_other_files(tmp_path, capsys, kind):
    source, copy = tmp_path / "nguoi.csv", tmp_path / f"nguoi.{kind}"
    source.write_text(TABLE, encoding="utf-8")
    _, first, _ = asked(capsys, "screen", str(source), "--on", "2024-12-20", "--out", str(copy))

    _, second, _ = asked(capsys, "screen", str(copy), "--on", "2024-12-20")

    assert second.splitlines()[:5] == first.splitlines()[:5]


def test_a_cell_that_cannot_be_read_is_said(tmp_path, capsys):
    source = tmp_path / "nguoi.csv"
    source.write_text(TABLE.replace("HTTNV", "Tốt"), encoding="utf-8")

    status, _, err = asked(capsys, "screen", str(source), "--on", "2024-12-20")

    assert (status, err) == (
        2,
        f"{source}, cột “rating_2024”, dòng 4: “Tốt” không đọc được. Viết: {', '.join(RATINGS)}.\n",
    )


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("rong.xlsx", b"", "Không đọc được bảng trong “{path}”: tệp trống, hỏng hoặc có mật khẩu."),
        ("hong.parquet", b"PAR1", "Không đọc được bảng trong “{path}”: tệp trống, hỏng hoặc có mật khẩu."),
        ("rong.csv", b"", "Không đọc được bảng trong “{path}”: tệp trống, hỏng hoặc có mật khẩu."),
        ("bang.txt", b"a", "“{path}” không phải là .xlsx, .csv hoặc .parquet."),
    ],
)
def test_a_table_that_cannot_be_read_is_said(tmp_path, capsys, name, content, sentence):
    path = tmp_path / name
    path.write_bytes(content)

    status = main(["law", "screen", str(path), "--on", "2026-11-22"])

    assert (status, capsys.readouterr().err.strip()) == (2, sentence.format(path=path))


def test_a_reader_that_has_seen_enough_is_no_fault(case, tmp_path):
    command = [sys.executable, "-m", "thidua.cli", "law", "check", str(case), "--json"]
    with (
        (tmp_path / "said").open("w+b") as said,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said) as answering,
    ):
        answering.stdout.close()
        answering.wait(timeout=30)
        said.seek(0)

        assert (answering.returncode, said.read()) == (141, b"")


NO_OWN_RULES = (
    "không biết quy định riêng nào của cơ quan “ZZZ”: chỉ trả lời theo quy định chung. "
    "Kiểm tra lại mã cơ quan bằng “thidua law list”."
)


def test_a_case_of_an_authority_without_known_rules_is_answered_with_a_warning(case, capsys):
    _, national, _ = asked(capsys, "check", str(case), "--json")
    case.write_text(CASE + "authority: ZZZ\n", encoding="utf-8")

    status, out, err = asked(capsys, "check", str(case), "--json")

    assert (status, out, err) == (0, national, f"{case}, dòng 5: {NO_OWN_RULES}\n")


def test_a_table_of_an_authority_without_known_rules_is_screened_with_a_warning(tmp_path, capsys):
    source = tmp_path / "nguoi.csv"
    source.write_text(TABLE, encoding="utf-8")
    arguments = ("screen", str(source), "--on", "2024-12-20", "--authority")

    assert asked(capsys, *arguments, "ZZZ")[::2] == (0, f"--authority: {NO_OWN_RULES}\n")
    assert asked(capsys, *arguments, "BTP")[::2] == (0, "")


def test_an_authority_written_almost_right_is_refused(capsys):
    status, _, err = asked(capsys, "show", "vote_share_co_bo", "--authority", "bnv")

    assert (status, err) == (2, "Không có con số, danh hiệu hay cơ quan “bnv”. Xem “thidua law list”.\n")


def test_what_an_authority_asks_besides_is_shown_with_its_text(capsys):
    arguments = ("show", "CSTDB", "--on", "2023-12-15")

    _, national, _ = asked(capsys, *arguments)
    _, out, _ = asked(capsys, *arguments, "--authority", "BTP")

    lines = out.splitlines()
    at = lines.index("Quy định riêng của BTP, 05/2018/TT-BTP")
    assert len([line for line in lines[at:] if "– 05/2018/TT-BTP" in line and line.startswith("  ")]) >= 3
    assert "05/2018/TT-BTP" not in national


CHAINS = """\
on: 2023-12-15
award: CSTDB
authority: BTP
year: 2023
subject:
  kind: individual
  honours:
    - {award: CSTDCS, type: MERIT, period: [2020, 2020], decided_on: 2020-12-20}
    - {award: CSTDCS, type: MERIT, period: [2021, 2021], decided_on: 2021-12-20}
    - {award: CSTDCS, type: MERIT, period: [2022, 2022], decided_on: 2022-12-20}
"""


def test_two_runs_of_years_that_end_otherwise_say_so(case, capsys):
    case.write_text(CHAINS, encoding="utf-8")

    _, out, _ = asked(capsys, "check", str(case))

    assert [line for line in out.splitlines() if "3 năm liên tục" in line] == [
        "  [đạt] 3 năm liên tục đạt CSTĐCS: 2020, 2021, 2022 (91/2017/NĐ-CP Điều 9)",
        (
            "  [chưa đạt] 3 năm liên tục đạt CSTĐCS: 2020, 2021, 2022; không liền đến năm 2023 "
            "(05/2018/TT-BTP Điều 9–16)"
        ),
        "Còn thiếu: 3 năm liên tục đạt CSTĐCS: 2020, 2021, 2022; không liền đến năm 2023",
    ]


# -- the other language ----------------------------------------------------------------------------

ACTIONS = {
    "list": ["list", "--on", "2024-12-20"],
    "show": ["show", "LDTT", "--on", "2024-12-20"],
    "verify": ["verify"],
    "check": ["check", "{case}"],
    "money": ["money", "LDTT", "--for", "individual", "--on", "2024-12-20"],
    "screen": ["screen", "{table}"],
    "schema": ["schema"],
}


@pytest.mark.parametrize("action", ACTIONS)
def test_every_action_answers_in_english_where_asked(action, case, tmp_path, capsys):
    table = tmp_path / "nguoi.csv"
    table.write_text("hired_on,rating_2024\n2010-01-01,GOOD\n", encoding="utf-8")
    arguments = [one.format(case=case, table=table) for one in ACTIONS[action]]

    status, out, _ = asked(capsys, *arguments, "--lang", "en")
    _, vietnamese, _ = asked(capsys, *arguments, "--lang", "vi")
    _, otherwise, _ = asked(capsys, *arguments)

    assert status == 0
    assert vietnamese == otherwise
    assert (out == vietnamese) is (action == "schema")


def test_a_verdict_in_english_has_no_vietnamese_word_of_its_own(case, capsys):
    _, out, _ = asked(capsys, "check", str(case), "--lang", "en")

    lines = out.splitlines()
    assert lines[:2] == ["ELIGIBLE", "Pack B: ELIGIBLE"]
    assert lines[-1] == "Money: 710,000 dong"


def test_a_fault_is_told_in_english_where_asked(tmp_path, capsys):
    status, _, err = asked(capsys, "check", str(tmp_path / "x.yaml"), "--lang", "en")

    said = f"Cannot read the file “{tmp_path / 'x.yaml'}”. Check the name and the right to read it.\n"
    assert (status, err) == (2, said)


def test_help_has_vietnamese_headings(capsys):
    with pytest.raises(SystemExit):
        main(["law", "check", "--help"])

    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("cách dùng: thidua law check [-h]")
    assert [line for line in lines if line.endswith(":") and not line.startswith(" ")] == [
        "tham số:",
        "tùy chọn:",
    ]


# -- tables a reader opens --------------------------------------------------------------------------

PEOPLE = "hired_on,rating_2024,rating_20244,ghi_chu\n2010-01-01,GOOD,,x\n"


@pytest.fixture
def people(tmp_path):
    path = tmp_path / "nguoi.csv"
    path.write_text(PEOPLE, encoding="utf-8")
    return path


@pytest.mark.parametrize(("language", "word"), [("vi", "ĐẠT"), ("en", "ELIGIBLE")])
def test_a_workbook_holds_words_of_the_reader(people, language, word, tmp_path, capsys):
    out = tmp_path / "ra.xlsx"

    asked(
        capsys,
        "screen",
        str(people),
        "--on",
        "2024-12-20",
        "--award",
        "LDTT",
        "--out",
        str(out),
        "--lang",
        language,
    )

    assert tables.read(out)["LDTT"].to_list() == [word]


def test_other_tables_hold_codes_for_programs(people, tmp_path, capsys):
    out = tmp_path / "ra.csv"

    asked(capsys, "screen", str(people), "--on", "2024-12-20", "--award", "LDTT", "--out", str(out))

    assert tables.read(out)["LDTT"].to_list() == ["eligible"]


def test_a_table_is_written_under_no_other_ending(people, tmp_path, capsys):
    out = tmp_path / "ra.doc"

    status, said, err = asked(capsys, "screen", str(people), "--out", str(out))

    sentence = f"--out “{out}”: chỉ ghi được .xlsx, .csv hoặc .parquet. Đổi đuôi tệp.\n"
    assert (status, said, err, out.exists()) == (2, "", sentence, False)


def test_a_slip_in_the_name_of_a_column_is_asked_about(people, capsys):
    _, _, err = asked(capsys, "screen", str(people), "--on", "2024-12-20")

    assert err == "không có cột “rating_20244”. Có phải “rating_2024”?\n"


def test_an_authority_that_is_listed_is_shown_with_its_texts(capsys):
    status, out, err = asked(capsys, "show", "BTP", "--on", "2023-12-15")

    assert (status, err) == (0, "")
    assert [line.split(" – ")[0] for line in out.splitlines()][:2] == [
        "BTP, ngày 15/12/2023",
        "  05/2018/TT-BTP",
    ]

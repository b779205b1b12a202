import pytest

from documents import pdfs
from thidua.documents.errors import BrokenFileError, EmptyFileError, EncryptedFileError, ScannedFileError
from thidua.documents.notices import notice
from thidua.documents.pdf_reader import read_pdf

STATE_HEAD = """
#grid(columns: (40%, 60%), align: center,
  [*BỘ TƯ PHÁP* \\ Số: 84/KH-BTP],
  [*CỘNG HÒA XÃ HỘI CHỦ NGHĨA* \\ *Độc lập - Tự do - Hạnh phúc* \\ _Hà Nội, ngày 13 tháng 7 năm 2026_])
#align(center)[*KẾ HOẠCH* \\ *Phát động phong trào thi đua năm 2026*]
"""
LONG = (
    "Cụ thể hóa các chủ trương của Đảng, chính sách, pháp luật của Nhà nước về thi đua, khen thưởng; huy động sức mạnh "
    "tổng hợp của các cơ quan, tổ chức và Nhân dân tham gia thực hiện các mục tiêu đã đề ra."
)


def read(body, head=pdfs.HEAD):
    return read_pdf(pdfs.typeset(body, head), "a.pdf")


def lines(source):
    return source.text.split("\n")


def test_lines_broken_by_the_margin_are_joined():
    source = read(f"1. {LONG}\n\n2. {LONG}")

    assert lines(source) == [f"1. {LONG}", f"2. {LONG}"]
    assert [block.kind for block in source.blocks] == ["paragraph", "paragraph"]


def test_short_lines_stay_lines():
    listed = ["I. MỤC ĐÍCH", "- Ý thứ nhất;", "- Ý thứ hai", "Nội dung khác"]

    assert lines(read("\n\n".join(listed).replace("- ", "\\- "))) == listed


def test_a_sentence_goes_on_over_the_page_and_its_number():
    numbered = pdfs.HEAD + '#set page(numbering: "1")\n'

    source = read(f"#v(240mm)\n{LONG}\n\nHết.", numbered)

    assert lines(source) == [LONG, "Hết."]
    assert source.notices == (notice("page_numbers_left_out", count=2),)


def test_a_head_on_every_page_is_kept_once_and_out_of_the_sentences():
    headed = pdfs.HEAD + "#set page(header: [Kế hoạch thi đua năm 2026], footer: [Cụm thi đua số II])\n"

    source = read(f"#v(230mm)\n{LONG} {LONG}", headed)

    assert lines(source) == ["Kế hoạch thi đua năm 2026", f"{LONG} {LONG}", "Cụm thi đua số II"]
    assert [block.kind for block in source.blocks] == ["header", "paragraph", "footer"]
    assert source.notices == (notice("running_heads_moved"),)


def test_a_lone_number_that_is_no_page_number_stays():
    assert lines(read("Tổng số tập thể được khen thưởng:\n\n15")) == [
        "Tổng số tập thể được khen thưởng:",
        "15",
    ]


def test_the_two_columns_of_the_head_are_read_one_after_the_other():
    assert lines(read(STATE_HEAD)) == [
        "BỘ TƯ PHÁP",
        "Số: 84/KH-BTP",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà Nội, ngày 13 tháng 7 năm 2026",
        "KẾ HOẠCH",
        "Phát động phong trào thi đua năm 2026",
    ]


def test_columns_written_line_by_line_across_are_put_in_order():
    rows = (
        ("BỘ TƯ PHÁP", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Số: 84/KH-BTP", "Độc lập - Tự do - Hạnh phúc"),
    )
    head = " \\ ".join(f"{left} #h(1fr) {right}" for left, right in rows)
    foot = "#v(1fr) #set par(first-line-indent: 0pt)\nNơi nhận: #h(1fr) TM. ỦY BAN \\ \\- Như trên; #h(1fr) CHỦ TỊCH"

    assert lines(read(f"#set par(first-line-indent: 0pt)\n{head}\n\n{LONG}\n\n{foot}")) == [
        "BỘ TƯ PHÁP",
        "Số: 84/KH-BTP",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        LONG,
        "Nơi nhận:",
        "- Như trên;",
        "TM. ỦY BAN",
        "CHỦ TỊCH",
    ]


def test_bold_and_centred_are_told():
    source = read(f"#align(center)[*KẾ HOẠCH*]\n\n*I. MỤC ĐÍCH*\n\n{LONG}")

    assert [(block.bold, block.centred) for block in source.blocks] == [
        (True, True),
        (True, False),
        (False, False),
    ]


def test_a_ruled_table_gives_cells_row_by_row():
    body = (
        "#table(columns: (10%, 60%, 30%), [TT], [*Nội dung*], [Thời hạn],"
        f"[1], [{LONG}], [Tháng 3/2026], [2], [Tổng kết], [Quý IV])\nHết."
    )

    source = read(body)

    seen = [(source.text[b.start : b.end], b.kind, b.row, b.column) for b in source.blocks]
    assert seen == [
        ("TT", "cell", 0, 0), ("Nội dung", "cell", 0, 1), ("Thời hạn", "cell", 0, 2),
        ("1", "cell", 1, 0), (LONG, "cell", 1, 1), ("Tháng 3/2026", "cell", 1, 2),
        ("2", "cell", 2, 0), ("Tổng kết", "cell", 2, 1), ("Quý IV", "cell", 2, 2),
        ("Hết.", "line", None, None),
    ]  # fmt: skip


def test_a_table_that_goes_on_over_the_page_counts_its_rows_on():
    source = read(
        "#v(225mm)\n#table(columns: (20%, 80%), " + ", ".join(f"[{n}], [Việc]" for n in range(6)) + ")"
    )

    assert [block.row for block in source.blocks] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_a_number_cut_at_its_hyphen_is_put_together():
    start = "Căn cứ Luật Thi đua, khen thưởng; Nghị định số 98/2023/NĐ-"
    cut = f"{start} #linebreak(justify: true) CP ngày 31/12/2023 của Chính phủ."

    assert lines(read(f"{LONG}\n\n{cut}\n\n{LONG}"))[1] == (
        "Căn cứ Luật Thi đua, khen thưởng; Nghị định số 98/2023/NĐ-CP ngày 31/12/2023 của Chính phủ."
    )


def test_text_drawn_in_an_old_font_is_repaired():
    source = read("KÕ ho¹ch ph¸t ®éng phong trµo thi ®ua n¨m 2024")

    assert source.text == "Kế hoạch phát động phong trào thi đua năm 2024"
    assert source.notices == (notice("legacy_letters_repaired", encodings="TCVN3"),)


def test_a_scan_is_refused_with_its_number_of_pages():
    with pytest.raises(ScannedFileError) as refused:
        read_pdf(pdfs.scan(), "quét.pdf")

    assert refused.value.parameters["pages"] == 1


def test_a_scanned_page_among_others_is_told():
    square = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>"
    picture = f'#image(bytes("{square}"))'

    source = read(f"Trang một.\n#pagebreak()\n{picture}\n#pagebreak()\nTrang ba.")

    assert (lines(source), source.notices) == (
        ["Trang một.", "Trang ba."],
        (notice("scanned_pages", pages="2"),),
    )


def test_a_locked_file_asks_for_its_password_to_be_taken_off():
    with pytest.raises(EncryptedFileError):
        read_pdf(pdfs.locked(), "a.pdf")


def test_a_file_without_a_sign_is_empty():
    with pytest.raises(EmptyFileError):
        read_pdf(pdfs.one_page(""), "a.pdf")


@pytest.mark.parametrize("kept", [20, 400])
def test_a_file_cut_short_is_broken(kept):
    with pytest.raises(BrokenFileError):
        read_pdf(pdfs.typeset("Kế hoạch")[:kept], "a.pdf")

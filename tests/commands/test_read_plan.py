"""``thidua read-plan``: three forms of output, and a sentence for what cannot be read."""

import json
import subprocess
import sys
import unicodedata

import pytest

from thidua import cli
from thidua.demo.data_files import PLANS

PLAN = str(PLANS / "04-cao-diem-so-lao-cai-2025.txt")


def printed(capsys, *arguments):
    status = cli.main(["read-plan", *arguments])
    assert status == 0
    return capsys.readouterr().out


def test_json_has_the_header_and_places_in_the_printed_text(capsys):
    reading = json.loads(printed(capsys, "--json", PLAN))
    text = printed(capsys, "--text", PLAN)

    pieces = {item["quote"]: text[item["start"] : item["end"]] for item in reading["deadlines"]}

    assert (reading["doc_type"], reading["number"], reading["issued_on"]) == (
        "KE_HOACH",
        "9907/KH-STP",
        "2025-07-11",
    )
    assert len(pieces) > 3
    assert {quote: " ".join(piece.split()) for quote, piece in pieces.items()} == {
        quote: quote for quote in pieces
    }


def test_the_text_is_in_normal_form_c_whatever_the_file_has(capsys):
    text = printed(capsys, "--text", str(PLANS / "06-hoi-luat-gia-2026.txt"))

    assert text == unicodedata.normalize("NFC", text)
    assert "\r" not in text


def test_without_a_flag_the_reading_is_told_in_words(capsys):
    lines = printed(capsys, PLAN).splitlines()

    assert lines[0] == "Kế hoạch số 9907/KH-STP ngày 11/07/2025"
    assert "Thời gian: 15/07/2025 – 28/08/2025" in lines
    assert "  - 45 ngày chung một mái nhà, chung một quyết tâm" in lines


def test_a_regulation_is_said_to_launch_nothing(capsys):
    lines = printed(capsys, str(PLANS / "08-quy-che-cum-thi-dua.txt")).splitlines()

    assert "Đây không phải văn bản phát động phong trào thi đua." in lines


@pytest.mark.parametrize(
    ("name", "content", "beginning"),
    [
        ("rong.txt", b"", "Tệp “rong.txt” không có chữ nào."),
        ("trang.txt", b"  \n \n", "Tệp “trang.txt” không có chữ nào."),
        ("anh.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64, "Tệp “anh.png” là ảnh"),
        ("cut.docx", b"PK\x03\x04" + b"\0" * 400, "Tệp “cut.docx” (tệp nén Office) bị hỏng"),
    ],
)
@pytest.mark.parametrize("form", ["--json", "--text"])
def test_what_cannot_be_read_is_told_in_a_sentence(tmp_path, capsys, name, content, beginning, form):
    (tmp_path / name).write_bytes(content)

    status = cli.main(["read-plan", form, str(tmp_path / name)])

    told = capsys.readouterr()
    assert (status, told.out) == (1, "")
    assert told.err[: len(beginning)] == beginning


def test_a_file_that_is_not_there_is_named(tmp_path, capsys):
    status = cli.main(["read-plan", "--json", str(tmp_path / "khong-co.docx")])

    assert status == 1
    assert capsys.readouterr().err == (
        "Không mở được tệp “khong-co.docx”. Kiểm tra đường dẫn và quyền đọc rồi thử lại.\n"
    )


def test_garbled_words_are_refused_not_read(tmp_path, capsys):
    file = tmp_path / "loi.txt"
    file.write_text("kq?z x1z9 wq?t bcdfgh zx?w " * 200, encoding="utf-8")

    status = cli.main(["read-plan", "--json", str(file)])

    assert status == 1
    assert capsys.readouterr().err.startswith("Chữ trong tệp “loi.txt” không đọc ra được")


def test_both_forms_at_once_are_refused(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["read-plan", "--json", "--text", PLAN])

    assert ended.value.code == 2


def test_no_web_framework_is_loaded_to_read_a_plan():
    program = (
        "import sys; from thidua import cli; status = cli.main(['read-plan', '--json', sys.argv[1]]);"
        "sys.exit(9 if 'django' in sys.modules else status)"
    )

    done = subprocess.run([sys.executable, "-c", program, PLAN], capture_output=True, check=False)

    assert done.returncode == 0

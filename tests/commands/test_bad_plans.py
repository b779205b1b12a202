"""``thidua read-plan`` on what people give it by mistake: exit status 1 and the whole sentence, nothing else."""

import json

import pytest

from documents.bad_files import NOVEL, REFUSED, REMARKED
from thidua import cli


def told(path, capsys, *form):
    status = cli.main(["read-plan", *form, str(path)])
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_told_by_its_sentence(tmp_path, capsys, name):
    content, sentence = REFUSED[name]
    (tmp_path / name).write_bytes(content)

    assert told(tmp_path / name, capsys, "--json") == (1, "", f"{sentence}\n")


def test_a_file_of_300_megabytes_is_refused_unread(tmp_path, capsys):
    path = tmp_path / "lon.docx"
    with path.open("wb") as file:
        file.truncate(300 << 20)

    assert told(path, capsys) == (
        1,
        "",
        (
            "Tệp “lon.docx” nặng 300 MB, quá giới hạn 50 MB. "
            "Nén các hình ảnh trong tệp hoặc tách phụ lục ra rồi gửi lại.\n"
        ),
    )


@pytest.mark.parametrize("name", REMARKED)
def test_what_is_remarkable_is_told_beside_the_reading(tmp_path, capsys, name):
    content, sentence = REMARKED[name]
    (tmp_path / name).write_bytes(content)

    status, out, err = told(tmp_path / name, capsys, "--json")

    assert (status, err, type(json.loads(out))) == (0, f"{sentence}\n", dict)


def test_a_novel_launches_nothing_and_nothing_is_invented(tmp_path, capsys):
    (tmp_path / "novel.txt").write_text(NOVEL, encoding="utf-8")

    status, out, err = told(tmp_path / "novel.txt", capsys, "--json")

    found = json.loads(out)
    said = "Tệp “novel.txt” không phát động phong trào thi đua nào. Gửi đúng văn bản phát động.\n"
    assert (status, err, found.pop("is_launch_plan")) == (0, said, False)
    assert {field: value for field, value in found.items() if value} == {}


def test_a_day_no_calendar_has_is_shown_and_no_deadline_made_of_it(tmp_path, capsys):
    plan = (
        "KẾ HOẠCH\nPhát động phong trào thi đua năm 2025\n\nI. NỘI DUNG\n1. Hoàn thành nhiệm vụ.\n"
        "II. TỔ CHỨC THỰC HIỆN\n1. Các đơn vị gửi báo cáo trước ngày 31/02/2025.\n"
    )
    (tmp_path / "ngay.txt").write_text(plan, encoding="utf-8")

    status, out, err = told(tmp_path / "ngay.txt", capsys, "--json")

    found = json.loads(out)
    noise = [(one["seen"], one["means"]) for one in found["noise"]]
    assert (noise, "deadlines" in found) == ([("ngày 31/02/2025", "ngày không có trong lịch")], False)
    said = "“ngày 31/02/2025” không có trong lịch nên không tính thành thời hạn. Đối chiếu với văn bản gốc.\n"
    assert (status, err) == (0, said)


def test_of_two_plans_in_one_file_the_second_is_named(tmp_path, capsys):
    plan = (
        "SỞ {} TỈNH A\nSố: {}\n\nKẾ HOẠCH\nPhát động phong trào thi đua năm 2025\n\n"
        "I. NỘI DUNG\n1. Hoàn thành nhiệm vụ.\n"
    )
    both = plan.format("TƯ PHÁP", "12/KH-STP") + plan.format("TÀI CHÍNH", "15/KH-STC")
    (tmp_path / "hai.txt").write_text(both, encoding="utf-8")

    status, out, err = told(tmp_path / "hai.txt", capsys, "--json")

    said = (
        "Tệp “hai.txt” còn có văn bản khác, số 15/KH-STC: mỗi tệp chỉ đọc như một văn bản. "
        "Tách từng văn bản ra rồi đọc lại.\n"
    )
    assert (status, json.loads(out)["number"], err) == (0, "12/KH-STP", said)

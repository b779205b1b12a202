from io import BytesIO
from zipfile import ZipFile

import pytest

from documents.sample_plans import FOLDER, SAMPLES
from thidua.core.plans.reader import read
from thidua.documents.isolated import read_isolated
from thidua.documents.notices import notice
from thidua.documents.reading import read_document


def parts(package):
    with ZipFile(package) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.mark.parametrize("file", SAMPLES)
def test_each_plan_reads_as_it_stands_on_paper(file):
    on_paper = (FOLDER / file).with_suffix(".txt").read_text(encoding="utf-8")

    assert read_document(FOLDER / file).text == on_paper.removesuffix("\n")


@pytest.mark.parametrize("file", SAMPLES)
def test_the_files_kept_are_those_the_code_makes(file):
    assert parts(FOLDER / file) == parts(BytesIO(SAMPLES[file]()))


def test_what_was_done_to_a_file_is_told():
    assert read_document(FOLDER / "so-tu-phap.docx").notices == (notice("deletions_left_out", count=1),)
    assert read_document(FOLDER / "hoi-luat-gia.docx").notices == (
        notice("legacy_letters_repaired", encodings="TCVN3"),
    )


def test_a_provinces_plan_is_read_from_the_file_to_its_items():
    source = read_isolated(FOLDER / "tinh.docx")

    plan = read(source).to_json()

    assert (plan["number"], plan["issued_on"], plan["doc_type"]) == ("9127/KH-UBND", "2026-02-27", "KE_HOACH")
    assert [item["number"] for item in plan["contents"]] == ["1", "1.1", "1.2", "2", "2.1", "2.2"]
    assert [(item["due"], item.get("who")) for item in plan["deadlines"][-3:]] == [
        ("2026-03-20", "Các cơ quan, đơn vị"),
        ("2026-Q2", "Sở Khoa học và Công nghệ"),
        ("2026-09", "Sở Nội vụ"),
    ]
    assert all(source.text[item["start"] : item["end"]] == item["quote"] for item in plan["contents"])


def test_a_departments_plan_numbered_by_its_headings_is_read_to_its_items():
    plan = read(read_isolated(FOLDER / "so-tu-phap.docx")).to_json()

    assert plan["themes"][0]["text"] == "Gần dân, đúng luật, trả lời ngay"
    assert [item["number"] for item in plan["contents"]] == ["1", "1.1", "1.2", "2"]
    assert [item["due"] for item in plan["deadlines"]] == ["2026-07-10", "2026-12-05"]

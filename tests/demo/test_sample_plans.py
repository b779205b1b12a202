"""Every sample plan opens, and the files set by the builder are those of their sources."""

import unicodedata
from io import BytesIO

import docx
import pypdfium2
import pytest

from thidua.demo.build_plans import DECOMPOSED, built
from thidua.demo.data_files import PLANS, read_yaml
from thidua.demo.people import generate_people
from thidua.demo.plan_source import read_source, sources
from thidua.demo.units import load_units

FILES = [entry["file"] for entry in read_yaml(PLANS / "index.yaml")]


@pytest.fixture(scope="module")
def rebuilt() -> dict[str, bytes]:
    return built()


def text_of(file: str) -> str:
    content = (PLANS / file).read_bytes()
    match file.rpartition(".")[2]:
        case "docx":
            document = docx.Document(BytesIO(content))
            cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
            return "\n".join([*cells, *(paragraph.text for paragraph in document.paragraphs)])
        case "pdf":
            pages = pypdfium2.PdfDocument(content)
            return "\n".join(page.get_textpage().get_text_range() for page in pages)
        case _:
            return content.decode()


def sample(number: str) -> str:
    return next(file for file in FILES if file.startswith(number))


@pytest.mark.parametrize("file", FILES)
def test_each_sample_opens_and_shows_the_nation_or_its_kind(file):
    text = unicodedata.normalize("NFC", text_of(file))

    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert len(text) > 1000


def test_the_list_names_every_file_in_the_folder_and_no_other():
    files = {entry.name for entry in PLANS.iterdir() if entry.is_file()} - {"index.yaml"}

    assert sorted(files) == FILES


@pytest.mark.parametrize("name", [plan.file for plan in sources() if plan.file.endswith(".docx")])
def test_word_files_are_what_their_sources_make(rebuilt, name):
    kept, made = docx.Document(BytesIO((PLANS / name).read_bytes())), docx.Document(BytesIO(rebuilt[name]))

    assert kept.element.xml == made.element.xml


def test_the_pdf_says_what_its_source_makes(rebuilt):
    plan = sample("03")

    kept, made = (
        [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content)]
        for content in ((PLANS / plan).read_bytes(), rebuilt[plan])
    )

    assert kept == made


def test_building_twice_gives_the_same_bytes(rebuilt):
    again = built()

    assert [name for name in again if again[name] != rebuilt[name]] == []


def test_the_associations_plan_keeps_marks_apart_from_letters():
    text = (PLANS / sample("06")).read_text(encoding="utf-8")

    assert text == unicodedata.normalize("NFD", text)
    assert text != unicodedata.normalize("NFC", text)


def test_the_association_file_is_built_from_its_source(rebuilt):
    assert rebuilt[DECOMPOSED] == (PLANS / DECOMPOSED).read_bytes()


def test_word_numbers_the_ministrys_plan_itself_in_three_levels():
    document = docx.Document(BytesIO((PLANS / sample("01")).read_bytes()))

    styles = [p.style.name for p in document.paragraphs if p.style.name.startswith("Heading")]
    typed = [p.text for p in document.paragraphs if p.text.startswith(("I.", "1.", "1.1"))]

    assert set(styles) == {"Heading 1", "Heading 2", "Heading 3"}
    assert typed == []


def test_the_ministrys_plan_has_a_table_of_duties():
    tables = docx.Document(BytesIO((PLANS / sample("01")).read_bytes())).tables

    assert [(len(t.rows), len(t.columns)) for t in tables] == [(1, 2), (8, 5), (1, 2)]


def test_headings_are_numbered_in_roman_decimal_and_letters():
    plan = read_source(PLANS / "sources" / "01-ke-hoach-nganh-2026.txt")

    numbers = [line.number for line in plan.lines if line.number]

    assert numbers[:9] == ["I.", "1.", "a)", "b)", "c)", "2.", "a)", "b)", "c)"]
    assert [line.text for line in plan.lines if line.number == "IX."] == ["TỔ CHỨC THỰC HIỆN"]


def test_the_amending_decision_points_at_what_the_plan_says():
    plan, decision = text_of(sample("01")), text_of(sample("07"))

    assert all(words in plan for words in ("trước ngày 05/7/2026", "trước ngày 05/12/2026", "52% trở lên"))
    assert all(words in decision for words in ("15/7/2026", "10/12/2026", "55% trở lên", "Học viện Tư pháp"))


def test_the_address_given_for_questions_is_that_of_the_officer_in_charge():
    officer = next(p for p in generate_people(2026, load_units()) if p.staff_code == "TP00005")

    assert f"{officer.name}, chuyên viên" in text_of(sample("01"))
    assert officer.email in text_of(sample("01"))


@pytest.mark.parametrize(
    ("number", "position", "unit"),
    [
        ("01", "Bộ trưởng", "BTP"),
        ("02", "Cục trưởng", "CUC-HCTP"),
        ("03", "Thứ trưởng", "BTP"),
        ("04", "Giám đốc Sở", "STP-LAO-CAI"),
        ("05", "Giám đốc Sở", "STP-DONG-NAI"),
        ("06", "Chủ tịch Hội", "HLGVN"),
        ("09", "Phó Giám đốc Sở", "STP-CA-MAU"),
    ],
)
def test_each_plan_is_signed_by_somebody_who_holds_the_post(number, position, unit):
    text = unicodedata.normalize("NFC", text_of(sample(number)))

    signers = [
        str(p.name)
        for p in generate_people(2026, load_units())
        if any((post.position, post.unit) == (position, unit) for post in p.posts) and str(p.name) in text
    ]

    assert len(signers) == 1

"""The list of what stands where keeps up with the facts and with the law files."""

import re
from pathlib import Path

import pytest

from thidua.core.law.law import SHIPPED

DOCS = Path(__file__).parents[3] / "docs"
LISTED = (DOCS / "law-coverage.md").read_text(encoding="utf-8")
ROWS = (Path(__file__).parent / "rows_of_the_facts.txt").read_text(encoding="utf-8").split()
FILES = {path.relative_to(SHIPPED): path.read_text(encoding="utf-8") for path in SHIPPED.rglob("*.yaml")}
IN_FILES = LISTED.partition("## Not in a law file")[0]
MAPPED = re.findall(r"^\| ([A-Z]\S*(?: / \.\w+)*) \|(?: [^|`]+ \|)? (`[^|]+) \|$", IN_FILES, re.MULTILINE)


def ids_of(cell: str) -> set[str]:
    """Return the ids one cell stands for: ``M.GK.p / .c`` is two, ``M.HCLD3/2/1.p`` three."""
    first, *others = cell.split(" / ")
    ids = {first, *(first.rpartition(".")[0] + other for other in others)}
    return ids | {one.replace("3/2/1", place) for one in ids for place in "321" if "3/2/1" in one}


LISTED_IDS = {
    one for cell in re.findall(r"^\| ([A-Z][^|]*?) \|", LISTED, re.MULTILINE) for one in ids_of(cell)
}


def test_every_row_of_the_facts_is_listed():
    assert [row for row in ROWS if row not in LISTED_IDS] == []


def test_every_rule_of_the_law_files_is_listed():
    written = {rule for text in FILES.values() for rule in re.findall(r"\brule: ([A-Z][\w.+-]*)", text)}

    assert sorted(written - LISTED_IDS) == []


def test_every_file_named_in_the_list_is_there():
    named = re.findall(r"`((?:figures|awards|general|overlays)/[\w/-]+?)(?:\.yaml)?`", LISTED)

    assert [name for name in named if not (SHIPPED / f"{name}.yaml").is_file()] == []


@pytest.mark.parametrize(("cell", "files"), MAPPED, ids=[cell for cell, _ in MAPPED])
def test_a_file_named_for_a_rule_holds_it(cell, files):
    named = re.findall(r"`([\w/-]+)`", files)
    wanted = ids_of(cell)

    assert [
        name
        for name in named
        if not any(
            re.search(rf"\b{re.escape(rule)}(?![\w.])", FILES[Path(f"{name}.yaml")]) for rule in wanted
        )
    ] == []

"""The bodies that a table names row by row."""

import pytest

from thidua.core.plans.row_bodies import body_at, is_body_column, row_bodies
from thidua.core.plans.source import Block, Source

BARRED = """CHỈ TIÊU THI ĐUA

| TT | Chỉ tiêu | Đơn vị tính | Mức giao | Đơn vị thực hiện |
| 1 | Số cuộc kiểm tra văn bản | cuộc | 12 | Cục Kiểm tra văn bản |
| 2 | Số hòa giải viên được bồi dưỡng | người | 1.250 | |
"""
ROWS = (("Chỉ tiêu", "ĐVT", "Giao", "Cơ quan chủ trì"), ("Giá trị thu hồi", "tỷ đồng", "2.500", "Cục THADS"))


def of_cells(rows):
    """Return a document of one table, a cell each line, as a word processor gives it."""
    text, blocks = "", []
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            blocks.append(Block(len(text), len(text) + len(cell), "cell", row=row, column=column))
            text += f"{cell}\n"
    return Source(text, tuple(blocks))


def test_a_row_of_bars_tells_its_body():
    found = row_bodies(Source.from_text(BARRED))

    assert [one.name for one in found] == ["Cục Kiểm tra văn bản"]
    first, second = (BARRED.index(line) for line in ("| 1 |", "| 2 |"))
    assert body_at(found, first, second - 1) == "Cục Kiểm tra văn bản"
    assert body_at(found, second, len(BARRED)) == ""


def test_a_row_of_cells_tells_its_body():
    source = of_cells(ROWS)

    assert body_at(row_bodies(source), source.text.index("Giá trị"), len(source.text)) == "Cục THADS"


@pytest.mark.parametrize(
    "heading",
    [
        "Đơn vị thực hiện",
        "Cơ quan chủ trì",
        "Đơn vị được giao",
        "Chủ trì",
        "Đầu mối",
        "Đơn vị chịu trách nhiệm",
    ],
)
def test_a_column_of_bodies_is_known_by_its_heading(heading):
    assert is_body_column(heading)


@pytest.mark.parametrize(
    "heading", ["Đơn vị tính", "Đơn vị", "Thực hiện năm 2025", "Chỉ tiêu", "", "Mức giao"]
)
def test_other_columns_name_no_body(heading):
    assert not is_body_column(heading)

"""Writes small invented plans for the tests: a header, a title and the given body."""

from thidua.core.plans.outline import Outline, outline_of
from thidua.core.plans.source import Source

HEADER = """ỦY BAN NHÂN DÂN TỈNH LÂM KHÊ
Số: 41/KH-UBND
Lâm Khê, ngày 10 tháng 01 năm 2024

"""


def plan(
    body: str, *, title: str = "Phát động phong trào thi đua năm 2024", kind: str = "KẾ HOẠCH"
) -> Outline:
    """Return the outline of a plan of 2024 whose sections are ``body``."""
    return outline_of(Source.from_text(f"{HEADER}{kind}\n{title}\n\n{body}\n"))


def quotes_stand_in_text(outline: Outline, items) -> bool:
    """Say whether each item's quote is what stands at its place."""
    text = outline.source.text
    return all(" ".join(text[one.place.start : one.place.end].split()) == one.place.quote for one in items)

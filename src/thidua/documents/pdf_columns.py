"""Two columns at the head and the foot of an official paper: read one after the other, not across.

The head has the issuer on the left and the state's name on the right; the foot the recipients and the signer.
"""

from re import compile as pattern

from thidua.core.text.folding import fold
from thidua.documents.pdf_lines import PdfLine

_HEAD = ("cong hoa xa hoi chu nghia", "dang cong san viet nam")
_FOOT = ("noi nhan",)
_PLACE_AND_DATE = pattern(r"ngày\s.*tháng\s.*năm\b")
_NEAR = 3.0
# In letter sizes: how far apart two lines of one column may stand, and how far down a whole zone reaches.
_STEP = 2.5
_WIDER_STEP = 1.4
_DEEPEST = 24


def columns_in_order(lines: list[PdfLine]) -> list[PdfLine]:
    """Return the lines of one page with the two columns of its head and of its foot read left first."""
    for place, line in enumerate(lines):
        folded = fold(line.text)
        if folded.startswith(_HEAD):
            # The state's name stands on the right: what is beside it, to the left, is the issuer.
            beside = [
                other.right for other in lines if _is_beside(other, line) and other.right < line.left + _NEAR
            ]
            lines = _in_order(lines, line, (max(beside) + line.left) / 2 if beside else None)
        elif folded.startswith(_FOOT):
            below = lines[place:]
            beside = [
                other.left
                for other in below
                if _is_beside(other, line) and other.left > line.right + line.size
            ]
            return lines[:place] + _in_order(below, line, min(beside) - line.size / 2 if beside else None)
    return lines


def _is_beside(other: PdfLine, line: PdfLine) -> bool:
    return other is not line and abs(other.base - line.base) <= 2 * line.size


def _in_order(lines: list[PdfLine], first: PdfLine, split: float | None) -> list[PdfLine]:
    """Return ``lines`` with those left of ``split`` around ``first`` before those right of it."""
    if split is None:
        return lines
    sides = [line for line in lines if line.right < split + _NEAR or line.left > split - _NEAR]
    crossing = [line.base for line in lines if line.left < split - _NEAR and line.right > split + _NEAR]
    floor = max((base for base in crossing if base < first.base), default=first.base - _DEEPEST * first.size)
    top = min((base for base in crossing if base > first.base), default=first.base + _DEEPEST * first.size)
    zone = [line for line in sides if floor < line.base < top]
    left = _unbroken([line for line in zone if line.left < split], first)
    right = _unbroken([line for line in zone if line.left >= split], first)
    inside = {*left, *right}
    if not inside:
        return lines
    outside = [line for line in lines if line not in inside]
    place = next(place for place, line in enumerate(lines) if line in inside)
    return outside[:place] + left + right + outside[place:]


def _unbroken(column: list[PdfLine], first: PdfLine) -> list[PdfLine]:
    """Return ``column`` from its top down to where a wide gap parts it from what follows."""
    kept: list[PdfLine] = []
    step = 0.0
    for line in sorted(column, key=lambda line: -line.base):
        gap = kept[-1].base - line.base if kept else 0.0
        told = line.base < first.base - _STEP * first.size
        if (
            told
            and gap > max(_STEP * line.size, _WIDER_STEP * step)
            and not _PLACE_AND_DATE.search(line.text)
        ):
            break
        step = max(step, gap)
        kept.append(line)
    return kept

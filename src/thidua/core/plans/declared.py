"""Short forms a document declares for its own use: «(sau đây gọi tắt là Phong trào thi đua)»."""

import re
from collections.abc import Iterator

from thidua.core.plans.items import Abbreviation
from thidua.core.plans.lines import Clean
from thidua.core.plans.outline import Outline

_DECLARED = re.compile(
    r"\(? ?(?:sau đây|dưới đây) ?(?:được )?(?:gọi|viết)(?: tắt| chung)*(?: là)?:? ?"
    r"[“\"]?(?P<short>[^“”\"();,.]{2,80}?)[”\"]?(?= ?[);,.]|\Z)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(
    r"\((?:viết tắt(?: là)?|gọi tắt(?: là)?):? ?[“\"]?(?P<short>[^“”\"()]{2,40}?)[”\"]? ?\)", re.IGNORECASE
)
_CLAUSE_END = re.compile(r"[;:.,] |\)")
_LONGEST = 160


def read_abbreviations(outline: Outline) -> list[Abbreviation]:
    """Read each declared short form with the words it stands for."""
    return [one for node in outline.nodes for one in _in_text(outline, node.clean)]


def _in_text(outline: Outline, clean: Clean) -> Iterator[Abbreviation]:
    text = clean.text
    if "gọi" not in text and "viết tắt" not in text:
        return
    for match in (*_DECLARED.finditer(text), *_IN_BRACKETS.finditer(text)):
        before = text[max(0, match.start() - _LONGEST) : match.start()].rstrip(" (")
        short = match["short"].strip()
        if full := _full_form(before, short):
            start = text.rindex(full, 0, match.start())
            yield Abbreviation(place=outline.cite(clean, start, match.end()), short=short, full=full)


def _full_form(before: str, short: str) -> str:
    """Return the words ``short`` stands for: those that begin as it does, those of its letters, or the clause."""
    clause = _CLAUSE_END.split(before)[-1].strip()
    said = clause.lower().rfind(short.lower())
    if said >= 0:
        return clause[said:]
    words = clause.split()
    initials = "".join(word[0].upper() for word in words)
    at = initials.rfind(short.upper())
    return " ".join(words[at:]) if short.isupper() and at >= 0 else clause

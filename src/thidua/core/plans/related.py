"""Other movements a plan speaks of: the names in quotation marks behind "phong trào thi đua", with their span."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from thidua.core.plans.items import RelatedMovement
from thidua.core.plans.outline import Outline
from thidua.core.plans.passages import Passage, passages_of
from thidua.core.plans.roles import Role
from thidua.core.plans.themes import read_themes
from thidua.core.text.folding import fold

_QUOTED = re.compile(r"[“\"](?P<name>[^“”\"]{8,400})[”\"]")
_MOVEMENT = re.compile(
    r"(?:phong\s+trào(?:\s+thi\s+đua)?|cuộc\s+vận\s+động|thi\s+đua|gắn\s+với\s+đẩy\s+mạnh)"
    r"(?:\s+do\s+[^“”:;]{3,90}?\s+phát\s+động)?(?:\s+(?:chuyên\s+đề|theo\s+chuyên\s+đề|yêu\s+nước|cao\s+điểm|với\s+chủ\s+đề|mang\s+tên))*[\s:*]*$",
    re.IGNORECASE,
)
_NEXT_OF_LIST = re.compile(
    r"[\s*.…]*(?:,|;|và|hoặc|;\s*phong\s+trào)?[\s*]*(?:và\s+)?(?:phong\s+trào(?:\s+thi\s+đua)?[\s*:]*)?",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?:chủ\s+đề|khẩu\s+hiệu|phát\s+động\s+(?:và\s+\w+\s+\w+\s+)?(?:phong\s+trào(?:\s+thi\s+đua)?|thi\s+đua))",
    re.IGNORECASE,
)
_SPAN = re.compile(
    r"(?:giai\s+đoạn|năm\s+học|từ\s+năm|nhiệm\s+kỳ)?\s*\(?(?P<from>(?:19|20)\d{2})\s*(?:[-–—]|đến(?:\s+năm)?)\s*(?P<to>(?:19|20)\d{2})\)?",
    re.IGNORECASE,
)
_SPAN_IN_NAME = re.compile(
    r"giai\s+đoạn\s*\(?(?P<from>(?:19|20)\d{2})\s*[-–—]\s*(?P<to>(?:19|20)\d{2})", re.IGNORECASE
)
_LOOK_BACK = 90
_OWN_REACH = 160


@dataclass(frozen=True, slots=True)
class _Name:
    start: int
    end: int
    text: str
    span: str | None


def read_related_movements(outline: Outline) -> list[RelatedMovement]:
    """Return each other movement once, in the order of the document."""
    if not outline.is_launch_plan:
        return []
    own = _own_names(outline)
    found: dict[str, RelatedMovement] = {}
    for passage in passages_of(outline):
        if passage.node.row or passage.is_within(Role.AWARDS, Role.CRITERIA, Role.PHASES):
            continue
        for name in _names(passage):
            key = _key(name.text)
            if key not in own and key not in found:
                found[key] = RelatedMovement(
                    place=passage.cite(name.start, name.end), name=name.text, span=name.span
                )
    return list(found.values())


def _own_names(outline: Outline) -> set[str]:
    """Return the keys of the plan's own movement and theme: quoted in its title, or launched with these words."""
    title = " ".join(line.text for line in outline.part.title)
    own = {_key(match["name"]) for match in _QUOTED.finditer(title)}
    own |= {_key(theme.text) for theme in read_themes(outline)}
    for node in outline.preamble:
        text = node.clean.text
        for match in _QUOTED.finditer(text):
            if _OWN.search(text, max(0, match.start() - _OWN_REACH), match.start()):
                own.add(_key(match["name"]))
    for node in outline.nodes:
        text = node.clean.text
        for match in _QUOTED.finditer(text):
            if _LAUNCHED.search(text, max(0, match.start() - _OWN_REACH), match.start()):
                own.add(_key(match["name"]))
    return own


_LAUNCHED = re.compile(
    r"với\s+chủ\s+đề[\s:*]*$|chủ\s+(?:đề|điểm)[\s:*]*$|(?<!\w)phát\s+động\s+phong\s+trào\s+thi\s+đua[\s:*]*$",
    re.IGNORECASE,
)


def _names(passage: Passage) -> Iterator[_Name]:
    """Yield the quoted names that follow "phong trào", and those listed after one of them."""
    text = passage.text
    listed_from = -1
    for match in _QUOTED.finditer(text, passage.start):
        named = _MOVEMENT.search(text, max(0, match.start() - _LOOK_BACK), match.start())
        goes_on = listed_from >= 0 and _NEXT_OF_LIST.fullmatch(text, listed_from, match.start())
        if not named and not goes_on:
            listed_from = -1
            continue
        behind = _SPAN.match(
            text, match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip(" *"))
        )
        inside = _SPAN_IN_NAME.search(match["name"])
        span = behind or inside
        listed_from = behind.end() if behind else match.end()
        yield _Name(
            match.start(),
            listed_from if behind else match.end(),
            " ".join(match["name"].strip(" *.,;").split()),
            f"{span['from']}-{span['to']}" if span else None,
        )


def _key(name: str) -> str:
    return re.sub(r"\W+", " ", fold(name)).strip()

"""What one must reach to be awarded, for collectives and for individuals, and what excludes one."""

import re
from collections.abc import Iterator
from itertools import pairwise

from thidua.core.plans.clauses import Span, clauses, trimmed
from thidua.core.plans.counts import counts_in
from thidua.core.plans.figures import figure_of, measures_in, operation_of
from thidua.core.plans.forms import find_forms
from thidua.core.plans.groups import Kind, kind_of, kinds_of
from thidua.core.plans.items import Criterion
from thidua.core.plans.outline import Node, Outline
from thidua.core.plans.passages import Passage, passages_of
from thidua.core.plans.roles import Role

_REFUSING = re.compile(
    r"(?:không|chưa)\s+(?:được\s+)?(?:xét|đề\s+nghị|bình\s+xét|khen|xem\s+xét)(?:\s+(?:tặng|khen\s+thưởng|thưởng|khen|thi\s+đua|duyệt|suy\s+tôn|tôn\s+vinh|bình\s+chọn))*"
    r"(?:(?:\s+(?:đối\s+với|với|cho|trong\s+trường\s+hợp|các\s+trường\s+hợp|trường\s+hợp|nếu|khi))+\s*:?|\s*:"
    r"|(?=\s+(?:các\s+|những\s+)?(?:tập\s+thể|cá\s+nhân|đơn\s+vị|cán\s+bộ|công\s+chức|người|hộ|đội|lớp|khoa|nhà\s+thầu|doanh\s+nghiệp|đồng\s+chí)[\s,]))",
    re.IGNORECASE,
)
_THEN_REFUSED = re.compile(
    r",?\s+(?:thì|sẽ)\s+(?:không|chưa)\s+(?:được\s+)?(?:xét|khen|đề\s+nghị|xem\s+xét|bình\s+xét)(?!\w)",
    re.IGNORECASE,
)
# What alone is considered: "Chỉ xét tập thể hoàn thành 100% chỉ tiêu".
_ONLY = re.compile(
    r"chỉ\s+(?:xét|đề\s+nghị|bình\s+xét|khen|xem\s+xét)(?:\s+(?:tặng|khen\s+thưởng|khen|chọn|đối\s+với|cho))*\s+",
    re.IGNORECASE,
)
# "… từ 50 triệu đồng trở lên được xét, đề nghị Chủ tịch UBND xã tặng Giấy khen"
_EARNS = re.compile(
    r"\s+(?:thì\s+|sẽ\s+)?được\s+(?:(?:xem\s+)?xét,?\s+|đề\s+nghị\s+|trình\s+)+(?=[^.;]{0,80}(?:tặng|khen|biểu\s+dương))",
    re.IGNORECASE,
)
_NEXT_BEARER = re.compile(
    r"(?:,|\s+và|\s+hoặc)\s+(?=(?:tập\s+thể|cá\s+nhân|đơn\s+vị|hộ|gia\s+đình|doanh\s+nghiệp|tổ\s+chức|cơ\s+quan)\s[^,;.]{0,60}\d)",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?:đối\s+với|với|về|tặng\s+cho|dành\s+cho)\s+", re.IGNORECASE)
_LEAD = re.compile(r"(?:là\s+(?:các\s+|những\s+)?)?", re.IGNORECASE)
_MUST = re.compile(
    r"(?<!\w)(?:phải|đạt|có|hoàn\s+thành|không|được|là|từ|ít\s+nhất|tối\s+thiểu)(?!\w)", re.IGNORECASE
)
_STAFF_STANDARD = re.compile(r"tiêu\s+(?:chuẩn|chí)|điều\s+kiện", re.IGNORECASE)
_INTRODUCES = re.compile(
    r"(?:như\s+sau|sau\s+đây|sau|cụ\s+thể|gồm|tiêu\s+(?:chuẩn|chí)(?:\s+chung)?|điều\s+kiện)\s*:?\s*$",
    re.IGNORECASE,
)
_AWARDING = (Role.AWARDS, Role.CRITERIA, Role.REFUSALS, Role.AWARD_COUNT)
_BEARERS = re.compile(
    r"(?:[^\W\d_]+\s+){0,2}[^\W\d_]+(?:,|\s+và|\s+hoặc)\s+(?:các\s+)?cá\s+nhân(?!\w)", re.IGNORECASE
)
_SHORTEST = 12
_FULL_STOP = re.compile(
    r"\.\s+$"
)  # "Điều kiện: …. Không xét …": conditions first, refusals in a sentence of their own


def read_criteria(outline: Outline) -> list[Criterion]:
    """Return the criteria in order; each piece between semicolons is one. Grounds for refusal have ``excludes``."""
    if not outline.sets_out_work:
        return []
    return [one for passage in passages_of(outline) for one in _in_paragraph(passage)]


def _in_paragraph(passage: Passage) -> Iterator[Criterion]:
    node = passage.node
    if node.row or not passage.text:
        return
    refusing = _REFUSING.search(passage.text, passage.start) if passage.is_within(*_AWARDING) else None
    if refusing and not node.is_heading and len(passage.text) - refusing.end() > _SHORTEST:
        if passage.area.nearest is Role.CRITERIA and _FULL_STOP.search(passage.text, 0, refusing.start()):
            yield from _required(passage, excludes=False, end=refusing.start())
        yield from _refusals(passage, refusing)
    elif node.is_heading:
        return
    elif passage.is_within(*_AWARDING) and _THEN_REFUSED.search(passage.text, passage.start):
        yield from _refused_last(passage)
    elif passage.is_within(*_AWARDING) and (only := _ONLY.search(passage.text, passage.start)):
        yield from _alone_considered(passage, only)
    elif passage.area.nearest is Role.REFUSALS and node.own_roles[:1] != (Role.REFUSALS,):
        yield from _required(passage, excludes=True)
    elif _may_earn(passage):
        yield from _earning(passage)
    elif passage.area.nearest is Role.CRITERIA and not (passage.area.mixed and _tells_award(passage)):
        yield from _required(passage, excludes=False)


def _tells_award(passage: Passage) -> bool:
    """Whether a paragraph under "Tiêu chuẩn và hình thức khen thưởng" is about the awards themselves."""
    return bool(find_forms(passage.text, passage.start, len(passage.text))) or any(
        counts_in(passage, clause) for clause in passage.clauses
    )


def _required(passage: Passage, *, excludes: bool, end: int | None = None) -> Iterator[Criterion]:
    start = passage.node.rest_at if _is_plain_label(passage.node) else passage.start
    named = _applies_to(passage.node)
    for clause in _pieces(passage.text, start, end):
        # A piece may say itself whom it meets: "Cá nhân đang bị xem xét kỷ luật".
        own = _own_bearer(passage.text[slice(*clause)]) if excludes or named in (None, "both") else None
        yield _criterion(passage, clause, own or named or "both", excludes=excludes)


def _refused_last(passage: Passage) -> Iterator[Criterion]:
    """Yield the ground of "Đội nào để xảy ra mất an toàn thì không được xét thưởng"."""
    for start, end in clauses(passage.text, passage.start):
        if last := _THEN_REFUSED.search(passage.text, start, end):
            said = passage.text[start : last.start()]
            applies = _own_bearer(said) or kind_of(said) or _applies_to(passage.node) or "both"
            yield _criterion(passage, (start, last.start()), applies, excludes=True)


def _alone_considered(passage: Passage, only: re.Match[str]) -> Iterator[Criterion]:
    """Yield the conditions of "Chỉ xét tập thể …; cá nhân …", to the end of the sentence."""
    sentence = clauses(passage.text, only.end(), marks=".")[:1]
    for clause in (piece for span in sentence for piece in _pieces(passage.text, *span)):
        applies = _own_bearer(passage.text[slice(*clause)]) or _applies_to(passage.node) or "both"
        yield _criterion(passage, clause, applies, excludes=False)


def _refusals(passage: Passage, refusing: re.Match[str]) -> Iterator[Criterion]:
    """Yield the grounds of "Không xét đối với …; …", each for whom it names."""
    listed = refusing.group().rstrip().endswith(":")  # "Không xét các trường hợp: …; …"
    for at, clause in enumerate(_pieces(passage.text, refusing.end())):
        begins = refusing.start() if at == 0 and not listed else clause[0]
        own = _own_bearer(passage.text[slice(*clause)])
        applies = own or _applies_to(passage.node) or "both"
        yield _criterion(passage, (begins, clause[1]), applies, excludes=True)


def _may_earn(passage: Passage) -> bool:
    says = passage.says("được") and passage.says("tặng", "khen", "biểu dương")
    return (
        says
        and passage.area.nearest is not Role.CRITERIA
        and any(_EARNS.search(passage.text, *one) for one in passage.clauses)
    )


def _earning(passage: Passage) -> Iterator[Criterion]:
    """Yield the figures to reach of "cá nhân góp từ 20 triệu đồng, tập thể … được đề nghị Chủ tịch tặng Giấy khen"."""
    for start, end in passage.clauses:
        earns = _EARNS.search(passage.text, start, end)
        begins = (
            [start, *(one.end() for one in _NEXT_BEARER.finditer(passage.text, start, earns.start()))]
            if earns
            else []
        )
        for left, right in pairwise([*begins, earns.start() if earns else end]):
            piece = trimmed(passage.text, left, right)
            bearer = kind_of(passage.text[slice(*piece)])
            if bearer and any(one.unit for one in measures_in(passage, piece)):
                yield _criterion(passage, piece, bearer, excludes=False)


def _own_bearer(piece: str) -> str | None:
    """Return whom a piece names first: "tập thể, cá nhân đang bị …" is both."""
    first = _BEARERS.match(piece)
    kinds = kinds_of(first.group()) if first else ()
    return _named(kinds) if kinds else kind_of(piece)


def _pieces(text: str, start: int, end: int | None = None) -> list[Span]:
    return [
        (left, right)
        for left, right in clauses(text, start, end)
        if right - left >= _SHORTEST and not _INTRODUCES.search(text, left, right)
    ]


def _is_plain_label(node: Node) -> bool:
    """Whether the label only says for whom or that criteria follow, and is no criterion itself."""
    return bool(node.label) and (bool(node.own_roles) or bool(_kinds(node.label)))


def _applies_to(node: Node) -> str | None:
    """Return for whom the nearest label above says it is: one kind, both, or the group it names."""
    for one in (node, *node.ancestors):
        kinds = _kinds(one.label) if one.label else ()
        if kinds:
            return _named(kinds)
        if one.own_roles[:1] == (Role.AWARDS,):
            return None
    return None


def _kinds(label: str) -> tuple[Kind, ...]:
    """Return whom a label is for: "Đối với tập thể", "Tiêu chuẩn cá nhân"; a label that says more is no such."""
    words = _STAFF_STANDARD.sub("", label, count=1)
    about = _ABOUT.search(words)
    words = words[about.end() :] if about else words.strip(" :")
    return kinds_of(words) if about or len(words.split()) <= 6 else ()  # noqa: PLR2004  a label is short


def _named(kinds: tuple[Kind, ...]) -> str:
    known = [kind for kind in kinds if kind != "household"]
    return "both" if len(known) > 1 else kinds[0]


def _criterion(passage: Passage, clause: Span, applies_to: str, *, excludes: bool) -> Criterion:
    start, end = trimmed(passage.text, *clause)
    measures = measures_in(passage, (start, end))
    counted = next((one for one in measures if one.unit or one.op != "="), None)
    return Criterion(
        place=passage.cite(start, end),
        applies_to=applies_to,
        text=passage.text[start:end],
        op=operation_of(counted) if counted else None,
        value=figure_of(counted) if counted else None,
        unit=(counted.unit or None) if counted else None,
        excludes=True if excludes else None,
    )

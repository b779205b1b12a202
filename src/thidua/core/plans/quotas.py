"""How many may be awarded of each group: caps and given numbers, never figures of money or of work."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from thidua.core.plans.clauses import Span, trimmed
from thidua.core.plans.counts import Count, caps_titles, counts_in
from thidua.core.plans.forms import Form, find_forms
from thidua.core.plans.grants import grants_in, owner_of
from thidua.core.plans.groups import Kind, kinds_of
from thidua.core.plans.items import Quota
from thidua.core.plans.outline import Node, Outline
from thidua.core.plans.passages import Passage, passages_of
from thidua.core.plans.quota_rows import counts_of_row, is_row_of_numbers, place_of_row
from thidua.core.plans.roles import Role
from thidua.core.text.numbers import Comparison

_AWARDING = (Role.AWARDS, Role.AWARD_COUNT)
_WITHOUT = (
    Role.CRITERIA,
    Role.REFUSALS,
    Role.DOSSIER,
    Role.SCORING,
    Role.AWARD_WINDOW,
    Role.BASIS,
    Role.SUBJECTS,
)
# Counts in an award section that limit nothing: achievements, votes, members of a council.
_NO_LIMIT = re.compile(
    r"không\s+xét|chưa\s+xét|phiếu|thành\s+viên\s+hội\s+đồng|đã\s+(?:được|có|tặng|khen|trao)|(?:vận\s+động|(?<!nhiều\s)(?<!có\s)đóng\s+góp)(?!\s+(?:tích\s+cực|nổi\s+bật|xuất\s+sắc|hiệu\s+quả|lớn|quan\s+trọng))|hồ\s+sơ",
    re.IGNORECASE,
)
_NO_LIMIT_WORDS = ("xét", "phiếu", "hội đồng", "đã ", "vận động", "đóng góp", "hồ sơ")
_FIGURE = re.compile(r"\d|(?:ít\s+nhất|tối\s+đa|không\s+quá)\s+\w")
_GIVEN = re.compile(
    r"(?<!\w)(?:(?<!được\s)(?:tặng|trao)|đề\s+nghị|lựa\s+chọn|bình\s+chọn|chọn|suy\s+tôn|giới\s+thiệu)(?!\w)",
    re.IGNORECASE,
)
_COMMENDS = re.compile(r"(?<!\w)khen(?!\w)", re.IGNORECASE)
_COMMENDS_SO_MANY = re.compile(r"(?<!\w)khen(?:\s+thưởng)?\s+(?:cho\s+)?\d", re.IGNORECASE)
_LEGIBLE = 32  # characters
_EITHER: tuple[Kind, ...] = ("collective", "individual")
_RATE = re.compile(
    r"(?:không|tối\s+(?:đa|thiểu)|ít\s+nhất|quá|vượt|chiếm|tỷ\s+lệ|không\s+vượt)", re.IGNORECASE
)


@lru_cache(maxsize=1)  # asked for again by those who look for whom an award is
def read_quotas(outline: Outline) -> tuple[Quota, ...]:
    """Return the quotas of a movement in the order of the document."""
    if not outline.is_launch_plan:
        return ()
    found: list[Quota] = []
    for passage in passages_of(outline):
        if _may_limit(passage):
            found += (_in_row if is_row_of_numbers(passage.node) else _in_paragraph)(passage)
        elif _is_open(passage):
            # Outside a section of awards only a sentence that gives, proposes or chooses tells a quota.
            found += _in_paragraph(passage, giving=True)
    return tuple(found)


def bearers_of(node: Node) -> tuple[Kind, ...]:
    """Return whom the nearest heading above (or the node's own label) names: "Đối với tập thể", "a) Cá nhân"."""
    for one in (node, *node.ancestors):
        if one.label and (kinds := _kinds_in(one.label)):
            return kinds
        if Role.AWARDS in one.own_roles[:1]:
            break
    return ()


@lru_cache(maxsize=512)  # a heading is asked for everything below it
def _kinds_in(label: str) -> tuple[Kind, ...]:
    return () if find_forms(label, 0, len(label)) else kinds_of(label)


def _may_limit(passage: Passage) -> bool:
    area = passage.area
    within = area.nearest is not None and area.nearest not in _WITHOUT and passage.is_within(*_AWARDING)
    return within or (area.mixed and not passage.node.is_heading)


def _is_open(passage: Passage) -> bool:
    return passage.node.row is None and not passage.is_within(*_WITHOUT) and not passage.node.is_heading


def _in_row(passage: Passage) -> Iterator[Quota]:
    node = passage.node
    place = place_of_row(passage)
    above = _form_above(node)
    for count in counts_of_row(node, bearers_of(node)):
        measure = count.measure
        yield Quota(
            place=place,
            text=count.text,
            min=measure.value if measure.high is not None else None,
            max=measure.value if measure.high is None else measure.high,
            for_=count.kinds,
            award=count.form.name if count.form else above,
            per=count.per,
        )


def _in_paragraph(passage: Passage, *, giving: bool = False) -> Iterator[Quota]:
    if not _FIGURE.search(passage.text):
        return
    bearer = bearers_of(passage.node) or _EITHER
    may_be_none = passage.says(*_NO_LIMIT_WORDS)
    for clause in passage.clauses:
        if not _FIGURE.search(passage.text, *clause):
            continue
        if may_be_none and _NO_LIMIT.search(passage.text, *clause):
            continue
        given = not giving or _gives(passage.text, clause)
        if not given and "%" not in passage.text:
            continue
        counts = counts_in(passage, clause, bearer)
        if not given:
            counts = [one for one in counts if caps_titles(passage.text, clause, one.measure)]
        yield from _of_clause(passage, clause, counts) if counts else ()


def _of_clause(passage: Passage, clause: Span, counts: list[Count]) -> Iterator[Quota]:
    text = passage.text
    forms = find_forms(text, *clause)
    grants = grants_in(text, clause) if forms else []
    owners = [owner_of(text, count, grants) if len(grants) > 1 else 0 for count in counts]
    for count, owner in zip(counts, owners, strict=True):
        if _limits(count, text, clause, forms):
            named = grants[owner].name if len(grants) > 1 else forms[0].name if forms else None
            # Prizes are told in one row: "khối xã 01 giải Nhất, 02 giải Nhì".
            whole = named is not None and named.startswith("Giải")
            row = [one for one, other in zip(counts, owners, strict=True) if whole or other == owner]
            yield _quota(passage, clause, count, row, forms, named)


def _gives(text: str, clause: Span) -> bool:
    if _COMMENDS_SO_MANY.search(text, *clause):
        return True
    if _GIVEN.search(text, *clause) is None:
        return False
    return _COMMENDS.search(text, *clause) is not None or bool(find_forms(text, *clause))


def _limits(count: Count, text: str, clause: Span, forms: Sequence[Form]) -> bool:
    """Whether a count limits awards; a share does when it is a cap or a form goes with it."""
    if not count.is_share:
        return True
    return bool(forms) or _RATE.search(text, clause[0], count.measure.end) is not None


def _quota(
    passage: Passage,
    clause: Span,
    count: Count,
    row: Sequence[Count],
    forms: Sequence[Form],
    named: str | None,
) -> Quota:
    measure, text = count.measure, passage.text
    starts = [one.measure.start if one.per_start is None else one.per_start for one in row]
    if not measure.unit and forms:
        starts.append(forms[0].start)  # "Cờ thi đua: 01" says nothing without its form
    start, end = _legible(text, clause, *trimmed(text, min(starts), max(one.end for one in row)))
    kinds = tuple(kind for kind in count.kinds if kind != "household" or len(count.kinds) == 1)
    given = measure.high if measure.high is not None else measure.value
    return Quota(
        place=passage.cite(start, end),
        text=_text(text, count),
        min=measure.value if measure.op in (Comparison.RANGE, Comparison.AT_LEAST, Comparison.MORE) else None,
        max=None if measure.op in (Comparison.AT_LEAST, Comparison.MORE) else given,
        for_=kinds,
        award=named or _form_above(passage.node),
        per=count.per,
        unit="%" if count.is_share else None,
        confidence="sure" if count.sure else "check",
    )


def _legible(text: str, clause: Span, start: int, end: int) -> Span:
    """Take in some words behind a bare count: "01 đơn vị" alone tells a reader little."""
    if end - start >= _LEGIBLE:
        return start, end
    if end >= trimmed(text, *clause)[1]:
        blank = text.find(" ", max(clause[0], end - _LEGIBLE - 1), start)
        return trimmed(text, blank if blank > 0 and end - clause[0] > _LEGIBLE else clause[0], end)
    limit = min(clause[1], start + _LEGIBLE)
    blank = limit if limit == clause[1] else text.rfind(" ", end, limit)
    return trimmed(text, start, max(end, blank))


def _text(text: str, count: Count) -> str:
    """Return the count's own words, those that say what each figure is for before them."""
    own = text[slice(*trimmed(text, count.measure.start, count.end))]
    if count.per_start is None:
        return own
    each = text[count.per_start :].split(" ", 1)[0]  # "Mỗi" or "mỗi", as it stands
    return f"{each} {count.per} {own}"


def _form_above(node: Node) -> str | None:
    """Return the form that the heading or paragraph above a line of figures names."""
    for one in (node, *node.ancestors):
        forms = find_forms(one.text, 0, len(one.text))
        if forms:
            return forms[0].name
    return None

"""What may be won: titles and forms, by whom given or proposed, for whom, and how many."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from thidua.core.plans.authorities import level_of
from thidua.core.plans.clauses import Span, trimmed
from thidua.core.plans.counts import Count, counts_in
from thidua.core.plans.forms import find_forms
from thidua.core.plans.grants import PROPOSED, Grant, grants_in
from thidua.core.plans.groups import Kind, kinds_of
from thidua.core.plans.items import Award, Figure, Place
from thidua.core.plans.outline import Outline
from thidua.core.plans.passages import Passage, passages_of
from thidua.core.plans.quota_rows import counts_of_row, is_row_of_numbers, place_of_row
from thidua.core.plans.quotas import bearers_of, read_quotas
from thidua.core.plans.roles import Role
from thidua.core.plans.windows import read_award_windows
from thidua.core.text.folding import fold

__all__ = ["read_award_windows", "read_awards"]

_WITHOUT = (Role.CRITERIA, Role.REFUSALS, Role.DOSSIER, Role.BASIS, Role.SCORING, Role.FUNDING, Role.PURPOSES)
_PROPOSED_OR_LIMITED = re.compile(
    rf"{PROPOSED.pattern}|(?<!được\s)tặng\s[^.;]*không\s+quá\s+\d", re.IGNORECASE
)
_COUNT_FOLLOWS = re.compile(r"(?:với\s+)?số\s+lượng(?!\w)", re.IGNORECASE)
_GIVEN_TO = re.compile(r"[^,;]*?(?:(?<!\w)cho(?!\w)|:)[^;]*")
_DECIDED = re.compile(r"(?<!\w)(?:tặng|khen\s+thưởng|công\s+nhận)(?!\w)", re.IGNORECASE)
_EACH_BODY = re.compile(r"(?<!\w)(?:mỗi|từng)\s+(?!(?:quý|đợt|năm|tháng|tuần|kỳ)(?!\w))", re.IGNORECASE)
_CEILING = re.compile(r"không\s+(?:quá|vượt)", re.IGNORECASE)
_BASIS = re.compile(r"[-+]?\s*(?:căn\s+cứ|xét\s+đề\s+nghị|theo\s+đề\s+nghị)(?!\w)", re.IGNORECASE)
_KIND_WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("collective", re.compile(r"(?<!\w)(?:tập\s+thể|đơn\s+vị)(?!\w)", re.IGNORECASE)),
    ("individual", re.compile(r"(?<!\w)cá\s+nhân(?!\w)", re.IGNORECASE)),
    ("household", re.compile(r"(?<!\w)hộ\s+gia\s+đình(?!\w)", re.IGNORECASE)),
)
_TO_WHOM = re.compile(r"(?<!\w)(?:cho|đối\s+với)\s+(?P<whom>[^.;:]{3,160})", re.IGNORECASE)
_EITHER: tuple[Kind, ...] = ("collective", "individual")
_AWARDING_WORDS = (
    "khen",
    "tặng",
    "giải",
    "danh hiệu",
    "cờ",
    "huân chương",
    "huy",
    "chiến sĩ",
    "lao động",
    "dương",
)
_PROPOSAL = "đề nghị tặng"


def read_awards(outline: Outline) -> list[Award]:
    """Return the awards of a movement, each once; a line "02 tập thể, 04 cá nhân" gives two."""
    if not outline.is_launch_plan and not _decides_awards(outline):
        return []
    passages = [passage for passage in passages_of(outline) if _may_give(passage) and not _is_basis(passage)]
    by_node = {id(passage.node): passage for passage in passages_of(outline)}
    found = [
        award
        for passage in passages
        if passage.is_within(Role.AWARDS, Role.AWARD_COUNT)
        for award in _in_paragraph(passage, by_node)
    ]
    if not found:
        # No section of awards: only what is proposed or what a giver is named for.
        every = [award for passage in passages for award in _in_paragraph(passage, by_node)]
        found = [
            award
            for award in every
            if award.authority or award.quantity or _PROPOSED_OR_LIMITED.search(award.place.quote)
        ]
    return _as_limited(outline, _each_once(found))


def _as_limited(outline: Outline, awards: list[Award]) -> list[Award]:
    """Give what nobody is named for to those alone its quota names: «Giấy khen. … không quá 10 cá nhân»."""
    forms = Counter(award.form for award in awards)
    if not any(_is_for_anybody(award) and forms[award.form] == 1 for award in awards):
        return awards
    limited = {(quota.award, kind) for quota in read_quotas(outline) for kind in quota.for_}
    return [
        replace(award, for_=kinds)
        if _is_for_anybody(award)
        and forms[award.form] == 1
        and (kinds := tuple(kind for kind in _EITHER if (award.form, kind) in limited))
        else award
        for award in awards
    ]


def _is_for_anybody(award: Award) -> bool:
    words = award.place.quote
    said = _TO_WHOM.search(words) or any(pattern.search(words) for _, pattern in _KIND_WORDS)
    return award.for_ == _EITHER and not said


def _decides_awards(outline: Outline) -> bool:
    """Whether the document is the decision that gives awards."""
    title = " ".join(line.text for line in outline.part.title)
    return outline.part.kind == "QUYET_DINH" and _DECIDED.search(title) is not None


def _is_basis(passage: Passage) -> bool:
    return passage.in_preamble and _BASIS.match(passage.text) is not None


def _may_give(passage: Passage) -> bool:
    if passage.area.nearest not in _WITHOUT:
        return True
    names = not passage.node.is_heading or bool(find_forms(passage.text, passage.start, len(passage.text)))
    return passage.area.mixed and names


def _in_row(passage: Passage) -> Iterator[Award]:
    """Yield the awards of a row that begins with a form, a number for each kind; other rows only share them out."""
    for count in counts_of_row(passage.node, bearers_of(passage.node)):
        if count.form is None or count.per is not None:
            continue
        name = (start := passage.text.find(count.name), start + len(count.name))
        for grant in grants_in(passage.text, name)[:1]:
            award = _award(grant, place_of_row(passage), count.kinds)
            yield award if count.is_ceiling else replace(award, quantity=count.figure)


def _in_paragraph(passage: Passage, by_node: dict[int, Passage]) -> Iterator[Award]:
    if is_row_of_numbers(passage.node):
        yield from _in_row(passage)
        return
    for clause in passage.clauses if passage.says(*_AWARDING_WORDS) else ():
        grants = grants_in(passage.text, clause)
        if not grants:
            continue
        counts = _counts(passage, clause, by_node)
        for at, grant in enumerate(grants):
            own = [count for count in counts if _owner(passage.text, count, grants) == at]
            yield from _awards(passage, clause, grant, own)


def _counts(passage: Passage, clause: Span, by_node: dict[int, Passage]) -> list[Count]:
    """Return the counts of the clause, else those of a line "Số lượng: …" below the paragraph."""
    counts = counts_in(passage, clause, bearers_of(passage.node) or _EITHER)
    if not counts and (behind := _count_clause(passage, clause)):
        counts = counts_in(passage, behind, bearers_of(passage.node) or _EITHER)
    if counts:
        return [count for count in counts if not count.is_share]
    for child in passage.node.children:
        if child.own_roles[:1] == (Role.AWARD_COUNT,):
            below = by_node[id(child)]
            return [one for one in counts_in(below, (below.start, len(below.text))) if not one.is_share]
    return []


def _count_clause(passage: Passage, clause: Span) -> Span | None:
    """Return the next clause where it gives the number: "tặng Giấy khen …; số lượng: 10 tập thể"."""
    after = next((one for one in passage.clauses if one[0] >= clause[1]), None)
    return after if after and _COUNT_FOLLOWS.match(passage.text, *after) else None


def _owner(text: str, count: Count, grants: Sequence[Grant]) -> int:
    """Return which grant a count belongs to: one "cho" gives to it, one it stands before, else the last before it."""
    figure = count.measure.figure
    before = [at for at, grant in enumerate(grants) if grant.start < figure]
    if before and not text[grants[before[-1]].end : count.measure.start].strip():
        return before[-1]
    if before and _GIVEN_TO.fullmatch(text, grants[before[-1]].end, count.measure.start):
        return before[-1]
    for at, grant in enumerate(grants):
        if figure < grant.start and "," not in text[count.end : grant.start]:
            return at
    return before[-1] if before else 0


def _awards(passage: Passage, clause: Span, grant: Grant, counts: Sequence[Count]) -> Iterator[Award]:
    text = passage.text
    award = _award(grant, passage.cite(*trimmed(text, *clause)), _bearers(passage, clause, grant))
    if not counts or any(_is_ceiling(text, count) for count in counts):
        kinds = tuple(dict.fromkeys(kind for count in counts for kind in count.kinds))
        yield replace(award, for_=kinds or award.for_)
        return
    for count in counts:
        per = counts[-1].per or count.per
        yield replace(award, for_=count.kinds, quantity=_quantity(count), per=per)


def _award(grant: Grant, place: Place, kinds: tuple[Kind, ...]) -> Award:
    return Award(
        place=place,
        form=grant.name,
        authority=grant.authority.name if grant.authority else None,
        level=level_of(grant.authority.name if grant.authority else grant.name),
        action=_PROPOSAL if grant.proposed else None,
        for_=kinds,
    )


def _is_ceiling(text: str, count: Count) -> bool:
    """Whether the figure only limits ("không quá"), or holds for each of many bodies: no number to be given."""
    words = text[count.measure.start : count.measure.figure]
    return count.per_start is not None or _CEILING.search(words) is not None


def _quantity(count: Count) -> Figure:
    measure = count.measure
    return measure.value if measure.high is None else (measure.value, measure.high)


def _bearers(passage: Passage, clause: Span, grant: Grant) -> tuple[Kind, ...]:
    """Return for whom an award without figures is: its own bearer, the clause's, the heading's, or either."""
    if grant.kinds:
        return grant.kinds
    text = passage.text[clause[0] : clause[1]]
    if grant.authority:
        text = text.replace(passage.text[grant.authority.start : grant.authority.end], " ")
    to_whom = _TO_WHOM.search(text)
    said = kinds_of(to_whom["whom"]) if to_whom else ()
    said = said or tuple(kind for kind, words in _KIND_WORDS if words.search(text))
    return said or bearers_of(passage.node) or _EITHER


def _each_once(awards: Sequence[Award]) -> list[Award]:
    """Join what is said twice: a giver named once counts for the form, a number given later replaces none."""
    givers: dict[str, dict[str, Award]] = {}
    for award in awards:
        if award.authority:
            givers.setdefault(award.form, {}).setdefault(award.authority, award)
    filled = [_with_giver(award, list(givers.get(award.form, {}).values())) for award in awards]
    counted = {(_key(award), award.action) for award in filled if award.quantity is not None}
    kept: dict[tuple[object, ...], Award] = {}
    for award in filled:
        if award.quantity is None and (_key(award), award.action) in counted and not _is_limited(award):
            continue
        unsaid = award.for_ if award.quantity is not None else ()
        key = (_key(award), award.action, unsaid, award.quantity)
        beside = award.quantity is not None and key in kept and kept[key].place == award.place
        kept.setdefault((*key, len(kept)) if beside else key, award)  # «03 Phòng, 03 Chi cục» are two
    return list(kept.values())


def _is_limited(award: Award) -> bool:
    """Whether its own sentence names the giver and how many at most: another occasion than that of a number given.

    What each of many bodies may propose is no occasion of its own.
    """
    words = award.place.quote
    named = award.authority is not None and award.authority in words
    return named and _CEILING.search(words) is not None and _EACH_BODY.search(words) is None


def _with_giver(award: Award, givers: Sequence[Award]) -> Award:
    """Give the award the only giver its form has elsewhere."""
    if award.authority is not None or len(givers) != 1:
        return award
    giver = givers[0]
    return replace(award, authority=giver.authority, level=giver.level, action=award.action or giver.action)


def _key(award: Award) -> tuple[str, str]:
    return fold(award.form), fold(award.authority or "")

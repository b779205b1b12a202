"""What may be won: titles and forms, by whom given or proposed, for whom, and how many."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from thidua.core.plans.authorities import level_of
from thidua.core.plans.clauses import Span, trimmed
from thidua.core.plans.counts import Count, counts_in
from thidua.core.plans.forms import find_forms
from thidua.core.plans.grants import PROPOSED, Grant, grants_in, owner_of
from thidua.core.plans.groups import Kind, kinds_of
from thidua.core.plans.items import Award, Figure, Place
from thidua.core.plans.leads import Lead, led_by
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
    "thưởng",
)
_PROPOSAL = "đề nghị tặng"


def read_awards(outline: Outline) -> list[Award]:
    """Return the awards of a movement, each once; a line "02 tập thể, 04 cá nhân" gives two."""
    if not outline.sets_out_work and not _decides_awards(outline):
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
        counts = _given_counts(passage.text, _counts(passage, clause, by_node))
        led = led_by(passage) if any(grant.authority is None for grant in grants) else None
        for at, grant in enumerate(grants):
            own = [count for count in counts if owner_of(passage.text, count, grants) == at]
            for award in _awards(passage, clause, grant, own):
                yield _as_led(award, led) if led and award.authority is None else award


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


def _given_counts(text: str, counts: Sequence[Count]) -> list[Count]:
    """Leave out how a number before a bracket is made up: "04 tập thể (01 cơ quan, 03 trường học)"."""
    kept: list[Count] = []
    for count in counts:
        opened = text.rfind("(", 0, count.measure.figure)
        inside = opened >= 0 and text.find(")", opened, count.measure.figure) < 0
        before = kept[-1].end if kept else 0
        if not (inside and kept and before <= opened and not find_forms(text, before, opened)):
            kept.append(count)
    return kept


def _as_led(award: Award, led: Lead) -> Award:
    """Give an item the giver of the line that leads its list: "UBND xã trao:"."""
    name = led.giver.name
    action = _PROPOSAL if led.proposed else award.action
    return replace(award, authority=name, level=level_of(name), action=action)


def _awards(passage: Passage, clause: Span, grant: Grant, counts: Sequence[Count]) -> Iterator[Award]:
    text = passage.text
    award = _award(grant, passage.cite(*trimmed(text, *clause)), _bearers(passage, clause, grant))
    given = list(takewhile(lambda count: not _is_ceiling(text, count, counts[0]), counts))
    limited = counts[len(given) :]
    last = given[-1] if given else None
    for count in given:
        per = last.per if last and last.per and last.per_start is None else count.per
        confidence = award.confidence if count.sure else "check"
        yield replace(award, for_=count.kinds, quantity=_quantity(count), per=per, confidence=confidence)
    if limited or not given:
        kinds = tuple(dict.fromkeys(kind for count in limited for kind in count.kinds))
        yield replace(award, for_=kinds or award.for_)


def _award(grant: Grant, place: Place, kinds: tuple[Kind, ...]) -> Award:
    return Award(
        place=place,
        form=grant.name,
        authority=grant.authority.name if grant.authority else None,
        level=level_of(grant.authority.name if grant.authority else grant.name),
        action=_PROPOSAL if grant.proposed else None,
        for_=kinds,
    )


def _is_ceiling(text: str, count: Count, first: Count) -> bool:
    """Whether the figure only limits ("không quá"), or all hold for each of many bodies: no number to be given."""
    words = text[count.measure.start : count.measure.figure]
    return first.per_start is not None or _CEILING.search(words) is not None


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

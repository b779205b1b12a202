"""What may be won: titles and forms, by whom given or proposed, for whom, and how many."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from thidua.core.plans.authorities import Authority, find_authorities, level_of
from thidua.core.plans.bodies import starts_body
from thidua.core.plans.clauses import Span, trimmed
from thidua.core.plans.counts import Count, counts_in
from thidua.core.plans.forms import Form, find_forms
from thidua.core.plans.groups import Kind, kinds_of
from thidua.core.plans.items import Award, Figure
from thidua.core.plans.outline import Outline
from thidua.core.plans.passages import Passage, passages_of
from thidua.core.plans.quotas import bearers_of, read_quotas
from thidua.core.plans.roles import Role
from thidua.core.plans.windows import read_award_windows
from thidua.core.text.folding import fold

__all__ = ["read_award_windows", "read_awards"]

_WITHOUT = (Role.CRITERIA, Role.REFUSALS, Role.DOSSIER, Role.BASIS, Role.SCORING, Role.FUNDING, Role.PURPOSES)
_PROPOSED = re.compile(
    r"(?<!\w)(?:(?<!được\s)(?:đề\s+nghị|đề\s+xuất|kiến\s+nghị)|trình)(?!\w)", re.IGNORECASE
)
# "đề nghị tặng Bằng khen", whoever gives it; "Bằng khen của Bộ trưởng: đề nghị tặng 03 tập thể".
_PROPOSED_FORM = re.compile(
    r"(?<!\w)(?<!được\s)(?:đề\s+nghị|đề\s+xuất|kiến\s+nghị)(?:\s+(?:xét|xem\s+xét|tặng|thưởng|khen|phong|công\s+nhận|danh\s+hiệu))+[\s“\"*]*$",
    re.IGNORECASE,
)
_PROPOSED_OR_LIMITED = re.compile(
    rf"{_PROPOSED.pattern}|(?<!được\s)tặng\s[^.;]*không\s+quá\s+\d", re.IGNORECASE
)
_PROPOSED_BEHIND = re.compile(r"[”\"*\s]*:\s*(?:đề\s+nghị|đề\s+xuất|trình)(?!\w)", re.IGNORECASE)
_COUNT_FOLLOWS = re.compile(r"(?:với\s+)?số\s+lượng(?!\w)", re.IGNORECASE)
_COMMENDS = re.compile(
    r"(?:\s*,?\s*(?:sẽ|xem\s+xét|quyết\s+định|chọn|lựa\s+chọn|bình\s+chọn|xét))*\s*,?\s*(?P<form>(?:khen\s+thưởng|khen|biểu\s+dương|tuyên\s+dương)(?:\s+tại\s+\w+)?)(?!\w)",
    re.IGNORECASE,
)
# "Mỗi đợt khen 05 tập thể": no giver, but a number.
_COMMENDS_COUNTED = re.compile(
    r"(?<!\w)(?P<form>khen(?:\s+thưởng)?)(?=\s+(?:cho\s+)?(?:(?:không\s+quá|tối\s+đa|từ)\s+)?\d)",
    re.IGNORECASE,
)
# "đề nghị Tổng công ty khen thưởng": a body of whatever name, and no form
_ASKS_A_BODY = re.compile(
    r"(?<!\w)[Đđ]ề\s+nghị\s+(?P<who>[A-ZĐ][^,;:.\d]{2,60}?)\s+(?:(?:xem\s+)?xét,?\s+)*(?P<form>khen\s+thưởng|khen)(?!\w)"
)
# "không quá 20% công chức đạt “Chiến sĩ thi đua cơ sở”" limits what is given.
_SHARE_REACHES = re.compile(
    r"(?:không\s+(?:quá|vượt)|tối\s+đa)[^.;,]{0,12}\d\s*%[^.;,]{0,60}\sđạt(?:\s+danh\s+hiệu)?[\s“\"*]*$",
    re.IGNORECASE,
)
_NUMBER_NEXT = re.compile(r"\s+(?:cho\s+)?(?:(?:không\s+quá|tối\s+đa|từ)\s+)?\d")
_OF = re.compile(r"[”\"*\s]*của\s+", re.IGNORECASE)
_ANY_GIVER = re.compile(
    r"[A-ZĐ][^,;:.()“”\d]{1,70}?(?=\s+(?:cho|tặng|đối|năm|mỗi|và|theo|để|trao|kèm)(?!\w)|\s*[,;:.()“”\d]|\s*$)"
)
# A form that somebody already holds, or that is a condition, is not given here.
_HELD = re.compile(
    r"(?<!\w)(?:đã|được|đạt|từng|số)(?:\s+(?:được|tặng|thưởng|nhận|danh\s+hiệu|các))*[\s“\"*]*(?:[^”;.]{4,40}”,\s*“)?$",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"[”\"*\s]*")
_GIVEN_TO = re.compile(r"[^,;]*?(?:(?<!\w)cho(?!\w)|:)[^;]*")
_GIVES = re.compile(r"(?<!\w)(?:tặng|thưởng|trao|khen|xét|công\s+nhận|quyết\s+định|ký)(?!\w)", re.IGNORECASE)
_LABEL_OF = re.compile(r"\s*:\s*[“\"]?")
_BODY_GIVES = re.compile(
    r"(?:[^,;:.]{0,40},\s+)?(?:[Đđ]ề\s+nghị\s+)?(?P<who>[A-ZĐ][^,;:.]{2,70}?)\s+(?:(?:xem\s+)?xét\s+|quyết\s+định\s+)*(?:tặng|trao)(?!\w)"
)
_GIVES_ON = re.compile(
    r"(?:và\s+)?(?:(?:biểu\s+dương|tuyên\s+dương|khen\s+thưởng),?\s+(?:và\s+)?)?(?:tặng|trao)(?!\w)",
    re.IGNORECASE,
)  # "…; tặng Bằng khen cho 10 thôn"
_ASKED = re.compile(r"(?<!\w)(?:đề\s+nghị|trình|đề\s+xuất|kiến\s+nghị)\s+$", re.IGNORECASE)
_PASSIVE = re.compile(r"(?<!\w)(?:được|do)\s+$", re.IGNORECASE)
_GIVEN_BY = re.compile(r"[^.;:\d]*?(?<!\w)do\s+", re.IGNORECASE)
_RECOGNISES = re.compile(
    r"\s+(?:xem\s+xét,?\s+|xét,?\s+|quyết\s+định\s+)*(?:tặng|thưởng|trao|công\s+nhận|khen|quyết\s+định|ký)(?!\w)",
    re.IGNORECASE,
)
_DECIDED = re.compile(r"(?<!\w)(?:tặng|khen\s+thưởng|công\s+nhận)(?!\w)", re.IGNORECASE)
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
_REACH = 400  # characters that a sentence may go back to its giver


@dataclass(frozen=True, slots=True)
class _Grant:
    """A form in a clause, who gives it, and whether it is only proposed."""

    name: str
    start: int
    end: int
    authority: Authority | None
    proposed: bool
    kinds: tuple[Kind, ...]


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
    return passage.area.nearest not in _WITHOUT or (passage.area.mixed and not passage.node.is_heading)


def _in_paragraph(passage: Passage, by_node: dict[int, Passage]) -> Iterator[Award]:
    for clause in passage.clauses if passage.says(*_AWARDING_WORDS) else ():
        grants = _grants(passage.text, clause)
        if not grants:
            continue
        counts = _counts(passage, clause, by_node)
        for at, grant in enumerate(grants):
            own = [count for count in counts if _owner(passage.text, count, grants) == at]
            yield from _awards(passage, clause, grant, own)


def _grants(text: str, clause: Span) -> list[_Grant]:
    authorities = find_authorities(text, *clause)
    forms = [
        form
        for form in find_forms(text, *clause)
        if _SHARE_REACHES.search(text, clause[0], form.start) or not _HELD.search(text, clause[0], form.start)
    ]
    if forms:
        praised = [
            grant
            for grant in _commended(text, (clause[0], forms[0].start), authorities)
            if _NUMBER_NEXT.match(text, grant.end)
        ]
        return [*praised, *(_granted(text, clause, form, authorities) for form in forms)]
    return list(_commended(text, clause, authorities))


def _granted(text: str, clause: Span, form: Form, authorities: Sequence[Authority]) -> _Grant:
    of = _OF.match(text, form.end)
    beside = _BESIDE.match(text, of.end() if of else form.end)
    giver = next((one for one in authorities if beside and one.start == beside.end()), None)
    giver = giver or (_named_after(text, of.end(), clause[1]) if of else None)
    giver = giver or next((one for one in reversed(authorities) if _gives(text, one, form)), None)
    giver = giver or next((one for one in authorities if _gives_after(text, one, form, clause[1])), None)
    giver = giver or next((one for one in authorities if _heads(text, one, form)), None)
    giver = giver or _body_that_gives(text, clause, form)
    if giver is None and _GIVES_ON.match(text, clause[0], form.start):
        giver = _giver_before(text, clause[0])
    end = max(form.end, giver.end) if giver and giver.start >= form.start else form.end
    proposed = giver is not None and _PROPOSED.search(text, clause[0], form.start) is not None
    proposed = proposed or _PROPOSED_FORM.search(text, clause[0], form.start) is not None
    proposed = proposed or _PROPOSED_BEHIND.match(text, end, clause[1]) is not None
    return _Grant(form.name, form.start, end, giver, proposed, form.kinds)


def _named_after(text: str, start: int, end: int) -> Authority | None:
    """Return the giver behind "của" that is no known post: "Giấy khen của Trường"."""
    match = _ANY_GIVER.match(text, start, end)
    return Authority(match.start(), match.end(), match.group()) if match else None


def _gives(text: str, authority: Authority, form: Form) -> bool:
    """Whether the authority stands before the form as its giver: "Giám đốc Sở tặng Giấy khen"."""
    return authority.end <= form.start and _GIVES.search(text, authority.end, form.start) is not None


def _heads(text: str, authority: Authority, form: Form) -> bool:
    """Whether the label before the form names its giver: "Khen thưởng của Bộ trưởng: Bằng khen"."""
    return _LABEL_OF.fullmatch(text, authority.end, form.start) is not None


def _body_that_gives(text: str, clause: Span, form: Form) -> Authority | None:
    """Return the body, of whatever name, at the head of the clause: "LĐLĐ tỉnh tặng Bằng khen"."""
    match = _BODY_GIVES.match(text, clause[0], form.start)
    if match is None or not starts_body(match["who"]):
        return None
    return Authority(match.start("who"), match.end("who"), match["who"])


def _gives_after(text: str, authority: Authority, form: Form, end: int) -> bool:
    """Whether the giver follows: "“Lao động tiên tiến” do Hiệu trưởng công nhận"."""
    by = _GIVEN_BY.fullmatch(text, form.end, authority.start)
    return by is not None and _RECOGNISES.match(text, authority.end, end) is not None


def _commended(text: str, clause: Span, authorities: Sequence[Authority]) -> Iterator[_Grant]:
    """Yield "Chi cục trưởng khen 02 Đội": a commendation whose form is not said."""
    for authority in authorities:
        match = _COMMENDS.match(text, authority.end, clause[1])
        if match and not _PASSIVE.search(text, clause[0], authority.start):
            proposed = _PROPOSED.search(text, clause[0], authority.start) is not None
            yield _Grant(match["form"], authority.start, match.end(), authority, proposed, ())
            return
    if asked := _ASKS_A_BODY.search(text, *clause):
        yield _Grant(asked["form"], asked.start("who"), asked.end(), _named_in(asked), True, ())
        return
    if counted := _COMMENDS_COUNTED.search(text, *clause):
        giver = _giver_before(text, clause[0])
        yield _Grant(counted["form"], counted.start(), counted.end(), giver, False, ())


def _named_in(match: re.Match[str]) -> Authority | None:
    return (
        Authority(match.start("who"), match.end("who"), match["who"]) if starts_body(match["who"]) else None
    )


def _giver_before(text: str, end: int) -> Authority | None:
    """Return who gives in the clause before: "Tổng Giám đốc thưởng …; khen 05 tập thể"."""
    start = max(text.rfind(". ", max(0, end - _REACH), end) + 1, end - _REACH, 0)
    givers = [one for one in find_authorities(text, start, end) if _RECOGNISES.match(text, one.end, end)]
    # Who is asked to give one thing does not give the next: "đề nghị Bộ trưởng tặng …; tặng Giấy khen …".
    asked = givers and _ASKED.search(text, start, givers[-1].start) is not None
    return givers[-1] if givers and not asked else None


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


def _owner(text: str, count: Count, grants: Sequence[_Grant]) -> int:
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


def _awards(passage: Passage, clause: Span, grant: _Grant, counts: Sequence[Count]) -> Iterator[Award]:
    text = passage.text
    start, end = trimmed(text, *clause)
    award = Award(
        place=passage.cite(start, end),
        form=grant.name,
        authority=grant.authority.name if grant.authority else None,
        level=level_of(grant.authority.name if grant.authority else grant.name),
        action=_PROPOSAL if grant.proposed else None,
        for_=_bearers(passage, clause, grant),
    )
    if not counts or any(_is_ceiling(text, count) for count in counts):
        kinds = tuple(dict.fromkeys(kind for count in counts for kind in count.kinds))
        yield replace(award, for_=kinds or award.for_)
        return
    for count in counts:
        per = counts[-1].per or count.per
        yield replace(award, for_=count.kinds, quantity=_quantity(count), per=per)


def _is_ceiling(text: str, count: Count) -> bool:
    """Whether the figure only limits ("không quá"), or holds for each of many bodies: no number to be given."""
    words = text[count.measure.start : count.measure.figure]
    return count.per_start is not None or _CEILING.search(words) is not None


def _quantity(count: Count) -> Figure:
    measure = count.measure
    return measure.value if measure.high is None else (measure.value, measure.high)


def _bearers(passage: Passage, clause: Span, grant: _Grant) -> tuple[Kind, ...]:
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
        if award.quantity is None and (_key(award), award.action) in counted:
            continue
        unsaid = award.for_ if award.quantity is not None else ()
        key = (_key(award), award.action, unsaid, award.quantity)
        beside = award.quantity is not None and key in kept and kept[key].place == award.place
        kept.setdefault((*key, len(kept)) if beside else key, award)  # «03 Phòng, 03 Chi cục» are two
    return list(kept.values())


def _with_giver(award: Award, givers: Sequence[Award]) -> Award:
    """Give the award the only giver its form has elsewhere."""
    if award.authority is not None or len(givers) != 1:
        return award
    giver = givers[0]
    return replace(award, authority=giver.authority, level=giver.level, action=award.action or giver.action)


def _key(award: Award) -> tuple[str, str]:
    return fold(award.form), fold(award.authority or "")

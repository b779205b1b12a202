"""Which form a clause gives, by whom, and whether it is only proposed: "đề nghị Bộ trưởng tặng Bằng khen"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from thidua.core.plans.authorities import Authority, find_authorities
from thidua.core.plans.bodies import starts_body
from thidua.core.plans.clauses import Span
from thidua.core.plans.counts import Count
from thidua.core.plans.forms import Form, find_forms
from thidua.core.plans.groups import Kind

PROPOSED = re.compile(r"(?<!\w)(?:(?<!được\s)(?:đề\s+nghị|đề\s+xuất|kiến\s+nghị)|trình)(?!\w)", re.IGNORECASE)
# "đề nghị tặng Bằng khen", whoever gives it; "Bằng khen của Bộ trưởng: đề nghị tặng 03 tập thể".
_PROPOSED_FORM = re.compile(
    r"(?<!\w)(?<!được\s)(?:đề\s+nghị|đề\s+xuất|kiến\s+nghị)(?:\s+(?:xét|xem\s+xét|tặng|thưởng|khen|phong|công\s+nhận|danh\s+hiệu))+[\s“\"*]*$",
    re.IGNORECASE,
)
_PROPOSED_BEHIND = re.compile(r"[”\"*\s]*:\s*(?:đề\s+nghị|đề\s+xuất|trình)(?!\w)", re.IGNORECASE)
_COMMENDS = re.compile(
    r"(?:\s*,?\s*(?:sẽ|xem\s+xét|quyết\s+định|chọn|lựa\s+chọn|bình\s+chọn|xét))*\s*,?\s*(?P<form>(?:khen\s+thưởng|khen|biểu\s+dương|tuyên\s+dương)(?:\s+(?:tại\s+\w+|(?:dưới|trước)\s+cờ|toàn\s+\w+))?|thưởng\s+(?:nóng|đột\s+xuất)|(?:tôn\s+vinh|thưởng)(?=\s+(?:cho\s+)?\d+\s+(?!triệu|nghìn|ngàn|tỷ|đồng\s+(?!chí)|suất|phần)\w))(?!\w)",
    re.IGNORECASE,
)
# "Mỗi đợt khen 05 tập thể": no giver, but a number.
_COMMENDS_COUNTED = re.compile(
    r"(?<!\w)(?<!được\s)(?<!đã\s)(?P<form>khen(?:\s+thưởng)?|(?:biểu|tuyên)\s+dương(?:\s+(?:dưới|trước)\s+cờ)?|(?<!khen\s)(?<!tiền\s)(?<!mức\s)(?<!tặng\s)(?<!trao\s)(?<!giải\s)thưởng(?=\s+\d+\s+(?!triệu|nghìn|ngàn|tỷ|đồng\s+(?!chí)|suất|phần|%)\w))(?=\s+(?:cho\s+)?(?:(?:không\s+quá|tối\s+đa|từ)\s+)?\d)",
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
_COUNT_OF = re.compile(
    r"(?:tổng\s+)?số\s+[“\"*]*", re.IGNORECASE
)  # "Tổng số Giấy khen: 12 tập thể" gives them
_PRIZE_IS = re.compile(r"\s*(?::|gồm|kèm(?:\s+theo)?)\s*")
_GIVEN_TO = re.compile(r"[^,;]*?(?:(?<!\w)cho(?!\w)|:)[^;]*")
# "… và giới thiệu 02 tập thể đề nghị Bộ trưởng tặng Bằng khen": those counted are for what follows
_CHOSEN = re.compile(r"(?<!\w)(?:giới\s+thiệu|chọn|đề\s+cử|suy\s+tôn)(?!\w)", re.IGNORECASE)
_BESIDE = re.compile(r"[”\"*\s]*")
_GIVES = re.compile(r"(?<!\w)(?:tặng|thưởng|trao|khen|xét|công\s+nhận|quyết\s+định|ký)(?!\w)", re.IGNORECASE)
_LABEL_OF = re.compile(r"\s*:\s*[“\"]?")
_BODY_GIVES = re.compile(
    r"(?:[^,;:.]{0,40},\s+)?(?:[Đđ]ề\s+nghị\s+)?(?P<who>[A-ZĐ][^,;:.]{2,70}?)\s+(?:(?:xem\s+)?xét\s+|quyết\s+định\s+)*(?:tặng|trao)(?!\w)"
)
_GIVES_ON = re.compile(
    r"(?:và\s+)?(?:(?:biểu\s+dương|tuyên\s+dương|khen\s+thưởng),?\s+(?:và\s+)?)?(?:tặng|trao)(?!\w)",
    re.IGNORECASE,
)  # "…; tặng Bằng khen cho 10 thôn"
ASKED = re.compile(r"(?<!\w)(?:đề\s+nghị|trình|đề\s+xuất|kiến\s+nghị)\s+$", re.IGNORECASE)
_PASSIVE = re.compile(r"(?<!\w)(?:được|do)\s+$", re.IGNORECASE)
_GIVEN_BY = re.compile(r"[^.;:\d]*?(?<!\w)do\s+", re.IGNORECASE)
_RECOGNISES = re.compile(
    r"\s+(?:xem\s+xét,?\s+|xét,?\s+|quyết\s+định\s+)*(?:tặng|thưởng|trao|công\s+nhận|khen|quyết\s+định|ký)(?!\w)",
    re.IGNORECASE,
)
_RANKS = (("Giấy", "Thư", "Giải", "Lao động", "Tập thể"), ("Bằng khen",))
_REACH = 400  # characters that a sentence may go back to its giver


@dataclass(frozen=True, slots=True)
class Grant:
    """A form in a clause, who gives it, and whether it is only proposed."""

    name: str
    start: int
    end: int
    authority: Authority | None
    proposed: bool
    kinds: tuple[Kind, ...]


def grants_in(text: str, clause: Span) -> list[Grant]:
    authorities = find_authorities(text, *clause)
    forms = [form for form in find_forms(text, *clause) if _is_given(text, clause[0], form)]
    if forms:
        praised = [
            grant
            for grant in _commended(text, (clause[0], forms[0].start), authorities)
            if _NUMBER_NEXT.match(text, grant.end)
        ]
        given = [
            _granted(text, clause, form, authorities) for form in forms if not _is_of_prize(text, form, forms)
        ]
        return [*praised, *given, *_also_commended(text, (forms[-1].end, clause[1]), given[-1])]
    return list(_commended(text, clause, authorities))


def _is_given(text: str, start: int, form: Form) -> bool:
    """Whether the words before a form, from ``start`` on, do not say that somebody holds it already."""
    return (
        _HELD.search(text, start, form.start) is None
        or _SHARE_REACHES.search(text, start, form.start) is not None
        or _COUNT_OF.fullmatch(text, start, form.start) is not None
    )


def _is_of_prize(text: str, form: Form, forms: Sequence[Form]) -> bool:
    """Whether a form only says what a prize is: "01 giải Nhất: Giấy khen và 2 triệu đồng"."""
    prizes = [one for one in forms if one.end <= form.start and one.name.startswith("Giải")]
    return bool(prizes) and _PRIZE_IS.fullmatch(text, prizes[-1].end, form.start) is not None


def _also_commended(text: str, span: Span, before: Grant) -> Iterator[Grant]:
    """Yield "… và biểu dương dưới cờ 05 học sinh" behind a form: of the same giver where that one gives itself."""
    asked = _ASKS_A_BODY.search(text, *span)
    if asked and (named := _named_in(asked)) and _NUMBER_NEXT.match(text, asked.end()):
        yield Grant(asked["form"], asked.start("who"), asked.end(), named, True, ())
    elif counted := _COMMENDS_COUNTED.search(text, *span):
        giver = None if before.proposed else before.authority
        yield Grant(counted["form"], counted.start(), counted.end(), giver, False, ())


def _granted(text: str, clause: Span, form: Form, authorities: Sequence[Authority]) -> Grant:
    of = _OF.match(text, form.end)
    beside = _BESIDE.match(text, of.end() if of else form.end)
    giver = next((one for one in authorities if beside and one.start == beside.end()), None)
    giver = giver or (_named_after(text, of.end(), clause[1]) if of else None)
    giver = giver or next((one for one in reversed(authorities) if _gives(text, one, form)), None)
    giver = giver or next((one for one in authorities if _gives_after(text, one, form, clause[1])), None)
    giver = giver or next((one for one in authorities if _heads(text, one, form)), None)
    giver = giver or _body_that_gives(text, clause, form)
    goes_on = _GIVES_ON.match(text, clause[0], form.start) is not None
    asked = _asked_before(text, clause[0], form, giver) if goes_on else None
    if giver is None and goes_on:
        giver = asked or _giver_before(text, clause[0])
    end = max(form.end, giver.end) if giver and giver.start >= form.start else form.end
    proposed = giver is not None and PROPOSED.search(text, clause[0], form.start) is not None
    proposed = proposed or (giver is not None and ASKED.search(text, clause[0], giver.start) is not None)
    proposed = proposed or _PROPOSED_FORM.search(text, clause[0], form.start) is not None
    proposed = proposed or asked is not None or _PROPOSED_BEHIND.match(text, end, clause[1]) is not None
    return Grant(form.name, form.start, end, giver, proposed, form.kinds)


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
    if match is None or not starts_body(match["who"]) or _CHOSEN.search(match["who"]):
        return None
    return Authority(match.start("who"), match.end("who"), match["who"])


def _gives_after(text: str, authority: Authority, form: Form, end: int) -> bool:
    """Whether the giver follows: "“Lao động tiên tiến” do Hiệu trưởng công nhận"."""
    by = _GIVEN_BY.fullmatch(text, form.end, authority.start)
    return by is not None and _RECOGNISES.match(text, authority.end, end) is not None


def _commended(text: str, clause: Span, authorities: Sequence[Authority]) -> Iterator[Grant]:
    """Yield "Chi cục trưởng khen 02 Đội": a commendation whose form is not said."""
    for authority in authorities:
        match = _COMMENDS.match(text, authority.end, clause[1])
        if match and not _PASSIVE.search(text, clause[0], authority.start):
            proposed = PROPOSED.search(text, clause[0], authority.start) is not None
            yield Grant(match["form"], authority.start, match.end(), authority, proposed, ())
            return
    if asked := _ASKS_A_BODY.search(text, *clause):
        yield Grant(asked["form"], asked.start("who"), asked.end(), _named_in(asked), True, ())
        return
    if counted := _COMMENDS_COUNTED.search(text, *clause):
        giver = _giver_before(text, clause[0])
        yield Grant(counted["form"], counted.start(), counted.end(), giver, False, ())


def _named_in(match: re.Match[str]) -> Authority | None:
    return (
        Authority(match.start("who"), match.end("who"), match["who"]) if starts_body(match["who"]) else None
    )


def _asked_before(text: str, end: int, form: Form, giver: Authority | None) -> Authority | None:
    """Return who is asked in the clause before for a form no higher: "đề nghị Bộ trưởng tặng Bằng khen; tặng Cờ …".

    A lower form is given here, and so is the same form where its own giver is named.
    """
    start = max(text.rfind(". ", max(0, end - _REACH), end) + 1, end - _REACH, 0)
    for one in reversed(find_authorities(text, start, end)):
        if ASKED.search(text, start, one.start) and (first := find_forms(text, one.end, end)):
            higher = _rank(form) - _rank(first[0])
            return one if higher > 0 or (higher == 0 and giver is None) else None
    return None


def _rank(form: Form) -> int:
    """Return how high a form stands: one that any unit gives, one of a ministry or province, a flag or order."""
    return next((rank for rank, names in enumerate(_RANKS) if form.name.startswith(names)), len(_RANKS))


def _giver_before(text: str, end: int) -> Authority | None:
    """Return who gives in the clause before: "Tổng Giám đốc thưởng …; khen 05 tập thể"."""
    start = max(text.rfind(". ", max(0, end - _REACH), end) + 1, end - _REACH, 0)
    givers = [one for one in find_authorities(text, start, end) if _RECOGNISES.match(text, one.end, end)]
    # Who is asked to give one thing does not give the next: "đề nghị Bộ trưởng tặng …; tặng Giấy khen …".
    asked = givers and ASKED.search(text, start, givers[-1].start) is not None
    return givers[-1] if givers and not asked else None


def owner_of(text: str, count: Count, grants: Sequence[Grant]) -> int:
    """Return which grant a count belongs to: one "cho" gives to it, one it stands before, else the last before it."""
    figure = count.measure.figure
    before = [at for at, grant in enumerate(grants) if grant.start < figure]
    if before and before[-1] + 1 < len(grants) and _CHOSEN.search(text, grants[before[-1]].end, figure):
        return before[-1] + 1
    if before and not text[grants[before[-1]].end : count.measure.start].strip():
        return before[-1]
    if before and _GIVEN_TO.fullmatch(text, grants[before[-1]].end, count.measure.start):
        return before[-1]
    for at, grant in enumerate(grants):
        if figure < grant.start and "," not in text[count.end : grant.start]:
            return at
    return before[-1] if before else 0

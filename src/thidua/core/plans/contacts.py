"""Telephone numbers and addresses, with the person and the body they belong to."""

import re
from collections.abc import Iterator

from thidua.core.plans.bodies import starts_body
from thidua.core.plans.items import Contact
from thidua.core.plans.lines import Clean
from thidua.core.plans.names import RANK, RANKED_NAME
from thidua.core.plans.outline import Outline

_PHONE = re.compile(
    r"(?<![\d/.,])(?:\((?:\+84|0)\d{1,3}\)|(?:\+84|0)\d{1,3})[ .-]?\d{1,4}(?:[ .-]?\d{2,4}){1,3}(?![ .-]?\d|/)"
)
_LONG_NUMBER = re.compile(r"\d[\d .()-]{7,}\d")  # no telephone number is shorter
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
_PHONE_WORDS = r"điện thoại|đt|sđt|tel|fax|số máy|di động|hotline|liên hệ|zalo"
_SAYS_PHONE = re.compile(rf"(?:{_PHONE_WORDS})\b\.? ?(?:số)? ?:? ?[^.;]{{0,40}}\Z", re.IGNORECASE)
_MAY_HOLD = re.compile(rf"@|\b(?:{_PHONE_WORDS})\b", re.IGNORECASE)
# "(ThS. Lê Văn An, 0236.3842.308)": a name alone stands before the number.
_BRACKETED = re.compile(r"\([^()\d]{4,50},\s*0\d")
_NAMED_IN_BRACKETS = re.compile(rf"\([^()\d]{{0,20}}{RANKED_NAME}\s*,\s*\Z")
# "(đ/c Lê Văn An - 0915.336.782)", "đồng chí Lê Văn An (0396 551 278)": a person addressed right before it.
_ADDRESS = rf"(?:đ/c|đồng chí|ông|bà|anh|chị|{RANK})"
_MAY_ADDRESS = re.compile(r"[-–,:(]\s*\(?(?:0|\+84)\d")
_ADDRESSED = re.compile(
    rf"(?<!\w)(?i:{_ADDRESS})\s+{RANKED_NAME}(?:\s*[,–-]\s*[^\W\d][^,;.()\d]{{2,30}})?\s*[-–,:(]\s*\Z"
)
_MOBILE_DIGITS = range(10, 12)
_POSTS = (
    "chuyên viên|phó trưởng phòng|trưởng phòng|phó chánh văn phòng|chánh văn phòng|cán bộ|văn thư|kế toán|"
    "phó chủ tịch|phó giám đốc"
)
_BEFORE_NAME = r"đồng chí|đ/c|ông|bà|anh|chị|qua|:|,|-|\(|(?:PGS|TS|ThS|BS|KS|CN)\."
_PERSON = re.compile(
    rf"(?P<position>(?:{_POSTS})(?: [^,():;]{{0,40}}?)?)? ?(?P<address>(?:(?:{_BEFORE_NAME}) ?)*){RANKED_NAME}"
)
_BODY_HEADS = (
    "Văn phòng|Phòng|Sở|Ban|Vụ|Cục|Bộ|Hội đồng|Thường trực|Trung tâm|UBND|Ủy ban|Công đoàn|"
    "Liên đoàn|Hội|Đội|Tổ"
)
_BODY = re.compile(
    rf"(?:liên hệ(?: với| về| trực tiếp)?|gửi về|về|qua) (?P<body>(?:{_BODY_HEADS})\b[^,;():]{{0,90}}?)"
    r"(?= ?[,;(:]| (?:để|trước|qua)\b|\Z)"
)
_REACH = 170  # how far before a number its owner may be named
_NEAR = 60
_FEWEST_DIGITS, _MOST_DIGITS = 9, 12


def read_contacts(outline: Outline) -> list[Contact]:
    """Read the contacts: phones and addresses near each other belong together."""
    return [contact for node in outline.nodes for contact in _in_text(outline, node.clean)]


def _in_text(outline: Outline, clean: Clean) -> Iterator[Contact]:
    text = clean.text
    if "@" not in text and _LONG_NUMBER.search(text) is None:
        return
    if _MAY_HOLD.search(text) is None and _BRACKETED.search(text) is None and not _MAY_ADDRESS.search(text):
        return
    phones = [match for match in _PHONE.finditer(text) if _is_phone(text, match)]
    marks = sorted([*phones, *_EMAIL.finditer(text)], key=lambda match: match.start())
    for group in _groups(text, marks):
        yield _contact(outline, clean, group)


def _is_phone(text: str, match: re.Match[str]) -> bool:
    digits = sum(1 for sign in match.group() if sign.isdecimal())
    before = text[max(0, match.start() - _NEAR) : match.start()]
    said = _SAYS_PHONE.search(before) is not None or _NAMED_IN_BRACKETS.search(before) is not None
    if said:
        return _FEWEST_DIGITS <= digits <= _MOST_DIGITS
    return digits in _MOBILE_DIGITS and _ADDRESSED.search(before) is not None


def _groups(text: str, marks: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """Part the numbers and addresses where a stretch of text or another person lies between two."""
    group: list[re.Match[str]] = []
    for mark in marks:
        between = text[group[-1].end() : mark.start()] if group else ""
        if group and (len(between) > _NEAR or _person(between)):
            yield group
            group = []
        group.append(mark)
    if group:
        yield group


def _contact(outline: Outline, clean: Clean, group: list[re.Match[str]]) -> Contact:
    start = max(0, group[0].start() - _REACH)
    before = clean.text[start : group[0].start()]
    person = _person(before)
    body = _last(_BODY.finditer(before))
    begin = start + min([match.start() for match in (person, body) if match], default=len(before))
    return Contact(
        place=outline.cite(clean, begin, group[-1].end()),
        body=body["body"].strip() if body else None,
        person=person["name"] if person else None,
        position=(person["position"] or "").strip() or None if person else None,
        phone=tuple(match.group() for match in group if "@" not in match.group()),
        email=next((match.group() for match in group if "@" in match.group()), None),
    )


def _person(text: str) -> re.Match[str] | None:
    """Return the last name that is no body's: one with a post or a rank, or after a word of address."""
    named = (match for match in _PERSON.finditer(text) if not starts_body(match["name"]))
    return _last(match for match in named if match.group().strip() != match["name"])


def _last(matches: Iterator[re.Match[str]]) -> re.Match[str] | None:
    last = None
    for last in matches:  # noqa: B007 -- only the last is wanted
        pass
    return last

"""Telephone numbers and addresses, with the person and the body they belong to."""

import re
from collections.abc import Iterator

from thidua.core.plans.bodies import starts_body
from thidua.core.plans.items import Contact
from thidua.core.plans.lines import Clean
from thidua.core.plans.names import RANKED_NAME
from thidua.core.plans.outline import Outline

_PHONE = re.compile(r"(?<![\d/.,])(?:\(?(?:\+84|0)\d{1,3}\)?[\s.-]?)\d{2,4}(?:[\s.-]?\d{2,4}){1,3}(?!\d|/)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_SAYS_PHONE = re.compile(
    r"(?:điện thoại|đt|sđt|tel|fax|số máy|di động|hotline|liên hệ|zalo)\b\.?\s*(?:số)?\s*:?\s*[^.;]{0,40}\Z",
    re.IGNORECASE,
)
_PERSON = re.compile(
    rf"(?P<position>(?:chuyên viên|phó trưởng phòng|trưởng phòng|chánh văn phòng|cán bộ|văn thư|kế toán|phó chánh văn phòng|phó chủ tịch|"
    rf"phó giám đốc)(?:\s+[^,():;]{{0,40}}?)?)?\s*(?:(?:đồng chí|đ/c|ông|bà|anh|chị|qua|:|,|-)\s*)*{RANKED_NAME}",
)
_BODY = re.compile(
    r"(?:liên hệ(?: với| về| trực tiếp)?|gửi về|về|qua)\s+(?P<body>(?:Văn phòng|Phòng|Sở|Ban|Vụ|Cục|Bộ|Hội đồng|Thường trực|Trung tâm|UBND|Ủy ban|Công đoàn)[^,;():]{0,90}?)(?=\s*[,;(:]|\s+(?:để|trước|qua)\b|\Z)"
)
_ADDRESS = re.compile(r"^\s*(?:đồng chí|đ/c|ông|bà|anh|chị|qua|:|,|-)")
_REACH = 170


def read_contacts(outline: Outline) -> list[Contact]:
    """Read the contacts: phones and addresses near each other belong together."""
    return [contact for node in outline.nodes for contact in _in_text(outline, node.clean)]


def _in_text(outline: Outline, clean: Clean) -> Iterator[Contact]:
    text = clean.text
    if "@" not in text and not re.search(r"điện thoại|đt|sđt|liên hệ|di động", text, re.IGNORECASE):
        return
    phones = [match for match in _PHONE.finditer(text) if _is_phone(text, match)]
    emails = list(_EMAIL.finditer(text))
    marks = sorted([*phones, *emails], key=lambda match: match.start())
    for group in _near(marks):
        yield _contact(outline, clean, group)


def _is_phone(text: str, match: re.Match[str]) -> bool:
    digits = re.sub(r"\D", "", match.group())
    return 9 <= len(digits) <= 12 and (
        digits.startswith(("0", "84"))
        and _SAYS_PHONE.search(text[max(0, match.start() - 60) : match.start()]) is not None
    )


def _near(marks: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    group: list[re.Match[str]] = []
    for mark in marks:
        if group and mark.start() - group[-1].end() > 60:
            yield group
            group = []
        group.append(mark)
    if group:
        yield group


def _contact(outline: Outline, clean: Clean, group: list[re.Match[str]]) -> Contact:
    text = clean.text
    start = max(0, group[0].start() - _REACH)
    before = text[start : group[0].start()]
    person = _named_person(before)
    body = _last(_BODY, before)
    begin = start + min([m.start() for m in (person, body) if m], default=len(before))
    return Contact(
        place=outline.cite(clean, begin, group[-1].end()),
        body=body["body"].strip() if body else None,
        person=person["name"] if person else None,
        position=(person["position"] or "").strip() or None if person else None,
        phone=tuple(m.group() for m in group if "@" not in m.group()),
        email=next((m.group() for m in group if "@" in m.group()), None),
    )


def _named_person(text: str) -> re.Match[str] | None:
    """Return the last name that is no body's: one with a post, or after a word of address."""
    found = [match for match in _PERSON.finditer(text) if not starts_body(match["name"])]
    return next(
        (match for match in reversed(found) if match["position"] or _ADDRESS.search(match.group())), None
    )


def _last(form: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = list(form.finditer(text))
    return found[-1] if found else None

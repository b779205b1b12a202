"""What an amending document says of itself: which plan it amends, and from which day."""

import re
from datetime import date

from thidua.core.text.citations import Citation, find_citations, same_document_key
from thidua.core.text.dates import find_dates
from thidua.movements.citing import LEAD
from thidua.movements.stated import day

# Laws, decrees and circulars are amended too, but never by what amends a plan.
NO_PLANS = frozenset({"LUAT", "NGHI_DINH", "THONG_TU", "PHAP_LENH"})
AMENDS = re.compile(r"\b(?:sửa đổi|bổ sung|điều chỉnh|đính chính|thay thế|gia hạn|bãi bỏ)\b", re.IGNORECASE)
ENDS_WORDS = re.compile(r"[.;:“”\"](?:\s|$)")
TAKES_EFFECT = re.compile(
    r"có hiệu lực(?: thi hành)?\s+(?:kể\s+)?từ\s+(?:(?P<signing>ngày ký)\b|(?P<when>ngày [^.;\n]{4,60}))",
    re.IGNORECASE,
)
QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")


def amended_plans(text: str) -> list[Citation]:
    """Return the documents that ``text`` says it amends; those it rests on, or quotes, are left out."""
    words = " ".join(QUOTED.sub(" ", paragraph) + "\n" for paragraph in text.splitlines())
    return [
        one for one in find_citations(words) if one.number and one.type not in NO_PLANS and amends(words, one)
    ]


def amends(words: str, one: Citation) -> bool:
    """Say whether the sentence speaks of amending before it names the document; a title may run over lines."""
    before = words[max(0, one.start - 300) : one.start]
    line = before.rpartition("\n")[2].lstrip()
    if LEAD.match(line):
        return False
    said = list(AMENDS.finditer(before))
    if not said or ENDS_WORDS.search(before, said[-1].end()):
        return False
    opening = before[: said[-1].start()].rpartition("\n")[2].lstrip()
    return not LEAD.match(opening)


def other_plan(text: str, number: str) -> str:
    """Return the number of the plan that ``text`` amends where it is another than ``number``, else nothing."""
    named = [one.number for one in amended_plans(text) if one.number]
    if not number or any(same_document_key(one) == same_document_key(number) for one in named):
        return ""
    return named[0] if named else ""


def effective_day(text: str, signed: date | None, today: date) -> date | None:
    """Return the day of effect that ``text`` states.

    Where it states none, the day of signing is a guess that holds only while it has not passed.
    """
    found = TAKES_EFFECT.search(" ".join(text.split()))
    if found is None:
        return signed if signed and signed >= today else None
    if found["signing"]:
        return signed
    days = find_dates(found["when"])
    return day(days[0].value) if days else None


def same_decision(one: str, other: str) -> bool:
    """Say whether both name one document: the same number, and the same day where both tell one."""
    first, second = find_citations(one)[:1], find_citations(other)[:1]
    if not first or not second or not first[0].number or not second[0].number:
        return False
    days = {first[0].date, second[0].date} - {None}
    return same_document_key(first[0].number) == same_document_key(second[0].number) and len(days) <= 1

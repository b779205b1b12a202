"""What does not agree between the items of one plan: shown at the items it concerns, never mended.

An order of terms that cannot be kept, days before the plan's own, rounds that run into each other or bear one
name, a number used twice in a list, one document under two spellings or two days.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from thidua.core.deadlines.checks import Stage, Step, order_problems
from thidua.core.text.citations import Citation, find_citations
from thidua.core.text.folding import fold
from thidua.library.services import number_key
from thidua.movements.doubts import Doubt
from thidua.movements.stated import day, first_day, last_day, parsed
from thidua.movements.values import shown_partial

Value = Mapping[str, Any]
Rows = Sequence[tuple[str, Value]]
Found = Iterator[tuple[int, Doubt]]
NUMBERED = ("contents", "solutions", "implementation")
PLAIN_NUMBER = re.compile(r"\d+(?:\.\d+)*")
LONGEST_SHOWN = 90
# The stage a term is for; the first form that fits wins: «hồ sơ khen thưởng sau tổng kết» is a dossier.
STAGES: tuple[tuple[Stage, re.Pattern[str]], ...] = (
    (Stage.SITTING, re.compile(r"\bhoi dong\b.*\b(?:hop|xet|binh xet|bo phieu)\b|\bhop hoi dong\b")),
    (Stage.DOSSIER, re.compile(r"\bho so\b.*\bkhen thuong\b|\bho so (?:gui|de nghi)\b|\bgui ho so\b")),
    (Stage.CROSS_CHECK, re.compile(r"\b(?:kiem tra|cham diem) cheo\b")),
    (Stage.INTERIM_REVIEW, re.compile(r"\bso ket\b")),
    (Stage.FINAL_REPORT, re.compile(r"\bbao cao tong ket\b")),
    (
        Stage.CLUSTER_REVIEW,
        re.compile(r"\b(?:cum|khoi)\b.*\b(?:tong ket|binh xet|suy ton)\b|\btong ket (?:cum|khoi)\b"),
    ),
    (Stage.UNIT_REVIEW, re.compile(r"\bbinh xet\b|\bdon vi (?:to chuc )?tong ket\b")),
    (Stage.PLEDGE, re.compile(r"\bgiao uoc\b")),
    (Stage.REGISTRATION, re.compile(r"\bdang ky (?:thi dua|danh hieu|noi dung)\b|\bban dang ky\b")),
    (Stage.LAUNCH, re.compile(r"\b(?:to chuc|le|hoan thanh)(?: viec)? phat dong\b")),
)
SHARED = (
    Stage.FINAL_REPORT,
    Stage.UNIT_REVIEW,
    Stage.LAUNCH,
)  # only where it is everybody's: a body's own review has its own days
ROUND = re.compile(r"\b(?:dot (?:thi dua )?(?P<dot>[ivx]+|\d+)|(?P<high>cao diem))\b")


def doubts_among(items: Iterable[tuple[str, Value]], text: str = "") -> dict[int, list[Doubt]]:
    """Return the doubts that show only when items are seen together, by the item's place in ``items``.

    ``text`` is the document: what it cites twice is read once, and asked about where the two differ.
    """
    rows = list(items)
    found: dict[int, list[Doubt]] = {}
    looks = (
        overlapping,
        short_period,
        one_name,
        two_days,
        two_spellings,
        out_of_order,
        before_issue,
        numbered_twice,
    )
    for place, doubt in chain.from_iterable(look(rows) for look in looks):
        found.setdefault(place, []).append(doubt)
    for place, doubt in cited_otherwise(rows, text) if text else ():
        found.setdefault(place, []).append(doubt)
    return found


def cited_otherwise(rows: Rows, text: str) -> Found:
    """Yield each cited document, read once, that the text names elsewhere with another spelling or day."""
    read: dict[str, list[tuple[int, Value]]] = {}
    for place, value in of("legal_basis", rows):
        if value.get("number"):
            read.setdefault(number_key(value["number"]), []).append((place, value))
    if not read:
        return
    cited: dict[str, list[Citation]] = {}
    for citation in find_citations(text.replace("\n", " ")):
        if citation.number:
            cited.setdefault(number_key(citation.number), []).append(citation)
    for key, found in read.items():
        place, value = found[0]
        yield from (
            (place, doubt) for doubt in otherwise([value for _place, value in found], cited.get(key, ()))
        )


def otherwise(values: Sequence[Value], cited: Iterable[Citation]) -> Iterator[Doubt]:
    """Yield what the text says of one document and no item repeats."""
    spelled = {bare(value["number"]) for value in values}
    days_read = {value["date"] for value in values if value.get("date")}
    for citation in cited:
        if bare(citation.number or "") not in spelled:
            spelled.add(bare(citation.number or ""))
            yield Doubt(
                _("Có lẽ cùng một văn bản: chỗ khác viết số %(number)s.") % {"number": citation.number}
            )
        if citation.date and days_read and citation.date not in days_read:
            days_read.add(citation.date)
            shown = {"day": shown_partial(citation.date)}
            yield Doubt(_("Cùng số này, chỗ khác trong văn bản ghi ngày %(day)s.") % shown)


def of(field: str, rows: Rows) -> list[tuple[int, Value]]:
    return [(place, value) for place, (each, value) in enumerate(rows) if each == field]


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN].rstrip()}…"


def overlapping(rows: Rows) -> Found:
    """Yield each phase that runs into an earlier one."""
    spans = [
        (place, value.get("name", ""), span) for place, value in of("phases", rows) if (span := days(value))
    ]
    for nth, (place, _name, later) in enumerate(spans):
        for _place, name, earlier in spans[:nth]:
            if overlap(earlier, later):
                yield place, Doubt(_("Thời gian chồng lên “%(name)s”.") % {"name": name})


def short_period(rows: Rows) -> Found:
    """Yield the whole time where it ends before one of its rounds; the round that ends last is named."""
    ends = [
        (last, value.get("name", ""))
        for _place, value in of("phases", rows)
        if (last := last_day(value.get("to", "")))
    ]
    for place, value in of("period", rows):
        over = last_day(value.get("to", ""))
        if over and ends and over < max(ends)[0]:
            last, name = max(ends)
            facts = {"name": name, "day": shown_partial(last.isoformat())}
            yield place, Doubt(_("Thời gian này kết thúc trước “%(name)s” (đến %(day)s).") % facts)


def one_name(rows: Rows) -> Found:
    """Yield each round that bears the name of an earlier one, with other days."""
    first: dict[str, Value] = {}
    for place, value in of("phases", rows):
        name = fold(value.get("name", ""))
        if days(first.setdefault(name, value)) != days(value):
            yield place, Doubt(_("Tên đợt này trùng với một đợt khác. Đặt lại tên để phân biệt."))


def two_days(rows: Rows) -> Found:
    """Yield each cited document whose number stands elsewhere in the plan with another day."""
    first: dict[str, str] = {}
    for place, value in of("legal_basis", rows):
        if value.get("number") and value.get("date"):
            day = first.setdefault(number_key(value["number"]), value["date"])
            if day != value["date"]:
                shown = {"day": shown_partial(day)}
                yield place, Doubt(_("Cùng số này, chỗ khác trong văn bản ghi ngày %(day)s.") % shown)


def two_spellings(rows: Rows) -> Found:
    """Yield each number that stands elsewhere in the plan with its signs in another place."""
    first: dict[str, str] = {}
    for place, value in of("legal_basis", rows):
        if number := value.get("number", ""):
            earlier = first.setdefault(number_key(number), number)
            if bare(earlier) != bare(number):
                shown = {"number": earlier}
                yield place, Doubt(_("Có lẽ cùng một văn bản: chỗ khác viết số %(number)s.") % shown)


def bare(number: str) -> str:
    return re.sub(r"\s", "", number).casefold().replace("–", "-")


def out_of_order(rows: Rows) -> Found:
    """Yield the terms that must be over before another one, but end after it (R-074)."""
    steps = [step for place, value in of("deadlines", rows) if (step := step_of(place, value))]
    for problem in order_problems(steps):
        first, second = int(problem.first.key), int(problem.second.key)
        yield (
            first,
            Doubt(
                _("Hạn này sau hạn của việc phải làm sau: %(what)s.") % told(rows[second][1], problem.second)
            ),
        )
        yield (
            second,
            Doubt(
                _("Hạn này trước hạn của việc phải xong trước: %(what)s.")
                % told(rows[first][1], problem.first)
            ),
        )


def before_issue(rows: Rows) -> Found:
    """Yield the first round, where it begins before the plan's own day, and each term that is over by then."""
    issued = next((day(value.get("value", "")) for _place, value in of("issued_on", rows)), None)
    if issued is None:
        return
    shown = {"day": shown_partial(issued.isoformat())}
    begun = [
        (first, place)
        for place, value in of("phases", rows)
        if (first := last_day(value.get("from", ""))) and first < issued
    ]
    if begun:
        yield min(begun)[1], Doubt(_("Đợt này bắt đầu trước ngày ban hành kế hoạch (%(day)s).") % shown)
    for place, value in of("deadlines", rows):
        due = last_day(value.get("due", ""))
        if due and due < issued and value.get("relation") not in ("from", "after"):
            yield place, Doubt(_("Hạn này đã qua vào ngày ban hành kế hoạch (%(day)s).") % shown)


def told(value: Value, step: Step) -> dict[str, str]:
    last = step.last_day
    return {"what": f"“{shortened(value['what'])}” ({last.day}/{last.month}/{last.year})"}


def step_of(place: int, value: Value) -> Step | None:
    """Return a dated term of the plan as a step among others; its round is the one its words name, else its year."""
    words, due = fold(value["what"]), parsed(value.get("due", ""))
    stage = next((stage for stage, form in STAGES if form.search(words)), None)
    if stage is None or due is None or due.month is None or value.get("relation") in ("from", "after"):
        return None
    if stage in SHARED and value.get("who") and not re.match(r"(?:cac|moi|tung) ", fold(value["who"])):
        return None
    named = ROUND.search(words)
    return Step(str(place), stage, due.last_day(), named[0] if named else str(due.year))


def numbered_twice(rows: Rows) -> Found:
    """Yield each item whose number is that of the one right before it in its list."""
    for field in NUMBERED:
        for (_at, before), (place, value) in pairwise(of(field, rows)):
            number = value.get("number", "")
            if PLAIN_NUMBER.fullmatch(number) and number == before.get("number"):
                facts = {"number": number, "what": shortened(before.get("text", ""))}
                yield place, Doubt(_("Số mục %(number)s đã dùng cho mục ngay trước: “%(what)s”.") % facts)


def overlap(one: tuple[date, date], other: tuple[date, date]) -> bool:
    """Say whether two spans share days and neither lies within the other, as a high point does in its round."""
    (start, end), (first, last) = sorted((one, other))
    return first <= end < last and start < first


def days(value: Value) -> tuple[date, date] | None:
    start, end = first_day(value.get("from", "")), last_day(value.get("to", ""))
    return (start, end) if start and end and start <= end else None

"""A list of awards whose money is asked for: read strictly, answered as plain values."""

from dataclasses import fields
from datetime import date
from typing import Annotated, Any

from pydantic import Field, ValidationError
from pydantic.dataclasses import dataclass

from thidua.core.eligibility.answer import Translate
from thidua.core.eligibility.case import AwardId, Period
from thidua.core.law.exact import STRICT, Day
from thidua.core.law.messages import say
from thidua.core.law.money import Line, PaidLine
from thidua.core.law.showing import plain_value
from thidua.core.law.validation import adapter, problems_of
from thidua.core.law.words import Level, SubjectKind
from thidua.core.law.yamltext import FileProblemsError, read_yaml


@dataclass(frozen=True, slots=True, config=STRICT)
class Item:
    who: str
    award: AwardId
    kind: Annotated[SubjectKind, Field(alias="for")]
    year: Period | None = None
    on: Day | None = None
    level: Level | None = None
    achievement: str | None = None


@dataclass(frozen=True, slots=True, config=STRICT)
class ListFile:
    items: tuple[Item, ...]
    on: Day | None = None
    level: Level | None = None
    year: Period | None = None


def read_lines(text: str, file: str, *, on: date | None = None) -> list[Line]:
    """Return the lines of a list; ``on`` is the day of the decision where the file names none.

    Raises FileProblemsError with everything found.
    """
    where = read_yaml(text, file)
    given = {"items": where.value} if isinstance(where.value, list) else where.value
    if not isinstance(given, dict) or "items" not in given:
        said = say(
            "đây không phải là một danh sách tính tiền. Viết mục items: mỗi dòng gồm who, award, for; một trường hợp "
            "riêng thì hỏi bằng “thidua law check”."
        )
        raise FileProblemsError([where.problem((), said)])
    try:
        found: ListFile = adapter(ListFile).validate_python(given)
    except ValidationError as error:
        known = (*(f.name for f in fields(Item)), *(f.name for f in fields(ListFile)), "for")
        raise FileProblemsError(problems_of(error, where, known=known)) from error
    lines, problems = [], []
    for place, item in enumerate(found.items):
        day = item.on or found.on or on
        if day is None:
            said = say("thiếu ngày quyết định. Thêm on: cho dòng này hoặc cho cả danh sách.")
            problems.append(where.problem(("items", place), said))
            continue
        period = item.year or found.year or (day.year, day.year)
        lines.append(
            Line(item.who, item.award, item.kind, day, period, item.level or found.level, item.achievement)
        )
    if problems:
        raise FileProblemsError(problems)
    return lines


def list_answer(paid: list[PaidLine], translate: Translate = str) -> dict[str, Any]:
    """Return what a list pays ready for JSON; reasons in the language ``translate`` gives."""
    return {"lines": [_line(item, translate) for item in paid], "total": sum(item.paid for item in paid)}


def _line(item: PaidLine, translate: Translate) -> dict[str, Any]:
    due = item.due
    return {
        "who": item.line.who,
        "award": item.line.award,
        "for": item.line.kind.value,
        "on": item.line.on.isoformat(),
        "year": list(item.line.period),
        "amount": due.amount if due else None,
        "multiple": plain_value(due.multiple) if due else None,
        "base": due.base if due else None,
        "is_ceiling": due.is_ceiling if due else False,
        "paid": item.paid,
        "reason": item.reason.in_words(translate) if item.reason else None,
        "rule": item.rule.id if item.rule else None,
        "source": str(item.rule.source) if item.rule else None,
        "confidence": due.confidence.value if due else None,
    }

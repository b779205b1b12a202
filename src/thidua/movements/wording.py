"""How an item of a plan reads in a list: its name, and beside it what else it says."""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from thidua.core.text.folding import fold
from thidua.movements.shapes import BY_FIELD, PartKind, Shape, name_of
from thidua.movements.values import shown_partial

if TYPE_CHECKING:
    from thidua.movements.models import Deadline

Value = Mapping[str, Any]
MONTH = re.compile(r"\d{4}-\d{2}")
BEFORE_RHYTHM = re.compile(r"trước\s+", re.IGNORECASE)
RHYTHM = re.compile(
    r"(?P<given>(?:(?:ngày|mùng|mồng)\s+)?(?P<day>\d{1,2})\s+"
    r"|(?P<weekday>thứ\s+(?:hai|ba|tư|năm|sáu|bảy)|chủ\s+nhật)\s+)?h[ằà]ng\s+(?P<every>tuần|tháng|quý|năm)",
    re.IGNORECASE,
)
STRETCH = re.compile(r"(\d{1,4}) (ngày làm việc|ngày|tháng)")


def notes_of(field: str, value: Value) -> list[str]:
    """Return what stands beside the item's name, each piece a few words."""
    special = SPECIAL.get(field)
    return [note for note in (special(value) if special else plain_notes(BY_FIELD[field], value)) if note]


def below_of(value: Value) -> list[str]:
    """Return what stands under the item, a line each: a body's duties, a content's details."""
    return list(value.get("duties") or value.get("details") or ())


def title_of(field: str, value: Value) -> str:
    """Return the item's name as a list shows it; codes become words, ISO days become days."""
    if field == "period":
        return span_words(value)
    if field == "legal_basis":
        return basis_name(value)
    if field in ("deadlines", "reports"):
        return work_words(name_of(field, dict(value)))
    shape = BY_FIELD[field]
    if shape.parts[0].kind in (PartKind.CHOICE, PartKind.DAY) and len(shape.parts) == 1:
        return part_words(shape, "value", value.get("value"))
    return name_of(field, dict(value))


def plain_notes(shape: Shape, value: Value) -> list[str]:
    return [part_words(shape, p.name, value.get(p.name)) for p in shape.parts if p.name != shape.main_part]


def part_words(shape: Shape, name: str, raw: Any) -> str:
    """Return one part in words."""
    if raw in (None, "", []):
        return ""
    part = next(p for p in shape.parts if p.name == name)
    if part.kind is PartKind.CHOICE:
        return str(dict(part.choices).get(raw, raw))
    if part.kind in (PartKind.PARTIAL, PartKind.DAY):
        return shown_partial(str(raw))
    if part.kind is PartKind.FLAG:
        return str(part.label)
    if part.kind in (PartKind.NUMBER, PartKind.FIGURE):
        return figure_words(raw)
    words = {code: str(label) for code, label in part.codes}
    return "; ".join(words.get(one, str(one)) for one in (raw if isinstance(raw, list) else [raw]))


def figure_words(raw: Any) -> str:
    """Return a figure with the separators of the language; a range with a dash."""
    if isinstance(raw, list):
        return " – ".join(figure_words(one) for one in raw)
    if not isinstance(raw, int | float):
        return str(raw)
    return exact(raw) if in_english() else typed_figure(raw)


def in_english() -> bool:
    return (get_language() or "vi").startswith("en")


def typed_figure(raw: float) -> str:
    """Return a figure as it is typed into a form: 1.250 and 42,02, with every digit it has."""
    return exact(raw).translate({ord(","): ".", ord("."): ","})


def exact(raw: float) -> str:
    return f"{Decimal(str(raw)):,f}"


def span_words(value: Value) -> str:
    start = shown_partial(value["from"]) if value.get("from") else value.get("from_event", "")
    end = shown_partial(value["to"]) if value.get("to") else value.get("to_event", "")
    if start == end:
        return start
    return " → ".join((start or "…", end or "…"))


def basis_name(value: Value) -> str:
    kind = part_words(BY_FIELD["legal_basis"], "type", value.get("type"))
    return " ".join(filter(None, (kind, value.get("number", "") or value.get("about", ""))))


def basis_notes(value: Value) -> list[str]:
    shape = BY_FIELD["legal_basis"]
    names = ("role", "date", "issuer", "about") if value.get("number") else ("role", "date", "issuer")
    return [part_words(shape, name, value.get(name)) for name in names]


def phase_notes(value: Value) -> list[str]:
    return [span_words(value), "; ".join(value.get("occasions", []))]


# «Báo cáo sơ kết Đợt I gửi», cut where its receiver or day stood; «sau nhận được» lacks its «khi».
LEFT_OVER = re.compile(
    r"[\s,;:.]+(?:(?:được )?(?:gửi|nộp|trình)(?: về)?|được tổ chức|về|trước|vào|chậm nhất)?$", re.IGNORECASE
)
HAPPENING = re.compile(
    r"(?:tiếp nhận|nhận|kết thúc|ban hành|hoàn thành|có|được|tổ chức|phát động|khai mạc|bế mạc|tổng kết|sơ kết)\b",
    re.IGNORECASE,
)


def work_words(what: str) -> str:
    """Return the name of a work as a list shows it: begun with a capital, without the verb its receiver followed."""
    words = LEFT_OVER.sub("", what.strip())
    return words[:1].upper() + words[1:]


def deadline_notes(value: Value) -> list[str]:
    who = value.get("who", "")
    said = fold(value.get("what", "")).startswith(
        fold(who)
    )  # the subject of the sentence stands in the work already
    return [when_words(value), "" if said else who, value.get("to", "")]


def when_words(value: Value) -> str:
    """Return when something is due, in the document's own relation: «10 ngày sau khi kết thúc đợt 1»."""
    relation = part_words(BY_FIELD["deadlines"], "relation", value.get("relation"))
    at = f"{value['time']} " if value.get("time") else ""
    if value.get("due_event"):
        event = event_words(value["due_event"], value.get("relation") or "")
        when = " ".join(filter(None, (offset_words(value.get("offset") or ""), relation)))
        return _("%(when)s %(event)s") % {"when": when, "event": event} if when else event
    if value.get("relation") == "on" and MONTH.fullmatch(value.get("due") or ""):
        return _("trong tháng %(month)s") % {"month": shown_partial(value["due"])}
    if value.get("due"):
        return f"{relation} {at}{shown_partial(value['due'])}".strip()
    return rhythm_words(str(value.get("recurring") or ""), relation)


def event_words(event: str, relation: str) -> str:
    """Return the event as it reads after «sau»: «khi nhận được Kế hoạch này»; elsewhere as it stands."""
    if relation != "after" or in_english() or not HAPPENING.match(event):
        return event
    return f"khi {event[:1].lower()}{event[1:]}"


def rhythm_words(text: str, relation: str) -> str:
    """Return how often something is due; what the document says beyond the usual stands in its own words."""
    if not text or not in_english():
        return text or relation
    if early := BEFORE_RHYTHM.match(text):
        words = rhythm_words(text[early.end() :], "")
        return f"“{text}”" if words.startswith("“") else f"{_('trước')} {words}"
    found = RHYTHM.fullmatch(text)
    if found and found["day"] and found["every"].lower() == "tháng":
        return _("ngày %(day)s hằng tháng") % {"day": int(found["day"])}
    if found and found["weekday"] and found["every"].lower() == "tuần":
        return _("%(weekday)s hằng tuần") % {"weekday": weekday_words(found["weekday"])}
    return relation if found and not found["given"] and relation else f"“{text}”"


def weekday_words(text: str) -> str:
    names = {
        "thứ hai": _("thứ Hai"),
        "thứ ba": _("thứ Ba"),
        "thứ tư": _("thứ Tư"),
        "thứ năm": _("thứ Năm"),
        "thứ sáu": _("thứ Sáu"),
        "thứ bảy": _("thứ Bảy"),
        "chủ nhật": _("Chủ nhật"),
    }
    return names[" ".join(text.lower().split())]


def offset_words(text: str) -> str:
    """Return a stretch of time as the document says it, its unit in the reader's language: “05 ngày”."""
    found = STRETCH.fullmatch(text)
    if not found:
        return text
    stretches = {
        "ngày làm việc": ngettext("%(n)s ngày làm việc", "%(n)s ngày làm việc", int(found[1])),
        "ngày": ngettext("%(n)s ngày", "%(n)s ngày", int(found[1])),
        "tháng": ngettext("%(n)s tháng", "%(n)s tháng", int(found[1])),
    }
    return stretches[found[2]] % {"n": found[1]}


def target_notes(value: Value) -> list[str]:
    who = value.get("who", "")
    if value.get("op") == "qualitative" or value.get("value") is None:
        return [_("định tính"), who]
    sign = "" if value["op"] in ("=", "range") else part_words(BY_FIELD["targets"], "op", value["op"])
    return [" ".join(filter(None, (sign, with_unit(value["value"], value.get("unit", ""))))), who]


def with_unit(raw: Any, unit: str) -> str:
    """Return a figure with its unit as papers write them: 98,5% but 12 vụ việc."""
    figure = figure_words(raw)
    return f"{figure}{unit}" if unit == "%" else f"{figure} {unit}".strip()


def criterion_notes(value: Value) -> list[str]:
    shape = BY_FIELD["criteria"]
    applies_to, excludes = (part_words(shape, name, value.get(name)) for name in ("applies_to", "excludes"))
    return [applies_to, measure_words(value), excludes]


def measure_words(value: Value) -> str:
    """Return what a criterion measures in words: «đạt 100%», «không quá 3 lần»; empty where it measures nothing."""
    if value.get("value") is None:
        return ""
    forms = {
        "=": _("đạt %(figure)s"),
        ">=": _("từ %(figure)s trở lên"),
        "<=": _("không quá %(figure)s"),
        ">": _("trên %(figure)s"),
        "<": _("dưới %(figure)s"),
    }
    figure = with_unit(value["value"], value.get("unit", ""))
    return forms.get(value.get("op") or "", "%(figure)s") % {"figure": figure}


def award_notes(value: Value) -> list[str]:
    shape = BY_FIELD["awards"]
    return [
        part_words(shape, "quantity", value.get("quantity")),
        part_words(shape, "for", value.get("for")),
        value.get("authority", ""),
        value.get("action", ""),
    ]


def quota_notes(value: Value) -> list[str]:
    shape = BY_FIELD["quotas"]
    whom = part_words(shape, "for", value.get("for"))
    counted = len(value.get("for") or ()) == 1 and not value.get("unit")
    words = bound_words(value.get("min"), value.get("max"), whom if counted else value.get("unit", ""))
    return [words, "" if counted and words else whom, value.get("award", "")]


def bound_words(low: float | None, high: float | None, unit: str) -> str:
    """Return how many may be proposed: «không quá 10 cá nhân», «2 – 3 tập thể»; empty where no figure is given."""
    if low is None and high is None:
        return ""
    if low is None:
        return _("không quá %(figure)s") % {"figure": with_unit(high, unit)}
    if high is None:
        return _("ít nhất %(figure)s") % {"figure": with_unit(low, unit)}
    return with_unit(low if low == high else [low, high], unit)


def no_notes(value: Value) -> list[str]:
    """Return nothing: the number stands before the text, duties and details in lines of their own."""
    del value
    return []


SPECIAL: dict[str, Callable[[Value], list[str]]] = {
    "period": no_notes,
    "contents": no_notes,
    "solutions": no_notes,
    "implementation": no_notes,
    "responsibilities": no_notes,
    "legal_basis": basis_notes,
    "phases": phase_notes,
    "deadlines": deadline_notes,
    "reports": deadline_notes,
    "targets": target_notes,
    "criteria": criterion_notes,
    "awards": award_notes,
    "quotas": quota_notes,
}


def when_of(row: "Deadline") -> str:
    """Return the plan's own words of when a deadline is due."""
    return when_words(
        {
            "relation": row.relation,
            "due": row.due,
            "due_event": row.event.name if row.event else "",
            "offset": row.offset,
            "recurring": row.recurring,
            "time": row.time,
        }
    )

"""A plan's items as the paper that is printed: the core lays it out, the documents package writes it."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.conf import settings
from django.utils.translation import override

from thidua.core.drafting.document import Document, Header, Recipient, Signature, SignMode
from thidua.core.drafting.layout import day_in_words, padded
from thidua.core.drafting.plan import (
    Answered,
    AwardLine,
    BodyDuties,
    ContentItem,
    DeadlineLine,
    DutyLine,
    PhaseLine,
    TargetLine,
    UnitPlan,
    plan_document,
)
from thidua.movements.citing import citation, lead_before, letterhead, post_on_paper
from thidua.movements.models import Deadline, Event, Movement, Plan, PlanItem
from thidua.movements.passages import Span, passages, words_of
from thidua.movements.said_figures import as_said
from thidua.movements.selectors.items import amendments, in_force, overlaps
from thidua.movements.shapes import BY_FIELD
from thidua.movements.stated import day, parsed
from thidua.movements.terms import term_of
from thidua.movements.values import shown_partial
from thidua.movements.wording import figure_words, part_words
from thidua.organisations.models import Unit, UnitRole
from thidua.records.days import today

NUMBER = re.compile(r"\s*0*(?P<number>\d+)\s*/")
LAWS = frozenset({"LUAT", "PHAP_LENH", "NGHI_DINH", "THONG_TU", "NGHI_QUYET", "QUYET_DINH"})
NAMED = frozenset({"LUAT", "PHAP_LENH"})  # called by their names: Luật Thi đua, khen thưởng số …
ABOUT = re.compile(r"(?:về|v/v|ban hành|quy định|phê duyệt|hướng dẫn|sửa đổi)\b", re.IGNORECASE)
FILED = re.compile(r"[-\s]*Lưu\s*:?\s*(?P<where>.*?)[.;\s]*", re.IGNORECASE)
TOLD = re.compile(r"\([^()]*\)[\s.;]*$")  # «Bộ trưởng (để b/c)» says its purpose itself
# «KT. BỘ TRƯỞNG; THỨ TRƯỞNG», read from two lines of one paper
TWO_POSTS = re.compile(
    r"(?P<mode>KT|TL|TUQ)\.\s*(?P<superior>[^;\n]+?)\s*[;\n]\s*(?P<post>\S.*)", re.IGNORECASE
)
MODES = {"TM": SignMode.TM, "KT": SignMode.KT, "TL": SignMode.TL, "TUQ": SignMode.TUQ}
BLANKS = re.compile(r"\s+")
Value = dict[str, Any]


@override("vi")
def paper_of(plan: Plan, *, on: date | None = None) -> Document:
    """Return the plan in force on a day, today's where none is given, as an administrative document in Vietnamese.

    A draft leaves room for number and day; a plan that was amended is an extract, however it came about: the paper
    that was signed says something else.
    """
    on = on or today()
    found: dict[str, list[Value]] = {}
    items = list(in_force(plan, on).order_by("order", "id").select_related("since"))
    under = passages(plan, items) if plan.text else {}
    for item in items:
        found.setdefault(item.field, []).append(item.value | from_text(item, plan, under.get(item.pk, ())))
    found.setdefault("deadlines", []).extend(item.value for item in reports_with_terms(items))
    return plan_document(unit_plan(plan, found, on))


def reports_with_terms(items: Sequence[PlanItem]) -> Iterator[PlanItem]:
    """Yield the reports that have a term of their own, which no deadline read from the same words tells."""
    deadlines = [item for item in items if item.field == "deadlines"]
    for item in items:
        if item.field == "reports" and not any(overlaps(item, one) for one in deadlines):
            yield item


def from_text(item: PlanItem, plan: Plan, under: Sequence[Span]) -> Value:
    """Return what the document itself adds to an item: what stands under a content, the word before a basis.

    What an amendment made has no place of its own there.
    """
    if item.start is None or not (item.since is None or item.since.number == 1):
        return {}
    if item.field == "legal_basis":
        return {"lead": lead_before(plan.text, item.start)}
    details = words_of(plan, under)
    return {"details": details} if details else {}


def unit_plan(plan: Plan, found: dict[str, list[Value]], on: date) -> UnitPlan:
    amended_by = tuple(filter(None, amendments(plan, on).values_list("decision", flat=True)))

    def texts(field: str, part: str = "text") -> tuple[str, ...]:
        return tuple(value[part] for value in found.get(field, ()) if value.get(part))

    movement = plan.movement
    return UnitPlan(
        header=header_of(plan),
        subject=subject_of(plan),
        theme=movement.theme or movement.name,
        body=movement.organiser.name,
        answered=answered(movement),
        signature=signature_of(plan, next(iter(found.get("signer", ())), {})),
        bases=tuple(map(basis_line, (one for one in found.get("legal_basis", ()) if one["role"] == "basis"))),
        purposes=texts("purposes"),
        requirements=texts("requirements"),
        subjects=texts("subjects", "who"),
        contents=tree_of(found.get("contents", ())),
        targets=tuple(map(target_line, found.get("targets", ()))),
        solutions=texts("solutions"),
        period=(parsed(movement.period_from), parsed(movement.period_to)),
        phases=tuple(map(phase_line, found.get("phases", ()))),
        criteria=texts("criteria"),
        awards=tuple(map(award_line, found.get("awards", ()))),
        quotas=tuple(quota_lines(found.get("quotas", ()), found.get("awards", ()))),
        funding=texts("funding", "source"),
        duties=tuple(map(body_duties, found.get("responsibilities", ()))),
        deadlines=tuple(line for value in found.get("deadlines", ()) if (line := deadline_line(value))),
        implementation=texts("implementation"),
        recipients=tuple(recipients_of(found.get("recipients", ()))),
        filed_at=filed_at(texts("recipients", "who")),
        is_demo=settings.DEMO_MODE,
        extract_of=citation(plan) if plan.text or plan.file_id or amended_by else "",
        amended_by=amended_by,
        in_force_on=on,
    )


def header_of(plan: Plan) -> Header:
    unit = plan.movement.organiser
    number = NUMBER.match(plan.number)
    parent, body = letterhead(unit)
    return Header(
        parent=parent,
        body=body,
        symbol=symbol_of(plan),
        place=plan.place or unit.place or "",
        number=int(number["number"]) if number else None,
        issued_on=plan.issued_on,
        year=today().year,  # a draft is issued this year, whichever year its movement is for
    )


def symbol_of(plan: Plan) -> str:
    """Return what follows the letters of the type in the number: ``STP`` in 05/KH-STP."""
    return plan.number.rpartition("-")[2] if "-" in plan.number else plan.movement.organiser.symbol


def subject_of(plan: Plan) -> str:
    return plan.title or plan.movement.name


def signature_of(plan: Plan, signer: Value) -> Signature:
    """Return who signs; without a superior named, KT., TL. and TUQ. would stand alone, so the signer's own post is."""
    mode = MODES.get(plan.signer_mode, SignMode.HEAD)
    superior, own = signer.get("superior", ""), plan.signer_position
    if two := TWO_POSTS.fullmatch(own.strip()):
        mode, superior, own = MODES[two["mode"].upper()], two["superior"], two["post"]
    if mode in (SignMode.KT, SignMode.TL, SignMode.TUQ) and not superior:
        mode = SignMode.HEAD
    post = post_on_paper(own or head_post(plan.movement.organiser))
    return Signature(post, plan.signer_name, mode, superior=post_on_paper(superior))


def recipients_of(values: Sequence[Value]) -> Iterator[Recipient]:
    """Yield who the paper goes to; where it is filed is the last line's, which every paper has."""
    for value in values:
        if not FILED.fullmatch(value["who"]):
            yield Recipient(value["who"], "" if TOLD.search(value["who"]) else value.get("purpose", ""))


def filed_at(names: Sequence[str]) -> str:
    filed = (found["where"] for name in names if (found := FILED.fullmatch(name)))
    return next(filter(None, filed), "VT")


def head_post(unit: Unit) -> str:
    """Return the post of the unit's head today, for a draft that nobody has signed."""
    head = unit.roles.on(today()).filter(role=UnitRole.Role.HEAD).select_related("person").first()
    return (head.person.position if head else "") or "Thủ trưởng đơn vị"


def answered(movement: Movement) -> Answered | None:
    """Return the movement that the plan answers, as its opening names it."""
    parent = movement.answers
    if parent is None:
        return None
    return Answered(parent.theme or parent.name, (parent.cluster or parent.organiser).name)


def basis_line(value: Value) -> str:
    """Return one basis as the paper cites it: type, number, day, issuer, subject (Nghị định 30/2020, Phụ lục I).

    ``lead`` is the word its own document puts before it, where there is one.
    """
    kind = value["type"]
    name = part_words(BY_FIELD["legal_basis"], "type", kind)
    about = value.get("about", "")
    words = [value.get("lead") or ("Căn cứ" if kind in LAWS else "Thực hiện"), name]
    if kind in NAMED:
        words.append(about)
    if value.get("number"):
        words += ["số", value["number"]]
    words.append(day_words(value.get("date", "")))
    if value.get("issuer") and kind not in NAMED:
        words += ["của", value["issuer"]]
    if about and kind not in NAMED:
        words.append(about if ABOUT.match(about) else f"về việc {about[:1].lower()}{about[1:]}")
    return " ".join(filter(None, words))


def day_words(iso: str) -> str:
    """Return «ngày 15 tháng 6 năm 2022», or «năm 2022» where the day is not told."""
    if on := day(iso):
        return day_in_words(on)
    return f"năm {shown_partial(iso)}" if iso else ""


def tree_of(values: Sequence[Value]) -> tuple[ContentItem, ...]:
    """Return the contents as a tree by their numbers; one without a number follows the last that has one."""
    roots: list[dict[str, Any]] = []
    by_number: dict[str, dict[str, Any]] = {}
    for value in values:
        node: dict[str, Any] = {"text": value["text"], "details": value.get("details", ()), "items": []}
        number = value.get("number", "")
        parent = by_number.get(number.rpartition(".")[0])
        (parent["items"] if parent else roots).append(node)
        if number:
            by_number[number] = node
    return tuple(map(content_item, roots))


def content_item(node: dict[str, Any]) -> ContentItem:
    return ContentItem(node["text"], tuple(node["details"]), tuple(map(content_item, node["items"])))


def target_line(value: Value) -> TargetLine:
    """Return the target with its figure in a column of its own, in the scale its words give it."""
    value, who = as_said(value), value.get("who", "")
    if value.get("value") is None:
        return TargetLine(value["text"], body=who)
    sign = "" if value["op"] in ("=", "range") else part_words(BY_FIELD["targets"], "op", value["op"])
    figure, unit = figure_words(value["value"]), value.get("unit", "")
    text = without_figure(value["text"], f"{figure}{unit}")
    return TargetLine(text, f"{sign} {figure}".strip(), unit, who)


def without_figure(text: str, figure: str) -> str:
    """Leave out the figure a row of a table was read with, «Tỷ lệ đúng hạn: 100 %»: its own columns say it."""
    head, colon, tail = text.rpartition(": ")
    return head if colon and BLANKS.sub("", tail.rstrip(".")) == BLANKS.sub("", figure) else text


def phase_line(value: Value) -> PhaseLine:
    first, last = (parsed(value.get(key, "")) for key in ("from", "to"))
    return PhaseLine(value["name"], first, last, tuple(value.get("occasions", ())))


def award_line(value: Value) -> AwardLine:
    quantity = counted(value["quantity"]) if value.get("quantity") is not None else ""
    kinds = [part_words(BY_FIELD["awards"], "for", [one]) for one in value.get("for") or ()]
    return AwardLine(
        value["form"],
        ", ".join(kinds),
        f"tổng số {quantity}"
        if quantity and len(kinds) > 1
        else quantity,  # one number for all kinds together
        value.get("authority", ""),
        "đề nghị" in value.get("action", ""),
    )


def counted(quantity: Any) -> str:
    """Return a number of awards as papers write it: 01, 12, 08 – 10."""
    if isinstance(quantity, list):
        return " – ".join(map(counted, quantity))
    return padded(quantity) if isinstance(quantity, int) else figure_words(quantity)


def quota_lines(quotas: Sequence[Value], awards: Sequence[Value]) -> Iterator[str]:
    """Yield the quotas, those of one award and one kind of unit in a line.

    One that an award's own number says already is left out.
    """
    told = {(one["form"], tuple(one.get("for", ())), one.get("quantity")) for one in awards if single(one)}
    rest = [
        one for one in quotas if (one.get("award", ""), tuple(one.get("for", ())), one.get("max")) not in told
    ]
    for (award, per), group in groupby(rest, lambda one: (one.get("award", ""), one.get("per", ""))):
        first, *more = [one["text"].rstrip(" .;") for one in group]
        text = "; ".join([first, *(one.removeprefix(f"mỗi {per} ") for one in more)])
        named = not award or award.casefold() in text.casefold()
        yield f"{text}." if named else f"{award}: {text[:1].lower()}{text[1:]}."


def single(award: Value) -> bool:
    return isinstance(award.get("quantity"), int | float)


def body_duties(value: Value) -> BodyDuties:
    return BodyDuties(value["body"], tuple(DutyLine(text) for text in value.get("duties", ())))


def deadline_line(value: Value) -> DeadlineLine | None:
    row = Deadline(
        what=value["what"],
        who=value.get("who", ""),
        relation=value.get("relation") or "by",
        due=value.get("due", ""),
        offset=value.get("offset", ""),
        recurring=value.get("recurring", ""),
        time=value.get("time", ""),
        event=Event(name=value["due_event"]) if value.get("due_event") else None,
    )
    term = term_of(row, named=True)
    return DeadlineLine(value["what"], value.get("who", ""), term) if term else None

"""A plan comes in: the file is kept, read in a separate process, and every item laid out for checking."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q

from thidua.accounts.models import Account
from thidua.audit import services as audit
from thidua.core.plans.items import Item
from thidua.core.plans.readable import UnreadableTextError
from thidua.core.plans.reader import PlanReading, read
from thidua.core.plans.row_bodies import body_at, row_bodies
from thidua.core.plans.source import Source
from thidua.core.text.languages import is_vietnamese
from thidua.documents.errors import DocumentError
from thidua.documents.isolated import read_isolated
from thidua.library import services as library
from thidua.library.models import StoredFile
from thidua.movements.disagreements import doubts_among
from thidua.movements.doubts import doubts_of, other_day
from thidua.movements.models import Movement, Plan, PlanItem
from thidua.movements.permissions import acting_units
from thidua.movements.problems import PlanHeldError
from thidua.movements.said_figures import as_said
from thidua.movements.selectors.checking import known_documents
from thidua.movements.selectors.launchers import Launcher, Paper, launcher_doubts, launcher_told
from thidua.movements.services.header import copy_header, find_by
from thidua.movements.shapes import BY_FIELD
from thidua.movements.stated import day, first_day, last_day, year_in
from thidua.organisations.models import Cluster, Unit
from thidua.organisations.permissions import scope_of
from thidua.records.days import today

NAME_LENGTH = 400
ISO = re.compile(r"(?:\d{4}|-)-?[-\dQH]*")
NOT_A_LAUNCH = "not_a_launch"
WHOLE_TEXT = frozenset({"contents", "solutions", "implementation", "purposes", "requirements"})


@dataclass(frozen=True, slots=True)
class SamePlan:
    """A plan of the same content that the organiser took in before."""

    movement: Movement


# Documents that launch nothing and still have their place: an amending decision, a pact of a cluster.
FOLLOWING = frozenset({"QUYET_DINH", "GIAO_UOC"})


class NotAPlanError(Exception):
    """The document launches no movement; ``doc_type`` is what it is, where it says so.

    ``is_foreign``: its words are of another language, so that nothing can be told of it.
    """

    def __init__(self, doc_type: str, *, is_foreign: bool = False) -> None:
        super().__init__(doc_type)
        self.doc_type = doc_type
        self.is_foreign = is_foreign


class AlreadyTakenInError(Exception):
    """The same document lies in the system already; carries the movement made from it."""

    def __init__(self, movement: Movement) -> None:
        super().__init__(str(movement.pk))
        self.movement = movement


def take_in(
    content: library.Chunked | bytes,
    name: str,
    *,
    organiser: Unit,
    by: Account,
    cluster: Cluster | None = None,
    by_paper: bool = False,
    again: bool = False,
    anyway: bool = False,
) -> Movement:
    """Keep the file, read it, and make the movement it launches, still being prepared.

    ``by_paper``: it is launched by whom the paper names, by ``organiser`` for ``cluster`` only where it names
    nobody for whom the person may launch. Raises DocumentError or UnreadableTextError when the file cannot be
    read, FileTooLargeError, AlreadyTakenInError when the same document was taken in for the organiser, or for a
    unit of the person's, and ``again`` is not set, and NotAPlanError when it launches nothing and is not wanted
    ``anyway``; a file that is refused is not kept.
    """
    file = library.store_file(content, name, by=by)
    try:
        if not again:
            refuse_second(file, organiser, by)
        source, reading = read_plan(file, anyway=anyway)
    except (DocumentError, UnreadableTextError, AlreadyTakenInError, NotAPlanError):
        library.forget_file(file)
        raise
    told = launcher_told(paper_read(reading), scope_of(by)) if by_paper else None
    launcher = told or Launcher(organiser, cluster)
    return make_movement(
        source,
        reading,
        organiser=launcher.organiser,
        by=by,
        cluster=launcher.cluster,
        file=file,
        is_chosen=not by_paper,
    )


def read_plan(file: StoredFile, *, anyway: bool) -> tuple[Source, PlanReading]:
    """Read the kept file; raises NotAPlanError when it launches nothing and is not wanted ``anyway``."""
    source = read_isolated(library.path_of(file.sha256), name=file.name, warm=True)
    reading = read(source)
    if not anyway:
        refuse_other(reading, source)
    return source, reading


def paper_read(reading: PlanReading) -> Paper:
    """Return what the reading says of who launches, and when."""
    issuer, title, issued = (
        str(reading.singles[name].value) if name in reading.singles else ""
        for name in ("issuer", "title", "issued_on")
    )
    issued_on = day(issued)
    period = reading.period.to_json() if reading.period else {}
    within = first_day(period.get("from", "")) or last_day(period.get("to", ""))
    year = within.year if within else year_in(title) or (issued_on.year if issued_on else None)
    return Paper(issuer, title, year, issued_on)


def refuse_other(reading: PlanReading, source: Source) -> None:
    if not reading.is_launch_plan and reading.doc_type not in FOLLOWING:
        is_foreign = not reading.doc_type and not is_vietnamese(source.text)
        raise NotAPlanError(reading.doc_type or "", is_foreign=is_foreign)


def refuse_second(file: StoredFile, organiser: Unit, by: Account) -> None:
    """Raise AlreadyTakenInError for a paper taken in for the organiser, or for another of the person's units."""
    scope = scope_of(by)
    own = Q(organiser__in=Unit.objects.filter(acting_units(scope))) | Q(cluster__in=scope.cluster_ids)
    same = (
        Movement.objects.filter(Q(organiser=organiser) | own, plan__file__sha256=file.sha256)
        .exclude(status=Movement.Status.WITHDRAWN)
        .first()
    )
    if same:
        raise AlreadyTakenInError(same)


@transaction.atomic
def make_movement(
    source: Source,
    reading: PlanReading,
    *,
    organiser: Unit,
    by: Account,
    cluster: Cluster | None = None,
    file: StoredFile | None = None,
    is_chosen: bool = True,
) -> Movement:
    """Write movement, plan and items of one reading; ``is_chosen``: a person said for whom it is launched."""
    movement = Movement.objects.create(
        organiser=organiser,
        cluster=cluster,
        root_id=organiser.root_id or organiser.pk,
        year=today().year,
        level=level_of(organiser, cluster),
        name="",
        made_by=by,
    )
    plan = Plan.objects.create(
        movement=movement,
        file=file,
        text=source.text,
        blocks=[[b.start, b.end, b.kind, b.bold, b.centred, b.row, b.column] for b in source.blocks],
        notices=[*source.notices, *remarks_on(reading)],
    )
    rows = list(items_of(plan, source, reading))
    mark_doubtful(rows, source.text)
    PlanItem.objects.bulk_create(rows, batch_size=500)
    copy_header(plan)
    question_launcher(movement, is_chosen=is_chosen)
    name_after_plan(movement, file)
    audit.record(by, "movement.take_in", movement, details={"file": file.name if file else ""})
    return movement


def name_after_plan(movement: Movement, file: StoredFile | None) -> None:
    """Name the movement by its plan's title, else its theme, else the file."""
    named = movement.plan.title or movement.theme or (file.name.rpartition(".")[0] if file else "")
    movement.name = " ".join(named.split())[:NAME_LENGTH]
    find_by(movement)
    movement.save(update_fields=["name", "folded", "marked"])


def question_launcher(movement: Movement, *, is_chosen: bool) -> None:
    """Let the issuer wait for a person where it is not who launches, or where the paper tells of none."""
    issuer = movement.plan.items.filter(field="issuer").first()
    if issuer is None and not is_chosen:
        value = {"value": str(movement.cluster or movement.organiser)}
        PlanItem.objects.create(
            plan=movement.plan, field="issuer", value=value, is_sure=False, is_derived=True
        )
        copy_header(movement.plan)
    elif issuer and issuer.is_sure and launcher_doubts(movement, issuer.value["value"]):
        issuer.is_sure = False
        issuer.save()


def level_of(organiser: Unit, cluster: Cluster | None) -> Movement.Level:
    """Guess the launching level from who launches; a person can change it."""
    if cluster:
        return Movement.Level.CLUSTER
    if organiser.parent_id is None:
        return Movement.Level.MINISTRY
    return Movement.Level.PROVINCE if organiser.kind.level == "province" else Movement.Level.UNIT


@transaction.atomic
def classify(
    movement: Movement, *, kind: str, level: str, by: Account, version: int | None = None
) -> Movement:
    """Set the kind and the launching level, which are guessed when a plan comes in.

    Raises ChangedMeanwhileError, PlanHeldError.
    """
    movement = Movement.take(movement.pk, version=version)
    if movement.is_held and movement.status == Movement.Status.PREPARING:
        raise PlanHeldError
    details = {"kind": [movement.kind, kind], "level": [movement.level, level]}
    movement.kind, movement.level = Movement.Kind(kind), Movement.Level(level)
    movement.save()
    audit.record(by, "movement.classify", movement, details=details)
    return movement


def items_of(plan: Plan, source: Source, reading: PlanReading) -> Iterator[PlanItem]:
    """Turn a reading into rows: one per item, in the order of the document within each field."""
    if reading.doc_type:
        place = reading.doc_type_place
        yield PlanItem(
            plan=plan,
            field="doc_type",
            value={"value": reading.doc_type},
            quote=place.quote if place else "",
            start=place.start if place else None,
            end=place.end if place else None,
        )
    for field, single in singles_of(reading).items():
        yield row_of(plan, source, field, 0, single)
    bodies = row_bodies(source) if reading.lists.get("targets") else []
    for field, found in reading.lists.items():
        if field in BY_FIELD:
            for order, item in enumerate(found):
                row = row_of(plan, source, field, order, item)
                if field == "targets":
                    body = body_at(bodies, item.place.start, item.place.end)
                    row.value = as_said(row.value) | ({"who": body} if body else {})
                yield row


def singles_of(reading: PlanReading) -> dict[str, Item]:
    """Return what the document has once: its number, day, issuer, title, signer, period."""
    found: dict[str, Item | None] = {
        **reading.singles,
        "signer": reading.signer,
        "promulgated_by": reading.promulgated_by,
        "period": reading.period,
    }
    return {field: item for field, item in found.items() if item is not None}


def remarks_on(reading: PlanReading) -> list[str]:
    """Return what is remarkable about the document as a whole, as codes."""
    return [] if reading.is_launch_plan else [NOT_A_LAUNCH]


def mark_doubtful(rows: Sequence[PlanItem], text: str) -> None:
    """Let what cannot be right wait for a person, however surely it was read."""
    among = doubts_among(((row.field, row.value) for row in rows), text)
    known = known_documents(rows)
    for place, row in enumerate(rows):
        registered = known.get(row.pk)
        if (
            place in among
            or doubts_of(row.field, row.value)
            or (registered and any(other_day(row.value, registered)))
        ):
            row.is_sure = False


def row_of(plan: Plan, source: Source, field: str, order: int, item: Item) -> PlanItem:
    printed = item.to_json()
    quote, start, end = printed.pop("quote"), printed.pop("start"), printed.pop("end")
    confidence, derived = printed.pop("confidence"), printed.pop("derived", False)
    return PlanItem(
        plan=plan,
        field=field,
        order=order,
        value=keep_before(value_of(field, printed, source, start), quote),
        quote=quote,
        start=start,
        end=end,
        is_sure=confidence == "sure",
        is_derived=derived,
    )


def value_of(field: str, printed: dict[str, Any], source: Source, start: int) -> dict[str, Any]:
    """Return the parts a person edits: whole text instead of first words, duties as lines."""
    if field in WHOLE_TEXT:
        whole = paragraph_at(source, start)
        shown = {"text": without_marker(whole, printed.pop("text_start"))}
        return {"number": printed["number"]} | shown if "number" in printed else shown
    if field == "responsibilities":
        return {"body": printed["body"], "duties": duties_of(source, printed.get("duties", []))}
    if "due" in printed and not ISO.fullmatch(printed["due"]):  # a rhythm in words
        printed["recurring"] = printed.pop("due")
    return printed


def keep_before(value: dict[str, Any], quote: str) -> dict[str, Any]:
    """Return a rhythm with the “trước” that stands before its day: that day itself is too late."""
    words = value.get("recurring", "")
    if words and re.search(rf"\btrước\s+{re.escape(words)}", quote, re.IGNORECASE):
        return value | {"recurring": f"trước {words}"}
    return value


def duties_of(source: Source, duties: Sequence[dict[str, Any]]) -> list[str]:
    """Return each duty to the end of its paragraph, or to where the next duty of the same body begins in it."""
    found = []
    starts = [duty["start"] for duty in duties]
    for duty, after in zip(duties, [*starts[1:], len(source.text)], strict=True):
        text = paragraph_at(source, duty["start"], duty["text_start"])
        following = " ".join(source.text[duty["start"] : after].split())
        found.append(following.rstrip(" ;,") if following and len(following) < len(text) else text)
    return found


def paragraph_at(source: Source, start: int, first_words: str = "") -> str:
    """Return the rest of the block around ``start``, on one line."""
    end = next((b.end for b in source.blocks if b.start <= start < b.end), start + len(first_words))
    return " ".join(source.text[start:end].split())


def without_marker(text: str, first_words: str) -> str:
    """Leave out what stands before the item's own first words: its number or bullet."""
    place = text.find(" ".join(first_words.split()))
    return text[place:] if place > 0 else text

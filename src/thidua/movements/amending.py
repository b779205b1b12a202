"""What an amending document asks to change, as proposals: a person accepts each, nothing changes by itself.

A sentence that names a place or a phrase of the plan is carried out on the plan's words, which are then read anew
(``amending_edits``, ``amending_reading``). Else only forms that say both what was and what will be, or quote what is
added, are understood; every other sentence that amends is handed back as it stands.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, Protocol
from uuid import UUID

from thidua.core.text.dates import find_dates
from thidua.core.text.folding import fold
from thidua.core.text.numbers import Measure, find_measures, scale_in
from thidua.movements.amending_edits import ADDS, OWN_MARKER, cuts_of, phrase_of, quotes_nothing
from thidua.movements.amending_places import place_named, places_named
from thidua.movements.amending_reading import Reader, differences
from thidua.movements.amending_sentences import AMENDS, MARKER, amending_sentences, told
from thidua.movements.said_figures import as_said, base_unit, in_full, scale_of
from thidua.movements.shapes import BY_FIELD, PartKind

Value = Mapping[str, Any]
QUOTE = r"[“\"](?P<{0}>[^”\"]+)[”\"]"
QUOTED_SWAP = re.compile(
    rf"(?:thay(?: thế)?|sửa)\s+(?:các\s+)?(?:cụm\s+)?(?:từ\s+)?{QUOTE.format('old')}\s+(?:bằng|thành)\s+"
    rf"(?:các\s+)?(?:cụm\s+)?(?:từ\s+)?{QUOTE.format('new')}",
    re.IGNORECASE,
)
IN_PLACE_OF = re.compile(
    r"(?P<new>.+?)\s*\(?\s*(?:thay cho|thay vì|trước đây là)\s+(?P<old>[^()]+?)\s*\)?\s*[.;]?$", re.IGNORECASE
)
FROM_TO = re.compile(
    r"\btừ\s+(?P<old>(?:ngày\s+)?[\d/.,%]+(?:\s+(?!sang|thành|lên|xuống|đến)\S+){0,3}?)\s+(?:sang|thành|lên|xuống|đến)\s+"
    r"(?P<new>(?:ngày\s+)?[\d/.,%]+.*)",
    re.IGNORECASE,
)
SWAPS = (QUOTED_SWAP, IN_PLACE_OF, FROM_TO)
ADDED = re.compile(rf"^.*?{QUOTE.format('what')}", re.IGNORECASE | re.DOTALL)
REMOVES = re.compile(r"^(?:bãi )?bỏ", re.IGNORECASE)
LABELLED = re.compile(
    r"^(?P<label>chủ trì|phối hợp|thời hạn|thời gian|hoàn thành)\s*:\s*(?P<text>.+)$", re.IGNORECASE
)
RELATIONS = (("trước", "before"), ("chậm nhất", "by"), ("đến hết", "until"), ("từ", "from"), ("sau", "after"))
DATES = (PartKind.PARTIAL, PartKind.DAY)
FIGURES = (PartKind.FIGURE, PartKind.NUMBER)
WORDS = (PartKind.LINE, PartKind.TEXT)
LEAST_WORDS = 4
# Words of every amendment, which tell nothing about the item meant.
COMMON = frozenset(
    fold(
        "sửa đổi thời hạn tại điểm khoản mục thay cụm từ bằng trước ngày cho năm của các theo được với ban trong"
    ).split()
)
# Dates that belong to other documents or to history, which no amendment moves.
NOT_OF_THE_PLAN = frozenset({"issued_on", "legal_basis", "promulgated_by", "milestones"})


class Placed(Protocol):
    """An item of the plan."""

    pk: UUID
    field: str
    value: Any
    quote: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """One change a person may accept. ``item`` is empty for an addition; ``shared`` counts words in common."""

    kind: str
    field: str
    item: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    sentence: str
    shared: int = 0

    @property
    def key(self) -> str:
        """A name that stays the same while document and plan do."""
        told = repr((self.kind, self.field, self.item, self.after))
        return sha256(told.encode()).hexdigest()[:12]


@dataclass(slots=True)
class Planned:
    """An item as an earlier sentence leaves it."""

    pk: UUID
    field: str
    value: dict[str, Any]
    quote: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """The proposals, and the amending sentences from which none could be made."""

    proposals: tuple[Proposal, ...]
    left: tuple[str, ...]


def read_amendments(
    text: str, items: Sequence[Placed], plan_text: str = "", reader: Reader | None = None
) -> Reading:
    """Return what the amending ``text`` asks to change in ``items``; ``plan_text``: where they stand.

    ``reader`` reads the plan with changes made to its words; without it a place is told by its items alone.
    """
    found: list[Proposal] = []
    left = []
    now: list[Placed] = list(items)
    for sentence in amending_sentences(text):
        proposals = proposed(sentence, now, plan_text, reader)
        if not proposals:
            left.append(told(sentence))
        for proposal in proposals:
            found = joined(found, proposal)
        now = [one for one in (planned(item, proposals) for item in now) if one]
    return Reading(tuple({one.key: one for one in found}.values()), tuple(left))


def joined(found: Sequence[Proposal], one: Proposal) -> list[Proposal]:
    """Add a proposal; one for an item that an earlier sentence changes already becomes one with it."""
    earlier = next((two for two in found if two.item and two.item == one.item), None)
    if earlier is None:
        return [*found, one]
    both = replace(one, before=earlier.before, sentence=f"{earlier.sentence} {one.sentence}")
    return [both if two is earlier else two for two in found]


def planned(item: Placed, proposals: Sequence[Proposal]) -> Placed | None:
    """Return the item as the proposals leave it, for the sentences that follow; nothing where it falls away."""
    one = next((one for one in proposals if one.item == str(item.pk)), None)
    if one is None:
        return item
    if one.after is None:
        return None
    return Planned(item.pk, item.field, one.after, item.quote, item.start, item.end)


def proposed(sentence: str, items: Sequence[Placed], plan_text: str, reader: Reader | None) -> list[Proposal]:
    """Return what one sentence proposes: by its place in the plan, else by what it says was and will be."""
    if quotes_nothing(sentence):
        return []
    if reader and (found := list(proposals_read(sentence, items, plan_text, reader))):
        return found
    return list(proposals_in(sentence, items)) or list(proposals_at(sentence, items, plan_text))


def proposals_read(
    sentence: str, items: Sequence[Placed], plan_text: str, reader: Reader
) -> Iterator[Proposal]:
    """Yield what the plan's own words, changed as the sentence says and read anew, make of the items."""
    cuts = cuts_of(sentence, plan_text)
    if not cuts:
        return
    rows = []
    for one in differences(cuts, items, reader):
        item, shown = one.item, told(sentence)
        if item is None:
            rows.append(Proposal("add", one.field, "", None, one.after, shown))
        else:
            kind = "remove" if one.after is None else "change"
            shared = len(words_of(sentence) & words_of(" ".join(map(str, item.value.values()))))
            rows.append(Proposal(kind, one.field, str(item.pk), dict(item.value), one.after, shown, shared))
    is_anywhere = phrase_of(OWN_MARKER.sub("", sentence)) and not places_named(sentence)
    yield from by_likeness(rows) if is_anywhere else rows


def proposals_in(sentence: str, items: Sequence[Placed]) -> Iterator[Proposal]:
    begun = AMENDS.match(sentence)
    verb = begun["verb"] if begun else ""
    if verb.casefold() == "bổ sung" and (added := ADDED.match(sentence)):
        yield from additions(sentence, added["what"])
        return
    if REMOVES.match(verb):
        if not phrase_of(OWN_MARKER.sub("", sentence)):  # a phrase struck out leaves the rest of its item
            yield from removals(sentence, items)
        return
    for form in SWAPS:
        if swap := form.search(sentence):
            yield from by_likeness(changes(sentence, swap["old"], swap["new"], items))
            return


def proposals_at(sentence: str, items: Sequence[Placed], plan_text: str) -> Iterator[Proposal]:
    """Yield what a sentence that names a place of the plan makes of the items there: struck out, or written anew."""
    begun, place = AMENDS.match(sentence), place_named(sentence, plan_text)
    if begun is None or place is None or is_not_of_places(sentence):
        return
    there = [item for item in items if item.start is not None and place[0] <= item.start < place[1]]
    if REMOVES.match(begun["verb"]):
        for item in there:
            yield Proposal("remove", item.field, str(item.pk), dict(item.value), None, sentence)
    elif quoted := ADDED.match(sentence):
        yield from changed(
            there, sentence, written_anew(re.sub(rf"^\s*{MARKER}\s*", "", quoted["what"]).strip())
        )


def is_not_of_places(sentence: str) -> bool:
    """Say whether what stands at the place named stays: something is added to it, or but a phrase of it changes."""
    said = OWN_MARKER.sub("", sentence)
    return bool(ADDS.match(said)) or phrase_of(said) is not None


def written_anew(words: str) -> "Change":
    """Return what each kind of item becomes where its place reads ``words`` from now on."""
    days = {one.value for one in find_dates(words)}

    def change(item: Placed) -> dict[str, Any] | None:
        value = dict(item.value)
        if item.field in ("deadlines", "reports") and value.get("due") and len(days) == 1:
            after = value | {"due": next(iter(days))}
        elif item.field == "responsibilities" and len(value.get("duties", ())) == 1:
            has_body = fold(words).startswith(fold(value["body"]))
            after = value | {"duties": [words[len(value["body"]) :].lstrip(" :,") if has_body else words]}
        elif item.field == "contents":
            after = value | {"text": words}
        elif item.field == "targets" and find_measures(words):
            after = value | target_of(words)
        else:
            return None
        return after if after != value else None

    return change


def by_likeness(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Put those whose words stand in the sentence first; where some share words, those that share none go."""
    rows = sorted(proposals, key=lambda proposal: -proposal.shared)
    if rows and rows[0].shared >= LEAST_WORDS:
        return [row for row in rows if row.shared >= LEAST_WORDS]
    return rows


def changes(sentence: str, old: str, new: str, items: Sequence[Placed]) -> Iterator[Proposal]:
    """Yield a change for each item that says ``old``: as a date, as a figure, or in words."""
    old_days, new_days = find_dates(old), find_dates(new)
    if old_days and new_days:
        yield from changed(items, sentence, with_date(old_days[-1].value, new_days[-1].value))
        return
    old_figures, new_figures = find_measures(old), find_measures(new)
    if old_figures and new_figures:
        last = new_figures[-1]
        said = new[last.figure : last.end]
        yield from changed(items, sentence, with_figure(old_figures[-1], last, said))
        return
    yield from changed(items, sentence, with_words(old, new))


Change = Callable[[Placed], dict[str, Any] | None]


def changed(items: Sequence[Placed], sentence: str, change: Change) -> Iterator[Proposal]:
    said = words_of(sentence)
    for item in items:
        after = change(item)
        if after is not None:
            shared = len(said & words_of(f"{item.quote} {' '.join(map(str, item.value.values()))}"))
            yield Proposal("change", item.field, str(item.pk), dict(item.value), after, sentence, shared)


def parts_that(item: Placed, kinds: Sequence[PartKind], says: Callable[[Any], bool]) -> list[str]:
    """Return the item's parts of these kinds whose value fits."""
    return [p.name for p in BY_FIELD[item.field].parts if p.kind in kinds and says(item.value.get(p.name))]


def with_date(old: str, new: str) -> Change:
    def change(item: Placed) -> dict[str, Any] | None:
        parts = parts_that(item, DATES, lambda told: told == old)
        if not parts or item.field in NOT_OF_THE_PLAN:
            return None
        return dict(item.value) | dict.fromkeys(parts, new)

    return change


def with_figure(old: Measure, new: Measure, said: str) -> Change:
    """Return the change of what says the old figure; ``said``: the new one as the decision writes it."""

    def change(item: Placed) -> dict[str, Any] | None:
        unit = item.value.get("unit", "")
        if old.unit and unit and fold(base_unit(unit)) != fold(old.unit):
            return None
        parts = parts_that(item, FIGURES, lambda told: old.value in (told, in_full(told, unit)))
        if not parts:
            return None
        after = dict(item.value) | dict.fromkeys(parts, new.value)
        if "text" in after:
            after["text"] = figure_replaced(str(after["text"]), old, new, said)
        return as_said(after | {"unit": base_unit(unit)}) if scale_of(unit)[0] else after

    return change


def figure_replaced(text: str, old: Measure, new: Measure, said: str) -> str:
    """Return the text with the old figure, written as it may be, replaced by the new one."""
    for measure in find_measures(text):
        if measure.value == old.value:
            if scale_in(said + text[measure.figure : measure.end])[0]:
                return text[: measure.figure] + said + text[measure.end :]
            written = re.compile(r"\d[\d.,]*").match(text, measure.figure)
            if written:
                figure = str(new.value).replace(".", ",")
                return text[: measure.figure] + figure + text[written.end() :]
    return text


def with_words(old: str, new: str) -> Change:
    wanted = re.compile(re.escape(old.strip()).replace(r"\ ", r"\s+"), re.IGNORECASE)

    def change(item: Placed) -> dict[str, Any] | None:
        parts = parts_that(item, WORDS, lambda told: bool(wanted.search(str(told or ""))))
        if not parts:
            return None
        replaced = {name: wanted.sub(lambda _match: new.strip(), str(item.value[name])) for name in parts}
        return dict(item.value) | replaced

    return change


def removals(sentence: str, items: Sequence[Placed]) -> Iterator[Proposal]:
    """Yield a removal for each item that holds the quoted words."""
    for quoted in re.finditer(QUOTE.format("what"), sentence):
        wanted = fold(" ".join(quoted["what"].split()))
        for item in items:
            told = fold(" ".join(map(str, item.value.values())))
            if wanted in told:
                yield Proposal("remove", item.field, str(item.pk), dict(item.value), None, sentence)


def additions(sentence: str, quoted: str) -> Iterator[Proposal]:
    """Yield what a quoted addition holds: a duty with its bodies and term, a target, or a content."""
    main, labels = labelled(quoted)
    folded = fold(sentence)
    if "chủ trì" in labels or "nhiem vu" in folded.split("“")[0]:
        yield from added_duties(sentence, main, labels)
    elif "chi tieu" in folded:
        yield added(sentence, "targets", target_of(main))
    elif "noi dung" in folded:
        yield added(sentence, "contents", {"text": main})
    if term := term_of(labels, main):
        who = {"who": labels["chủ trì"]} if "chủ trì" in labels else {}
        yield added(sentence, "deadlines", {"what": main, **who, **term})


def labelled(quoted: str) -> tuple[str, dict[str, str]]:
    """Part «8. Tổ chức tập huấn; chủ trì: X; thời hạn: trước ngày …» into its matter and its labelled pieces."""
    pieces = [piece.strip(" .") for piece in re.sub(rf"^\s*{MARKER}\s*", "", quoted).split(";")]
    labels = {m["label"].lower(): m["text"].strip() for piece in pieces if (m := LABELLED.match(piece))}
    main = "; ".join(piece for piece in pieces if piece and not LABELLED.match(piece))
    return main, labels


def added_duties(sentence: str, main: str, labels: Mapping[str, str]) -> Iterator[Proposal]:
    if lead := labels.get("chủ trì"):
        yield added(sentence, "responsibilities", {"body": lead, "duties": [main]})
    if support := labels.get("phối hợp"):
        helps = f"Phối hợp: {main[:1].lower()}{main[1:]}"
        yield added(sentence, "responsibilities", {"body": support, "duties": [helps]})


def target_of(text: str) -> dict[str, Any]:
    measures = find_measures(text)
    if not measures:
        return {"text": text, "op": "qualitative"}
    first = measures[0]
    value = first.value if first.high is None else [first.value, first.high]
    unit = {"unit": first.unit} if first.unit else {}
    return as_said({"text": text, "op": str(first.op), "value": value, **unit})


def term_of(labels: Mapping[str, str], main: str) -> dict[str, Any] | None:
    """Return relation and day of a term, from its own piece or from the matter itself."""
    words = next((labels[name] for name in ("thời hạn", "hoàn thành", "thời gian") if name in labels), main)
    dates = find_dates(words)
    if not dates:
        return None
    before = words[: dates[-1].start].lower()
    relation = next((code for word, code in RELATIONS if word in before), "by")
    return {"relation": relation, "due": dates[-1].value}


def added(sentence: str, field: str, value: dict[str, Any]) -> Proposal:
    return Proposal("add", field, "", None, value, sentence)


def words_of(text: str) -> set[str]:
    return {word for word in re.findall(r"[a-z]{3,}", fold(text)) if word not in COMMON}

"""Which items of a plan change when its words do: the plan is read before and after, and the readings compared."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol
from uuid import UUID

from thidua.core.text.folding import fold
from thidua.movements.amending_edits import Cut, moved, new_spans

Value = dict[str, Any]
# What the document says of itself, and dates that belong to others or to history, no amendment changes.
LEFT_ALONE = frozenset(
    {
        "doc_type", "number", "issued_on", "place", "issuer", "title", "signer", "promulgated_by", "legal_basis",
        "milestones", "noise", "recipients",
    }
)  # fmt: skip
ALIKE = 0.34
MOST_ADDED = 40


class Read(Protocol):
    """An item as it is read, or as the plan has it."""

    pk: UUID
    field: str
    value: Any
    start: int | None
    end: int | None


#: Reads the plan as it stands, or with changes made to its words.
Reader = Callable[[Sequence[Cut]], Sequence[Read]]


@dataclass(frozen=True, slots=True)
class Difference:
    """An item of the plan and what it becomes; no item for what comes in, no value for what falls away."""

    item: Read | None
    field: str
    after: Value | None
    came: Read | None = None


def differences(cuts: Sequence[Cut], items: Sequence[Read], reader: Reader) -> Iterator[Difference]:
    """Yield what the changed words make of ``items``, those the plan holds today."""
    before = [one for one in reader(()) if one.field not in LEFT_ALONE]
    after = [one for one in reader(cuts) if one.field not in LEFT_ALONE]
    gone, come = unequal(before, after, cuts)
    own = owners(before, [one for one in items if one.field not in LEFT_ALONE])
    marked = [Standing(one, None) for one in items if is_marked_by_hand(one, own.values(), cuts)]
    old = [Standing(own[one.pk], one) for one in gone if one.pk in own] + marked
    unheld = [one for one in gone if one.pk not in own]
    for field in dict.fromkeys(one.field for one in (*[o.item for o in old], *come)):
        rows = [one for one in old if one.item.field == field]
        new = [one for one in come if one.field == field]
        for one in compared(field, rows, without_likes(new, unheld)):
            if one.item is not None or one.came is None or is_new(one.came, cuts):
                yield renumbered(one, cuts)


def is_new(one: Read, cuts: Sequence[Cut]) -> bool:
    """Say whether what comes in stands in the new words, or around a phrase that was changed."""
    end = one.start if one.end is None else one.end
    return one.start is None or any(
        one.start < last and first < (end or 0) + 1 for first, last in new_spans(cuts)
    )


def renumbered(one: "Difference", cuts: Sequence[Cut]) -> "Difference":
    """Give a clause put between two others the number its amendment gives it."""
    number = next((cut.number for cut in cuts if cut.number), "")
    if one.item is not None or not number or not (one.after or {}).get("number"):
        return one
    below = str((one.after or {})["number"]).partition(".")[2]
    return replace(one, after=(one.after or {}) | {"number": f"{number}.{below}" if below else number})


@dataclass(frozen=True, slots=True)
class Standing:
    """An item of the plan, and what its words were read as; nothing for one a person marked."""

    item: Read
    read: Read | None


def unequal(
    before: Sequence[Read], after: Sequence[Read], cuts: Sequence[Cut]
) -> tuple[list[Read], list[Read]]:
    """Return the items of either reading that the other does not have."""
    by_place = {(one.field, one.start): one for one in after}
    left = list(after)
    unmatched = []
    for one in before:
        twin = by_place.get((one.field, None if one.start is None else moved(one.start, cuts)))
        if twin and twin in left and twin.value == one.value and not is_cut(one, cuts):
            left.remove(twin)
        else:
            unmatched.append(one)
    gone = []
    for one in unmatched:
        twin = next((two for two in left if (two.field, two.value) == (one.field, one.value)), None)
        if twin:
            left.remove(twin)
        else:
            gone.append(one)
    return gone, left


def is_cut(one: Read, cuts: Sequence[Cut]) -> bool:
    return one.start is not None and any(cut.start <= one.start < cut.end and not cut.in_line for cut in cuts)


def owners(read: Iterable[Read], items: Sequence[Read]) -> dict[UUID, Read]:
    """Return for what is read the item the plan has of it: of the same field at the same place."""
    free = list(items)
    found: dict[UUID, Read] = {}
    for one in read:
        same = [item for item in free if item.field == one.field and item.start == one.start]
        if same and one.start is not None:
            best = max(same, key=lambda item: likeness(item.value, one.value))
            found[one.pk] = best
            free.remove(best)
    return found


def is_marked_by_hand(item: Read, owned: Iterable[Read], cuts: Sequence[Cut]) -> bool:
    """Say whether a person marked the item in words that go."""
    return item.field not in LEFT_ALONE and is_cut(item, cuts) and item.pk not in {one.pk for one in owned}


def without_likes(new: Sequence[Read], unheld: Sequence[Read]) -> list[Read]:
    """Leave out what is but the changed form of something a person took out of the plan."""
    left = list(new)
    for one in unheld:
        like = max(
            (two for two in left if two.field == one.field),
            key=lambda two: likeness(one.value, two.value),
            default=None,
        )
        if like and likeness(one.value, like.value) >= ALIKE:
            left.remove(like)
    return left


def compared(field: str, old: Sequence[Standing], new: Sequence[Read]) -> Iterator[Difference]:
    """Pair old and new by likeness; what pairs with nothing falls away, or comes in."""
    pairs = paired(old, new)
    for one in old:
        two = pairs.get(one.item.pk)
        if two is None:
            yield Difference(one.item, field, left_of(one))
        elif (after := merged(one, two.value)) != one.item.value:
            yield Difference(one.item, field, after)
    taken = {two.pk for two in pairs.values()}
    fresh = [two for two in new if two.pk not in taken]
    yield from (Difference(None, field, dict(two.value), two) for two in fresh[:MOST_ADDED])


def left_of(one: Standing) -> Value | None:
    """Return what stays of an item whose words go: duties a person wrote into it, else nothing."""
    if one.item.field != "responsibilities" or one.read is None:
        return None
    own = [duty for duty in one.item.value.get("duties", ()) if duty not in one.read.value.get("duties", ())]
    return None if not own or not one.item.value.get("duties") else dict(one.item.value) | {"duties": own}


def paired(old: Sequence[Standing], new: Sequence[Read]) -> dict[UUID, Read]:
    scores = sorted(
        (
            (likeness((one.read or one.item).value, two.value), -place, one, two)
            for place, one in enumerate(old)
            for two in new
        ),
        key=lambda row: row[:2],
        reverse=True,
    )
    found: dict[UUID, Read] = {}
    taken: set[UUID] = set()
    for score, _place, one, two in scores:
        alone = len(old) == len(new) == 1
        if (score >= ALIKE or alone) and one.item.pk not in found and two.pk not in taken:
            found[one.item.pk] = two
            taken.add(two.pk)
    return found


def merged(one: Standing, new: Value) -> Value:
    """Return the item with what differs between the readings; what a person put right in it stays.

    An item that a revision changed before takes every part the new words state.
    """
    read = {} if one.read is None or getattr(one.item, "origin_id", None) else dict(one.read.value)
    after = dict(one.item.value)
    for part in dict.fromkeys((*read, *new)):
        if part == "duties" and read:
            after[part] = duties_of(after.get(part, []), read.get(part, []), new.get(part, []))
        elif part not in new:
            after.pop(part, None)
        elif not read or read.get(part) != new[part]:
            after[part] = new[part]
    return after


def duties_of(own: Sequence[str], read: Sequence[str], new: Sequence[str]) -> list[str]:
    """Return the item's duties with those that go taken out and those that come put in their place."""
    gone = [duty for duty in read if duty not in new]
    come = [duty for duty in new if duty not in read and duty not in own]
    places = [place for place, duty in enumerate(own) if duty in gone]
    at = places[0] if places else len(own)
    head = [duty for duty in own[:at] if duty not in gone]
    return [*head, *come, *(duty for duty in own[at:] if duty not in gone)]


def likeness(one: Value, other: Value) -> float:
    """Return how many words of two values are shared, 0 to 1; the same number of a content tells most."""
    if one.get("number") and one.get("number") == other.get("number"):
        return 1.0
    said, told = words_of(one), words_of(other)
    return len(said & told) / max(1, min(len(said), len(told)))


def words_of(value: Value) -> set[str]:
    return set(re.findall(r"[a-z]{2,}", fold(" ".join(map(str, value.values())))))

"""What becomes of a row of people: somebody new, a change of somebody known, nothing, or a question."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext

from thidua.core.text.folding import fold
from thidua.exchange.fields import Field
from thidua.exchange.importers import Given, Planned, Planner
from thidua.exchange.models import ImportRow
from thidua.exchange.problems import Problem
from thidua.organisations.importing_lookup import Place, UnitDirectory
from thidua.organisations.importing_people_rows import (
    Draft,
    both_sexes,
    empty,
    joined,
    json_of,
    looked_over,
    place_problems,
    post_json,
    stranger,
)
from thidua.organisations.models import Person, Post, Unit
from thidua.organisations.permissions import User
from thidua.organisations.problems import shown
from thidua.records.days import today
from thidua.records.ids import uuid7

Outcome = ImportRow.Outcome
DIFFERENT = "different"
FACTS = ("full_name", "staff_code", "birth_date", "sex", "email", "phone")
CLEARABLE = frozenset({"birth_date", "sex", "email", "phone"})
POST_FACTS = ("unit", "position", "staff_kind", "is_manager", "contract_months")
NEEDED = ("full_name", "unit", "position", "staff_kind", "valid_from")


@dataclass(frozen=True, slots=True)
class Known:
    """A person there already, with the main post held today and those to come."""

    person: Person
    post: Post | None
    later: date | None  # the first day of a main post already written down for later
    posts: int  # main posts in all


@dataclass(frozen=True, slots=True)
class Register:
    """The people whom some rows may mean, by id and by staff code."""

    by_id: Mapping[UUID, Known]
    by_code: Mapping[str, Sequence[Known]]


class PeoplePlanner(Planner):
    """Plans people; knows what earlier rows of the file said of them."""

    def __init__(self, user: User, options: Mapping[str, Any], fields: Sequence[Field]) -> None:
        self.options, self.on = options, today()
        self.labels = {one.name: str(one.label) for one in fields}
        self.words = {one.name: {choice.value: str(choice.label) for choice in one.choices} for one in fields}
        within = Unit.objects.filter(pk__in=self.default_units()).values_list("path", flat=True).first()
        self.directory = UnitDirectory(user, "import", within=within or "")
        self.codes_seen: dict[tuple[UUID | None, str], int] = {}
        self.names_seen: dict[tuple[str, date | None, UUID], int] = {}
        self.staffed: dict[tuple[UUID, str], tuple[UUID, ...]] = {}
        self.units_read: set[UUID] = set()

    def plan(self, rows: Sequence[Given]) -> list[Planned]:
        drafts = looked_over([self.drafted(row) for row in rows], self.directory)
        self.read_staff(drafts)
        known = self.read_known(drafts)
        return [self.planned(draft, known) for draft in drafts]

    # What the row says

    def drafted(self, given: Given) -> Draft:
        draft = Draft(given, joined(given.values))
        if both_sexes(given.values):
            draft.problems.append(Problem("sex_both", "sex"))
        born = draft.values.get("birth_date")
        if born and born > self.on:
            draft.problems.append(Problem("born_ahead", "birth_date", {"day": shown(born)}))
        text = draft.values.pop("unit", None) or ""
        if text:
            found = self.directory.find(text)
            draft.place = found.place
            draft.problems += [found.problem] if found.problem else []
        return draft

    # What is there already

    def read_staff(self, drafts: Iterable[Draft]) -> None:
        """Learn who works in units met for the first time: each unit is read once, in one query together."""
        places = {draft.place.id for draft in drafts if draft.place} | self.default_units()
        if fresh := places - self.units_read:
            rows = Person.objects.filter(record_unit__in=fresh).values_list("record_unit_id", "folded", "pk")
            for unit, folded, pk in rows.iterator(chunk_size=5000):
                if unit:
                    self.staffed[unit, folded] = (*self.staffed.get((unit, folded), ()), pk)
            self.units_read |= fresh

    def default_units(self) -> set[UUID]:
        return {UUID(self.options["unit"])} if self.options.get("unit") else set()

    def read_known(self, drafts: Sequence[Draft]) -> Register:
        """Return the people whom the rows may mean: by staff code, by name and unit, by a person's word."""
        codes = {draft.code for draft in drafts if draft.code}
        ids = {pk for draft in drafts for pk in self.namesakes(draft)}
        ids |= {UUID(d.given.decision) for d in drafts if d.given.decision not in ("", DIFFERENT)}
        people = Person.objects.filter(Q(staff_code__in=codes) | Q(pk__in=ids)).in_bulk()
        posts: dict[UUID, Post] = {}
        later: dict[UUID, date] = {}
        number: Counter[UUID] = Counter()
        for post in Post.objects.filter(person__in=list(people), is_main=True).order_by("valid_from"):
            number[post.person_id] += 1
            if post.valid_from > self.on:
                later.setdefault(post.person_id, post.valid_from)
            elif post.valid_until is None or post.valid_until > self.on:
                posts[post.person_id] = post
        known = {pk: Known(one, posts.get(pk), later.get(pk), number[pk]) for pk, one in people.items()}
        by_code: dict[str, list[Known]] = {}
        for one in known.values():
            by_code.setdefault(one.person.staff_code, []).append(one)
        return Register(known, by_code)

    def namesakes(self, draft: Draft) -> tuple[UUID, ...]:
        place = self.place_of(draft)
        return self.staffed.get((place.id, fold(draft.name)), ()) if place and draft.name else ()

    def place_of(self, draft: Draft) -> Place | None:
        """Return the row's unit, or the one that fills blank cells."""
        if draft.place or any(problem.column == "unit" for problem in draft.problems):
            return draft.place
        default = self.options.get("unit")
        return self.directory.places.get(UUID(default)) if default else None

    # What becomes of it

    def planned(self, draft: Draft, known: Register) -> Planned:
        label = self.label_of(draft)
        if draft.is_refused:
            return Planned(Outcome.REFUSE, label, problems=draft.problems)
        decision = draft.given.decision
        if decision and decision != DIFFERENT:
            same = known.by_id.get(UUID(decision))
            return self.changed(draft, same) if same else self.asked(draft, [])
        if draft.code:
            return self.by_code(draft, known)
        return self.by_name(draft, known)

    def label_of(self, draft: Draft) -> str:
        place = self.place_of(draft)
        parts = (draft.name or draft.code, self.directory.label_of(place) if place else "")
        return " — ".join(part for part in parts if part)

    def by_code(self, draft: Draft, known: Register) -> Planned:
        place = self.place_of(draft)
        root = place.root_id if place else None
        seen = self.codes_seen.setdefault((root, draft.code), draft.given.number)
        if seen != draft.given.number:
            return self.refused(draft, Problem("twice_in_file", "staff_code", {"row": seen}))
        holders = [
            one for one in known.by_code.get(draft.code, ()) if root is None or one.person.root_id == root
        ]
        mine = [one for one in holders if self.is_mine(one.person)]
        if len(mine) == 1:
            return self.changed(draft, mine[0])
        if holders:
            return self.refused(draft, Problem("code_outside", "staff_code", {"code": draft.code}))
        alike = [one for one in self.alike(draft, known) if not one.person.staff_code]
        if alike and draft.given.decision != DIFFERENT:
            return self.asked(draft, alike)
        return self.new(draft, alike)

    def is_mine(self, person: Person) -> bool:
        place = self.directory.places.get(person.record_unit_id) if person.record_unit_id else None
        return place is not None and place.is_open

    def by_name(self, draft: Draft, known: Register) -> Planned:
        place = self.place_of(draft)
        if place and draft.name:
            key = (fold(draft.name), draft.values.get("birth_date"), place.id)
            seen = self.names_seen.setdefault(key, draft.given.number)
            if seen != draft.given.number:
                return self.refused(draft, Problem("twice_in_file", "", {"row": seen}))
        alike = self.alike(draft, known)
        if not alike or draft.given.decision == DIFFERENT:
            return self.new(draft, alike)
        if len(alike) == 1 and self.is_exact(draft, alike[0]):
            became = self.changed(draft, alike[0])
            if became.outcome == Outcome.SAME:
                return became
        return self.asked(draft, alike)

    def alike(self, draft: Draft, known: Register) -> list[Known]:
        """Return people of the unit with that name whose day of birth does not speak against it."""
        born = draft.values.get("birth_date")
        people = [known.by_id[pk] for pk in self.namesakes(draft) if pk in known.by_id]
        return [one for one in people if not born or one.person.birth_date in (None, born)]

    def is_exact(self, draft: Draft, known: Known) -> bool:
        return draft.values.get("birth_date") == known.person.birth_date

    def refused(self, draft: Draft, *problems: Problem) -> Planned:
        return Planned(Outcome.REFUSE, self.label_of(draft), problems=[*draft.problems, *problems])

    def asked(self, draft: Draft, alike: list[Known]) -> Planned:
        plan = {"known": [str(one.person.pk) for one in alike]}
        problem = Problem("look_alike")
        return Planned(Outcome.ASK, self.label_of(draft), plan, problems=[*draft.problems, problem])

    # Somebody new

    def new(self, draft: Draft, told_apart: Sequence[Known]) -> Planned:
        values = {name: self.options[name] for name in ("staff_kind", "position") if self.options.get(name)}
        values |= {name: value for name, value in draft.values.items() if value is not None}
        if not values.get("valid_from") and self.options.get("valid_from"):
            values["valid_from"] = date.fromisoformat(self.options["valid_from"])
        place = self.place_of(draft)
        problems = self.problems_of_new(draft, values, place)
        if problems or place is None:
            return self.refused(draft, *problems)
        plan = {
            "facts": {name: json_of(values.get(name, "")) for name in FACTS if values.get(name)},
            "post": post_json(values, place),
            "known": [str(one.person.pk) for one in told_apart],
        }
        label = f"{draft.name} — {self.directory.label_of(place)}"
        return Planned(
            Outcome.CREATE,
            label,
            plan,
            target_id=uuid7(),
            target_version=1,
            problems=draft.problems,
        )

    def problems_of_new(self, draft: Draft, values: Mapping[str, Any], place: Place | None) -> list[Problem]:
        missing = [name for name in NEEDED if name != "unit" and not values.get(name)]
        missing += [] if place else ["unit"]
        if missing and draft.code and not draft.name:
            names = ", ".join(f"“{self.labels[name]}”" for name in missing)
            return [Problem("code_unknown", "staff_code", {"code": draft.code, "names": names})]
        if missing or place is None:
            return [Problem("missing", name, {"column": self.labels[name]}) for name in missing]
        return place_problems(place, values["valid_from"])

    # Somebody known

    def changed(self, draft: Draft, known: Known) -> Planned:
        person, values = known.person, draft.values
        if stranger(draft, person):
            facts = {"code": draft.code, "person": person.full_name}
            return self.refused(draft, Problem("code_of_another", "staff_code", facts))
        if not self.is_mine(person):
            return self.refused(draft, Problem("code_outside", "staff_code", {"code": draft.code}))
        changes = {
            name: [getattr(person, name), values[name]]
            for name in FACTS
            if name in values and self.differs(name, getattr(person, name), values[name])
        }
        post, problems = self.post_change(draft, known)
        if any(not problem.is_warning for problem in problems):
            return self.refused(draft, *problems)
        if not changes and not post:
            label = self.label_of_known(draft, known)
            return Planned(Outcome.SAME, label, {}, target_id=person.pk, problems=draft.problems)
        plan: dict[str, Any] = {
            "facts": {
                name: [json_of(before), json_of(after if after is not None else empty(name))]
                for name, (before, after) in changes.items()
            },
            "left_on": json_of(person.left_on),
        }
        if post:
            plan["post"] = {name: value for name, value in post.items() if name != "shown"}
        words = {name: [self.word(name, one) for one in pair] for name, pair in changes.items()}
        return Planned(
            Outcome.UPDATE,
            self.label_of_known(draft, known),
            plan,
            words | (post["shown"] if post else {}),
            person.pk,
            person.version + 1,
            [*draft.problems, *problems],
        )

    def label_of_known(self, draft: Draft, known: Known) -> str:
        unit = known.person.unit_id or known.person.record_unit_id
        place = self.directory.places.get(unit) if unit else draft.place
        parts = (known.person.full_name, self.directory.label_of(place) if place else "")
        return " — ".join(part for part in parts if part)

    def differs(self, name: str, before: Any, after: Any) -> bool:
        if after is None:
            return name in CLEARABLE and bool(before)
        return bool(before != after)

    def word(self, name: str, value: Any) -> str:
        """Write a value as the preview shows it."""
        if value is None or value == "":
            return ""
        if isinstance(value, date):
            return shown(value)
        if isinstance(value, bool):
            return gettext("Có") if value else gettext("Không")
        return str(self.words.get(name, {}).get(value, value))

    def post_change(self, draft: Draft, known: Known) -> tuple[dict[str, Any], list[Problem]]:
        """Return how the row changes the main post: a new one from a day, or the one written mended."""
        current, values, place = known.post, draft.values, draft.place
        wanted = {name: values[name] for name in POST_FACTS if values.get(name) is not None}
        if place:
            wanted["unit"] = place.id
        held = (
            {name: getattr(current, "unit_id" if name == "unit" else name) for name in POST_FACTS}
            if current
            else {}
        )
        differing = {name: value for name, value in wanted.items() if value != held.get(name)}
        day = values.get("valid_from")
        if current is None:
            return self.new_post(draft, known, wanted, held) if place else ({}, [])
        if not differing:
            if day in (None, current.valid_from):
                return {}, []
            if known.posts > 1:
                return {}, [Problem("only_day_differs", "valid_from", {"day": shown(current.valid_from)})]
            held["valid_from"] = current.valid_from
            place = place or self.directory.places.get(current.unit_id)
            return self.mended_post(current, {"valid_from": day}, held, place)
        if day == current.valid_from:
            return self.mended_post(current, differing, held, place)
        return self.new_post(draft, known, held | wanted, held)

    def mended_post(
        self, current: Post, differing: dict[str, Any], held: dict[str, Any], place: Place | None
    ) -> tuple[dict[str, Any], list[Problem]]:
        problems = place_problems(place, differing.get("valid_from", current.valid_from)) if place else []
        change = {
            "op": "mend",
            "id": str(current.pk),
            "version": current.version,
            "new": {name: json_of(value) for name, value in differing.items()},
            "old": {name: json_of(held[name]) for name in differing},
            "shown": {name: self.pair(name, held[name], value) for name, value in differing.items()},
        }
        if "valid_from" not in differing:
            problems.append(Problem("post_corrected", "valid_from", is_warning=True))
        return change, problems

    def new_post(
        self, draft: Draft, known: Known, wanted: dict[str, Any], held: dict[str, Any]
    ) -> tuple[dict[str, Any], list[Problem]]:
        """Return a new main post; what the row leaves out goes on as it was."""
        current = known.post
        day = draft.values.get("valid_from") or self.default_day()
        place = draft.place or (self.directory.places.get(current.unit_id) if current else None)
        missing = [name for name in ("position", "staff_kind") if not wanted.get(name)]
        if place is None or day is None or missing:
            names = missing + ([] if day else ["valid_from"]) + ([] if place else ["unit"])
            return {}, [Problem("missing", name, {"column": self.labels[name]}) for name in names]
        problems = place_problems(place, day)
        if current and day <= current.valid_from:
            facts = {"day": shown(day), "first": shown(current.valid_from)}
            problems.append(Problem("post_before_current", "valid_from", facts))
        if known.later:
            problems.append(Problem("has_later_post", "valid_from", {"day": shown(known.later)}))
        pairs = {n: self.pair(n, held.get(n), v) for n, v in wanted.items() if v != held.get(n)}
        change = {
            "op": "start",
            "id": str(uuid7()),
            "new": post_json(wanted | {"valid_from": day}, place),
            "ends": str(current.pk) if current else "",
            "ends_version": current.version if current else 0,
            "ended": json_of(current.valid_until) if current else None,
            "shown": pairs | {"valid_from": ["", shown(day)]},
        }
        return change, problems

    def default_day(self) -> date | None:
        return date.fromisoformat(self.options["valid_from"]) if self.options.get("valid_from") else None

    def pair(self, name: str, before: Any, after: Any) -> list[str]:
        if name != "unit":
            return [self.word(name, before), self.word(name, after)]
        places = self.directory.places
        return [self.directory.label_of(places[pk]) if pk in places else "" for pk in (before, after)]

"""What a row tells of a work, as JSON keeps it: compared with what is there, written, and written back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext

from thidua.exchange.problems import Problem
from thidua.initiatives.importing_authors import chosen_people
from thidua.initiatives.importing_fields import FIELDS
from thidua.initiatives.models import Initiative
from thidua.initiatives.selectors import part_in_words
from thidua.initiatives.services.recording import Acceptance, Past
from thidua.initiatives.services.writing import WHOLE, Author
from thidua.organisations.models import Person
from thidua.organisations.problems import shown

Facts = dict[str, Any]
"""Fields by name, days as ISO text; ``authors`` are [id, name, share or None, role]."""

DAYS = ("decided_on", "applied_on", "accepted_on")
KEPT_TEXTS = ("scope", "description", "effect", "accepted_level", "accepted_as")
TEXTS = (*KEPT_TEXTS, "number", "issuer")
NEEDED = ("title", "scope", "number", "decided_on", "issuer")


def facts_of_row(row: Initiative) -> Facts:
    """Return what is kept of a work."""
    texts = {name: getattr(row, name) for name in KEPT_TEXTS}
    decision = {
        "number": row.decision.number if row.decision else "",
        "issuer": row.decision.issuer if row.decision else "",
        "decided_on": iso(row.recognised_on),
    }
    parts = sorted(
        row.authorships.all(), key=lambda one: (one.person_id != row.submitter_id, one.person.sort_key)
    )
    return {
        "title": row.title,
        "kind": row.kind,
        "applied_on": iso(row.applied_on),
        "accepted_on": iso(row.accepted_on),
        "replicable": row.replicable,
        "authors": [[str(one.person_id), one.person.full_name, one.percent, one.role] for one in parts],
        **texts,
        **decision,
    }


def facts_given(values: Mapping[str, Any], authors: Sequence[Author], before: Facts | None) -> Facts:
    """Return the work as the row tells it; a cell left blank keeps what is there."""
    kept: Facts = before or {"kind": Initiative.Kind.INITIATIVE.value, "replicable": False}
    facts: Facts = {name: kept.get(name, "") for name in TEXTS}
    facts |= {name: kept.get(name) for name in DAYS}
    facts |= {name: kept.get(name, "") for name in ("title", "kind", "replicable")}
    for name in facts.keys() & values.keys() - {"title"}:
        facts[name] = as_json(name, values[name])
    facts["title"] = kept.get("title") or values["title"]
    if facts["kind"] == Initiative.Kind.INITIATIVE:
        facts |= {"accepted_on": None, "accepted_level": "", "accepted_as": ""}
    facts["authors"] = authors_given(authors, before, facts["kind"])
    return facts


def authors_given(authors: Sequence[Author], before: Facts | None, kind: str) -> list[list[Any]]:
    """Return the authors in the file's order where it differs; a share or role left out stays as it is."""
    there = {one[0]: one for one in before["authors"]} if before else {}
    found = []
    for author in authors:
        known = there.get(str(author.person.pk), [None, None, None, ""])
        percent = known[2] if author.percent is None else author.percent
        found.append([str(author.person.pk), author.person.full_name, percent, author.role or known[3]])
    if len(found) == 1 and found[0][2] is None and kind == Initiative.Kind.INITIATIVE:
        found[0][2] = WHOLE
    same = before and found[0] == before["authors"][0] and sorted(found) == sorted(before["authors"])
    return before["authors"] if before and same else found


def as_json(name: str, given: Any) -> Any:
    if name in DAYS:
        return iso(given)
    return bool(given) if name == "replicable" else given or ""


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def problems_of_missing(facts: Facts) -> Iterator[Problem]:
    """Yield every cell a new work cannot do without."""
    needed = [*NEEDED, *(["accepted_on"] if facts["kind"] != Initiative.Kind.INITIATIVE else [])]
    labels = {field.name: str(field.label) for field in FIELDS}
    for name in needed:
        if not facts[name]:
            yield Problem("missing", name, {"column": labels[name]})
    if facts["accepted_as"] == "failed":
        yield Problem("not_accepted", "accepted_as")


def past_of(facts: Facts, people: Mapping[str, Person]) -> Past | None:
    """Return the work to be written; None where an author is gone."""
    if any(one[0] not in people for one in facts["authors"]):
        return None
    accepted = day_of(facts["accepted_on"])
    return Past(
        title=facts["title"],
        authors=tuple(Author(people[pk], percent, role) for pk, _name, percent, role in facts["authors"]),
        scope=facts["scope"],
        number=facts["number"],
        decided_on=date.fromisoformat(facts["decided_on"]),
        issuer=facts["issuer"],
        kind=facts["kind"],
        applied_on=day_of(facts["applied_on"]),
        replicable=facts["replicable"],
        acceptance=Acceptance(accepted, facts["accepted_level"], facts["accepted_as"]) if accepted else None,
        description=facts["description"],
        effect=facts["effect"],
    )


def day_of(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def people_in(several: Iterable[Facts]) -> dict[str, Person]:
    return chosen_people([one[0] for facts in several for one in facts["authors"]])


def changes_between(before: Facts, facts: Facts) -> dict[str, list[str]]:
    """Return field → [before, after] as shown."""
    return {
        name: [in_words(name, before[name]), in_words(name, facts[name])]
        for name in facts
        if before[name] != facts[name]
    }


def in_words(name: str, value: Any) -> str:
    if name == "authors":
        return "; ".join(part_in_words(*one[1:]) for one in value)
    if name == "replicable":
        return gettext("Có") if value else gettext("Không")
    if name in DAYS:
        return shown(date.fromisoformat(value)) if value else ""
    labels = {
        "kind": Initiative.Kind,
        "scope": Initiative.Scope,
        "accepted_level": Initiative.Level,
        "accepted_as": Initiative.Grade,
    }
    return str(labels[name](value).label) if name in labels and value else str(value)

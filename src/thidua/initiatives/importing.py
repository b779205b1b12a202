"""Past initiatives and research from a table: each row one work with its authors and its decision."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thidua.accounts.models import Account
from thidua.core.text.folding import fold
from thidua.core.text.normal import one_line
from thidua.exchange.importers import Candidate, Given, Planned, Planner, Reference, Staged
from thidua.exchange.models import Import, ImportRow
from thidua.exchange.problems import Problem
from thidua.exchange.references import moved_on, references_to
from thidua.honours.selectors.naming import label_of
from thidua.initiatives.importing_authors import AuthorDirectory, Meant, authors_named, chosen_people
from thidua.initiatives.importing_facts import (
    Facts,
    changes_between,
    facts_given,
    facts_of_row,
    past_of,
    people_in,
    problems_of_missing,
)
from thidua.initiatives.importing_fields import FIELDS, SENTENCES
from thidua.initiatives.models import Authorship, Initiative
from thidua.initiatives.permissions import HANDLE, may_amend, may_record_for
from thidua.initiatives.problems import InitiativeRefusedError
from thidua.initiatives.services.recording import (
    Past,
    amend_past,
    problems_of_facts,
    record_past,
    take_out,
    units_named,
)
from thidua.organisations.importing import tell_finished
from thidua.organisations.importing_lines import ActionImporter
from thidua.organisations.models import Person, Unit
from thidua.organisations.permissions import User, scope_of
from thidua.organisations.problems import shown
from thidua.records import refusals
from thidua.records.days import today
from thidua.records.models import ChangedMeanwhileError

Outcome = ImportRow.Outcome
OWN = ("authorship.initiative", "initiativeevent.initiative", "initiativefile.initiative")
Refusals = dict[UUID, list[Problem]]


class InitiativesImporter(ActionImporter):
    """Initiatives and research a decision recognised already."""

    action = HANDLE
    target = "initiatives"
    title = _("Sáng kiến, đề tài đã có")
    about = _("Sáng kiến đã công nhận, đề tài đã nghiệm thu các năm trước, kèm quyết định.")
    icon = "lightbulb"
    keys = ("title", "authors")
    different = ""  # an author is one of those of the name, or the row is mended
    sentences = SENTENCES
    fields = FIELDS

    def planner(self, user: User, options: Mapping[str, Any]) -> Planner:
        del options
        return InitiativesPlanner(user)

    def candidates(self, user: User, rows: Any) -> dict[UUID, list[Candidate]]:
        del user
        rows = list(rows)
        known = chosen_people([one for row in rows for one in row.plan["known"]])
        return {
            row.pk: [
                Candidate(known[one].pk, label_of(known[one])) for one in row.plan["known"] if one in known
            ]
            for row in rows
        }

    def apply(self, user: Account, rows: Sequence[Staged]) -> Refusals:
        people = people_in(row.plan["facts"] for row in rows)
        there = Initiative.objects.select_related("unit").in_bulk(
            [row.target_id for row in rows if row.target_id]
        )
        refused: Refusals = {}
        for row in rows:
            past = past_of(row.plan["facts"], people)
            found = there.get(row.target_id) if row.target_id else None
            if past is None or not may_record_for(user, past.authors[0].person):
                refused[row.pk] = [Problem("person_not_yours", facts={"name": row.label})]
            elif found and found.is_recorded and not may_amend(user, found):
                refused[row.pk] = [kept_by_others(found)]
            elif problems := written(user, row, past, found):
                refused[row.pk] = problems
        return refused

    def undo(self, user: Account, rows: Sequence[Staged]) -> Refusals:
        there = Initiative.objects.in_bulk([row.target_id for row in rows if row.target_id])
        people = people_in(row.plan["before"] for row in rows if row.plan["before"])
        stayed: Refusals = {}
        for row in rows:
            found = there.get(row.target_id) if row.target_id else None
            if found is None or found.version != row.target_version:
                stayed[row.pk] = [Problem("kept_changed", is_warning=True)]
                continue
            try:
                take_back(user, found, row.plan["before"], people)
            except InitiativeRefusedError as error:
                stayed[row.pk] = [shared(one, warns=True) for one in error.problems]
            except ChangedMeanwhileError:
                stayed[row.pk] = [Problem("kept_changed", is_warning=True)]
        return stayed

    def in_the_way(self, rows: QuerySet[ImportRow]) -> list[Reference]:
        changed = moved_on(Initiative, rows)
        made = rows.filter(outcome=Outcome.CREATE).order_by().values("target_id")
        found = references_to(Initiative, made, own=OWN, shown="title")
        own = [Reference(gettext("bản ghi đã được sửa sau khi nhập"), len(changed))] if changed else []
        return [*own, *found]

    def finished(self, batch: Import) -> None:
        tell_finished(batch)


def written(user: Account, row: Staged, past: Past, found: Initiative | None) -> list[Problem]:
    """Write one row and set what it became; return why it could not be."""
    try:
        if row.outcome == Outcome.CREATE:
            made = record_past(user, past, source=Initiative.Source.IMPORTED)
        elif found is None:
            return [Problem("gone_since_preview", facts={"what": row.label})]
        else:
            made = amend_past(user, found, past, version=row.plan["version"])
    except InitiativeRefusedError as error:
        return [shared(one) for one in error.problems]
    except ChangedMeanwhileError:
        facts = {"what": row.label, "who": gettext("người khác"), "when": shown(today())}
        return [Problem("changed_since_preview", facts=facts)]
    row.target_id, row.target_version = made.pk, made.version
    return []


def take_back(user: Account, row: Initiative, before: Facts | None, people: Mapping[str, Person]) -> None:
    """Take out what was made, or write again what was there, unless ``row`` moved on since it was read.

    Raises InitiativeRefusedError, ChangedMeanwhileError.
    """
    past = past_of(before, people) if before else None
    if past:
        amend_past(user, row, past, version=row.version)
    else:
        take_out(user, row, version=row.version)


def kept_by_others(row: Initiative) -> Problem:
    return Problem("kept_by_others", facts={"unit": row.unit.name}, is_warning=True)


def shared(problem: refusals.Problem, *, warns: bool = False) -> Problem:
    """Return a problem of an initiative as the import shows it."""
    facts = {name: str(fact) for name, fact in problem.facts.items()}
    return Problem(problem.code, facts=facts, is_warning=warns)


class InitiativesPlanner(Planner):
    """Finds whom each row names, and whether the work is there already."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.scope = scope_of(user)
        self.directory = AuthorDirectory(user)
        self.issuers: dict[tuple[str, UUID], list[Unit]] = {}
        self.seen: dict[tuple[str, str], list[tuple[int, set[UUID]]]] = defaultdict(list)

    def plan(self, rows: Sequence[Given]) -> list[Planned]:
        told = [(authors_in(row.values), row.decision) for row in rows]
        meant = self.directory.meant(told)
        known = self.known([row for row, one in zip(rows, meant, strict=True) if one.authors])
        return [self.planned(row, one, known) for row, one in zip(rows, meant, strict=True)]

    def known(self, rows: Sequence[Given]) -> dict[str, list[Initiative]]:
        """Return what is recognised already under the titles of ``rows``, by title. Two queries."""
        titles = {fold(one_line(row.values.get("title") or "")) for row in rows} - {""}
        found = Initiative.objects.filter(folded__in=titles, state=Initiative.State.RECOGNISED)
        authors = Prefetch("authorships", Authorship.objects.select_related("person"))
        by_title: dict[str, list[Initiative]] = defaultdict(list)
        for one in found.select_related("decision", "unit").prefetch_related(authors):
            by_title[one.folded].append(one)
        return by_title

    def planned(self, row: Given, meant: Meant, known: Mapping[str, list[Initiative]]) -> Planned:
        label = one_line(str(row.values.get("title") or ""))
        if row.is_refused or not label:
            return Planned(Outcome.REFUSE, label, problems=[] if label else [missing_title()])
        if meant.doubtful:
            several = [str(person.pk) for person in meant.doubtful]
            return Planned(Outcome.ASK, label, {"known": several}, problems=list(meant.problems))
        if meant.problems or not meant.authors:
            nobody = [] if meant.problems else [Problem("authors_missing", "authors")]
            return Planned(Outcome.REFUSE, label, problems=[*meant.problems, *nobody])
        there = same_work(known.get(fold(label), ()), meant)
        became = self.compared(row, meant, there)
        became.label = label
        return became

    def compared(self, row: Given, meant: Meant, there: Initiative | None) -> Planned:
        before = facts_of_row(there) if there else None
        facts = facts_given(row.values, meant.authors, before)
        problems = [*problems_of_missing(facts), *self.lead_problems(meant.authors[0].person)]
        people = {str(author.person.pk): author.person for author in meant.authors}
        past = None if problems else past_of(facts, people)
        if past:
            problems = [shared(one) for one in problems_of_facts(past, self.issuers_of(past))]
        if problems or past is None:
            return Planned(Outcome.REFUSE, problems=problems)
        doubt = self.twice(row, meant, facts)
        if any(not one.is_warning for one in doubt):
            return Planned(Outcome.REFUSE, problems=doubt)
        if there is None or before is None:
            return Planned(Outcome.CREATE, plan={"facts": facts, "before": None}, problems=doubt)
        return self.updated(there, before, facts, doubt)

    def updated(self, there: Initiative, before: Facts, facts: Facts, doubt: list[Problem]) -> Planned:
        if not there.is_recorded:
            warning = Problem("went_through_steps", is_warning=True)
            return Planned(Outcome.SAME, target_id=there.pk, problems=[*doubt, warning])
        if not self.scope.allows(HANDLE, there.unit):
            return Planned(Outcome.SAME, target_id=there.pk, problems=[*doubt, kept_by_others(there)])
        if facts == before:
            return Planned(Outcome.SAME, target_id=there.pk, problems=doubt)
        return Planned(
            Outcome.UPDATE,
            plan={"facts": facts, "before": before, "version": there.version},
            changes=changes_between(before, facts),
            target_id=there.pk,
            target_version=there.version + 1,
            problems=doubt,
        )

    def lead_problems(self, lead: Person) -> list[Problem]:
        unit = lead.record_unit
        if unit is None or self.scope.allows(HANDLE, unit):
            return []
        return [Problem("lead_not_yours", "authors", {"person": lead.full_name, "unit": unit.name})]

    def issuers_of(self, past: Past) -> list[Unit]:
        key = (past.issuer, past.authors[0].person.root_id)
        if key not in self.issuers:
            self.issuers[key] = units_named(*key)
        return self.issuers[key]

    def twice(self, row: Given, meant: Meant, facts: Facts) -> list[Problem]:
        """Return that an earlier row tells of the same work, or of one that may be the same with others."""
        own = {author.person.pk for author in meant.authors}
        earlier = self.seen[fold(facts["title"]), fold(facts["number"] or "")]
        shared_by = next((number for number, people in earlier if people & own), None)
        others = next((number for number, people in earlier if not people & own), None)
        earlier.append((row.number, own))
        if shared_by is not None:
            return [Problem("twice_in_file", facts={"row": shared_by})]
        if others is not None:
            return [Problem("perhaps_one_work", "authors", {"row": others}, is_warning=True)]
        return []


def authors_in(values: Mapping[str, Any]) -> Any:
    told = {name: values.get(name) or "" for name in ("unit", "shares")}
    return authors_named(values.get("authors") or "", code=values.get("staff_code") or "", **told)


def missing_title() -> Problem:
    return Problem("missing", "title", {"column": gettext("Tên sáng kiến, đề tài")})


def same_work(there: Sequence[Initiative], meant: Meant) -> Initiative | None:
    """Return the work one of the authors has under the title already."""
    own = {author.person.pk for author in meant.authors}
    return next((row for row in there if own & {part.person_id for part in row.authorships.all()}), None)

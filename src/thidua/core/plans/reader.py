"""The reader of plans: one text in, one reading out, every item with its place in the text."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from thidua.core.plans.awards import read_awards
from thidua.core.plans.bases import read_legal_basis
from thidua.core.plans.blurred import AnyItem, doubted
from thidua.core.plans.closing import read_recipients, read_signer
from thidua.core.plans.contacts import read_contacts
from thidua.core.plans.contents import (
    read_contents,
    read_implementation,
    read_purposes,
    read_requirements,
    read_solutions,
)
from thidua.core.plans.criteria import read_criteria
from thidua.core.plans.deadlines import read_deadlines
from thidua.core.plans.declared import read_abbreviations
from thidua.core.plans.duties import read_responsibilities
from thidua.core.plans.funding import read_funding
from thidua.core.plans.header import read_issued_on, read_number, read_place, read_promulgation
from thidua.core.plans.issuers import read_issuer
from thidua.core.plans.items import Abbreviation, Item, Period, Place, Promulgation, Signer, Single
from thidua.core.plans.kinds import doc_type_of
from thidua.core.plans.milestones import read_milestones
from thidua.core.plans.outline import Outline, outline_of
from thidua.core.plans.periods import read_period, read_phases
from thidua.core.plans.quotas import read_quotas
from thidua.core.plans.readable import check_readable
from thidua.core.plans.references import Reference, read_references
from thidua.core.plans.related import read_related_movements
from thidua.core.plans.reports import read_reports
from thidua.core.plans.slips import read_noise
from thidua.core.plans.source import Source
from thidua.core.plans.subjects import read_subjects
from thidua.core.plans.targets import read_targets
from thidua.core.plans.themes import read_themes
from thidua.core.plans.titles import read_title, read_years
from thidua.core.plans.windows import read_award_windows

# One function a field, in the order of the contract.
LISTS: tuple[tuple[str, Callable[[Outline], Sequence[Item]]], ...] = (
    ("themes", read_themes),
    ("legal_basis", read_legal_basis),
    ("phases", read_phases),
    ("deadlines", read_deadlines),
    ("milestones", read_milestones),
    ("subjects", read_subjects),
    ("targets", read_targets),
    ("criteria", read_criteria),
    ("contents", read_contents),
    ("solutions", read_solutions),
    ("implementation", read_implementation),
    ("purposes", read_purposes),
    ("requirements", read_requirements),
    ("awards", read_awards),
    ("award_windows", read_award_windows),
    ("quotas", read_quotas),
    ("responsibilities", read_responsibilities),
    ("funding", read_funding),
    ("reports", read_reports),
    ("recipients", read_recipients),
    ("related_movements", read_related_movements),
    ("contacts", read_contacts),
    ("noise", read_noise),
)
SINGLES: tuple[tuple[str, Callable[[Outline], Single | None]], ...] = (
    ("number", read_number),
    ("issued_on", read_issued_on),
    ("place", read_place),
    ("issuer", read_issuer),
    ("title", read_title),
)


@dataclass(frozen=True, slots=True)
class PlanReading:
    """What was read from one document.

    ``singles`` and ``lists`` are keyed by the names of the contract's fields; a field the document does
    not state is not among them. Short forms it declares and references inside it are kept beside.
    """

    source: Source
    is_launch_plan: bool
    doc_type: str | None
    doc_type_place: Place | None
    singles: dict[str, Single]
    signer: Signer | None
    promulgated_by: Promulgation | None
    period: Period | None
    years: tuple[int, ...]
    years_place: Place | None
    lists: dict[str, tuple[Item, ...]]
    abbreviations: tuple[Abbreviation, ...] = ()
    references: tuple[Reference, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the reading as one JSON object."""
        printed: dict[str, Any] = {"is_launch_plan": self.is_launch_plan}
        if self.doc_type:
            printed["doc_type"] = self.doc_type
        printed |= {field: single.value for field, single in self.singles.items()}
        for field, item in (
            ("signer", self.signer),
            ("promulgated_by", self.promulgated_by),
            ("period", self.period),
        ):
            if item is not None:
                printed[field] = _without_place(item)
        if self.years:
            printed["years"] = list(self.years)
        printed["quotes"] = {field: place.quote for field, place in self.places().items()}
        return printed | {field: [item.to_json() for item in items] for field, items in self.lists.items()}

    def places(self) -> dict[str, Place]:
        """Return where each single value stands."""
        items: dict[str, Item | None] = {
            **self.singles,
            "signer": self.signer,
            "promulgated_by": self.promulgated_by,
            "period": self.period,
        }
        places = {field: item.place for field, item in items.items() if item is not None}
        told = {"doc_type": self.doc_type_place, "years": self.years_place}
        return places | {field: place for field, place in told.items() if place is not None}


def _without_place(item: Item) -> dict[str, Any]:
    printed = item.to_json()
    return {
        key: value for key, value in printed.items() if key not in ("quote", "start", "end", "confidence")
    }


def read(source: Source) -> PlanReading:
    """Read the document that ``source`` holds.

    Raises UnreadableTextError for an empty or a wholly garbled text. A text of another kind is read as far
    as it goes; ``is_launch_plan`` says what it is not.
    """
    check_readable(source)
    outline = outline_of(source)
    line = outline.part.kind_line
    period = _one(source, "period", read_period(outline))
    years = read_years(outline, period)
    return PlanReading(
        source=source,
        is_launch_plan=outline.is_launch_plan,
        doc_type=doc_type_of(outline.part),
        doc_type_place=outline.cite(line.clean, 0, len(line.clean.text)) if line else None,
        singles={
            field: single
            for field, reader in SINGLES
            if (single := _one(source, field, reader(outline))) is not None
        },
        signer=read_signer(outline),
        promulgated_by=_one(source, "promulgated_by", read_promulgation(outline)),
        period=period,
        years=tuple(years[0]) if years else (),
        years_place=years[1] if years else None,
        lists={field: items for field, reader in LISTS if (items := doubted(source, field, reader(outline)))},
        abbreviations=tuple(read_abbreviations(outline)),
        references=tuple(read_references(outline)),
    )


def _one(source: Source, field: str, item: AnyItem | None) -> AnyItem | None:
    return doubted(source, field, [item])[0] if item is not None else None

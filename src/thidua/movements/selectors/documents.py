"""The register of documents as the plans one may see cite them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from thidua.core.text.folding import fold
from thidua.library.models import Document
from thidua.library.services import number_key
from thidua.movements.models import Basis, Movement, Plan
from thidua.movements.permissions import visible
from thidua.organisations.permissions import User

PAGE = 50
PLAIN_NUMBER = re.compile(r"[0-9]{1,7}")
COUNTED = 10_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One document, and how many visible plans cite it."""

    document: Document
    plans: int


@dataclass(frozen=True, slots=True)
class Register:
    """One page of documents."""

    rows: tuple[Entry, ...]
    total: int
    number: int
    has_next: bool


@dataclass(frozen=True, slots=True)
class Spelled:
    """A document, and every way its number was written somewhere."""

    document: Document
    spellings: tuple[str, ...]

    def others(self, number: str) -> list[str]:
        """Return how else than ``number`` the register has seen it."""
        return sorted({self.document.number, *self.spellings} - {number})


def spelled(documents: QuerySet[Document]) -> list[Spelled]:
    """Return the documents with their spellings, in one query."""
    found: dict[UUID, tuple[Document, list[str]]] = {}
    rows: Any = documents.annotate(written=F("spellings__written"))
    for row in rows:  # once for each spelling
        _document, spellings = found.setdefault(row.pk, (row, []))
        spellings += [row.written] if row.written else []
    return [Spelled(document, tuple(spellings)) for document, spellings in found.values()]


def bases_of(plan: Plan) -> list[Spelled]:
    """Return the documents of the register the plan rests on, in the order it cites them; one query."""
    return spelled(Document.objects.filter(cited_by__plan=plan).order_by("cited_by__pk"))


def known_to(user: User) -> QuerySet[Document]:
    """Return the documents cited by plans the user may open."""
    return Document.objects.filter(Exists(cited_in(user).filter(document=OuterRef("pk"))))


def cited_in(user: User) -> QuerySet[Basis]:
    seen = Movement.objects.filter(visible(user), pk=OuterRef("plan__movement"))
    return Basis.objects.filter(Exists(seen), item__until=None)


def register(user: User, asked: Mapping[str, str], *, size: int = PAGE) -> Register:
    """Return the page asked for: ``q`` (number or words), ``type``, ``misfit``, ``page``."""
    found = narrowed(known_to(user), asked)
    number = max(int(asked["page"]), 1) if PLAIN_NUMBER.fullmatch(asked.get("page", "")) else 1
    first = (number - 1) * size
    rows = list(
        found.prefetch_related("spellings").order_by("-issued_on", "number_key", "pk")[
            first : first + size + 1
        ]
    )
    counts = dict(
        cited_in(user)
        .filter(document__in=[row.pk for row in rows])
        .values_list("document")
        .annotate(plans=Count("plan", distinct=True))
    )
    entries = tuple(Entry(row, counts.get(row.pk, 0)) for row in rows[:size])
    return Register(entries, found[: COUNTED + 1].count(), number, len(rows) > size)


def narrowed(found: QuerySet[Document], asked: Mapping[str, str]) -> QuerySet[Document]:
    if words := fold(asked.get("q", "")).strip():
        found = found.filter(Q(number_key__contains=number_key(asked["q"])) | Q(folded__contains=words))
    if asked.get("type"):
        found = found.filter(type=asked["type"])
    if asked.get("misfit"):
        found = found.exclude(misfit="")
    return found


def citing(user: User, document: Document) -> list[Movement]:
    """Return the visible movements whose plans cite the document, the newest first."""
    plans = cited_in(user).filter(document=document).values("plan")
    rows = Movement.objects.filter(visible(user), plan__in=plans).select_related("organiser")
    return list(rows.order_by("-year", "-id")[:PAGE])

"""What a subject tells about its imports, and where it registers them.

This package knows no subject: it reads tables, stages rows, saves and takes back in chunks; what a row
means, and who may write it, is the importer's.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from thidua.exchange.fields import Field, Words
from thidua.exchange.models import Import, ImportRow
from thidua.exchange.problems import Problem

User = Any
"""Who is signed in: accounts stand above this package, each importer knows its own."""


@dataclass(frozen=True, slots=True)
class Given:
    """A row as read. A field that is absent was left blank; one that is None is to be emptied."""

    number: int
    values: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()
    decision: str = ""

    @property
    def is_refused(self) -> bool:
        return any(not problem.is_warning for problem in self.problems)


@dataclass(slots=True)
class Planned:
    """What becomes of a row. ``plan`` must be JSON; ``changes`` are as shown: field → [before, after].

    ``order``, where given, is when the row is written among the others. The plan of a row to be asked about
    holds under "known" the ids of the rows it may be the same as.
    """

    outcome: ImportRow.Outcome
    label: str = ""
    plan: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, list[str]] = field(default_factory=dict)
    target_id: UUID | None = None
    target_version: int | None = None
    problems: list[Problem] = field(default_factory=list)
    order: int | None = None


@dataclass(slots=True)
class Staged:
    """A staged row on its way into the subject's table, or out of it again.

    ``apply`` may set the target where only writing tells what the row became. ``ready`` is what ``prepare`` left.
    """

    pk: UUID
    number: int
    order: int
    label: str
    outcome: str
    plan: dict[str, Any]
    target_id: UUID | None
    target_version: int | None
    ready: Any = None

    @property
    def target(self) -> UUID:
        """The row in the subject's table; only rows that are refused or passed over have none."""
        if self.target_id is None:
            raise ValueError(f"row {self.number} stands for nothing")
        return self.target_id


@dataclass(frozen=True, slots=True)
class Reference:
    """Something that stands in the way of an undo: what it is, how much of it, some names."""

    label: str
    count: int
    examples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row there already that a row of the file may be the same as."""

    id: UUID
    label: str
    note: str = ""
    url: str = ""


class Planner(ABC):
    """Says what becomes of rows; remembers what it saw earlier in the same file. Writes nothing."""

    @abstractmethod
    def plan(self, rows: Sequence[Given]) -> list[Planned]:
        """Return what becomes of each of ``rows``, in their order, in a fixed number of queries."""


class Importer(ABC):
    """One kind of rows that may come from a table."""

    target: ClassVar[str]
    title: ClassVar[Words]
    about: ClassVar[Words] = ""
    icon: ClassVar[str] = "table"
    fields: ClassVar[tuple[Field, ...]]
    sentences: ClassVar[Mapping[str, str]] = {}
    keys: ClassVar[tuple[str, ...]] = ()  # fields by which a row there already is known again
    different: ClassVar[Words] = _("Là người khác, thêm hồ sơ mới")  # offered beside candidates; "" for never
    fills_blanks: ClassVar[bool] = (
        False  # the options only fill blank cells, so the clerk may change them late
    )
    needs_all_rows: ClassVar[bool] = False  # rows refer to each other, so they are planned together
    rows_are_whole: ClassVar[bool] = False  # a row says all of what it adds: no required cell may be blank

    def fields_for(self, user: User) -> tuple[Field, ...]:
        """Return the fields; choices that are rows of a table are read here."""
        del user
        return self.fields

    @abstractmethod
    def rights(self) -> frozenset[str]:
        """Return the rights that together let a person bring such a table in, as the preview of a role names them."""

    @abstractmethod
    def may_import(self, user: User) -> bool:
        """Say whether ``user`` has all of ``rights`` somewhere."""

    @abstractmethod
    def batches(self, user: User) -> Q:
        """Return the condition on the imports of this kind that ``user`` may see and act on today."""

    @abstractmethod
    def options_form(
        self, user: User, data: Mapping[str, Any] | None = None, initial: dict[str, Any] | None = None
    ) -> forms.Form:
        """Return the form of what the file itself does not say."""

    @abstractmethod
    def options(self, form: forms.Form) -> dict[str, Any]:
        """Return what a valid form says, as JSON."""

    def options_given(self, user: User, options: Mapping[str, Any]) -> dict[str, Any]:
        """Return options kept earlier as the form takes them for a beginning."""
        del user
        return dict(options)

    def filled_by(self, options: Mapping[str, Any]) -> frozenset[str]:
        """Return the fields whose blank cells the options fill, so that they need no column."""
        del options
        return frozenset()

    def options_shown(self, options: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Return the options as name and value, for reading."""
        del options
        return []

    @abstractmethod
    def planner(self, user: User, options: Mapping[str, Any]) -> Planner: ...

    def prepare(self, rows: Sequence[Staged]) -> None:
        """Do what can be done for ``rows`` before anybody has to wait; leave it with each as ``ready``.

        Called outside the transaction: whatever another may change meanwhile is looked at again by ``apply``.
        """
        del rows

    @abstractmethod
    def apply(self, user: User, rows: Sequence[Staged]) -> dict[UUID, list[Problem]]:
        """Write ``rows`` (create and update) and return, by the row's id, why some could not be.

        Called inside a transaction; must find by itself what has changed since the preview, and what
        ``user`` may no longer write.
        """

    @abstractmethod
    def undo(self, user: User, rows: Sequence[Staged]) -> dict[UUID, list[Problem]]:
        """Take ``rows`` back and return, by the row's id, why some had to stay."""

    @abstractmethod
    def in_the_way(self, rows: "QuerySet[ImportRow]") -> list[Reference]:
        """Return what now refers to or has changed the applied ``rows``, so that they cannot be undone."""

    def candidates(self, user: User, rows: Iterable[ImportRow]) -> dict[UUID, list[Candidate]]:
        """Return for each row to be asked about, by its id, what it may be the same as."""
        del user, rows
        return {}

    def template_choices(self, user: User) -> Mapping[str, tuple[str, ...]]:
        """Return for some fields what Excel should offer besides the field's own choices."""
        del user
        return {}

    def finished(self, batch: Import) -> None:
        """Told once, when everything of ``batch`` is written or taken back."""
        del batch


_registered: dict[str, Importer] = {}


def register(importer: Importer) -> None:
    """Make ``importer`` known; called from the subject's ``AppConfig.ready``."""
    _registered[importer.target] = importer


def importer_named(target: str) -> Importer | None:
    return _registered.get(target)


def importer_of(batch: Import) -> Importer:
    return _registered[batch.target]


def all_importers() -> tuple[Importer, ...]:
    return tuple(_registered.values())


def importers_for(user: User) -> tuple[Importer, ...]:
    """Return the importers ``user`` may use somewhere."""
    return tuple(importer for importer in _registered.values() if importer.may_import(user))

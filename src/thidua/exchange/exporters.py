"""Lists as workbooks: what a subject tells about them, and where it registers them."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.http import QueryDict

from thidua.documents.workbook import SheetSpec
from thidua.exchange.fields import Words
from thidua.exchange.importers import User


@dataclass(frozen=True, slots=True)
class Exported:
    """A workbook about to be written; ``details`` go into the log (JSON: what was asked, never the rows)."""

    name: str  # of the file, without ending
    title: str
    sheets: Sequence[SheetSpec]
    details: Mapping[str, Any] = field(default_factory=dict)


class Exporter(ABC):
    """One list that may be taken out as it is filtered."""

    target: ClassVar[str]
    title: ClassVar[Words]
    about: ClassVar[Words] = ""
    icon: ClassVar[str] = "table"

    @abstractmethod
    def may_export(self, user: User) -> bool: ...

    @abstractmethod
    def export(self, user: User, query: QueryDict) -> Exported:
        """Return the list as ``query``, the address of its page, narrows it, of what ``user`` may take out."""


_registered: dict[str, Exporter] = {}


def register(exporter: Exporter) -> None:
    _registered[exporter.target] = exporter


def exporter_named(target: str) -> Exporter | None:
    return _registered.get(target)


def exporters_for(user: User) -> tuple[Exporter, ...]:
    return tuple(exporter for exporter in _registered.values() if exporter.may_export(user))

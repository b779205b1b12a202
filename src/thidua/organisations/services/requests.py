"""The five reorganisations somebody may ask for. A target is a unit that is there or one to be made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from thidua.organisations.models import Unit
from thidua.organisations.services.units import NewUnit

Target = Unit | NewUnit


@dataclass(frozen=True, slots=True)
class Rename:
    """The unit takes a new name; ``short_name`` None keeps the one it has."""

    unit: Unit
    name: str
    short_name: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """The unit goes under another one (None: it becomes a top), with all below it."""

    unit: Unit
    parent: Unit | None


@dataclass(frozen=True, slots=True)
class Merge:
    """``predecessors`` end and ``successor`` takes over; one of them may itself be the successor and stay.

    Roles end with the unit that gave them, but those of ``continuing_roles`` go on at the successor.
    """

    predecessors: tuple[Unit, ...]
    successor: Target
    continuing_roles: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Split:
    """``unit`` is parted: it ends, or with ``stays`` gives off ``parts`` and goes on.

    ``people`` and ``subunits`` say by id where one goes; who is not named goes to the first part, or stays.
    """

    unit: Unit
    parts: tuple[Target, ...]
    stays: bool = False
    people: Mapping[UUID, Target] = field(default_factory=dict)
    subunits: Mapping[UUID, Target] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Dissolve:
    """``unit`` ends; its people go to ``heir``, or are left without a post when there is none."""

    unit: Unit
    heir: Unit | None = None
    with_subunits: bool = False


Request = Rename | Move | Merge | Split | Dissolve

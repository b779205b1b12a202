"""What still runs in a unit about to end: asked of the subjects above, which tell what is theirs."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from thidua.organisations.models import Unit
from thidua.organisations.permissions import User


@dataclass(frozen=True, slots=True)
class Running:
    """Something that runs on, where it is found, and in which of the ending units."""

    title: str
    url: str
    units: tuple[str, ...]


Tells = Callable[[User, Collection[Unit]], Iterable[Running]]
_further: list[Tells] = []


def register_running(tells: Tells) -> None:
    """Let a subject above tell what of its own still runs in units; only what the reader may see."""
    _further.append(tells)


def running_in(user: User, units: Collection[Unit]) -> Iterator[Running]:
    """Yield all that still runs in ``units`` as far as ``user`` may see it."""
    if units:
        for tells in _further:
            yield from tells(user, units)

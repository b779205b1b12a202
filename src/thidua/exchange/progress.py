"""How far a saving is, told beside the database: its one transaction shows nothing before the end."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Progress:
    """Rows done, and when that was told."""

    done: int
    at: datetime


def note(batch_id: UUID, done: int) -> None:
    """Tell that ``done`` rows are through; a disk that is full hinders the telling, not the work."""
    with suppress(OSError):
        path = path_of(batch_id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(done), encoding="ascii")


def seen(batch_id: UUID) -> Progress | None:
    """Return what was last told; None when nothing was, or at the very moment of telling."""
    path = path_of(batch_id)
    try:
        told = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        return Progress(int(path.read_text(encoding="ascii")), told)
    except (OSError, ValueError):
        return None


def forget(batch_id: UUID) -> None:
    with suppress(OSError):
        path_of(batch_id).unlink()


def path_of(batch_id: UUID) -> Path:
    return Path(settings.MEDIA_ROOT).parent / "progress" / str(batch_id)

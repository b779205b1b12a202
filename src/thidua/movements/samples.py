"""Sample plans to try the reader with; an installation has them only where its settings name a folder."""

from dataclasses import dataclass
from pathlib import Path

import yaml
from django.conf import settings


@dataclass(frozen=True, slots=True)
class Sample:
    """One file and what it shows."""

    file: str
    title: str
    note: str

    @property
    def path(self) -> Path:
        return Path(settings.SAMPLE_PLANS) / self.file


def samples() -> list[Sample]:
    """Return the samples of the folder's index, none without a folder."""
    folder = getattr(settings, "SAMPLE_PLANS", None)
    if not folder or not (index := Path(folder) / "index.yaml").is_file():
        return []
    entries = yaml.safe_load(index.read_text(encoding="utf-8"))
    return [Sample(e["file"], e["title"], e["note"]) for e in entries]


def sample_named(file: str) -> Sample | None:
    return next((s for s in samples() if s.file == file), None)

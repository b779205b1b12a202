"""Sample plans to try the reader with; an installation has them only where its settings name a folder."""

from dataclasses import dataclass
from pathlib import Path

import yaml
from django.conf import settings
from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Sample:
    """One file and what it shows, in the page's language."""

    folder: Path
    file: str
    title: str
    note: str

    @property
    def path(self) -> Path:
        return self.folder / self.file


def samples() -> list[Sample]:
    """Return the samples of the folder's index, none without a folder."""
    folder = settings.SAMPLE_PLANS
    if folder is None or not (index := folder / "index.yaml").is_file():
        return []
    entries = yaml.safe_load(index.read_text(encoding="utf-8"))
    ending = "_en" if get_language() == "en" else ""
    return [
        Sample(folder, entry["file"], entry[f"title{ending}"], entry[f"note{ending}"]) for entry in entries
    ]


def sample_named(file: str) -> Sample | None:
    return next((s for s in samples() if s.file == file), None)

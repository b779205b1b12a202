"""The sample plans that lie ready to be dropped on the page, all of our own writing."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from thidua.demo.data_files import PLANS, read_yaml

SampleKind = Literal["plan", "noisy", "amendment", "regulation", "faulty"]


@dataclass(frozen=True, slots=True)
class SamplePlan:
    """A file one may try; ``file`` is its name in the folder of plans."""

    file: str
    title: str
    title_en: str
    note: str
    note_en: str
    kind: SampleKind

    def read_bytes(self) -> bytes:
        return (PLANS / self.file).read_bytes()


@lru_cache(maxsize=1)
def sample_plans() -> tuple[SamplePlan, ...]:
    """Return the samples in the order the page shows them."""
    return tuple(SamplePlan(**row) for row in read_yaml(PLANS / "index.yaml"))

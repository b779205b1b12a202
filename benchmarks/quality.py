"""How well plans are read: against the project's own annotated documents, and those of a folder named outside."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "tests" / "samples" / "annotated"
OUTSIDE = "THIDUA_PLANS"
Row = tuple[str, str, str]


def _scored(what: str, folder: Path) -> list[Row]:
    sys.path.insert(0, str(ROOT / "tests"))  # the scorer stands beside the tests that use it
    from core.plans.scoring import score_folder

    score = score_folder(folder)
    count = sum(1 for _ in (folder / "gold").glob("*.json"))
    name = f"{what} ({count} documents)"
    return [
        (f"{name}: precision", f"{score.precision:.3f}", ""),
        (f"{name}: recall", f"{score.recall:.3f}", ""),
        (f"{name}: micro F1", f"{score.f1:.3f}", "≥ 0.88"),
        (f"{name}: quotes that stand in the text", f"{score.quote_validity:.3f}", "1.000"),
    ]


def run() -> list[Row]:
    rows = _scored("Own annotated documents", OWN)
    outside = os.environ.get(OUTSIDE)
    if outside and all((Path(outside) / part).is_dir() for part in ("gold", "documents")):
        rows += _scored(f"Documents of {OUTSIDE}", Path(outside))
    return rows

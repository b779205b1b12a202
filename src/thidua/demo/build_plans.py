"""Sets the sample plans again from their sources: ``python -m thidua.demo.build_plans``.

The files made are kept in the repository; run this after a change in ``plans/sources``.
"""

import unicodedata
from pathlib import Path

from thidua.demo.data_files import PLANS
from thidua.demo.plan_docx import set_docx
from thidua.demo.plan_pdf import set_pdf
from thidua.demo.plan_source import PlanSource, sources

DECOMPOSED = "06-hoi-luat-gia-2026.txt"


def built() -> dict[str, bytes]:
    """Return every file that is made from a source, by name."""
    made = {plan.file: _set(plan) for plan in sources()}
    return made | {DECOMPOSED: _decomposed((PLANS / "sources" / DECOMPOSED).read_text(encoding="utf-8"))}


def _set(plan: PlanSource) -> bytes:
    return set_pdf(plan) if plan.file.endswith(".pdf") else set_docx(plan)


def _decomposed(text: str) -> bytes:
    """Write letters and marks apart, as files from Apple's systems come."""
    return unicodedata.normalize("NFD", text).encode()


def main() -> None:
    folder = Path(str(PLANS))
    for name, content in built().items():
        (folder / name).write_bytes(content)


if __name__ == "__main__":
    main()

"""The plan reader: time per page, growth with length, a cold start, and converting the same file by markitdown."""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

from docx import Document

from thidua.core.plans.reader import read
from thidua.core.plans.source import Source
from thidua.documents.reading import read_document

PLANS = Path(__file__).resolve().parent.parent / "src" / "thidua" / "demo" / "plans"
PLAN = PLANS / "01-ke-hoach-nganh-2026.docx"
# Letters on one A4 page at 14 pt with the margins of decree 30/2020: this plan set so takes nine pages.
PAGE = 1900
REPEATED = ("NỘI DUNG THI ĐUA", "GIẢI PHÁP THỰC HIỆN")  # from the one heading to the other
Row = tuple[str, str, str]


def milliseconds(work: Callable[[], object], *, times: int = 9) -> float:
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def ten_pages(folder: Path) -> Path:
    """Write the plan with paragraphs of its own contents repeated until it fills ten pages."""
    document = Document(str(PLAN))
    paragraphs = document.paragraphs
    first, after = (next(at for at, one in enumerate(paragraphs) if one.text == name) for name in REPEATED)
    missing = 10 * PAGE - len(read_document(PLAN).text)
    for paragraph in paragraphs[first + 1 : after]:
        if missing <= 0:
            break
        paragraphs[after]._p.addprevious(deepcopy(paragraph._p))  # noqa: SLF001 -- python-docx copies no paragraph itself
        missing -= len(paragraph.text) + 1
    written = folder / "ten-pages.docx"
    document.save(str(written))
    return written


def prolonged(text: str, pages: int) -> str:
    """Return the plan with its section of contents so many times over that it fills ``pages``."""
    first = text.index("\n", text.index(REPEATED[0]))
    after = text.rindex("\n", first, text.index(REPEATED[1]))
    contents = text[first:after]
    times = 1 + (pages * PAGE - len(text)) // len(contents)
    return text[:first] + contents * times + text[after:]


def child_peak(command: list[str]) -> tuple[float, float]:
    """Return wall seconds and peak memory in MB of the largest process below ``command``."""
    code = (
        "import resource,subprocess,sys;"
        "subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL,check=True);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    start = time.perf_counter()
    run = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True)
    return time.perf_counter() - start, int(run.stdout) / 1024


def markitdown(file: Path) -> Row:
    """Convert the same file by markitdown, installed into an environment of its own; only named where it cannot be."""
    what = "markitdown converting the same .docx (conversion alone)"
    with tempfile.TemporaryDirectory(prefix="thidua-bench-") as folder:
        python = Path(folder) / "env" / "bin" / "python"
        try:
            subprocess.run(
                [sys.executable, "-m", "venv", str(python.parent.parent)], check=True, capture_output=True
            )
            install = [str(python), "-m", "pip", "install", "-q", "markitdown[docx]"]
            subprocess.run(install, check=True, capture_output=True, timeout=400)
        except (subprocess.SubprocessError, OSError):
            return (what, "not installed here", "beside it")
        code = (
            "import sys,time,statistics\nfrom markitdown import MarkItDown\nm=MarkItDown()\nm.convert(sys.argv[1])\n"
            "t=[]\nfor _ in range(7):\n s=time.perf_counter();m.convert(sys.argv[1]);t.append(time.perf_counter()-s)\n"
            "print(statistics.median(t)*1000)"
        )
        run = subprocess.run([str(python), "-c", code, str(file)], capture_output=True, text=True, check=True)
        return (what, f"{float(run.stdout):.0f} ms", "beside it")


def run() -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="thidua-bench-") as folder:
        return _rows(ten_pages(Path(folder)))


def _rows(file: Path) -> list[Row]:
    source = read_document(file)
    text = source.text
    rows = [
        (
            f"A plan of 10 pages ({len(text):,} letters): .docx to items",
            f"{milliseconds(lambda: read(read_document(file))):.0f} ms",
            "≤ 60 ms",
        ),
        ("Its text to items alone", f"{milliseconds(lambda: read(source)):.0f} ms", ""),
    ]
    for times in (10, 100):
        long = Source.from_text(prolonged(text, 10 * times))
        took = milliseconds(lambda long=long: read(long), times=3)
        rows.append(
            (
                f"The same plan with contents of {10 * times:,} pages",
                f"{took:,.0f} ms, {took / times:.1f} ms for ten pages",
                "linear",
            )
        )
    command = [str(Path(sys.executable).parent / "thidua"), "read-plan", "--json", str(file)]
    seconds = statistics.median(child_peak(command)[0] for _ in range(5))
    cold = f"{seconds:.2f} s, {child_peak(command)[1]:.0f} MB"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        *rows,
        ("`thidua read-plan --json`, cold", cold, "≤ 1.2 s, ≤ 150 MB"),
        markitdown(file),
        ("This process at the end", f"{peak:.0f} MB", ""),
    ]

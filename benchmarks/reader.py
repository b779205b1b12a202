"""The plan reader: time per page, growth with length, a cold start, and converting the same file by markitdown."""

import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from thidua.core.plans.reader import read
from thidua.core.plans.source import Source
from thidua.documents.reading import read_document

PLANS = Path(__file__).resolve().parent.parent / "src" / "thidua" / "demo" / "plans"
TEN_PAGES = PLANS / "01-ke-hoach-nganh-2026.docx"
Row = tuple[str, str, str]


def milliseconds(work: Callable[[], object], *, times: int = 9) -> float:
    work()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


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
    source = read_document(TEN_PAGES)
    text = source.text
    pages = max(len(text) / 3000, 1)
    rows = [
        (
            "A plan of 8 pages: .docx to items",
            f"{milliseconds(lambda: read(read_document(TEN_PAGES))):.0f} ms",
            "≤ 60 ms",
        )
    ]
    rows.append(
        (
            f"Reading its text ({len(text):,} letters) alone",
            f"{milliseconds(lambda: read(source)):.0f} ms",
            "",
        )
    )
    for times in (10, 125):
        long = Source.from_text("\n".join([text] * times))
        took = milliseconds(lambda long=long: read(long), times=3)
        rows.append(
            (
                f"The same text {times} times over ({pages * times:,.0f} pages)",
                f"{took:.0f} ms, {took / times:.1f} ms each",
                "linear",
            )
        )
    command = [str(Path(sys.executable).parent / "thidua"), "read-plan", "--json", str(TEN_PAGES)]
    seconds = statistics.median(child_peak(command)[0] for _ in range(5))
    rows.append(
        (
            "`thidua read-plan --json`, cold",
            f"{seconds:.2f} s, {child_peak(command)[1]:.0f} MB",
            "≤ 1.2 s, ≤ 150 MB",
        )
    )
    rows.append(markitdown(TEN_PAGES))
    rows.append(
        ("This process at the end", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB", "")
    )
    return rows

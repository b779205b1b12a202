"""The same three rules in OpenFisca and zen-engine, each in an environment of its own that is removed again."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

Row = tuple[str, str, str]
PROBES = Path(__file__).parent / "probes"


ROUNDS = 5


def rows(ours: Callable[[], tuple[float, float]], people: int) -> list[Row]:
    """Return the peers' figures beside ours, in turns; ``ours`` gives seconds for ``people`` and for a case."""
    with tempfile.TemporaryDirectory(prefix="thidua-peer-") as folder:
        try:
            python = environment(Path(folder))
            found = [
                (
                    *ours(),
                    *measured(python, "rules_openfisca.py", str(people)),
                    *measured(python, "rules_zen.py"),
                )
                for _ in range(ROUNDS)
            ]
        except (subprocess.SubprocessError, OSError, StopIteration) as error:
            return [
                ("Peers: OpenFisca, zen-engine", f"not measured here ({type(error).__name__})", "beside ours")
            ]
    columns, one, vector, single, bare, explained = (min(figures) for figures in zip(*found, strict=True))
    return [
        (f"Law: three rules, {people:,} people as columns", f"{columns * 1e3:.0f} ms", ""),
        ("Law: three rules, one case explained", f"{one * 1e6:.0f} µs", ""),
        (
            f"Peer: OpenFisca, three rules, {people:,} people",
            f"{vector * 1e3:.0f} ms, ours {ratio(vector, columns)}",
            "ours faster",
        ),
        ("Peer: OpenFisca, one case", f"{single:.0f} µs, ours {ratio(single / 1e6, one)}", "ours faster"),
        (
            "Peer: zen-engine, one case explained",
            f"{explained:.0f} µs, ours {ratio(explained / 1e6, one)}",
            "ours faster",
        ),
        (
            "Peer: zen-engine, one case, bare yes and no",
            f"{bare:.0f} µs, ours {ratio(bare / 1e6, one)}",
            "less work than ours",
        ),
    ]


def ratio(theirs: float, ours: float) -> str:
    return f"{theirs / ours:.1f}× as fast"


def environment(folder: Path) -> str:
    """Return the interpreter of a new environment with the peers; named by THIDUA_PEERS where one is at hand."""
    if ready := os.environ.get("THIDUA_PEERS"):
        return ready
    python = str(folder / "bin" / "python")
    for command in (
        [sys.executable, "-m", "venv", str(folder)],
        [python, "-m", "pip", "install", "-q", "openfisca-core", "zen-engine"],
    ):
        subprocess.run(command, check=True, capture_output=True, timeout=600)
    return python


def measured(python: str, probe: str, *arguments: str) -> list[float]:
    done = subprocess.run(
        [python, str(PROBES / probe), *arguments], check=True, capture_output=True, text=True, timeout=600
    )
    line = next(line for line in done.stdout.splitlines() if line.startswith("RESULT"))
    return [float(figure) for figure in line.split()[1:]]

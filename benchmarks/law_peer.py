"""The same three rules in OpenFisca and zen-engine, each in an environment of its own that is removed again."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

Row = tuple[str, str, str]
PROBES = Path(__file__).parent / "probes"


def rows(columns: float, one: float, people: int) -> list[Row]:
    """Return the peers' figures beside ours: seconds for ``people`` as vectors, seconds for one case."""
    with tempfile.TemporaryDirectory(prefix="thidua-peer-") as folder:
        try:
            python = environment(Path(folder))
            vector, single = measured(python, "rules_openfisca.py", str(people))
            (decision,) = measured(python, "rules_zen.py")
        except (subprocess.SubprocessError, OSError, StopIteration) as error:
            return [
                ("Peers: OpenFisca, zen-engine", f"not measured here ({type(error).__name__})", "beside ours")
            ]
    return [
        (
            f"Peer: OpenFisca, three rules, {people:,} people",
            f"{vector:.2f} s, ours {ratio(vector, columns)}",
            "ours faster",
        ),
        ("Peer: OpenFisca, one case", f"{single:.0f} µs, ours {ratio(single / 1e6, one)}", "ours faster"),
        (
            "Peer: zen-engine, one case",
            f"{decision:.0f} µs, ours {ratio(decision / 1e6, one)}",
            "ours faster",
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

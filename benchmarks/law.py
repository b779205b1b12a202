"""The law: every file loaded, one case explained, a million people screened; peers beside it on three rules alone."""

import resource
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks import law_peer
from benchmarks.law_people import population
from thidua.core.eligibility.explain import check_on
from thidua.core.eligibility.facts import Ground
from thidua.core.eligibility.reading import read_case
from thidua.core.eligibility.screen import Screening, screen
from thidua.core.law.law import Law

Row = tuple[str, str, str]
HERE = Path(__file__).parent
TITLES = ("LDTT", "CSTDCS", "CSTDB", "CSTDTQ")
FORMS = ("GIAY_KHEN", "BK_BO", "BK_TTG", "HCLD3", "HCLD2", "HCLD1", "KNC", "HERO_LABOUR")
THREE = ("LDTT", "CSTDCS", "CSTDB")
MILLION = 1_000_000
MERIT_2024 = {"on": date(2024, 12, 20), "year": (2024, 2024)}


def run() -> list[Row]:
    law = Law()
    rows = [loading(), explaining(law)]
    crowd = population(MILLION)
    rows += [
        screening(crowd, law, TITLES, "titles", "≤ 30 s, ≤ 1.5 GB"),
        screening(crowd, law, TITLES + FORMS, "titles and forms", ""),
    ]
    return rows + beside_peers(crowd)


def loading() -> Row:
    def load() -> None:
        law = Law()
        for names, read in (
            (law.figure_names(), law.figure),
            (law.award_ids(), law.award),
            (law.general_names(), law.general),
            (law.authorities(), law.overlays),
        ):
            for name in names:
                read(name)

    return ("Law: load every file", f"{best(load, 3) * 1e3:.0f} ms", "≤ 150 ms")


def explaining(law: Law) -> Row:
    case = read_case((HERE / "law_case.yaml").read_text(encoding="utf-8"), "law_case.yaml")
    ground = Ground(law)
    findings = len(check_on(case, ground).packs[0].findings)
    taken = best(lambda: [check_on(case, ground) for _ in range(1000)], 5) / 1000
    return (f"Law: explain a case, {findings} findings", f"{taken * 1e6:.0f} µs", "≤ 150 µs")


def screening(crowd: object, law: Law, awards: tuple[str, ...], what: str, target: str) -> Row:
    start = time.perf_counter()
    screen(crowd, Screening(awards=awards, **MERIT_2024), law)
    taken = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        f"Law: screen 1,000,000 people × {len(awards)} {what}",
        f"{taken:.1f} s, peak {peak:.0f} MB",
        target,
    )


def beside_peers(crowd: object) -> list[Row]:
    """Return three rules written three ways: ours on columns and on one case, OpenFisca on both, zen-engine on one.

    Processor time, ours and theirs in turns, the best of each: other work on the machine weighs on all alike.
    """
    law = Law(HERE / "law_three")
    asked = Screening(awards=THREE, **MERIT_2024)
    text = (HERE / "law_three" / "case.yaml").read_text(encoding="utf-8")
    cases = [read_case(text.replace("AWARD", award), award) for award in THREE]
    ground = Ground(law)

    def ours() -> tuple[float, float]:
        columns = best(lambda: screen(crowd, asked, law), 5)
        one = best(lambda: [[check_on(case, ground) for case in cases] for _ in range(1000)], 3) / 1000
        return columns, one

    return law_peer.rows(ours, MILLION)


def best(work: Callable[[], object], times: int) -> float:
    """Return the processor seconds of the quickest of some runs, all threads together."""
    taken = []
    for _ in range(times):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)

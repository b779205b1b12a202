"""The list of what stands where keeps up with the law files."""

import re
from pathlib import Path

from thidua.core.law.law import SHIPPED

DOCS = Path(__file__).parents[3] / "docs"
LISTED = (DOCS / "law-coverage.md").read_text(encoding="utf-8")


def test_every_rule_of_the_law_files_is_listed():
    written = {
        rule
        for path in SHIPPED.rglob("*.yaml")
        for rule in re.findall(r"\brule: ([A-Z][\w.+]*)", path.read_text(encoding="utf-8"))
    }
    short = set(re.findall(r"\| ([A-Z][\w.+>*/-]*)(?: / (\.\w+))?", LISTED))
    listed = {rule for rule, _ in short}
    listed |= {rule.rsplit(".", 1)[0] + tail for rule, tail in short if tail}
    listed |= {rule.replace("3/2/1", place) for rule, _ in short for place in "321"}

    assert sorted(written - listed) == []


def test_every_file_named_in_the_list_is_there():
    named = re.findall(r"`((?:figures|awards|general|overlays)/[\w/-]+?)(?:\.yaml)?`", LISTED)

    assert [name for name in named if not (SHIPPED / f"{name}.yaml").is_file()] == []

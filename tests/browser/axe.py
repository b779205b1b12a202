"""Runs axe on a page of a real browser and tells its findings in lines a person can act on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parent.parent / "vendor" / "axe.min.js"
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice")


def violations(page: Page, *, rules: tuple[str, ...] = RULES, within: str = "") -> list[str]:
    """Give one line for each element that breaks a rule: the rule, the element, what to do.

    ``within`` limits the look to one selector. The script is added through the protocol, so the
    page's own content policy stays as strict as it is.
    """
    page.evaluate(AXE.read_text(encoding="utf-8") + "; 0")
    found: dict[str, Any] = page.evaluate(
        "([where, rules]) => axe.run(where || document, {runOnly: rules, resultTypes: ['violations']})",
        [within, list(rules)],
    )
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]

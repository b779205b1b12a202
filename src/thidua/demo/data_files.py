"""Where the demonstration's data files lie and how they are read."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

DATA: Traversable = files("thidua.demo") / "data"
PLANS: Traversable = files("thidua.demo") / "plans"
DRAFTS: Traversable = files("thidua.demo") / "drafts"


def read_yaml(source: Traversable) -> Any:
    """Read ``source``; dates come back as ``date``, everything else as plain Python values."""
    return yaml.safe_load(source.read_text(encoding="utf-8"))

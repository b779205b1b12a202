"""Read one text file: ``python -m thidua.core.plans [--text] FILE`` prints the reading, or the text itself."""

import json
import sys
from pathlib import Path

from thidua.core.plans.reader import read
from thidua.core.plans.source import Source


def main(arguments: list[str]) -> None:
    source = Source.from_text(Path(arguments[-1]).read_bytes().decode())
    shown = (
        source.text
        if "--text" in arguments
        else json.dumps(read(source).to_json(), ensure_ascii=False, indent=1)
    )
    sys.stdout.write(shown + "\n")


main(sys.argv[1:])

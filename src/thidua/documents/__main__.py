"""``python -m thidua.documents FILE``: print the text that the readers see, as it is read on pages."""

import sys
from pathlib import Path

from thidua.documents.errors import DocumentError
from thidua.documents.isolated import read_isolated
from thidua.documents.notices import told


def main(paths: list[str]) -> int:
    for path in paths:
        try:
            source = read_isolated(Path(path))
        except DocumentError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        for line in source.notices:
            sentence, parameters = told(line)
            sys.stderr.write(f"{sentence % parameters}\n")
        sys.stdout.write(f"{source.text}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

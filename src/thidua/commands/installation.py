"""Getting a data folder ready: key, database, and the stamp that says nothing is left to do."""

import hashlib
import os
import secrets
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
STAMP = "ready"


def prepare_data_folder(data: Path) -> None:
    """Create the folder and its secret key, both for the owner alone."""
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = data / "secret.key"
    if not key.exists():
        descriptor = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))


def fingerprint() -> str:
    """Return a hash of the names of all migrations: it changes when the database must."""
    names = sorted(str(p.relative_to(PACKAGE)) for p in PACKAGE.glob("*/migrations/*.py"))
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]


def is_ready(data: Path) -> bool:
    """Say whether this version already prepared ``data``; spares a known database the start of Django."""
    stamp = data / STAMP
    return stamp.is_file() and stamp.read_text(encoding="ascii").strip() == fingerprint()


def mark_ready(data: Path) -> None:
    (data / STAMP).write_text(fingerprint(), encoding="ascii")


def migrate() -> None:
    """Bring the database to this version."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)

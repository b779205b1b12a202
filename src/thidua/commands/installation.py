"""Getting a data folder ready: key, database, and the stamp that says nothing is left to do."""

import fcntl
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
STAMP, DEMO_MARK, LOCK = "ready", "demo", "lock"
DATABASE, FILES = "thidua.sqlite3", "files"
# What a prepared demonstration depends on: when one of these changes it is prepared anew.
SOURCES = ("*/migrations/*.py", "demo/data/*.yaml", "demo/plans/*")


class FolderError(Exception):
    """The data folder cannot be used; the text is a sentence for the operator."""


def keep_files_private() -> None:
    """Let whatever this process and its children write be the owner's alone."""
    os.umask(0o077)


def prepare_data_folder(data: Path) -> None:
    """Create the folder and its secret key, both for the owner alone. Raises FolderError."""
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = data / "secret.key"
        if not key.exists():
            descriptor = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(48))
    except OSError as error:
        raise refusal(data, error) from error


def refusal(data: Path, error: OSError) -> FolderError:
    text = f"Không ghi được vào thư mục {data} ({error.strerror}). Sửa quyền hoặc chọn thư mục khác."
    return FolderError(text)


def claim_for_demo(data: Path) -> None:
    """Mark the folder as the demonstration's, whose contents may be made anew at any time.

    Raises FolderError for a folder that holds something else.
    """
    if (data / DEMO_MARK).exists():
        return
    if data.exists() and (not data.is_dir() or any(data.iterdir())):
        raise FolderError(f"{data} không phải thư mục dữ liệu minh họa. Chọn một thư mục trống hoặc chưa có.")
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        (data / DEMO_MARK).touch()
    except OSError as error:
        raise refusal(data, error) from error


def refuse_demo(data: Path) -> None:
    """Keep real work out of a folder whose contents the demonstration makes anew. Raises FolderError."""
    if (data / DEMO_MARK).exists():
        raise FolderError(
            f"{data} là thư mục dữ liệu minh họa, không chạy thật trên đó được. Chọn THIDUA_DATA khác."
        )


@contextmanager
def locked(data: Path, *, alone: bool) -> Iterator[None]:
    """Hold the folder with others who serve from it, or ``alone`` while it is made anew. Raises FolderError."""
    with (data / LOCK).open("w") as file:
        try:
            fcntl.flock(file, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            text = f"Một lần chạy khác đang dùng thư mục {data}. Dừng lần chạy đó hoặc chọn thư mục khác."
            raise FolderError(text) from error
        yield


def clear_demo(data: Path) -> None:
    """Remove the demonstration's database, files and stamp; the key stays."""
    (data / STAMP).unlink(missing_ok=True)
    for leftover in data.glob(f"{DATABASE}*"):
        leftover.unlink()
    shutil.rmtree(data / FILES, ignore_errors=True)


def fingerprint() -> str:
    """Return a hash of everything a prepared demonstration was made from."""
    digest = hashlib.sha256()
    for file in sorted(file for pattern in SOURCES for file in PACKAGE.glob(pattern) if file.is_file()):
        digest.update(f"{file.relative_to(PACKAGE)}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def is_ready(data: Path) -> bool:
    """Say whether this version already prepared ``data``; spares a known database the start of Django."""
    stamp = data / STAMP
    if not (data / DATABASE).is_file():
        return False
    return stamp.is_file() and stamp.read_text(encoding="ascii").strip() == fingerprint()


def mark_ready(data: Path) -> None:
    (data / STAMP).write_text(fingerprint(), encoding="ascii")


def migrate() -> None:
    """Bring the database to this version."""
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)

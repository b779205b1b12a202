"""What the surroundings say: every setting an operator may give, read once and checked.

An unknown ``THIDUA_`` name or a malformed value stops the start with a sentence.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

KNOWN = frozenset(
    {
        "THIDUA_BASE_URL",
        "THIDUA_DATA",
        "THIDUA_DEBUG",
        "THIDUA_HOSTS",
        "THIDUA_MAIL_FROM",
        "THIDUA_MAIL_URL",
        "THIDUA_MODE",
        "THIDUA_PLANS",
        "THIDUA_SECRET_KEY",
        "THIDUA_SECRET_KEY_FILE",
        "THIDUA_TEST_DATABASE",
    }
)
MODES = ("demo", "serve", "test")


class SettingError(Exception):
    """A setting cannot be used; the text names it and says what it takes."""


@dataclass(frozen=True, slots=True)
class Environment:
    """The operator's choices, typed."""

    mode: str
    data: Path
    debug: bool
    hosts: tuple[str, ...]
    base_url: str
    secret_key: str
    database: dict[str, Any]
    mail: dict[str, Any]
    mail_from: str

    @property
    def is_demo(self) -> bool:
        return self.mode == "demo"


def read_environment(given: Mapping[str, str] | None = None) -> Environment:
    """Read and check the settings from ``given`` (``os.environ`` when left out).

    Raises SettingError with a sentence for the operator.
    """
    given = os.environ if given is None else given
    refuse_unknown(given)
    mode = one_of(given, "THIDUA_MODE", MODES, default="serve")
    data = Path(given.get("THIDUA_DATA") or default_data_folder(given, mode)).expanduser()
    return Environment(
        mode=mode,
        data=data,
        debug=truth(given, "THIDUA_DEBUG"),
        hosts=hosts(given, mode),
        base_url=given.get("THIDUA_BASE_URL", "http://localhost:8000").rstrip("/"),
        secret_key=secret_key(given, data),
        database=database(given.get("DATABASE_URL", ""), data),
        mail=mail(given.get("THIDUA_MAIL_URL", "")),
        mail_from=given.get("THIDUA_MAIL_FROM", "thidua@localhost"),
    )


def refuse_unknown(given: Mapping[str, str]) -> None:
    unknown = sorted(name for name in given if name.startswith("THIDUA_") and name not in KNOWN)
    if unknown:
        raise SettingError(
            f"Không có thiết lập {', '.join(unknown)}. Các thiết lập có: {', '.join(sorted(KNOWN))}."
        )


def one_of(given: Mapping[str, str], name: str, allowed: tuple[str, ...], *, default: str) -> str:
    value = given.get(name, default)
    if value not in allowed:
        raise SettingError(f"{name}={value!r}: chỉ nhận {', '.join(allowed)}.")
    return value


def truth(given: Mapping[str, str], name: str) -> bool:
    value = given.get(name, "false").lower()
    if value not in {"true", "false"}:
        raise SettingError(f"{name}={value!r}: ghi true hoặc false.")
    return value == "true"


def default_data_folder(given: Mapping[str, str], mode: str) -> Path:
    base = given.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(base) / ("thidua-demo" if mode == "demo" else "thidua")


def hosts(given: Mapping[str, str], mode: str) -> tuple[str, ...]:
    loopback = ("localhost", "127.0.0.1", "[::1]", "testserver")
    if mode != "serve":
        return loopback
    named = tuple(host.strip() for host in given.get("THIDUA_HOSTS", "").split(",") if host.strip())
    return named or loopback


def secret_key(given: Mapping[str, str], data: Path) -> str:
    """Return the key given, the one in the named file, or the data folder's own ("" when none yet)."""
    if key := given.get("THIDUA_SECRET_KEY"):
        return key
    named = given.get("THIDUA_SECRET_KEY_FILE")
    file = Path(named) if named else data / "secret.key"
    if file.is_file():
        return file.read_text(encoding="ascii").strip()
    if named:
        raise SettingError(f"THIDUA_SECRET_KEY_FILE={named!r}: không có tệp này.")
    return ""


WAITS = 120
"""Seconds a writer waits for another: the longest writes a whole table of 100,000 people, or takes it back."""

SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": WAITS,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        # Pages are read from the mapped file; the cache only holds what a long transaction writes.
        "PRAGMA cache_size=-8000; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
    ),
}


KEPT = 60
"""Seconds for which a connection serves one request after another: opening one costs as much as a short page."""


def database(url: str, data: Path) -> dict[str, Any]:
    """Return Django's entry for ``postgresql://user:password@host:port/name?option=value``, or SQLite's."""
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": data / "thidua.sqlite3",
            "CONN_MAX_AGE": KEPT,
            "OPTIONS": SQLITE_OPTIONS,
        }
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or len(parts.path) < 2:  # noqa: PLR2004 - "/" and a name
        raise SettingError("DATABASE_URL: ghi postgresql://user:password@host:port/name.")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": KEPT,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def mail(url: str) -> dict[str, Any]:
    """Return Django's mail settings for ``smtp[s]://user:password@host:port``; nothing is sent without it."""
    if not url:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps", "smtp+tls"} or not parts.hostname:
        raise SettingError("THIDUA_MAIL_URL: ghi smtp://, smtp+tls:// hoặc smtps://user:password@host:port.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_TIMEOUT": 20,
    }

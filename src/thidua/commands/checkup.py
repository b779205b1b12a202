"""What a machine needs for Thi Đua, each thing looked at once and told in a sentence.

Nothing here writes, and everything works before any set-up.
"""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from thidua.config.environment import Environment

State = Literal["fine", "optional", "missing"]

PYTHON = (3, 11)
SQLITE = (3, 35)
PLENTY_BYTES, LEAST_BYTES = 2 << 30, 200 << 20
OTHERS = 0o077
FONTS = ("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf")
CONVERTERS = ("soffice", "antiword", "catdoc")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; ``optional`` is missing and can stay so, ``missing`` cannot."""

    code: str
    state: State
    text: str

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def fine(code: str, text: str) -> Finding:
    return Finding(code, "fine", text)


def optional(code: str, text: str) -> Finding:
    return Finding(code, "optional", text)


def missing(code: str, text: str) -> Finding:
    return Finding(code, "missing", text)


def of_machine(environment: Environment) -> Iterator[Finding]:
    """Look at everything but the database."""
    checks: tuple[Callable[[Environment], Finding], ...] = (
        python,
        sqlite,
        time_zone,
        data_folder,
        secret_key,
        disk,
        paper,
        recognition,
        converters,
        mail,
    )
    return (check(environment) for check in checks)


def python(_: Environment) -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info < PYTHON:
        return missing("python", f"Python {version} quá cũ. Cài Python 3.11 trở lên.")
    return fine("python", f"Python {version}.")


def sqlite(environment: Environment) -> Finding:
    if "postgresql" in environment.database["ENGINE"]:
        if find_spec("psycopg") is None:
            return missing(
                "sqlite", "DATABASE_URL là PostgreSQL nhưng chưa cài psycopg: pip install thidua[postgres]."
            )
        return fine("sqlite", "Dùng PostgreSQL, psycopg đã có.")
    if sqlite3.sqlite_version_info < SQLITE:
        return missing(
            "sqlite", f"SQLite {sqlite3.sqlite_version} quá cũ. Cần 3.35 trở lên: cài Python mới hơn."
        )
    return fine("sqlite", f"SQLite {sqlite3.sqlite_version}.")


def time_zone(_: Environment) -> Finding:
    try:
        ZoneInfo("Asia/Ho_Chi_Minh")
    except ZoneInfoNotFoundError:
        return missing("time_zone", "Thiếu dữ liệu múi giờ. Cài gói tzdata: pip install tzdata.")
    return fine("time_zone", "Dữ liệu múi giờ Việt Nam có đủ.")


def data_folder(environment: Environment) -> Finding:
    data = environment.data
    if not data.exists():
        above = next(folder for folder in data.absolute().parents if folder.exists())
        if os.access(above, os.W_OK):
            return fine("data", f"Thư mục dữ liệu {data} chưa có, sẽ được tạo khi chạy lần đầu.")
        return missing(
            "data", f"Không tạo được thư mục dữ liệu {data}: {above} không cho ghi. Đặt THIDUA_DATA khác."
        )
    if not data.is_dir() or not os.access(data, os.W_OK | os.X_OK):
        return missing(
            "data", f"Không ghi được vào thư mục dữ liệu {data}. Sửa quyền hoặc đặt THIDUA_DATA khác."
        )
    if data.stat().st_mode & OTHERS:
        return optional(
            "data", f"Người khác trên máy vào được thư mục dữ liệu {data}. Chạy: chmod 700 '{data}'."
        )
    return fine("data", f"Thư mục dữ liệu {data} ghi được và chỉ mình bạn vào được.")


def secret_key(environment: Environment) -> Finding:
    file = environment.data / "secret.key"
    if not file.exists():
        if environment.secret_key:
            return fine("secret_key", "Khóa bí mật lấy từ biến môi trường.")
        return fine("secret_key", "Khóa bí mật chưa có, sẽ được tạo khi chạy lần đầu.")
    if file.stat().st_mode & OTHERS:
        return missing("secret_key", f"Người khác trên máy đọc được khóa bí mật. Chạy: chmod 600 '{file}'.")
    return fine("secret_key", "Khóa bí mật có và chỉ mình bạn đọc được.")


def disk(environment: Environment) -> Finding:
    data = environment.data.absolute()
    free = shutil.disk_usage(next(f for f in (data, *data.parents) if f.exists())).free
    amount = f"{free / (1 << 30):.1f}".replace(".", ",")
    if free < LEAST_BYTES:
        return missing("disk", f"Ổ đĩa chỉ còn {amount} GB trống. Dọn bớt trước khi dùng tiếp.")
    if free < PLENTY_BYTES:
        return optional("disk", f"Ổ đĩa còn {amount} GB trống; nên có từ 2 GB.")
    return fine("disk", f"Ổ đĩa còn {amount} GB trống.")


def paper(_: Environment) -> Finding:
    if find_spec("typst") is None:
        return missing("paper", "Thiếu gói typst nên không tạo được PDF. Cài lại: pip install thidua.")
    folder = Path(__file__).resolve().parent.parent / "documents" / "fonts"
    if lacking := [font for font in FONTS if not (folder / font).is_file()]:
        return missing("paper", f"Thiếu phông chữ {', '.join(lacking)} trong {folder}. Cài lại gói thidua.")
    return fine("paper", "Tạo được PDF: typst và phông chữ có đủ.")


def recognition(_: Environment) -> Finding:
    from thidua.documents.recognition import can_recognise

    if can_recognise():
        return fine("recognition", "Nhận dạng chữ trong bản quét được (tesseract, tiếng Việt).")
    advice = "Nếu cần, cài tesseract-ocr và tesseract-ocr-vie."
    return optional("recognition", f"Không nhận dạng được chữ trong bản quét. {advice}")


def converters(_: Environment) -> Finding:
    if found := [name for name in CONVERTERS if shutil.which(name)]:
        return fine("converters", f"Đọc được tệp .doc, .rtf cũ bằng {', '.join(found)}.")
    return optional("converters", "Không đọc được tệp .doc, .rtf cũ. Nếu cần, cài LibreOffice.")


def mail(environment: Environment) -> Finding:
    if environment.mail["EMAIL_BACKEND"].endswith("dummy.EmailBackend"):
        return optional(
            "mail", "Chưa đặt máy chủ thư; thư nhắc nằm trong hộp chờ. Nếu cần, đặt THIDUA_MAIL_URL."
        )
    host, port = environment.mail["EMAIL_HOST"], environment.mail["EMAIL_PORT"]
    return fine("mail", f"Thư gửi qua {host}:{port}.")

"""What the database and what is kept in it say: reachable, current, how much waits."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from thidua.commands.checkup import Finding, fine, missing, optional
from thidua.config.environment import Environment

OLDEST_JOB = timedelta(minutes=15)
MOST_UNSEALED = 5000


def of_database(environment: Environment) -> Iterator[Finding]:
    """Look at the database without making one; what it holds only where its tables are current."""
    name = environment.database["NAME"]
    if isinstance(name, Path) and not name.exists():
        yield fine("database", "Cơ sở dữ liệu chưa có, sẽ được tạo khi chạy lần đầu.")
        return
    import django

    django.setup()
    from django.db import Error

    try:
        yield database()
        waiting = migrations()
        yield waiting
        if waiting.state == "fine":
            yield queue()
            yield log()
            yield roles()
    except Error as error:
        place = environment.database["NAME"]
        yield missing(
            "database", f"Không mở được cơ sở dữ liệu {place}: {error}. Kiểm tra DATABASE_URL, THIDUA_DATA."
        )


def database() -> Finding:
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("SELECT 1")
            return fine("database", "Cơ sở dữ liệu PostgreSQL trả lời.")
        cursor.execute("PRAGMA journal_mode")
        (mode,) = cursor.fetchone()
    if mode != "wal":
        return missing(
            "database",
            f"SQLite đang ở chế độ {mode}, không phải WAL. Để dữ liệu trên ổ đĩa của chính máy này.",
        )
    return fine("database", "Cơ sở dữ liệu SQLite mở được, chế độ WAL.")


def migrations() -> Finding:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return missing(
            "migrations",
            f"Cơ sở dữ liệu thiếu {len(plan)} bước nâng cấp. Chạy thidua serve một lần để nâng cấp.",
        )
    return fine("migrations", "Cấu trúc cơ sở dữ liệu đúng phiên bản này.")


def queue() -> Finding:
    from django.utils import timezone
    from django_tasks.base import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    waiting = DBTaskResult.objects.filter(status=TaskResultStatus.READY)
    oldest = waiting.order_by("enqueued_at").values_list("enqueued_at", flat=True).first()
    if oldest is None:
        return fine("queue", "Không có việc nền nào đang chờ.")
    minutes = int((timezone.now() - oldest).total_seconds() // 60)
    text = f"{waiting.count()} việc nền đang chờ, việc cũ nhất {minutes} phút."
    if timezone.now() - oldest > OLDEST_JOB:
        return optional("queue", f"{text} Kiểm tra thidua worker có đang chạy không.")
    return fine("queue", text)


def log() -> Finding:
    from thidua.audit.models import Entry

    unsealed = Entry.objects.filter(seal=None)[: MOST_UNSEALED + 1].count()
    if unsealed > MOST_UNSEALED:
        return optional(
            "log",
            f"Hơn {MOST_UNSEALED} bản ghi nhật ký chưa niêm. Chạy thidua worker hoặc thidua audit seal.",
        )
    return fine("log", f"{unsealed} bản ghi nhật ký chờ niêm.")


def roles() -> Finding:
    """Say whether anybody may bring a plan in for a unit, besides the administrator."""
    from thidua.movements.permissions import ACTING
    from thidua.organisations.models import UnitRole
    from thidua.records.days import today

    held = UnitRole.objects.on(today()).filter(role__in=ACTING, person__account__is_active=True)
    if held.exists():
        return fine("roles", f"{held.count()} vai trò chuyên viên, thủ trưởng đang có người giữ.")
    return optional(
        "roles",
        "Chưa ai giữ vai trò chuyên viên hoặc thủ trưởng. Đăng nhập bằng tài khoản quản trị, "
        "làm theo “Những bước đầu” ở trang Việc của tôi.",
    )

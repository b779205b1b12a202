"""``thidua doctor``: a finding for each thing, and an exit status others may rely on."""

import json
import stat
from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from factories import make_unit, make_user
from thidua import cli
from thidua.accounts.models import Account
from thidua.audit.services import record
from thidua.commands import checkup, checkup_database
from thidua.config.environment import read_environment
from thidua.organisations.models import UnitRole


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Give the doctor a data folder of its own, not yet there, as the only setting."""
    monkeypatch.setenv("THIDUA_DATA", str(tmp_path / "data"))
    monkeypatch.delenv("THIDUA_SECRET_KEY", raising=False)
    monkeypatch.setenv("DATABASE_URL", "")
    return tmp_path / "data"


def found(capsys):
    status = cli.main(["doctor", "--json"])
    printed = json.loads(capsys.readouterr().out)
    assert printed["ok"] == (status == 0)
    return status, {check["code"]: check for check in printed["checks"]}


def test_before_any_set_up_nothing_necessary_is_missing_and_nothing_is_made(folder, capsys):
    status, checks = found(capsys)

    assert status == 0
    assert not folder.exists()
    assert checks["database"]["text"] == "Cơ sở dữ liệu chưa có, sẽ được tạo khi chạy lần đầu."


def test_each_finding_is_a_code_a_state_and_a_sentence(folder, capsys):
    _, checks = found(capsys)

    assert {tuple(sorted(check)) for check in checks.values()} == {("code", "state", "text")}
    assert {check["state"] for check in checks.values()} <= {"fine", "optional", "missing"}
    assert [check["text"] for check in checks.values() if not check["text"].endswith(".")] == []


def test_a_key_others_can_read_is_missing_its_rights(folder, capsys):
    folder.mkdir(mode=0o700)
    key = folder / "secret.key"
    key.write_text("mot-khoa", encoding="ascii")
    key.chmod(0o644)

    status, checks = found(capsys)

    assert status == 1
    assert checks["secret_key"]["state"] == "missing"
    assert checks["secret_key"]["text"].endswith(f"Chạy: chmod 600 '{key}'.")


def test_a_folder_others_can_enter_is_pointed_out(folder, capsys):
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)

    _, checks = found(capsys)

    assert stat.S_IMODE(folder.stat().st_mode) == 0o755
    assert checks["data"]["state"] == "optional"


def test_settings_that_cannot_be_used_are_the_only_finding(monkeypatch, capsys):
    monkeypatch.setenv("THIDUA_BOGUS", "1")

    status, checks = found(capsys)

    assert (status, list(checks)) == (1, ["settings"])


def test_in_words_every_line_has_its_mark(folder, capsys):
    status = cli.main(["doctor"])

    told = capsys.readouterr()
    assert status == 0
    assert {line[0] for line in told.out.splitlines()} <= {"✓", "–"}
    assert told.err == "Mọi thứ cần thiết đều có.\n"


def test_mail_that_is_set_up_is_told_with_its_server():
    environment = read_environment(
        {"THIDUA_MODE": "test", "THIDUA_MAIL_URL": "smtp+tls://a:b@mail.example:587"}
    )

    finding = checkup.mail(environment)

    assert (finding.state, finding.text) == ("fine", "Thư gửi qua mail.example:587.")


@pytest.mark.django_db
def test_a_current_database_shows_what_waits_in_it():
    record(None, "test.done", Account(username="thu"), at=timezone.now())

    findings = [checkup_database.migrations(), checkup_database.queue(), checkup_database.log()]

    assert [(f.code, f.state) for f in findings] == [
        ("migrations", "fine"),
        ("queue", "fine"),
        ("log", "fine"),
    ]
    assert findings[2].text == "1 bản ghi nhật ký chờ niêm."


@pytest.mark.django_db
def test_a_job_nobody_took_for_long_is_pointed_out():
    waiting = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, priority=0, task_path="x.y", backend_name="default",
        run_after=timezone.now(),
    )  # fmt: skip
    DBTaskResult.objects.filter(pk=waiting.pk).update(enqueued_at=timezone.now() - timedelta(minutes=40))

    finding = checkup_database.queue()

    assert (finding.state, finding.text[:43]) == ("optional", "1 việc nền đang chờ, việc cũ nhất 40 phút. ")


@pytest.mark.django_db
def test_an_installation_where_nobody_may_launch_is_told_what_to_do():
    unit = make_unit()
    before = checkup_database.roles()
    make_user(unit, UnitRole.Role.OFFICER)

    after = checkup_database.roles()

    assert (before.state, after.state) == ("optional", "fine")
    assert "Những bước đầu" in before.text
    assert after.text == "1 vai trò chuyên viên, thủ trưởng đang có người giữ."

from pathlib import Path

import pytest

from thidua.config.environment import SettingError, read_environment


def test_without_settings_a_real_installation_uses_sqlite_in_the_users_folder():
    read = read_environment({})

    assert (read.mode, read.debug) == ("serve", False)
    assert read.database["ENGINE"] == "django.db.backends.sqlite3"
    assert read.database["NAME"] == read.data / "thidua.sqlite3"


def test_an_unknown_setting_stops_the_start():
    with pytest.raises(SettingError, match="Không có thiết lập THIDUA_HOST"):
        read_environment({"THIDUA_HOST": "thidua.example"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("THIDUA_MODE", "production"),
        ("THIDUA_DEBUG", "yes"),
        ("DATABASE_URL", "mysql://localhost/thidua"),
        ("DATABASE_URL", "postgresql://localhost"),
        ("THIDUA_MAIL_URL", "http://mail.example"),
        ("THIDUA_SECRET_KEY_FILE", "/no/such/file"),
    ],
)
def test_a_malformed_value_stops_the_start_and_is_named(name, value):
    with pytest.raises(SettingError, match=name):
        read_environment({name: value})


def test_a_postgresql_address_is_taken_apart():
    read = read_environment(
        {"DATABASE_URL": "postgresql://clerk:p%40ss@db.example:5433/thidua?sslmode=require"}
    )

    database = read.database
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example", "5433", "thidua")
    assert (database["USER"], database["PASSWORD"]) == ("clerk", "p@ss")
    assert database["OPTIONS"] == {"sslmode": "require"}


def test_the_demonstration_listens_to_the_loopback_alone():
    read = read_environment({"THIDUA_MODE": "demo", "THIDUA_HOSTS": "thidua.example"})

    assert "thidua.example" not in read.hosts


def test_the_secret_key_is_read_from_the_data_folder(tmp_path: Path):
    (tmp_path / "secret.key").write_text("khoa-bi-mat\n", encoding="ascii")

    assert read_environment({"THIDUA_DATA": str(tmp_path)}).secret_key == "khoa-bi-mat"


def test_a_mail_address_becomes_djangos_settings():
    mail = read_environment({"THIDUA_MAIL_URL": "smtps://clerk:secret@mail.example"}).mail

    assert (mail["EMAIL_HOST"], mail["EMAIL_PORT"], mail["EMAIL_USE_SSL"]) == ("mail.example", 465, True)

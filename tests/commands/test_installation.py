"""Data folders: claimed, locked, private, and never mistaken for one of a real installation."""

import stat

import pytest

from thidua.commands import installation
from thidua.commands.installation import FolderError


def test_a_new_folder_and_its_key_are_the_owners_alone(tmp_path):
    data = tmp_path / "a" / "b"

    installation.prepare_data_folder(data)

    key = data / "secret.key"
    assert (stat.S_IMODE(data.stat().st_mode), stat.S_IMODE(key.stat().st_mode)) == (0o700, 0o600)
    assert len(key.read_text(encoding="ascii")) >= 50


def test_a_key_once_made_stays(tmp_path):
    installation.prepare_data_folder(tmp_path)
    before = (tmp_path / "secret.key").read_text(encoding="ascii")

    installation.prepare_data_folder(tmp_path)

    assert (tmp_path / "secret.key").read_text(encoding="ascii") == before


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(FolderError) as refused:
        installation.prepare_data_folder(tmp_path / "file" / "data")

    assert str(refused.value).endswith("Sửa quyền hoặc chọn thư mục khác.")


def test_an_empty_folder_is_claimed_once(tmp_path):
    installation.claim_for_demo(tmp_path)
    (tmp_path / "thidua.sqlite3").touch()

    installation.claim_for_demo(tmp_path)

    assert sorted(file.name for file in tmp_path.iterdir()) == ["demo", "thidua.sqlite3"]


def test_a_real_installations_folder_is_never_taken_for_a_demonstration(tmp_path):
    installation.prepare_data_folder(tmp_path)
    (tmp_path / "thidua.sqlite3").write_bytes(b"real")

    with pytest.raises(FolderError):
        installation.claim_for_demo(tmp_path)

    assert (tmp_path / "thidua.sqlite3").read_bytes() == b"real"


def test_clearing_keeps_the_key_and_the_claim(tmp_path):
    installation.claim_for_demo(tmp_path)
    installation.prepare_data_folder(tmp_path)
    for name in ("thidua.sqlite3", "thidua.sqlite3-wal", "ready"):
        (tmp_path / name).touch()
    (tmp_path / "files" / "ab").mkdir(parents=True)

    installation.clear_demo(tmp_path)

    assert sorted(file.name for file in tmp_path.iterdir()) == ["demo", "secret.key"]


def test_a_stamp_counts_only_with_its_database_and_of_this_version(tmp_path):
    (tmp_path / "thidua.sqlite3").touch()
    installation.mark_ready(tmp_path)
    ready = installation.is_ready(tmp_path)

    (tmp_path / "ready").write_text("of another version", encoding="ascii")
    of_another = installation.is_ready(tmp_path)
    installation.mark_ready(tmp_path)
    (tmp_path / "thidua.sqlite3").unlink()

    assert (ready, of_another, installation.is_ready(tmp_path)) == (True, False, False)


def test_two_may_serve_from_a_folder(tmp_path):
    with installation.locked(tmp_path, alone=False), installation.locked(tmp_path, alone=False):
        pass


def test_a_folder_that_is_served_from_is_not_made_anew(tmp_path):
    served, anew = installation.locked(tmp_path, alone=False), installation.locked(tmp_path, alone=True)

    with served, pytest.raises(FolderError), anew:
        pytest.fail("the folder is in use")

    with installation.locked(tmp_path, alone=True):
        pass

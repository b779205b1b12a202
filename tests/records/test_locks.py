"""Who is at work is seen by everybody, also after others were before."""

import threading

import pytest

from thidua.records.locks import file_of, is_locked, locked_file

WORDS = ("job", 7)


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def test_who_waited_for_another_is_seen_at_work():
    begun, go_on, seen = threading.Event(), threading.Event(), []

    def second():
        begun.set()
        with locked_file(WORDS):
            seen.append(is_locked(file_of(WORDS)))
            go_on.wait(timeout=10)

    waiting = threading.Thread(target=second)
    with locked_file(WORDS):
        waiting.start()
        begun.wait(timeout=10)
        assert is_locked(file_of(WORDS))
        waiting.join(timeout=0.2)  # long enough to stand at the lock
    go_on.set()
    waiting.join(timeout=10)

    assert seen == [True]
    assert not is_locked(file_of(WORDS))
    assert not file_of(WORDS).exists()

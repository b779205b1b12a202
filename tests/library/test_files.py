"""Files are kept once under their content and go when nobody keeps them any more."""

import pytest

from thidua.library.models import StoredFile
from thidua.library.services import FileTooLargeError, drop_unkept, forget_file, opened, path_of, store_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "files"


def test_a_file_comes_back_as_it_came():
    file = store_file(b"m\xc3\xb4t", "C:\\thu\\một.txt", by=None)

    with opened(file) as stream:
        assert (stream.read(), file.name, file.media_type, file.size) == (
            b"m\xc3\xb4t",
            "một.txt",
            "text/plain",
            4,
        )


def test_a_file_too_large_leaves_nothing_behind(settings):
    with pytest.raises(FileTooLargeError):
        store_file(b"x" * 11, "a.txt", by=None, limit=10)

    assert (StoredFile.objects.count(), list(settings.MEDIA_ROOT.iterdir())) == (0, [])


def test_a_forgotten_file_takes_its_content_along(django_capture_on_commit_callbacks):
    file = store_file(b"x", "a.txt", by=None)

    with django_capture_on_commit_callbacks(execute=True):
        forget_file(file)

    assert (StoredFile.objects.count(), path_of(file.sha256).exists()) == (0, False)


def test_content_another_row_keeps_stays(django_capture_on_commit_callbacks):
    first, second = store_file(b"x", "a.txt", by=None), store_file(b"x", "b.txt", by=None)

    with django_capture_on_commit_callbacks(execute=True):
        forget_file(first)

    with opened(second) as stream:
        assert stream.read() == b"x"


def test_content_stored_again_between_the_forgetting_and_the_removal_stays():
    forgotten = store_file(b"x", "a.txt", by=None)
    forgotten.delete()
    again = store_file(b"x", "b.txt", by=None)

    drop_unkept(forgotten.sha256)

    assert path_of(again.sha256).exists()

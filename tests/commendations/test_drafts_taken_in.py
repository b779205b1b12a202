"""Drafts as they are handed in: how many files at once, and what two of one name mean."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from commendations.trying import CIRCULAR, text
from factories import make_unit, make_user, signed_in
from thidua.commendations.models import LawDraft

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(client):
    signed_in(client, make_user(make_unit("Bộ Thử nghiệm")))
    return client


def handed_in(client, *names):
    uploads = [SimpleUploadedFile(name, CIRCULAR.encode()) for name in names]
    return client.post(reverse("commendations:drafts"), {"name": "Thử", "uploads": uploads})


def test_more_files_than_may_be_sent_at_once_are_refused_in_words(visitor, settings):
    most = settings.DATA_UPLOAD_MAX_NUMBER_FILES

    answer = handed_in(visitor, *(f"{place}.yaml" for place in range(most + 1)))

    assert answer.status_code == 400
    assert text(answer).count(f"Mỗi lần gửi được nhiều nhất {most} tệp. Chưa có gì được lưu.") == 1
    hint = text(visitor.get(reverse("commendations:drafts")))
    assert hint.count(f"Mỗi lần được nhiều nhất {most} tệp") == 1


def test_a_request_that_is_not_understood_says_nothing_of_files(visitor):
    answer = visitor.get("/", headers={"host": "?"})

    assert (answer.status_code, "tệp" in text(answer)) == (400, False)


def test_two_files_of_one_name_are_refused_and_named(visitor):
    answer = handed_in(visitor, "thong-tu.yaml", "thong-tu.yaml")

    assert text(answer).count("<li>thong-tu.yaml, dòng 1: có hai tệp cùng tên này.") == 1
    assert LawDraft.objects.count() == 0

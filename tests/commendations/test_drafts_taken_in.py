"""Drafts as they are handed in: how many files at once, and what two of one name mean."""

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from commendations.trying import CIRCULAR, text
from factories import make_unit, make_user, signed_in
from thidua.commendations.models import LawDraft
from thidua.commendations.services.drafts import keep_draft
from thidua.core.law.law import SHIPPED

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


def test_a_new_figure_no_rule_uses_is_pointed_out_on_the_page_of_the_draft(visitor):
    owner = get_user_model().objects.get()
    content = (SHIPPED / "figures" / "new_hire_months.yaml").read_bytes()
    unused, used = (
        keep_draft(owner, name, {f"{name}.yaml": content}) for name in ("khac", "new_hire_months")
    )

    pages = [text(visitor.get(reverse("commendations:draft", args=[row.pk]))) for row in (unused, used)]

    said = "khac.yaml, dòng 1: con số mới “khac” chưa quy định nào dùng đến"
    assert [said in page for page in pages] == [True, False]

"""The usual words of a reminder are told in each reader's language; own words stay as they were written."""

from datetime import date
from uuid import UUID

import pytest
from django.utils.translation import override

from thidua.movements.news import Amended, own_words, usual_registration_reminder, usual_reminder


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("usual", "reader"),
    [
        (usual_reminder, "Please complete the outstanding step of the movement."),
        (lambda: usual_registration_reminder(2026), "Please send your emulation registration for 2026."),
    ],
)
def test_the_usual_words_are_kept_as_none_in_whichever_language_the_form_showed_them(language, usual, reader):
    with override(language):
        typed = usual()

    kept = own_words(typed, usual)

    with override("en"):
        assert (kept, usual()) == ("", reader)


def test_what_somebody_wrote_is_kept_as_it_was_written():
    assert own_words("Gửi trước thứ Sáu.", usual_reminder) == "Gửi trước thứ Sáu."


@pytest.mark.parametrize(("summary", "rest"), [("Lùi hạn gửi kế hoạch.", " Lùi hạn gửi kế hoạch."), ("", "")])
def test_units_are_told_which_document_amends_and_from_which_day(summary, rest):
    news = Amended(UUID(int=1), "Thi đua", 2, summary, "Quyết định số 45/QĐ-BTP", date(2026, 12, 1))

    with override("vi"):
        assert news.words() == (
            "Kế hoạch thay đổi: Thi đua",
            f"Quyết định số 45/QĐ-BTP, áp dụng từ 1/12/2026.{rest}",
        )

"""An item beside what it becomes says each word once."""

from thidua.movements.revision_wording import words_of


def test_a_quota_whose_own_words_are_its_figure_is_said_once():
    quota = {"text": "không quá 15 tập thể", "max": 15, "for": [], "unit": "tập thể"}

    assert words_of("quotas", quota) == "không quá 15 tập thể"

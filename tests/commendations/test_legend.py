"""Pages that answer in a word say, folded away, what their words mean; in both languages."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils.translation import override

from commendations.trying import five_good_years, text, tried
from factories import signed_in
from thidua.commendations.wording import ANSWERS_MEAN, LIMITS_MEAN, RULES_MEAN, STANDINGS_MEAN

pytestmark = pytest.mark.django_db
NOW = "2026-11-22"
BOTH = (*STANDINGS_MEAN, *ANSWERS_MEAN[:3])
PAGES = {
    "verdict_of_person": ("person?award=LDTT&year=2025&type=MERIT", ANSWERS_MEAN),
    "verdict_of_unit": ("unit?award=TTLDTT&year=2025&type=MERIT", ANSWERS_MEAN),
    "reach_of_person": ("person", STANDINGS_MEAN),
    "reach_of_unit": ("unit", BOTH),
    "reach_of_units": ("unit", STANDINGS_MEAN),
    "award": ("LDTT", RULES_MEAN),
    "fairness_of_year": ("unit?year=2025", LIMITS_MEAN),
    "trial": ("trial", ANSWERS_MEAN),
    "trial_subjects": ("trial BK_TTG", ANSWERS_MEAN),
    "trial_subject": ("trial BK_TTG person", ANSWERS_MEAN),
}


def meanings(page):
    legend = page.partition('<details class="legend">')[2].partition("</details>")[0]
    return [unescape(words) for words in re.findall(r"<dd>([^<]+)</dd>", legend)]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_says_what_its_words_mean(client, owner, unit, name):
    person = five_good_years(unit)
    known = {"person": person.pk, "unit": unit.pk}
    if name.startswith("trial"):
        known["trial"] = tried(owner, unit).pk
    signed_in(client, owner)
    asked, expected = PAGES[name]
    words, _, query = asked.partition("?")
    address = reverse(f"commendations:{name}", args=[known.get(word, word) for word in words.split()])

    vietnamese, english = (
        meanings(text(client.get(f"{address}?{query}", headers={"accept-language": language})))
        for language in ("vi", "en")
    )

    said = {}
    for language in ("vi", "en"):
        with override(language):
            said[language] = [str(meaning) for _state, _word, meaning in expected]
    assert (vietnamese, english) == (said["vi"], said["en"])
    assert set(english) & set(vietnamese) == set()

import unicodedata

from thidua.core.plans.items import LONGEST_QUOTE, SHORTEST_QUOTE, cite
from thidua.core.plans.lines import cleaned
from thidua.core.plans.source import Source


def test_a_text_is_kept_but_for_its_normal_form_and_line_ends():
    source = Source.from_text("\ufeff" + unicodedata.normalize("NFD", "KẾ HOẠCH\r\n\r\nThi đua\rhết"))

    assert source.text == "KẾ HOẠCH\n\nThi đua\nhết"
    assert [source.text[block.start : block.end] for block in source.blocks] == ["KẾ HOẠCH", "Thi đua", "hết"]


def test_cleaning_takes_marks_away_and_keeps_every_place():
    text = "x  **Tập thể:**  phòng\u200b [bookmark: _GoBack]ban"

    clean = cleaned(text, 1, len(text))

    assert clean.text == "Tập thể: phòng ban"
    assert all(text[clean.place(at)] == sign for at, sign in enumerate(clean.text) if sign != " ")


def test_a_bullet_of_a_star_is_kept_and_a_bold_star_is_not():
    assert cleaned("* **Giấy khen:** 03 tổ", 0, 22).text == "* Giấy khen: 03 tổ"


def test_a_quote_is_exact_text_with_single_blanks():
    source = Source.from_text("Hồ sơ gửi\n\n  về   Sở Nội vụ.")

    place = cite(source, 6, len(source.text) - 1)

    assert place.quote == "gửi về Sở Nội vụ"
    assert " ".join(source.text[place.start : place.end].split()) == place.quote


def test_a_short_piece_grows_to_a_quote():
    source = Source.from_text("năm 2025 đến hết năm 2026")

    assert cite(source, 4, 8).quote == "2025 đến"
    assert len(cite(source, 21, 25).quote) >= SHORTEST_QUOTE


def test_a_long_piece_ends_with_a_whole_word():
    source = Source.from_text("thi đua " * 2000)

    place = cite(source, 0, len(source.text))

    assert len(place.quote) <= LONGEST_QUOTE
    assert place.quote.endswith(("thi", "đua"))

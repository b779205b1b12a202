"""Text that a document shows in a font of before Unicode: the font's name tells the encoding."""

from thidua.core.text.legacy import Encoding, convert
from thidua.core.text.syllables import syllable
from thidua.documents.notices import notice

_AROUND_WORDS = ".,;:!?()[]{}\"'“”‘’-–/…"


def encoding_of(font: str) -> Encoding | None:
    """Return the encoding that the letters of ``font`` are in, None for Unicode."""
    name = font.strip().lower()
    if name.startswith(".vn"):
        return Encoding.TCVN3
    return Encoding.VNI if name.startswith(("vni-", "vni ")) else None


def draws_capitals(font: str) -> bool:
    """Whether ``font`` draws small letters as capitals: .VnTimeH and its sisters."""
    return font.strip().lower().startswith(".vn") and font.strip().endswith("H")


class FontRepair:
    """Repairs runs of text by their font and remembers which encodings were met."""

    def __init__(self) -> None:
        self._met: set[str] = set()
        self._unicode_fonts: set[str] = set()

    def repaired(self, text: str, font: str) -> str:
        encoding = encoding_of(font)
        if encoding is None:
            return text
        shown = text if text.isascii() else self._converted(text, font, encoding)
        return shown.upper() if draws_capitals(font) else shown

    def _converted(self, text: str, font: str, encoding: Encoding) -> str:
        # Unicode text often keeps the name of an old font from the file it was typed into.
        if any(_is_unicode_vietnamese(letter) for letter in text):
            self._unicode_fonts.add(font)
            return text
        converted = convert(text, encoding)
        better = _syllables(converted) - _syllables(text)
        if better < 0 or (better == 0 and font in self._unicode_fonts):
            return text
        self._met.add(encoding.value)
        return converted

    def notices(self) -> tuple[str, ...]:
        if not self._met:
            return ()
        return (notice("legacy_letters_repaired", encodings=", ".join(sorted(self._met))),)


def _is_unicode_vietnamese(letter: str) -> bool:
    """Whether ``letter`` is one that no old font could hold: ă, đ, ơ, ư and all with two marks."""
    return "\u0102" <= letter <= "\u01b0" or "\u1ea0" <= letter <= "\u1ef9"


def _syllables(text: str) -> int:
    return sum(1 for word in text.split() if not word.isascii() and syllable(word.strip(_AROUND_WORDS)))

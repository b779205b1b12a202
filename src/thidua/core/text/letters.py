"""The capital and small letters of Vietnamese, for character classes: their code points lie interleaved."""

_ACCENTED = [chr(code) for code in (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)) if chr(code).isalpha()]

CAPITALS = "A-Z" + "".join(letter for letter in _ACCENTED if letter.isupper())
"""What stands between the brackets of a class of capitals: ``f"[{CAPITALS}]"``."""

SMALLS = "a-z" + "".join(letter for letter in _ACCENTED if letter.islower())

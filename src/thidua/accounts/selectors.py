"""What pages propose for a new account."""

from itertools import count

from thidua.accounts.models import Account
from thidua.core.text.folding import fold
from thidua.core.text.normal import one_line

SHORTEST = 3


def username_for(full_name: str) -> str:
    """Return a free login name made of ``full_name``: Nguyễn Văn Dũng is dung.nguyenvan, the next dung.nguyenvan2."""
    *before, given = [plain for word in one_line(full_name).split() if (plain := letters_of(word))] or [""]
    stem = ".".join(part for part in (given, "".join(before)) if part)
    if len(stem) < SHORTEST:
        return ""
    taken = set(Account.objects.filter(username__istartswith=stem).values_list("username", flat=True))
    known = {name.lower() for name in taken}
    numbered = (f"{stem}{number}" for number in count(2))
    return stem if stem not in known else next(name for name in numbered if name not in known)


def letters_of(word: str) -> str:
    return "".join(letter for letter in fold(word) if letter.isascii() and letter.isalnum())

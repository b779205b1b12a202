"""Which units of the tree a plan means by a body it names.

«Sở Tư pháp Lào Cai» is one unit, «các Sở Tư pháp» and «Giám đốc Sở Tư pháp các tỉnh» a kind of them, «các đơn vị»
everybody who takes part, «các đơn vị thuộc Bộ» those of the ministry itself and not the provinces', «các Cụm thi đua»
the units that lead them; a body that fits nothing («Thường trực Hội đồng») stays without a unit, for a person
to settle.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from unicodedata import normalize
from uuid import UUID

from thidua.core.text.folding import fold
from thidua.organisations.models import Unit

SEVERAL = re.compile(r"^(?:cac|tat ca|tat ca cac|toan bo|moi|tung) (?P<rest>.+)$")
EVERYONE = re.compile(
    r"^(?:tat ca )?(?:cac|moi|tung)? ?(?:don vi|co quan|to chuc|co quan don vi|tap the)"
    r"(?: (?:thuoc|truc thuoc|thanh vien|trong|co lien quan|lien quan|nhan|tham gia|khac).*)?$"
)
# The ministry's own units, also where the posts of their heads or the words around them are told.
OF_MINISTRY = re.compile(
    r"\b(?:don vi|co quan|to chuc|tap the)(?: (?:hanh chinh|su nghiep|chuc nang|tham muu))*"
    r"(?: (?:thuoc|truc thuoc|va))+ bo\b"
)
PROVINCIAL = frozenset({"province", "commune"})
# «các Cụm thi đua», «Trưởng Cụm»: whoever leads; their members («thành viên», «trong Cụm») are told in other words.
CLUSTERS = re.compile(
    r"^(?:(?:cac )?don vi (?=truong|pho|cum|khoi))?"
    r"(?:(?:truong|pho truong|pho|cum truong|cum pho|khoi truong|khoi pho|lanh dao)\b[ ,;]*(?:va )?)*"
    r"(?:(?:cac|moi|tung|tat ca cac|truong|pho truong) )*(?:cum|khoi)(?: truong| pho)?(?:[ ,;]+khoi)?(?: thi dua)?"
    r"(?: (?:thuoc|cua|trong) .*)?$"
)
# A target that begins with a body of its own: «mỗi Sở Tư pháp xây dựng …», «Mỗi Cụm thi đua lập …». Letters as written:
# folded, «số hóa» and «Sở» begin alike.
SUBJECT = re.compile(
    r"(?:(?:Mỗi|mỗi|Các|các|Từng|từng) )?"
    r"(?P<body>(?:Sở|Vụ|Cục|Tổng cục|Chi cục|Cụm|Khối|Viện|Học viện|Trường|Báo|Tạp chí|Nhà xuất bản|Hội"
    r"|Văn phòng|Phòng)(?: [\wÀ-ỹ]+){1,2})"
)
DEPUTIES = re.compile(r"\b(?:pho truong|cum pho|khoi pho|pho (?:cum|khoi))\b")
LEADS = re.compile(r"\b(?:truong|lanh dao)\b")
# «các phòng thuộc Cục», «các phòng, đơn vị thuộc Sở»: those directly below whoever launches. Its office is one of them.
BELOW = re.compile(
    r"^(?P<kinds>.+?)(?: (?:thuoc va truc thuoc|thuoc truc thuoc|thuoc|truc thuoc|cua|trong|noi bo) (?P<above>.+))?$"
)
INNER = {
    "phong": ("phong ", "van phong"),
    "phong ban": ("phong ", "ban ", "van phong"),
    **{kind: (f"{kind} ",) for kind in ("ban", "van phong", "trung tam", "chi cuc", "to", "doi", "khoa")},
}
INNER_TASKS = re.compile(r"(?: (?:chuyen mon|nghiep vu|chuc nang|tham muu|su nghiep|hanh chinh))+$")
EVERY_INNER = frozenset({"don vi", "co quan", "tap the"})
# «Sở Tư pháp các tỉnh», «Sở Tư pháp địa phương»: each unit of a kind; which of them further words mean is not told
# by names, so all of the kind are meant: a term too many is seen, one too few is lost.
EVERYWHERE = re.compile(
    r"^(?P<kind>.+?) (?:(?:cua |o )?(?:(?:cac|34|63|tat ca cac|toan bo) )?"
    r"(?:tinh|thanh pho|dia phuong|bo|nganh|quan|huyen|xa|phuong)(?: .*)?"
    r"|(?:moi|hinh thanh|thanh lap|co|chua|duoc|tren|trong|khac)(?: .*)?)$"
)
# How a body's name begins: such a body that is no receiving unit is somebody else, not everybody.
BODY = re.compile(
    r"^(?:so|vu|cuc|tong cuc|chi cuc|van phong|ban (?!hanh|ve)|hoi(?! nghi)|cum|khoi|phong|trung tam"
    r"|bao (?!cao)|tap chi|hoc vien|vien|truong|uy ban|ubnd|dang uy|cong doan|doan|to (?!chuc)|bo|thuong truc"
    r"|nha xuat ban|thu tuong|thi hanh an|toa an|vu truong|cuc truong|giam doc|chanh|thu ky)\b"
)
# «cơ quan thi hành án»: in a list, a body of its own.
SOME_BODY = re.compile(r"^(?:(?:cac|moi|tung) )?(?:co quan|to chuc|don vi) \w")
POST = re.compile(
    r"^(?:thu truong|lanh dao|nguoi dung dau|(?:pho |tong )?giam doc|chanh|pho chanh|truong|pho truong|vu truong"
    r"|(?:tong |chi )?cuc truong|vien truong|hieu truong|tong bien tap|(?:pho )?chu tich) "
)
# What asks a body, before it, and what it is to do, after it: «Đề nghị các Sở …», «Giám đốc Sở … chỉ đạo».
ASKING = re.compile(r"^(?:de nghi|yeu cau|giao) ")
DOING = re.compile(r" (?:chi dao|chiu trach nhiem|co trach nhiem|chu dong|chu tri|phoi hop)(?: .*)?$")
AND = re.compile(r"\s*(?:[,;]|\bva\b)\s*")
# What may stand between the parts of a name or be left out of it.
LEVEL_WORDS = re.compile(r" (?:tinh|thanh pho) (?=\w)")
LEFT = re.compile(r"[^a-z0-9,;]+")
IN_BRACKETS = re.compile(r"\([^()]*\)")
SHORTEST_NAME = 4
NAMED = "_"
"""Stands where a unit's whole name stood."""
POSTS = frozenset({"truong", "chanh", "pho truong", "giam doc", "chu tich"})


@dataclass(frozen=True, slots=True)
class BodyMatch:
    """The units meant; ``everyone``: all who take part; ``elsewhere``: a body that takes no part.

    ``strangers``: the bodies of a list, as written, that mean none of the units.
    """

    units: tuple[Unit, ...] = ()
    everyone: bool = False
    elsewhere: bool = False
    strangers: tuple[str, ...] = ()

    @property
    def is_settled(self) -> bool:
        return self.everyone or bool(self.units)


@dataclass(frozen=True, slots=True)
class Led:
    """A cluster and the ids of the units that lead it."""

    name: str
    lead: UUID | None
    deputies: tuple[UUID, ...] = ()


class Directory:
    """Finds units by the names plans use for them; names are folded once."""

    def __init__(
        self, units: Iterable[Unit], clusters: Iterable[Led] = (), launching: Unit | None = None
    ) -> None:
        self.units, self.launching = tuple(units), launching
        self.clusters = {plain(IN_BRACKETS.sub(" ", led.name)): led for led in clusters}
        self.by_name: dict[str, list[Unit]] = {}
        for unit in self.units:
            for name in names_of(unit):
                self.by_name.setdefault(name, []).append(unit)
        self.longest_first = sorted(
            (n for n in self.by_name if len(n) >= SHORTEST_NAME), key=len, reverse=True
        )
        self.kinds = {plain(unit.kind.name): unit.kind_id for unit in self.units}
        self.known: dict[str, BodyMatch] = {}

    def find(self, body: str) -> BodyMatch:
        """Return the units that ``body`` names; see the module for the forms known."""
        if body not in self.known:
            words = plain(IN_BRACKETS.sub(" ", body))
            outside = self._find(words)
            inside = plain(" ; ".join(found[1:-1] for found in IN_BRACKETS.findall(body)))
            is_told = outside.is_settled and not CLUSTERS.match(words)
            match = outside if is_told or not inside else self._first(outside, inside)
            self.known[body] = replace(match, strangers=tuple(written(one, body) for one in match.strangers))
        return self.known[body]

    def _first(self, outside: BodyMatch, inside: str) -> BodyMatch:
        """Return the units in brackets: «Trưởng Cụm (Cục Hành chính tư pháp)»; else what stood outside."""
        found = self._find(inside)
        return found if found.units else outside

    def _find(self, named: str) -> BodyMatch:
        if not named:
            return BodyMatch()
        if exact := self.by_name.get(named):
            return BodyMatch(tuple(exact))
        if leads := self._leading(named):
            return BodyMatch(tuple(leads))
        if below := self._below(named):
            return BodyMatch(tuple(below))
        found, rest = self._named_in(named)
        everyone = False
        strangers = []
        for piece in pieces_of(rest):
            own = self._of_ministry(piece)
            all_of_them = own is None and bool(EVERYONE.match(piece))
            meant = own if own is not None else self._of_kinds(piece)
            is_told = meant or all_of_them or NAMED in piece.split() or is_post(piece)
            if not is_told and (is_body(piece) or SOME_BODY.match(piece)):
                strangers.append(piece)
            everyone = everyone or all_of_them
            found += meant
        elsewhere = not found and not everyone and is_body(named)
        return BodyMatch(tuple(dict.fromkeys(found)), everyone, elsewhere, tuple(strangers))

    def _named_in(self, named: str) -> tuple[list[Unit], str]:
        """Return the units whose whole name stands in the words, the longest names first, and what is left."""
        found: list[Unit] = []
        rest = f" {named.replace(',', ' , ').replace(';', ' ; ')} "
        rest = re.sub(r" +", " ", rest)
        for name in self.longest_first:
            inside = f" {name} "
            if inside in rest:
                found += self.by_name[name]
                rest = rest.replace(inside, f" {NAMED} ")
        return found, rest.strip()

    def _of_ministry(self, piece: str) -> list[Unit] | None:
        """Return the ministry's own units where the piece means them, None where it means something else.

        An inner division stands for nobody as long as its own unit could.
        """
        if not OF_MINISTRY.search(piece):
            return None
        own = [unit for unit in self.units if unit.kind.level not in PROVINCIAL]
        return [unit for unit in own if not unit.is_small_collective] or own

    def _leading(self, named: str) -> list[Unit]:
        """Return the units that lead the cluster named, or all clusters; deputies where the words ask for them."""
        words = several(named)
        one = self.clusters.get(words)
        if one is None and not CLUSTERS.match(named):
            return []
        deputies = DEPUTIES.search(named) is not None
        leads = not deputies or LEADS.search(DEPUTIES.sub(" ", named)) is not None
        leading: set[UUID | None] = set()
        for led in [one] if one else self.clusters.values():
            leading |= {*([led.lead] if leads else ()), *(led.deputies if deputies else ())}
        return [unit for unit in self.units if unit.pk in leading]

    def _below(self, named: str) -> list[Unit]:
        """Return the units directly below whoever launches that are of the kinds named: «cac phong thuoc cuc».

        A top has bodies of its own kinds below it, told in other words.
        """
        found = BELOW.match(named)
        if self.launching is None or self.launching.parent_id is None or not found:
            return []
        above = found["above"] or ("" if SEVERAL.match(found["kinds"]) else "elsewhere")
        if above not in EVERY_INNER and not f"{plain(self.launching.name)} ".startswith(
            above and f"{above} "
        ):
            return []
        kinds = [INNER_TASKS.sub("", several(POST.sub("", piece))) for piece in AND.split(found["kinds"])]
        if not any(kind in INNER for kind in kinds) or not INNER.keys() | EVERY_INNER >= set(kinds):
            return []
        begun = tuple(word for kind in kinds for word in INNER.get(kind, ("",)))
        below = (unit for unit in self.units if unit.parent_id == self.launching.pk)
        return [unit for unit in below if plain(unit.name).startswith(begun)]

    def _of_kinds(self, piece: str) -> list[Unit]:
        """Return the units meant beside the names in the piece."""
        return [unit for words in piece.split(f" {NAMED} ") for unit in self._of_kind(words)]

    def _of_kind(self, piece: str) -> list[Unit]:
        """Return the units of the kind that the piece names: «cac so tu phap», or «so tu phap» alone.

        «thi hanh an dan su cac tinh» names units by how their names begin, whatever their kind is called; in the
        singular only a body of which each province has its own.
        """
        words = several(piece)
        if piece in POSTS:
            return []
        kind = self.kinds.get(words)
        plural = words != piece
        return [u for u in self.units if u.kind_id == kind or begins(u, words, plural=plural)]


def begins(unit: Unit, words: str, *, plural: bool) -> bool:
    """Say whether the unit's name begins with the words of its kind."""
    if not plural and (unit.kind.level not in PROVINCIAL or " " not in words):
        return False
    begun = f"{words} "
    return len(begun) > SHORTEST_NAME and plain(unit.name).startswith(begun)


def written(piece: str, body: str) -> str:
    """Return the folded piece as it stands in the words of the plan."""
    composed = normalize("NFC", body)
    found = re.search(r"[^a-z0-9]+".join(piece.split()), fold(composed))
    return composed[found.start() : found.end()] if found else composed


def is_post(piece: str) -> bool:
    """Say whether the piece is the post alone, whose body stands beside it."""
    return piece in POSTS or POST.fullmatch(f"{piece} ") is not None


def is_body(named: str) -> bool:
    return bool(BODY.match(several(named)) or OF_MINISTRY.search(named))


def is_somebody(words: str) -> bool:
    """Say whether the words name a body or everybody, told by their form alone."""
    named = plain(words)
    return is_body(named) or any(EVERYONE.match(piece) for piece in pieces_of(named))


def several(piece: str) -> str:
    """Return the kind in the singular: without the head's post, «các» and «các tỉnh, thành phố»."""
    words = POST.sub("", piece)
    if found := SEVERAL.match(words):
        words = found["rest"]
    if found := EVERYWHERE.match(words):
        words = found["kind"]
    return words


def pieces_of(rest: str) -> Iterator[str]:
    """Yield the bodies of a list; «các tỉnh, thành phố» is one tail, «cơ quan, đơn vị» one body."""
    rest = re.sub(r"\b(?:co quan|to chuc)\s*,?\s*(?:va )?(?=don vi|to chuc)", "", rest)
    rest = re.sub(r"\bthuoc\s*,?\s*(?:va )?truc thuoc\b", "thuoc", rest)
    joined = re.sub(r"\b(tinh|quan|huyen|xa|bo)\s*,\s*(?=thanh pho|huyen|phuong|nganh|thi xa)", r"\1 ", rest)
    for piece in AND.split(joined):
        asked = DOING.sub("", ASKING.sub("", " ".join(piece.split())))
        if words := POST.sub("", asked):
            yield words


def may_be_for(unit: Unit, sentence: str) -> bool:
    """Say whether a sentence that may begin with a body can be this unit's: it names no body, or the unit's kind."""
    found = SUBJECT.match(sentence)
    if found:
        return plain(unit.name).startswith(plain(found["body"]))
    return unit.kind.level not in PROVINCIAL or not OF_MINISTRY.search(plain(sentence))


def plain(text: str) -> str:
    """Fold and keep letters, figures, commas and semicolons, single blanks between words."""
    return " ".join(LEFT.sub(" ", fold(text)).split())


def names_of(unit: Unit) -> set[str]:
    """Return the names by which plans call a unit, with and without the level of its place."""
    names = {plain(name) for name in (unit.name, unit.short_name) if name}
    return names | {LEVEL_WORDS.sub(" ", name) for name in names}

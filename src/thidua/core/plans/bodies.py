"""The names of bodies as plans write them: what such a name begins with, and how it is cased."""

import re

from thidua.core.text.syllables import syllable

# The first words of a body's name, in lower case; a name in a list keeps «các» before it.
HEADS = (
    "ủy ban", "uỷ ban", "ubnd", "hđnd", "ubmttq", "mttq", "hội đồng", "đảng ủy", "đảng uỷ", "đảng đoàn",
    "huyện ủy", "tỉnh ủy", "thành ủy", "quận ủy", "thị ủy", "ban", "bộ", "sở", "phòng", "văn phòng", "cục",
    "chi cục", "tổng cục",
    "vụ", "thanh tra", "viện", "tòa án", "toà án", "kiểm toán", "kho bạc", "bảo hiểm xã hội", "ngân hàng",
    "trung tâm", "trường", "học viện", "đại học", "bệnh viện", "trạm", "nhà", "báo", "đài", "tạp chí",
    "cổng thông tin", "hội", "liên hiệp", "liên đoàn", "liên minh", "công đoàn", "đoàn", "mặt trận",
    "cơ quan", "đơn vị", "cụm", "khối thi đua", "khối", "khu vực", "tổ", "đội", "tập đoàn", "tổng công ty",
    "công ty", "doanh nghiệp", "hợp tác xã", "quỹ", "chi bộ", "đảng bộ", "chi đoàn", "công an", "quân khu",
    "bộ đội", "bộ phận", "quân chủng", "binh chủng",
    "liên đội", "chi đội",
    "hải đội", "đại đội", "các tổ chức", "bộ chỉ huy", "bộ tư lệnh", "lữ đoàn", "sư đoàn", "trung đoàn",
    "tiểu đoàn", "hạt", "xí nghiệp", "nhà máy", "chi nhánh", "thường trực", "khoa", "đồn", "thôn", "ấp", "bản",
    "xã", "hải đoàn",
    "phường", "thị trấn", "quận", "huyện", "thị xã", "thành phố", "tỉnh", "hiệp hội", "chi hội", "câu lạc bộ",
    "tiểu ban", "nhóm", "gia đình", "ngành", "vpubnd", "stp", "ttytế", "trung ương",
    "lđlđ", "cđcs", "đoàn thể", "chính phủ", "quốc hội",
)  # fmt: skip
# People who stand for their bodies.
OFFICES = (
    "thủ tướng", "thống đốc", "tổng thanh tra", "tổng kiểm toán",
    "thủ trưởng", "hiệu trưởng", "giám đốc", "tổng giám đốc", "chủ tịch", "phó chủ tịch", "chủ nhiệm", "trưởng",
    "phó trưởng", "phó", "chánh văn phòng", "chánh thanh tra", "chánh án", "viện trưởng", "bí thư",
    "phó bí thư", "cục trưởng", "chi cục trưởng", "vụ trưởng", "bộ trưởng", "thứ trưởng", "lãnh đạo",
    "người đứng đầu", "cấp ủy", "cấp uỷ", "thành viên", "ủy viên", "tổng phụ trách", "cán bộ", "công chức",
    "viên chức", "đảng viên", "đoàn viên", "hội viên", "giáo viên", "tổ trưởng", "đội trưởng", "khối trưởng",
    "cụm trưởng", "khối phó", "cụm phó", "trưởng khối", "trưởng cụm", "tổng biên tập", "tư lệnh", "chỉ huy",
    "kế toán", "chuyên viên", "người lao động", "đồng chí", "cấp hội", "các cấp", "địa phương",
    "ban giám hiệu",
)  # fmt: skip

_LIST = r"(?:(?:các|những|mỗi|từng|tất cả|toàn thể|một số|riêng)\s+)*"
BODY = "|".join(sorted((re.escape(head) for head in (*HEADS, *OFFICES)), key=len, reverse=True))
# A paper and no village: «Bản đăng ký …», «bản cam kết».
PAPER = r"bản(?=\s*\Z|\s+(?:đăng|giao|cam|báo|tổng|kế|tự|thuyết|kiểm|sao|mềm|giấy|thành|lĩnh|sắc)\b)"
STARTS_BODY = re.compile(rf"{_LIST}(?!{PAPER})(?:{BODY})\b", re.IGNORECASE)
# What the second line of a name begins with: «ỦY BAN NHÂN DÂN» / «TỈNH SƠN HÀ».
_PLACE_WORDS = (
    "tỉnh", "thành phố", "huyện", "quận", "thị xã", "thị trấn", "xã", "phường", "đặc khu", "khu vực", "thôn",
    "ấp", "bản", "trung ương", "ngành", "khối", "nhà",
)  # fmt: skip
_NAME_HEADS = sorted((head for head in HEADS if head not in _PLACE_WORDS), key=len, reverse=True)
_HEAD_LINE = re.compile(rf"(?:{'|'.join(map(re.escape, _NAME_HEADS))})\b", re.IGNORECASE)
# Organs that have no name of their own: «Ban Thường vụ» of whom?
_ORGANS = re.compile(
    r"(?:ban thường vụ|ban chấp hành|ban chỉ đạo|ban tổ chức|hội đồng thi đua|thường trực|văn phòng|ban giám hiệu)\b",
    re.IGNORECASE,
)
_GOVERNMENT = re.compile(r"(?:ubnd|(?:ủy|uỷ) ban nhân dân)\s+(?P<place>.+)", re.IGNORECASE)
_BEFORE_CAPITAL = "sở|bộ|cục|vụ|phòng|ban|hội|công ty|viện|học viện|trung tâm|liên đoàn|và|ngành|đại học"
_WORDS_CASED = re.compile(rf"\b(?P<head>{_BEFORE_CAPITAL}) (?P<word>\w+)", re.IGNORECASE)
_NOT_CASED = ("nhân", "và", "các", "thuộc", "chỉ", "huy", "tỉnh", "thành", "huyện", "xã", "số", "đồng")

_PLACES = re.compile(
    r"\b(tỉnh|thành phố|tp\.?|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu)\s+(?P<name>[^,;–-]+)",
    re.IGNORECASE,
)
_SCHOOL = re.compile(r"\b(?P<kind>thcs|thpt|tiểu học|mầm non|mẫu giáo) (?P<name>[^,;–\d-]+)", re.IGNORECASE)
_ACRONYMS = re.compile(r"\b(UBND|HĐND|UBMTTQ|MTTQ|TNCS|TP|THADS|BHXH|THPT|THCS|TNHH|MTV|TĐKT|[IVX]+)\b")
# Proper names that no word before them announces.
_PROPER_NAMES = (
    "Hồ Chí Minh", "Việt Nam", "Hà Nội", "Đà Nẵng", "Hải Phòng", "Cần Thơ", "Huế", "Điện Biên", "Cao Bằng",
    "Lạng Sơn", "Lào Cai", "Lai Châu", "Sơn La", "Thái Nguyên", "Phú Thọ", "Bắc Ninh", "Quảng Ninh", "Hưng Yên",
    "Ninh Bình", "Thanh Hóa", "Nghệ An", "Hà Tĩnh", "Quảng Trị", "Quảng Ngãi", "Gia Lai", "Khánh Hòa", "Đắk Lắk",
    "Lâm Đồng", "Đồng Nai", "Tây Ninh", "Vĩnh Long", "Đồng Tháp", "An Giang", "Cà Mau", "Tuyên Quang", "Trường Sa",
    "Hoàng Sa", "Biển Đông",
)  # fmt: skip
_PROPER = re.compile(rf"\b(?:{'|'.join(_PROPER_NAMES)})\b", re.IGNORECASE)
_SPELLED = {name.lower(): name for name in _PROPER_NAMES}


def starts_body(text: str) -> bool:
    """Say whether ``text`` begins with the name of a body or of an office."""
    return STARTS_BODY.match(text) is not None


def begins_new_name(line: str) -> bool:
    """Say whether a header line in capitals begins the name of another body."""
    return _HEAD_LINE.match(line) is not None


def plain_case(name: str) -> str:
    """Return a name set in capitals as running text writes it; names of places keep their capitals."""
    lowered = name.lower()
    cased = _WORDS_CASED.sub(_cased_word, lowered[:1].upper() + lowered[1:])
    cased = _SCHOOL.sub(lambda match: f"{match['kind']} {match['name'].title()}", cased)
    cased = _PLACES.sub(lambda match: f"{match[1]} {match['name'].title()}", cased)
    cased = _PROPER.sub(lambda match: _SPELLED[match.group().lower()], cased)
    kept = {match.group().lower(): match.group() for match in _ACRONYMS.finditer(name)}
    kept |= {word.lower(): word for word in name.split() if word.isalpha() and syllable(word) is None}
    return " ".join(kept.get(word.lower(), word) for word in cased.split())


def _cased_word(match: re.Match[str]) -> str:
    word = match["word"]
    return f"{match['head']} {word if word in _NOT_CASED else word.capitalize()}"


def full_name(own: str, parent: str) -> str:
    """Return the name of a body with what its superior's name adds: the place, or whose organ it is."""
    if parent and _ORGANS.match(own) and parent.lower() not in own.lower():
        return f"{own} {parent}"
    government = _GOVERNMENT.match(parent)
    if government and government["place"].lower() not in own.lower() and not _GOVERNMENT.match(own):
        return f"{own} {government['place']}"
    return own


def as_in_text(name: str, text: str) -> str:
    """Return the name set in capitals as ``text`` writes it elsewhere in running letters, else in plain case."""
    wanted = re.compile(r"\s+".join(map(re.escape, name.split())), re.IGNORECASE)
    for match in wanted.finditer(text):
        if not match.group().isupper():
            return " ".join(match.group().split())
    return plain_case(name)

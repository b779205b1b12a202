"""Who a phrase speaks of: collectives, individuals or households. The nouns are data."""

import re
from typing import Literal

Kind = Literal["collective", "individual", "household"]

# The head nouns of those who bear awards, take part or are counted; the longer before what it begins with.
_HOUSEHOLDS = r"hộ(?:\s+(?:gia\s+đình|dân|nghèo|cận\s+nghèo|kinh\s+doanh))?|gia\s+đình|(?:dòng|tộc)\s+họ"
_INDIVIDUALS = (
    r"cá\s+nhân|cán\s+bộ|công\s+chức|viên\s+chức|người|giáo\s+viên|giảng\s+viên|nhà\s+giáo|học\s+sinh|sinh\s+viên"
    r"|học\s+viên|hội\s+viên|đoàn\s+viên|đảng\s+viên|thanh\s+niên|phụ\s+nữ|nông\s+dân|công\s+nhân|chiến\s+sĩ|chiến\s+sỹ"
    r"|sĩ\s+quan|luật\s+sư|nhân\s+viên|nhân\s+dân|đồng\s+chí|thủ\s+trưởng|công\s+dân|cộng\s+tác\s+viên|hòa\s+giải\s+viên"
    r"|hoà\s+giải\s+viên|công\s+chứng\s+viên|chấp\s+hành\s+viên|bác\s+sĩ|bác\s+sỹ|y\s+sĩ|điều\s+dưỡng|nhà\s+khoa\s+học"
    r"|doanh\s+nhân|nghệ\s+nhân|kiểm\s+sát\s+viên|thẩm\s+phán|thẩm\s+tra\s+viên|thư\s+ký|điều\s+tra\s+viên|thành\s+viên"
    r"|trợ\s+giúp\s+viên|lao\s+động\s+tiên\s+tiến|chiến\s+sĩ\s+thi\s+đua|gương|trưởng\s+(?:thôn|bản|phòng|ban)|lao\s+động"
    r"|quần\s+chúng|kiều\s+bào|trí\s+thức|lãnh\s+đạo|đội\s+viên|tác\s+giả|hội\s+thẩm|bệnh\s+nhân|công\s+an\s+viên|tài\s+xế"
    r"|thầy\s+(?:và\s+|,\s*)?cô(?:\s+giáo)?|thầy\s+(?:giáo|thuốc)|cô\s+giáo|em(?:\s+học\s+sinh)?|cháu|cụ|bà\s+con|quân\s+nhân"
    r"|cựu\s+chiến\s+binh|thương\s+binh|bệnh\s+binh|dân\s+quân|ngư\s+dân|tiểu\s+thương|già\s+làng|phụ\s+huynh|lái\s+xe|thợ"
    r"|thiếu\s+niên|thiếu\s+nhi|nhi\s+đồng|thí\s+sinh|đại\s+biểu|chức\s+sắc|chức\s+việc|hộ\s+sinh|y\s+tá|chuyên\s+gia"
    r"|(?:tổ|xã)\s+viên|(?:tổ|đội|nhóm)\s+trưởng|trưởng\s+(?:ấp|xóm|khóm|khu\s+phố|tổ)|bí\s+thư|chủ\s+hộ|báo\s+cáo\s+viên"
    r"|nhà\s+(?:báo|văn|thơ|nghiên\s+cứu|sáng\s+chế|nông|quản\s+lý|hảo\s+tâm)"
)
_COLLECTIVES = (
    r"tập\s+thể|đơn\s+vị|cơ\s+sở|cơ\s+quan|tổ\s+chức|phòng|ban|sở|bộ|ngành|vụ|cục|chi\s+cục|tổng\s+cục|viện|trung\s+tâm|trường"
    r"|nhà\s+trường|lớp|khoa|đội|tổ|nhóm|thôn|bản|ấp|khu\s+phố|khu\s+dân\s+cư|xã|phường|thị\s+trấn|huyện|quận|tỉnh"
    r"|thành\s+phố|thị\s+xã|địa\s+phương|doanh\s+nghiệp|công\s+ty|hợp\s+tác\s+xã|cụm|khối|khu\s+vực|chi\s+bộ|đảng\s+bộ"
    r"|chi\s+hội|chi\s+đoàn|hội|công\s+đoàn|đoàn|mặt\s+trận|cấp\s+hội|cấp\s+ủy|đoàn\s+thể|ủy\s+ban|uỷ\s+ban|ubnd"
    r"|văn\s+phòng|trạm|bệnh\s+viện|nhà\s+máy|phân\s+xưởng|xí\s+nghiệp|nông\s+trường|tòa\s+án|toà\s+án|kho\s+bạc|thanh\s+tra"
    r"|đại\s+đội|tiểu\s+đoàn|trung\s+đoàn|lữ\s+đoàn|sư\s+đoàn|chi\s+nhánh|báo(?!\s+cáo)|tạp\s+chí|học\s+viện|dân\s+tộc|cộng\s+đồng"
    r"|câu\s+lạc\s+bộ|tòa\s+soạn|công\s+an|quân\s+đội|lực\s+lượng|thành\s+viên\s+(?:trong\s+)?(?:các\s+|của\s+)?(?:cụm|khối)"
    r"|thành\s+viên\s+trong\s+các\s+cụm|tỉnh\s+hội|thành\s+hội|liên\s+đoàn|hiệp\s+hội|tập\s+đoàn|tổng\s+công\s+ty"
    r"|nhà\s+(?:thầu|đầu\s+tư|tài\s+trợ|hàng|thờ|chùa|văn\s+hóa|sách|thiếu\s+nhi)|chủ\s+đầu\s+tư|(?:liên|chi|phân|trung|tiểu|hải)\s+đội"
    r"|hải\s+đoàn|phân\s+(?:hiệu|viện)|chi\s+ủy|đồn|hạt|xóm|buôn|làng|khóm|phum|sóc|khu|đặc\s+khu|chợ|siêu\s+thị|khách\s+sạn"
    r"|cửa\s+hàng|ngân\s+hàng|bưu\s+(?:điện|cục)|lâm\s+trường|trang\s+trại|chung\s+cư|đài|thư\s+viện|bảo\s+tàng"
    r"|trại\s+(?:giam|tạm\s+giam)|chùa|giáo\s+(?:xứ|họ)|họ\s+đạo|liên\s+(?:minh|hiệp|chi)|đại\s+lý|bếp\s+ăn"
)
# Words that may stand before the head noun and do not change who is meant.
_LEAD = re.compile(
    r"(?:(?:các|những|mọi|mỗi|từng|toàn\s+thể|toàn\s+bộ|toàn|tất\s+cả|đông\s+đảo|đội\s+ngũ|một|đối\s+với|với|là|cho"
    r"|số|tổng\s+số|trên|dưới|ít\s+nhất|tối\s+thiểu|gồm|bao\s+gồm|tập\s+thể\s+nhỏ|của|về|\d+%?|danh\s+hiệu|“)\s+|[“\"'*]+)*",
    re.IGNORECASE,
)
# Whose trade or office ends so is a person: "kiểm lâm viên", "kỹ sư", "nghệ sĩ".
_PERSONS = r"(?!công\s+viên)[^\W\d_]+\s+(?:(?!và\s)[^\W\d_]+\s+)?(?:viên|sư|sĩ|sỹ)"
_NOUN = re.compile(
    rf"(?:(?P<household>{_HOUSEHOLDS})|(?P<member>thành\s+viên\s+(?:trong\s+|của\s+)?(?:các\s+)?(?:cụm|khối))"
    rf"|(?P<individual>{_INDIVIDUALS})|(?P<collective>{_COLLECTIVES})|(?P<person>{_PERSONS}))(?!\w)",
    re.IGNORECASE,
)
_AND = re.compile(r"[,;/]|(?<!\w)(?:và|hoặc|hay|cùng)(?!\w)", re.IGNORECASE)


def kind_of(phrase: str) -> Kind | None:
    """Return who the head noun of ``phrase`` stands for: "các đơn vị thuộc Sở" is a collective."""
    match = _NOUN.match(phrase, _lead_end(phrase))
    if match is None:
        return None
    if match["household"]:
        return "household"
    return "individual" if match["individual"] or match["person"] else "collective"


def kinds_of(phrase: str) -> tuple[Kind, ...]:
    """Return every kind named in a list such as "hộ gia đình, cá nhân", in order."""
    found: list[Kind] = []
    for part in _AND.split(phrase):
        kind = kind_of(part.strip())
        if kind and kind not in found:
            found.append(kind)
    return tuple(found)


def _lead_end(phrase: str) -> int:
    match = _LEAD.match(phrase)
    return match.end() if match else 0

"""Who gives an award: the post or body as written, and its level."""

import re
from dataclasses import dataclass

from thidua.core.text.folding import fold

_POST = (
    r"Chủ\s+tịch\s+nước|Thủ\s+tướng(?:\s+Chính\s+phủ)?|Chính\s+phủ|(?:Phó\s+)?Chủ\s+tịch|Bộ\s+trưởng|Thứ\s+trưởng|Tổng\s+[Gg]iám\s+đốc"
    r"|Giám\s+đốc|Chủ\s+nhiệm(?=\s+[A-ZĐ])|Tổng\s+[Cc]ục\s+trưởng|Chi\s+[Cc]ục\s+trưởng|Cục\s+trưởng|Vụ\s+trưởng|Trưởng\s+(?:[Pp]hòng|[Bb]an|[Cc]ụm|[Cc]ục|[Kk]hối|[Kk]hu\s+vực|[Đđ]oàn)"
    r"|[Hh]iệu\s+trưởng|[Nn]hà\s+trường|Viện\s+trưởng|Chánh\s+(?:án|Văn\s+phòng|Thanh\s+tra)|[Tt]hủ\s+trưởng|[Nn]gười\s+đứng\s+đầu|Bí\s+thư"
    r"|Tổng\s+[Bb]iên\s+tập|Tư\s+lệnh|Chỉ\s+huy\s+trưởng|(?:Lữ|Trung|Sư)\s+đoàn(?:\s+trưởng)?|Chính\s+ủy|Quân\s+(?:khu|chủng)|Tổng\s+[Tt]hư\s+ký|(?:Hội\s+đồng|Vụ|Ban|Phòng)\s+Thi\s+đua\s*[,–-]?\s*[Kk]hen\s+thưởng|Hội\s+đồng|Ban\s+(?:Thường\s+vụ|Chấp\s+hành|Chỉ\s+đạo"
    r"|Giám\s+đốc|Tổ\s+chức)|(?:Ủy|Uỷ)\s+ban|UBND|(?:Bộ|Sở|Cục|Hội|Vụ|Phòng|Văn\s+phòng|Ban|Chi\s+cục|Trung\s+ương)(?=\s+[A-ZĐ])|Tổng\s+[Cc]ục|Tổng\s+Liên\s+đoàn|Liên\s+đoàn|Công\s+đoàn|(?:Tỉnh|Thành|Huyện|Quận|Xã)\s+[Đđ]oàn|Đoàn\s+(?:xã|phường|[Tt]rường|Thanh\s+niên|TNCS)|(?:Tỉnh|Thành|Huyện|Trung\s+ương)\s+[Hh]ội|(?:Tỉnh|Thành|Huyện|Đảng|Quận)\s+[uủ]ỷ|(?:Tỉnh|Thành|Huyện|Đảng|Quận)\s+ủy|[Cc]ấp\s+trên"
)
# Words that end the name of an authority: what it does, for whom, when.
_NAME_ENDS = (
    r"tặng|khen|thưởng|xem|xét|cho|quyết|ký|trao|đối\s+với|công\s+nhận|biểu|chọn|tuyên|ban\s+hành|trình|phê|phân\s+(?:bổ|công|cấp)|có|sẽ|đã|về|theo"
    r"|trong|từ|là|mỗi|không|để|gửi|nhận|tại|vào|khi|với|tổ\s+chức|hỗ\s+trợ|phát\s+động|chỉ\s+đạo|giao|được|đề\s+nghị"
    r"|tối\s+đa|trước|chậm|muộn|đúng|như|bằng|lựa|thực\s+hiện|năm|các|kèm|\d"
    r"|phân\s+(?:bổ|công)|bình\s+chọn|suy\s+tôn|tôn\s+vinh|thống\s+nhất|thông\s+báo|công\s+bố|yêu\s+cầu|căn\s+cứ|hướng\s+dẫn"
    r"|dự\s+(?:thảo|kiến)|hồ\s+sơ|kết\s+quả|báo\s+cáo|danh\s+sách|triển\s+khai|tiến\s+hành|quy\s+định|xác\s+nhận|chủ\s+trì|phối\s+hợp|hoặc|Giấy|Bằng|Cờ"
)
_AUTHORITY = re.compile(
    rf"""(?<![\w])(?P<name>(?:{_POST})(?!\w)
    (?:(?:\s+|\s*[-–]\s*|,\s+(?=(?:Thể\s+thao|Thương\s+binh|thành\s+phố|thị\s+xã|quận|huyện|xã|phường|thị\s+trấn|đặc\s+khu|ngành|ban)\b)
         |\s+và\s+(?=[A-ZĐ]))(?!(?:{_NAME_ENDS})(?!\w))(?!và(?!\w))[\wÀ-ỹ&]+){{0,20}})""",
    re.VERBOSE,
)
# Tried in order on the folded name.
_LEVELS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (level, re.compile(words))
    for level, words in (
        ("NHA_NUOC", r"chu tich nuoc|thu tuong|cap nha nuoc"),
        ("CHINH_PHU", r"\Achinh phu"),
        ("PHONG", r"truong phong|\Aphong\b"),
        ("HUYEN", r"(?:ubnd|uy ban|chu tich|huyen uy|lien doan).*\b(?:huyen|quan|thi xa|uy(?! ban))\b"),
        ("XA", r"(?:ubnd|uy ban|chu tich).*\b(?:xa|phuong|thi tran|dac khu)\b"),
        ("SO", r"giam doc so|\Aso\b"),
        (
            "TINH",
            r"(?:uy ban|ubnd|hoi dong|tinh uy|thanh uy|lien doan|ban thuong vu).*\b(?:tinh|thanh pho|uy(?! ban))\b",
        ),
        ("BO", r"bo truong|\Abo\b|trung uong|viet nam\b|tong lien doan|nganh\b"),
        ("CO_SO", r"hieu truong|chi cuc truong|chi nhanh"),
        (
            "DON_VI",
            r"cuc truong|tong cuc|vien truong|thu truong|giam doc|chanh|tong bien tap|vu truong|nguoi dung dau",
        ),
    )
)


@dataclass(frozen=True, slots=True)
class Authority:
    start: int
    end: int
    name: str

    @property
    def level(self) -> str | None:
        return level_of(self.name)


def find_authorities(text: str, start: int, end: int) -> list[Authority]:
    """Return the posts and bodies named in ``text[start:end]``, in order."""
    return [
        Authority(match.start(), match.end(), " ".join(match["name"].split()))
        for match in _AUTHORITY.finditer(text, start, end)
    ]


def level_of(name: str) -> str | None:
    words = fold(name)
    return next((level for level, wording in _LEVELS if wording.search(words)), None)

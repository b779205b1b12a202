"""What each field of a plan is made of: the parts a person may see and change, in the order shown.

The names of fields and parts are those of the printed reading (docs/plan-format.md).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Text = str | Promise
Choices = tuple[tuple[str, Text], ...]


class PartKind(StrEnum):
    """How a part is written and checked."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"  # a full date
    PARTIAL = "partial"  # ISO at the precision stated: 2026, 2026-Q3, 2026-H1, 2026-06, 2026-06-30, --03-31
    CHOICE = "choice"
    NUMBER = "number"
    FIGURE = "figure"  # a number or a range
    LINES = "lines"  # several, one a line
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an item. ``codes`` read as words in a line or lines; anything else stands as written."""

    name: str
    label: Text
    kind: PartKind = PartKind.LINE
    required: bool = False
    choices: Choices = ()
    codes: Choices = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """One field of a plan. ``single``: the document has it once."""

    field: str
    label: Text
    parts: tuple[Part, ...]
    section: str
    single: bool = False
    main: str = ""  # the part that names an item in lists

    @property
    def main_part(self) -> str:
        return self.main or self.parts[0].name


RELATIONS: Choices = (
    ("before", _("trước")),
    ("on", _("vào")),
    ("by", _("chậm nhất")),
    ("until", _("đến hết")),
    ("after", _("sau")),
    ("with", _("cùng với")),
    ("from", _("từ")),
    ("at_start", _("ngay từ đầu")),
    ("weekly", _("hằng tuần")),
    ("monthly", _("hằng tháng")),
    ("quarterly", _("hằng quý")),
    ("yearly", _("hằng năm")),
)
OPERATIONS: Choices = (
    ("qualitative", _("định tính")),
    ("=", "="),
    (">=", "≥"),
    ("<=", "≤"),
    (">", ">"),
    ("<", "<"),
    ("range", _("trong khoảng")),
)
DOCUMENT_TYPES: Choices = (
    ("KE_HOACH", _("Kế hoạch")),
    ("QUYET_DINH", _("Quyết định")),
    ("NOI_DUNG_PHAT_DONG", _("Nội dung phát động")),
    ("LOI_PHAT_DONG", _("Lời phát động")),
    ("CONG_VAN", _("Công văn")),
    ("HUONG_DAN", _("Hướng dẫn")),
    ("CHI_THI", _("Chỉ thị")),
    ("GIAO_UOC", _("Giao ước")),
    ("BAO_CAO", _("Báo cáo")),
    ("THONG_BAO", pgettext_lazy("one", "Thông báo")),
    ("TO_TRINH", _("Tờ trình")),
    ("QUY_CHE", _("Quy chế")),
    ("THE_LE", _("Thể lệ")),
    ("THONG_TU", _("Thông tư")),
)
BASIS_TYPES: Choices = (
    *DOCUMENT_TYPES,
    ("LUAT", _("Luật")),
    ("PHAP_LENH", _("Pháp lệnh")),
    ("NGHI_DINH", _("Nghị định")),
    ("NGHI_QUYET", _("Nghị quyết")),
    ("KET_LUAN", _("Kết luận")),
    ("CHUONG_TRINH", _("Chương trình")),
    ("DE_AN", _("Đề án")),
    ("QUY_DINH", _("Quy định")),
    ("PHUONG_AN", _("Phương án")),
    ("DIEU_LE", _("Điều lệ")),
    ("CONG_DIEN", _("Công điện")),
    ("THONG_TRI", _("Thông tri")),
    ("THONG_BAO_KET_LUAN", _("Thông báo kết luận")),
    ("BIEN_BAN", _("Biên bản")),
    ("SAC_LENH", _("Sắc lệnh")),
    ("VAN_BAN_HOP_NHAT", _("Văn bản hợp nhất")),
)
BASIS_ROLES: Choices = (
    ("basis", _("căn cứ")),
    ("cited", _("được dẫn")),
    ("promulgating", _("ban hành kèm theo")),
)
SUBJECT_KINDS: Choices = (
    ("collective", _("tập thể")),
    ("individual", _("cá nhân")),
    ("household", _("hộ gia đình")),
)
APPLIES_TO: Choices = (*SUBJECT_KINDS, ("both", _("tập thể và cá nhân")))
SIGN_MODES: Choices = (("TM", "TM."), ("KT", "KT."), ("TL", "TL."), ("TUQ", "TUQ."))
AWARD_LEVELS: Choices = (
    ("NHA_NUOC", _("Nhà nước")),
    ("CHINH_PHU", _("Chính phủ")),
    ("BO", _("Bộ, ngành")),
    ("TINH", _("Tỉnh, thành phố")),
    ("SO", _("Sở")),
    ("HUYEN", _("Huyện")),
    ("XA", _("Xã")),
    ("DON_VI", _("Đơn vị")),
    ("CO_SO", _("Cơ sở")),
    ("PHONG", _("Phòng")),
    ("DIA_PHUONG", _("Địa phương")),
)

LINE, TEXT, DAY, PARTIAL = PartKind.LINE, PartKind.TEXT, PartKind.DAY, PartKind.PARTIAL
CHOICE, NUMBER, FIGURE, LINES = PartKind.CHOICE, PartKind.NUMBER, PartKind.FIGURE, PartKind.LINES
FROM = Part("from", _("Từ"), PARTIAL)
TO = Part("to", _("Đến"), PARTIAL)
FROM_EVENT = Part("from_event", _("Từ sự kiện"))
TO_EVENT = Part("to_event", _("Đến sự kiện"))
NUMBERED = (
    Part("number", _("Số mục")),
    Part("text", _("Nội dung"), TEXT, required=True),
)
# What stands under the heading of a content: the unit's own words in its own plan; no reading has it.
DETAILS = Part("details", _("Cụ thể (mỗi dòng một ý)"), LINES)


def one(field: str, label: Text, kind: PartKind = LINE, choices: Choices = ()) -> Shape:
    return Shape(
        field, label, (Part("value", label, kind, required=True, choices=choices),), "head", single=True
    )


SHAPES: tuple[Shape, ...] = (
    one("doc_type", _("Loại văn bản"), CHOICE, BASIS_TYPES),
    one("number", _("Số, ký hiệu")),
    one("issued_on", _("Ngày ban hành"), DAY),
    one("place", _("Nơi ban hành")),
    one("issuer", _("Cơ quan ban hành")),
    one("title", _("Trích yếu"), TEXT),
    Shape(
        "signer",
        _("Người ký"),
        (
            Part("name", _("Họ và tên"), required=True),
            Part("position", _("Chức vụ")),
            Part("mode", _("Quyền hạn ký"), CHOICE, choices=SIGN_MODES),
            Part("superior", _("Ký thay, thừa lệnh ai")),
        ),
        "head",
        single=True,
    ),
    Shape(
        "promulgated_by",
        _("Ban hành kèm theo"),
        (
            Part("type", _("Loại văn bản"), CHOICE, choices=BASIS_TYPES),
            Part("number", _("Số, ký hiệu"), required=True),
            Part("date", _("Ngày"), PARTIAL),
            Part("issuer", _("Cơ quan ban hành")),
        ),
        "head",
        single=True,
        main="number",
    ),
    Shape("themes", _("Chủ đề"), (Part("text", _("Chủ đề (đúng nguyên văn)"), TEXT, required=True),), "head"),
    Shape(
        "legal_basis",
        _("Căn cứ và văn bản dẫn"),
        (
            Part("role", _("Vai trò"), CHOICE, required=True, choices=BASIS_ROLES),
            Part("type", _("Loại văn bản"), CHOICE, required=True, choices=BASIS_TYPES),
            Part("number", _("Số, ký hiệu")),
            Part("date", _("Ngày"), PARTIAL),
            Part("issuer", _("Cơ quan ban hành")),
            Part("about", _("Về việc"), TEXT),
        ),
        "head",
        main="number",
    ),
    Shape("period", _("Thời gian"), (FROM, TO, FROM_EVENT, TO_EVENT), "time", single=True),
    Shape(
        "phases",
        _("Đợt thi đua"),
        (
            Part("name", _("Tên đợt"), required=True),
            FROM,
            TO,
            FROM_EVENT,
            TO_EVENT,
            Part("theme", _("Chủ đề của đợt")),
            Part("occasions", _("Dịp kỷ niệm"), LINES),
        ),
        "time",
    ),
    Shape(
        "deadlines",
        _("Thời hạn"),
        (
            Part("what", _("Việc"), TEXT, required=True),
            Part("who", _("Ai")),
            Part("relation", _("Quan hệ"), CHOICE, required=True, choices=RELATIONS),
            Part("due", _("Ngày"), PARTIAL),
            Part("due_event", _("Theo sự kiện")),
            Part("offset", _("Sau bao lâu")),
            Part("recurring", _("Lặp lại")),
            Part("time", _("Giờ")),
        ),
        "time",
    ),
    Shape(
        "milestones",
        _("Ngày kỷ niệm, sự kiện"),
        (Part("name", _("Tên"), required=True), Part("date", _("Ngày"), PARTIAL)),
        "time",
    ),
    Shape("purposes", _("Mục đích"), (Part("text", _("Nội dung"), TEXT, required=True),), "content"),
    Shape("requirements", _("Yêu cầu"), (Part("text", _("Nội dung"), TEXT, required=True),), "content"),
    Shape("contents", _("Nội dung thi đua"), (*NUMBERED, DETAILS), "content", main="text"),
    Shape("solutions", _("Giải pháp"), NUMBERED, "content", main="text"),
    Shape(
        "targets",
        _("Chỉ tiêu"),
        (
            Part("text", _("Chỉ tiêu"), TEXT, required=True),
            Part("op", _("So sánh"), CHOICE, required=True, choices=OPERATIONS),
            Part("value", _("Giá trị"), FIGURE),
            Part("unit", _("Đơn vị tính")),
            Part("who", _("Đơn vị thực hiện")),
        ),
        "content",
    ),
    Shape(
        "subjects",
        _("Đối tượng"),
        (
            Part("kind", _("Loại"), CHOICE, required=True, choices=SUBJECT_KINDS),
            Part("who", _("Ai"), TEXT, required=True),
            Part("conditions", _("Điều kiện"), TEXT),
        ),
        "content",
        main="who",
    ),
    Shape(
        "criteria",
        _("Tiêu chí"),
        (
            Part("applies_to", _("Áp dụng cho"), required=True, codes=APPLIES_TO),
            Part("text", _("Tiêu chí"), TEXT, required=True),
            Part("op", _("So sánh"), CHOICE, choices=OPERATIONS),
            Part("value", _("Giá trị"), FIGURE),
            Part("unit", _("Đơn vị tính")),
            Part("excludes", _("Là điều kiện loại trừ"), PartKind.FLAG),
        ),
        "award",
        main="text",
    ),
    Shape(
        "awards",
        _("Hình thức khen thưởng"),
        (
            Part("form", _("Hình thức"), required=True),
            Part("authority", _("Người, cơ quan tặng")),
            Part("level", _("Cấp"), CHOICE, choices=AWARD_LEVELS),
            Part("for", _("Cho ai"), LINES, codes=SUBJECT_KINDS),
            Part("quantity", _("Số lượng"), FIGURE),
            Part("per", _("Tính theo")),
            Part("action", _("Tặng hay đề nghị")),
        ),
        "award",
    ),
    Shape(
        "award_windows",
        _("Thời gian xét thành tích"),
        (Part("track", _("Diện xét")), FROM, TO),
        "award",
    ),
    Shape(
        "quotas",
        _("Số lượng được xét"),
        (
            Part("text", _("Nguyên văn"), TEXT, required=True),
            Part("min", _("Ít nhất"), NUMBER),
            Part("max", _("Nhiều nhất"), NUMBER),
            Part("for", _("Cho ai"), LINES, codes=SUBJECT_KINDS),
            Part("award", _("Hình thức")),
            Part("unit", _("Đơn vị tính")),
            Part("per", _("Tính theo")),
        ),
        "award",
    ),
    Shape("implementation", _("Tổ chức thực hiện"), NUMBERED, "work", main="text"),
    Shape(
        "responsibilities",
        _("Phân công"),
        (Part("body", _("Đơn vị"), required=True), Part("duties", _("Nhiệm vụ (mỗi dòng một việc)"), LINES)),
        "work",
    ),
    Shape(
        "reports",
        _("Báo cáo"),
        (
            Part("what", _("Báo cáo"), TEXT, required=True),
            Part("who", _("Ai gửi")),
            Part("to", _("Gửi")),
            Part("relation", _("Quan hệ"), CHOICE, choices=RELATIONS),
            Part("due", _("Ngày"), PARTIAL),
            Part("due_event", _("Theo sự kiện")),
            Part("offset", _("Sau bao lâu")),
            Part("recurring", _("Lặp lại")),
        ),
        "work",
    ),
    Shape("funding", _("Kinh phí"), (Part("source", _("Nguồn"), TEXT, required=True),), "work"),
    Shape(
        "recipients",
        _("Nơi nhận"),
        (Part("who", _("Nơi nhận"), required=True), Part("purpose", _("Để làm gì"))),
        "work",
    ),
    Shape(
        "contacts",
        _("Đầu mối liên hệ"),
        (
            Part("body", _("Đơn vị")),
            Part("person", _("Người")),
            Part("position", _("Chức vụ")),
            Part("phone", _("Điện thoại"), LINES),
            Part("email", _("Thư điện tử")),
        ),
        "work",
    ),
    Shape(
        "related_movements",
        _("Phong trào liên quan"),
        (Part("name", _("Tên"), TEXT, required=True), Part("span", _("Giai đoạn"))),
        "work",
    ),
    Shape(
        "noise",
        _("Chỗ nghi sai trong văn bản"),
        (Part("seen", _("Văn bản viết"), required=True), Part("means", _("Có lẽ là"))),
        "slips",
    ),
)
BY_FIELD: dict[str, Shape] = {shape.field: shape for shape in SHAPES}
SECTIONS: tuple[tuple[str, Text], ...] = (
    ("head", _("Văn bản và chủ đề")),
    ("time", _("Thời gian, đợt và thời hạn")),
    ("content", _("Mục đích, nội dung, chỉ tiêu")),
    ("award", _("Khen thưởng")),
    ("work", _("Tổ chức thực hiện")),
    ("slips", _("Chỗ nghi sai")),
)


def name_of(field: str, value: dict[str, Any]) -> str:
    """Return the words by which a list names an item."""
    shape = BY_FIELD[field]
    named = value.get(shape.main_part) or next((str(v) for v in value.values() if v), "")
    return ", ".join(map(str, named)) if isinstance(named, list) else str(named)

"""The columns of a table of past initiatives and research."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from thidua.exchange.fields import Choice, Field, FieldKind
from thidua.initiatives.models import Initiative
from thidua.initiatives.problems import SENTENCES as INITIATIVE_SENTENCES
from thidua.organisations.importing_lookup import UNIT_SENTENCES
from thidua.organisations.importing_person import PERSON_SENTENCES

Kind, Scope, Level, Grade = Initiative.Kind, Initiative.Scope, Initiative.Level, Initiative.Grade
MINISTRY = ("Bộ", "Cấp bộ", "Cấp ngành", "Ngành", "Cấp tỉnh", "Tỉnh", "Toàn ngành", "Toàn tỉnh", "BO")

SENTENCES: dict[str, str] = {
    **INITIATIVE_SENTENCES,
    **UNIT_SENTENCES,
    **PERSON_SENTENCES,
    "name_differs": gettext_noop(
        "Số hiệu %(code)s là của %(person)s, không phải %(name)s. Kiểm tra lại số hiệu."
    ),
    "part_unreadable": gettext_noop(
        "Không hiểu tỷ lệ hoặc vai trò của “%(name)s”. Ghi dạng: Lê An (CB-0123) | 60%%; Trần Bình | 40%%."
    ),
    "lead_not_yours": gettext_noop(
        "Bạn chưa được giao tiếp nhận sáng kiến tại %(unit)s, nơi giữ hồ sơ của %(person)s. Nhờ đơn vị đó nhập."
    ),
    "kept_by_others": gettext_noop(
        "Bản ghi này do %(unit)s giữ nên dòng này không sửa được. Nhờ đơn vị đó sửa nếu có sai khác."
    ),
    "not_accepted": gettext_noop("Nghiệm thu không đạt thì không phải căn cứ xét khen. Bỏ dòng này."),
    "perhaps_one_work": gettext_noop(
        "Dòng %(row)s cùng tên, cùng quyết định nhưng khác tác giả. Nếu là một sáng kiến, ghi mọi tác giả vào một ô."
    ),
}

FIELDS = (
    Field(
        "title",
        _("Tên sáng kiến, đề tài"),
        required=True,
        synonyms=(
            "Tên sáng kiến",
            "Sáng kiến",
            "Tên đề tài",
            "Đề tài",
            "Tên giải pháp",
            "Tên đề án",
            "Tên công trình",
            "Tên sáng kiến/đề tài",
            "Tên sáng kiến, giải pháp",
        ),
        longest=300,
        example="Biểu mẫu hộ tịch điền sẵn tại bộ phận một cửa",
        width=48,
    ),
    Field(
        "kind",
        _("Loại"),
        FieldKind.CHOICE,
        synonyms=("Loại hình", "Phân loại", "Hình thức", "Loại công trình"),
        choices=(
            Choice(
                Kind.INITIATIVE,
                Kind.INITIATIVE.label,
                ("giải pháp", "SK", "SKKN", "sáng kiến cải tiến kỹ thuật"),
            ),
            Choice(
                Kind.TOPIC, Kind.TOPIC.label, ("đề tài", "đề tài NCKH", "NCKH", "đề tài nghiên cứu khoa học")
            ),
            Choice(Kind.SCHEME, Kind.SCHEME.label, ("đề án",)),
            Choice(Kind.WORK, Kind.WORK.label, ("công trình", "công trình khoa học", "công trình KHCN")),
        ),
        help=_("Để trống là sáng kiến; giải pháp đã công nhận ghi là sáng kiến."),
        example="Sáng kiến",
        width=22,
    ),
    Field(
        "authors",
        _("Tác giả"),
        required=True,
        synonyms=(
            "Họ và tên tác giả",
            "Tên tác giả",
            "Tác giả, đồng tác giả",
            "Tác giả/đồng tác giả",
            "Nhóm tác giả",
            "Chủ nhiệm",
            "Người thực hiện",
            "Chủ nhiệm, thành viên",
            "Họ và tên",
            "Họ tên",
        ),
        longest=2_000,
        help=_(
            "Người đứng đầu ghi trước, cách nhau bằng dấu chấm phẩy; trong ngoặc là số hiệu hoặc đơn vị, "
            "sau dấu | là tỷ lệ hoặc vai trò (chủ nhiệm, viết nội dung, thư ký, thành viên)."
        ),
        example="Nguyễn Thị Minh Anh (BTP-00123) | 60%; Lê An (BTP-00124) | 40%",
        width=48,
    ),
    Field(
        "staff_code",
        _("Số hiệu tác giả đầu"),
        FieldKind.CODE,
        synonyms=("Số hiệu", "Số hiệu cán bộ", "Mã cán bộ", "Số hiệu chủ nhiệm", "Số hiệu tác giả"),
        longest=40,
        example="BTP-00123",
        width=16,
    ),
    Field(
        "unit",
        _("Đơn vị"),
        synonyms=(
            "Đơn vị công tác",
            "Đơn vị của tác giả",
            "Phòng ban",
            "Cơ quan, đơn vị",
            "Đơn vị công tác của tác giả",
        ),
        longest=400,
        help=_("Đơn vị hiện nay của tác giả; dùng để phân biệt người trùng tên."),
        example="Phòng Hành chính tư pháp, Sở Tư pháp",
        width=32,
    ),
    Field(
        "shares",
        _("Tỷ lệ đóng góp"),
        synonyms=("Tỷ lệ", "Tỷ lệ (%)", "Tỉ lệ đóng góp", "% đóng góp", "Mức độ đóng góp"),
        help=_("Theo thứ tự tác giả, cách nhau bằng dấu chấm phẩy; không rõ thì để trống."),
        example="60; 40",
        width=16,
    ),
    Field(
        "applied_on",
        _("Áp dụng từ ngày"),
        FieldKind.LOOSE_DAY,
        synonyms=(
            "Ngày áp dụng",
            "Thời điểm áp dụng",
            "Áp dụng từ",
            "Ngày áp dụng lần đầu",
            "Thời gian áp dụng",
        ),
        example="05/01/2024",
        width=14,
    ),
    Field(
        "scope",
        _("Phạm vi ảnh hưởng"),
        FieldKind.CHOICE,
        required=True,
        synonyms=("Phạm vi", "Cấp công nhận", "Phạm vi công nhận", "Phạm vi áp dụng", "Mức độ ảnh hưởng"),
        choices=(
            Choice(Scope.CO_SO, Scope.CO_SO.label, ("cơ sở", "đơn vị", "trong đơn vị")),
            Choice(Scope.BO, Scope.BO.label, MINISTRY),
            Choice(
                Scope.TOAN_QUOC,
                Scope.TOAN_QUOC.label,
                ("cả nước", "quốc gia", "cấp quốc gia", "cấp nhà nước"),
            ),
        ),
        example="Cấp cơ sở",
        width=20,
    ),
    Field(
        "replicable",
        _("Có khả năng nhân rộng"),
        FieldKind.YES_NO,
        synonyms=("Khả năng nhân rộng", "Nhân rộng", "Có thể nhân rộng"),
        example="Có",
        width=12,
    ),
    Field(
        "accepted_on",
        _("Ngày nghiệm thu"),
        FieldKind.DAY,
        synonyms=("Nghiệm thu ngày", "Thời gian nghiệm thu", "Ngày họp nghiệm thu"),
        help=_("Bắt buộc với đề tài, đề án, công trình."),
        example="20/5/2025",
        width=14,
    ),
    Field(
        "accepted_level",
        _("Cấp nghiệm thu"),
        FieldKind.CHOICE,
        synonyms=("Cấp đề tài", "Cấp quản lý", "Cấp quản lý đề tài"),
        choices=(
            Choice(Level.CO_SO, Level.CO_SO.label, ("cơ sở",)),
            Choice(Level.BO, Level.BO.label, MINISTRY),
            Choice(Level.QUOC_GIA, Level.QUOC_GIA.label, ("quốc gia", "nhà nước", "cấp nhà nước")),
        ),
        example="Cấp cơ sở",
        width=20,
    ),
    Field(
        "accepted_as",
        _("Kết quả nghiệm thu"),
        FieldKind.CHOICE,
        synonyms=("Xếp loại nghiệm thu", "Kết quả đánh giá", "Xếp loại đề tài", "Nghiệm thu"),
        choices=(
            Choice(Grade.EXCELLENT, Grade.EXCELLENT.label, ("loại xuất sắc", "xs")),
            Choice(Grade.GOOD, Grade.GOOD.label, ("tốt", "giỏi", "loại khá", "loại tốt")),
            Choice(
                Grade.PASSED, Grade.PASSED.label, ("đạt yêu cầu", "trung bình", "đã nghiệm thu", "thông qua")
            ),
            Choice("failed", _("Không đạt"), ("không đạt yêu cầu", "không nghiệm thu")),
        ),
        example="Xuất sắc",
        width=16,
    ),
    Field(
        "number",
        _("Số quyết định"),
        required=True,
        synonyms=(
            "Số QĐ",
            "Quyết định số",
            "QĐ số",
            "Số, ký hiệu",
            "Quyết định công nhận",
            "Số quyết định công nhận",
        ),
        longest=80,
        example="140/QĐ-STP",
        width=18,
    ),
    Field(
        "decided_on",
        _("Ngày quyết định"),
        FieldKind.DAY,
        required=True,
        synonyms=("Ngày QĐ", "Ngày ký", "Ngày ban hành", "Ngày công nhận", "Ngày, tháng, năm quyết định"),
        example="01/12/2023",
        width=14,
    ),
    Field(
        "issuer",
        _("Cơ quan ban hành"),
        required=True,
        synonyms=(
            "Cơ quan quyết định",
            "Cơ quan công nhận",
            "Cấp quyết định",
            "Nơi ban hành",
            "Cơ quan ban hành quyết định",
        ),
        longest=200,
        example="Sở Tư pháp",
        width=28,
    ),
    Field(
        "description",
        _("Tóm tắt nội dung"),
        synonyms=("Nội dung", "Nội dung sáng kiến", "Mô tả", "Tóm tắt"),
        longest=20_000,
        width=40,
    ),
    Field(
        "effect",
        _("Hiệu quả"),
        synonyms=("Hiệu quả áp dụng", "Hiệu quả mang lại", "Kết quả áp dụng"),
        longest=20_000,
        width=40,
    ),
)

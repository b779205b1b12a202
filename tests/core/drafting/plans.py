"""A plan of an invented unit, with everything such a plan may hold."""

from datetime import date

from thidua.core.deadlines.deadline import Awaited, Dated, Every, Recurring, Relation, Relative
from thidua.core.deadlines.periods import Span
from thidua.core.drafting.document import Header, Recipient, Signature, SignMode
from thidua.core.drafting.plan import (
    AwardLine,
    BodyDuties,
    ContentItem,
    DeadlineLine,
    DutyLine,
    PhaseLine,
    TargetLine,
    UnitPlan,
)
from thidua.core.text.partial import Partial

DATE = Partial.parse


def a_unit_plan(**changes):
    given = {
        "header": Header(
            parent="Ủy ban nhân dân tỉnh Nhã Tâm",
            body="Sở Tư pháp",
            symbol="STP",
            number=5,
            place="Nhã Tâm",
            issued_on=date(2026, 2, 5),
        ),
        "subject": "Phát động phong trào thi đua chào mừng kỷ niệm 81 năm Ngày truyền thống Ngành Tư pháp",
        "theme": "Tư pháp Nhã Tâm đoàn kết, kỷ cương, về đích sớm các nhiệm vụ năm 2026",
        "signature": Signature("Phó Giám đốc", "Lê Thị Hoài Ẩn", SignMode.KT, superior="Giám đốc"),
        "bases": (
            "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
            "Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ về phân quyền",
            "Thực hiện Kế hoạch số 12/KH-BTP ngày 20 tháng 01 năm 2026 của Bộ Tư pháp phát động thi đua",
        ),
        "purposes": (
            "Khơi dậy tinh thần thi đua sôi nổi trong công chức, viên chức và người lao động của Sở.",
            "Phát hiện, bồi dưỡng, nhân rộng các điển hình tiên tiến.",
        ),
        "requirements": (
            "Nội dung thi đua thiết thực, gắn với nhiệm vụ chính trị được giao, có chỉ tiêu đo đếm được.",
            "Việc bình xét, đề nghị khen thưởng bảo đảm công khai, đúng người, đúng việc, đúng thành tích.",
        ),
        "subjects": (
            "Tập thể: các phòng chuyên môn, Trung tâm Trợ giúp pháp lý nhà nước, các phòng công chứng.",
            "Cá nhân: công chức, viên chức, người lao động đang công tác tại các tập thể nêu trên.",
        ),
        "contents": (
            ContentItem(
                "Nâng cao chất lượng công tác xây dựng, kiểm tra văn bản quy phạm pháp luật",
                items=(
                    ContentItem("Thẩm định 100% dự thảo văn bản đúng thời hạn, không để nợ đọng."),
                    ContentItem(
                        "Tự kiểm tra văn bản đã ban hành",
                        details=(
                            "Lập danh mục trước ngày 15/3/2026;",
                            "Kiến nghị xử lý ngay khi phát hiện sai sót.",
                        ),
                        items=(ContentItem("Cập nhật Cơ sở dữ liệu quốc gia về pháp luật trong 15 ngày."),),
                    ),
                ),
            ),
            ContentItem(
                "Đẩy mạnh cải cách hành chính, chuyển đổi số",
                details=(
                    "Số hóa toàn bộ sổ hộ tịch đến năm 2015.",
                    "Giải quyết hồ sơ trực tuyến toàn trình.",
                ),
            ),
            ContentItem(
                "Thực hiện tốt công tác trợ giúp pháp lý cho người nghèo, đồng bào dân tộc thiểu số."
            ),
        ),
        "targets": (
            TargetLine("Hồ sơ thủ tục hành chính giải quyết đúng hạn và trước hạn", "≥ 99,5", "%"),
            TargetLine("Vụ việc trợ giúp pháp lý tham gia tố tụng thành công", "≥ 60", "vụ việc"),
            TargetLine("Mô hình mới, cách làm hay được công nhận", "02 - 03", "mô hình"),
            TargetLine("Nâng cao ý thức kỷ luật, kỷ cương hành chính"),
        ),
        "solutions": (
            "Người đứng đầu chịu trách nhiệm trực tiếp chỉ đạo.",
            "Gắn thi đua với đánh giá hằng quý.",
        ),
        "period": (DATE("2026-02-05"), DATE("2026-11-30")),
        "phases": (
            PhaseLine(
                "Đợt 1",
                DATE("2026-02-05"),
                DATE("2026-06-30"),
                ("kỷ niệm 136 năm Ngày sinh Chủ tịch Hồ Chí Minh",),
            ),
            PhaseLine(
                "Đợt 2", DATE("2026-07"), DATE("2026-11-30"), ("Ngày truyền thống Ngành Tư pháp (28/8)",)
            ),
        ),
        "criteria": (
            "Tập thể: hoàn thành 100% chỉ tiêu; không có cá nhân bị kỷ luật từ khiển trách trở lên.",
            "Cá nhân: hoàn thành tốt nhiệm vụ; có ít nhất 01 sáng kiến hoặc cách làm mới.",
        ),
        "awards": (
            AwardLine("Giấy khen", "tập thể", "02", "Giám đốc Sở Tư pháp"),
            AwardLine("Giấy khen", "cá nhân", "05", "Giám đốc Sở Tư pháp"),
            AwardLine("Bằng khen", "tập thể tiêu biểu", "01", "Bộ trưởng Bộ Tư pháp", proposed=True),
        ),
        "funding": ("Từ Quỹ thi đua, khen thưởng của Sở và các nguồn hợp pháp khác theo quy định.",),
        "duties": (
            BodyDuties(
                "Văn phòng Sở",
                (
                    DutyLine(
                        "Chủ trì tham mưu, theo dõi, đôn đốc, tổng hợp kết quả",
                        Dated(DATE("2026-11-25"), Relation.BEFORE),
                    ),
                    DutyLine("Thẩm định hồ sơ", Relative("ngày nhận đủ hồ sơ", Relation.AFTER, Span(10))),
                ),
            ),
            BodyDuties(
                "Các phòng, đơn vị thuộc Sở",
                (DutyLine("Đăng ký thi đua và tổ chức thực hiện", Dated(DATE("2026-02-28"), Relation.BY)),),
            ),
        ),
        "deadlines": (
            DeadlineLine("Đăng ký thi đua", "Các phòng, đơn vị", Dated(DATE("2026-02-28"), Relation.BY)),
            DeadlineLine("Báo cáo kết quả thực hiện", "Các phòng, đơn vị", Recurring(Every.MONTH, day=20)),
            DeadlineLine("Sơ kết đợt 1", "Văn phòng Sở", Dated(DATE("2026-07"), Relation.ON)),
            DeadlineLine(
                "Chấm điểm, kiểm tra chéo", "Cụm thi đua", Awaited("hướng dẫn của Bộ Tư pháp", Span(15))
            ),
            DeadlineLine(
                "Hồ sơ đề nghị khen thưởng", "Các phòng, đơn vị", Dated(DATE("2026-11-20"), Relation.BEFORE)
            ),
        ),
        "recipients": (
            Recipient("Bộ Tư pháp", "để báo cáo"),
            Recipient("Ban Giám đốc Sở"),
            Recipient("Các phòng, đơn vị thuộc Sở", "để thực hiện"),
        ),
        "filed_at": "VT, VP",
    }
    return UnitPlan(**(given | changes))

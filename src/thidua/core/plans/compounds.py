"""Two-syllable words of office, to tell a lost mark («thầm quyền») from another word."""

from thidua.core.text.folding import fold
from thidua.core.text.tones import one_placing

_WORDS = """
an ninh, ban hành, bảo đảm, đảm bảo, bảo vệ, báo cáo, bằng khen, biểu dương, bình xét, bổ sung, bồi dưỡng, cá nhân, cải cách,
cán bộ, căn cứ, cấp ủy, chất lượng, chấp hành, chỉ đạo, chỉ thị, chỉ tiêu, chính phủ, chính quyền, chính sách, chính trị,
chủ đề, chủ động, chủ tịch, chủ trì, chuyên môn, chuyển đổi, công khai, công nghệ, công nhận, công tác, cộng tác, công chức,
cộng đồng, cộng hòa, cơ quan, cơ sở, danh hiệu, danh sách, doanh nghiệp, dân chủ, dân tộc, đại biểu, đại hội, đánh giá, đào tạo,
đăng ký, đề nghị, đề xuất, địa phương, điển hình, điều kiện, điều lệ, đoàn kết, đoàn thể, đôn đốc, đối chiếu, đối tượng,
đơn vị, đột xuất, động viên, đồng chí, đồng thời, đường lối, gắn liền, giám đốc, giám sát, giải pháp, giải quyết, giáo dục,
giấy khen, hiệu quả, hiệu lực, hình thức, hoàn thành, hoàn thiện, hoạt động, hồ sơ, hội đồng, hội nghị, hội viên, hướng dẫn,
hủy bỏ, hưởng ứng, kế hoạch, kết luận, kết quả, khắc phục, khẩu hiệu, khen thưởng, khiển trách, khối lượng, khuyến khích,
kịp thời, kiểm tra, kiện toàn, kinh nghiệm, kinh phí, kinh tế, kỷ cương, kỷ luật, kỷ niệm, lãnh đạo, lao động, liên quan, lĩnh vực,
lưu trữ, mô hình, mục đích, mục tiêu, nâng cao, năng lực, ngân sách, nghị định, nghị quyết, nghiêm túc, nghiệp vụ, nguồn lực,
nhà nước, nhân dân, nhân rộng, nhiệm vụ, nhiệm kỳ, nội dung, nông thôn, nỗ lực, phạm vi, phát động, phát hiện, phát huy, phát triển,
pháp luật, phân cấp, phân công, phân quyền, phấn đấu, phê duyệt, phong trào, phòng chống, phối hợp, phổ biến, phương hướng,
quản lý, quân đội, quần chúng, quán triệt, quốc gia, quốc hội, quốc phòng, quy chế, quy định, quy trình, quyền hạn, quyết định,
rà soát, sáng kiến, sáng tạo, sơ kết, số điều, sử dụng, tài chính, tạo điều, tập thể, tăng cường, tham mưu, tham gia, thành tích, thành lập,
thành phố, thành viên, thẩm định, thẩm quyền, theo dõi, thi đua, thi hành, thị trấn, thiết thực, thông báo, thông tin, thống nhất,
thủ trưởng, thủ tục, thủ tướng, thường trực, thường xuyên, thực hiện, thực tế, tích cực, tiên tiến, tiếp tục, tiến độ, tiêu biểu, tiêu chí,
tiêu chuẩn, tình hình, tổ chức, tổng hợp, tổng kết, tờ trình, tôn vinh, trách nhiệm, tránh lãng, triển khai, trình độ, trung ương, truyền thống,
tuyên truyền, tuyên dương, tư pháp, tự giác, ủy ban, vận động, văn bản, văn hóa, văn phòng, vi phạm, viên chức, việc làm, vượt mức, xã hội, xây dựng,
xem xét, xét duyệt, xét tặng, xuất sắc, xử lý, ý kiến, ý nghĩa, ý thức, yêu cầu, yêu nước
"""
# Words that share their letters with one above and are words themselves.
_ALSO = """
bảo cáo, chính sạch, công khái, cộng tác, công tắc, đại hồi, đơn vì, hội động, thông tín, tham giá, thẩm gia, thẩm giá, phân công, phần công,
thành viện, thanh tích, thanh lập, thanh viên, quốc gia, quan lý, quản lí, xử lí, văn bản, vạn bản, thực tê, kinh tê, trình đồ, thi hanh,
thị đua, nông thôn, nhân dân, xuất sắc, ý thức, y thức, y kiến, dân tộc, đàn tộc, phạm vị, thì đua, thì hành, hội viện, hồi đồng, thống tin,
thủ tục, chủ tịch, giám sắt, danh sạch, đồng thời, động thời, cơ quản, an ninh, năng lực, nâng lực, tổ chức, tại chính, tái chính, công chúc
"""


def _listed(words: str) -> list[str]:
    return [one_placing(word.strip()) for word in words.replace("\n", " ").split(",") if word.strip()]


def _compounds() -> dict[str, tuple[str, ...]]:
    """Return for each pair of folded syllables the words it may be, the word of office first."""
    words: dict[str, list[str]] = {}
    for word in _listed(_WORDS):
        words.setdefault(fold(word), []).append(word)
    return {key: tuple(dict.fromkeys(spellings)) for key, spellings in words.items()}


COMPOUNDS = _compounds()

"""Two-syllable words of office, to tell a lost mark («thầm quyền») from another word."""

from collections import Counter

from thidua.core.text.folding import fold
from thidua.core.text.syllables import syllable
from thidua.core.text.tones import one_placing

_WORDS = """
an ninh, ban hành, bảo đảm, đảm bảo, bảo vệ, báo cáo, bằng khen, biểu dương, bình xét, bổ sung, bồi
dưỡng, cá nhân, cải cách, cán bộ, căn cứ, cấp ủy, chất lượng, chấp hành, chỉ đạo, chỉ thị, chỉ tiêu,
chính phủ, chính quyền, chính sách, chính trị, chủ đề, chủ động, chủ tịch, chủ trì, chuyên môn, chuyển
đổi, công khai, công nghệ, công nhận, công tác, cộng tác, công chức, cộng đồng, cộng hòa, cơ quan, cơ sở,
danh hiệu, danh sách, doanh nghiệp, dân chủ, dân tộc, đại biểu, đại hội, đánh giá, đào tạo, đăng ký, đề
nghị, đề xuất, địa phương, điển hình, điều kiện, điều lệ, đoàn kết, đoàn thể, đôn đốc, đối chiếu, đối
tượng, đơn vị, đột xuất, động viên, đồng chí, đồng thời, đường lối, gắn liền, giám đốc, giám sát, giải
pháp, giải quyết, giáo dục, giấy khen, hiệu quả, hiệu lực, hình thức, hoàn thành, hoàn thiện, hoạt động,
hồ sơ, hội đồng, hội nghị, hội viên, hướng dẫn, hủy bỏ, hưởng ứng, kế hoạch, kết luận, kết quả, khắc
phục, khẩu hiệu, khen thưởng, khiển trách, khối lượng, khuyến khích, kịp thời, kiểm tra, kiện toàn, kinh
nghiệm, kinh phí, kinh tế, kỷ cương, kỷ luật, kỷ niệm, lãnh đạo, lao động, liên quan, lĩnh vực, lưu trữ,
mô hình, mục đích, mục tiêu, nâng cao, năng lực, ngân sách, nghị định, nghị quyết, nghiêm túc, nghiệp vụ,
nguồn lực, nhà nước, nhân dân, nhân rộng, nhiệm vụ, nhiệm kỳ, nội dung, nông thôn, nỗ lực, phạm vi, phát
động, phát hiện, phát huy, phát triển, pháp luật, phân cấp, phân công, phân quyền, phấn đấu, phê duyệt,
phong trào, phòng chống, phối hợp, phổ biến, phương hướng, quản lý, quân đội, quần chúng, quán triệt,
quốc gia, quốc hội, quốc phòng, quy chế, quy định, quy trình, quyền hạn, quyết định, rà soát, sáng kiến,
sáng tạo, sơ kết, sửa chữa, số điều, sử dụng, tài chính, tạo điều, tập thể, tăng cường, tham mưu, tham gia, thành
tích, thành lập, thành phố, thành viên, thẩm định, thẩm quyền, theo dõi, thi đua, thi hành, thị trấn,
thiết thực, thông báo, thông tin, thống nhất, thủ trưởng, thủ tục, thủ tướng, thường trực, thường xuyên,
thực hiện, thực tế, tích cực, tiên tiến, tiếp tục, tiến độ, tiêu biểu, tiêu chí, tiêu chuẩn, tình hình,
tổ chức, tổng hợp, tổng kết, tờ trình, tôn vinh, trách nhiệm, tránh lãng, triển khai, trình độ, trung
ương, truyền thống, tuyên truyền, tuyên dương, tư pháp, tự giác, ủy ban, vận động, văn bản, văn hóa, văn
phòng, vi phạm, viên chức, việc làm, vượt mức, xã hội, xây dựng, xem xét, xét duyệt, xét tặng, xuất sắc,
xử lý, ý kiến, ý nghĩa, ý thức, yêu cầu, yêu nước
"""
# Words that share their letters with one above and are words themselves, and words whose syllables stand beside such.
_ALSO = """
thứ trưởng, truyền thông, quân chủng, đóng góp, củng cố, quan hệ, đối với, kết nạp, kết hợp, ký kết, huy
động, động lực, thành thị, bao cao, cái cách, cần cù, chi tiêu, công nhân, cộng tác, công tắc, công đồng,
công chúng, danh gia, đang ký, đồng chỉ, động thời, hỏi nghi, kiếm tra, mức tiêu, nói đúng, nói dung,
năng cao, nhận dân, phần đầu, phần công, phân công, phong chống, tham quyền, thẩm giá, thành viện, theo
đời, theo đối, thống tin, thông tín, tiền tiến, tố chức, tổ chúc, từ pháp, tuyến đường, tuyến dương, văn
hoa, viên chúc, viện chức, yếu cầu, sự đúng, sử đúng, số kết, sơ sở, cơ số, có sở, có số, đôi tượng, diễn
hình, đại hồi, chính sạch, chuyển môn, chu trì, bán hành, cân cứ, căn cư, can cứ, quân lý, quan lý, xa
hội, xử lí, quản lí, kỉ niệm, kỉ luật, kỉ cương, thủy ban, kinh tê, vận đồng, đơn vì, nhiệm kì, điều
kiên, dân tốc, nhiệm ký, quân nhân, quân số, quân sự, quân khu, quân y, quân hàm, quân dân
"""


def _listed(words: str) -> list[str]:
    return [one_placing(word.strip()) for word in words.replace("\n", " ").split(",") if word.strip()]


def _compounds() -> dict[str, tuple[str, ...]]:
    """Return for each pair of folded syllables the words it may be, the word of office first."""
    words: dict[str, list[str]] = {}
    for word in _listed(_WORDS):
        words.setdefault(fold(word), []).append(word)
    for word in _listed(_ALSO):
        if fold(word) in words:
            words[fold(word)].append(word)
    return {key: tuple(dict.fromkeys(spellings)) for key, spellings in words.items()}


def _lost_letters() -> dict[str, tuple[str, str]]:
    """Return for each folded pair of syllables, one short of a marked vowel, it and its word: «phát trin»."""
    words: dict[str, tuple[str, str]] = {}
    for word in _listed(_WORDS + "," + _ALSO_LOSE_LETTERS):
        for at, letter in enumerate(word):
            broken = word[:at] + word[at + 1 :]
            if not letter.isascii() and fold(letter) in "aeiouy" and _tells_loss(word, broken, at):
                words.setdefault(fold(broken), (broken, word))
    return words


def _tells_loss(word: str, broken: str, at: int) -> bool:
    """Say whether what is left is no word: «quc», «trin»; «đi hội» might be meant as it stands."""
    left = broken.split(" ")[word[:at].count(" ")]
    known = fold(broken) in COMPOUNDS or broken.count(" ") != 1 or not left
    return not known and (syllable(left) is None or len(left) >= _LONG_LEFT or left in _NO_WORDS)


_ALSO_LOSE_LETTERS = (
    "toàn quốc, đại biểu, chỉ tiêu, lực lượng, quê hương, nhiệm kỳ, chi tiết, bình quân, sản xuất"
)
_NO_WORDS = ("biu", "tiu", "quc")
_LONG_LEFT = 4


def _syllables() -> dict[str, str]:
    """Return for each folded syllable of the words of office the spelling they use most."""
    counted = Counter(part for word in _listed(_WORDS) for part in word.split(" "))
    return {fold(part): part for part, _ in reversed(counted.most_common())}


COMPOUNDS = _compounds()
SYLLABLES = _syllables()
LOST_LETTERS = _lost_letters()
WORDS = frozenset(_listed(_WORDS) + _listed(_ALSO))

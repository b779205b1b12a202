"""Law files to begin from: valid as they are, every part explained in comments."""

from datetime import date

from thidua.commendations.selectors.law_in_force import code_of
from thidua.core.law.awards import CENTRE
from thidua.organisations.models import Unit

_BODY = """\
# {title}
# Sửa các mục dưới đây rồi tải lên lại. Dòng “# …” là ghi chú. Dòng có # dính liền là mẫu: chỉ bỏ dấu # để dùng,
# bỏ ở cả dòng tên mục (như figures:) lẫn các dòng của mục đó, giữ nguyên phần còn lại.
# Ngày viết năm-tháng-ngày. Số viết đúng như văn bản: 0.15, 2/3, 15. Không dùng on, yes, no trần làm tên mục.

authority: {code}
label: {{vi: Quy chế thi đua khen thưởng, en: Emulation and commendation rules}}
text: "{symbol}"                # số và ký hiệu đầy đủ của văn bản
in_force: {day}             # ngày có hiệu lực
#ceases: 2030-01-01             # ngày hết hiệu lực, nếu đã biết
confidence: read                # read: đã đọc điều luật; quoted: văn bản khác trích dẫn; indirect, memory: chỉ nhắc
#still_valid_on: {day}      # ngày đọc lại văn bản gần nhất
#review_on: 2030-01-01          # ngày nên soát lại

# Con số chung được dời đi{which}. Tên con số xem ở trang từng danh hiệu.
{mark}figures:
{mark}  cstdcs_share_of_ldtt: {{value: 0.15, place: Điều 5, rule: OWN.SHARE}}   # tỷ lệ CSTĐCS trên LĐTT
#  vote_share_cstdb: {{value: 0.95, place: Điều 6, rule: OWN.VOTE}}         # tỷ lệ phiếu của Hội đồng

# Điều kiện xét thêm, ngoài điều kiện chung.
conditions:
  - {{for: CSTDCS, is: rating, at_least: GOOD, place: Điều 7, rule: OWN.CSTDCS}}
#  - {{for: LDTT, is: absence, below: 3, counted: [unpaid], excused: [maternity], place: Điều 7, rule: OWN.ABSENCE}}

# Cách khác để đạt một tiêu chuẩn chung, hoặc tiêu chuẩn còn để trống (slot).
#routes:
#  - {{for: GIAY_KHEN, slot: standard, is: rating, at_least: EXCELLENT, place: Điều 8, rule: OWN.GK}}

# Cấp nào khác được quyết định: yes, no, unclear.
#powers:
#  TTLDXS: {{unit: {{allowed: "yes", place: Điều 9, rule: OWN.POWER}}}}

# Con số riêng của cơ quan.
#new_figures:
#  unit_days:
#    label: {{vi: Thời hạn đơn vị xét, en: Days for the unit}}
#    unit: working-days
#    value: 15
#    place: Điều 10
#    rule: OWN.DAYS
# Tỷ lệ định hướng của một nhóm trong danh sách, đối chiếu ở trang “Hạn mức, cơ cấu”, chỉ nhắc.
# group: women, leaders, direct_workers, grassroots, small_collectives; bound: at_least hoặc at_most;
# for: từng danh hiệu xét riêng, bỏ trống là cả danh sách.
#  direct_workers_share:
#    label: {{vi: Tỷ lệ người trực tiếp công tác, en: Share of direct workers}}
#    unit: share-of-list
#    value: 0.60
#    group: direct_workers
#    for: [LDTT, CSTDCS]
#    place: Điều 11
#    rule: OWN.WORKERS
"""


def overlay_template(root: Unit, day: date) -> str:
    """Return a file of own rules for the authority, to be changed and uploaded."""
    return _BODY.format(
        title=f"Quy định riêng của {root.name}",
        code=code_of(root),
        symbol=f"01/{day.year}/QĐ-{code_of(root)}",
        day=day.isoformat(),
        which=", chỉ theo hướng siết chặt",
        mark="#",
    )


def circular_template(day: date) -> str:
    """Return a draft circular for everybody, to be changed and tried."""
    return _BODY.format(
        title="Dự thảo thông tư để thử ở “Nếu như”; authority: VN là áp dụng cho mọi cơ quan",
        code=CENTRE,
        symbol=f"01/{day.year}/TT-DUTHAO",
        day=day.isoformat(),
        which=" theo hướng nào cũng được",
        mark="",
    )

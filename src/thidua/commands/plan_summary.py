"""A reading in words for the one who asked on a terminal."""

from collections.abc import Iterator, Mapping
from typing import Any

KINDS = {
    "KE_HOACH": "Kế hoạch",
    "QUYET_DINH": "Quyết định",
    "NOI_DUNG_PHAT_DONG": "Nội dung phát động",
    "LOI_PHAT_DONG": "Lời phát động",
    "CONG_VAN": "Công văn",
    "HUONG_DAN": "Hướng dẫn",
    "CHI_THI": "Chỉ thị",
    "GIAO_UOC": "Giao ước",
    "BAO_CAO": "Báo cáo",
    "THONG_BAO": "Thông báo",
    "TO_TRINH": "Tờ trình",
    "QUY_CHE": "Quy chế",
    "THE_LE": "Thể lệ",
    "THONG_TU": "Thông tư",
}
# The fields in the order of a plan, each with its name and the parts of an item worth a line.
LISTS = (
    ("themes", "Chủ đề", ("text",)),
    ("legal_basis", "Căn cứ và văn bản dẫn", ("number", "date", "about")),
    ("phases", "Đợt thi đua", ("name", "from", "to", "from_event", "to_event")),
    ("milestones", "Ngày kỷ niệm, sự kiện", ("name", "date")),
    ("purposes", "Mục đích", ("text_start",)),
    ("requirements", "Yêu cầu", ("text_start",)),
    ("subjects", "Đối tượng", ("who",)),
    ("contents", "Nội dung thi đua", ("number", "text_start")),
    ("targets", "Chỉ tiêu", ("text",)),
    ("solutions", "Giải pháp", ("number", "text_start")),
    ("criteria", "Tiêu chí", ("applies_to", "text")),
    ("awards", "Hình thức khen thưởng", ("form", "authority", "quantity")),
    ("award_windows", "Thời gian xét thành tích", ("track", "from", "to")),
    ("quotas", "Số lượng được xét", ("text",)),
    ("implementation", "Tổ chức thực hiện", ("number", "text_start")),
    ("responsibilities", "Phân công", ("body",)),
    ("deadlines", "Thời hạn", ("due", "due_event", "recurring", "offset", "what")),
    ("reports", "Báo cáo", ("due", "due_event", "what", "to")),
    ("funding", "Kinh phí", ("source",)),
    ("recipients", "Nơi nhận", ("who",)),
    ("contacts", "Đầu mối liên hệ", ("body", "person", "phone", "email")),
    ("related_movements", "Phong trào liên quan", ("name", "span")),
    ("noise", "Chỗ nghi sai trong văn bản", ("seen", "means")),
)


def summary_of(reading: Mapping[str, Any]) -> str:
    """Return ``reading``, as printed for programs, in lines for people."""
    return "\n".join((*head_of(reading), *lists_of(reading)))


def head_of(reading: Mapping[str, Any]) -> Iterator[str]:
    kind = KINDS.get(reading.get("doc_type", ""), "Văn bản")
    number = f" số {reading['number']}" if "number" in reading else ""
    issued = f" ngày {shown(reading['issued_on'])}" if "issued_on" in reading else ""
    yield f"{kind}{number}{issued}"
    for field, label in (("issuer", "Cơ quan ban hành"), ("title", "Trích yếu")):
        if field in reading:
            yield f"{label}: {reading[field]}"
    if signer := reading.get("signer"):
        yield "Người ký: " + ", ".join(v for k in ("name", "position") if (v := signer.get(k)))
    if period := reading.get("period"):
        yield "Thời gian: " + " – ".join(shown(period.get(end, "…")) for end in ("from", "to"))
    if not reading["is_launch_plan"]:
        yield "Đây không phải văn bản phát động phong trào thi đua."


def lists_of(reading: Mapping[str, Any]) -> Iterator[str]:
    for field, label, parts in LISTS:
        if items := reading.get(field):
            yield f"\n{label} ({len(items)})"
            for item in items:
                mark = "?" if item["confidence"] == "check" else "-"
                yield f"  {mark} " + " · ".join(shown(item[part]) for part in parts if part in item)
    found = (item for field, _, _ in LISTS for item in reading.get(field, ()))
    unsure = sum(item["confidence"] == "check" for item in found)
    if unsure:
        yield f"\nDấu ? là mục cần người kiểm tra: {unsure} mục."


def shown(value: Any) -> str:
    """Return a part in words: 2026-06-30 as 30/06/2026, 2026-06 as 06/2026, several with commas."""
    if isinstance(value, list):
        return ", ".join(shown(one) for one in value)
    pieces = str(value).split("-")
    if len(pieces) > 1 and all(piece.isdigit() for piece in pieces):
        return "/".join(reversed(pieces))
    return str(value)

"""What a reader wants to tell about a file it did read, as a code with its figures in one short string.

``Source.notices`` holds such strings (``wrong_extension?name=…&kind=…``); ``told`` turns one back into a
sentence to translate and the figures to fill in.
"""

from typing import Final
from urllib.parse import parse_qsl, urlencode

from thidua.documents.errors import N_

SENTENCES: Final = {
    "wrong_extension": N_(
        "Tệp “%(name)s” thực ra là %(kind)s; đã đọc theo nội dung, không theo phần đuôi của tên."
    ),
    "macros_left_out": N_("Tệp “%(name)s” có mã lệnh (macro). Chỉ đọc chữ, không chạy mã lệnh nào."),
    "deletions_left_out": N_(
        "Tệp có sửa đổi đang theo dõi: đã đọc như khi chấp nhận mọi sửa đổi (%(count)s chỗ xóa)."
    ),
    "hidden_text_left_out": N_("Tệp có chữ ẩn; chữ ẩn không được đọc."),
    "embedded_part_left_out": N_("Tệp có phần nhúng từ tệp khác; phần đó không được đọc."),
    "legacy_letters_repaired": N_("Chữ theo bảng mã cũ (%(encodings)s) đã được chuyển sang Unicode."),
    "page_numbers_left_out": N_("Số trang đã được bỏ khỏi nội dung (%(count)s trang)."),
    "running_heads_moved": N_("Tiêu đề lặp ở đầu hoặc cuối trang chỉ được giữ một lần."),
    "scanned_pages": N_("Các trang %(pages)s là ảnh quét, không có chữ để đọc."),
    "read_by_ocr": N_("Chữ được nhận dạng từ ảnh quét nên có thể sai. Hãy đối chiếu với bản gốc."),
    "converted": N_("Tệp theo định dạng cũ (%(kind)s) đã được chuyển đổi để đọc."),
    "converted_bare": N_(
        "Tệp theo định dạng cũ (%(kind)s): chỉ đọc được chữ, không có số thứ tự tự động và bảng. "
        "Nếu cần, lưu lại thành .docx rồi gửi lại."
    ),
    "damaged_letters": N_("Một số chữ không đọc được, hiện là “�”. Hãy đối chiếu với bản gốc."),
}


def notice(code: str, **parameters: str | int) -> str:
    return f"{code}?{urlencode(parameters)}" if parameters else code


def told(line: str) -> tuple[str, dict[str, str]]:
    """Return the Vietnamese sentence of a notice, with places, and what goes into them."""
    code, _, rest = line.partition("?")
    return SENTENCES[code], dict(parse_qsl(rest, keep_blank_values=True))

"""What people drop in by mistake or in malice: each with its name and the sentence that answers it."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from documents import pdfs
from documents.wordml import paragraph, word_file

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD = word_file(paragraph("Kế hoạch phát động phong trào thi đua năm 2026 " * 40))
NOVEL = (
    "It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of "
    "foolishness, it was the epoch of belief, it was the epoch of incredulity.\n"
) * 20
NOT_A_PLAN = "Văn bản này có vẻ không phát động phong trào nào. Xem kỹ trước khi đi tiếp."


def locked_word():
    """Return the head of a Word file under a password: an old container around the encrypted package."""
    names = ("EncryptedPackage", "EncryptionInfo")
    return OLE + bytes(504) + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in names)


def bomb(megabytes=64):
    """Return a .docx of some kilobytes that unpacks to so many ``megabytes``."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", "<w:document/>")
        with package.open("word/media/blank.xml", "w") as part:
            for _ in range(megabytes):
                part.write(bytes(1 << 20))
    return file.getvalue()


def with_macros():
    file = BytesIO()
    with ZipFile(BytesIO(WORD)) as plain, ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name in plain.namelist():
            package.writestr(name, plain.read(name))
        package.writestr("word/vbaProject.bin", b"Attribute VB_Name")
    return file.getvalue()


REFUSED = {
    "rong.docx": (b"", "Tệp “rong.docx” không có chữ nào. Mở tệp gốc để kiểm tra rồi gửi lại."),
    "trang.txt": (b" \n \n", "Tệp “trang.txt” không có chữ nào. Mở tệp gốc để kiểm tra rồi gửi lại."),
    "mat-khau.docx": (
        locked_word(),
        "Tệp “mat-khau.docx” (Office) có mật khẩu. Bỏ mật khẩu, lưu lại rồi gửi lại.",
    ),
    "mat-khau.pdf": (
        pdfs.locked(),
        "Tệp “mat-khau.pdf” (PDF) có mật khẩu. Bỏ mật khẩu, lưu lại rồi gửi lại.",
    ),
    "cut.docx": (
        WORD[: len(WORD) // 2],
        (
            "Tệp “cut.docx” (tệp nén Office) bị hỏng hoặc tải về chưa hết. "
            "Mở lại tệp gốc, lưu thành tệp mới rồi gửi lại."
        ),
    ),
    "phong-to.docx": (
        bomb(),
        (
            "Tệp “phong-to.docx” khi giải nén vượt quá giới hạn 256 MB nên không được mở. "
            "Mở tệp bằng Word, lưu lại thành tệp .docx mới rồi gửi lại."
        ),
    ),
    "anh.docx": (
        pdfs.png(2, 2, b"abcd"),
        (
            "Tệp “anh.docx” là ảnh (PNG), không có chữ để đọc. "
            "Gửi bản Word (.docx), bản PDF có chữ, hoặc chép nội dung vào tệp .txt."
        ),
    ),
    "chup.jpg": (
        b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(60),
        (
            "Tệp “chup.jpg” là ảnh (JPEG), không có chữ để đọc. "
            "Gửi bản Word (.docx), bản PDF có chữ, hoặc chép nội dung vào tệp .txt."
        ),
    ),
    "quet.pdf": (
        pdfs.scan(),
        (
            "Tệp “quet.pdf” là bản quét 1 trang, không có lớp chữ để đọc. "
            "Gửi bản Word (.docx) hoặc bản PDF xuất từ Word; nếu không có, nhận dạng chữ rồi gửi lại."
        ),
    ),
    "chuong-trinh.pdf": (
        b"MZ\x90\0\x03\0\0\0" + bytes(60),
        (
            "Tệp “chuong-trinh.pdf” là chương trình, không phải văn bản, nên không được mở. "
            "Gửi văn bản .docx, .pdf hoặc .txt."
        ),
    ),
    "loi.txt": (
        b"kq?z x1z9 wq?t bcdfgh zx?w " * 200,
        (
            "Chữ trong tệp “loi.txt” không đọc ra được: phông chữ hoặc bảng mã không rõ. "
            "Mở tệp gốc, chuyển sang phông Unicode (Times New Roman) rồi gửi lại."
        ),
    ),
}
"""By the name it comes under: content, and the whole sentence that refuses it."""

REMARKED = {
    "sai-duoi.pdf": (
        WORD,
        "Tệp “sai-duoi.pdf” thực ra là văn bản Word .docx; đã đọc theo nội dung, không theo phần đuôi của tên.",
    ),
    "macro.docm": (
        with_macros(),
        "Tệp “macro.docm” có mã lệnh (macro). Chỉ đọc chữ, không chạy mã lệnh nào.",
    ),
}
"""What is taken in, with the remark that goes along."""

"""Why a file cannot be read: one error for each situation, with what a person can do about it.

An error carries a code, the figures of the case and a Vietnamese sentence with places for them. The
sentence is marked for translation; whoever shows it asks for it ``in_words``.
"""

from collections.abc import Callable
from typing import ClassVar


def N_(sentence: str) -> str:  # noqa: N802 -- the name by which Babel finds it
    return sentence


class DocumentError(Exception):
    """A file that cannot be read; ``parameters`` hold the file's ``name`` and the figures of the case."""

    code: ClassVar[str]
    template: ClassVar[str]

    def __init__(self, **parameters: str | int) -> None:
        super().__init__(parameters)
        self.parameters = parameters

    def __str__(self) -> str:
        return self.in_words(str)

    def in_words(self, translate: Callable[[str], str]) -> str:
        """Return the sentence in the language of ``translate``, the kind of file in it too."""
        facts = {
            name: translate(str(fact)) if name == "kind" else fact for name, fact in self.parameters.items()
        }
        return translate(self.template) % facts


class EmptyFileError(DocumentError):
    """Parameter: name."""

    code = "empty_file"
    template = N_("Tệp “%(name)s” không có chữ nào. Mở tệp gốc để kiểm tra rồi gửi lại.")


class MissingFileError(DocumentError):
    """Parameter: name. No such file, a folder, or one that may not be opened."""

    code = "missing_file"
    template = N_("Không mở được tệp “%(name)s”. Kiểm tra đường dẫn và quyền đọc rồi thử lại.")


class TooLargeError(DocumentError):
    """Parameters: name, megabytes, limit (MB)."""

    code = "too_large"
    template = N_(
        "Tệp “%(name)s” nặng %(megabytes)s MB, quá giới hạn %(limit)s MB. "
        "Nén các hình ảnh trong tệp hoặc tách phụ lục ra rồi gửi lại."
    )


class UnpackedTooLargeError(DocumentError):
    """Parameters: name, limit (MB). A small file that swells when it is unpacked."""

    code = "unpacked_too_large"
    template = N_(
        "Tệp “%(name)s” khi giải nén vượt quá giới hạn %(limit)s MB nên không được mở. "
        "Mở tệp bằng Word, lưu lại thành tệp .docx mới rồi gửi lại."
    )


class BrokenFileError(DocumentError):
    """Parameters: name, kind. Cut short or damaged on the way."""

    code = "broken_file"
    template = N_(
        "Tệp “%(name)s” (%(kind)s) bị hỏng hoặc tải về chưa hết. "
        "Mở lại tệp gốc, lưu thành tệp mới rồi gửi lại."
    )


class UnsafeFileError(DocumentError):
    """Parameters: name, kind. It holds what an honest document never does."""

    code = "unsafe_file"
    template = N_(
        "Tệp “%(name)s” (%(kind)s) có cấu trúc bất thường nên không được mở. "
        "Sao chép nội dung sang một tệp .docx mới rồi gửi lại."
    )


class EncryptedFileError(DocumentError):
    """Parameters: name, kind."""

    code = "encrypted_file"
    template = N_("Tệp “%(name)s” (%(kind)s) có mật khẩu. Bỏ mật khẩu, lưu lại rồi gửi lại.")


class PictureFileError(DocumentError):
    """Parameters: name, kind; recognisable (0 or 1) where recognition was asked for."""

    code = "picture_file"
    template = N_(
        "Tệp “%(name)s” là ảnh (%(kind)s), không có chữ để đọc. "
        "Gửi bản Word (.docx), bản PDF có chữ, hoặc chép nội dung vào tệp .txt."
    )


class ScannedFileError(DocumentError):
    """Parameters: name, pages, recognisable (1 where optical recognition could read it on this machine)."""

    code = "scanned_file"
    template = N_(
        "Tệp “%(name)s” là bản quét %(pages)s trang, không có lớp chữ để đọc. "
        "Gửi bản Word (.docx) hoặc bản PDF xuất từ Word; nếu không có, nhận dạng chữ rồi gửi lại."
    )


class ProgramFileError(DocumentError):
    """Parameter: name."""

    code = "program_file"
    template = N_(
        "Tệp “%(name)s” là chương trình, không phải văn bản, nên không được mở. "
        "Gửi văn bản .docx, .pdf hoặc .txt."
    )


class OldFormatError(DocumentError):
    """Parameters: name, kind. An old format, and nothing on this machine converts it."""

    code = "old_format"
    template = N_(
        "Tệp “%(name)s” theo định dạng cũ (%(kind)s) mà máy này chưa đọc được. "
        "Mở bằng Word, chọn Lưu thành “Tài liệu Word (.docx)” rồi gửi lại."
    )


class OtherFormatError(DocumentError):
    """Parameters: name, kind. Known, and no document of text."""

    code = "other_format"
    template = N_("Tệp “%(name)s” là %(kind)s, không phải văn bản. Gửi văn bản .docx, .pdf, .txt hoặc .md.")


class UnknownFormatError(DocumentError):
    """Parameter: name."""

    code = "unknown_format"
    template = N_("Không nhận ra loại tệp của “%(name)s”. Gửi văn bản .docx, .pdf, .txt hoặc .md.")


class UnreadableLettersError(DocumentError):
    """Parameter: name. Letters are there, but which ones they are cannot be told."""

    code = "unreadable_letters"
    template = N_(
        "Chữ trong tệp “%(name)s” không đọc ra được: phông chữ hoặc bảng mã không rõ. "
        "Mở tệp gốc, chuyển sang phông Unicode (Times New Roman) rồi gửi lại."
    )


class ReadingTooLongError(DocumentError):
    """Parameters: name, seconds."""

    code = "reading_too_long"
    template = N_(
        "Đọc tệp “%(name)s” quá %(seconds)s giây chưa xong nên đã dừng. "
        "Tách tệp thành các phần ngắn hơn rồi gửi lại."
    )


class ReadingTooHeavyError(DocumentError):
    """Parameters: name, megabytes."""

    code = "reading_too_heavy"
    template = N_(
        "Đọc tệp “%(name)s” cần hơn %(megabytes)s MB bộ nhớ nên đã dừng. "
        "Bỏ bớt hình ảnh, tách tệp thành các phần ngắn hơn rồi gửi lại."
    )


class ReaderCrashedError(DocumentError):
    """Parameter: name. The reading process broke down; nothing else was touched."""

    code = "reader_crashed"
    template = N_(
        "Tệp “%(name)s” làm chương trình đọc dừng đột ngột; dữ liệu khác không bị ảnh hưởng. "
        "Mở tệp bằng Word, lưu thành tệp .docx mới rồi gửi lại."
    )


ERRORS = {error.code: error for error in DocumentError.__subclasses__()}

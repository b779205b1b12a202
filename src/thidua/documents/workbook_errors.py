"""Why a table cannot be read or written."""

from thidua.documents.errors import N_, DocumentError


class NotATableError(DocumentError):
    """Parameters: name, kind."""

    code = "not_a_table"
    template = N_("Tệp “%(name)s” là %(kind)s, không phải bảng tính. Gửi tệp .xlsx, .xls, .ods hoặc .csv.")


class TableFileTooLargeError(DocumentError):
    """Parameters: name, megabytes, limit (MB)."""

    code = "table_file_too_large"
    template = N_(
        "Tệp “%(name)s” nặng %(megabytes)s MB, quá giới hạn %(limit)s MB. "
        "Bỏ hình ảnh trong tệp hoặc tách thành nhiều tệp rồi gửi lại."
    )


class TooManyCellsError(DocumentError):
    """Parameters: name, sheet, rows, columns, limit (cells)."""

    code = "too_many_cells"
    template = N_(
        "Tệp “%(name)s”, trang tính “%(sheet)s” trải trên %(rows)s dòng và %(columns)s cột, quá giới hạn %(limit)s ô. "
        "Xóa các dòng, cột trống ở cuối hoặc tách thành nhiều tệp rồi gửi lại."
    )


class BrokenTableError(DocumentError):
    """Parameters: name, kind."""

    code = "broken_table"
    template = N_(
        "Tệp “%(name)s” (%(kind)s) bị hỏng hoặc tải về chưa hết. Mở bằng Excel, lưu lại thành .xlsx rồi gửi lại."
    )


class EmptyTableError(DocumentError):
    """Parameter: name."""

    code = "empty_table"
    template = N_("Tệp “%(name)s” không có dòng dữ liệu nào. Kiểm tra lại tệp rồi gửi lại.")


class SheetFullError(DocumentError):
    """Parameters: sheet, limit (rows)."""

    code = "sheet_full"
    template = N_(
        "Trang tính “%(sheet)s” có nhiều hơn %(limit)s dòng, quá sức chứa của Excel. Thu hẹp bộ lọc rồi xuất lại."
    )

"""Types of administrative documents and the letters that stand for them (Nghị định 30/2020, Phụ lục III)."""

from enum import Enum


class DocType(Enum):
    """Each with the letters used in its number and its name as a heading."""

    NQ = ("NQ", "Nghị quyết")
    QD = ("QĐ", "Quyết định")
    CT = ("CT", "Chỉ thị")
    QC = ("QC", "Quy chế")
    QYD = ("QyĐ", "Quy định")
    TC = ("TC", "Thông cáo")
    TB = ("TB", "Thông báo")
    HD = ("HD", "Hướng dẫn")
    CTR = ("CTr", "Chương trình")
    KH = ("KH", "Kế hoạch")
    PA = ("PA", "Phương án")
    DA = ("ĐA", "Đề án")
    DU_AN = ("DA", "Dự án")
    BC = ("BC", "Báo cáo")
    BB = ("BB", "Biên bản")
    TTR = ("TTr", "Tờ trình")
    HOP_DONG = ("HĐ", "Hợp đồng")
    CD = ("CĐ", "Công điện")
    BGN = ("BGN", "Bản ghi nhớ")
    BTT = ("BTT", "Bản thỏa thuận")
    GUQ = ("GUQ", "Giấy ủy quyền")
    GM = ("GM", "Giấy mời")
    GGT = ("GGT", "Giấy giới thiệu")
    GNP = ("GNP", "Giấy nghỉ phép")
    PG = ("PG", "Phiếu gửi")
    PC = ("PC", "Phiếu chuyển")
    PB = ("PB", "Phiếu báo")
    BDK = ("", "Bản đăng ký")  # no type of the decree: its number bears no letters
    CV = ("", "Công văn")  # an official letter bears no letters of its type, nor its name as a heading

    @property
    def letters(self) -> str:
        return self.value[0]

    @property
    def title(self) -> str:
        """The name in ordinary letters; ``layout.heading`` sets it in capitals."""
        return self.value[1]

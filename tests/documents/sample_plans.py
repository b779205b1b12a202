"""Three plans of our own invention as Word files with the habits of real ones; ``python sample_plans.py`` writes them.

The numbers before paragraphs stand nowhere in the files: they are Word's to count. What a reader sees on paper is
kept beside each file as text, written by hand.
"""

from pathlib import Path

from documents.wordml import (
    abstract,
    cell,
    level,
    listed,
    paragraph,
    restart,
    run,
    table,
    word_file,
)

FOLDER = Path(__file__).parents[1] / "samples" / "plans"

_BOLD = "<w:b/>"
_CENTRED = '<w:jc w:val="center"/>'
_PAGE = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
_A4 = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="851" w:bottom="1134" w:left="1701"/>'


def centred(text, properties=_BOLD):
    return paragraph(inner=run(text, properties), properties=_CENTRED)


def head(issuer, number, place_and_date):
    """Return the two columns every official paper begins with, as the table without rules Word users make."""
    left = [centred(line) for line in issuer] + [centred(f"Số: {number}", "")]
    right = [
        centred("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        centred("Độc lập - Tự do - Hạnh phúc"),
        centred(place_and_date, "<w:i/>"),
    ]
    return table(cell(*left) + cell(*right))


def foot(recipients, authority, signer):
    left = [paragraph(inner=run("Nơi nhận:", "<w:b/><w:i/>"))] + [paragraph(line) for line in recipients]
    right = [centred(line) for line in authority] + [centred(signer)]
    return table(cell(*left) + cell(*right))


def outline(*items, number=1):
    """Return numbered paragraphs: each item is a level of the list and a text, or a text without number."""
    return "".join(
        paragraph(item) if isinstance(item, str) else paragraph(item[1], number=number, depth=item[0])
        for item in items
    )


PROVINCE_LISTS = (
    abstract(
        1,
        level(0, "%1.", "upperRoman"),
        level(1, "%2."),
        level(2, "%2.%3."),
        level(3, "%4)", "lowerLetter"),
        level(4, "-", "bullet"),
    )
    + abstract(2, level(0, "%1"))
    + listed(1, 1)
    + listed(2, 2)
)


def province():
    """Return a province's plan: one list of three levels and letters, a task table, a text box, running heads."""
    box = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp>'
        "<wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>{0}</w:txbxContent></v:textbox>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    ).format(paragraph("Văn bản điện tử có giá trị như bản giấy"))
    tasks = (
        (
            "Ban hành kế hoạch hưởng ứng của sở, ban, ngành, xã, phường",
            "Các cơ quan, đơn vị",
            "Trước ngày 20/3/2026",
        ),
        ("Tập huấn kỹ năng số cho tổ công nghệ số cộng đồng", "Sở Khoa học và Công nghệ", "Quý II năm 2026"),
        ("Kiểm tra việc tổ chức phong trào tại 12 xã, phường", "Sở Nội vụ", "Tháng 9 năm 2026"),
    )
    rows = [
        cell(centred("TT"))
        + cell(centred("Nội dung"))
        + cell(centred("Chủ trì"))
        + cell(centred("Thời hạn")),
        *(
            cell(paragraph(inner=" ", number=2, depth=0)) + "".join(cell(paragraph(text)) for text in task)
            for task in tasks
        ),
    ]
    body = (
        head(("ỦY BAN NHÂN DÂN", "TỈNH THANH VÂN"), "9127/KH-UBND", "Thanh Vân, ngày 27 tháng 02 năm 2026")
        + paragraph(inner=box)
        + centred("KẾ HOẠCH")
        + centred("Phát động phong trào thi đua “Cả tỉnh học tập kỹ năng số” năm 2026")
        + paragraph("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;")
        + paragraph("Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ;")
        + paragraph(
            "Theo đề nghị của Giám đốc Sở Nội vụ, Ủy ban nhân dân tỉnh ban hành Kế hoạch phát động phong trào thi đua "
            "“Cả tỉnh học tập kỹ năng số” năm 2026 như sau:"
        )
        + outline(
            (0, "MỤC ĐÍCH, YÊU CẦU"),
            (1, "Mục đích"),
            (
                3,
                (
                    "Đưa kỹ năng số cơ bản đến từng thôn, tổ dân phố, trước hết "
                    "là nơi người dân còn ít dùng dịch vụ trực tuyến."
                ),
            ),
            (3, "Mỗi công chức xã làm chủ được công cụ của chính việc mình làm."),
            (1, "Yêu cầu"),
            (3, "Thi đua bằng việc làm được, đếm được; không tổ chức lễ riêng để phát động ở cấp xã."),
            (3, "Người cao tuổi, người khuyết tật được hướng dẫn tận nơi."),
            (0, "NỘI DUNG THI ĐUA"),
            (1, "Thi đua học và dạy kỹ năng số"),
            (
                2,
                "Mỗi tổ công nghệ số cộng đồng hướng dẫn thành thạo ít nhất 30 hộ sử dụng dịch vụ công trực tuyến.",
            ),
            (2, "100% công chức xã, phường hoàn thành khóa học trực tuyến trước ngày 30/6/2026."),
            (1, "Thi đua phục vụ trên môi trường số"),
            (2, "Tỷ lệ hồ sơ nộp trực tuyến toàn trình đạt từ 85% trở lên."),
            (2, "Thời gian trả kết quả giảm tối thiểu 20% so với quy định."),
            (0, "ĐỐI TƯỢNG, THỜI GIAN"),
            (
                1,
                (
                    "Đối tượng: các cơ quan, đơn vị, địa phương; công chức, viên chức, "
                    "người lao động và Nhân dân trong tỉnh."
                ),
            ),
            (1, "Thời gian: từ ngày 01/3/2026 đến ngày 30/11/2026, chia thành hai đợt:"),
            (3, "Đợt 1: từ ngày 01/3/2026 đến ngày 31/7/2026;"),
            (3, "Đợt 2: từ ngày 01/8/2026 đến ngày 30/11/2026."),
            (0, "KHEN THƯỞNG"),
            (
                1,
                "Chủ tịch Ủy ban nhân dân tỉnh tặng Bằng khen cho không quá 10 tập thể và 20 cá nhân tiêu biểu.",
            ),
            (1, "Hồ sơ gửi về Sở Nội vụ trước ngày 15/12/2026."),
            (0, "TỔ CHỨC THỰC HIỆN"),
            (
                1,
                "Sở Nội vụ là cơ quan thường trực, theo dõi, đôn đốc và tổng hợp báo cáo Ủy ban nhân dân tỉnh.",
            ),
            (1, "Các cơ quan, đơn vị, địa phương thực hiện các nhiệm vụ sau:"),
        )
        + table(*rows)
        + paragraph(
            "Trên đây là Kế hoạch phát động phong trào thi đua của tỉnh; yêu cầu các cơ quan nghiêm túc thực hiện./."
        )
        + foot(
            (
                "- Ban Thi đua - Khen thưởng Trung ương (để báo cáo);",
                "- Các sở, ban, ngành, xã, phường;",
                "- Lưu: VT, NV.",
            ),
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
            "Lò Thị Hạnh Phương",
        )
        + '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
        f'<w:footerReference w:type="default" r:id="footer1"/>{_A4}</w:sectPr>'
    )
    return word_file(
        body,
        numbering=PROVINCE_LISTS,
        header1=paragraph(inner=_PAGE, properties=_CENTRED),
        footer1=paragraph("Kế hoạch phong trào thi đua “Cả tỉnh học tập kỹ năng số”"),
    )


DEPARTMENT_LISTS = (
    abstract(
        1,
        level(0, "%1.", "upperRoman", inside='<w:pStyle w:val="Heading1"/>'),
        level(1, "%2.", inside='<w:pStyle w:val="Heading2"/>'),
        level(2, "%2.%3.", inside='<w:pStyle w:val="Heading3"/>'),
    )
    + abstract(2, level(0, "\uf02d", "bullet"), level(1, "+", "bullet"))
    + listed(1, 1)
    + listed(2, 2)
)
_HEADINGS = "".join(
    f'<w:style w:type="paragraph" w:styleId="Heading{depth}"><w:name w:val="heading {depth}"/>'
    '<w:basedOn w:val="Normal"/>'
    f'<w:pPr><w:numPr>{level_mark}<w:numId w:val="1"/></w:numPr></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    for depth, level_mark in ((1, ""), (2, '<w:ilvl w:val="1"/>'), (3, '<w:ilvl w:val="2"/>'))
)
DEPARTMENT_STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/></w:rPr>'
    '</w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"/>'
    f"{_HEADINGS}"
)


def department():
    """Return a department's plan: numbered heading styles, bullets, tracked changes, a footnote, a first-page head."""
    changed = paragraph(
        inner=run("Báo cáo sơ kết gửi về Văn phòng Sở trước ngày ")
        + '<w:del w:id="1"><w:r><w:delText>30/6/2026</w:delText></w:r></w:del>'
        + f'<w:ins w:id="2">{run("10/7/2026")}</w:ins>'
        + run("; báo cáo tổng kết gửi trước ngày 05/12/2026."),
        number=2,
    )
    noted = paragraph(
        inner=run("Tỷ lệ vụ việc hòa giải thành đạt từ 88% trở lên")
        + '<w:r><w:footnoteReference w:id="1"/></w:r>'
        + run("."),
        number=2,
    )
    body = (
        head(
            ("ỦY BAN NHÂN DÂN TỈNH THANH VÂN", "SỞ TƯ PHÁP"),
            "214/KH-STP",
            "Thanh Vân, ngày 10 tháng 3 năm 2026",
        )
        + centred("KẾ HOẠCH")
        + centred("Phát động phong trào thi đua của Sở Tư pháp năm 2026")
        + paragraph(
            "Thực hiện Kế hoạch số 9127/KH-UBND ngày 27 tháng 02 năm 2026 của Ủy ban nhân dân tỉnh Thanh Vân, "
            "Sở Tư pháp "
            "phát động phong trào thi đua năm 2026 với chủ đề “Gần dân, đúng luật, trả lời ngay” như sau:"
        )
        + paragraph("MỤC ĐÍCH, YÊU CẦU", style="Heading1")
        + paragraph("Mục đích", style="Heading2")
        + paragraph("Để mỗi người dân hỏi một lần là được trả lời đúng và đủ.", number=2)
        + paragraph("Yêu cầu", style="Heading2")
        + paragraph("Thiết thực, không hình thức; phòng nào cũng có việc của mình:", number=2)
        + paragraph("phòng chuyên môn chọn ít nhất một việc khó;", number=2, depth=1)
        + paragraph("trung tâm chọn ít nhất một việc mới.", number=2, depth=1)
        + paragraph("NỘI DUNG THI ĐUA", style="Heading1")
        + paragraph("Thi đua trong công tác chuyên môn", style="Heading2")
        + paragraph("Hòa giải ở cơ sở", style="Heading3")
        + noted
        + paragraph("Trợ giúp pháp lý", style="Heading3")
        + paragraph("100% yêu cầu được phân công trong 02 ngày làm việc.", number=2)
        + paragraph("Thi đua trong xây dựng cơ quan", style="Heading2")
        + paragraph("Không có công chức vi phạm kỷ luật, kỷ cương hành chính.", number=2)
        + paragraph("THỜI GIAN THỰC HIỆN", style="Heading1")
        + paragraph("Phong trào được thực hiện từ ngày 10/3/2026 đến ngày 10/12/2026.")
        + paragraph("TỔ CHỨC THỰC HIỆN", style="Heading1")
        + paragraph("Văn phòng Sở", style="Heading2")
        + paragraph("Theo dõi, đôn đốc các phòng, trung tâm thực hiện Kế hoạch này.", number=2)
        + paragraph("Các phòng, trung tâm", style="Heading2")
        + changed
        + foot(
            ("- Sở Nội vụ (để báo cáo);", "- Các phòng, trung tâm thuộc Sở (để thực hiện);", "- Lưu: VT."),
            ("GIÁM ĐỐC",),
            "Hoàng Đức Thiện",
        )
        + '<w:sectPr><w:headerReference w:type="first" r:id="header1"/>'
        f'<w:headerReference w:type="default" r:id="header2"/>{_A4}<w:titlePg/></w:sectPr>'
    )
    return word_file(
        body,
        numbering=DEPARTMENT_LISTS,
        styles=DEPARTMENT_STYLES,
        footnotes=f'<w:footnote w:type="separator" w:id="-1">{paragraph("")}</w:footnote>'
        f'<w:footnote w:id="1">{paragraph("Năm 2025 tỷ lệ này là 86,4%.")}</w:footnote>',
        header1=paragraph("BẢN CHÍNH", properties='<w:jc w:val="right"/>'),
        header2=paragraph(inner=_PAGE, properties=_CENTRED),
    )


ASSOCIATION_LISTS = (
    abstract(1, level(0, "Điều %1."), level(1, "%2."))
    + abstract(2, level(0, "%1.", "upperRoman"), level(1, "%2."), level(2, "%3)", "lowerLetter"))
    + listed(1, 1)
    + listed(2, 2)
    + listed(3, 2, restart(0, 1) + restart(1, 1))
)
_OLD = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'


def old(text, **place):
    """Return a paragraph typed in the old font: ``text`` is what its letters are in Western places."""
    return paragraph(inner=run(text, _OLD), **place)


def association():
    """Return a decision with its plan, each with its own head and its own numbers, partly typed in an old font."""
    body = (
        head(("HỘI LUẬT GIA TỈNH THANH VÂN",), "31/QĐ-HLG", "Thanh Vân, ngày 02 tháng 4 năm 2026")
        + centred("QUYẾT ĐỊNH")
        + centred("Ban hành Kế hoạch phát động phong trào thi đua năm 2026")
        + centred("BAN THƯỜNG VỤ HỘI LUẬT GIA TỈNH")
        + paragraph("Căn cứ Điều lệ Hội Luật gia Việt Nam;")
        + centred("QUYẾT ĐỊNH:")
        + outline(
            (
                0,
                (
                    "Ban hành kèm theo Quyết định này Kế hoạch phát động phong trào thi đua năm 2026 "
                    "của Hội Luật gia tỉnh."
                ),
            ),
            (0, "Quyết định này có hiệu lực kể từ ngày ký."),
            (0, "Văn phòng Hội, các chi hội trực thuộc chịu trách nhiệm thi hành Quyết định này./."),
        )
        + foot(("- Như Điều 3;", "- Lưu: VP."), ("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"), "Phạm Quốc Khải")
        + head(("HỘI LUẬT GIA TỈNH THANH VÂN",), "32/KH-HLG", "Thanh Vân, ngày 02 tháng 4 năm 2026")
        + centred("KẾ HOẠCH")
        + centred("Phát động phong trào thi đua năm 2026")
        + paragraph(
            "(Ban hành kèm theo Quyết định số 31/QĐ-HLG ngày 02 tháng 4 năm 2026 của Hội Luật gia tỉnh Thanh Vân)",
            properties=_CENTRED,
        )
        + outline((0, "NỘI DUNG THI ĐUA"), (1, "Tư vấn pháp luật miễn phí"), number=2)
        + old("Mçi chi héi tæ chøc Ýt nhÊt 04 buæi t­ vÊn ph¸p luËt t¹i c¬ së;", number=2, depth=2)
        + old("Mçi luËt gia nhËn gióp ®ì 01 hé nghÌo.", number=2, depth=2)
        + outline((1, "Góp ý xây dựng pháp luật"), number=2)
        + old("Göi ý kiÕn ®óng h¹n ®¹t 100%.", number=2, depth=2)
        + outline((0, "THỜI GIAN"), number=2)
        + paragraph("Từ ngày 02/4/2026 đến ngày 20/12/2026.")
        + centred("PHỤ LỤC")
        + centred("Tiêu chí chấm điểm các chi hội")
        + outline(
            (0, "ĐIỂM NHIỆM VỤ"),
            (1, "Tư vấn: 40 điểm."),
            (1, "Góp ý: 30 điểm."),
            (0, "ĐIỂM TỔ CHỨC"),
            (1, "Báo cáo: 30 điểm."),
            number=3,
        )
        + f"<w:sectPr>{_A4}</w:sectPr>"
    )
    return word_file(body, numbering=ASSOCIATION_LISTS)


SAMPLES = {"tinh.docx": province, "so-tu-phap.docx": department, "hoi-luat-gia.docx": association}

if __name__ == "__main__":
    for file, build in SAMPLES.items():
        (FOLDER / file).write_bytes(build())

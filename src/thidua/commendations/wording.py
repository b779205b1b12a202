"""Words for how surely a rule was read, and for outcomes, as pages tell them."""

from django.utils.translation import gettext_lazy as _

CONFIDENCE = {
    "read": _("đã đọc điều luật"),
    "quoted": _("theo văn bản khác trích dẫn"),
    "indirect": _("quy định chưa kiểm chứng: mới thấy ở một nơi"),
    "memory": _("quy định chưa kiểm chứng: chưa tìm được văn bản"),
}

OUTCOMES = {
    "eligible": ("done", _("Đạt")),
    "not_eligible": ("closed", _("Chưa đạt")),
    "unknown": ("waiting", _("Chưa đủ dữ liệu")),
}
"""The state a chip shows and its word; red stays with what is late, so “chưa đạt” is not red."""

MARKS = {
    True: ("done", _("đạt")),
    False: ("closed", _("chưa đạt")),
    None: ("waiting", _("chưa đủ dữ liệu")),
}

STANDINGS = {
    "open": ("done", _("đang mở")),
    "papers": ("in_work", _("còn thiếu")),
    "this_year": ("due_soon", _("còn kịp trong năm")),
    "year": ("due_soon", _("một năm nữa")),
    "closed": ("closed", _("chưa tới")),
    "no_law": ("waiting", _("chưa có dữ liệu luật")),
}
"""How near an award is: the state a chip shows and its word."""

UNSURE = (
    "unsure",
    _("chưa kiểm chứng"),
    _(
        "Quy định mới thấy ở một nơi hoặc theo trí nhớ, chưa ai đọc trong chính văn bản: chỉ nhắc, không chặn."
    ),
)
ANSWERS_MEAN = (
    (*OUTCOMES["eligible"], _("Mọi điều kiện bắt buộc đều đạt.")),
    (*OUTCOMES["not_eligible"], _("Có điều kiện bắt buộc không đạt.")),
    (
        *OUTCOMES["unknown"],
        _(
            "Chưa điều kiện bắt buộc nào không đạt, nhưng còn điều chưa biết: hồ sơ thiếu, hoặc chưa thấy văn bản "
            "nêu tiêu chuẩn. Không phải là bị loại."
        ),
    ),
    ("plain", _("chỉ nhắc"), _("Không đạt cũng không chặn: người xét tự cân nhắc.")),
    UNSURE,
)
STANDINGS_MEAN = (
    (*STANDINGS["open"], _("Đạt ngay năm đang xem.")),
    (
        *STANDINGS["papers"],
        _(
            "Chưa có gì cản; còn thiếu giấy tờ, dữ liệu hoặc danh hiệu của chính năm đó. Con số là còn mấy điều."
        ),
    ),
    (*STANDINGS["this_year"], _("Chưa đạt, nhưng năm đang xem chưa hết: kết quả của năm còn có thể đủ.")),
    (*STANDINGS["year"], _("Chưa đạt; năm sau có thể đạt nếu xếp loại xuất sắc.")),
    (*STANDINGS["closed"], _("Còn vướng lâu hơn; có năm thì đó là năm sớm nhất có thể đạt.")),
    (*STANDINGS["no_law"], _("Chưa thấy văn bản nào nêu tiêu chuẩn của ngày đó.")),
)
LIMITS_MEAN = (
    ("done", _("trong mức"), _("Không quá hạn mức, hoặc nằm trong khoảng dự kiến.")),
    ("closed", _("vượt, phải bớt"), _("Quá hạn mức, hoặc quá tỷ lệ bắt buộc của luật.")),
    (
        "due_soon",
        _("ngoài dự kiến"),
        _("Ngoài khoảng dự kiến, hoặc quá tỷ lệ của quy định chưa kiểm chứng: chỉ nhắc."),
    ),
    (
        "due_soon",
        _("thấp hơn, cao hơn tỷ lệ"),
        _("Chưa đạt tỷ lệ định hướng mà cơ quan tự đặt cho một nhóm: chỉ nhắc, không chặn."),
    ),
    ("plain", _("không đối chiếu"), _("Có quy định nhưng sổ khen không đủ để đếm; lý do ghi bên cạnh.")),
    ("waiting", _("chưa đủ dữ liệu"), _("Danh sách chưa đủ để kết luận.")),
    UNSURE,
)
"""What the words of a list's quotas and ratios mean."""
RULES_MEAN = (ANSWERS_MEAN[-2], UNSURE)

RULE_STATES = {"checked": "waiting", "in_force": "done", "replaced": "closed", "withdrawn": "closed"}
"""How each state of an uploaded text looks."""

MOVEMENTS = {
    "gains": ("done", _("Được thêm")),
    "loses": ("due_soon", _("Mất")),
    "unsure": ("waiting", _("Thành chưa đủ dữ liệu")),
    "barred": ("closed", _("Từ chưa rõ thành chưa đạt")),
    "stays": ("plain", _("Không đổi")),
}
"""What became of people between two states of the law."""

MATTERS = {
    "unverified": (
        _("Quy định chưa kiểm chứng"),
        _("Mới thấy ở một nơi hoặc theo trí nhớ: chỉ nhắc, không chặn."),
    ),
    "unstated": (
        _("Chưa tìm thấy tiêu chuẩn"),
        _("Chưa văn bản nào đã đọc nêu tiêu chuẩn này: kết quả xét là chưa đủ dữ liệu."),
    ),
    "to_review": (_("Đến ngày soát lại"), _("Người đọc văn bản đã hẹn ngày xem lại.")),
    "stale": (
        _("Chưa đọc lại trong một năm"),
        _("Chưa ai đọc lại văn bản trong một năm qua, hoặc chưa từng."),
    ),
}
"""The kinds of open legal matters, each with what it means for who decides."""

"""What the style guide page shows: invented names in every real state."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from thidua.ui.parts import (
    Branch,
    Chip,
    Column,
    Crumb,
    Fact,
    Hit,
    HitGroup,
    Moment,
    Pager,
    Step,
    Tab,
    changed,
)
from thidua.ui.widgets import DayField

TODAY = dt.date(2025, 12, 18)


@dataclass(frozen=True, slots=True)
class SampleRow:
    id: int
    name: str
    received: dt.date | None
    plan: str
    state: str
    state_label: str
    note: str
    people: int
    points: float | None


@dataclass(frozen=True, slots=True)
class SamplePlace:
    label: str
    url: str
    icon: str
    active: bool = False
    badge: int = 0


class SampleForm(forms.Form):
    """One field of each shape."""

    theme = forms.CharField(
        label=gettext_lazy("Chủ đề"),
        help_text=gettext_lazy("Chép nguyên văn từ kế hoạch, kể cả dấu ngoặc kép."),
        max_length=200,
    )
    starts_on = DayField(label=gettext_lazy("Ngày phát động"), help_text=gettext_lazy("Ví dụ 30/6/2026."))
    unit = forms.ChoiceField(
        label=gettext_lazy("Đơn vị chủ trì"),
        choices=[
            ("", "—"),
            ("1", "Vụ Thi đua – Khen thưởng"),
            ("2", "Văn phòng Bộ"),
            ("3", "Cục Trợ giúp pháp lý"),
        ],
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Loại phong trào"),
        choices=[("regular", gettext_lazy("Thường xuyên")), ("thematic", gettext_lazy("Theo chuyên đề"))],
        widget=forms.RadioSelect,
    )
    recipients = forms.MultipleChoiceField(
        label=gettext_lazy("Gửi tới"),
        choices=[
            ("b", gettext_lazy("Đơn vị thuộc Bộ")),
            ("s", gettext_lazy("Sở Tư pháp")),
            ("t", gettext_lazy("Thi hành án dân sự")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Ghi chú cho đơn vị nhận"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    agreed = forms.BooleanField(label=gettext_lazy("Tôi đã đối chiếu với văn bản có chữ ký"))


class SampleFileForm(forms.Form):
    file = forms.FileField(label=gettext_lazy("Văn bản"))


class SampleFilterForm(forms.Form):
    state = forms.ChoiceField(
        label=gettext_lazy("Trạng thái"),
        choices=[
            ("", gettext_lazy("Mọi trạng thái")),
            ("late", gettext_lazy("Trễ hạn")),
            ("done", gettext_lazy("Đã xong")),
        ],
        required=False,
    )
    due_on = DayField(label=gettext_lazy("Hạn trước ngày"), required=False)


def rows() -> list[SampleRow]:
    day = dt.date
    return [
        SampleRow(
            1,
            "Sở Tư pháp thành phố Hà Nội",
            day(2025, 3, 3),
            "KH 41/KH-STP",
            "done",
            _("Đã phát động"),
            "",
            214,
            96.5,
        ),
        SampleRow(
            2,
            "Sở Tư pháp thành phố Hồ Chí Minh",
            day(2025, 3, 3),
            "KH 57/KH-STP",
            "in_work",
            _("Đang ký giao ước"),
            "",
            318,
            92,
        ),
        SampleRow(
            3,
            "Sở Tư pháp tỉnh Đắk Lắk",
            day(2025, 3, 5),
            "",
            "late",
            _("Chưa có kế hoạch"),
            _("trễ 12 ngày"),
            121,
            None,
        ),
        SampleRow(
            4,
            "Cục Bổ trợ tư pháp",
            day(2025, 3, 1),
            "KH 09/KH-BTTP",
            "due_soon",
            _("Chờ phát động"),
            _("còn 3 ngày"),
            58,
            88.25,
        ),
        SampleRow(5, "Cục Trợ giúp pháp lý", None, "", "waiting", _("Chưa nhận"), "", 46, None),
        SampleRow(
            6,
            "Thi hành án dân sự tỉnh Lâm Đồng",
            day(2025, 3, 4),
            "KH 12/KH-THADS",
            "unsure",
            _("Cần kiểm tra"),
            "",
            77,
            90,
        ),
        SampleRow(
            7,
            "Nhà xuất bản Tư pháp",
            day(2025, 3, 2),
            "KH 03/KH-NXBTP",
            "closed",
            _("Đã tổng kết"),
            "",
            34,
            79.75,
        ),
    ]


def columns() -> list[Column]:
    return [
        Column(_("Đơn vị"), sort="name", wide=True),
        Column(_("Nhận ngày"), sort="received", numeric=True),
        Column(_("Kế hoạch riêng"), on_phone=False),
        Column(_("Trạng thái"), sort="state"),
        Column(_("Số người"), sort="people", numeric=True),
        Column(_("Điểm"), sort="points", numeric=True),
    ]


def navigation() -> list[SamplePlace]:
    return [
        SamplePlace(_("Việc của tôi"), "#viec", "inbox", badge=7),
        SamplePlace(_("Phong trào"), "#", "flag", active=True),
        SamplePlace(_("Cụm thi đua"), "#cum", "users"),
        SamplePlace(_("Chấm điểm"), "#cham", "clipboard-check"),
        SamplePlace(_("Khen thưởng"), "#khen", "award", badge=2),
        SamplePlace(_("Hội đồng"), "#hoi-dong", "vote"),
        SamplePlace(_("Quyết định & Sổ khen"), "#so", "scroll-text"),
        SamplePlace(_("Báo cáo"), "#bao-cao", "chart-column"),
        SamplePlace(_("Đơn vị & Cá nhân"), "#don-vi", "building-2"),
        SamplePlace(_("Quản trị"), "#quan-tri", "settings"),
    ]


def facts() -> list[Fact]:
    return [
        Fact(_("Đơn vị nhận"), "251", url="#don-vi"),
        Fact(_("Đã phát động"), "214", note=_("đủ 85%"), state="done", url="#xong"),
        Fact(_("Trễ hạn"), "37", note=_("lâu nhất 12 ngày"), state="late", url="#tre"),
        Fact(_("Tới hạn trong 7 ngày"), "9", note=_("gần nhất Thứ Sáu"), state="due_soon", url="#gan"),
        Fact(_("Số người tham gia"), "12.480"),
    ]


def moments() -> list[Moment]:
    day = dt.date
    return [
        Moment(_("Phát động đợt 1"), "done", day(2025, 3, 3), note=_("Hội nghị trực tuyến, 251 điểm cầu")),
        Moment(
            _("Đơn vị gửi kế hoạch riêng"), "late", day(2025, 12, 6), note=_("37 đơn vị chưa gửi"), url="#tre"
        ),
        Moment(_("Gửi đăng ký danh hiệu"), "due_soon", day(2025, 12, 21), note=_("còn 3 ngày")),
        Moment(_("Sơ kết đợt 1"), "in_work", day(2026, 1, 30)),
        Moment(
            _("Tổng kết và trao thưởng"),
            "honour",
            day(2026, 8, 28),
            note=_("Kỷ niệm ngày truyền thống ngành"),
        ),
        Moment(
            _("Gửi hồ sơ khen thưởng"),
            "waiting",
            when=_("30 ngày sau tổng kết"),
            note=_("ngày tính khi hội nghị có ngày"),
        ),
    ]


def branches() -> list[Branch]:
    return [
        Branch(
            _("Bộ Tư pháp"),
            "#bo",
            (
                Branch("Văn phòng Bộ", "#vp", note="62"),
                Branch("Vụ Pháp luật hình sự – hành chính", "#vu", note="38"),
                Branch(
                    "Cục Bổ trợ tư pháp",
                    "#bttp",
                    (
                        Branch("Phòng Công chứng", "#cc", note="11"),
                        Branch("Phòng Luật sư", "#ls", note="9", current=True),
                    ),
                    note="58",
                    open=True,
                ),
            ),
            note="2.004",
            open=True,
            icon="landmark",
        ),
        Branch("Hội Luật gia", "#hlg", more_url="?nhanh=1", note="640", icon="building"),
    ]


def more_branches() -> list[Branch]:
    return [
        Branch("Hội Luật gia tỉnh Lâm Đồng", "#hlg-ld", note="21"),
        Branch("Chi hội Cục Bổ trợ tư pháp", "#hlg-bt", note="8"),
    ]


def hits(query: str) -> list[HitGroup]:
    """Give the sample rows whose name holds ``query``, in the shape the search page answers."""
    found = tuple(
        Hit(
            row.name,
            "#don-vi",
            ngettext("%(n)s người", "%(n)s người", row.people) % {"n": row.people},
            "building",
        )
        for row in rows()
        if query.lower() in row.name.lower()
    )
    return [HitGroup(_("Đơn vị"), found)]


def everything(query: QueryDict) -> dict[str, Any]:
    wrong = SampleForm({"w-theme": "", "w-starts_on": "31/02/2025", "w-kind": "regular"}, prefix="w")
    return {
        "today": TODAY,
        "as_of": dt.date(2025, 11, 30),
        "rows": rows(),
        "columns": columns(),
        "navigation": navigation(),
        "notices_url": "#thong-bao",
        "notices_unread": 4,
        "user_note": "Vụ Thi đua – Khen thưởng",
        "facts": facts(),
        "moments": moments(),
        "span": (dt.date(2025, 1, 1), dt.date(2026, 12, 31)),
        "branches": branches(),
        "form": SampleForm(),
        "wrong": wrong,
        "file_form": SampleFileForm(),
        "filter_form": SampleFilterForm(query or None),
        "pager": Pager(shown=7, total=12_345, next_url="?after=7", first=1),
        "pager_far": Pager(shown=50, total=251, previous_url="?before=51", next_url="?after=100"),
        "chips": [
            Chip(_("Trạng thái"), _("Trễ hạn"), changed(query, state=None)),
            Chip(_("Cụm"), "Cụm các tỉnh Tây Nguyên", changed(query, cluster=None)),
        ],
        "crumbs": [Crumb(_("Phong trào"), "#"), Crumb("Dân vận khéo 2025", "#"), Crumb(_("Bảng triển khai"))],
        "tabs": [
            Tab(_("Tổng quan"), "#"),
            Tab(_("Triển khai"), "#", active=True, count=251),
            Tab(_("Mốc hạn"), "#", count=18),
            Tab(_("Đăng ký"), "#", count=12_345),
            Tab(_("Văn bản"), "#"),
        ],
        "steps": [
            Step(_("Đọc văn bản"), "#", "done"),
            Step(_("Kiểm tra nội dung"), "#", "current", open_points=3),
            Step(_("Chọn đơn vị nhận"), "#"),
            Step(_("Xem trước và phát động")),
        ],
        "sort": query.get("sort", "-points"),
        "query": query,
        "sections": sections(),
    }


def sections() -> list[tuple[str, str]]:
    """Give each part of the style guide: its template and its heading."""
    return [
        ("buttons", _("Nút và trình đơn")),
        ("status", _("Trạng thái và tiến độ")),
        ("lists", _("Danh sách")),
        ("forms", _("Biểu mẫu")),
        ("notices", _("Thông báo và hộp thoại")),
        ("order", _("Cây, mốc thời gian, các bước")),
        ("papers", _("Văn bản và điều đã đọc")),
    ]

"""Works recognised on paper before the installation, and research accepted elsewhere, of the invented department."""

from dataclasses import replace
from datetime import date

from thidua.initiatives.models import Authorship, Initiative
from thidua.initiatives.services.recording import Acceptance, Past, record_past
from thidua.initiatives.services.writing import Author
from thidua.organisations.models import Person, Unit

Kind, Role = Initiative.Kind, Authorship.Role


def record_works(unit: Unit, people: list[Person], *, this_year: int) -> list[Initiative]:
    """Write them down as an officer would; ``people`` are five of the unit, each of whom leads some of it."""
    return [record_past(None, past) for past in works(unit, people, this_year)]


def works(unit: Unit, people: list[Person], year: int) -> list[Past]:
    first, second, third, fourth, fifth = people
    own = Past(
        title="",
        authors=(),
        scope="CO_SO",
        number=f"{(year - 1) % 100}/QĐ-STP-KH",
        decided_on=date(year - 1, 10, 6),
        issuer=unit.name,
    )
    return [
        replace(
            own,
            title="Giải pháp nâng cao chất lượng hòa giải ở cơ sở vùng đồng bào dân tộc thiểu số",
            kind=Kind.TOPIC,
            authors=(
                Author(first, None, Role.LEAD),
                Author(second, None, Role.SECRETARY),
                Author(third, None, Role.MEMBER),
            ),
            acceptance=Acceptance(date(year - 1, 9, 18), Initiative.Level.BO, Initiative.Grade.EXCELLENT),
            description="Khảo sát 36 tổ hòa giải, đề xuất bộ tài liệu song ngữ và cách tính thù lao theo vụ việc.",
        ),
        replace(
            own,
            title="Đề án số hóa sổ hộ tịch giai đoạn trước năm 2000",
            kind=Kind.SCHEME,
            number=f"{(year - 2) % 100}/QĐ-STP-KH",
            decided_on=date(year - 2, 12, 12),
            authors=(Author(fourth, None, Role.LEAD), Author(fifth, None, Role.WRITER)),
            acceptance=Acceptance(date(year - 2, 11, 28), Initiative.Level.CO_SO, Initiative.Grade.GOOD),
            description="Quy trình quét, nhập, đối chiếu và phân quyền tra cứu cho xã, phường.",
        ),
        replace(
            own,
            title="Tài liệu tập huấn kỹ năng tiếp công dân cho công chức tư pháp – hộ tịch",
            kind=Kind.WORK,
            number=f"{(year - 3) % 100}/QĐ-STP-KH",
            decided_on=date(year - 3, 8, 22),
            authors=(Author(second, None, Role.LEAD),),
            acceptance=Acceptance(date(year - 3, 8, 4), Initiative.Level.CO_SO, Initiative.Grade.PASSED),
        ),
        replace(
            own,
            title="Lịch trực trợ giúp pháp lý theo phiên chợ",
            number=f"{(year - 4) % 100}/QĐ-STP-SK",
            decided_on=date(year - 4, 12, 5),
            authors=(Author(third, 60), Author(fourth, 40)),
            applied_on=date(year - 4, 2, 10),
            replicable=True,
        ),
        replace(
            own,
            title="Bảng phân công giải quyết đơn thư theo màu hạn xử lý",
            number=f"{(year - 5) % 100}/QĐ-STP-SK",
            decided_on=date(year - 5, 12, 7),
            authors=(Author(fifth, None), Author(first, None)),
            applied_on=date(year - 5, 3, 1),
        ),
    ]

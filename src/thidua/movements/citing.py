"""How papers name a document and the body that issues one."""

import re
from collections.abc import Iterable
from datetime import date

from thidua.core.drafting.layout import day_in_words
from thidua.movements.models import Plan
from thidua.movements.selectors.items import amendments
from thidua.movements.shapes import BY_FIELD
from thidua.movements.wording import part_words
from thidua.organisations.models import Unit

# A department of a province belongs to its People's Committee, whatever body guides its profession.
OF_A_PROVINCE = re.compile(r"(?P<body>Sở \S.*?)\s+(?P<place>(?:tỉnh|thành phố) \S.*)")
# «Giám đốc Sở»: only documents of several bodies name the body with the post (Nghị định 30/2020, PL I, II mục 7).
POST_WITH_BODY = re.compile(
    r"(?P<post>(?:Phó |Quyền )?(?:Tổng )?Giám đốc|Bộ trưởng|Thứ trưởng|(?:Phó )?Hiệu trưởng|(?:Phó )?Chủ tịch)"
    r"\s+(?:Sở|Bộ|Trường|Học viện|Trung tâm|Hội|Nhà xuất bản)(?: .*)?"
)


# What a paper puts before the documents it rests on; «Theo đề nghị của … tại Tờ trình» names the proposer too.
LEAD = re.compile(
    r"(?:căn cứ(?: vào)?|thực hiện|triển khai(?: thực hiện)?|tiếp tục thực hiện|hưởng ứng|để (?:thực hiện|triển khai)"
    r"|trên cơ sở|(?:theo|xét) đề nghị của [^;]{3,120}? tại|(?:theo|xét) đề nghị tại|theo|xét)(?!\w)",
    re.IGNORECASE,
)


def letterhead(unit: Unit) -> tuple[str, str]:
    """Return the names at the head of the unit's papers: the body above it, and its own (PL I, phần II mục 2)."""
    if found := OF_A_PROVINCE.fullmatch(unit.name):
        return f"Ủy ban nhân dân {found['place']}", found["body"]
    return (unit.parent.name if unit.parent else ""), unit.name


def post_on_paper(position: str) -> str:
    found = POST_WITH_BODY.fullmatch(position.strip())
    return found["post"] if found else position.strip()


def citation(plan: Plan) -> str:
    """Return «Kế hoạch số 9937/KH-BTP ngày 20 tháng 01 năm 2026 của Bộ Tư pháp»."""
    kind = part_words(BY_FIELD["legal_basis"], "type", plan.doc_type or "KE_HOACH")
    number = f"số {plan.number}" if plan.number else ""
    day = day_in_words(plan.issued_on) if plan.issued_on else ""
    return " ".join(filter(None, (kind, number, day, f"của {plan.issuer or plan.movement.organiser.name}")))


def amended_citation(plan: Plan, on: date) -> str:
    """Return the citation with the documents that amended the plan by that day."""
    amended_by = [one.decision for one in amendments(plan, on) if one.decision]
    return f"{citation(plan)}, {amended_words(amended_by)}" if amended_by else citation(plan)


def amended_words(decisions: Iterable[str]) -> str:
    return f"được sửa đổi, bổ sung bởi {'; '.join(decisions)}"


def lead_before(text: str, start: int) -> str:
    """Return the words that lead to the document cited at ``start``: «Căn cứ», «Thực hiện», «Hưởng ứng».

    One word may lead to several («Thực hiện Kế hoạch …; Quyết định …»): then it is the nearest before them in the
    paragraph. Empty where the paragraph leads with none.
    """
    before = text[text.rfind("\n", 0, start) + 1 : start]
    for segment in reversed(before.split(";")):
        if found := LEAD.match(" ".join(segment.split()).lstrip("-–+• ")):
            return found[0][:1].upper() + found[0][1:]
    return ""

"""What ``thidua law`` prints for a reader: figures, awards, verdicts and amounts in sentences."""

from typing import Any

from thidua.core.law.sources import Confidence


def shown(value: Any) -> str:
    return "–" if value is None else str(value)


UNVERIFIED = " – quy định chưa kiểm chứng"
OUTCOMES = {"eligible": "ĐẠT", "not_eligible": "CHƯA ĐẠT", "unknown": "CHƯA ĐỦ DỮ LIỆU"}
_MARKS = {True: "đạt", False: "chưa đạt", None: "chưa rõ"}


def print_verdict(found: dict[str, Any], *, doubtful_money: bool = False) -> None:
    """Print an answer; ``doubtful_money`` where the rules behind its amount were not read in their text."""
    print(OUTCOMES[found["outcome"]])
    for pack in found["packs"]:
        print(f"Gói {pack['pack']}: {OUTCOMES[pack['outcome']]}")
        for item in pack["findings"]:
            source = " ".join(filter(None, (item["source"], item["article"])))
            unsure = UNVERIFIED if _is_doubtful(item) else ""
            print(f"  [{_MARKS[item['met']]}] {item['asked']}: {item['seen']} ({source}{unsure})")
    for item in found["missing"]:
        print(f"Còn thiếu: {item['what']}")
    if found["money"]:
        most = "tối đa " if found["money"]["is_ceiling"] else ""
        unless = "" if found["outcome"] == "eligible" else " nếu đủ điều kiện"
        unsure = UNVERIFIED if doubtful_money else ""
        print(f"Tiền thưởng{unless}: {most}{dong(found['money']['amount'])} đồng{unsure}")


def dong(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def print_money(found: dict[str, Any]) -> None:
    """Print what a list of awards pays: what no law sets is not nought, what nobody verified is marked."""
    for line in found["lines"]:
        print(f"{line['who']}: {line['award']} – {_paid(line)}")
    unset = sum(line["amount"] is None for line in found["lines"])
    doubtful = sum(line["paid"] for line in found["lines"] if _is_doubtful(line))
    notes = [
        *([f"trong đó {dong(doubtful)} đồng theo quy định chưa kiểm chứng"] if doubtful else []),
        *([f"chưa kể {unset} dòng chưa có dữ liệu luật"] if unset else []),
    ]
    print(", ".join([f"Cộng: {dong(found['total'])} đồng", *notes]))


def _paid(line: dict[str, Any]) -> str:
    if line["amount"] is None:
        return "chưa có dữ liệu luật về tiền thưởng này ngày đó"
    most = "tối đa " if line["is_ceiling"] and line["paid"] else ""
    note = UNVERIFIED if _is_doubtful(line) else ""
    return f"{most}{dong(line['paid'])} đồng" + (f" {line['reason']}" if line["reason"] else note)


def _is_doubtful(item: dict[str, Any]) -> bool:
    """Return whether the rule of a line or a finding was not read in its text; False where there is none."""
    return item["confidence"] is not None and not Confidence(item["confidence"]).may_block

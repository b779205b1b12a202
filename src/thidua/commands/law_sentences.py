"""What ``thidua law`` prints for a reader: figures, awards, verdicts and amounts in sentences."""

from typing import Any


def shown(value: Any) -> str:
    return "–" if value is None else str(value)


def print_figure(found: dict[str, Any]) -> None:
    print(found["label"]["vi"])
    words = {"not_yet": "chưa có quy định", "repealed": "không còn hiệu lực"}
    print(f"  Ngày {found['on']}: {words.get(found['state'], shown(found['value']))} ({found['unit']})")
    for entry in found["history"]:
        source = " ".join(filter(None, (entry["source"]["text"], entry["source"]["place"])))
        print(f"  từ {entry['from']}: {shown(entry['value'])} – {source} [{entry['confidence']}]")


def print_award(found: dict[str, Any]) -> None:
    print(f"{found['label']['vi']} ({found['id']}), ngày {found['on']}")
    if found["conditions"] is None:
        print("  chưa có dữ liệu luật")
        return
    for part in found["conditions"]:
        _print_condition(part, 1)


def _print_condition(part: dict[str, Any], depth: int) -> None:
    source = " ".join(filter(None, (part["source"]["text"], part["source"]["place"])))
    hidden = {"source", "rule", "confidence", "effect", "all", "any", "not", "choose", "label"}
    body = ", ".join(f"{key}={value}" for key, value in part.items() if key not in hidden)
    label = part.get("label", {}).get("vi", "")
    join = next((key for key in ("all", "any", "not", "choose") if key in part), "")
    print("  " * depth + " ".join(filter(None, (join, label, body))) + f"  – {source} [{part['confidence']}]")
    for inner in part.get(join, []) if join else []:
        _print_condition(inner, depth + 1)


OUTCOMES = {"eligible": "ĐẠT", "not_eligible": "CHƯA ĐẠT", "unknown": "CHƯA ĐỦ DỮ LIỆU"}
_MARKS = {True: "đạt", False: "chưa đạt", None: "chưa rõ"}


def print_verdict(found: dict[str, Any]) -> None:
    print(OUTCOMES[found["outcome"]])
    for pack in found["packs"]:
        print(f"Gói {pack['pack']}: {OUTCOMES[pack['outcome']]}")
        for item in pack["findings"]:
            source = " ".join(filter(None, (item["source"], item["article"])))
            unsure = "" if item["confidence"] in {"read", "quoted"} else " – quy định chưa kiểm chứng"
            print(f"  [{_MARKS[item['met']]}] {item['asked']}: {item['seen']} ({source}{unsure})")
    for item in found["missing"]:
        print(f"Còn thiếu: {item['what']}")
    if found["money"]:
        most = "tối đa " if found["money"]["is_ceiling"] else ""
        print(f"Tiền thưởng: {most}{dong(found['money']['amount'])} đồng")


def dong(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")

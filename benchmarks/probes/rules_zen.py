"""The three rules as a decision of zen-engine, one case at a time.

Twice: as bare yes and no, and explained, each condition with its rule, its source, what was asked, what was
seen and the answer, as a verdict has them. Prints the processor microseconds a case of both.
"""

import json
import time

import zen

RULES = {
    "ldtt": "rating >= 2",
    "cstdcs": "ldtt_given and (rating == 3 or initiatives_unit > 0)",
    "cstdb": "cstdcs_2024 and cstdcs_2023 and cstdcs_2022 and initiatives_ministry > 0",
}
CONDITIONS = {
    "ldtt": {"Xếp loại từ hoàn thành tốt": ("rating", "rating >= 2")},
    "cstdcs": {
        "Đạt LĐTT năm 2024": ("ldtt_given", "ldtt_given"),
        "Đạt một trong các tiêu chuẩn sau": (
            "[rating, initiatives_unit]",
            "rating == 3 or initiatives_unit > 0",
        ),
        "Xếp loại hoàn thành xuất sắc": ("rating", "rating == 3"),
        "Có 1 sáng kiến, phạm vi cơ sở": ("initiatives_unit", "initiatives_unit > 0"),
    },
    "cstdb": {
        "3 năm liên tục đạt CSTĐCS": (
            "[cstdcs_2022, cstdcs_2023, cstdcs_2024]",
            "cstdcs_2024 and cstdcs_2023 and cstdcs_2022",
        ),
        "Có 1 sáng kiến, phạm vi bộ": ("initiatives_ministry", "initiatives_ministry > 0"),
    },
}
CASE = {
    "rating": 3,
    "ldtt_given": True,
    "initiatives_unit": 1,
    "initiatives_ministry": 1,
    "cstdcs_2022": True,
    "cstdcs_2023": True,
    "cstdcs_2024": True,
}
TIMES = 5_000


def explained(award: str) -> str:
    found = ", ".join(
        f'{{rule: "B.{award.upper()}", source: "06/2022/QH15", asked: "{asked}", seen: {seen}, met: {met}}}'
        for asked, (seen, met) in CONDITIONS[award].items()
    )
    return f"[{found}]"


def decision_of(expressions: dict[str, str]) -> zen.ZenDecision:
    content = {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
            {
                "id": "rules",
                "type": "expressionNode",
                "name": "rules",
                "position": {"x": 1, "y": 0},
                "content": {
                    "expressions": [
                        {"id": key, "key": key, "value": value} for key, value in expressions.items()
                    ],
                    "executionMode": "single",
                    "passThrough": False,
                },
            },
            {"id": "out", "type": "outputNode", "name": "out", "position": {"x": 2, "y": 0}},
        ],
        "edges": [
            {"id": "a", "sourceId": "in", "targetId": "rules", "type": "edge"},
            {"id": "b", "sourceId": "rules", "targetId": "out", "type": "edge"},
        ],
    }
    return zen.ZenEngine().create_decision(json.dumps(content))


def quickest(decision: zen.ZenDecision) -> float:
    best = float("inf")
    for _ in range(5):
        start = time.process_time()
        for _ in range(TIMES):
            decision.evaluate(CASE)
        best = min(best, (time.process_time() - start) / TIMES)
    return best * 1e6


bare = decision_of(RULES)
assert bare.evaluate(CASE)["result"] == {"ldtt": True, "cstdcs": True, "cstdb": True}
whole = decision_of(RULES | {f"{award}_findings": explained(award) for award in RULES})
answer = whole.evaluate(CASE)["result"]
assert all(finding["met"] for award in RULES for finding in answer[f"{award}_findings"])
print("RESULT", quickest(bare), quickest(whole))

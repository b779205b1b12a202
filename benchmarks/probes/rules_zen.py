"""The three rules as a decision of zen-engine, one case at a time; prints microseconds a case."""

import json
import time

import zen

RULES = {
    "ldtt": "rating >= 2",
    "cstdcs": "ldtt_given and (rating == 3 or initiatives_unit > 0)",
    "cstdb": "cstdcs_2024 and cstdcs_2023 and cstdcs_2022 and initiatives_ministry > 0",
}
CONTENT = {
    "nodes": [
        {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
        {
            "id": "rules",
            "type": "expressionNode",
            "name": "rules",
            "position": {"x": 1, "y": 0},
            "content": {
                "expressions": [{"id": key, "key": key, "value": value} for key, value in RULES.items()],
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
CASE = {
    "rating": 3,
    "ldtt_given": True,
    "initiatives_unit": 1,
    "initiatives_ministry": 1,
    "cstdcs_2022": True,
    "cstdcs_2023": True,
    "cstdcs_2024": True,
}
TIMES = 20_000

decision = zen.ZenEngine().create_decision(json.dumps(CONTENT))
assert decision.evaluate(CASE)["result"] == {"ldtt": True, "cstdcs": True, "cstdb": True}
best = float("inf")
for _ in range(3):
    start = time.perf_counter()
    for _ in range(TIMES):
        decision.evaluate(CASE)
    best = min(best, (time.perf_counter() - start) / TIMES)
print("RESULT", best * 1e6)

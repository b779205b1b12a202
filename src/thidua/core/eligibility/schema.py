"""The case format as a JSON schema, so that other programs can check a case before they ask."""

from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import CoreSchema

from thidua.core.eligibility.case import Case
from thidua.core.law.words import AWARDS, Attested


class _Described(GenerateJsonSchema):
    """Describes our own exact readers, which pydantic cannot look into."""

    def function_plain_schema(self, schema: Any) -> JsonSchemaValue:
        return _PLAIN[schema["function"]["function"].__name__]

    def function_before_schema(self, schema: Any) -> JsonSchemaValue:
        name = getattr(schema["function"]["function"], "__name__", "")
        return _BEFORE[name] if name in _BEFORE else super().function_before_schema(schema)

    def function_wrap_schema(self, schema: Any) -> JsonSchemaValue:
        found = super().function_wrap_schema(schema)
        if getattr(schema["function"]["function"], "__name__", "") == "_in_cluster":
            found = {"anyOf": [{"enum": [False, "none"]}, *found["anyOf"]]}
        return found

    def dict_schema(self, schema: Any) -> JsonSchemaValue:
        """Keys that pydantic reads as years are patterns in JSON, where every key is text."""
        found: dict[str, Any] = {
            "type": "object",
            "additionalProperties": self.generate_inner(schema["values_schema"]),
        }
        keys: CoreSchema = schema["keys_schema"]
        name = (
            getattr(keys.get("function", {}).get("function"), "__name__", "")
            if keys["type"] == "function-before"
            else ""
        )
        if name == "_year":
            found = {
                "type": "object",
                "patternProperties": {r"^\d{4}$": found["additionalProperties"]},
                "additionalProperties": False,
            }
        elif name == "_award":
            found["propertyNames"] = {"enum": list(AWARDS)}
        elif keys["type"] == "enum":
            found["propertyNames"] = {"enum": [member.value for member in keys["members"]]}
        return found


_YEAR = {"type": "integer", "minimum": 1945, "maximum": 9999}
_PLAIN: dict[str, JsonSchemaValue] = {
    "parse_day": {"type": "string", "format": "date"},
    "parse_exact": {"type": ["number", "string"]},
}
_BEFORE: dict[str, JsonSchemaValue] = {
    "_vouched": {
        "type": ["object", "null"],
        "properties": {word.value: {"type": "boolean"} for word in Attested},
        "additionalProperties": {"type": "boolean"},
    },
    "_award": {"enum": list(AWARDS)},
    "_year": _YEAR,
    "_period": {"anyOf": [_YEAR, {"type": "array", "items": _YEAR, "minItems": 1, "maxItems": 2}]},
}


def case_schema() -> dict[str, Any]:
    """Return the JSON schema of a case."""
    schema = TypeAdapter(Case).json_schema(schema_generator=_Described, by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}

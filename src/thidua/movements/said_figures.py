"""The figure of a target as its words say it: «2.500 tỷ đồng» is 2.500 of «tỷ đồng», not thirteen digits of «đồng»."""

from decimal import Decimal
from typing import Any

from thidua.core.text.numbers import Measure, find_measures, scale_in

Value = dict[str, Any]


def as_said(value: Value) -> Value:
    """Return the target with the figure in the scale its words give it, the scale before the unit."""
    figure, text = value.get("value"), value.get("text", "")
    for measure in find_measures(text) if figure is not None else ():
        scale, factor = scale_in(text[measure.figure : measure.end])
        if scale and bounds_of(figure) == bounds_in(measure):
            scaled = [plain(Decimal(str(one)) / factor) for one in bounds_of(figure)]
            unit = f"{scale} {value.get('unit', '')}".strip()
            return value | {"value": scaled if isinstance(figure, list) else scaled[0], "unit": unit}
    return value


def bounds_of(figure: Any) -> list[int | float]:
    return list(figure) if isinstance(figure, list | tuple) else [figure]


def bounds_in(measure: Measure) -> list[int | float]:
    return [measure.value] if measure.high is None else [measure.value, measure.high]


def in_full(figure: Any, unit: str) -> Any:
    """Return the figure without the scale of its unit: 2.500 of «tỷ đồng» is 2.500.000.000.000."""
    factor = scale_of(unit)[1]
    if factor == 1 or isinstance(figure, bool) or not isinstance(figure, int | float):
        return figure
    return plain(Decimal(str(figure)) * factor)


def base_unit(unit: str) -> str:
    """Return the unit without its scale: «đồng» for «tỷ đồng»."""
    return unit[len(scale_of(unit)[0]) :].strip()


def scale_of(unit: str) -> tuple[str, int]:
    """Return the scale that begins the unit; «tỷ lệ» and «đơn vị nghìn» begin with none."""
    scale, factor = scale_in(unit)
    return (scale, factor) if scale and unit.lower().startswith(scale) else ("", 1)


def plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)

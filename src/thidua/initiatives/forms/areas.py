"""Room for longer text."""

from django import forms


def text_area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})

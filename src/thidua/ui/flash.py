"""Sentences shown once, on the next page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest

UNDO = "undo:"


def say_wrong(request: HttpRequest, sentence: str) -> None:
    """Tell why nothing was done; it looks like no success."""
    messages.warning(request, sentence)


def say_done(request: HttpRequest, sentence: str, *, undo_url: str = "") -> None:
    """Tell what was done; with ``undo_url`` the sentence offers to take it back by a POST there."""
    messages.success(request, sentence, extra_tags=f"{UNDO}{undo_url}" if undo_url else "")

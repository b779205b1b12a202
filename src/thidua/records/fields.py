"""Columns whose order must not depend on the database's collation."""

from typing import Any

from django.db import models


class BytewiseTextField(models.TextField):  # type: ignore[type-arg]  # the stubs' parameters say nothing new here
    """Text compared byte by byte: sort keys and tree paths are made for it.

    SQLite's default is bytewise already; PostgreSQL is told with ``COLLATE "C"``.
    """

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("db_collation", None)
        return name, path, args, kwargs

    def db_parameters(self, connection: Any) -> Any:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters

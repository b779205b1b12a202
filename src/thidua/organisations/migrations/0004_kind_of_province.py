"""Kinds of units that a province runs; the departments and communes of a first start are among them."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

OF_PROVINCE = ("so", "xa")


def mark(apps: StateApps, _schema: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("organisations", "UnitKind").objects.filter(code__in=OF_PROVINCE).update(
        is_of_province=True
    )


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0003_names_of_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="unitkind",
            name="is_of_province",
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop, elidable=True),
    ]

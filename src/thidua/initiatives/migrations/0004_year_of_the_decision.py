"""An initiative belongs to the year of its decision, before it to that in which it was applied."""

from django.db import migrations
from django.db.models.functions import ExtractYear


def set_years(apps, schema_editor):
    rows = apps.get_model("initiatives", "Initiative").objects.using(schema_editor.connection.alias)
    decided, applied = ExtractYear("recognised_on"), ExtractYear("applied_on")
    rows.filter(recognised_on__isnull=False).exclude(year=decided).update(year=decided)
    undecided = rows.filter(recognised_on__isnull=True, applied_on__isnull=False)
    undecided.exclude(year=applied).update(year=applied)


class Migration(migrations.Migration):
    dependencies = [
        ("initiatives", "0003_names_of_tables"),
    ]

    operations = [
        migrations.RunPython(set_years, migrations.RunPython.noop),
    ]

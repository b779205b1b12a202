"""A finishing day keeps the moment it was recorded, also where a revision carried it to a new deadline or duty."""

import django.utils.timezone
from django.db import migrations, models


def keep_moments(apps, schema_editor):
    """Give what revisions carried along the moment of the row it was carried from; the earlier revisions first."""
    completion = apps.get_model("movements", "Completion")
    for name, model in (("deadline", "Deadline"), ("duty", "Duty")):
        things = apps.get_model("movements", model)
        heirs = things.objects.filter(made_by_revision__number__gt=1, item__origin__isnull=False)
        for heir in heirs.select_related("item").order_by("made_by_revision__number").iterator():
            before = things.objects.filter(
                ended_by_revision=heir.made_by_revision_id, item=heir.item.origin_id, order=heir.order
            )
            earlier = completion.objects.filter(**{f"{name}__in": before.values("pk")})
            for unit, on, at in earlier.values_list("unit", "finished_on", "at"):
                carried = completion.objects.filter(**{name: heir}, unit=unit, finished_on=on)
                carried.filter(at__gt=at).update(at=at)


class Migration(migrations.Migration):
    dependencies = [("movements", "0007_approval_of_revisions")]

    operations = [
        migrations.AlterField(
            model_name="completion",
            name="at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        migrations.RunPython(keep_moments, migrations.RunPython.noop),
    ]

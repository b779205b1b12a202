from django.db import migrations, models


def join_twins(apps, schema_editor):
    """Join documents registered twice: what refers to the later row, and its spellings, go to the oldest.

    Two registrations at one moment could both find nothing there; the constraints below let that happen no more.
    """
    document = apps.get_model("library", "Document")
    oldest = {}
    for row in document.objects.exclude(number_key="").order_by("id"):
        key = (row.type, row.number_key, row.issued_on, row.issuer)
        if key in oldest:
            join(apps, row, oldest[key])
        else:
            oldest[key] = row
    if schema_editor.connection.vendor == "postgresql":  # it makes no index while references wait to be checked
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        schema_editor.execute("SET CONSTRAINTS ALL DEFERRED")


def join(apps, row, first):
    for spelling in row.spellings.all():
        first.spellings.get_or_create(written=spelling.written)
    row.spellings.all().delete()
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if field.many_to_one and field.concrete and field.related_model is type(row):
                model.objects.filter(**{field.name: row}).update(**{field.name: first})
    if first.file_id is None and row.file_id:
        first.file_id = row.file_id
        first.save(update_fields=["file"])
    row.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(join_twins, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                condition=models.Q(("issued_on__isnull", False), models.Q(("number_key", ""), _negated=True)),
                fields=("type", "number_key", "issued_on", "issuer"),
                name="document_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                condition=models.Q(("issued_on__isnull", True), models.Q(("number_key", ""), _negated=True)),
                fields=("type", "number_key", "issuer"),
                name="document_without_day_once",
            ),
        ),
    ]

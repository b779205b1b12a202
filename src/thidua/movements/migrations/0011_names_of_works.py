"""Works of running plans begin with a capital and lose a verb left over, as those launched from now on do."""

from django.db import migrations

from thidua.movements.wording import work_words


def name_works(apps, schema_editor):
    deadlines = apps.get_model("movements", "Deadline")
    rows = [row for row in deadlines.objects.only("what").iterator() if row.what != work_words(row.what)]
    for row in rows:
        row.what = work_words(row.what)
    deadlines.objects.bulk_update(rows, ["what"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("movements", "0010_own_days_of_events")]

    operations = [migrations.RunPython(name_works, migrations.RunPython.noop)]

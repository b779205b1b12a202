"""Works of running plans begin with a capital and lose a verb left over, as those launched from now on do."""

import re

from django.db import migrations

# As names of works were written when this migration was made; later changes of the wording are not its business.
LEFT_OVER = re.compile(
    r"[\s,;:.]+(?:(?:được )?(?:gửi|nộp|trình)(?: về)?|được tổ chức|về|trước|vào|chậm nhất)?$", re.IGNORECASE
)


def named(what):
    words = LEFT_OVER.sub("", what.strip())
    return words[:1].upper() + words[1:]


def name_works(apps, schema_editor):
    deadlines = apps.get_model("movements", "Deadline")
    rows = [row for row in deadlines.objects.only("what").iterator() if row.what != named(row.what)]
    for row in rows:
        row.what = named(row.what)
    deadlines.objects.bulk_update(rows, ["what"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [("movements", "0010_own_days_of_events")]

    operations = [migrations.RunPython(name_works, migrations.RunPython.noop)]

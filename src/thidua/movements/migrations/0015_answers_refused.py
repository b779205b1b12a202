from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("movements", "0014_followed_revisions"),
    ]

    operations = [
        migrations.AddField(
            model_name="plan",
            name="not_answering",
            field=models.JSONField(default=list),
        ),
    ]

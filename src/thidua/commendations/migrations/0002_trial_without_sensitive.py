from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('commendations', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='trial',
            name='without_sensitive',
            field=models.BooleanField(default=False),
        ),
    ]

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Citizen',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('reference', models.CharField(max_length=50, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('email', models.EmailField(max_length=254, null=True)),
                ('target_group', models.CharField(max_length=10)),
            ],
        ),
        migrations.CreateModel(
            name='Company',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('cvr', models.CharField(max_length=8, unique=True)),
                ('name', models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='Internship',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('reference', models.CharField(max_length=50, unique=True)),
                ('booked_on', models.DateField()),
                ('road', models.CharField(max_length=40, null=True)),
                ('new_function', models.TextField(null=True)),
                ('none_needed_on', models.DateField(null=True)),
                ('started_on', models.DateField(null=True)),
                ('last_day', models.DateField(null=True)),
                ('ending', models.CharField(max_length=40, null=True)),
                ('end_recorded_on', models.DateField(null=True)),
                ('cancelled_on', models.DateField(null=True)),
                ('next_step', models.TextField(null=True)),
                ('revision', models.IntegerField(default=1)),
                ('booked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('citizen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='practice.citizen')),
            ],
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.IntegerField()),
                ('terms', models.JSONField()),
                ('hash', models.CharField(max_length=64)),
                ('cause', models.CharField(max_length=20)),
                ('made_on', models.DateField()),
                ('internship', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='practice.internship')),
            ],
            options={
                'ordering': ['number'],
            },
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party', models.CharField(max_length=20)),
                ('via', models.CharField(max_length=20)),
                ('confirmed_on', models.DateField()),
                ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
                ('version', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='confirmations', to='practice.version')),
            ],
        ),
        migrations.CreateModel(
            name='Workplace',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('p_number', models.CharField(max_length=10, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('foresees_vacancy', models.BooleanField(null=True)),
                ('company', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='practice.company')),
            ],
        ),
        migrations.CreateModel(
            name='Outcome',
            fields=[
                ('id', models.UUIDField(primary_key=True, serialize=False)),
                ('step', models.CharField(max_length=40)),
                ('first_day', models.DateField()),
                ('recorded_on', models.DateField()),
                ('citizen', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='practice.citizen')),
                ('internship', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='practice.internship')),
                ('workplace', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='practice.workplace')),
            ],
        ),
        migrations.AddField(
            model_name='internship',
            name='workplace',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='practice.workplace'),
        ),
        migrations.AddConstraint(
            model_name='version',
            constraint=models.UniqueConstraint(fields=('internship', 'number'), name='one_of_a_number'),
        ),
        migrations.AddConstraint(
            model_name='confirmation',
            constraint=models.UniqueConstraint(fields=('version', 'party'), name='one_of_a_party'),
        ),
    ]

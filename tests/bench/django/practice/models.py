"""What the read shows, with the indexes that the same questions need."""

from django.conf import settings
from django.db import models


class Company(models.Model):
    id = models.UUIDField(primary_key=True)
    cvr = models.CharField(max_length=8, unique=True)
    name = models.CharField(max_length=200)


class Workplace(models.Model):
    id = models.UUIDField(primary_key=True)
    company = models.ForeignKey(Company, models.PROTECT)
    p_number = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=200)
    foresees_vacancy = models.BooleanField(null=True)


class Citizen(models.Model):
    id = models.UUIDField(primary_key=True)
    reference = models.CharField(max_length=50, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(null=True)
    target_group = models.CharField(max_length=10)


class Internship(models.Model):
    id = models.UUIDField(primary_key=True)
    reference = models.CharField(max_length=50, unique=True)
    citizen = models.ForeignKey(Citizen, models.PROTECT)
    workplace = models.ForeignKey(Workplace, models.PROTECT)
    booked_on = models.DateField()
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
    road = models.CharField(max_length=40, null=True)
    new_function = models.TextField(null=True)
    none_needed_on = models.DateField(null=True)
    started_on = models.DateField(null=True)
    last_day = models.DateField(null=True)
    ending = models.CharField(max_length=40, null=True)
    end_recorded_on = models.DateField(null=True)
    cancelled_on = models.DateField(null=True)
    next_step = models.TextField(null=True)
    revision = models.IntegerField(default=1)


class Version(models.Model):
    internship = models.ForeignKey(Internship, models.PROTECT, related_name="versions", db_index=False)
    number = models.IntegerField()
    terms = models.JSONField()
    hash = models.CharField(max_length=64)
    cause = models.CharField(max_length=20)
    made_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["internship", "number"], name="one_of_a_number")]
        ordering = ["number"]


class Confirmation(models.Model):
    version = models.ForeignKey(Version, models.PROTECT, related_name="confirmations", db_index=False)
    party = models.CharField(max_length=20)
    via = models.CharField(max_length=20)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    confirmed_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "party"], name="one_of_a_party")]


class Outcome(models.Model):
    id = models.UUIDField(primary_key=True)
    internship = models.ForeignKey(Internship, models.PROTECT, related_name="outcomes", null=True)
    workplace = models.ForeignKey(Workplace, models.PROTECT, null=True)
    citizen = models.ForeignKey(Citizen, models.PROTECT)
    step = models.CharField(max_length=40)
    first_day = models.DateField()
    recorded_on = models.DateField()

"""The same fields as our internship, in a list and one by one."""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import Count, Q
from rest_framework import serializers

from .models import Confirmation, Internship, Outcome, Version, Workplace

PARTIES = {"citizen", "consultant", "company"}
HIRES = ["ordinary-full-time", "ordinary-part-time", "flex-job"]


def today():
    return date.fromisoformat(settings.TODAY)


class LineSerializer(serializers.ModelSerializer):
    citizen = serializers.UUIDField(source="citizen_id")
    workplace = serializers.UUIDField(source="workplace_id")

    class Meta:
        model = Internship
        fields = ["id", "reference", "citizen", "workplace", "booked_on", "started_on", "cancelled_on", "last_day"]


class ConfirmationSerializer(serializers.ModelSerializer):
    on = serializers.DateField(source="confirmed_on")

    class Meta:
        model = Confirmation
        fields = ["party", "via", "on"]


class VersionSerializer(serializers.ModelSerializer):
    confirmations = ConfirmationSerializer(many=True)
    papers = serializers.ReadOnlyField(default=None)
    asked = serializers.ReadOnlyField(default=[])
    objections = serializers.ReadOnlyField(default=[])
    in_force_since = serializers.SerializerMethodField()

    class Meta:
        model = Version
        fields = ["number", "hash", "made_on", "cause", "terms", "papers", "asked", "confirmations", "objections", "in_force_since"]

    def get_in_force_since(self, version):
        return in_force_since(version)


class OutcomeSerializer(serializers.ModelSerializer):
    class Meta:
        model = Outcome
        fields = ["id", "step", "workplace", "first_day", "recorded_on"]


def in_force_since(version):
    days = {confirmation.party: confirmation.confirmed_on for confirmation in version.confirmations.all()}
    return max(days.values()) if PARTIES <= days.keys() else None


class InternshipSerializer(serializers.ModelSerializer):
    citizen = serializers.UUIDField(source="citizen_id")
    workplace = serializers.UUIDField(source="workplace_id")
    outcomes = OutcomeSerializer(many=True)

    class Meta:
        model = Internship
        fields = [
            "id", "reference", "citizen", "workplace", "booked_on", "road", "new_function", "none_needed_on", "started_on",
            "cancelled_on", "next_step", "outcomes",
        ]

    def to_representation(self, internship):
        shown = super().to_representation(internship)
        versions = list(internship.versions.all())
        newest = versions[-1]
        standing = next((version for version in reversed(versions) if in_force_since(version)), newest)
        last_day = internship.last_day or date.fromisoformat(standing.terms["period"]["last"])
        lacking = PARTIES - {confirmation.party for confirmation in newest.confirmations.all()}
        shown.update(
            state=state(internship, last_day, lacking),
            standing_version=standing.number,
            newest_version=newest.number,
            versions=VersionSerializer(versions, many=True).data,
            accommodations=[],
            contact=None,
            contact_name=None,
            statement=None,
            decision=None,
            missing=[] if internship.started_on else [{"what": "confirmation", "from": party} for party in sorted(lacking)],
            last_day=last_day,
            decision_on=standing.terms["decision_on"],
            answers=[],
            ended=internship.last_day and {"last_day": internship.last_day, "how": internship.ending,
                                           "by": None, "note": None, "recorded_on": internship.end_recorded_on},
            company_record=record(internship.workplace),
            advice=settings.ADVICE,
        )
        return shown


def state(internship, last_day, lacking):
    if internship.cancelled_on:
        return "cancelled"
    if internship.last_day:
        return "ended"
    if internship.started_on:
        return "running" if today() <= last_day else "overdue"
    return "booked" if lacking else "confirmed"


def record(workplace: Workplace):
    """What became of the internships there, counted by the database."""
    counted = Internship.objects.filter(workplace=workplace, cancelled_on=None).aggregate(
        all=Count("id"),
        ended=Count("id", filter=Q(last_day__lte=today())),
        running=Count("id", filter=Q(started_on__isnull=False, last_day=None)),
        year=Count("id", filter=Q(booked_on__gt=today() - timedelta(days=365))),
    )
    hired = Outcome.objects.filter(workplace=workplace, step__in=HIRES, internship__isnull=False).count()
    share = hired / counted["ended"] if counted["ended"] else None
    return {
        "company": workplace.company_id,
        "internships": {"all": counted["all"], "year": counted["year"], "running": counted["running"]},
        "hires": [{"step": step, "number": hired} for step in HIRES],
        "share_hired": {"ended": counted["ended"], "hired": hired, "share": share},
        "supported": {"persons": counted["running"]},
        "staff_change": None,
        "flags": [],
    }


class BookingSerializer(serializers.Serializer):
    """The shape of a booking is looked at; none of the rules is asked."""

    citizen = serializers.UUIDField()
    workplace = serializers.UUIDField()
    purpose = serializers.JSONField()
    occupation = serializers.CharField()
    tasks = serializers.ListField(child=serializers.CharField())
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    hours = serializers.JSONField()
    road = serializers.CharField(required=False)
    accommodations = serializers.JSONField()


class ConfirmingSerializer(serializers.Serializer):
    party = serializers.ChoiceField(sorted(PARTIES))
    via = serializers.CharField()
    hash = serializers.CharField(max_length=64)

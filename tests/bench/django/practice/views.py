"""Reads, lists, books and confirms. Books without asking any rule and without a letter: that is in its favour."""

import hashlib
import json
import secrets
import time
import uuid

from django.db import OperationalError, connection, transaction
from django.shortcuts import get_object_or_404
from rest_framework import generics, status
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response
from rest_framework.views import APIView

from .models import Citizen, Confirmation, Internship, Version, Workplace
from .serializers import BookingSerializer, ConfirmingSerializer, InternshipSerializer, LineSerializer, today


class ById(CursorPagination):
    page_size = 50
    ordering = "id"


def whole():
    return Internship.objects.select_related("workplace").prefetch_related("versions__confirmations", "outcomes")


# As often as ours.
TRIES = 8


def serializably(work):
    """In one transaction, asked for again where it met another, as ours is."""
    for attempt in range(1, TRIES + 1):
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE")
                return work()
        except OperationalError as error:
            passes = getattr(error.__cause__, "sqlstate", None) in ("40001", "40P01")
            if not passes or attempt == TRIES:
                raise
            time.sleep(attempt * attempt / 1000)


class One(generics.RetrieveAPIView):
    serializer_class = InternshipSerializer

    def get_queryset(self):
        return whole()


class Internships(generics.ListAPIView):
    serializer_class = LineSerializer
    pagination_class = ById

    def get_queryset(self):
        found = Internship.objects.all()
        for name in ("workplace", "citizen"):
            if name in self.request.query_params:
                found = found.filter(**{f"{name}_id": self.request.query_params[name]})
        return found

    def post(self, request):
        given = BookingSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        body = serializably(lambda: book(request.user, given.validated_data))
        return Response(body, status=status.HTTP_201_CREATED)


def book(user, asked):
    citizen = get_object_or_404(Citizen, pk=asked["citizen"])
    workplace = get_object_or_404(Workplace.objects.select_related("company"), pk=asked["workplace"])
    if asked["first_day"] < today() or asked["last_day"] < asked["first_day"]:
        raise ValidationError({"first_day": ["does not fit"]})
    internship = Internship.objects.create(
        id=uuid.uuid4(), reference=f"P-{secrets.token_hex(5)}", citizen=citizen, workplace=workplace, booked_on=today(),
        booked_by=user, road=asked.get("road"), none_needed_on=today(),
    )
    terms = {
        "purpose": asked["purpose"], "occupation": asked["occupation"], "tasks": asked["tasks"],
        "place": {"workplace": str(workplace.id), "company": str(workplace.company_id),
                  "p_number": workplace.p_number, "name": workplace.name},
        "period": {"first": str(asked["first_day"]), "last": str(asked["last_day"])},
        "hours": asked["hours"], "decision_on": None, "accommodations": "none_needed",
    }
    text = f"{internship.id}\n1\n{json.dumps(terms)}"
    Version.objects.create(
        internship=internship, number=1, terms=terms, hash=hashlib.sha256(text.encode()).hexdigest(), cause="booking",
        made_on=today(),
    )
    return InternshipSerializer(whole().get(pk=internship.id)).data


class Confirmations(APIView):
    def post(self, request, pk):
        given = ConfirmingSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return Response(serializably(lambda: confirm(request.user, pk, given.validated_data)))


def confirm(user, pk, asked):
    internship = get_object_or_404(whole(), pk=pk)
    newest = list(internship.versions.all())[-1]
    if newest.hash != asked["hash"] or any(word.party == asked["party"] for word in newest.confirmations.all()):
        raise ValidationError({"hash": ["not current, or confirmed already"]})
    Confirmation.objects.create(
        version=newest, party=asked["party"], via=asked["via"], recorded_by=user, confirmed_on=today(),
    )
    internship.revision += 1
    internship.save(update_fields=["revision"])
    return InternshipSerializer(whole().get(pk=pk)).data

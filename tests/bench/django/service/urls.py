from django.urls import path
from practice import views

urlpatterns = [
    path("api/v1/internships", views.Internships.as_view()),
    path("api/v1/internships/<uuid:pk>", views.One.as_view()),
    path("api/v1/internships/<uuid:pk>/confirmations", views.Confirmations.as_view()),
]

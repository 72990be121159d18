"""What is kept of participants beside `app.cohorts.applications.models.Participant`."""

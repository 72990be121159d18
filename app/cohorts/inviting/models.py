"""Nominations, and addresses of those who want to hear of the next cohort."""

"""Thousands who apply to one cohort and send it in the last minute; then the coordinator's pages."""

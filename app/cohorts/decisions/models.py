"""Decisions, letters and offers."""

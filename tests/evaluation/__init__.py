"""Evaluation: notes, who reads them, recommendations, judgements, files."""

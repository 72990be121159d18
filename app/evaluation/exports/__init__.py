"""Findings as files: one reader, one writer for each format. Only what the reader may read is in them."""

"""A Word, Excel or CSV table becomes activities of a plan: matched, previewed, then all or nothing.

The way of a file: `drafts` (which cells belong to one activity) · `directory` and `values` (what the
cells mean) · `outcome` (what would happen to which row) · `applying` and `undoing` (it happens).
"""

"""A plan as files: one reader (`reading`), one writer for each format."""

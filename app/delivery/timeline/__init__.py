"""A plan by quarter: one reading of it, told as a drawing and as a table.

`reading` asks the database and gives `facts`; `table` puts them in words; `drawing` puts them on paper
with `axis` (time), `lanes` (one row) and `lettering` (how wide words are). All but `reading` are pure.
"""

"""What the demo holds, one small file per workstream.

Facts are exact and name their source: "003 ¶24" is paragraph 24 of document 003 (the documents are
listed in `documents`). What is marked `INVENTED` is made up so that the demo has something to show:
every person, and most of what happened between the documents' dates.
"""

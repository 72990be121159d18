"""What every feature stands on: database, unit of work, access, history, HTMX, formatting."""

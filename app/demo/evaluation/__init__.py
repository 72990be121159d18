"""The demo's maps, indicators and evaluation. What the documents do not give is invented, and says so."""

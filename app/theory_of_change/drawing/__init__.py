"""A map as a picture, made on the server: `columns` (the order in each column, by igraph), `layout` (how
wide and high, and where each line runs), `picture` (the SVG). Pure: they work from a `TheMap` alone.
"""

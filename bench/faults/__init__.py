"""What happens when things break: servers killed, disks full, fifty people on one row.

Each run is bounded, stays on this machine's loopback, prints a verdict, and fails if a promise is broken:
what was said to be saved is saved, and nothing is saved by halves.

    python -m bench --only kills --engine postgresql --kills 100
"""

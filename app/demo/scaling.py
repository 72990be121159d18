"""A large database to measure with."""


def scale(*, workstreams: int, activities: int, changes: int) -> None:
    raise NotImplementedError

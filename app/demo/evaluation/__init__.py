"""The demo's theories of change, indicators and evaluation notes. Where the papers give a figure or a
priority it is theirs; the rest is invented."""

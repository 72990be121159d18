"""Measurements, never tests: `make bench` prints each as a number beside its goal.

Everything runs on this machine's loopback, is bounded, and stops by itself.
"""

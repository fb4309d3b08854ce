"""What may happen to a candidate, and to a message. Read `moves`, then `guards`; the rest serves these two.

Pure and lowest of all: nothing here imports rekindle, and only `states.machine` imports transitions.
"""

"""Explain a check: what it reports, why that hurts, a bad and a good example, what to do, its options."""
HELP = "explain a check"
def add_arguments(parser): pass
def run(arguments): return 0

"""python -m tests.benchmarks NAME: one bench (tests/benchmarks/bench_NAME.py), Django ready.

``make bench ONLY=NAME`` calls this with servers of its own, see scripts/bench.py.
"""

import sys
from importlib import import_module

import django
from services import end_on_signals


def main() -> int:
    end_on_signals()
    django.setup()
    status: int = import_module(f"tests.benchmarks.bench_{sys.argv[1]}").main()
    return status


if __name__ == "__main__":
    sys.exit(main())

# The verbs of working on argmap; `just` alone runs what has to hold.

default: lint types floors test

# a virtual environment with everything
setup:
    python3 -m venv .venv && .venv/bin/pip install -e '.[test]'

test *args:
    .venv/bin/python -m pytest {{args}}

slow:
    .venv/bin/python -m pytest -n 0 -m slow --timeout 600

# the long budget: so many damaged inputs for each reader and format, and all that is slow; so many minutes of work
soak count="10000" minutes="30":
    ARGMAP_FUZZ={{count}} .venv/bin/python -m pytest -n 0 tests/security --timeout 0
    ARGMAP_SOAK={{minutes}} just slow

# what is hostile, with no network but this machine's own (Linux)
offline:
    unshare -rn sh -c 'ip link set lo up && exec .venv/bin/python -m pytest -n 0 tests/security tests/interop tests/readers tests/app/test_sockets.py'

browser:
    .venv/bin/python -m pytest -n 0 -m browser --timeout 300

lint:
    .venv/bin/ruff check . && .venv/bin/ruff format --check .

types:
    .venv/bin/mypy

floors:
    .venv/bin/lint-imports

demo:
    .venv/bin/argmap demo

bench *args:
    .venv/bin/argmap bench {{args}}

# The verbs of working on argmap; `just` alone runs what has to hold.

default: lint types floors test

# a virtual environment with everything
setup:
    python3 -m venv .venv && .venv/bin/pip install -e '.[test]'

test *args:
    .venv/bin/python -m pytest {{args}}

slow:
    .venv/bin/python -m pytest -n 0 -m slow --timeout 600

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

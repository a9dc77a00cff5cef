# Two commands do all: `make run` asks the law, `make test` checks everything.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check

.PHONY: install install-all run test check clean lock

install: $(VENV)/core.stamp

# Only what answering needs: no torch. Of vietnamadminunits only the tables are read, so what its code needs stays out.
# The project's own modules are compiled as pip compiles the others': where the environment forbids Python to write bytecode,
# each start would do it anew.
$(VENV)/core.stamp: requirements.lock pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) --constraint requirements.lock --editable .
	$(PIP) --constraint requirements.lock --no-deps vietnamadminunits
	$(BIN)/python -m compileall -q assistant bots corpus embeddings eval
	touch $@

install-all: $(VENV)/all.stamp

$(VENV)/all.stamp: $(VENV)/core.stamp
	$(PIP) --constraint requirements.lock --editable '.[models,llm,postgres,reports,dev]'
	touch $@

run: install
	$(BIN)/dienhong run

test: install-all check
	$(BIN)/pytest --numprocesses=2 --dist=loadfile

check: install-all
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

lock: install-all
	$(BIN)/pip freeze --exclude-editable | sed "s/+cpu//" > requirements.lock

clean:
	rm -rf $(VENV)

# `make` alone lists what there is. Needs a Python >= 3.11; everything else goes into .venv.
SHELL = /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules

PORT ?= 8000
UV := uv==0.13.9

# What the environment says about Python is not meant for this project's own.
unexport PYTHONHOME PYTHONPATH VIRTUAL_ENV
# An advertisement for another program, at every start.
export NO_MKDOCS_2_WARNING = 1

PYTHON_HERE := .venv/bin/python
STAMP := .venv/installed-in

# A virtual environment survives neither being moved or copied nor the removal of its Python.
ifneq ($(shell $(PYTHON_HERE) -c 'print(open("$(STAMP)").read())' 2>/dev/null),$(CURDIR))
$(shell rm -f $(STAMP))
endif

.PHONY: help serve build test bench check lock clean

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile

$(STAMP): requirements.lock pyproject.toml tools/venv.sh
	@sh tools/venv.sh .venv
	@printf '%s' '$(CURDIR)' > $@

serve: $(STAMP) ## the sample portal on http://127.0.0.1:8000 (another port: PORT=8001 make serve)
	@$(PYTHON_HERE) tools/port.py $(PORT)
	@$(PYTHON_HERE) -m mkdocs serve --dev-addr 127.0.0.1:$(PORT)

build: $(STAMP) ## the sample portal as files, in site/
	@$(PYTHON_HERE) -m mkdocs build --strict

test: $(STAMP) ## every test; gets a browser and a server if there is none (some: make test ARGS=tests/unit)
	@CHROMIUM="$$(sh tools/browser.sh $(PYTHON_HERE))" && export CHROMIUM \
	  && CADDY="$$(sh tools/caddy.sh)" && export CADDY \
	  && $(PYTHON_HERE) -m pytest $(ARGS)

bench: $(STAMP) ## how fast it is, beside plain MkDocs (quickly: make bench ARGS="--runs 1 --sizes 100")
	@PYTHONPATH=. $(PYTHON_HERE) -m tests.bench $(ARGS)

check: $(STAMP) ## style, types, and the notes of the sample
	@$(PYTHON_HERE) -m ruff check
	@$(PYTHON_HERE) -m ruff format --check
	@$(PYTHON_HERE) -m mypy
	@.venv/bin/followup check

lock: $(STAMP) ## requirements.lock anew, from pyproject.toml (newer versions: make lock ARGS=--upgrade)
	@test -x .lock-venv/bin/uv || $(PYTHON_HERE) -m venv .lock-venv
	@.lock-venv/bin/python -m pip install --quiet --disable-pip-version-check $(UV)
	@.lock-venv/bin/uv pip compile pyproject.toml --all-extras --universal --python-version 3.11 \
	  --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links --no-config --system-certs \
	  --custom-compile-command "make lock" --quiet --output-file requirements.lock $(ARGS)

clean: ## away with everything that was made here
	rm -rf .venv .lock-venv .browser site dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

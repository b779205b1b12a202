# Two commands matter: `make demo` runs the whole system with invented data, `make test` checks it.
VENV ?= .venv
BIN := $(VENV)/bin
export VENV

.PHONY: demo test full lint types imports catalogue assets benchmark lock clean

demo: ## everything on this machine alone, with invented data; ARGS="--port 8080 --no-browser"
	@scripts/environment requirements.lock
	@exec $(BIN)/thidua demo $(ARGS)

test: ARGS ?= -m "not slow"
test: ## format, lint, types, imports, catalogues, assets, and the tests on SQLite but for the slow ones
	@scripts/environment requirements-dev.lock
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/catalogue.py --check
	$(BIN)/python scripts/vendor_assets.py --check
	$(BIN)/python -m pytest -q -n 2 $(ARGS)

full: test ## the tests again on PostgreSQL, then the browser and the papers
	$(BIN)/python scripts/with_postgres.py $(BIN)/python -m pytest -q -m "not browser" $(ARGS)

benchmark: ## prints the table of docs/benchmarks.md
	@scripts/environment requirements-dev.lock
	$(BIN)/python -m benchmarks

catalogue: ## collect the sentences of pages and compile both languages
	$(BIN)/python scripts/catalogue.py

lock: ## resolve again; the locks name no host
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra postgres pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra postgres --group dev pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis artefacts

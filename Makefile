# Two commands do everything a newcomer needs: `make run` and `make test`.
# Both install what they need themselves; see README.md.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

GO_SOURCES := $(shell find . -name '*.go' -not -path './node_modules/*') go.mod go.sum
EMBEDDED   := $(shell find config dashboard transforms -type f -not -name '*.go' -not -path '*/dist/*')
DIST       := dashboard/assets/dist/charts.js

.PHONY: help run build serve test check-format setup-browser setup-postgres bench fuzz example screenshots clean

help: ## what can be done here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

run: bin/tereze ## build the whole site into public/
	bin/tereze build
	@echo
	@echo "The site lies in public/ (real region) and public/example/ (invented example)."
	@echo "Look at it: make serve, then open http://127.0.0.1:8080/"

build: bin/tereze ## compile the program only

bin/tereze: $(GO_SOURCES) $(EMBEDDED) $(DIST)
	go build -o bin/tereze .

node_modules/.stamp: package.json package-lock.json
	npm ci --no-progress
	@touch $@

$(DIST): node_modules/.stamp $(shell find dashboard/assets/src -type f 2>/dev/null) tools/bundle/main.go
	go run ./tools/bundle

serve: bin/tereze ## serve public/ on 127.0.0.1:8080
	@test -e public/index.html || bin/tereze build
	bin/tereze serve

setup-browser:
	@tools/setup/chromium.sh

setup-postgres:
	@tools/setup/postgres.sh

check-format:
	@out=$$(gofmt -l $$(git ls-files '*.go')); if [ -n "$$out" ]; then echo "gofmt would change:"; echo "$$out"; exit 1; fi

test: $(DIST) setup-browser setup-postgres check-format ## everything that must hold
	go vet ./...
	go tool staticcheck ./...
	go test ./...

bench: bin/tereze ## benchmarks and the timing of whole builds
	bench/run.sh

fuzz: ## every fuzz target for 30 seconds
	@for pkg in $$(grep -rlE '^func Fuzz' --include='*_test.go' . | xargs -n1 dirname | sort -u); do \
	  for target in $$(grep -hoE '^func Fuzz[A-Za-z0-9_]+' $$pkg/*_test.go | sed 's/func //'); do \
	    echo "== $$pkg $$target"; go test $$pkg -run '^$$' -fuzz "^$$target$$" -fuzztime 30s; done; done

example: ## write the example region's reports anew
	go run ./tools/exampledata -out config/ulgi

screenshots: bin/tereze setup-browser ## pictures for the README
	go run ./tools/screenshots

clean: ## remove everything that was built
	rm -rf bin public public.releases .tereze node_modules dashboard/assets/dist/*.js

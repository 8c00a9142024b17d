#!/usr/bin/env bash
# Ten million made-up cases from CSV to monthly counts per district: our whole
# way against a bare query of the same database. ROWS and RUNS may be set.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p bench/out
TEREZE_CASES_DIR="$PWD/bench/out" TEREZE_CASES_ROWS="${ROWS:-10000000}" \
  go test ./transforms -run '^$' -bench '^BenchmarkCases$' -benchtime "${RUNS:-3}x" -timeout 30m

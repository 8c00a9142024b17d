#!/usr/bin/env bash
# Times whole builds – the real site with its example, and a generated
# national instance – and prints the median of RUNS warm runs per stage, the
# wall time, the peak memory and the weights that the budgets name.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${RUNS:-5}
work=${BENCH_DIR:-bench/out}
mkdir -p "$work"

measure() { # name, arguments of build
  local name=$1; shift
  local log="$work/$name.jsonl"; : > "$log"
  bin/tereze build "$@" --out "$work/$name" --store "$work/store" --json > /dev/null
  for _ in $(seq "$runs"); do
    /usr/bin/env python3 - "$log" "$@" --out "$work/$name" --store "$work/store" --json <<'PY'
import json, resource, subprocess, sys, time
log, args = sys.argv[1], sys.argv[2:]
start = time.time()
done = subprocess.run(["bin/tereze", "build", *args], stdout=subprocess.PIPE, check=True)
wall = time.time() - start
report = json.loads(done.stdout)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
open(log, "a").write(json.dumps({"wall": wall, "peak_mb": peak, "report": report}) + "\n")
PY
  done
  /usr/bin/env python3 - "$name" "$log" <<'PY'
import json, statistics, sys
name, runs = sys.argv[1], [json.loads(l) for l in open(sys.argv[2])]
print(f"== {name}: {len(runs)} warm runs, medians")
print(f"   wall {statistics.median(r['wall'] for r in runs):.2f} s, peak {statistics.median(r['peak_mb'] for r in runs):.0f} MB, "
      f"{runs[0]['report']['files']} files, {runs[0]['report']['bytes']/1e6:.1f} MB")
for part in ("report", "example"):
    reports = [r["report"] if part == "report" else r["report"].get("example") for r in runs]
    if not reports[0]: continue
    stages = {}
    for r in reports:
        for s in r["stages"]: stages.setdefault(s["name"], []).append(s["seconds"])
    print(f"   {reports[0]['instance']}: " + ", ".join(f"{k} {statistics.median(v):.3f}" for k, v in stages.items()))
PY
}

go run ./tools/national -out "$work/national"
measure site
measure country --instance "$work/national"

echo "== weights (gzip -9)"
heaviest=$(for f in "$work"/site/ru/area/*/index.html "$work"/site/example/ru/area/*/index.html; do echo "$(gzip -9c "$f" | wc -c) $f"; done | sort -rn | head -1)
echo "   heaviest district page: $heaviest"
if command -v brotli > /dev/null; then echo "   chart bundle, brotli 11: $(brotli -q 11 -c "$work/site/assets/charts.js" | wc -c)"; fi

echo "== benchmarks of single packages"
go test -run '^$' -bench . -benchtime 3x ./sources/... ./transforms/... ./dashboard/... | grep -E '^(Benchmark|ok)' || true

#!/usr/bin/env bash
# Runs every fuzz target for the given seconds each: tests/fuzz/run.sh 600
# Needs cargo-fuzz. No sanitizer: it would want a nightly compiler, and the code under test has no unsafe.
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:-600}
for target in form text notice explain xml_answer xml_notice settlement_csv reference_answer \
  upload_csv result_csv mile_tag exchange_result; do
  echo "== $target, $seconds seconds"
  corpora=("corpus/$target")
  mkdir -p "${corpora[0]}"
  if [[ -d seeds/$target ]]; then corpora+=("seeds/$target"); fi
  cargo fuzz run --fuzz-dir . --sanitizer none "$target" "${corpora[@]}" -- \
    -max_total_time="$seconds" -max_len=8192 -print_final_stats=1 2>&1 |
    grep -E 'DONE|cov:|stat::|panicked|SUMMARY|ERROR|Test unit' | tail -n 12
done

#!/usr/bin/env bash
# Runs every test and closes with one line: how many passed, how many failed.
set -uo pipefail
cd "$(dirname "$0")/../.."

features=(--features quartierbuch/custom-protocol)
told=$(mktemp)
trap 'rm -f "$told"' EXIT
failed_steps=0
export NO_COLOR=1 CARGO_TERM_COLOR=never

step() {
    echo "== $1"
    shift
    "$@" 2>&1 | tee -a "$told"
    local code=${PIPESTATUS[0]}
    [ "$code" -eq 0 ] || { echo "== that step ended with $code" ; failed_steps=$((failed_steps + 1)); }
    return "$code"
}

# How many the runners' closing lines (cargo test, vitest) call passed or failed.
sum() { grep -E '^test result:|^ +Tests ' "$told" | grep -oE "[0-9]+ $1" | awk '{ n += $1 } END { print n + 0 }'; }

close() {
    local passed failed
    passed=$(sum passed)
    failed=$(sum failed)
    # A step that fell over before it could count its failures counts as one.
    [ "$failed_steps" -gt 0 ] && [ "$failed" -eq 0 ] && failed=$failed_steps
    echo
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
    exit $?
}

step "The window's files" make --no-print-directory ui/node_modules/.built || close
step "The window's own logic" npm --prefix ui run --silent test
step "Programs and tests" cargo build --workspace --all-targets --quiet "${features[@]}" || close
step "Rust" cargo test --workspace --no-fail-fast "${features[@]}"
close

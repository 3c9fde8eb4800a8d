#!/bin/sh
# soak.sh FORKLORE [TIMES]: checks the whole course so often, as the user who asks for it. What passes once may fail
# under another order of events; the first failure ends it, and is shown.
set -u
times=${2:-20}
out=$(mktemp) || exit 99
trap 'rm -f "$out"' EXIT
for round in $(seq "$times"); do
    if ! "$1" --lang en lesson --check </dev/null >"$out" 2>&1; then
        cat "$out"
        echo "round $round of $times has failed"
        exit 1
    fi
    echo "round $round of $times: $(tail -n 1 "$out")"
done

#!/bin/sh
# The bench measures, and leaves neither processes nor files behind: when it ends, and when it is killed.
set -u
bench=$(pwd)/tests/bench/bench
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/tmp"

# All that the bench starts inherits the mark; what this script starts does not.
measure() {
    exec env BENCH_MARK="$folder" TMPDIR="$folder/tmp" \
        "$bench" --sizes 40 --rounds 1 --presses 0 --only floor --output "$folder/table" >"$folder/output" 2>&1
}

marked() { grep -lsaF "BENCH_MARK=$folder" /proc/[0-9]*/environ; }

# Waits at most 20 s until the command given prints nothing.
until_nothing() {
    deadline=$(($(date +%s) + 20))
    while [ -n "$("$@")" ]; do
        [ "$(date +%s)" -lt "$deadline" ] || return 1
        sleep 0.05
    done
}

number=0
check() {
    number=$((number + 1))
    what=$1
    shift
    if "$@"; then echo "ok $number - $what"; else echo "not ok $number - $what"; fi
}

nothing_left() { until_nothing marked && until_nothing ls "$folder/tmp"; }
crowd_is_up() { [ "$(marked | wc -l)" -ge 40 ]; }
no_crowd_yet() { crowd_is_up || echo waiting; }

echo 1..5
(measure)
check 'the bench succeeds' [ $? = 0 ]
check 'its table has a figure for the floor' grep -Eq '^  floor +[0-9]+\.[0-9]+ +[0-9]+\.[0-9]+' "$folder/table"
check 'nothing is left of it' nothing_left

measure &
killed=$!
until_nothing no_crowd_yet
check 'it runs again' crowd_is_up
kill -KILL "$killed"
wait "$killed" 2>/dev/null
check 'nothing is left after SIGKILL' nothing_left

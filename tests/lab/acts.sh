#!/bin/sh
# Every command of the language, in scripts that are examples as well: tests/lab/acts/GROUP.lab for each group of the table,
# run as the program runs any file, as the user who runs the tests. What needs root is in GROUP-root.lab.
set -u
: "${FORKLORE:?}"
if [ "$(nice)" != 0 ]; then
    echo '1..0 # SKIP these scripts begin at nice value 0'
    exit 0
fi
scripts=${srcdir:-.}/tests/lab/acts
work=$(mktemp -d) || exit 99
trap 'rm -rf "$work"' EXIT

. "${srcdir:-.}/tests/verdict.sh"

# needs NAME: the checks of `forklore doctor` that must be met for that script.
needs() {
    case $1 in
    files) echo openat2 ;;
    memory) echo smaps-rollup ;;
    pool | queues) echo mqueue ;;
    priority-root) echo negative-nice real-time ;;
    states) echo trace 'memlock>=64' ;;
    esac
}

# lacks NAME: says what this machine or user lacks for that script.
lacks() {
    for check in $(needs "$1"); do
        "$FORKLORE" doctor "$check" >"$work/why" 2>&1 || sed 's/  */ /g' "$work/why"
    done
    case $1 in
    life-root) setpriv --reuid=65534 --clear-groups true 2>"$work/why" || echo 'may not become another user' ;;
    priority) taskset -c 0 true 2>"$work/why" || echo 'may not run on CPU 0' ;;
    esac
}

# run WITH: each script, one line of TAP each.
run() {
    for script in "$scripts"/*.lab; do
        name=$(basename "$script" .lab)
        reason=$(lacks "$name" | head -n 1)
        if [ -n "$reason" ]; then
            number=$((number + 1))
            echo "ok $number - $name$1 # SKIP $reason"
            continue
        fi
        timeout 300 "$FORKLORE" lab --allow-exec "$script" >"$work/out" 2>&1 </dev/null
        status=$?
        complaint=
        [ $status -eq 0 ] || complaint="status $status
$(cat "$work/out")"
        verdict "$name$1" "$complaint"
    done
}

# commands FILE...: each command of these scripts as "actor VERB" or "lab VERB".
commands() {
    sed -E 's/"([^"\\]|\\.)*"/TEXT/g; s/(^|[[:blank:]])#.*//; s/;/\n/g' "$@" |
        sed -nE 's/^[[:blank:]]*[a-z][a-z0-9_-]*:[[:blank:]]*([a-z_-]+).*/actor \1/p; t
            s/^[[:blank:]]*([a-z_-]+).*/lab \1/p' | sort -u
}

# table: the same of every command that the program has, from the tables that its manual is made of.
table() {
    for whose in actor lab; do
        echo "@$whose-commands@" | doc/tables |
            sed -n 's/^\.It Ic "\\&\([^"]*\)".*/'$whose' \1/; T; s/\\-/-/g; p'
    done | sort -u
}

# missing FILE...: the commands that are in none of these scripts.
missing() {
    commands "$@" >"$work/used"
    table | comm -23 - "$work/used"
}

# unmarked: lines that expect what only the actor can say and do not tell so.
unmarked() {
    grep -nE '^expect [^ ]*\.(result|errno|blocked-in|blocked-for|printed)( |\[)' "$@" | grep -v '# its word$'
}

run ''
FORKLORE_WITHOUT=connector,passpidfd,pidfd-hup,pidfd-info,syscall
export FORKLORE_WITHOUT
run ', with the kernel features switched off'

verdict 'every command of the table is in a script' "$(missing "$scripts"/*.lab | sed 's/^/no script has: /')"
verdict 'what only the actor can say is marked so' "$(unmarked "$scripts"/*.lab)"

# These checks can fail.
cp "$scripts"/*.lab "$work" && sed -i 's/^a: yield$/# a: yield; a: yield/' "$work/states.lab"
verdict 'a command that is taken out of its script is missed' \
    "$([ "$(missing "$work"/*.lab)" = 'actor yield' ] || echo "missing: $(missing "$work"/*.lab)")"
sed -i '/stat = T/s/= T/= Z within 20ms/' "$work/states.lab"
"$FORKLORE" lab "$work/states.lab" >"$work/out" 2>&1 </dev/null
verdict 'a claim that does not hold is noticed' \
    "$([ $? -eq 1 ] && grep -q 'NOT MET: expect a.stat = Z' "$work/out" || cat "$work/out")"
echo 1..$number

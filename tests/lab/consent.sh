#!/bin/sh
# Scripts that start other programs are run only if that was allowed. Nobody can be asked here: there is no terminal.
# tests/terminal/consent.play has one.
set -u
: "${FORKLORE:?}"
echo 1..10
. "${srcdir:-.}/tests/lab/check.sh"

# lab ARGUMENT...: in a session of its own, which has no terminal; standard input is the script.
lab() {
    setsid -w "$FORKLORE" lab "$@" <"$dir/script" >"$dir/out" 2>"$dir/err"
    status=$?
}

printf 'spawn a; a: exec sh -c "echo ran"; expect a.printed = ran\nspawn b; b: exec "\\x1b[2Jcat"; b: exec sh\n' >"$dir/script"
lab "$dir/script"
check 'a file with an exec: status 2' test $status -eq 2
check 'its programs are named, each once' grep -q ': sh, ?\[2Jcat\.' "$dir/err"
check 'and the option that allows it' grep -q -- '--allow-exec' "$dir/err"
check 'nothing was done' test ! -s "$dir/out"
lab -
check 'so is standard input' test $status -eq 2
lab --allow-exec "$dir/script"
check 'allowed, it is run' grep -q '^a  *| ran$' "$dir/out"
lab --allow-exec -
check 'from standard input too' grep -q '^a  *| ran$' "$dir/out"
lab -c 'spawn a; a: exec sh -c "echo ran"; expect a.printed = ran'
check 'commands on the command line are the own ones' test $status -eq 0
echo 'spawn a; a: exit 3; expect a.status = "exit 3"' >"$dir/script"
lab "$dir/script"
check 'a file without an exec is run' test $status -eq 0
echo 'spawn a; a: exec sh; a: nothing' >"$dir/script"
lab --allow-exec "$dir/script"
check 'what does not parse does nothing' test $status -eq 2 -a ! -s "$dir/out"

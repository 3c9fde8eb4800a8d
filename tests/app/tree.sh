#!/bin/sh
# forklore tree: text, JSON and graphs of a little family whose facts ps tells, and its exit statuses.
. "${srcdir:-.}/tests/app/family.sh"


check "text shows columns, lines, and who is a zombie" same \
    "$(printf '    PID    PPID  COMMAND\n%7d %7d  sleep\n%7d %7d  ├─ sh ‹zombie›\n%7d %7d  └─ sleep' \
        $parent $$ "$zombie" $parent "$child" $parent)" \
    "$("$FORKLORE" tree --columns pid,ppid $parent)"
check "lines are ASCII when asked for" same "$(printf 'sleep\n|- sh <zombie>\n`- sleep')" \
    "$("$FORKLORE" tree --columns pid --ascii $parent | sed '1d; s/^ *[0-9]*  //')"
check "command lines stand in for names" same "$(printf 'sleep 1001\n|- sh <zombie>\n`- sleep 1000')" \
    "$("$FORKLORE" tree -a --columns pid --ascii $parent | sed '1d; s/^ *[0-9]*  //')"
check "depth limits the levels" same 2 "$("$FORKLORE" tree --depth 1 $parent | wc -l)"
check "options may follow operands" same 2 "$("$FORKLORE" tree $parent --depth 1 | wc -l)"
check "several operands are several trees" same 3 "$("$FORKLORE" tree "$child" "$zombie" | wc -l)"

# What ps says of a process, as the JSON that is wanted up to the command line.
wanted_json() {
    ps -o pid=,ppid=,stat=,ni=,pri=,pgid=,sid=,tpgid=,nlwp=,user:32=,tty= -p "$1" | {
        read -r pid ppid stat ni pri pgid sid tpgid nlwp user tty
        echo "{\"pid\": $pid, \"ppid\": $ppid, \"stat\": \"$stat\", \"ni\": $ni, \"pri\": $pri, \"pgid\": $pgid," \
            "\"sid\": $sid, \"tpgid\": $tpgid, \"threads\": $nlwp, \"user\": \"$user\", \"tty\": \"$tty\"," \
            "\"comm\": \"$2\", \"args\": $3"
    }
}
"$FORKLORE" tree --json $parent | sed 's/^ *//; s/, "start".*//' >"$scratch/json"
check "JSON begins and ends as an array" same "[]" "$(sed -n '1p; $p' "$scratch/json" | tr -d '\n')"
check "JSON agrees with ps on the parent" same "$(wanted_json $parent sleep '"sleep 1001"')" \
    "$(sed -n 2p "$scratch/json")"
check "JSON agrees with ps on the zombie" same "$(wanted_json "$zombie" sh null)" "$(sed -n 3p "$scratch/json")"
check "JSON agrees with ps on the child" same "$(wanted_json "$child" sleep '"sleep 1000"')" \
    "$(sed -n 4p "$scratch/json")"

check "DOT has nodes and arrows" same "p$parent -> p$zombie;p$parent -> p$child;" \
    "$("$FORKLORE" tree --dot $parent | sed -n 's/^ *\(p[0-9]* ->.*\)/\1/p' | tr -d '\n')"
check "Mermaid has nodes and arrows" same "flowchart TD p$parent --> p$zombie p$parent --> p$child" \
    "$("$FORKLORE" tree --mermaid $parent | grep -v '"' | tr -s '\n ' ' ' | sed 's/ $//')"

check "the trees of a user hold all that is his" same \
    "$(ps -o pid= -u "$(id -u)" | tr -d ' ' | grep -cx "$parent")" \
    "$("$FORKLORE" tree --columns pid "$(id -un)" | grep -c "^ *$parent ")"

gone=$(sh -c 'echo $$')
check "a process that is not there: status 1" same 1 "$(status_of "$FORKLORE" tree "$gone")"
check "and one line says so" same "forklore: $gone: there is no such process" "$(cat "$scratch/err")"
check "the others are shown nevertheless" same "1 2" \
    "$(status_of "$FORKLORE" tree "$gone" "$child") $(wc -l <"$scratch/out")"
check "an unknown user: status 1" same 1 "$(status_of "$FORKLORE" tree no-such-user)"
check "an unknown option: status 2" same 2 "$(status_of "$FORKLORE" tree --no-such-option)"
check "and one line" same 1 "$(wc -l <"$scratch/err")"
check "an unknown column: status 2" same 2 "$(status_of "$FORKLORE" tree --columns pid,nothing)"
check "help goes to the output" same 0 "$(status_of "$FORKLORE" tree --help)"
check "and names every column" grep -q '^  tpgid ' "$scratch/out"

mkfifo "$scratch/pipe"
(
    exec 3>"$scratch/pipe"
    until_true test -e "$scratch/closed"
    "$FORKLORE" tree --json --threads >&3 2>"$scratch/pipe-err"
    echo $? >"$scratch/pipe-status"
) 2>/dev/null &
: <"$scratch/pipe"
: >"$scratch/closed"
wait $!
check "a closed pipe is no failure" same 0 "$(cat "$scratch/pipe-status")"
check "and not spoken of" same "" "$(cat "$scratch/pipe-err")"
check "a full disk is one" same 1 "$("$FORKLORE" tree >/dev/full 2>"$scratch/err"; echo $?)"
done_testing

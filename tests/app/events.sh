#!/bin/sh
# forklore events: what happens to a little family is printed, with and without the kernel's own reports.
. "${srcdir:-.}/tests/app/family.sh"

# begin OPTION...: starts to follow the family, and waits until it does.
begin() {
    : >"$scratch/err"
    "$FORKLORE" events --delay 0.05 "$@" >"$scratch/events" 2>"$scratch/err" &
    events=$!
    until_true test -s "$scratch/err"
}

seen() {
    grep -q "$1" "$scratch/events"
}

# tells PATTERN: waits for a line like that; else shows those that came.
tells() {
    until_true seen "$1" && return
    sed 's/^/# /' "$scratch/events"
    return 1
}

# finish SIGNAL: ends it; its status is the status.
finish() {
    kill -"$1" $events
    wait $events
}

three_sleep() {
    [ "$(ps -o args= -p $top)" = "sleep 1002" ] && [ "$(ps -o comm= --ppid $top | grep -c sleep)" = 2 ]
}

for without in nothing everything; do
    [ $without = nothing ] || export FORKLORE_WITHOUT=connector,passpidfd,pidfd-hup,pidfd-info,syscall
    sh -c 'sleep 1000 & sleep 1000 & exec sleep 1002' &
    top=$!
    until_true three_sleep
    first=$(ps -o pid= --ppid $top | head -n 1 | tr -d ' ')
    second=$(ps -o pid= --ppid $top | tail -n 1 | tr -d ' ')

    begin $top
    kill -STOP "$first"
    check "without $without: a state is seen" tells " $first sleep .* S -> T, stopped"
    renice -n 19 "$second" >/dev/null
    check "without $without: a nice value is seen" tells " $second sleep .* nice .* -> 19"
    kill -KILL "$first"
    check "without $without: a zombie is seen" tells " $first sleep .* ended.*its parent $top sleep has not asked"
    kill -KILL $top
    wait $top 2>/dev/null
    check "without $without: an end is seen" tells " $top sleep .* gone"
    check "without $without: an adoption is seen" tells " $second sleep .* adopted by .*, was $top sleep"
    kill "$second"
    check "without $without: the end of the adopted too" tells " $second sleep .* \(gone\|ended\)"
    check "without $without: nothing else is told of" same "" "$(grep -v " \($top\|$first\|$second\) " "$scratch/events")"
    check "without $without: an interrupt ends it well" finish INT
done

begin --json --only zombie,gone $parent
kill "$child"
check "JSON has the event and the pid" tells "\"event\": \"zombie\", \"pid\": $child, \"comm\": \"sleep\""
check "what was not asked for is not told" same 1 "$(wc -l <"$scratch/events")"
check "a request to end ends it well" finish TERM

gone=$(sh -c 'echo $$')
check "a process that is not there: status 1" same 1 "$(status_of "$FORKLORE" events "$gone")"
check "an unknown user: status 1" same 1 "$(status_of "$FORKLORE" events no-such-user)"
check "an unknown kind: status 2" same 2 "$(status_of "$FORKLORE" events --only reborn)"
check "no time: status 2" same 2 "$(status_of "$FORKLORE" events --for never)"
check "it ends by itself after its time" same 0 "$(status_of "$FORKLORE" events --for 0.1 --delay 0.05 $parent)"

# a reader that goes away ends it, though there is nothing to print
mkfifo "$scratch/pipe"
"$FORKLORE" events $parent >"$scratch/pipe" 2>"$scratch/err" &
events=$!
: <"$scratch/pipe"
check "a closed pipe ends it well" wait $events
done_testing

#!/bin/sh
# forklore lab: its options. What is kept with --keep on a terminal: tests/terminal/keep.play.
. "${srcdir:-.}/tests/app/family.sh"

lab() {
    status=$("$FORKLORE" lab "$@" >"$scratch/out" 2>"$scratch/err" </dev/null; echo $?)
}

# The objects of --json, one a line: KIND ACTOR ERRNO FAILED TEXT, with pids as P.
objects() {
    tests/lab/json_lines <"$scratch/out" | sed 's/[0-9]\{2,\}/P/g'
}

lab --json -c 'spawn a; a: fork b; b: exit 7; a: waitpid b; a: waitpid -1; tree; a: pause; reap a; b: pause
    expect a.ni = 3 within 20ms'
check "--json: each report is an object" same "call - - - fork() = P
call a - - fork() = P
call b - - fork() = 0
call b - - exit(7)
ended b - - exit 7
call a - - waitpid(P, &status, 0) = P
reaped b - - exit 7
call a ECHILD failed waitpid(-1, &status, 0) = -1 ECHILD
text - - - P   PPID STAT  NI  COMMAND
blocked a - - pause()
call - - - waitpid(P, &status, WNOHANG) = 0
refused - - failed b: pause
expect - - failed expect a.ni = 3 within Pms" "$(objects | sed 's/- *PID/- P/')"
check "the exit status is the same" same 1 "$status"
lab --json -c 'spawn a; a: let y = "\xff\x1b[31m"; a: show y; a: exec sh -c "sleep 1000" "\x1b"; x: pause; signal a KILL'
check "text that is no text does no harm" test "$(objects | wc -l)" -eq 6
if command -v jq >/dev/null; then
    check "jq takes it" same 2 "$(jq -s 'map(select(.kind == "call" and .actor == null)) | length' <"$scratch/out")"
fi
lab --json -c 'spawn a; a: sprint'
check "what does not parse is told on stderr" same "2 0 3" \
    "$status $(wc -l <"$scratch/out") $(wc -l <"$scratch/err")"

lab --max-actors 3 -c 'spawn a count=3; spawn; limits'
check "--max-actors: so many and no more" same 1 "$status"
check "a higher number is refused in words" grep -q 'there can be 3 actors at a time, and there are 3' "$scratch/out"
check "limits tells it" grep -q '^ *3  actors at a time' "$scratch/out"
lab --max-actors 70 -c 'spawn a count=63; spawn c count=7; expect lab.actors = 70'
check "more than by default" same 0 "$status"
for number in 0 -1 257 x 3x ''; do
    lab --max-actors "$number" -c 'spawn a'
    check "--max-actors '$number': status 2" same "2 1" "$status $(wc -l <"$scratch/err")"
done

# keep INPUT: a lab that is kept, in the background, its actor's pid in $actor.
keep() {
    : >"$scratch/err"
    "$FORKLORE" lab --keep -c 'spawn a; a: setsid' <"$1" >"$scratch/out" 2>"$scratch/err" 9>&- &
    pid=$!
}
told() {
    grep -q 'all is done' "$scratch/err"
}
actor() {
    actor=$(sed -n 's/.*fork() = \([0-9]*\).*/\1/p' "$scratch/out")
}
mkfifo "$scratch/fifo" || exit 99
keep "$scratch/fifo"
exec 9>"$scratch/fifo"
check "--keep says that it waits" until_true told
actor
check "and the actor is there" same "$actor" "$(ps -o sid= -p "$actor" | tr -d ' ')"
printf 'x' >&9
check "half a line is not enough" same a "$(cat "/proc/$actor/comm")"
echo >&9
wait $pid
check "a line ends it" same 0 $?
exec 9>&-
check "and the actor" test ! -e "/proc/$actor"

keep "$scratch/fifo"
exec 9>"$scratch/fifo"
until_true told
actor
exec 9>&-
wait $pid
check "the end of the input ends it" same "0 gone" "$? $([ -e "/proc/$actor" ] || echo gone)"

keep "$scratch/fifo"
exec 9>"$scratch/fifo"
until_true told
actor
kill -TERM $pid
wait $pid
check "a signal ends it" same "143 gone" "$? $([ -e "/proc/$actor" ] || echo gone)"
exec 9>&-

"$FORKLORE" lab --keep -c 'spawn a; a: nonsense' </dev/null >"$scratch/out" 2>"$scratch/err"
check "nothing is kept of what does not parse" same "2 no" "$? $(told || echo no)"
"$FORKLORE" lab --keep -c 'spawn a; expect a.ni = 3 within 10ms' </dev/null >"$scratch/out" 2>"$scratch/err"
check "the status tells of the script" same "1 yes" "$? $(told && echo yes)"

# Without a terminal, a script from standard input leaves a signal alone.
if setsid true; then
    : >"$scratch/err"
    echo 'spawn a' | setsid "$FORKLORE" lab --keep >"$scratch/out" 2>"$scratch/err" &
    until_true told
    check "without a terminal or an input it waits for a signal" grep -q 'a signal ends the actors' "$scratch/err"
    actor
    kill -TERM "$(ps -o ppid= -p "$actor" | tr -d ' ')"
    wait $!
    check "which ends the actor too" test ! -e "/proc/$actor"
fi
done_testing

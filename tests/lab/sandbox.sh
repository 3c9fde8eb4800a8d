#!/bin/sh
# forklore lab --sandbox as a person runs it, and forklore as PID 1 of a container, where it adopts in any case.
. "${srcdir:-.}/tests/app/family.sh"

# tells DESCRIPTION PATTERN: the lab's last output has a line like that.
tells() {
    check "$1" grep -q "$2" "$scratch/out"
}

script='spawn a; a: fork b; a: exit; expect b.parent = forklore; b: exit 7; expect b gone; expect a.stat = Z;
    expect lab.sandbox = 1; reap a; expect a gone'
check "in a sandbox orphans are adopted and reaped" same 0 "$(status_of "$FORKLORE" lab --sandbox -c "$script")"
tells "the adopter is named with its pid" '^a  .*its child b is an orphan: [0-9]* forklore has it$'
tells "the orphan's end is told" '^b  .*ended: exit 7 .*Z: forklore has adopted it and asks at once$'
tells "its reaping too" '^b  .*gone: exit 7 .*forklore, which adopted it, has asked$'
check "without it they are not ours" same 0 \
    "$(status_of "$FORKLORE" lab -c 'spawn a; a: fork b; a: exit; expect b.parent != forklore; expect lab.sandbox = 0')"

# As root a PID namespace can be had for the asking; other users need a user namespace around it.
namespace='unshare -pf --mount-proc'
$namespace true 2>/dev/null || namespace='unshare -Urpf --mount-proc'
if ! $namespace true 2>/dev/null; then
    echo "# no PID namespace can be made here"
    done_testing
fi
check "as PID 1 it adopts and reaps" same 0 "$(status_of $namespace "$FORKLORE" lab -c "$script")"
tells "and is named so" '^a  .*its child b is an orphan: 1 forklore has it$'

# What a program of an actor leaves behind, seen from outside the namespace.
$namespace "$FORKLORE" lab -c 'spawn a; a: exec sh -c "(sleep 1003 &); exec sleep 1004"; expect a gone within 60s' \
    >"$scratch/out" 2>&1 &
outside=$!
inside() {
    forklore=$(ps -o pid=,comm= --ppid $outside | sed -n 's/^ *\([0-9]*\) forklore$/\1/p')
    [ "$forklore" ] && stray=$(ps -o pid=,args= --ppid "$forklore" | sed -n 's/^ *\([0-9]*\) sleep 1003$/\1/p') &&
        [ "$stray" ]
}
is_gone() {
    [ ! -e "/proc/$1" ]
}
check "as PID 1 it adopts strangers" until_true inside
kill "$stray"
check "and reaps them" until_true is_gone "$stray"
kill "$forklore"
wait $outside
check "and ends when it is told to" same 143 $?
done_testing

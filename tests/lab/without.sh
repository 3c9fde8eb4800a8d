#!/bin/sh
# The lab once more with every optional feature of the kernel switched off: the fallbacks must do the same.
set -u
FORKLORE_WITHOUT=connector,passpidfd,pidfd-hup,pidfd-info,syscall
export FORKLORE_WITHOUT
programs='test_lab test_commands test_exec test_groups test_life test_limits test_pipes test_queues test_sandbox
    test_shared test_signals test_sockets test_terminal test_waiting survivors'
echo "1..$(echo "$programs" | wc -w)"
count=0
for program in $programs; do
    count=$((count + 1))
    rounds=
    [ "$program" != survivors ] || rounds=30 # it has killed more labs with the features on
    # shellcheck disable=SC2086
    out=$("tests/lab/$program" $rounds 2>&1)
    status=$?
    if [ $status -eq 0 ]; then
        echo "ok $count - $program"
    else
        echo "not ok $count - $program"
    fi
    printf '%s\n' "$out" | grep -v '^ok' | sed 's/^/# /'
done

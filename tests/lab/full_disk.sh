#!/bin/sh
# A disk that is full is an errno like any other: the call that met it is reported, the lab goes on, and leaves nothing.
# Needs a file system of its own to fill, so root, in a mount namespace that ends with the test.
set -u
unshare -m true 2>/dev/null && [ "$(id -u)" = 0 ] || {
    echo '1..0 # SKIP needs a mount namespace'
    exit 0
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export FORKLORE folder

out=$(timeout 60 unshare -m sh -c '
    mount -t tmpfs -o size=64k none "$folder" || exit 77
    mkdir -m 700 "$folder/run"
    unset XDG_RUNTIME_DIR
    TMPDIR=$folder/run "$FORKLORE" lab -c "spawn a; a: open f notes; a: write f x bytes=100000; a: write f x bytes=100000
        a: exit 3; expect a.status = \"exit 3\""
    echo "status $?"
    ls -A "$folder/run" | sed "s/^/left: /"
' </dev/null 2>&1)

. "$srcdir/tests/verdict.sh"
echo 1..4
case $out in *'-1 ENOSPC'*) missing= ;; *) missing=$out ;; esac
verdict 'the call that met the full disk says so' "$missing"
case $out in *'exit 3'*) missing= ;; *) missing=$out ;; esac
verdict 'the actor goes on' "$missing"
case $out in *'status 0'*) missing= ;; *) missing=$out ;; esac
verdict 'and so does the lab' "$missing"
verdict 'nothing is left' "$(printf '%s\n' "$out" | grep '^left: ')"

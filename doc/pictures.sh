#!/bin/sh
# doc/pictures.sh FORKLORE SOURCE FOLDER: makes the pictures of the README. The live ones are made in a PID namespace of
# their own, so that nothing of this machine is on them; numbers of processes are small there, and the same each time.
set -eu
forklore=$1 source=$2 folder=$3
TZ=UTC LC_ALL=C.UTF-8
export TZ LC_ALL
unset NO_COLOR LANGUAGE
mkdir -p "$folder"

alone() {
    unshare --user --map-root-user --pid --fork --mount-proc sh -c '"$@"; exit $?' - "$@" </dev/null
}

alone "$forklore" shot --redact -o "$folder/tree.svg" -c '
    spawn shell; shell: fork make; make: fork cc; make: fork as; shell: fork editor
    renice cc 10; editor: stop; as: exit 7
    expect as.stat ~ ^Z within 10s; expect editor.stat ~ ^T within 10s'
alone "$forklore" shot --redact --family -o "$folder/family.svg" -c '
    spawn a; a: fork b; b: fork c; b: fork d; d: exit 7; expect d.stat ~ ^Z within 10s; b: exit 0
    expect b.stat ~ ^Z within 10s; a: waitpid b; expect c.ppid = 1 within 10s'
for language in en zh_CN; do
    alone "$forklore" shot --redact --lesson zombie --step 2 --lang $language -o "$folder/zombie-$language.svg"
done
"$forklore" shot --replay "$source/tests/app/hand.jsonl" --at '1s ago' -o "$folder/replay.svg"

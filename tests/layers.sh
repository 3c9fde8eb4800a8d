#!/bin/sh
# The folders of src/ are layers: a file includes its own folder and those listed before it, a library is seen by the
# one folder that wraps it, and src/lab leaves reaping to whoever asks for it. Each rule is then broken on purpose in a
# copy, since a check that cannot fail proves nothing.
set -u
srcdir=${srcdir:-.}

LAYERS='base machine model lab lesson trace screen picture app'

# The headers named between <> or "" by the sources of one folder, as "FILE HEADER" lines.
includes_of() {
    grep -rE '^[[:space:]]*#[[:space:]]*include' --include='*.[ch]' "$1" |
        sed -nE 's|^([^:]*):[[:space:]]*#[[:space:]]*include[[:space:]]*[<"]([^>"]*)[>"].*|\1 \2|p'
}

# Prints every include in $1/src that points to a later folder.
upward_includes() {
    may=' '
    for folder in $LAYERS; do
        may="$may$folder "
        [ -d "$1/src/$folder" ] || continue
        includes_of "$1/src/$folder" | while read -r file header; do
            layer=${header%%/*}
            case " $LAYERS actor " in
            *" $layer "*) ;;
            *) continue ;;
            esac
            case $may in
            *" $layer "*) ;;
            *) echo "$file includes $header" ;;
            esac
        done
    done
    includes_of "$1/src/actor" | while read -r file header; do
        [ "$header" = lab/protocol.h ] || [ ! -e "$1/src/$header" ] || echo "$file includes $header"
    done
}

# Prints every header of a library that a folder other than its owner includes.
strayed_libraries() {
    while read -r owner pattern; do
        includes_of "$1/src" | grep -E "^[^ ]* ($pattern)" | grep -v "^$1/src/$owner/" |
            grep -v "^$1/src/actor/" # a demonstration process does what it demonstrates: threads, ptrace
    done <<-LIBRARIES
	machine libproc2/
	machine pthread\.h
	trace sys/ptrace\.h
	screen n?curses|panel\.h|term\.h
	app systemd/
	lesson yaml\.h
	LIBRARIES
}

# sd_event's child sources reap the child after the callback: a zombie that the lab shows would vanish.
reaping_sources() {
    grep -rnE 'sd_event_add_child[a-z_]*\(' "$1/src/lab" --include='*.[ch]'
}

. "$srcdir/tests/verdict.sh"

# caught RULE FILE LINE: a copy with LINE planted in FILE must break the rule.
caught() {
    copy=$(mktemp -d)
    cp -R "$srcdir/src" "$copy/src"
    chmod -R u+w "$copy"
    mkdir -p "$(dirname "$copy/src/$2")"
    echo "$3" >>"$copy/src/$2"
    if [ -n "$("$1" "$copy")" ]; then missed=; else missed="$3 in $2 went unnoticed"; fi
    rm -rf "$copy"
    verdict "caught: $3 in $2" "$missed"
}

echo 1..11
verdict 'includes point to earlier folders' "$(upward_includes "$srcdir")"
verdict 'each library is seen by one folder' "$(strayed_libraries "$srcdir")"
verdict 'the lab leaves its zombies alone' "$(reaping_sources "$srcdir")"
caught upward_includes base/planted.c '#include "machine/process.h"'
caught upward_includes model/planted.h '# include "app/planted.h"'
caught upward_includes actor/planted.c '#include "base/text.h"'
caught strayed_libraries model/planted.c '#include <libproc2/pids.h>'
caught strayed_libraries app/planted.c '#include <ncursesw/curses.h>'
caught strayed_libraries lab/planted.c '#include <systemd/sd-event.h>'
caught strayed_libraries app/planted.c '#include <yaml.h>'
caught reaping_sources lab/planted.c 'sd_event_add_child_pidfd(event, &source, pidfd, WEXITED, on_exit, actor);'

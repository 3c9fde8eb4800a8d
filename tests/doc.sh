#!/bin/sh
# The manual and the shells' completion are made from the program's tables: every entry of a table is in the manual as a
# person reads it, and the shells offer what the tables hold.
set -u

PAGE=doc/forklore.1
SECTIONS='SYNOPSIS
OPTIONS
SUBCOMMANDS
KEYS
COMMAND LANGUAGE
COLUMNS
STAT CODES
CHECKS
KERNELS'

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

. "${srcdir:-.}/tests/verdict.sh"

skip() {
    number=$((number + 1))
    echo "ok $number - $1 # SKIP $2 is not installed"
}

have() {
    command -v "$1" >/dev/null
}

# format PAGE: as plain text, in lines so long that no entry is broken.
format() {
    groff -mandoc -Tascii -P-cbou -rLL=300n -ww "$1"
}

# entries_missing TEXT SECTION: prints each entry of the section that begins none of its lines.
entries_missing() {
    awk -F '\t' -v section="$2" '
        FNR == NR && $1 == section { entry[++count] = $2 }
        FNR == NR { next }
        /^[^ ]/ { inside = $0 == section; next }
        inside {
            sub(/^ +/, "")
            for (i = 1; i <= count; i++)
                if (index($0 " ", entry[i] " ") == 1)
                    seen[i] = 1
        }
        END {
            if (!count)
                print "the tables have no entries for " section
            for (i = 1; i <= count; i++)
                if (!seen[i])
                    print section " lacks " entry[i]
        }' "$work/entries" "$1"
}

check_page() {
    echo "$SECTIONS" >"$work/sections"
    if ! have groff; then
        skip 'the manual is formatted without a warning' groff
        while read -r section; do
            skip "$section has every entry of the tables" groff
        done <"$work/sections"
        skip 'an entry that is left out is noticed' groff
        return
    fi
    format $PAGE >"$work/text" 2>"$work/warnings"
    verdict 'the manual is formatted without a warning' "$(cat "$work/warnings")"
    while read -r section; do
        verdict "$section has every entry of the tables" "$(entries_missing "$work/text" "$section")"
    done <"$work/sections"
    sed '/^\.It Ic .*F10/d' $PAGE >"$work/page"
    format "$work/page" >"$work/text" 2>&1
    missing=$(entries_missing "$work/text" KEYS)
    case $missing in
    'KEYS lacks '*F10) verdict 'an entry that is left out is noticed' '' ;;
    *) verdict 'an entry that is left out is noticed' "F10 was taken out, found missing: $missing" ;;
    esac
}

# complete WORD...: prints what bash offers for the last word of a command line.
complete() {
    bash --norc --noprofile -c '
        . "$1" || exit
        COMP_WORDS=("${@:2}") COMP_CWORD=$(($# - 2))
        _forklore
        echo "${COMPREPLY[*]}"' bash doc/bash/forklore "$@" 2>&1
}

# offers WANTED WORD...: bash offers these words, and no others.
offers() {
    wanted=$1
    shift
    offered=$(complete "$@")
    if [ "$offered" = "$wanted" ]; then complaint=; else complaint="it offers '$offered'"; fi
    verdict "bash offers '$wanted' for: $*" "$complaint"
}

# offers_too WANTED WORD...: bash offers this word among others, which may come and go.
offers_too() {
    wanted=$1
    shift
    offered=$(complete "$@")
    case " $offered " in
    *" $wanted "*) complaint= ;;
    *) complaint="it offers '$offered'" ;;
    esac
    verdict "bash offers $wanted for: $*" "$complaint"
}

check_bash() {
    if ! have bash; then
        skip 'bash offers words' bash
        return
    fi
    offers 'lab' forklore la
    offers 'lab' forklore --delay 2 --ascii -d 3 --theme = dark la
    offers '--readonly' forklore --re
    offers 'light' forklore --theme l
    offers 'light' forklore --theme = l
    offers 'zh_CN' forklore --lang zh
    offers 'ppid' forklore --columns pp
    offers 'pid,stat,start' forklore --columns pid,stat,sta
    offers '' forklore --columns pid,pid
    offers '' forklore --delay ''
    offers 'pgid,pid' forklore tree --columns pgid,pi
    offers '--mermaid' forklore tree --me
    offers 'born,zombie' forklore events --only born,z
    offers '--command' forklore lab --com
    offers '' forklore nonsense ''
    offers_too $$ forklore tree ''
    offers_too root forklore tree ''
    offers_too $$ forklore explain ''
    offers 'cpus' forklore doctor cp
    offers_too reaping forklore doctor ''
    offers_too doc/bash forklore lab doc/ba
}

check_zsh() {
    if have zsh; then
        verdict 'zsh can read its completion' "$(zsh -f -n doc/zsh/_forklore 2>&1)"
    else
        skip 'zsh can read its completion' zsh
    fi
}

# fish_lacks LINE WORD: complains unless fish offers the word for the end of this line.
fish_lacks() {
    HOME=$work fish --no-config -c "source doc/fish/forklore.fish; complete -C '$1'" >"$work/offered" 2>&1
    cut -f 1 "$work/offered" | grep -qxF -e "$2" || echo "for '$1' fish offers: $(cat "$work/offered")"
}

check_fish() {
    if ! have fish; then
        skip 'fish offers subcommands and values' fish
        return
    fi
    verdict 'fish offers subcommands and values' "$(
        fish_lacks 'forklore --delay 2 la' lab
        fish_lacks 'forklore --theme ' light
        fish_lacks 'forklore --columns pid,sta' pid,stat
        fish_lacks 'forklore lab --' --command
        fish_lacks 'forklore doctor cp' cpus
    )"
}

echo @entries@ | doc/tables >"$work/entries"
check_page
if doc/tables >/dev/null 2>&1 <<'TEMPLATE'; then complaint='it was accepted'; else complaint=; fi
what is @nowhere-to-be-found@ in the tables
TEMPLATE
verdict 'a template that asks for what there is not is refused' "$complaint"
check_bash
check_zsh
check_fish
echo 1..$number

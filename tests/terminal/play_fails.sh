#!/bin/sh
# A test that cannot fail proves nothing: each of these small plays is wrong, and `play` must say so.
set -u
play=${PLAY:-tests/terminal/play}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
number=0

# fails WHAT PATTERN: performs the play on standard input, which must fail and say PATTERN.
fails() {
    number=$((number + 1))
    cat >"$scratch/wrong.play"
    PLAY_SECONDS=1 "$play" "$scratch/wrong.play" >"$scratch/output" 2>&1
    if [ $? = 1 ] && grep -q "^not ok" "$scratch/output" && grep -qe "$2" "$scratch/output"; then
        echo "ok $number - $1"
    else
        sed 's/^/# /' "$scratch/output"
        echo "not ok $number - $1"
    fi
}

fails 'text that never comes, with the screen' '^#   2 |what is there' <<'EOT'
title missing
run sh -c 'echo what is there; read line'
see what is not there
EOT
fails 'text that should not be there' 'it is on the screen' <<'EOT'
title present
run sh -c 'echo too much; read line'
see too
absent much
EOT
fails 'a bound name that stands for something else' 'no row shows: 12 13' <<'EOT'
title names
run sh -c 'echo 12 12; read line'
see {a} 12
see {a} 13
EOT
fails 'a cursor that is elsewhere' 'the cursor is in row 2, column 4' <<'EOT'
title cursor
run sh -c 'printf one; read line'
cursor one
EOT
fails 'a row that is elsewhere' 'row 3 does not show' <<'EOT'
title place
run sh -c 'echo one; echo two; read line'
see two
at 3 one
EOT
fails 'rows that are a cell off, beside the screen' '^# ! | 12|' <<'EOT'
title rows
size 20x5
run sh -c 'echo "12|"; read line'
rows
| 12|
EOT
fails 'a name that is a cell off' 'no such rows' <<'EOT'
title padding
run sh -c 'printf "%7d|\n%8d|\n" 12 12; read line'
see {aaa}|
rows
|{  aaa}|
|{  aaa}|
EOT
fails 'a wrong end' 'it ended: exit 1' <<'EOT'
title status
run false
exits 0
EOT
fails 'a program that does not end' 'it still runs' <<'EOT'
title endless
run sleep 1000
exits 0
EOT
fails 'the alternate screen left on' 'the terminal: alternate screen' <<'EOT'
title screen
run tput smcup
exits 0
restored
EOT
fails 'a hidden cursor' 'the terminal: cursor hidden' <<'EOT'
title cursor
run tput civis
exits 0
restored
EOT
fails 'bracketed paste and the mouse left on' 'the terminal: mouse taken, bracketed paste' <<'EOT'
title modes
run printf '\033[?2004h\033[?1000h'
exits 0
restored
EOT
fails 'colours left on' 'the terminal: attributes' <<'EOT'
title pen
run tput setaf 1
exits 0
restored
EOT
fails 'modes of the terminal left changed' 'the terminal: termios' <<'EOT'
title termios
run stty -echo
exits 0
restored
EOT
fails 'an attribute that is not there' 'does not look like this' <<'EOT'
title look
run sh -c 'echo plain; read line'
look bold plain
EOT
fails 'a colour where none should be' 'a colour in row 2, column 1' <<'EOT'
title colour
run sh -c 'tput setaf 2; echo green; tput sgr0; echo end; read line'
see end
colourless
EOT
fails 'what ps does not say' 'ps says: sleep' <<'EOT'
title ps
spawn other sleep 1000
ps {other} comm sleep
ps {other} comm cat
EOT
fails 'a process that lives' 'the process is still there' <<'EOT'
title dead
spawn other sleep 1000
dead {other}
EOT
fails 'a process left behind' '^# left: [0-9]* sleep' <<'EOT'
title left
run sh -c 'trap "" HUP; sleep 1000 & echo $!'
see {pid=[0-9]+}$
exits 0
EOT
fails 'an unknown step, key, or pattern' 'no step of this name' <<'EOT'
title step
rnu true
EOT
fails 'a step without a program' 'no program was started' <<'EOT'
title nothing
see something
EOT
fails 'an unknown key' 'an unknown key' <<'EOT'
title key
run cat
type <Nothing>
EOT
fails 'what follows a failure' '^# not reached' <<'EOT'
title first
run false
exits 0
title second
see anything
EOT
echo "1..$number"

#!/bin/sh
# forklore record: of everything and of named processes, to files and pipes; what it leaves out when it is asked to; and
# that a recording which is cut off, damaged or not ours is read up to there, or refused with one message.
. "${srcdir:-.}/tests/app/family.sh"
hand=${srcdir:-.}/tests/app/hand.jsonl
TZ=UTC LC_ALL=C.UTF-8
export TZ LC_ALL

has_jq() {
    command -v jq >/dev/null
}

# begin FILE OPTION...: starts to record, and waits until a moment is in the file.
begin() {
    file=$1
    shift
    "$FORKLORE" record -o "$file" -d 0.05 "$@" 2>"$scratch/err" 9>&- &
    recorder=$!
    until_true has_lines "$file" 2
}

lines() {
    cat "$1" 2>/dev/null | wc -l
}

has_lines() {
    [ "$(lines "$1")" -ge "$2" ]
}

in_file() {
    grep -q "$1" "$file"
}

# more_moments: waits for what comes after all that is in the file now.
more_moments() {
    until_true has_lines "$file" $(($(lines "$file") + 2))
}

# finish SIGNAL: ends it; its status is the status.
finish() {
    kill -"$1" $recorder
    wait $recorder
}

# shown FILE: the screen of its last moment, 100 cells wide so that nothing is cut.
shown() {
    timeout 20 "$FORKLORE" shot --size 100x40 --replay "$1" -o -.txt
}

shows() {
    shown "$1" >"$scratch/screen" 2>"$scratch/screen.err" && grep -q "$2" "$scratch/screen" && return
    sed 's/^/# /' "$scratch/screen" "$scratch/screen.err"
    return 1
}

# ---- everything ----
begin "$scratch/all"
sh -c 'exec sleep 1003' &
stranger=$!
until_true in_file "\"pid\":$stranger,"
more_moments
kill $stranger
wait $stranger 2>/dev/null
more_moments
check "a request to end ends it well" finish TERM
check "it says how much it wrote, and where" grep -q "^forklore record: [0-9]* moments, [0-9.]* KiB, in $scratch/all\$" \
    "$scratch/err"
check "the file is for its owner alone" same 600 "$(stat -c %a "$scratch/all")"
check "the first line says what it is" same '{"forklore":"recording","version":1,' \
    "$(head -c 36 "$scratch/all")"
check "a process that came and went is in it" in_file "\"event\":\"gone\".*\"pid\":$stranger,"
check "command lines of those that were there are in it" in_file '"args":"sleep 1000"'
check "and of those that came" in_file '"args":"sleep 1003"'
check "it shows again" shows "$scratch/all" "REPLAY"
if has_jq; then
    # by the rules of the format: a key line has all, another line what has changed
    check "jq reads it: the child, its parent, and what ended" same "$parent true" "$(
        jq -s -r --argjson child "$child" --argjson stranger $stranger '
            [.[].set[]? | select(.pid == $child) | .ppid][0],
            ([.[].gone[]?] | any(. == $stranger))' "$scratch/all" | paste -sd ' '
    )"
    check "jq: time never goes back" same true "$(jq -s '[.[1:][].t] | . == sort' "$scratch/all")"
fi

check "it does not write over a file" same 1 "$(status_of "$FORKLORE" record -o "$scratch/all" --for 0.1)"
check "and says so" same "forklore record: $scratch/all is there already; --force writes over it" \
    "$(cat "$scratch/err")"
check "which stays as it was" in_file "\"pid\":$stranger,"
check "--force does" same 0 "$(status_of "$FORKLORE" record -o "$scratch/all" --force --for 0.1 -d 0.05)"
check "and nothing is left of it" test "$(grep -c "\"pid\":$stranger," "$scratch/all")" = 0

# ---- some ----
mkfifo "$scratch/orders"
sh -c 'while read -r time; do sleep "$time" & echo; done; wait' <"$scratch/orders" >/dev/null &
top=$!
exec 9>"$scratch/orders"
begin "$scratch/some" $top
echo 1006 >&9
until_true in_file '"args":"sleep 1006"'
sleep 1007 9>&- &
stranger=$!
late=$(ps -o pid= --ppid $top | tr -d ' ')
more_moments
check "named: a child born later is in it" in_file "\"event\":\"born\".*\"pid\":$late,"
check "named: a stranger is not" test "$(grep -c "\"pid\":$stranger,\|\"pid\":$child," "$file")" = 0
kill "$late"
until_true in_file "\"event\":\"gone\".*\"pid\":$late,"
check "named: it goes on while one of them is there" kill -0 $recorder
exec 9>&-
check "named: it ends when all have ended" wait $recorder
check "named: and says so" grep -q "^forklore record: all of them have ended\$" "$scratch/err"
check "named: it shows again" shows "$scratch/some" "gone"
kill $stranger

check "two can be named, and a user" same 0 \
    "$(status_of "$FORKLORE" record -o "$scratch/two" --for 0.1 -d 0.05 "$child" "$(id -un)")"
file=$scratch/two
check "both are in it" in_file "\"pid\":$child,.*\"args\":\"sleep 1000\""
gone=$(sh -c 'echo $$')
check "a process that is not there: status 1" same 1 "$(status_of "$FORKLORE" record -o "$scratch/gone" "$gone")"
check "an unknown user: status 1" same 1 "$(status_of "$FORKLORE" record -o "$scratch/nobody" no-such-user)"
check "no file: status 2" same 2 "$(status_of "$FORKLORE" record)"
check "no time: status 2" same 2 "$(status_of "$FORKLORE" record -o "$scratch/x" --for never)"
check "a folder that is not there: status 1" same 1 "$(status_of "$FORKLORE" record -o "$scratch/no/x")"
check "and one line about it" same "forklore record: $scratch/no/x: No such file or directory" "$(cat "$scratch/err")"

# ---- through a pipe ----
check "a recording without a terminal: status 2" same 2 "$(status_of setsid -w "$FORKLORE" replay "$hand")"
check "and says so" grep -q '^forklore replay: this needs a terminal' "$scratch/err"
check "through a pipe, too" same 2 "$(status_of sh -c "setsid -w \"$FORKLORE\" replay - <\"$hand\"")"
check "and says so" grep -q '^forklore replay: this needs a terminal' "$scratch/err"
"$FORKLORE" record -o - --for 0.3 -d 0.05 $parent | cat >"$scratch/piped"
check "through a pipe it is the same" shows "$scratch/piped" "sleep"
"$FORKLORE" record -o - $parent | head -n 2 >"$scratch/head" &
reader=$!
until_true has_lines "$scratch/head" 2
check "a reader that goes away ends it" wait $reader
mkfifo "$scratch/pipe"
"$FORKLORE" record -o - $parent >"$scratch/pipe" 2>"$scratch/err" &
recorder=$!
: <"$scratch/pipe"
check "well, and at once" wait $recorder
check "without a word" same "" "$(cat "$scratch/err")"
[ -e /dev/full ] && {
    check "a full disk: status 1" same 1 "$(status_of sh -c '"$FORKLORE" record -o - >/dev/full')"
    check "and one line about it" same "forklore record: -: No space left on device" "$(cat "$scratch/err")"
}

# ---- killed ----
begin "$scratch/killed"
until_true has_lines "$file" 6
kill -KILL $recorder
wait $recorder 2>/dev/null
moments=$(($(lines "$file") - 1))
check "killed: it shows again, up to the last whole line" shows "$file" "REPLAY .* $moments/$moments"

# ---- cut off: a picture of what is whole, or one message ----
# cuts_are_survived: at every step of the hand-made recording.
cuts_are_survived() {
    size=$(wc -c <"$hand")
    cut=0
    while [ $cut -le "$size" ]; do
        head -c $cut "$hand" >"$scratch/cut"
        whole=$(wc -l <"$scratch/cut")
        status=$(status_of shown "$scratch/cut")
        if [ "$whole" -ge 2 ]; then
            [ "$status" = 0 ] && grep -q "REPLAY .* $((whole - 1))/$((whole - 1)) " "$scratch/out"
        else
            [ "$status" = 1 ] && [ "$(wc -l <"$scratch/err")" = 1 ] && [ ! -s "$scratch/out" ]
        fi || {
            echo "# cut at byte $cut: status $status"
            sed 's/^/# /' "$scratch/err"
            return 1
        }
        cut=$((cut + size / 40))
    done
}
check "cut off anywhere, it shows what is whole or says one thing" cuts_are_survived

# refused DESCRIPTION MESSAGE: what is in $scratch/bad is refused with that message.
refused() {
    description=$1
    wanted=$2
    check "$description: status 1" same 1 "$(status_of shown "$scratch/bad")"
    check "$description: one line says why" same "forklore replay: $scratch/bad$wanted" "$(cat "$scratch/err")"
    check "$description: replay says the same" same "1 forklore replay: $scratch/bad$wanted" \
        "$(status_of "$FORKLORE" replay "$scratch/bad" </dev/null) $(cat "$scratch/err")"
}
none=": there is no whole moment in it"
: >"$scratch/bad"
refused "an empty file" "$none"
head -n 1 "$hand" >"$scratch/bad"
refused "a header alone" "$none"
echo "root:x:0:0:root:/root:/bin/sh" >"$scratch/bad"
refused "a file of another kind" ":1: this is no recording of forklore"
head -c 300000 /dev/zero >"$scratch/bad"
refused "a file without lines" ":1: this is no recording of forklore"
sed '1s/"version":1/"version":2/' "$hand" >"$scratch/bad"
refused "a newer version" ":1: this recording has version 2; this forklore reads up to version 1"
sed '2s/"pid":100/"pid":-100/' "$hand" >"$scratch/bad"
refused "a number out of range" ':2: the value of "pid" is missing, or not what a recording may have there'
rm "$scratch/bad"
refused "a file that is not there" ": No such file or directory"
mkdir "$scratch/bad"
refused "a folder" ": Is a directory"
rmdir "$scratch/bad"

# what is damaged later shows what came before it
sed '4s/.*/{"t":61500000,/' "$hand" >"$scratch/damaged"
check "a damaged line: what came before it is shown" shows "$scratch/damaged" "REPLAY .* 2/2"
check "and the line is told" grep -q "line 4 of the recording: this line is damaged: it is no JSON object" "$scratch/screen"
# members that are not known are for those who know them
sed '2,$s/"t":/"colour":[{"red":1}],"t":/; 1s/"host"/"place":"room 7","host"/; s/"pid":1,/"pid":1,"mood":null,/' \
    "$hand" >"$scratch/unknown"
shown "$hand" >"$scratch/known.txt"
shown "$scratch/unknown" >"$scratch/unknown.txt"
check "unknown members are skipped" cmp "$scratch/known.txt" "$scratch/unknown.txt"

# ---- what others must not see ----
. "${srcdir:-.}/tests/app/secrets.sh"
if with_secrets; then
    (as_user "$scratch/bin/forklore" record -o - --for 0.2 -d 0.05) >"$scratch/open" 2>"$scratch/err"
    check "open: the secrets are there to be found" same "$user $machine hidden-person hidden-word" \
        "$(leaks "$scratch/open" | paste -sd ' ')"
    # what is looked up in the background must be there in time, every time
    for again in 1 2 3 4 5; do
        (as_user "$scratch/bin/forklore" record --redact -o - --for 0.1 -d 0.05) >"$scratch/redacted" 2>"$scratch/err"
        check "redacted: no secret is told ($again)" same "" "$(leaks "$scratch/redacted")"
    done
    check "redacted: the processes are in it" same 3 "$(head -n 2 "$scratch/redacted" |
        grep -o "\"pid\":\($(echo $secrets | sed 's/ /\\|/g')\)," | sort -u | wc -l)"
    check "redacted: it says so" grep -q '"host":"host".*"redacted":true' "$scratch/redacted"
    check "redacted: it shows again" shows "$scratch/redacted" REPLAY
    "$FORKLORE" record --redact -o - --for 0.1 -d 0.05 $secrets >"$scratch/redacted"
    check "redacted, by another and of these alone: no secret is told" same "" \
        "$(leaks "$scratch/redacted" | grep -v "^$machine")"
    without_secrets
else
    echo "# redaction is not tried: there is no account of a person"
fi
done_testing

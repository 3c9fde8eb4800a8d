#!/bin/sh
# forklore shot: each format, read by a real reader of it; what of; and what is left out when it is asked to.
. "${srcdir:-.}/tests/app/family.sh"
. "${srcdir:-.}/tests/app/secrets.sh"
hand=${srcdir:-.}/tests/app/hand.jsonl
TZ=UTC LC_ALL=C.UTF-8
export TZ LC_ALL
unset NO_COLOR LANGUAGE
cd "$scratch" || exit 99
case $hand in
/*) ;;
*) hand=$OLDPWD/$hand ;;
esac

shot() {
    timeout 60 "$FORKLORE" shot "$@" </dev/null
}

# skipped DESCRIPTION PROGRAM: whether it is missing; a line of TAP then says so.
skipped() {
    command -v "$2" >/dev/null && return 1
    count=$((count + 1))
    echo "ok $count - $1 # SKIP there is no $2"
}

# begins FILE BYTES: the first bytes of a file, which tell what it is.
begins() {
    [ "$(head -c ${#2} "$1")" = "$2" ]
}

# ---- the formats ----
cat >wanted.txt <<'EOF'
 classroom-7 · up 00:01 · load 0.50   R 0  S 2  D 0  T 0  Z 1!            exact
      PID    PPID STAT    NI  COMMAND                      REPLAY 22:14:22  3/4
▌       1       0 Ss       0  init
      100       1 Ss       0  └─ sh
 +    101     100 ZN       5     └─ make ‹zombie›  exit 7, held for 0.3 s












 22:14:20 ───────────────────┼───────────────────▲───────────────────┼ 22:14:23


 22:14:20  make 101         born, parent 100 sh
 22:14:21  make 101         ended: exit 7; its parent 100 sh has not asked
 init 1  S asleep · s session leader
 Z on ( ) event A compare / search \ filter ? help q quit
EOF
formats="txt ansi svg html"
command -v rsvg-convert >/dev/null && formats="$formats png pdf"
for format in $formats; do
    check "$format is made" same 0 "$(status_of shot --replay "$hand" --at '1s ago' -o "one.$format")"
    check "$format: without a word" same "" "$(cat out err)"
done
check "txt: the screen, letter by letter" same "$(cat wanted.txt)" "$(cat one.txt)"
escape=$(printf '\033')
check "ansi: the same letters" same "$(cat wanted.txt)" "$(sed "s/$escape\[[0-9;]*m//g; s/ *\$//" one.ansi)"
check "ansi: with colours" grep -q "$escape\[0;1;38;5;" one.ansi
shot --replay "$hand" --at '1s ago' -o -.txt >piped.txt
check "standard output is -.txt" cmp wanted.txt piped.txt
# texts of an SVG are runs of words: one after the other, a line gives its letters
letters() {
    tr -d ' \n' | sed 's/&lt;/</g; s/&gt;/>/g; s/&quot;/"/g; s/&amp;/\&/g'
}
check "svg: the same letters" same "$(letters <wanted.txt)" "$(grep '^<text' one.svg | sed 's/<[^>]*>//g' | letters)"
check "html: the same letters" same "$(cat wanted.txt)" \
    "$(sed -n '/<pre/,/<\/pre>/p' one.html | sed 's/<[^>]*>//g; s/ *$//' | head -n 24)"
if ! skipped "svg: XML that holds together" xmllint; then
    check "svg: XML that holds together" xmllint --noout one.svg
    check "svg: a title" same "Forklore: a process tree" "$(xmllint --xpath 'string(//*[local-name()="title"])' one.svg)"
    check "html: tags that hold together" same "0 " "$(status_of xmllint --html --noout one.html) $(grep error err)"
    check "html: a title" same "Forklore: a process tree" "$(xmllint --html --xpath 'string(//title)' one.html)"
fi
if ! skipped "svg: a program draws it" rsvg-convert; then
    check "svg: a program draws it" rsvg-convert -o drawn.png one.svg
    check "png: it is one" begins one.png "$(printf '\211PNG')"
    check "pdf: it is one" begins one.pdf "%PDF-"
fi
# a date in it would be seen only in another second
until_true test "$(date +%s)" != "$(stat -c %Y "one.svg")" || sleep 1
for format in $formats; do
    shot --replay "$hand" --at '1s ago' -o "two.$format"
    check "$format: the same bytes again" cmp "one.$format" "two.$format"
done
check "an open file's rights are those of any file" same "$(umask | sed 's/^0*22$/644/; s/^0*77$/600/; s/^0*2$/664/')" \
    "$(stat -c %a one.svg)"
mkdir empty
check "without rsvg-convert: status 1" same 1 "$(status_of env PATH="$scratch/empty" "$FORKLORE" shot \
    --replay "$hand" -o no.png)"
check "and one line says what is missing" same \
    "forklore shot: .png needs rsvg-convert (Debian: librsvg2-bin); .svg and .html need nothing" "$(cat err)"
check "and no file is left" same "" "$(ls | grep '^no\.')"

# ---- how it looks ----
shot --replay "$hand" --size 100x30 -o large.txt
check "--size: so many lines" same 30 "$(wc -l <large.txt)"
check "--size: and so wide" same "1 0" "$(grep -c '^ 22:14:20 .\{80\} 22:14:23$' large.txt) $(grep -c '.\{101\}' large.txt)"
shot --replay "$hand" --ascii -o ascii.txt
check "--ascii: nothing but ASCII" same "" "$(LC_ALL=C grep '[^ -~]' ascii.txt)"
check "--ascii: the lines of the tree" grep -q '^ x    101     100 -        5     `- make' ascii.txt
shot --replay "$hand" --theme light -o light.svg
check "--theme light: on white" grep -q '<rect width="100%" height="100%" fill="#ffffff"/>' light.svg
shot --replay "$hand" --theme dark -o dark.svg
check "--theme dark: on black" grep -q '<rect width="100%" height="100%" fill="#1c1c1c"/>' dark.svg
shot --replay "$hand" --no-color -o plain.ansi
check "--no-color: no colour" same "" "$(grep '[34]8;5' plain.ansi)"
shot --replay "$hand" --columns pid,user,comm -o columns.txt
check "--columns: those" grep -q '^ *PID *USER ' columns.txt
check "--columns: a user of the recording, not of this machine" grep -q ' anna ' columns.txt
if [ -r "$(dirname "$FORKLORE")/data/locale/zh_CN/LC_MESSAGES/forklore.mo" ]; then
    shot --replay "$hand" --at '1s ago' --lang zh_CN -o chinese.svg
    check "--lang zh_CN: in Chinese" grep -q '>僵<' chinese.svg
    check "--lang zh_CN: and says so" grep -q 'xml:lang="zh-CN"' chinese.svg
fi
shot --replay "$hand" --at 22:14:21 -o at.txt
check "--at a time of the day" grep -q 'REPLAY 22:14:21  2/4' at.txt

# ---- what of ----
check "commands are carried out first" same 0 \
    "$(status_of shot -c 'spawn a; a: fork b; b: exit 7; expect b.stat ~ ^Z within 10s' --size 160x30 -o lab.txt)"
check "and their end is seen" grep -q ' Z  *0 .*─ b ‹zombie›  exit 7' lab.txt
check "an expectation that fails: status 1" same 1 \
    "$(status_of shot -c 'spawn a; expect a.stat ~ ^Z within 50ms' --size 160x30 -o failed.txt)"
check "and the picture shows it" grep -q 'not met: a.stat = S' failed.txt
check "and a line says so" same "forklore shot: 1 commands were refused or expectations not met" "$(cat err)"
echo 'spawn from-a-file' >script.lab
check "commands of a file" same 0 "$(status_of shot --lab script.lab --size 160x30 -o script.txt)"
check "are carried out too" grep -q 'from-a-file' script.txt
check "a wrong command: status 2" same 2 "$(status_of shot -c 'a: fly' -o wrong.txt)"
check "and nothing is written" same "" "$(ls | grep wrong)"
check "a step of a lesson" same 0 "$(status_of shot --lesson zombie --step 2 --size 80x24 -o step.txt)"
check "shows the lesson, the step and the real tree" same 2 \
    "$(grep -c ' 2/8 \| Z .*─ b ‹zombie›' step.txt)"
check "all steps" same 0 "$(status_of shot --lesson zombie --all-steps -o steps/)"
check "give a picture each, named for the step" same \
    "zombie-1.svg zombie-2.svg zombie-3.svg zombie-4.svg zombie-5.svg zombie-6.svg zombie-7.svg zombie-8.svg" \
    "$(ls steps | sort | paste -sd ' ')"
check "a step that it has not: status 2" same 2 "$(status_of shot --lesson zombie --step 9 -o x.txt)"
check "and the line says which there are" same "forklore shot: --step: a number from 1 to 8 is wanted, not 9" "$(cat err)"

# Beside a copy that stands alone there are no programs for actors; unless they are installed.
cp "$FORKLORE" alone
status=$(status_of timeout 60 ./alone shot -c 'spawn a' -o alone.txt)
check "without its programs there is no lab, or it is an installed one" test "$status" -le 1
check "and one line says so" same "$status" "$(grep -c '^forklore shot: there is no lab: ENOENT' err)"

# ---- what is refused ----
# refused MESSAGE OPTION...: status 2 and that line, nothing else.
refused() {
    message=$1
    shift
    check "refused: $*" same "2 forklore shot: $message" "$(status_of shot "$@") $(cat err)"
}
refused "-o FILE says where to" --replay "$hand"
refused "it takes options only" -o x.svg operand
refused "one of -c, --lab, --lesson and --replay" -o x.svg -c 'spawn a' --replay "$hand"
refused "one of -c, --lab, --lesson and --replay" -o x.svg -c 'spawn a' --lab script.lab
refused "--step and --all-steps go with --lesson" -o x.svg --step 1
refused "--step or --all-steps" -o x.svg --lesson zombie --step 1 --all-steps
refused "--at goes with --replay" -o x.svg --at '2m ago'
refused "--at: a moment is written 2m ago, 90s ago, 14:03:10 or now" -o x.svg --replay "$hand" --at yesterday
refused "--at: what is kept begins at 22:14:20" -o x.svg --replay "$hand" --at '1h ago'
refused "--size: WIDTHxHEIGHT is wanted, from 20x5 to 1000x1000, not 80" -o x.svg --size 80
refused "--size: WIDTHxHEIGHT is wanted, from 20x5 to 1000x1000, not 80x4" -o x.svg --size 80x4
refused "--step: a number from 1 to 8 is wanted, not 0" -o x.svg --lesson zombie --step 0
check "an ending that is none: status 1" same 1 "$(status_of shot --replay "$hand" -o x.gif)"
check "and the line names those there are" same \
    "forklore shot: x.gif: the name of a picture ends in one of .txt .ansi .svg .html .png .pdf" "$(cat err)"
check "a folder that is not there: status 1" same 1 "$(status_of shot --replay "$hand" -o no/x.svg)"
check "and the line says so" same "forklore shot: no/x.svg: No such file or directory (ENOENT)" "$(cat err)"
check "nothing is left of what was refused" same "" "$(ls | grep '^x\.')"

# ---- what others must not see ----
sed 's/"comm":"sh","args":"sh -c make"/"comm":"anna-sh","args":"vi \/home\/hidden-person\/hidden-word"/
    s/"parent_comm":"sh"/"parent_comm":"anna-sh"/; s/"comm":"make"/"comm":"at-classroom-7"/' "$hand" >secret.jsonl
for format in $formats; do
    shot --size 160x50 --columns pid,ppid,user,stat,comm --replay secret.jsonl --redact -o "redacted.$format"
    check "$format, redacted: no name is told" same "" \
        "$(user=anna machine=classroom-7; leaks "redacted.$format"; grep -l '/home/\|make all' "redacted.$format")"
done
shot --size 160x50 --columns pid,ppid,user,stat,comm --replay secret.jsonl -o open.txt
check "the names are there to be found" same "anna classroom-7" \
    "$(user=anna machine=classroom-7; leaks open.txt | grep -v hidden | paste -sd ' ')"
check "redacted: the rest is still told" grep -q ' user1007 .*─ user-sh' redacted.txt
if with_secrets; then
    for format in txt ansi svg html; do
        # the newest are at the end of the tree; whoever they belong to, they are shown
        (as_user timeout 60 "$scratch/bin/forklore" shot --redact --size 160x1000 -o "-.$format") </dev/null >"live.$format"
        check "$format of the machine, redacted: no name is told" same "" "$(leaks "live.$format")"
    done
    check "redacted: the processes are on it" same 3 "$(grep -c "$(echo $secrets | sed 's/ / \\| /g; s/^/ /; s/$/ /')" \
        live.txt)"
    without_secrets
fi
done_testing

#!/bin/sh
# forklore shot --family: who was born of whom, who adopted whom, and the dead in their place.
. "${srcdir:-.}/tests/app/family.sh"
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
    timeout 60 "$FORKLORE" shot --family "$@" </dev/null
}

# left FILE NAME: the column of the first box with this name, in pixels.
left() {
    sed -n "s|.*<text x=\"\([0-9]*\)\" y=\"[0-9]*\" class=\"n[ f]*\">$2</text>.*|\1|p" "$1" | head -n 1
}

acts='spawn a; a: fork b; b: fork c; b: exit 3; expect b.stat ~ ^Z within 10s; a: fork d; d: exit 7; a: waitpid d'
check "a lab's family" shot -c "$acts" -o lab.svg
if command -v xmllint >/dev/null; then
    check "is valid XML" xmllint --noout lab.svg
fi
check "a zombie is framed as one" grep -q 'class="b z".*>b<.*>Z exit 3<' lab.svg
check "who is gone keeps a place, with the status" grep -q 'class="b g".*>d<.*>gone: exit 7<' lab.svg
check "an adoption is a dashed line" grep -q '<path class="a"' lab.svg
check "births are lines: forklore's child, a's and b's" same 4 "$(grep -c '<path d=' lab.svg)"
check "what forklore starts for itself is none of it" same 0 "$(grep -c 'forklore-warden' lab.svg)"

shot --replay "$hand" --at 22:14:21 --of 100 -o before.svg
shot --replay "$hand" --of 100 -o after.svg
check "of one process of a recording" grep -q '>sh<' after.svg
check "at another moment everybody stands where he stood" same "$(left before.svg make)" "$(left after.svg make)"
shot --replay "$hand" --of 100 -o again.svg
check "made twice, it is the same bytes" cmp after.svg again.svg
check "light, on white" sh -c '"$FORKLORE" shot --family --replay "$1" --of 100 --theme light -o -.svg </dev/null | grep -q "fill=\"#ffffff\""' - "$hand"

status=0
shot --replay "$hand" --of 4194000 -o none.svg 2>error || status=$?
check "nobody has that PID: status 1" same "1 forklore shot: there is no process 4194000" "$status $(cat error)"
status=0
shot --replay "$hand" --of 100 -o family.txt 2>error || status=$?
check "a drawing is no text: status 1" same "1" "$status"
check "and says so" grep -q 'a family is drawn as .svg, .png or .pdf' error
check "nothing is written" test ! -e family.txt
done_testing

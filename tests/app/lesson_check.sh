#!/bin/sh
# forklore lesson --check: what is wrong with a lesson is told with file and line, and what is right is not.
set -u
: "${FORKLORE:?}"
echo 1..41
. "${srcdir:-.}/tests/lab/check.sh"
XDG_DATA_HOME=$dir/home
XDG_DATA_DIRS=$dir/none
export XDG_DATA_HOME XDG_DATA_DIRS

# write FILE: a lesson of that name, with the code and the steps that standard input has.
write() {
    name=$(basename "$1" .yaml)
    {
        printf 'name: %s\ntitle: {en: Made here, zh_CN: 在此写成}\ngoal: {en: A test., zh_CN: 测试。}\n' "$name"
        cat
    } >"$1"
}

# lesson ARGUMENT...: in a session of its own, which has no terminal.
lesson() {
    setsid -w "$FORKLORE" lesson "$@" </dev/null >"$dir/out" 2>"$dir/err"
    status=$?
}

# tells LINE TEXT: whether that line of the lesson's file is told of with this text.
tells() {
    grep -q "^    $dir/$file:$1: .*$2" "$dir/out"
}

# line TEXT: the number of the line of the lesson's file that holds it.
line() {
    grep -n -- "$1" "$dir/$file" | sed 's/:.*//;q'
}

step='  - say: {en: It does., zh_CN: 演示。}'

file=good.yaml
write "$dir/$file" <<EOF
steps:
$step
    ask:
      question: {en: "Which STAT?", zh_CN: "哪个 STAT？"}
      answer: b.stat[0]
      choices: {S: {why: {en: No., zh_CN: 不。}}, Z: {why: {en: Yes., zh_CN: 是。}}}
    do: |
      spawn a
      a: fork b
      b: exit 7
    expect: |
      b.status = "exit 7"
$step
    needs: [cpus>=100000]
    otherwise: {en: There are too few CPUs., zh_CN: CPU 太少。}
    do: |
      a: nice -1
EOF
lesson --check "$dir/$file"
check 'a good lesson: status 0' test $status -eq 0
check 'each step has a line' grep -q '^ok     good 1/2 .*answer is Z' "$dir/out"
check 'what cannot be done here is skipped, with the reason' grep -q '^skip   good 2/2  There are too few CPUs\.$' "$dir/out"
check 'the last line counts' grep -q '^1 passed, 0 failed, 1 skipped$' "$dir/out"
check 'its texts are in the language that is wanted' sh -c "'$FORKLORE' --lang zh_CN lesson --check '$dir/$file' | grep -q 'CPU 太少。'"

file=bad.yaml
write "$dir/$file" <<EOF
steps:
$step
    do: |
      spawn a
      nobody: exit
      a: nice 3
    expect: |
      a.ni = 5 within 20ms
      a.ni = 3
      a.threads = 2 within 20ms
$step
    ask:
      question: {en: "How nice?", zh_CN: "几？"}
      answer: a.ni
      choices: {"1": {why: {en: No., zh_CN: 不。}}, "2": {why: {en: No., zh_CN: 不。}}}
$step
    ask:
      question: {en: "Nicer?", zh_CN: "多少？"}
      answer: a.ni
      choices:
        "3": {why: {en: No., zh_CN: 不。}}
        some: {if: a.ni > 0, why: {en: No., zh_CN: 不。}}
$step
    do: |
      a: fork count=5
EOF
lesson --check "$dir/$file"
check 'a bad one: status 1' test $status -eq 1
check 'a refused command, with its line' tells "$(line 'nobody: exit')" "there is no actor 'nobody'"
check 'an expectation that is not met, with what was seen' tells "$(line 'a.ni = 5')" 'a.ni = 3'
check 'and the next one, that is not met either' tells "$(line 'a.threads = 2')" 'a.threads = 1'
check 'but none that is' sh -c "! grep -q ':$(line 'a.ni = 3$'):' '$dir/out'"
check 'no choice is right' tells $(($(line 'How nice') - 1)) 'the kernel says 3'
check 'two choices are right' tells $(($(line 'Nicer') - 1)) 'more than one choice'
check 'too many actors' grep -q '6 actors are alive' "$dir/out"
check 'all of it is counted' grep -q '^0 passed, 4 failed, 0 skipped$' "$dir/out"

file=slip.yaml
printf 'name: slip\nsteps: [}\n' >"$dir/$file"
lesson --check "$dir/$file" "$dir/good.yaml"
check 'a file that cannot be read as YAML, with its line' tells 2 .
check 'the other lesson is checked all the same' grep -q '^1 passed, 1 failed, 1 skipped$' "$dir/out"
lesson --check "$dir/nothing.yaml"
check 'a file that is not there: status 2' test $status -eq 2
lesson --check no-such-lesson
check 'no lesson of that name: status 2' test $status -eq 2
lesson --json
check '--json alone: status 2' test $status -eq 2

file=adopts.yaml
write "$dir/$file" <<EOF
steps:
$step
    do: |
      spawn a
    expect: |
      lab.sandbox = 1
EOF
lesson --check --sandbox "$dir/$file"
check '--sandbox: the lab adopts its orphans' test $status -eq 0

file=starts.yaml
write "$dir/$file" <<EOF
steps:
$step
    do: |
      spawn a
      a: exec touch started
EOF
lesson --check "$dir/$file"
check 'a lesson from anywhere that starts programs: status 2' test $status -eq 2
check 'which are named' grep -q ' starts other programs: touch\.' "$dir/err"
mkdir -p "$XDG_DATA_HOME/forklore/lessons"
cp "$dir/$file" "$XDG_DATA_HOME/forklore/lessons/"
lesson --check starts
check 'a lesson of the own folder too' test $status -eq 2
lesson --check --allow-exec starts
check 'allowed, it is played' grep -q '^ok     starts 1/1' "$dir/out"

# The listings. A number that no other sleep(1) has; what is not there cannot be tried.
forever=4$$.5
file=code.yaml
write "$dir/$file" <<EOF
code:
  - file: good.c
    text: |
      #include <stdio.h>
      int main(void)
      {
          int a, b;
          return scanf("%d %d", &a, &b) != 2 || printf("%d\\n%d\\n", b, a) < 0;
      }
    input: "3 4"
    prints: |
      {a}
      {b}
  - file: warns.c
    text: |
      int main(void) { int unused; return 0; }
  - file: ends.c
    text: |
      int main(void) { return 256 + 2; }
  - file: says.c
    text: |
      #include <stdio.h>
      int main(void) { return puts("one") < 0 || puts("two") < 0; }
    prints: |
      one
      three
  - file: killed.c
    text: |
      #include <stdlib.h>
      int main(void) { abort(); }
    status: 134
  - file: floods.c
    text: |
      #include <stdio.h>
      int main(void) { for (;;) puts("more"); }
  - file: hangs.c
    text: |
      #include <unistd.h>
      int main(void)
      {
          fork();
          return execlp("sleep", "sleep", "$forever", (char *)0);
      }
  - file: good.py
    text: |
      import os
      print(os.path.exists('good.c'), len(os.listdir()))
    prints: |
      True {n}
  - file: raises.py
    text: |
      raise ValueError('by intent')
steps:
$step
EOF
lesson --check "$dir/$file"
check 'a lesson from anywhere with listings: status 2' test $status -eq 2
mkdir "$dir/tmp"
TMPDIR=$dir/tmp
export TMPDIR
lesson --check --allow-exec "$dir/$file"
cp "$dir/out" "$dir/code"
check 'the directories of the listings are removed' sh -c "! ls '$dir/tmp' | grep listing"
# judged LANGUAGE RESULT FILE [TEXT]: whether the listing was judged so, and told of with this text.
judged() {
    grep -q "^skip   code $3  .*no $1" "$dir/code" && return
    grep -q "^$2 *code $3" "$dir/code" && grep -A6 "^$2 *code $3" "$dir/code" | grep -q -- "${4:-.}"
}
check 'C is compiled, and run with its input' judged 'C compiler' ok good.c
check 'a warning is an error, and is told' judged 'C compiler' FAILED warns.c "unused"
check 'an exit status' judged 'C compiler' FAILED ends.c 'expected exit status 0, got 2'
check 'the first line that differs' judged 'C compiler' FAILED says.c "code.yaml:$(line 'file: says.c'): line 2: expected \"three\", got \"two\""
check 'an end by a signal, as a shell tells it' judged 'C compiler' ok killed.c
check 'output without end' judged 'C compiler' FAILED floods.c 'prints without end'
check 'a listing that does not end' judged 'C compiler' FAILED hangs.c '10 s'
check 'of which nothing is left' sh -c "! ps -eo args= | grep -x 'sleep $forever'"

# A signal does not wait for the listing to end.
is_up() {
    ps -eo args= | grep -qx "sleep $forever"
}
interrupted() {
    command -v cc >/dev/null || return 0
    setsid "$FORKLORE" lesson --check --allow-exec "$dir/hangs.yaml" </dev/null >"$dir/out" 2>"$dir/err" &
    pid=$!
    deadline=$(($(date +%s) + 30))
    until is_up; do
        [ "$(date +%s)" -lt $deadline ] || break
    done
    kill -TERM $pid
    wait $pid
    status=$?
    [ $status -eq 143 ] && ! is_up
}
{
    sed -n '1,3p' "$dir/code.yaml" | sed 's/name: code/name: hangs/'
    echo code:
    sed -n '/file: hangs.c/,/^ *}/p' "$dir/code.yaml"
    sed -n '/^steps/,$p' "$dir/code.yaml"
} >"$dir/hangs.yaml"
check 'a signal ends listing and check at once: status 128 and the signal' interrupted
check 'Python is run, beside the other listings' judged python3 ok good.py
check 'what Python says is told' judged python3 FAILED raises.py 'ValueError: by intent'


json() {
    command -v python3 >/dev/null || return 0
    python3 -c '
import json, sys
lines = [json.loads(line) for line in sys.stdin]
keys = ["kind", "lesson", "listing", "step", "result", "seconds", "reason", "failures"]
assert all(list(line) == keys for line in lines[:-1]), lines
assert [line["kind"] for line in lines] == ["step"] * 4 + ["step"] * 2 + ["summary"], lines
assert [failure["line"] for failure in lines[0]["failures"]] == [8, 11, 13], lines[0]
assert lines[5]["result"] == "skipped" and lines[5]["reason"] == "There are too few CPUs.", lines[5]
assert lines[6] == {"kind": "summary", "passed": 1, "failed": 4, "skipped": 1}, lines[6]
' <"$dir/out" 2>"$dir/err"
}
lesson --check --json "$dir/bad.yaml" "$dir/good.yaml"
check '--json: an object for each step, and the count' json
check 'its status is the same' test $status -eq 1

# A course of one's own. The program that is used has no course beside it.
mkdir -p "$dir/bin" "$dir/own/forklore/lessons"
for program in forklore forklore-actor forklore-warden; do
    cp "$(dirname "$FORKLORE")/$program" "$dir/bin/"
done
cp "$dir/good.yaml" "$dir/own/forklore/lessons/"
file=own/forklore/lessons/course.yaml
cat >"$dir/$file" <<EOF
title: {en: Mine, zh_CN: 我的}
parts:
  - title: {en: One, zh_CN: 一}
    lessons: [good, wanting]
EOF
XDG_DATA_HOME=$dir/own FORKLORE=$dir/bin/forklore lesson --check
check 'the whole course: its lessons are checked' grep -q '^ok     good 1/2' "$dir/out"
check 'a lesson that it names and nobody has written is missed' tells "$(line wanting)" "there is no lesson 'wanting'"

#!/bin/sh
# forklore lesson --plain: a lesson played by lines; what was predicted is kept.
set -u
: "${FORKLORE:?}"
echo 1..30
. "${srcdir:-.}/tests/lab/check.sh"
XDG_STATE_HOME=$dir/state XDG_DATA_HOME=$dir XDG_DATA_DIRS=$dir/none
export XDG_STATE_HOME XDG_DATA_HOME XDG_DATA_DIRS

cat >"$dir/made.yaml" <<'EOF'
name: made
number: 7
title: {en: Made here, zh_CN: 在此写成}
goal: {en: A test., zh_CN: 测试。}
code:
  - file: made.c
    text: |
      int main(void)
      {
          return 0;  /* no fault */
      }
    comments: {no fault: {zh_CN: 没有出错}}
steps:
  - say:
      en: a forks b, and b lives on as a child of a, which is read here in a line of some length.
      zh_CN: a 创建 b。
    do: |
      spawn a
      a: fork b
    expect: |
      b.ppid = a.pid
    mark: {made.c: 3}
  - say: {en: "b is {b.pid}.", zh_CN: "b 是 {b.pid}。"}
    ask:
      question: {en: "Which STAT will it show?", zh_CN: "哪个 STAT？"}
      answer: b.stat[0]
      choices:
        S: {why: {en: It sleeps no more., zh_CN: 它不再等待。}}
        Z: {why: {en: Nobody has waited., zh_CN: 没有人等待过。}}
        none: {if: b gone, say: {en: gone for good, zh_CN: 已消失}, why: {en: It is there., zh_CN: 它还在。}}
    do: |
      b: exit 7
    expect: |
      b.status = "exit 7"
    shell: ["ps -o stat -p {b.pid}"]
EOF

# play KEY...: plays the lesson; each key is a line of input.
play() {
    printf '%s\n' "$@" | setsid -w "$FORKLORE" $options lesson --plain $report "$dir/made.yaml" >"$dir/out" 2>"$dir/err"
    status=$?
}
# has TEXT: whether a line of the output holds it.
has() {
    grep -q -- "$1" "$dir/out"
}
# lines TEXT: how many do.
lines() {
    grep -c -- "$1" "$dir/out"
}
options='' report=''

play '' '' '' 2 ''
check 'a whole lesson: status 0' test $status -eq 0
check 'the step says which it is' has '^07 Made here, step 1 of 2$'
check 'and its text' has '^a forks b, and b lives on'
check 'the listing is named, with the line that it is about' has 'made.c:3'
check 'what is done is told' has '^a  *fork() = '
check 'and shown as a tree' has '─ b'
pid=$(sed -n 's/^b is \([0-9]*\)\.$/\1/p' "$dir/out")
check 'values are those of the kernel' test "$pid" -gt 0
check 'the choices are numbered' has '^  3  gone for good$'
check 'a right prediction' has '^You said: Z. So does the kernel.$'
check 'why' has '^Nobody has waited.$'
check 'what can be tried, with the values in it' has "terminal: ps -o stat -p $pid$"
check 'the score' has '^Predictions: 1, right at first: 1.$'

play '' '' '' 1 '' 2 ''
check 'a wrong prediction' has '^You said: S. The kernel says: Z.$'
check 'has its own reason' has '^It sleeps no more.$'
check 'and the question comes again at the end' has 'step 2 of 2, once more:$'
check 'where the answer is the same' has '^You said: Z. So does the kernel.$'

play '' '' '' 0 b '' 0 r b q
check 'shown without predicting' has '^The kernel says: Z.$'
check 'back and again lead to the beginning of a step' test "$(lines 'step 2 of 2$')" -eq 3
check 'and back from there to the one before' test "$(lines 'step 1 of 2$')" -eq 2
check 'nothing is told of what is played again on the way' test "$(lines '^a  *fork() = ')" -eq 1

play v l v '' x
check 'the listing, with the line marked' has '^->  3      return 0;  /\* no fault \*/$'
check 'and its comments in the language that is read' has '^->  3      return 0;  /\* 没有出错 \*/$'
check 'the other language' has '^a 创建 b。$'
check 'the end of input ends it' test $status -eq 0

report="--report $dir/report"
play '' '' '' 1 '' 2 ''
reported() {
    [ "$(wc -l <"$dir/report")" -eq 1 ] &&
        grep -q '^{"time":[0-9.]*,"lesson":"made","step":2,"predicted":"S","right":"Z","answer":"Z"}$' "$dir/report"
}
check 'the report has the first prediction and the answer' reported
play ''
check 'and is not overwritten: status 2' test $status -eq 2 -a -s "$dir/report"

# How far one has come is kept, and the list of the course says so.
mkdir -p "$dir/forklore/lessons"
cp "$dir/made.yaml" "$dir/forklore/lessons/"
list() {
    setsid -w "$FORKLORE" lesson --list >"$dir/out" 2>"$dir/err" </dev/null
}
list
check 'a lesson that was played to its end is done, with the predictions of the last time' has '^ 07  made .* Made here .* done, 0 of 1 predicted$'
XDG_STATE_HOME=$dir/other report=''
play '' '' q
list
check 'another one says how far it went' has '^ 07  made .* Made here .* at step 2 of 2$'
LC_ALL=C
export LC_ALL
play l q
check 'where the locale is not UTF-8, no key brings another language' has '^this terminal is not UTF-8: there is only English$'
check 'and no other language comes' sh -c "! grep -q '[^ -~]' '$dir/out'"

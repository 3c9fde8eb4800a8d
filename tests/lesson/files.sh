#!/bin/sh
# What forklore lesson writes: a lesson to begin with, which can be played as it stands; and handouts.
. "${srcdir:-.}/tests/lab/check.sh"

# run STATUS ARGUMENT...: forklore lesson with these arguments ends so, its output in $dir/out and err.
run() {
    wanted=$1
    shift
    timeout 120 "$FORKLORE" --lang en lesson "$@" >"$dir/out" 2>"$dir/err" </dev/null
    [ $? -eq "$wanted" ]
}

new=$dir/my-lesson.yaml
check 'a new lesson is written' run 0 --new "$new"
check 'it says nothing' test ! -s "$dir/out" -a ! -s "$dir/err"
check 'all of it holds as it stands' run 0 --check --allow-exec "$new"
check 'its listings and steps' grep -q '^4 passed, 0 failed, 0 skipped$' "$dir/out"
check 'nothing is written over it' run 2 --new "$new"
check 'why' grep -qF "my-lesson.yaml: File exists" "$dir/err"
check 'a name that no lesson has is refused' run 2 --new "$dir/my lesson.yaml"
check 'and nothing is written' test ! -e "$dir/my lesson.yaml"
check 'it takes no lesson' run 2 --new "$dir/x.yaml" zombie

check 'a handout of a lesson' run 0 --handout "$dir/zombie.html" zombie
check 'is HTML' grep -q '^<html lang="en">$' "$dir/zombie.html"
check 'with the question' grep -q 'Which STAT will b show' "$dir/zombie.html"
check 'without the answer' test "$(grep -c 'class="answer"' "$dir/zombie.html")" -eq 0
check 'with answers it asks the kernel' run 0 --handout "$dir/zombie.html" --with-answers zombie
check 'and the right one is marked' grep -qF '<li>Z <span class="answer">[the right one]</span>' "$dir/zombie.html"
check 'the others too' grep -qF '<li>S <span class="answer">[not right]</span>' "$dir/zombie.html"
timeout 60 "$FORKLORE" --lang zh_CN lesson --handout "$dir/zombie.md" zombie </dev/null
check 'in another language' grep -q '^# 17 僵尸进程$' "$dir/zombie.md"
check 'a lesson from elsewhere' run 0 --handout "$dir/mine.md" "$new"
check 'has its listing' grep -q '^```c$' "$dir/mine.md"
check 'the whole course' run 0 --handout "$dir/course.html"
check 'begins with its title' grep -q '<title>Processes on Linux</title>' "$dir/course.html"
check 'a format that there is not' run 2 --handout "$dir/zombie.pdf" zombie
check 'answers without a handout' run 2 --with-answers zombie
check 'where nothing can be written' run 1 --handout "$dir/none/zombie.md" zombie
check 'why not' grep -qF 'none/zombie.md: No such file or directory' "$dir/err"
echo "1..$count"

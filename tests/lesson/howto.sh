#!/bin/sh
# What is written about writing lessons is true: the example of the page is checked as it stands there, and the manual
# knows every key that a lesson may have.
. "${srcdir:-.}/tests/lab/check.sh"

page=${srcdir:-.}/doc/howto-write-a-lesson.md

# example LANGUAGE: prints the block of the page.
example() {
    sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/p" "$page" | sed '1d;$d'
}

# keys: prints the keys that the loader takes.
keys() {
    tr '\n' ' ' <"$1" | grep -oE '_check_keys\([^;]*"[a-z ]+"\);' | grep -oE '"[a-z ]+"' | tr -d '"' | tr ' ' '\n'
}

# unknown_keys MANUAL: prints the keys that have no entry in it.
unknown_keys() {
    for source in "${srcdir:-.}"/src/lesson/load*.c "${srcdir:-.}"/src/lesson/course_file.c; do
        keys "$source"
    done | sort -u | while read -r key; do
        grep -qE "^\.It Ic (.* )?$key( |\$)" "$1" || echo "$key"
    done
}

example yaml >"$dir/seven.yaml"
check 'the page has an example' grep -q '^steps:$' "$dir/seven.yaml"
timeout 120 "$FORKLORE" --lang en lesson --check --allow-exec "$dir/seven.yaml" >"$dir/out" 2>"$dir/err" </dev/null
check 'which is a lesson, and true' test $? -eq 0
check 'of a listing and two steps' grep -q '^3 passed, 0 failed, 0 skipped$' "$dir/out"

commands=$(sed -n "s/^    forklore lab -c '\(.*\)'\$/\1/p" "$page")
timeout 60 "$FORKLORE" --lang en lab -c "$commands" >"$dir/out" 2>"$dir/err" </dev/null
check 'the commands to try first' test $? -eq 0 -a -n "$commands"

manual=doc/forklore-lesson.5
check 'the loader has keys' test -n "$(unknown_keys /dev/null)"
unknown_keys "$manual" >"$dir/out"
check 'the manual describes them all' test ! -s "$dir/out"
sed '/^\.It Ic prints/d' "$manual" >"$dir/manual"
unknown_keys "$dir/manual" >"$dir/out"
check 'one that is left out is noticed' grep -qx prints "$dir/out"
sed -n '/^name: ended/,/^\.Ed/p' "$manual" | sed '$d' >"$dir/ended.yaml"
timeout 60 "$FORKLORE" --lang en lesson --check "$dir/ended.yaml" >"$dir/out" 2>"$dir/err" </dev/null
check 'its example is a lesson, and true' test $? -eq 0
if command -v groff >/dev/null; then
    groff -mandoc -Tascii -P-cbou -ww "$manual" >"$dir/out" 2>"$dir/err"
    check 'it is formatted without a warning' test ! -s "$dir/err"
fi
echo "1..$count"

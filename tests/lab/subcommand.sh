#!/bin/sh
# forklore lab: what it prints, how it ends, and that nothing is left.
set -u
: "${FORKLORE:?}"
echo 1..12
. "${srcdir:-.}/tests/lab/check.sh"

# lab ARGUMENT...: $status, and both outputs with pids as P.
lab() {
    "$FORKLORE" lab "$@" >"$dir/raw" 2>"$dir/err" </dev/null
    status=$?
    sed 's/[0-9]\{2,\}/P/g' "$dir/raw" >"$dir/out"
}

lab -c 'spawn a; a: fork b; b: exit 7; expect b.stat ~ ^Z within 2s; a: waitpid b'
cat >"$dir/expected" <<END
forklore  fork() = P                                    a, a child of forklore
a         fork() = P
b         fork() = 0
b         exit(7)
b         ended: exit 7                                 Z: a has not asked how it ended
forklore  expect b.stat ~ ^Z within 2s                  b.stat = Z
a         waitpid(P, &status, 0) = P                    b: exit 7
b         gone: exit 7                                  its parent has asked
END
# Pids have as many digits as they like: columns are squeezed.
squeeze() {
    sed 's/   */  /g' "$1"
}
squeeze "$dir/expected" >"$dir/expected2"
squeeze "$dir/out" >"$dir/out2"
check 'one line for each call and result' cmp -s "$dir/expected2" "$dir/out2"
check 'all well: status 0' test $status -eq 0

lab -c 'spawn a; expect a.ni = 5 within 20ms; a: nice 3'
check 'an expectation not met: status 1' test $status -eq 1
check 'it says what was seen' grep -q 'NOT MET: expect a.ni = 5.*not met: a.ni = 0' "$dir/out"
check 'nothing after it is done' sh -c '! grep -q nice "$1"' sh "$dir/out"

lab -c 'spawn a
  a: waitpidd b'
check 'what does not parse: status 2' test $status -eq 2
cat >"$dir/expected" <<END
-c:2:6: there is no command 'waitpidd'
      a: waitpidd b
         ^
END
check 'the place is shown' cmp -s "$dir/expected" "$dir/err"
check 'and nothing was done' test ! -s "$dir/out"

printf 'spawn a # a comment\na: exit 3\n' >"$dir/script"
lab "$dir/script"
check 'a file is run' grep -q 'a  *ended: exit 3' "$dir/out"
lab "$dir/missing"
check 'a file that is not there: status 2' test $status -eq 2

"$FORKLORE" lab -c 'spawn a; a: sleep 3600000; a: exit' >"$dir/out" 2>"$dir/err" &
pid=$!
tries=0
until grep -q nanosleep "$dir/out" || [ $tries -ge 400 ]; do
    tries=$((tries + 1))
    sleep 0.05
done
actor=$(sed -n 's/.*fork() = \([0-9]*\).*/\1/p' "$dir/out")
kill -TERM $pid
wait $pid
check 'SIGTERM ends it: status 143' test $? -eq 143
check 'and no actor is left' test ! -e "/proc/${actor:-self}"

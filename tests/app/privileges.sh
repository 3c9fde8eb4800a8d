#!/bin/sh
# A copy that borrows rights (set-user-ID) refuses to start; so does one of another group.
[ -x "$FORKLORE" ] || exit 77
[ "$(id -u)" = 0 ] && command -v setpriv >/dev/null || {
    echo "1..0 # SKIP takes root and setpriv"
    exit 0
}
if grep -q __asan_init "$FORKLORE"; then
    echo "1..0 # SKIP LeakSanitizer may not look into a process with borrowed rights, and fails"
    exit 0
fi
scratch=$(mktemp -d) || exit 99
trap 'rm -rf "$scratch"' EXIT
chmod 755 "$scratch"
echo 1..4
count=0
verdict() {
    count=$((count + 1))
    if [ "$2" = "$3" ]; then
        echo "ok $count - $1"
    else
        echo "not ok $count - $1: wanted $2, found $3"
    fi
}
nobody() {
    setpriv --reuid=65534 --regid=65534 --clear-groups "$@" </dev/null >"$scratch/out" 2>"$scratch/err"
}
# Where programs of this folder cannot borrow rights (nosuid, no_new_privs), there is nothing to refuse.
cp "$(command -v id)" "$scratch/id" && chmod 4755 "$scratch/id"
nobody "$scratch/id" -u
if [ "$(cat "$scratch/out")" != 0 ]; then
    for number in 1 2 3 4; do
        echo "ok $number # SKIP rights cannot be borrowed here"
    done
    exit 0
fi
cp "$FORKLORE" "$scratch/forklore" || exit 99
nobody "$scratch/forklore" --version
verdict "a plain copy starts" 0 $?
for mode in 4755 2755; do
    chmod $mode "$scratch/forklore"
    nobody "$scratch/forklore" lab -c 'spawn a'
    verdict "mode $mode: status 2, one line, nothing done" "2 1 0" \
        "$? $(wc -l <"$scratch/err") $(wc -l <"$scratch/out")"
done
"$scratch/forklore" --version >"$scratch/out" 2>"$scratch/err" </dev/null
verdict "root borrows nothing from root" 0 $?

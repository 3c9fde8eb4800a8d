# For tests of subcommands, to be read by `.`: a little family of known processes, TAP, and waiting with a deadline.
# The family: a sleeping parent, a sleeping child of it, and a zombie that ended with 7.

count=0
failed=0

# check DESCRIPTION COMMAND...: one line of TAP, for whether the command succeeds.
check() {
    description=$1
    shift
    count=$((count + 1))
    if "$@"; then
        echo "ok $count - $description"
    else
        echo "not ok $count - $description"
        failed=$((failed + 1))
    fi
}

# same WANTED FOUND: whether the texts are equal; says how they differ.
same() {
    [ "$1" = "$2" ] && return
    printf '%s\n' "wanted:" "$1" "found:" "$2" | sed 's/^/# /'
    return 1
}

# status_of COMMAND...: prints its exit status and keeps its output in $scratch/out and $scratch/err.
status_of() {
    "$@" >"$scratch/out" 2>"$scratch/err"
    echo $?
}

# until_true COMMAND...: waits until the command succeeds, 10 seconds at most.
until_true() {
    deadline=$(($(date +%s) + 10))
    until "$@"; do
        [ "$(date +%s)" -lt $deadline ] || return 1
        sleep 0.02
    done
}

done_testing() {
    echo "1..$count"
    exit $((failed > 0))
}

[ -x "$FORKLORE" ] || exit 77
scratch=$(mktemp -d) || exit 99
sh -c '(exit 7) & sleep 1000 & exec sleep 1001' &
parent=$!
trap 'kill $child $parent 2>/dev/null; rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

family_is_there() {
    child=$(ps -o pid=,args= --ppid $parent | sed -n 's/^ *\([0-9]*\) sleep 1000$/\1/p')
    zombie=$(ps -o pid=,stat= --ppid $parent | sed -n 's/^ *\([0-9]*\) Z.*/\1/p')
    [ "$(ps -o args= -p $parent)" = "sleep 1001" ] && [ "$child" ] && [ "$zombie" ]
}
command -v ps >/dev/null || exit 77
until_true family_is_there || exit 99

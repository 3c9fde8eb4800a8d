# For tests of `forklore lab`, to be read by `.`: a folder $dir, and TAP that shows what was printed to its out and err.

count=0
dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT

# check NAME CONDITION...: one test; on failure what was printed is shown.
check() {
    name=$1
    shift
    count=$((count + 1))
    if "$@"; then
        echo "ok $count - $name"
    else
        echo "not ok $count - $name"
        sed 's/^/# out: /' "$dir/out"
        sed 's/^/# err: /' "$dir/err"
    fi
}

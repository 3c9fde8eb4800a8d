# For tests of redaction, to be read by `.` behind family.sh: processes that hold what others must not see, and a search
# for it.

# as_user COMMAND...: becomes that, as that user on a machine of that name, which takes root; anybody else looks for his
# own names. For subshells: (as_user COMMAND), as_user COMMAND &.
user=$(id -un) machine=$(uname -n)
as_user() {
    exec "$@"
}
if [ "$(id -u)" = 0 ] && command -v setpriv >/dev/null && unshare --uts true 2>/dev/null; then
    user=$(getent passwd | awk -F: '$3 >= 1000 && $3 < 60000 { print $1; exit }')
    machine=secret-machine-7
    as_user() {
        exec unshare --uts sh -c 'echo secret-machine-7 >/proc/sys/kernel/hostname && exec "$@"' - \
            setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups --inh-caps=-all "$@"
    }
fi

# leaks FILE: prints the secrets that are in it.
leaks() {
    for secret in "$user" "$machine" hidden-person hidden-word; do
        grep -q -e "$secret" "$1" && echo "$secret"
    done
}

secrets=
# with_secrets: three processes whose names and arguments hold what must not be told; $secrets are their numbers, and
# $scratch/bin/forklore is for that user too. False: there is no account of a person.
with_secrets() {
    [ "$user" ] && [ "$user" != root ] || return
    mkdir "$scratch/bin"
    cp "$FORKLORE" "$scratch/bin/forklore"
    mkfifo "$scratch/nothing"
    exec 8<>"$scratch/nothing"
    secrets=
    for name in "$user-x" "at-$machine" "tail-of-$user"; do
        cp "$(command -v sh)" "$scratch/bin/$name"
    done
    chmod -R a+rX "$scratch"
    for name in "$user-x" "at-$machine" "tail-of-$user"; do
        as_user "$scratch/bin/$name" -c 'read -r word' "/home/hidden-person/x" "$user" "$machine" hidden-word <&8 &
        secrets="$secrets $!"
    done
    until_true secrets_are_there
}
trap 'kill $child $parent $secrets 2>/dev/null; rm -rf "$scratch"' EXIT

without_secrets() {
    kill $secrets
    exec 8>&-
}

secrets_are_there() {
    for pid in $secrets; do
        grep -q hidden-word "/proc/$pid/cmdline" && ! grep -q "setpriv\|unshare" "/proc/$pid/comm" || return 1
    done
}

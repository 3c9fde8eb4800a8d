#!/bin/sh
# forklore doctor: every check is printed, and what can be known from outside is what others say.
set -u
. "${srcdir:-.}/tests/app/family.sh"
unset FORKLORE_WITHOUT

names=$("$FORKLORE" doctor --help | sed -n '1,/^Checks/d; s/^  \([a-z0-9-]*\)  *.*/\1/p')
features=connector,passpidfd,pidfd-hup,pidfd-info,syscall

check "all checks: status 0" same 0 "$(status_of "$FORKLORE" doctor)"
check "one line for each" same "$names" "$(sed 's/ .*//' "$scratch/out")"
check "each works or does not" same 0 "$(grep -cvE '^[a-z0-9-]+ +(works|does not) +[^ ]' "$scratch/out")"
check "what does not work says what is done instead" same "" "$(grep 'does not  ' "$scratch/out" | grep -v ' -> ')"
check "nothing is left of it" same "" "$(ps -o pid= --ppid $$ | while read -r pid; do
    [ "$(ps -o comm= -p "$pid")" != forklore ] || echo "$pid"; done)"

# found NAME: the evidence of one check.
found() {
    "$FORKLORE" doctor "$1" | sed 's/^[^ ]* *\(works\|does not\|switched off\) *//; s/  -> .*//'
}

cpus=$(env -u OMP_NUM_THREADS -u OMP_THREAD_LIMIT nproc)
check "the CPUs are those of nproc" same "CPU_COUNT(sched_getaffinity()) = $cpus" "$(found cpus | sed 's/;.*//')"
check "one CPU is not enough" same "does not" \
    "$(taskset -c "$(taskset -cp $$ | sed 's/.*: //; s/[-,].*//')" "$FORKLORE" doctor cpus | cut -c17-24)"
locked=$(sh -c "ulimit -l" 2>/dev/null)
check "locked memory is that of ulimit" same "$locked KiB" "$(found memlock | sed 's/.*RLIMIT_MEMLOCK = //')"
check "a lower limit is seen" same "4 KiB" "$( (ulimit -l 4 && found memlock) 2>/dev/null | sed 's/.*RLIMIT_MEMLOCK = //')"
check "message queues have the kernel's limits" same "$(cat /proc/sys/fs/mqueue/msg_max 2>/dev/null || echo '?')" \
    "$(found mqueue | sed 's/.*msg_max = \([^,]*\).*/\1/')"
check "threads of the kernel are where ps finds their ancestor" same \
    "$(ps -o comm= -p 2 | grep -qx kthreadd && echo 0 || echo 1)" "$(status_of "$FORKLORE" doctor kernel-threads)"
adopter=$(found adopter | sed 's/getppid() = \([0-9]*\);.*/\1/')
check "the adopter is whom ps names" same "getppid() = $adopter; /proc/$adopter/comm: $(ps -o comm= -p "$adopter")" \
    "$(found adopter)"
orphan=$(sh -c 'sleep 1000 >/dev/null & echo $!')
check "and whom another orphan has" same "$adopter" "$(ps -o ppid= -p "$orphan" | tr -d ' ')"
kill "$orphan"
check "root is who id says it is" same "$( [ "$(id -u)" = 0 ] && echo 0 || echo 1)" \
    "$(status_of "$FORKLORE" doctor root)"
check "a program that is there is found by its path" same "$(command -v python3)" \
    "$(command -v python3 >/dev/null && found python3)"
check "one that is not is not" same 1 "$(status_of env PATH=/nonexistent "$FORKLORE" doctor python3)"
check "the locale's encoding is seen" same "nl_langinfo(CODESET) = ANSI_X3.4-1968" "$(LC_ALL=C found utf-8)"

check "what works: status 0" same 0 "$(status_of "$FORKLORE" doctor pidfd schedstat)"
check "and only these lines" same "pidfd schedstat " "$(sed 's/ .*//' "$scratch/out" | tr '\n' ' ')"
check "one of them does not: status 1" same 1 "$(status_of env PATH=/nonexistent "$FORKLORE" doctor pidfd python3)"
check "as many CPUs as there are" same 0 "$(status_of "$FORKLORE" doctor "cpus>=$cpus" "cpus=$cpus" "cpus<=$cpus")"
check "more than there are: status 1" same 1 "$(status_of "$FORKLORE" doctor "cpus>$cpus")"
check "and the line says so" grep -q "^cpus>$cpus  *does not " "$scratch/out"
for word in no-such-check 'cpus>' 'cpus>=x' 'cpus==1' 'root>=1' ''; do
    check "'$word' is no check: status 2" same "2 1" "$(status_of "$FORKLORE" doctor "$word") $(wc -l <"$scratch/err")"
done

export FORKLORE_WITHOUT=$features
check "features can be switched off" same "5 5" "$("$FORKLORE" doctor connector passpidfd pidfd-hup pidfd-info syscall |
    tee "$scratch/off" | wc -l) $(grep -c 'switched off *FORKLORE_WITHOUT  -> ' "$scratch/off")"
check "and do not work then: status 1" same 1 "$(status_of "$FORKLORE" doctor syscall)"
unset FORKLORE_WITHOUT
check "a name that is no feature: status 2" same 2 "$(status_of env FORKLORE_WITHOUT=nothing "$FORKLORE" doctor pidfd)"

"$FORKLORE" doctor --json >"$scratch/json"
check "JSON has an object for each check" same "$names" "$(sed -n 's/^ {"name": "\([^"]*\)", .*/\1/p' "$scratch/json")"
check "and begins and ends as an array" same "[ ]" "$(sed -n '1p; $p' "$scratch/json" | tr '\n' ' ' | sed 's/ $//')"
if command -v python3 >/dev/null; then
    check "it is JSON" python3 -c 'import json, sys
rows = json.load(open(sys.argv[1]))
assert all(set(row) == {"name", "state", "works", "number", "found", "what", "instead"} for row in rows)
assert all(row["works"] == (row["state"] == "works") for row in rows)
assert {row["name"]: row["number"] for row in rows}["cpus"] == int(sys.argv[2])' "$scratch/json" "$cpus"
fi

# An adopter that leaves its zombies, as PID 1 of some containers does.
if command -v python3 >/dev/null; then
    cat >"$scratch/adopt.py" <<-PYTHON
	import ctypes, subprocess, sys
	PR_SET_CHILD_SUBREAPER = 36
	ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
	sys.exit(subprocess.call(sys.argv[1:]))
	PYTHON
    check "who does not reap is found out: status 1" same 1 \
        "$(status_of python3 "$scratch/adopt.py" "$FORKLORE" doctor reaping)"
    check "and named" grep -q '^reaping *does not *[0-9]* python3.* does not reap: .* -> --sandbox: ' "$scratch/out"
fi

# Where PID 1 is hidden, nobody sees it, and an orphan's parent has no name.
hidden='mount -t proc -o hidepid=2 proc /proc && exec setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps=-all'
if unshare -m sh -c "$hidden test -x '$FORKLORE'" 2>/dev/null; then
    unshare -m sh -c "$hidden '$FORKLORE' doctor all-processes adopter reaping root" >"$scratch/out"
    check "hidepid is seen" grep -q '^all-processes *does not *.*hidepid = \(2\|invisible\); PID 1 is not seen' "$scratch/out"
    check "the adopter has a number and no name" grep -q "^adopter *does not *getppid() = $adopter; .*: ?" "$scratch/out"
    check "whether it reaps is known all the same" grep -q "^reaping .* $adopter ? " "$scratch/out"
    check "nobody is not root" grep -q '^root *does not *geteuid() = 65534' "$scratch/out"
fi

# A network namespace of its own has no connector.
if unshare -n true 2>/dev/null; then
    check "without a connector its refusal is shown" same "bind(NETLINK_CONNECTOR) = -1" \
        "$(unshare -n "$FORKLORE" doctor connector | sed 's/.*\(bind.*-1\).*/\1/')"
fi

# In a PID namespace of its own forklore is the adopter, and reaps.
if unshare -pf --mount-proc true 2>/dev/null; then
    unshare -pf --mount-proc "$FORKLORE" doctor adopter reaping connector >"$scratch/out"
    check "as PID 1 it adopts" grep -q '^adopter *works *getppid() = 1; /proc/1/comm: forklore$' "$scratch/out"
    check "and reaps" grep -q '^reaping *works *1 forklore reaped' "$scratch/out"
    check "and hears no connector" grep -q '^connector *does not *this is not the machine' "$scratch/out"
fi
done_testing

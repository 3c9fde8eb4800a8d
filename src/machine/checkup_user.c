/* What this user may do, and what is installed. */
#include "base/i18n.h"
#include "base/text.h"
#include "machine/checkup_probes.h"
#include "machine/probe_child.h"
#include "machine/procfile.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    NICE_STEP = 5,
    LOCKED_BYTES = 65536,
    FULL_LAB = 80, /* actors, the warden, and what actors exec */
    CPUS_MOST = 1 << 16,
};

void checkup_root(struct checkup *checkup, struct checkup_result *ret)
{
    (void)checkup;
    checkup_found(ret, geteuid() == 0, "geteuid() = %u", (unsigned)geteuid());
}

/* "unlimited", or the number divided by `unit`. */
static const char *limit_text(char *text, size_t size, int resource, rlim_t unit)
{
    struct rlimit limit;
    if (getrlimit((__rlimit_resource_t)resource, &limit) < 0)
        snprintf(text, size, "?");
    else if (limit.rlim_cur == RLIM_INFINITY)
        snprintf(text, size, "unlimited");
    else
        snprintf(text, size, "%llu", (unsigned long long)(limit.rlim_cur / unit));
    return text;
}

static int attempt_nice(long nice)
{
    return setpriority(PRIO_PROCESS, 0, (int)nice) < 0 ? errno : 0;
}

void checkup_negative_nice(struct checkup *checkup, struct checkup_result *ret)
{
    (void)checkup;
    char text[32], limit[32];
    int error = probe_child_try(attempt_nice, -1);
    checkup_found(ret, error == 0, "setpriority(PRIO_PROCESS, 0, -1) = %s; RLIMIT_NICE = %s",
                  checkup_result_of(text, sizeof text, error),
                  limit_text(limit, sizeof limit, RLIMIT_NICE, 1));
}

static int attempt_nice_back(long nice)
{
    int error = attempt_nice(nice + NICE_STEP);
    return error ? error : attempt_nice(nice);
}

/* From the nice value that it has, or from one that leaves room for a step. */
void checkup_nice_back(struct checkup *checkup, struct checkup_result *ret)
{
    (void)checkup;
    char text[32];
    int nice = getpriority(PRIO_PROCESS, 0), most = 19 - NICE_STEP;
    int from = nice < most ? nice : most;
    int error = probe_child_try(attempt_nice_back, from);
    checkup_found(ret, error == 0, "nice %d -> %d, setpriority(PRIO_PROCESS, 0, %d) = %s", from,
                  from + NICE_STEP, from, checkup_result_of(text, sizeof text, error));
}

static int attempt_policy(long policy)
{
    const struct sched_param param = { .sched_priority = 1 };
    return sched_setscheduler(0, (int)policy, &param) < 0 ? errno : 0;
}

void checkup_real_time(struct checkup *checkup, struct checkup_result *ret)
{
    (void)checkup;
    char text[32], limit[32];
    int error = probe_child_try(attempt_policy, SCHED_FIFO);
    checkup_found(ret, error == 0, "sched_setscheduler(0, SCHED_FIFO, 1) = %s; RLIMIT_RTPRIO = %s",
                  checkup_result_of(text, sizeof text, error),
                  limit_text(limit, sizeof limit, RLIMIT_RTPRIO, 1));
}

/* The system calls themselves, which take the name without its slash: mq_open(3), "C library/kernel
 * differences". */
static int attempt_queue(void)
{
    char name[40];
    snprintf(name, sizeof name, "forklore-doctor-%d", (int)getpid());
    int queue = (int)syscall(SYS_mq_open, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600, NULL);
    if (queue < 0)
        return errno;
    syscall(SYS_mq_unlink, name);
    close(queue);
    return 0;
}

void checkup_queues(struct checkup *checkup, struct checkup_result *ret)
{
    (void)checkup;
    char text[32], messages[32], size[32], queues[32];
    int error = attempt_queue();
    ret->known = checkup_read_line("/proc/sys/fs/mqueue/msg_max", messages, sizeof messages);
    ret->number = strtol(messages, NULL, 10);
    checkup_read_line("/proc/sys/fs/mqueue/msgsize_max", size, sizeof size);
    checkup_read_line("/proc/sys/fs/mqueue/queues_max", queues, sizeof queues);
    checkup_found(ret, error == 0, "mq_open() = %s; msg_max = %s, msgsize_max = %s, queues_max = %s",
                  checkup_result_of(text, sizeof text, error), *messages ? messages : "?", *size ? size : "?",
                  *queues ? queues : "?");
}

static int attempt_lock(long length)
{
    void *memory = mmap(NULL, (size_t)length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return errno;
    return mlock(memory, (size_t)length) < 0 ? errno : 0;
}

void checkup_locked_memory(struct checkup *checkup, struct checkup_result *ret)
{
    (void)checkup;
    char text[32], limit[32];
    struct rlimit memory;
    int error = probe_child_try(attempt_lock, LOCKED_BYTES);
    if (getrlimit(RLIMIT_MEMLOCK, &memory) == 0) {
        ret->known = true;
        ret->number = memory.rlim_cur == RLIM_INFINITY ? CHECKUP_UNLIMITED : (long)(memory.rlim_cur / 1024);
    }
    checkup_found(ret, error == 0, "mlock(%d) = %s; RLIMIT_MEMLOCK = %s KiB", LOCKED_BYTES,
                  checkup_result_of(text, sizeof text, error),
                  limit_text(limit, sizeof limit, RLIMIT_MEMLOCK, 1024));
}

/* The kernel refuses a set that is smaller than its own: sched_getaffinity(2). */
static int count_cpus(void)
{
    int count = -1;
    for (int most = CPU_SETSIZE; count < 0 && most <= CPUS_MOST; most *= 2) {
        cpu_set_t *set = CPU_ALLOC((size_t)most);
        if (set && sched_getaffinity(0, CPU_ALLOC_SIZE((size_t)most), set) == 0)
            count = CPU_COUNT_S(CPU_ALLOC_SIZE((size_t)most), set);
        CPU_FREE(set);
    }
    return count;
}

void checkup_cpus(struct checkup *checkup, struct checkup_result *ret)
{
    (void)checkup;
    int count = count_cpus();
    ret->known = count > 0;
    ret->number = count;
    checkup_found(ret, count > 1, "CPU_COUNT(sched_getaffinity()) = %d; sysconf(_SC_NPROCESSORS_ONLN) = %ld",
                  count, sysconf(_SC_NPROCESSORS_ONLN));
}

/* The limit counts the threads of the real user. */
static long count_own_threads(void)
{
    long count = 0;
    DIR *proc = opendir("/proc");
    if (!proc)
        return 0;
    for (const struct dirent *entry; (entry = readdir(proc));) {
        struct process_storage storage;
        struct process process;
        struct stat owner;
        if (isdigit((unsigned char)entry->d_name[0]) && fstatat(dirfd(proc), entry->d_name, &owner, 0) == 0 &&
            owner.st_uid == getuid() && procfile_read(atoi(entry->d_name), &process, &storage) == 0)
            count += process.threads;
    }
    closedir(proc);
    return count;
}

/* Its path in the hierarchy that counts processes: "4:pids:/a/b" of a hierarchy of its own, else "0::/a/b".
 * False: there is none. */
static bool find_cgroup(char *path, size_t size)
{
    char line[PATH_MAX];
    bool found = false;
    FILE *file = fopen("/proc/self/cgroup", "re");
    while (file && fgets(line, sizeof line, file)) {
        const char *controllers = strchr(line, ':');
        bool counts = controllers && strncmp(controllers, ":pids:", 6) == 0;
        if (!counts && (found || !controllers || strncmp(controllers, "::", 2) != 0))
            continue;
        snprintf(path, size, "%.*s", (int)strcspn(strrchr(line, ':') + 1, "\n"), strrchr(line, ':') + 1);
        found = true;
        if (counts)
            break;
    }
    if (file)
        fclose(file);
    return found;
}

/* The limit of its cgroup, pids.max of cgroups(7), and what is left of it. In a container the path may be one
 * outside, while the file is at the top of what is mounted. False: there is no limit. */
static bool read_cgroup_limit(long *ret_most, long *ret_free)
{
    static const char *const mounts[] = { "/sys/fs/cgroup/pids", "/sys/fs/cgroup" };
    char path[PATH_MAX], name[PATH_MAX + 64], most[32], used[32];
    if (!find_cgroup(path, sizeof path))
        return false;
    for (size_t i = 0; i < 2 * sizeof mounts / sizeof *mounts; i++) {
        const char *mount = mounts[i / 2], *within = i % 2 ? "" : path;
        snprintf(name, sizeof name, "%s%s/pids.max", mount, within);
        if (!checkup_read_line(name, most, sizeof most))
            continue;
        snprintf(name, sizeof name, "%s%s/pids.current", mount, within);
        checkup_read_line(name, used, sizeof used);
        *ret_most = strtol(most, NULL, 10);
        *ret_free = *ret_most - strtol(used, NULL, 10);
        return isdigit((unsigned char)*most);
    }
    return false;
}

/* Root is held to the limit of the cgroup only: fork(2). */
void checkup_processes(struct checkup *checkup, struct checkup_result *ret)
{
    (void)checkup;
    char text[32], cgroup[32] = "max";
    struct rlimit limit;
    long used = count_own_threads(), most, left;
    if (getrlimit(RLIMIT_NPROC, &limit) < 0)
        limit.rlim_cur = RLIM_INFINITY;
    bool unlimited = limit.rlim_cur == RLIM_INFINITY || getuid() == 0;
    ret->known = true;
    ret->number = unlimited ? CHECKUP_UNLIMITED : (long)limit.rlim_cur - used;
    if (read_cgroup_limit(&most, &left)) {
        snprintf(cgroup, sizeof cgroup, "%ld", most);
        if (unlimited || left < ret->number)
            ret->number = left;
        unlimited = false;
    }
    if (!unlimited && ret->number < 0)
        ret->number = 0; /* a limit may lie below what there is; and -1 would be no limit at all */
    checkup_found(ret, unlimited || ret->number >= FULL_LAB,
                  _("RLIMIT_NPROC = %s; threads of uid %u: %ld; pids.max = %s"),
                  limit_text(text, sizeof text, RLIMIT_NPROC, 1), (unsigned)getuid(), used, cgroup);
}

/* As execvp(3) would find it. */
static void look_for_program(struct checkup_result *ret, const char *name)
{
    const char *folders = getenv("PATH");
    for (const char *at = folders ? folders : "/bin:/usr/bin"; at;) {
        char path[PATH_MAX];
        size_t length = strcspn(at, ":");
        struct stat file;
        snprintf(path, sizeof path, "%.*s/%s", length ? (int)length : 1, length ? at : ".", name);
        if (stat(path, &file) == 0 && S_ISREG(file.st_mode) && access(path, X_OK) == 0) {
            checkup_found(ret, true, "%s", path);
            return;
        }
        at = at[length] ? at + length + 1 : NULL;
    }
    checkup_found(ret, false, "execvp(\"%s\") = -1 ENOENT", name);
}

void checkup_python(struct checkup *checkup, struct checkup_result *ret)
{
    (void)checkup;
    look_for_program(ret, "python3");
}

void checkup_rsvg(struct checkup *checkup, struct checkup_result *ret)
{
    (void)checkup;
    look_for_program(ret, "rsvg-convert");
}

void checkup_utf8(struct checkup *checkup, struct checkup_result *ret)
{
    (void)checkup;
    checkup_found(ret, text_locale_is_utf8(), "nl_langinfo(CODESET) = %s", nl_langinfo(CODESET));
}

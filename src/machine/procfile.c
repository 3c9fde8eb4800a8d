#include "machine/procfile.h"

#include "base/memory.h"
#include "machine/procread.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum {
    STAT_FIELDS = 52, /* since Linux 3.5 */
    STAT_SIZE = 2048, /* a comm of 64 bytes and 51 numbers of at most 21 */
};

/* Field N of proc_pid_stat(5) from the fourth on; the first three are no numbers. Signed and unsigned ones
 * alike: the reader of a field knows which it is. */
struct stat_fields {
    char comm[64];
    char state;
    unsigned long long numbers[STAT_FIELDS + 1];
};

/* A name may hold anything, parentheses and newlines too: it ends at the last ')' of the file. */
static int parse_stat(const char *text, struct stat_fields *ret)
{
    const char *open = strchr(text, '('), *close = strrchr(text, ')');
    if (!open || !close || close < open || close[1] != ' ' || !close[2])
        return -EINVAL;
    size_t length = close - open - 1;
    if (length >= sizeof ret->comm)
        length = sizeof ret->comm - 1;
    memcpy(ret->comm, open + 1, length);
    ret->comm[length] = '\0';
    ret->state = close[2];
    memset(ret->numbers, 0, sizeof ret->numbers);
    const char *at = close + 3;
    for (int field = 4; field <= STAT_FIELDS; field++) {
        char *end;
        ret->numbers[field] = strtoull(at, &end, 10); /* a negative one wraps, and back where it is used */
        if (end == at)
            return -EINVAL;
        at = end;
    }
    return 0;
}

static int read_stat(pid_t pid, struct stat_fields *ret)
{
    char text[STAT_SIZE];
    int r = procread_small(pid, "stat", text, sizeof text);
    if (r < 0)
        return r;
    return parse_stat(text, ret);
}

int procfile_read(pid_t pid, struct process *ret, struct process_storage *storage)
{
    struct stat_fields stat;
    int r = read_stat(pid, &stat);
    if (r < 0)
        return r;
    memcpy(storage->comm, stat.comm, sizeof storage->comm);
    *ret = (struct process){
        .id = { .pid = pid, .start = stat.numbers[22] },
        .tgid = pid,
        .ppid = (pid_t)stat.numbers[4],
        .pgrp = (pid_t)stat.numbers[5],
        .session = (pid_t)stat.numbers[6],
        .tty = (int)stat.numbers[7],
        .tpgid = (pid_t)stat.numbers[8],
        .flags = stat.numbers[9],
        .ticks = stat.numbers[14] + stat.numbers[15],
        .priority = (int)stat.numbers[18],
        .nice = (int)stat.numbers[19],
        .threads = (int)stat.numbers[20],
        .rss_kib = stat.numbers[24] * (sysconf(_SC_PAGESIZE) / 1024),
        .processor = (int)stat.numbers[39],
        .policy = (int)stat.numbers[41],
        .state = stat.state,
        .euid = (uid_t)-1,
        .comm = storage->comm,
    };
    return 0;
}

int procfile_read_exactly(struct process_id id, struct process *ret, struct process_storage *storage)
{
    struct process_storage read_storage;
    struct process process;
    int r = procfile_read(id.pid, &process, &read_storage);
    if (r < 0)
        return r;
    if (process.id.start != id.start)
        return -ESRCH;
    *storage = read_storage;
    process.comm = storage->comm;
    *ret = process;
    return 0;
}

int procfile_identity(pid_t pid, struct process_id *ret)
{
    struct stat_fields stat;
    int r = read_stat(pid, &stat);
    if (r < 0)
        return r;
    *ret = (struct process_id){ .pid = pid, .start = stat.numbers[22] };
    return 0;
}

bool procfile_exists(struct process_id id)
{
    struct process_id now;
    return procfile_identity(id.pid, &now) == 0 && process_id_equal(id, now);
}

/* What follows "KEY:" in /proc/PID/status or another file of lines; NULL: no such line. Names cannot forge
 * one: status shows their newlines escaped. */
static const char *find_line(const char *text, const char *key)
{
    size_t length = strlen(key);
    for (const char *line = text; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, key, length) == 0)
            return line + length;
    }
    return NULL;
}

int procfile_locked(pid_t pid, bool *ret)
{
    char *text;
    int r = procread_whole(pid, "status", &text);
    if (r < 0)
        return r;
    const char *value = find_line(text, "VmLck:"); /* a zombie and a thread of the kernel have none */
    *ret = value && strtoull(value, NULL, 10) > 0;
    free(text);
    return 0;
}

int procfile_user(pid_t pid, uid_t *ret)
{
    char *text;
    int r = procread_whole(pid, "status", &text);
    if (r < 0)
        return r;
    const char *value = find_line(text, "Uid:"); /* real, effective, saved, of the file system */
    if (!value || sscanf(value, "%*u %u", ret) != 1)
        r = -EINVAL;
    free(text);
    return r;
}

/* The kernel asks the same of who reads a namespace's link as of who reads field 52, and says no in words. To
 * a zombie's mount namespace the answer is ENOENT when it is yes. */
static bool may_look_into(pid_t pid)
{
    char path[64], target[64];
    snprintf(path, sizeof path, "/proc/%d/ns/mnt", (int)pid);
    return readlink(path, target, sizeof target) >= 0 || errno != EACCES;
}

int procfile_zombie_status(struct process_id id, int *ret_status)
{
    bool allowed = may_look_into(id.pid);
    struct stat_fields stat;
    int r = read_stat(id.pid, &stat);
    if (r < 0)
        return r;
    if (stat.numbers[22] != id.start)
        return -ESRCH;
    if (stat.state != 'Z' || stat.numbers[20] > 1)
        return -EBUSY;
    if (!allowed && stat.numbers[52] == 0)
        return -EACCES;
    *ret_status = (int)stat.numbers[52];
    return 0;
}

int procfile_syscall(pid_t pid, long *ret_number, unsigned long long *ret_first)
{
    char text[256];
    int r = procread_small(pid, "syscall", text, sizeof text);
    if (r < 0)
        return r == -EPERM ? -EACCES : r;
    if (strncmp(text, "running", 7) == 0) {
        *ret_number = -1;
        *ret_first = 0;
        return 0;
    }
    char *end;
    long number = strtol(text, &end, 10);
    if (end == text)
        return -EINVAL;
    *ret_first = number < 0 ? 0 : strtoull(end, NULL, 16);
    *ret_number = number;
    return 0;
}

int procfile_signals(pid_t pid, struct signal_sets *ret)
{
    char *text;
    int r = procread_whole(pid, "status", &text);
    if (r < 0)
        return r;
    static const char *const keys[] = { "SigPnd:", "ShdPnd:", "SigBlk:", "SigIgn:", "SigCgt:" };
    unsigned long long sets[5];
    for (int i = 0; i < 5 && r == 0; i++) {
        const char *value = find_line(text, keys[i]);
        if (value)
            sets[i] = strtoull(value, NULL, 16);
        else
            r = -EINVAL;
    }
    if (r == 0)
        *ret = (struct signal_sets){ sets[0], sets[1], sets[2], sets[3], sets[4] };
    free(text);
    return r;
}

int procfile_lock_limit(pid_t pid, unsigned long long *ret)
{
    char *text;
    int r = procread_whole(pid, "limits", &text);
    if (r < 0)
        return r;
    const char *value = find_line(text, "Max file locks");
    if (!value) {
        free(text);
        return -EINVAL;
    }
    value += strspn(value, " ");
    *ret = strncmp(value, "unlimited", 9) == 0 ? RLIM_INFINITY : strtoull(value, NULL, 10);
    free(text);
    return 0;
}

int procfile_cmdline(struct process_id id, char *text, size_t size)
{
    char *read = xmalloc(size);
    int fd = procread_open(id.pid, "cmdline");
    ssize_t length = fd < 0 ? fd : procread_up_to(fd, read, size);
    if (fd >= 0)
        close(fd);
    if (length >= 0 && !procfile_exists(id))
        length = -ESRCH;
    while (length > 0 && read[length - 1] == '\0')
        length--;
    for (ssize_t i = 0; i < length; i++)
        text[i] = read[i] ? read[i] : ' ';
    if (length >= 0)
        text[length] = '\0';
    free(read);
    return length < 0 ? (int)length : 0;
}

int procfile_exe(pid_t pid, char *path, size_t size)
{
    char link[64], target[4096];
    snprintf(link, sizeof link, "/proc/%d/exe", (int)pid);
    ssize_t length = readlink(link, target, sizeof target);
    if (length < 0) {
        struct process_id id;
        int error = errno;
        return error == ENOENT && procfile_identity(pid, &id) < 0 ? -ESRCH : -error;
    }
    if (!size)
        return 0;
    if ((size_t)length >= size)
        length = (ssize_t)size - 1;
    memcpy(path, target, length);
    path[length] = '\0';
    return 0;
}

/* NSpid lists the pid in our namespace and in each one nested below it. */
static int count_namespaces(pid_t pid, int *ret)
{
    char *text;
    int r = procread_whole(pid, "status", &text);
    if (r < 0)
        return r;
    const char *pids = find_line(text, "NSpid:");
    int count = 0;
    for (bool in_number = false; pids && *pids && *pids != '\n'; pids++) {
        bool digit = *pids >= '0' && *pids <= '9';
        count += digit && !in_number;
        in_number = digit;
    }
    free(text);
    if (count == 0)
        return -ENODATA;
    *ret = count;
    return 0;
}

int procfile_in_container(pid_t pid, bool *ret)
{
    int own, other;
    int r = count_namespaces(getpid(), &own);
    if (r == 0)
        r = count_namespaces(pid, &other);
    if (r == 0)
        *ret = other > own;
    return r;
}

int procfile_wchan(pid_t pid, char *name, size_t size)
{
    return procread_small(pid, "wchan", name, size);
}

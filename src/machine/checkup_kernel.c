/* What the kernel was built with, and what its administrator allows. */
#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "machine/checkup_probes.h"
#include "machine/children.h"
#include "machine/kernel.h"
#include "machine/mountinfo.h"
#include "machine/probe_child.h"
#include "machine/procfile.h"
#include "machine/procread.h"
#include "machine/schedstat.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void checkup_pidfd(struct checkup *checkup, struct checkup_result *ret)
{
    (void)checkup;
    char text[32];
    int pidfd = (int)syscall(SYS_pidfd_open, getpid(), 0);
    int error = pidfd < 0 ? errno : 0;
    if (pidfd >= 0 && syscall(SYS_pidfd_send_signal, pidfd, 0, NULL, 0) < 0)
        error = errno;
    if (pidfd >= 0)
        close(pidfd);
    checkup_found(ret, error == 0, "%s = %s", pidfd < 0 ? "pidfd_open()" : "pidfd_send_signal()",
                  checkup_result_of(text, sizeof text, error));
}

/* What must not be beneath /proc is outside of it: the call has to refuse that. */
void checkup_openat2(struct checkup *checkup, struct checkup_result *ret)
{
    (void)checkup;
    char text[32];
    const struct kernel_open_how how = { .flags = O_PATH | O_CLOEXEC, .resolve = KERNEL_RESOLVE_BENEATH };
    int folder = open("/proc", O_PATH | O_DIRECTORY | O_CLOEXEC);
    int fd = (int)syscall(SYS_openat2, folder, "..", &how, sizeof how);
    int error = fd < 0 ? errno : 0;
    if (fd >= 0)
        close(fd);
    if (folder >= 0)
        close(folder);
    checkup_found(ret, error == EXDEV, "openat2(\"/proc\", \"..\", RESOLVE_BENEATH) = %s",
                  checkup_result_of(text, sizeof text, error));
}

void checkup_autogroup(struct checkup *checkup, struct checkup_result *ret)
{
    (void)checkup;
    char text[32];
    if (checkup_read_line("/proc/sys/kernel/sched_autogroup_enabled", text, sizeof text))
        checkup_found(ret, strcmp(text, "0") != 0, "kernel.sched_autogroup_enabled = %s", text);
    else
        checkup_found(ret, false, _("this kernel has no kernel.sched_autogroup_enabled"));
}

static int attempt_seize(long pid)
{
    return syscall(SYS_ptrace, KERNEL_PTRACE_SEIZE, pid, 0L, 0L) < 0 ? errno : 0;
}

/* Between two children of ours, neither an ancestor of the other; the tracer's end lets the traced one go. */
void checkup_trace(struct checkup *checkup, struct checkup_result *ret)
{
    (void)checkup;
    int leash;
    char text[32], scope[32];
    pid_t traced = probe_child_start(0, &leash);
    int error = traced < 0 ? errno : probe_child_try(attempt_seize, traced);
    if (traced > 0) {
        close(leash);
        probe_child_wait(traced);
    }
    if (checkup_read_line("/proc/sys/kernel/yama/ptrace_scope", scope, sizeof scope)) {
        ret->known = true;
        ret->number = strtol(scope, NULL, 10);
    }
    checkup_found(ret, error == 0, "ptrace(PTRACE_SEIZE) = %s; kernel.yama.ptrace_scope = %s",
                  checkup_result_of(text, sizeof text, error), *scope ? scope : _("none"));
}

void checkup_all_processes(struct checkup *checkup, struct checkup_result *ret)
{
    (void)checkup;
    char *mounts, hidepid[32];
    struct process_id init;
    bool sees_init = procfile_identity(1, &init) == 0;
    int r = procread_whole(getpid(), "mountinfo", &mounts);
    if (r == 0) {
        r = mountinfo_option(mounts, "/proc", "hidepid", hidepid, sizeof hidepid);
        free(mounts);
    }
    if (r < 0)
        snprintf(hidepid, sizeof hidepid, "%s", _("none"));
    checkup_found(ret, sees_init,
                  sees_init ? _("/proc: hidepid = %s; PID 1 is seen")
                            : _("/proc: hidepid = %s; PID 1 is not seen"),
                  hidepid);
}

void checkup_schedstat(struct checkup *checkup, struct checkup_result *ret)
{
    (void)checkup;
    struct schedstat counted;
    int r = schedstat_read(getpid(), &counted);
    if (r == 0 && counted.slices > 0)
        checkup_found(ret, true, "/proc/self/schedstat: %lld %lld %lld", (long long)counted.ran,
                      (long long)counted.delayed, (long long)counted.slices);
    else
        checkup_found(ret, false, "/proc/self/schedstat: %s", r < 0 ? error_name(r) : "0");
}

static void look_for_file(struct checkup_result *ret, const char *name, bool wants_text)
{
    char text[256] = "", shown[32];
    int r = procread_small(getpid(), name, text, sizeof text);
    checkup_found(ret, r == 0 && (*text || !wants_text), "read(/proc/self/%s) = %s", name,
                  r < 0                  ? checkup_result_of(shown, sizeof shown, -r)
                  : *text || !wants_text ? _("readable")
                                         : "0");
}

void checkup_children(struct checkup *checkup, struct checkup_result *ret)
{
    (void)checkup;
    char name[48];
    snprintf(name, sizeof name, "task/%d/children", (int)getpid());
    look_for_file(ret, name, false);
}

void checkup_smaps_rollup(struct checkup *checkup, struct checkup_result *ret)
{
    (void)checkup;
    look_for_file(ret, "smaps_rollup", true);
}

/* kthreadd, their ancestor, is always 2 where they are; in a namespace of PIDs they are not. */
void checkup_kernel_threads(struct checkup *checkup, struct checkup_result *ret)
{
    (void)checkup;
    struct process_storage storage;
    struct process process;
    int r = procfile_read(2, &process, &storage);
    if (r < 0)
        checkup_found(ret, false, "/proc/2/stat: %s", error_name(r));
    else
        checkup_found(ret, process.ppid == 0 && strcmp(process.comm, "kthreadd") == 0,
                      "/proc/2/stat: %s, ppid %d", process.comm, (int)process.ppid);
}

/* The second needs a privilege within the first: where that one is made without any, it is of no use. */
static int attempt_user_namespace(long unused)
{
    (void)unused;
    return unshare(CLONE_NEWUSER | CLONE_NEWPID) < 0 ? errno : 0;
}

void checkup_user_namespaces(struct checkup *checkup, struct checkup_result *ret)
{
    (void)checkup;
    char text[32], most[32];
    int error = probe_child_try(attempt_user_namespace, 0);
    if (!checkup_read_line("/proc/sys/user/max_user_namespaces", most, sizeof most))
        snprintf(most, sizeof most, "?");
    checkup_found(ret, error == 0,
                  "unshare(CLONE_NEWUSER | CLONE_NEWPID) = %s; user.max_user_namespaces = %s",
                  checkup_result_of(text, sizeof text, error), most);
}

/* One orphan answers both rows. */
static const struct adopter *adopter_of(struct checkup *checkup)
{
    if (!checkup->adopter_is_known)
        checkup->adopter_error = adopter_probe(&checkup->adopter, CHECKUP_REAP_MS * NS_PER_MS);
    checkup->adopter_is_known = true;
    return checkup->adopter_error == 0 ? &checkup->adopter : NULL;
}

void checkup_adopter(struct checkup *checkup, struct checkup_result *ret)
{
    const struct adopter *adopter = adopter_of(checkup);
    if (!adopter) {
        checkup_found(ret, false, _("no orphan could be made: %s"), error_name(checkup->adopter_error));
        return;
    }
    bool named = *adopter->name;
    checkup_found(ret, named, "getppid() = %d; /proc/%d/comm: %s", (int)adopter->pid, (int)adopter->pid,
                  named ? adopter->name : "?");
    ret->known = true;
    ret->number = adopter->pid;
}

void checkup_reaping(struct checkup *checkup, struct checkup_result *ret)
{
    const struct adopter *adopter = adopter_of(checkup);
    if (!adopter) {
        checkup_found(ret, false, _("no orphan could be made: %s"), error_name(checkup->adopter_error));
        return;
    }
    const char *name = *adopter->name ? adopter->name : "?";
    double seconds = (double)adopter->zombie / NS_PER_SECOND;
    if (adopter->reaps)
        checkup_found(ret, true, _("%d %s reaped an orphan after %.3f s"), (int)adopter->pid, name, seconds);
    else
        checkup_found(ret, false, _("%d %s does not reap: an orphan was a zombie for %.0f s and still is"),
                      (int)adopter->pid, name, seconds);
    ret->known = adopter->reaps;
    ret->number = (long)(adopter->zombie / NS_PER_MS);
}

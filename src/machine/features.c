#include "machine/features.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "machine/connector.h"
#include "machine/control.h"
#include "machine/kernel.h"
#include "machine/probe_child.h"
#include "machine/procfile.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PROBE_STATUS = 7, LONGEST_WAIT_MS = 100 };

const struct feature_row feature_table[FEATURE_COUNT] = {
    [FEATURE_CONNECTOR] = {
        .name = "connector",
        .what = N_("the proc connector reports every birth, exec and end of a process as it happens"),
        .without = N_("processes are compared between two samples: what lives shorter is not seen"),
        .since = "6.6", /* for everybody; root could listen long before */
    },
    [FEATURE_PASSPIDFD] = {
        .name = "passpidfd",
        .what = N_("SO_PASSPIDFD: a message brings a pidfd of its sender"),
        .without = N_("the sender's pidfd is opened by its pid, and checked against its socket"),
        .since = "6.5",
    },
    [FEATURE_PIDFD_HUP] = {
        .name = "pidfd-hup",
        .what = N_("a pidfd tells when its process has been reaped, not only when it has ended"),
        .without = N_("whether a zombie has been reaped is looked up in /proc"),
        .since = "6.9",
    },
    [FEATURE_PIDFD_INFO] = {
        .name = "pidfd-info",
        .what = N_("a pidfd keeps the exit status of its process after the reaping"),
        .without = N_("the exit status is read from the zombie while there is one; else it is unknown"),
        .since = "6.15",
    },
    [FEATURE_SYSCALL] = {
        .name = "syscall",
        .what = N_("/proc/PID/syscall: the system call a process of yours is blocked in"),
        .without = N_("of actors the call they were told to make is shown; of others it is unknown"),
        .since = "2.6.27",
    },
};

static int feature_find(const char *name, size_t length)
{
    for (int feature = 0; feature < FEATURE_COUNT; feature++)
        if (strlen(feature_table[feature].name) == length &&
            strncmp(feature_table[feature].name, name, length) == 0)
            return feature;
    return -1;
}

static int parse_without(struct features *features, const char *without, const char **ret_unknown)
{
    for (size_t length; *without; without += length + (without[length] == ',')) {
        length = strcspn(without, ",");
        int feature = feature_find(without, length);
        if (feature >= 0) {
            features->switched_off[feature] = true;
        } else if (length) {
            *ret_unknown = without;
            return -EINVAL;
        }
    }
    return 0;
}

static bool message_has_pidfd(struct msghdr *message)
{
    bool found = false;
    for (struct cmsghdr *part = CMSG_FIRSTHDR(message); part; part = CMSG_NXTHDR(message, part)) {
        if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_PIDFD)
            continue;
        int pidfd;
        memcpy(&pidfd, CMSG_DATA(part), sizeof pidfd);
        if (pidfd >= 0) {
            close(pidfd);
            found = true;
        }
    }
    return found;
}

static bool probe_passpidfd(void)
{
    int ends[2], one = 1;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
        return false;
    char byte = 0;
    union {
        struct cmsghdr header;
        char bytes[CMSG_SPACE(sizeof(int)) * 4];
    } control;
    struct iovec data = { &byte, 1 };
    struct msghdr message = {
        .msg_iov = &data, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control
    };
    bool works = setsockopt(ends[0], SOL_SOCKET, SO_PASSPIDFD, &one, sizeof one) == 0 &&
                 send(ends[1], &byte, 1, MSG_NOSIGNAL) == 1 &&
                 recvmsg(ends[0], &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT) == 1 &&
                 message_has_pidfd(&message);
    close(ends[0]);
    close(ends[1]);
    return works;
}

/* Whether the connector has told of this child's birth. It does so while the child is born, so there is
 * nothing to wait for but a kernel that changes its mind. */
static bool connector_has_seen(struct connector *connector, pid_t child)
{
    int64_t deadline = clock_now() + LONGEST_WAIT_MS * NS_PER_MS;
    struct pollfd readable = { .fd = connector_fd(connector), .events = POLLIN };
    while (poll(&readable, 1, LONGEST_WAIT_MS) > 0 && clock_now() < deadline) {
        struct kernel_event events[64];
        size_t count, lost;
        if (connector_read(connector, events, 64, &count, &lost) < 0)
            return false;
        for (size_t i = 0; i < count; i++)
            if (events[i].kind == KERNEL_FORK && events[i].pid == child && events[i].parent == getpid())
                return true;
    }
    return false;
}

static void probe_by_pidfd(struct features *features, int pidfd)
{
    struct pollfd ended = { .fd = pidfd, .events = POLLIN };
    int status;
    features->has[FEATURE_PIDFD_HUP] = poll(&ended, 1, 0) == 1 && (ended.revents & POLLHUP);
    features->has[FEATURE_PIDFD_INFO] =
        control_exit_status(pidfd, &status) == 0 && WIFEXITED(status) && WEXITSTATUS(status) == PROBE_STATUS;
}

static void probe_by_child(struct features *features, struct connector *connector)
{
    int leash;
    pid_t child = probe_child_start(PROBE_STATUS, &leash);
    if (child < 0)
        return;
    int pidfd = (int)syscall(SYS_pidfd_open, child, 0);
    long number;
    unsigned long long first;
    features->has[FEATURE_SYSCALL] = procfile_syscall(child, &number, &first) == 0;
    features->has[FEATURE_CONNECTOR] = connector && connector_has_seen(connector, child);
    close(leash);
    probe_child_wait(child);
    if (pidfd >= 0) {
        probe_by_pidfd(features, pidfd);
        close(pidfd);
    }
}

int features_probe(struct features *ret, const char *without, const char **ret_unknown)
{
    struct features features = { 0 };
    int r = parse_without(&features, without ? without : "", ret_unknown);
    if (r < 0)
        return r;
    struct connector *connector = NULL;
    if (!features.switched_off[FEATURE_CONNECTOR] && connector_open(&connector) < 0)
        connector = NULL;
    probe_by_child(&features, connector);
    connector_free(connector);
    features.has[FEATURE_PASSPIDFD] = probe_passpidfd();
    for (int feature = 0; feature < FEATURE_COUNT; feature++)
        if (features.switched_off[feature])
            features.has[feature] = false;
    *ret = features;
    return 0;
}

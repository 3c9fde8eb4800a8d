#include "machine/connector.h"

#include "base/clock.h"
#include "base/memory.h"
#include "machine/procfile.h"

#include <errno.h>
#include <linux/cn_proc.h>
#include <linux/connector.h>
#include <linux/netlink.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    BUFFER_BYTES = 8 * 1024 * 1024, /* ten thousand messages; a fork storm makes 15 000 in a second */
    BATCH = 64,                     /* messages per system call */
    MESSAGE_BYTES = 256,            /* an event takes 76 */
    MOST_CPUS = 8192,               /* CONFIG_NR_CPUS is no larger */
};

struct cpu_count {
    bool heard;
    uint32_t sequence; /* of the last message */
};

struct connector {
    int fd;
    struct cpu_count *cpus;
    size_t cpu_count, cpu_capacity;
    size_t reported_early; /* losses told by ENOBUFS, whose gaps have not been met yet */
    size_t lost;           /* since the last connector_read() */
    /* recvmmsg(2) writes here */
    struct mmsghdr headers[BATCH];
    struct iovec vectors[BATCH];
    struct sockaddr_nl senders[BATCH];
    _Alignas(struct nlmsghdr) char messages[BATCH][MESSAGE_BYTES];
};

static int send_operation(int fd, enum proc_cn_mcast_op operation)
{
    struct {
        struct nlmsghdr header;
        struct cn_msg message;
        enum proc_cn_mcast_op operation;
    } __attribute__((packed)) request = {
        .header = { .nlmsg_len = sizeof request, .nlmsg_type = NLMSG_DONE },
        .message = { .id = { .idx = CN_IDX_PROC, .val = CN_VAL_PROC }, .len = sizeof operation },
        .operation = operation,
    };
    return send(fd, &request, sizeof request, 0) < 0 ? -errno : 0;
}

/* Takes the one event out of a message; false: it holds none. It is copied because it is not aligned there.
 */
static bool message_event(const char *bytes, size_t length, struct proc_event *ret, uint32_t *ret_sequence)
{
    const struct nlmsghdr *header = (const void *)bytes;
    const struct cn_msg *message = NLMSG_DATA(header);
    if (!NLMSG_OK(header, length) || header->nlmsg_len < NLMSG_LENGTH(sizeof *message + sizeof *ret))
        return false;
    if (message->id.idx != CN_IDX_PROC || message->id.val != CN_VAL_PROC)
        return false;
    *ret_sequence = message->seq;
    memcpy(ret, message->data, sizeof *ret);
    return true;
}

/* The kernel answers while we send, so its answer is there at once or never comes: in a PID namespace of our
 * own it says nothing at all. */
static int await_answer(int fd)
{
    _Alignas(struct nlmsghdr) char bytes[MESSAGE_BYTES];
    ssize_t length;
    while ((length = recv(fd, bytes, sizeof bytes, MSG_DONTWAIT)) > 0) {
        uint32_t sequence;
        struct proc_event event;
        if (message_event(bytes, length, &event, &sequence) && event.what == PROC_EVENT_NONE)
            return -(int)event.event_data.ack.err;
    }
    return -EOPNOTSUPP;
}

static int listen_to_kernel(int fd)
{
    struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_groups = CN_IDX_PROC };
    if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0)
        return -errno;
    int size = BUFFER_BYTES;
    if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) < 0)
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size); /* as much as rmem_max allows */
    int r = send_operation(fd, PROC_CN_MCAST_LISTEN);
    return r < 0 ? r : await_answer(fd);
}

int connector_open(struct connector **ret)
{
    int fd = socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_CONNECTOR);
    if (fd < 0)
        return -errno;
    int r = listen_to_kernel(fd);
    if (r < 0) {
        close(fd);
        return r;
    }
    struct connector *connector = xcalloc(1, sizeof *connector);
    connector->fd = fd;
    *ret = connector;
    return 0;
}

void connector_free(struct connector *connector)
{
    if (!connector)
        return;
    send_operation(connector->fd, PROC_CN_MCAST_IGNORE); /* before 6.6 the kernel does not notice the close */
    close(connector->fd);
    free(connector->cpus);
    free(connector);
}

int connector_fd(const struct connector *connector)
{
    return connector->fd;
}

/* Each CPU numbers its messages: what is missing was lost. */
static void count_losses(struct connector *connector, uint32_t cpu, uint32_t sequence)
{
    if (cpu >= MOST_CPUS)
        return;
    if (cpu >= connector->cpu_count) {
        connector->cpus = grow(connector->cpus, &connector->cpu_capacity, cpu + 1, sizeof *connector->cpus);
        memset(connector->cpus + connector->cpu_count, 0,
               (cpu + 1 - connector->cpu_count) * sizeof *connector->cpus);
        connector->cpu_count = cpu + 1;
    }
    struct cpu_count *count = &connector->cpus[cpu];
    int32_t step = count->heard ? (int32_t)(sequence - count->sequence) : 1;
    size_t gap = step > 1 ? step - 1 : 0;
    *count = (struct cpu_count){ .heard = true, .sequence = sequence };
    size_t known = gap < connector->reported_early ? gap : connector->reported_early;
    connector->reported_early -= known;
    connector->lost += gap - known;
}

/* Says whether the event is about a process, and fills what the message tells. */
static bool read_event(const struct proc_event *event, struct kernel_event *ret)
{
    *ret = (struct kernel_event){ .time = (int64_t)event->timestamp_ns };
    pid_t thread;
    switch (event->what) {
    case PROC_EVENT_FORK:
        ret->kind = KERNEL_FORK;
        ret->pid = event->event_data.fork.child_tgid;
        ret->parent = event->event_data.fork.parent_tgid;
        thread = event->event_data.fork.child_pid;
        break;
    case PROC_EVENT_EXEC:
        ret->kind = KERNEL_EXEC;
        ret->pid = event->event_data.exec.process_tgid;
        thread = event->event_data.exec.process_pid;
        break;
    case PROC_EVENT_EXIT:
        ret->kind = KERNEL_EXIT;
        ret->pid = event->event_data.exit.process_tgid;
        ret->status = (int)event->event_data.exit.exit_code;
        thread = event->event_data.exit.process_pid;
        break;
    default:
        return false;
    }
    return thread == ret->pid;
}

/* A process that began after the event has the pid now: the one that was meant is gone. */
static void look_at(struct kernel_event *event)
{
    struct process process;
    struct process_storage storage;
    if (event->kind == KERNEL_EXIT || procfile_read(event->pid, &process, &storage) < 0)
        return;
    long per_second = sysconf(_SC_CLK_TCK);
    if ((int64_t)process.id.start > event->time / (NS_PER_SECOND / per_second))
        return;
    event->start = process.id.start;
    strncpy(event->comm, process.comm, sizeof event->comm - 1);
}

/* The kernel stamps with CLOCK_MONOTONIC, which stands still while the machine sleeps. */
static int64_t boottime_offset(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return clock_now() - (now.tv_sec * NS_PER_SECOND + now.tv_nsec);
}

/* Receives up to `room` messages; how many, or -errno: -EAGAIN when none is pending. */
static int receive(struct connector *connector, size_t room)
{
    size_t count = room < BATCH ? room : BATCH;
    for (size_t i = 0; i < count; i++) {
        connector->vectors[i] = (struct iovec){ connector->messages[i], MESSAGE_BYTES };
        connector->headers[i].msg_hdr = (struct msghdr){
            .msg_name = &connector->senders[i],
            .msg_namelen = sizeof connector->senders[i],
            .msg_iov = &connector->vectors[i],
            .msg_iovlen = 1,
        };
    }
    int received = recvmmsg(connector->fd, connector->headers, count, MSG_DONTWAIT, NULL);
    return received < 0 ? -errno : received;
}

static int by_time(const void *left, const void *right)
{
    const struct kernel_event *a = left, *b = right;
    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    return (int)a->kind - (int)b->kind;
}

static size_t take_batch(struct connector *connector, int received, int64_t offset,
                         struct kernel_event *events)
{
    size_t count = 0;
    for (int i = 0; i < received; i++) {
        uint32_t sequence;
        struct proc_event event;
        if (connector->senders[i].nl_pid != 0 ||
            !message_event(connector->messages[i], connector->headers[i].msg_len, &event, &sequence) ||
            event.what == PROC_EVENT_NONE)
            continue; /* from another program, or an answer to a listener */
        count_losses(connector, event.cpu, sequence);
        if (!read_event(&event, &events[count]))
            continue;
        events[count].time += offset;
        look_at(&events[count++]);
    }
    return count;
}

int connector_read(struct connector *connector, struct kernel_event *events, size_t room, size_t *ret_count,
                   size_t *ret_lost)
{
    int64_t offset = boottime_offset();
    size_t count = 0;
    int received = 0;
    while (count < room) {
        received = receive(connector, room - count);
        if (received == -ENOBUFS) {
            connector->lost++;
            connector->reported_early++;
            continue;
        }
        if (received == -EINTR)
            continue;
        if (received <= 0)
            break;
        count += take_batch(connector, received, offset, events + count);
    }
    if (received < 0 && received != -EAGAIN && count == 0)
        return received;
    qsort(events, count, sizeof *events, by_time);
    *ret_count = count;
    *ret_lost = connector->lost;
    connector->lost = 0;
    return 0;
}

#include "lab/source.h"

#include "base/clock.h"
#include "lab/ending.h"
#include "lab/foreign.h"
#include "lab/guard.h"
#include "lab/messages.h"

#include <assert.h>
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <unistd.h>

/* An event's data is the member's address with the kind in its lowest bits, which are 0 in an address from
 * malloc. */
enum { KIND_MASK = 7 };
static_assert(_Alignof(max_align_t) > KIND_MASK && (int)SOURCE_ERRORS <= (int)KIND_MASK, "kinds fit below an address");

int source_watch(struct lab *lab, int fd, enum source_kind kind, struct member *member)
{
    struct epoll_event event = {
        .events = kind == SOURCE_PIDFD ? EPOLLIN | EPOLLET : EPOLLIN,
        .data.u64 = (uintptr_t)member | kind,
    };
    if (fd < 0)
        return 0;
    return epoll_ctl(lab->epoll, EPOLL_CTL_ADD, fd, &event) < 0 ? -errno : 0;
}

void source_forget(struct lab *lab, int fd)
{
    if (fd >= 0)
        epoll_ctl(lab->epoll, EPOLL_CTL_DEL, fd, NULL);
}

static void read_timer(const struct lab *lab)
{
    uint64_t expirations;
    ssize_t length = read(lab->timer, &expirations, sizeof expirations);
    (void)length; /* what the tick is for is done after every event */
}

/* One at a time: an event may remove the member that the next one is about. */
bool source_handle_one(struct lab *lab)
{
    struct epoll_event event;
    if (epoll_wait(lab->epoll, &event, 1, 0) != 1)
        return false;
    struct member *member = (struct member *)(uintptr_t)(event.data.u64 & ~(uint64_t)KIND_MASK);
    switch ((enum source_kind)(event.data.u64 & KIND_MASK)) {
    case SOURCE_TIMER: read_timer(lab); break;
    case SOURCE_WARDEN: guard_receive(lab); break;
    case SOURCE_CONTROL: messages_receive(lab, member); break;
    case SOURCE_PIDFD: ending_look(lab, member); break;
    case SOURCE_OUTPUT: foreign_receive(lab, member, FOREIGN_OUTPUT); break;
    case SOURCE_ERRORS: foreign_receive(lab, member, FOREIGN_ERRORS); break;
    }
    return true;
}

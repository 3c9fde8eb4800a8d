#include "machine/sampler.h"

#include "base/clock.h"
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libproc2/pids.h>

/* PIDS_VAL lost its fourth argument in procps 4.0.5. */
#ifdef PIDS_VAL_TAKES_INFO
#define VALUE(item, type, stack, info) PIDS_VAL(item, type, stack, info)
#else
#define VALUE(item, type, stack, info) PIDS_VAL(item, type, stack)
#endif

/* The items of a sweep, by their place in the stack. The first group costs one open and read of `stat`; each of the last
 * two costs one more file for each process. */
enum place {
    PID, TGID, PPID, PGRP, SESSION, TTY, TPGID, FLAGS, TICKS, TICKS_DELTA, PRIORITY, NICE, THREADS, RSS,
    PROCESSOR, POLICY, STATE, START, EUID, COMM,
    STAT_ITEMS,
    MORE_ITEMS = 3 /* what `needs` may add */
};

static const enum pids_item stat_items[STAT_ITEMS] = {
    [PID] = PIDS_ID_PID,
    [TGID] = PIDS_ID_TGID,
    [PPID] = PIDS_ID_PPID,
    [PGRP] = PIDS_ID_PGRP,
    [SESSION] = PIDS_ID_SESSION,
    [TTY] = PIDS_TTY,
    [TPGID] = PIDS_ID_TPGID,
    [FLAGS] = PIDS_FLAGS,
    [TICKS] = PIDS_TICS_ALL,
    [TICKS_DELTA] = PIDS_TICS_ALL_DELTA,
    [PRIORITY] = PIDS_PRIORITY,
    [NICE] = PIDS_NICE,
    [THREADS] = PIDS_NLWP,
    [RSS] = PIDS_RSS,
    [PROCESSOR] = PIDS_PROCESSOR,
    [POLICY] = PIDS_SCHED_CLASS,
    [STATE] = PIDS_STATE,
    [START] = PIDS_TICS_BEGAN,
    [EUID] = PIDS_ID_EUID,
    [COMM] = PIDS_CMD,
};

enum { RICH_PID, RICH_START, RICH_LOCKED, RICH_CMDLINE, RICH_ITEMS };

static const enum pids_item rich_items[RICH_ITEMS] = {
    [RICH_PID] = PIDS_ID_PID,
    [RICH_START] = PIDS_TICS_BEGAN,
    [RICH_LOCKED] = PIDS_VM_RSS_LOCKED,
    [RICH_CMDLINE] = PIDS_CMDLINE,
};

/* procps_pids_select() takes at most 255 pids a call up to 4.0.4. */
enum { SELECT_MOST = 255 };

struct sampler {
    struct pids_info *sweep; /* all processes: stat_items and what `needs` adds */
    struct pids_info *rich;  /* the few on screen */
    enum sample_need needs;  /* what `sweep` was set up for */
    bool select_tried, select_leaks;
    unsigned long page_kib;
    int64_t last;
};

static size_t sweep_items(enum pids_item *items, enum sample_need needs)
{
    size_t count = STAT_ITEMS;
    memcpy(items, stat_items, sizeof stat_items);
    if (needs & SAMPLE_LOCKED)
        items[count++] = PIDS_VM_RSS_LOCKED;
    if (needs & SAMPLE_CMDLINE)
        items[count++] = PIDS_CMDLINE;
    if (needs & SAMPLE_TTY)
        items[count++] = PIDS_TTY_NAME;
    return count;
}

int sampler_new(struct sampler **ret)
{
    struct sampler *sampler = xcalloc(1, sizeof *sampler);
    sampler->page_kib = (unsigned long)sysconf(_SC_PAGESIZE) / 1024;
    enum pids_item items[STAT_ITEMS + MORE_ITEMS];
    size_t count = sweep_items(items, SAMPLE_STAT);
    int r = procps_pids_new(&sampler->sweep, items, (int)count);
    if (r >= 0) {
        memcpy(items, rich_items, sizeof rich_items);
        r = procps_pids_new(&sampler->rich, items, RICH_ITEMS);
    }
    if (r < 0) {
        sampler_free(sampler);
        return r;
    }
    *ret = sampler;
    return 0;
}

void sampler_free(struct sampler *sampler)
{
    if (!sampler)
        return;
    if (sampler->sweep)
        procps_pids_unref(&sampler->sweep);
    if (sampler->rich)
        procps_pids_unref(&sampler->rich);
    free(sampler);
}

static void take_process(struct sample *sample, struct sampler *sampler, struct pids_stack *stack)
{
    struct pids_info *info = sampler->sweep;
    (void)info; /* unused where PIDS_VAL takes three arguments */
    struct process process = {
        .id = { VALUE(PID, s_int, stack, info), VALUE(START, ull_int, stack, info) },
        .tgid = VALUE(TGID, s_int, stack, info),
        .ppid = VALUE(PPID, s_int, stack, info),
        .pgrp = VALUE(PGRP, s_int, stack, info),
        .session = VALUE(SESSION, s_int, stack, info),
        .tty = VALUE(TTY, s_int, stack, info),
        .tpgid = VALUE(TPGID, s_int, stack, info),
        .flags = VALUE(FLAGS, ul_int, stack, info),
        .ticks = VALUE(TICKS, ull_int, stack, info),
        .ticks_spent = VALUE(TICKS_DELTA, u_int, stack, info),
        .priority = VALUE(PRIORITY, s_int, stack, info),
        .nice = VALUE(NICE, s_int, stack, info),
        .threads = VALUE(THREADS, s_int, stack, info),
        .rss_kib = VALUE(RSS, ul_int, stack, info) * sampler->page_kib, /* `stat` counts pages */
        .processor = VALUE(PROCESSOR, s_int, stack, info),
        .policy = VALUE(POLICY, s_int, stack, info),
        .state = VALUE(STATE, s_ch, stack, info),
        .euid = VALUE(EUID, u_int, stack, info),
        .comm = VALUE(COMM, str, stack, info),
    };
    int next = STAT_ITEMS;
    if (sampler->needs & SAMPLE_LOCKED) {
        process.locked_known = true;
        process.locked = VALUE(next, ul_int, stack, info) > 0;
        next++;
    }
    if (sampler->needs & SAMPLE_CMDLINE) {
        process.cmdline = VALUE(next, str, stack, info);
        next++;
    }
    if (sampler->needs & SAMPLE_TTY)
        process.tty_name = VALUE(next, str, stack, info);
    sample_append(sample, &process);
}

static int compare_rows(const void *left, const void *right)
{
    const struct process *a = left, *b = right;
    if (a->tgid != b->tgid)
        return a->tgid < b->tgid ? -1 : 1;
    if (process_is_thread(a) != process_is_thread(b))
        return process_is_thread(a) ? 1 : -1;
    return (a->id.pid > b->id.pid) - (a->id.pid < b->id.pid);
}

/* /proc lists processes by pid, so this nearly always finds them in order; nobody promises it, though. */
static void sort_rows(struct sample *sample)
{
    for (size_t i = 1; i < sample->count; i++)
        if (compare_rows(&sample->processes[i - 1], &sample->processes[i]) > 0) {
            qsort(sample->processes, sample->count, sizeof *sample->processes, compare_rows);
            return;
        }
}

static int lowest_free_descriptor(void)
{
    int fd = open("/", O_PATH | O_CLOEXEC);
    if (fd >= 0)
        close(fd);
    return fd;
}

/* procps 4.0.6 leaks a descriptor for each pid given to select (procps issue 421): the first call shows it. */
static struct pids_fetch *select_guarded(struct sampler *sampler, unsigned *pids, size_t count)
{
    if (sampler->select_tried)
        return procps_pids_select(sampler->rich, pids, (int)count, PIDS_SELECT_PID);
    int before = lowest_free_descriptor();
    struct pids_fetch *fetched = procps_pids_select(sampler->rich, pids, (int)count, PIDS_SELECT_PID);
    sampler->select_tried = true;
    sampler->select_leaks = lowest_free_descriptor() != before;
    return fetched;
}

static void take_rich(struct sample *sample, struct sampler *sampler, struct pids_stack *stack)
{
    struct pids_info *info = sampler->rich;
    (void)info;
    struct process_id id = { VALUE(RICH_PID, s_int, stack, info), VALUE(RICH_START, ull_int, stack, info) };
    struct process *process = (struct process *)sample_find_id(sample, id);
    if (!process)
        return; /* it came after the sweep */
    const char *cmdline = VALUE(RICH_CMDLINE, str, stack, info);
    process->locked_known = true;
    process->locked = VALUE(RICH_LOCKED, ul_int, stack, info) > 0;
    process->cmdline = arena_copy(&sample->texts, cmdline, strlen(cmdline));
}

static int read_rich(struct sampler *sampler, const pid_t *pids, size_t count, struct sample *sample)
{
    unsigned chunk[SELECT_MOST];
    for (size_t done = 0; done < count && !sampler->select_leaks;) {
        size_t size = 0;
        while (size < SELECT_MOST && done < count)
            chunk[size++] = (unsigned)pids[done++];
        errno = 0;
        struct pids_fetch *fetched = select_guarded(sampler, chunk, size);
        if (!fetched)
            return errno ? -errno : -EIO;
        for (int i = 0; i < fetched->counts->total; i++)
            take_rich(sample, sampler, fetched->stacks[i]);
    }
    return 0;
}

static int set_up_sweep(struct sampler *sampler, enum sample_need needs)
{
    if (sampler->needs == needs)
        return 0;
    enum pids_item items[STAT_ITEMS + MORE_ITEMS];
    size_t count = sweep_items(items, needs);
    int r = procps_pids_reset(sampler->sweep, items, (int)count);
    if (r < 0)
        return r;
    sampler->needs = needs;
    return 0;
}

int sampler_read(struct sampler *sampler, const struct sample_request *request, struct sample *ret)
{
    enum sample_need needs = request->needs & (SAMPLE_LOCKED | SAMPLE_CMDLINE | SAMPLE_TTY);
    if (sampler->select_leaks && request->rich_count)
        needs |= SAMPLE_LOCKED | SAMPLE_CMDLINE;
    int r = set_up_sweep(sampler, needs);
    if (r < 0)
        return r;

    bool threads = request->needs & SAMPLE_THREADS;
    int64_t now = clock_now();
    errno = 0;
    struct pids_fetch *fetched =
        procps_pids_reap(sampler->sweep, threads ? PIDS_FETCH_THREADS_TOO : PIDS_FETCH_TASKS_ONLY);
    if (!fetched)
        return errno ? -errno : -EIO;

    sample_clear(ret);
    ret->time = now;
    ret->interval = sampler->last ? now - sampler->last : 0;
    ret->with_threads = threads;
    sampler->last = now;
    for (int i = 0; i < fetched->counts->total; i++)
        take_process(ret, sampler, fetched->stacks[i]);
    sort_rows(ret);
    bool all_rich = (needs & SAMPLE_LOCKED) && (needs & SAMPLE_CMDLINE);
    return all_rich ? 0 : read_rich(sampler, request->rich, request->rich_count, ret);
}

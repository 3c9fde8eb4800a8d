#include "model/marks.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* A machine may lose its processes by the ten thousand; of those the newest are shown. */
enum { TOMBSTONES_MOST = 1000, GHOSTS_MOST = 1000, FEWEST_SLOTS = 64 };

static const unsigned lasting_flags = MARK_ZOMBIE;

struct marks {
    int64_t keep, keep_dead;
    struct mark *marks;
    size_t count, room;
    uint32_t *slots; /* hash of the identity -> number of its mark + 1; 0: free; at most half are taken */
    size_t slots_room;
    struct tombstone *tombstones;
    size_t tombstone_count, tombstone_room;
    struct ghost *ghosts;
    size_t ghost_count, ghost_room;
};

struct marks *marks_new(int64_t keep_ns)
{
    struct marks *marks = xcalloc(1, sizeof *marks);
    marks->keep = marks->keep_dead = keep_ns;
    return marks;
}

static void tombstone_release(struct tombstone *tombstone)
{
    free((char *)tombstone->process.comm);
    free((char *)tombstone->process.cmdline);
    free((char *)tombstone->process.tty_name);
}

void marks_free(struct marks *marks)
{
    if (!marks)
        return;
    for (size_t i = 0; i < marks->tombstone_count; i++)
        tombstone_release(&marks->tombstones[i]);
    free(marks->tombstones);
    free(marks->ghosts);
    free(marks->slots);
    free(marks->marks);
    free(marks);
}

static uint32_t *slot_of(const struct marks *marks, struct process_id id)
{
    uint64_t hash = ((uint64_t)id.pid << 32 ^ id.start) * 0x9e3779b97f4a7c15u;
    size_t slot = (size_t)(hash >> 32) & (marks->slots_room - 1);
    while (marks->slots[slot] && !process_id_equal(marks->marks[marks->slots[slot] - 1].id, id))
        slot = (slot + 1) & (marks->slots_room - 1);
    return &marks->slots[slot];
}

static void rehash(struct marks *marks, size_t room)
{
    if (room != marks->slots_room) {
        marks->slots = xreallocarray(marks->slots, room, sizeof *marks->slots);
        marks->slots_room = room;
    }
    memset(marks->slots, 0, room * sizeof *marks->slots);
    for (size_t i = 0; i < marks->count; i++)
        *slot_of(marks, marks->marks[i].id) = (uint32_t)i + 1;
}

static struct mark *find_mark(const struct marks *marks, struct process_id id)
{
    uint32_t number = marks->slots_room ? *slot_of(marks, id) : 0;
    return number ? &marks->marks[number - 1] : NULL;
}

static struct mark *take_mark(struct marks *marks, struct process_id id)
{
    struct mark *mark = find_mark(marks, id);
    if (mark)
        return mark;
    if ((marks->count + 1) * 2 > marks->slots_room)
        rehash(marks, marks->slots_room ? marks->slots_room * 2 : FEWEST_SLOTS);
    marks->marks = grow(marks->marks, &marks->room, marks->count + 1, sizeof *marks->marks);
    mark = &marks->marks[marks->count++];
    *mark = (struct mark){ .id = id };
    *slot_of(marks, id) = (uint32_t)marks->count;
    return mark;
}

static void add_ghost(struct marks *marks, const struct event *adopted, int64_t until)
{
    if (marks->ghost_count ==
        GHOSTS_MOST) { /* the older half goes: one by one, each would move all the others */
        marks->ghost_count -= GHOSTS_MOST / 2;
        memmove(marks->ghosts, marks->ghosts + GHOSTS_MOST / 2, marks->ghost_count * sizeof *marks->ghosts);
    }
    marks->ghosts = grow(marks->ghosts, &marks->ghost_room, marks->ghost_count + 1, sizeof *marks->ghosts);
    marks->ghosts[marks->ghost_count++] = (struct ghost){
        .id = adopted->id, .adopted = *adopted, .place = adopted->parent_before, .until = until
    };
}

static void add_tombstone(struct marks *marks, const struct process *process, const struct event *gone,
                          int64_t until)
{
    marks->tombstones = grow(marks->tombstones, &marks->tombstone_room, marks->tombstone_count + 1,
                             sizeof *marks->tombstones);
    struct tombstone *tombstone = &marks->tombstones[marks->tombstone_count++];
    *tombstone =
        (struct tombstone){ .process = *process, .gone = *gone, .parent = gone->parent, .until = until };
    tombstone->process.comm = xstrdup(process->comm);
    tombstone->process.cmdline = process->cmdline ? xstrdup(process->cmdline) : NULL;
    tombstone->process.tty_name = process->tty_name ? xstrdup(process->tty_name) : NULL;
    const struct mark *mark = find_mark(marks, gone->id);
    if (mark && !gone->status_known && mark->state.kind == EVENT_ZOMBIE) {
        tombstone->gone.status_known = mark->state.status_known;
        tombstone->gone.status = mark->state.status;
    }
}

static void drop_oldest_tombstones(struct marks *marks, size_t count)
{
    for (size_t i = 0; i < count; i++)
        tombstone_release(&marks->tombstones[i]);
    marks->tombstone_count -= count;
    memmove(marks->tombstones, marks->tombstones + count, marks->tombstone_count * sizeof *marks->tombstones);
}

/* Gives the newest of those that are gone their tombstones. */
static void bury(struct marks *marks, const struct sample *before, const struct event *events, size_t count,
                 int64_t until)
{
    size_t gone = 0;
    for (size_t i = 0; i < count; i++)
        gone += events[i].kind == EVENT_GONE && sample_find_id(before, events[i].id);
    size_t skipped = gone > TOMBSTONES_MOST ? gone - TOMBSTONES_MOST : 0;
    size_t total = marks->tombstone_count + gone - skipped;
    if (total > TOMBSTONES_MOST)
        drop_oldest_tombstones(marks, total - TOMBSTONES_MOST);
    for (size_t i = 0; i < count; i++) {
        const struct process *process =
            events[i].kind == EVENT_GONE ? sample_find_id(before, events[i].id) : NULL;
        if (process && skipped)
            skipped--;
        else if (process)
            add_tombstone(marks, process, &events[i], until);
    }
}

static unsigned flag_of(enum event_kind kind)
{
    static const unsigned flags[EVENT_KIND_COUNT] = {
        [EVENT_BORN] = MARK_NEW,     [EVENT_EXEC] = MARK_EXEC,       [EVENT_STATE] = MARK_STATE,
        [EVENT_RENICED] = MARK_NICE, [EVENT_ADOPTED] = MARK_ADOPTED, [EVENT_ZOMBIE] = MARK_ZOMBIE,
    };
    return flags[kind];
}

static void put_mark(struct marks *marks, const struct event *event, int64_t until, int64_t until_dead)
{
    if (event_is_routine(event))
        return;
    struct mark *mark = take_mark(marks, event->id);
    mark->flags |= flag_of(event->kind);
    mark->until = until;
    if (event->kind == EVENT_RENICED)
        mark->reniced = *event;
    if (event->kind == EVENT_STATE || event->kind == EVENT_ZOMBIE)
        mark->state = *event;
    if (event->kind == EVENT_ADOPTED) {
        mark->adopted = *event;
        add_ghost(marks, event, until_dead);
    }
}

static bool state_lasts(const struct mark *mark)
{
    bool known = mark->state.kind == EVENT_STATE || mark->state.kind == EVENT_ZOMBIE;
    return known && mark->state.state != 'R' && mark->state.state != 'S';
}

static bool shows_something(const struct mark *mark)
{
    return mark->id.pid > 0 && (mark->flags || mark->adopted.kind == EVENT_ADOPTED || state_lasts(mark));
}

static bool drop_empty_marks(struct marks *marks)
{
    size_t kept = 0;
    for (size_t i = 0; i < marks->count; i++) {
        if (!shows_something(&marks->marks[i]))
            continue;
        if (kept != i)
            marks->marks[kept] = marks->marks[i];
        kept++;
    }
    if (kept == marks->count)
        return false;
    marks->count = kept;
    rehash(marks, marks->slots_room);
    return true;
}

static int64_t end_of(int64_t now, int64_t keep)
{
    return keep ? now + keep : INT64_MAX;
}

void marks_keep_dead(struct marks *marks, int64_t keep_ns, int64_t now)
{
    marks->keep_dead = keep_ns;
    for (size_t i = 0; i < marks->tombstone_count; i++)
        marks->tombstones[i].until = end_of(now, keep_ns);
    for (size_t i = 0; i < marks->ghost_count; i++)
        marks->ghosts[i].until = end_of(now, keep_ns);
}

void marks_apply(struct marks *marks, const struct sample *before, const struct event *events, size_t count,
                 int64_t now)
{
    int64_t until = now + marks->keep, until_dead = end_of(now, marks->keep_dead);
    bool any_gone = false;
    bury(marks, before, events, count, until_dead);
    for (size_t i = 0; i < count; i++) {
        if (events[i].kind != EVENT_GONE) {
            if (events[i].id.start)
                put_mark(marks, &events[i], until, until_dead);
            continue;
        }
        struct mark *mark = find_mark(marks, events[i].id);
        if (!mark)
            continue;
        mark->flags = 0;
        mark->adopted = mark->state = (struct event){ 0 };
        any_gone = true;
    }
    if (any_gone)
        drop_empty_marks(marks);
}

static bool expire_tombstones(struct marks *marks, int64_t now)
{
    size_t kept = 0, count = marks->tombstone_count;
    for (size_t i = 0; i < count; i++) {
        if (marks->tombstones[i].until <= now)
            tombstone_release(&marks->tombstones[i]);
        else
            marks->tombstones[kept++] = marks->tombstones[i];
    }
    marks->tombstone_count = kept;
    return kept != count;
}

static bool expire_ghosts(struct marks *marks, int64_t now)
{
    size_t kept = 0, count = marks->ghost_count;
    for (size_t i = 0; i < count; i++)
        if (marks->ghosts[i].until > now)
            marks->ghosts[kept++] = marks->ghosts[i];
    marks->ghost_count = kept;
    return kept != count;
}

bool marks_expire(struct marks *marks, int64_t now)
{
    bool any = expire_tombstones(marks, now);
    any |= expire_ghosts(marks, now);
    for (size_t i = 0; i < marks->count; i++) {
        struct mark *mark = &marks->marks[i];
        if (mark->until > now || !(mark->flags & ~lasting_flags))
            continue;
        mark->flags &= lasting_flags;
        mark->reniced = (struct event){ 0 };
        any = true;
    }
    if (any)
        drop_empty_marks(marks);
    return any;
}

const struct mark *marks_of(const struct marks *marks, struct process_id id)
{
    return find_mark(marks, id);
}

const struct tombstone *marks_tombstones(const struct marks *marks, size_t *ret_count)
{
    *ret_count = marks->tombstone_count;
    return marks->tombstones;
}

const struct ghost *marks_ghosts(const struct marks *marks, size_t *ret_count)
{
    *ret_count = marks->ghost_count;
    return marks->ghosts;
}

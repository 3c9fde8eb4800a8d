#include "model/tree_nodes.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

static uint32_t *head_of(const struct tree_work *work, pid_t pid)
{
    uint32_t hash = (uint32_t)pid * 0x9e3779b1u;
    return &work->heads[(hash >> 7) & (work->heads_room - 1)];
}

static void make_room(struct tree_work *work, size_t count)
{
    work->nodes = grow(work->nodes, &work->room, count, sizeof *work->nodes);
    size_t room = work->index_room;
    work->sorted = grow(work->sorted, &room, count + 2, sizeof *work->sorted);
    if (room != work->index_room) {
        work->below = xreallocarray(work->below, room, sizeof *work->below);
        work->first = xreallocarray(work->first, room, sizeof *work->first);
        work->pending = xreallocarray(work->pending, room, sizeof *work->pending);
        work->index_room = room;
    }
    if (work->heads_room < count || !work->heads) {
        size_t heads = work->heads_room ? work->heads_room : 64;
        while (heads < count)
            heads *= 2;
        work->heads = xreallocarray(work->heads, heads, sizeof *work->heads);
        work->heads_room = heads;
    }
    memset(work->heads, 0xff, work->heads_room * sizeof *work->heads);
}

static void add_node(struct tree_work *work, const struct tree_node *node)
{
    struct tree_node *added = &work->nodes[work->count];
    *added = *node;
    added->parent = added->next = NO_NODE;
    added->row = TREE_NO_ROW;
    if (node->kind != TREE_GHOST) {
        uint32_t *head = head_of(work, node->process->id.pid);
        added->next = *head;
        *head = (uint32_t)work->count;
    }
    work->count++;
}

uint32_t tree_nodes_find(const struct tree_work *work, struct process_id id)
{
    if (!work->heads_room)
        return NO_NODE;
    uint32_t at = *head_of(work, id.pid);
    while (at != NO_NODE && !process_id_equal(work->nodes[at].process->id, id))
        at = work->nodes[at].next;
    return at;
}

/* A node of this kind with this pid that is not younger than `born` and not `self`. */
static uint32_t find_pid(const struct tree_work *work, pid_t pid, enum tree_row_kind kind,
                         unsigned long long born, uint32_t self)
{
    if (pid <= 0)
        return NO_NODE;
    for (uint32_t at = *head_of(work, pid); at != NO_NODE; at = work->nodes[at].next) {
        const struct tree_node *node = &work->nodes[at];
        if (node->kind == kind && node->process->id.pid == pid && node->process->id.start <= born &&
            at != self)
            return at;
    }
    return NO_NODE;
}

/* The parent of what is gone is a pid of some while ago: whoever has it now may be younger than the child
 * was. */
static uint32_t former_parent(const struct tree_work *work, pid_t pid, uint32_t self)
{
    unsigned long long born = work->nodes[self].process->id.start;
    uint32_t parent = find_pid(work, pid, TREE_LIVE, born, self);
    return parent != NO_NODE ? parent : find_pid(work, pid, TREE_TOMBSTONE, born, self);
}

static uint32_t parent_of(const struct tree_work *work, uint32_t self)
{
    const struct tree_node *node = &work->nodes[self];
    switch (node->kind) {
    case TREE_LIVE:
        return find_pid(work, node->process->ppid, TREE_LIVE, ~0ull, self);
    case TREE_THREAD:
        return find_pid(work, node->process->tgid, TREE_LIVE, ~0ull, self);
    case TREE_TOMBSTONE:
        return former_parent(work, node->tombstone->parent, self);
    case TREE_GHOST:
        return former_parent(work, node->ghost->place, self);
    }
    return NO_NODE;
}

/* A ghost is shown where its process still lives, and only under the parent that it left. */
static void add_ghosts(struct tree_work *work, const struct ghost *ghosts, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        uint32_t adopted = tree_nodes_find(work, ghosts[i].id);
        if (adopted == NO_NODE || work->nodes[adopted].kind != TREE_LIVE)
            continue;
        struct tree_node node = { .kind = TREE_GHOST,
                                  .process = work->nodes[adopted].process,
                                  .ghost = &ghosts[i] };
        add_node(work, &node);
        uint32_t self = (uint32_t)work->count - 1;
        if (parent_of(work, self) == NO_NODE)
            work->count--;
    }
}

void tree_nodes_make(struct tree_work *work, const struct sample *sample, const struct marks *marks,
                     enum tree_shape shape)
{
    size_t tombstone_count = 0, ghost_count = 0;
    const struct tombstone *tombstones = marks ? marks_tombstones(marks, &tombstone_count) : NULL;
    const struct ghost *ghosts = marks ? marks_ghosts(marks, &ghost_count) : NULL;
    work->count = 0;
    make_room(work, sample->count + tombstone_count + ghost_count);
    for (size_t i = 0; i < sample->count; i++) {
        const struct process *process = &sample->processes[i];
        enum tree_row_kind kind = process_is_thread(process) ? TREE_THREAD : TREE_LIVE;
        add_node(work, &(struct tree_node){ .kind = kind, .process = process });
    }
    for (size_t i = 0; i < tombstone_count; i++) {
        if (tree_nodes_find(work, tombstones[i].process.id) == NO_NODE)
            add_node(work, &(struct tree_node){ .kind = TREE_TOMBSTONE,
                                                .process = &tombstones[i].process,
                                                .tombstone = &tombstones[i] });
    }
    if (shape == TREE_SHAPE_LIST)
        return;
    add_ghosts(work, ghosts, ghost_count);
    for (uint32_t i = 0; i < work->count; i++)
        work->nodes[i].parent = parent_of(work, i);
}

/* Walks up from each node, leaving its own mark on the way. Coming to a node with the same mark again is a
 * circle; to one with an older mark, a way that is known to end. Every node is marked once. */
void tree_nodes_cut_circles(struct tree_work *work)
{
    uint32_t *mark = work->pending;
    memset(mark, 0xff, work->count * sizeof *mark);
    for (uint32_t start = 0; start < work->count; start++) {
        uint32_t at = start;
        while (mark[at] == NO_NODE) {
            mark[at] = start;
            uint32_t parent = work->nodes[at].parent;
            if (parent == NO_NODE)
                break;
            if (mark[parent] == start) {
                work->nodes[at].parent = NO_NODE;
                break;
            }
            at = parent;
        }
    }
}

struct comparison {
    const struct tree_node *nodes;
    const struct order *order;
    bool threads_first;
};

static int compare_birth(const struct process *a, const struct process *b)
{
    if (a->id.start != b->id.start)
        return a->id.start < b->id.start ? -1 : 1;
    return (a->id.pid > b->id.pid) - (a->id.pid < b->id.pid);
}

/* In a tree, threads stand before the children of their process. Equals stand in their order of birth. */
static int compare_nodes(const void *left, const void *right, void *data)
{
    const struct comparison *comparison = data;
    uint32_t number_a = *(const uint32_t *)left, number_b = *(const uint32_t *)right;
    const struct tree_node *a = &comparison->nodes[number_a], *b = &comparison->nodes[number_b];
    const struct order *order = comparison->order;
    if (comparison->threads_first && (a->kind == TREE_THREAD) != (b->kind == TREE_THREAD))
        return a->kind == TREE_THREAD ? -1 : 1;
    int result = order->compare ? order->compare(a->process, b->process, order->context)
                                : compare_birth(a->process, b->process);
    if (result)
        return order->descending ? -result : result;
    result = compare_birth(a->process, b->process);
    return result ? result : (number_a > number_b) - (number_a < number_b);
}

void tree_nodes_sort(struct tree_work *work, const struct order *order, enum tree_shape shape)
{
    struct comparison comparison = { work->nodes, order, shape == TREE_SHAPE_TREE };
    bool in_order = true;
    for (uint32_t i = 0; i < work->count; i++) {
        work->sorted[i] = i;
        if (i && in_order)
            in_order = compare_nodes(&work->sorted[i - 1], &work->sorted[i], &comparison) <= 0;
    }
    if (!in_order)
        qsort_r(work->sorted, work->count, sizeof *work->sorted, compare_nodes, &comparison);
}

#include "app/family.h"

#include "base/memory.h"

#include <stdlib.h>

/* The key for when only the pid is known: an event's parent. No process that a sample holds started at tick 0
 * but those of the boot, which have it in any case. */
static struct process_id by_pid(pid_t pid)
{
    return (struct process_id){ .pid = pid };
}

static void add(struct family *family, struct process_id id)
{
    id_set_add(&family->members, id);
    id_set_add(&family->members, by_pid(id.pid));
}

static void leave(struct family *family, struct process_id id)
{
    id_set_remove(&family->members, id);
    id_set_remove(&family->members, by_pid(id.pid));
}

static bool is_named(const struct family *family, const struct process *process)
{
    for (size_t i = 0; i < family->count; i++)
        if (operand_matches(&family->operands[i], process))
            return true;
    return false;
}

void family_release(struct family *family)
{
    id_set_release(&family->members);
}

size_t family_begin(struct family *family, const struct sample *sample)
{
    struct tree tree = { 0 };
    size_t count = 0;
    tree_build(&tree, sample, NULL, &(struct order){ 0 });
    bool *member = xcalloc(tree.count, sizeof *member);
    for (size_t i = 0; i < tree.count; i++) {
        const struct tree_row *row = &tree.rows[i];
        member[i] = is_named(family, row->process) || (row->parent != TREE_NO_ROW && member[row->parent]);
        if (member[i])
            add(family, row->process->id);
        count += member[i];
    }
    free(member);
    tree_release(&tree);
    return count;
}

bool family_concerns(struct family *family, const struct event *event, const struct sample *after)
{
    if (!family->count)
        return true;
    if (event->kind == EVENT_BORN) {
        /* PIDs were named for the processes that had them then; a user, for all that he starts */
        const struct process *process = sample_find_id(after, event->id);
        bool of_user = false;
        for (size_t i = 0; process && i < family->count; i++)
            of_user = of_user || (!family->operands[i].pid && operand_matches(&family->operands[i], process));
        if (of_user || id_set_has(&family->members, by_pid(event->parent)))
            add(family, event->id);
    }
    bool concerns = id_set_has(&family->members, event->id);
    if (concerns && event->kind == EVENT_GONE)
        leave(family, event->id);
    return concerns;
}

#include "app/lessons.h"

/* Whether it descends from an actor, or is one. */
static bool descends_from_actor(const struct live *live, const struct process *process)
{
    for (int depth = 0; process && depth < 64; depth++) {
        if (live_is_actor(live, process->id))
            return true;
        process = sample_find(&live->sample, process->ppid);
    }
    return false;
}

/* The parent of a member, which is no member itself: it has adopted it. */
static void note_adopter(struct live *live, const struct process *member)
{
    struct lessons *lessons = live->lessons;
    const struct process *parent = sample_find(&live->sample, member->ppid);
    if (parent && parent->tgid != live_self(live) && !id_set_has(&lessons->family, parent->id))
        id_set_add(&lessons->adopters, parent->id);
}

/* Who has been in the family stays in it: an orphan of a program that an actor became is no descendant any
 * more. */
void lesson_find_family(struct live *live)
{
    struct lessons *lessons = live->lessons;
    if (!live->view.only_lesson || (!live->lab && !live->replay))
        return;
    id_set_clear(&lessons->adopters);
    for (size_t i = 0; i < live->sample.count; i++) {
        const struct process *process = &live->sample.processes[i];
        if (!process_is_kernel_thread(process) && descends_from_actor(live, process))
            id_set_add(&lessons->family, process->id);
    }
    for (size_t i = 0; i < live->sample.count; i++)
        if (id_set_has(&lessons->family, live->sample.processes[i].id))
            note_adopter(live, &live->sample.processes[i]);
}

void lesson_show_family_alone(struct live *live, bool alone)
{
    if (!live->lessons)
        live->lessons = lessons_new();
    live->view.only_lesson = alone;
}

bool lesson_has(void *data, const struct process *process)
{
    const struct live *live = data;
    return process->tgid == live_self(live) || id_set_has(&live->lessons->family, process->id) ||
           id_set_has(&live->lessons->adopters, process->id);
}

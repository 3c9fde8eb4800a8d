/* The tree of what is shown, made anew whenever that has changed. */
#include "app/live.h"

#include "app/lessons.h"
#include "base/i18n.h"
#include "machine/procfile.h"

/* Processes that are gone are not taken out one by one: the sets begin anew when most of them must be. */
static void forget_containers(struct live *live)
{
    if (live->in_container.count + live->not_in_container.count < 2 * live->sample.count + 1000)
        return;
    id_set_clear(&live->in_container);
    id_set_clear(&live->not_in_container);
}

static bool in_container(void *data, const struct process *process)
{
    struct live *live = data;
    if (id_set_has(&live->in_container, process->id))
        return true;
    if (id_set_has(&live->not_in_container, process->id))
        return false;
    bool inside = false;
    if (live->rewind.past) /* its pid may be another's today */
        return false;
    procfile_in_container(process->id.pid, &inside);
    id_set_add(inside ? &live->in_container : &live->not_in_container, process->id);
    return inside;
}

/* A new actor is selected as soon as it is seen; and never later, when the reader is at something else. */
static void select_wanted(struct live *live, int height)
{
    const struct actor *wanted = live->wanted[0] ? lab_actor_by_name(live->lab, live->wanted) : NULL;
    if (!wanted || !sample_find_id(&live->sample, wanted->id))
        return;
    live->wanted[0] = '\0';
    if (tree_view_select_process(&live->view, &live->tree, wanted->id, height))
        live->view.show_children = true;
    else
        live_say(live, _("%s is there, but a filter or a mode hides it"), wanted->name);
}

/* At the start Forklore itself is selected. */
static void place_selection(struct live *live, int height)
{
    const struct process *self = sample_find(&live->sample, live_self(live));
    select_wanted(live, height);
    if (live->placed || !self)
        return;
    live->placed = tree_view_select_process(&live->view, &live->tree, self->id, height);
    /* with room below it: that is where its actors will be */
    size_t above = (size_t)height / 3;
    if (live->view.visible_count > (size_t)height)
        live->view.top = live->view.cursor > above ? live->view.cursor - above : 0;
}

static void keep_in_the_middle(struct live *live, int height)
{
    size_t above = (size_t)(height / 2);
    live->view.top = live->view.cursor > above ? live->view.cursor - above : 0;
    tree_view_select(&live->view, &live->tree, live->view.cursor, height);
}

/* A subtree whose root is gone would be empty for ever. The selection goes where it was at the start. */
static void leave_lost_subtree(struct live *live)
{
    struct process_id root = live->view.only_subtree;
    if (!root.pid || !live->sample.count || tree_find(&live->tree, root) != TREE_NO_ROW)
        return;
    live->view.only_subtree = (struct process_id){ 0 };
    live->placed = false;
    live_say(live, _("%d is gone, whose subtree was shown: all processes are shown again"), root.pid);
}

/* A lesson's tree is not scrolled. Where its rows are too many, those of processes that are gone give way. */
static void make_room_for_lesson(struct live *live, const struct order *order,
                                 const struct tree_view_facts *facts, int height)
{
    if (live->view.visible_count > (size_t)height) {
        tree_build(&live->tree, &live->sample, NULL, order);
        tree_view_update(&live->view, &live->tree, facts, height);
    }
    live->view.top = 0;
}

void live_rebuild(struct live *live)
{
    struct column_context values = { &live->sample, &live->computer, live->users };
    struct order order = { .descending = live->descending, .context = &values };
    if (live->sorted)
        order.compare = live->sorted->compare;
    struct tree_view_facts facts = { live_in_lab, in_container, lesson_has, live };
    int height = live_tree_height(live);
    if (live->view.list)
        tree_build_list(&live->tree, &live->sample, live->marks, &order);
    else
        tree_build(&live->tree, &live->sample, live->marks, &order);
    leave_lost_subtree(live);
    forget_containers(live);
    lesson_find_family(live);
    tree_view_update(&live->view, &live->tree, &facts, height);
    if (lesson_is_shown(live)) {
        make_room_for_lesson(live, &order, &facts, height);
        live_redraw(live);
        return;
    }
    place_selection(live, height);
    if (live->view.follow)
        keep_in_the_middle(live, height);
    live_redraw(live);
}

#include "lab/queue.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "lab/arguments.h"
#include "lab/command_table.h"
#include "lab/cpushare.h"
#include "lab/inquiry.h"
#include "lab/orders.h"
#include "lab/pools.h"
#include "lab/state.h"
#include "lab/term.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int find_row(const struct script_command *command, const struct command **ret,
                    struct lab_error *ret_error)
{
    enum command_by by = command->actor.text ? COMMAND_BY_ACTOR : COMMAND_BY_LAB;
    char verb[40];
    *ret = command_find(command->verb.text, by);
    if (*ret)
        return 0;
    text_clean(verb, sizeof verb, command->verb.text);
    if (by == COMMAND_BY_LAB && command_find(command->verb.text, COMMAND_BY_ACTOR))
        return script_fail(ret_error, command->line, command->verb.column,
                           _("'%s' is for an actor to do: ACTOR: %s"), verb, verb);
    if (by == COMMAND_BY_ACTOR && command_find(command->verb.text, COMMAND_BY_LAB))
        return script_fail(ret_error, command->line, command->verb.column,
                           _("'%s' is for the lab to do: it stands without 'ACTOR:'"), verb);
    return script_fail(ret_error, command->line, command->verb.column, _("there is no command '%s'"), verb);
}

bool queue_is_declared(const struct queue_names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->names[i], name) == 0)
            return true;
    return false;
}

static void declare(struct queue_names *names, const char *name)
{
    if (queue_is_declared(names, name))
        return;
    names->names = grow(names->names, &names->capacity, names->count + 1, sizeof *names->names);
    snprintf(names->names[names->count++], sizeof *names->names, "%s", name);
}

void queue_declare(struct queue *queue, const char *name)
{
    declare(&queue->things, name);
}

/* What `remember` is to read, and the name it will have. */
static int prepare_value(struct queue *queue, const struct run *run, struct lab_error *ret_error)
{
    const struct script_word *word = arguments_find(run->row, run->command, ARGUMENT_TERM);
    struct term term;
    int r = term_parse(&term, word, run->command->line, ret_error);
    if (r < 0)
        return r;
    r = term.kind == TERM_FIELD ? inquiry_check_term(&term, queue, run->command->line, ret_error)
                                : script_fail(ret_error, run->command->line, word->column,
                                              _("OBJECT.FIELD is wanted, such as a.stat"));
    term_release(&term);
    if (r == 0)
        declare(&queue->values, arguments_find(run->row, run->command, ARGUMENT_NEW_VALUE)->text);
    return r;
}

static int prepare_act(struct queue *queue, const struct run *run, struct lab_error *ret_error)
{
    int r = arguments_check(run->row, run->command, ret_error);
    const char *thing = r == 0 ? arguments_new_thing(run->row, run->command) : NULL;
    const struct script_word *pool =
        r == 0 ? arguments_find(run->row, run->command, ARGUMENT_NEW_POOL) : NULL;
    if (thing)
        queue_declare(queue, thing);
    if (pool)
        pools_declare(queue, pool->text);
    if (r == 0 && arguments_find(run->row, run->command, ARGUMENT_TERM))
        r = prepare_value(queue, run, ret_error);
    return r;
}

static int prepare(struct queue *queue, struct run *run, struct script *script, size_t index,
                   struct lab_error *ret_error)
{
    const struct script_command *command = &script->commands[index];
    *run = (struct run){ .script = script, .command = command };
    int r = find_row(command, &run->row, ret_error);
    if (r == 0 && run->row->arguments[0].kind != ARGUMENT_EXPECTATION)
        return prepare_act(queue, run, ret_error);
    if (r == 0)
        r = expectation_parse(&run->expectation, command, ret_error);
    if (r == 0)
        r = inquiry_check(run->expectation, queue, ret_error);
    return r;
}

/* The script goes with the last run of it. */
static void release_run(struct queue *queue, size_t index)
{
    struct run run = queue->runs[index];
    bool last = true;
    queue->count--;
    memmove(&queue->runs[index], &queue->runs[index + 1], (queue->count - index) * sizeof *queue->runs);
    for (size_t i = 0; i < queue->count; i++)
        last &= queue->runs[i].script != run.script;
    expectation_free(run.expectation);
    cpushare_free(run.cpushare);
    if (last)
        script_free(run.script);
}

static void insert(struct queue *queue, size_t at, const struct run *runs, size_t count)
{
    queue->runs = grow(queue->runs, &queue->capacity, queue->count + count, sizeof *queue->runs);
    memmove(&queue->runs[at + count], &queue->runs[at], (queue->count - at) * sizeof *queue->runs);
    memcpy(&queue->runs[at], runs, count * sizeof *runs);
    queue->count += count;
}

int queue_add(struct queue *queue, const char *source, bool next, struct lab_error *ret_error)
{
    struct script *script;
    int r = script_parse(&script, source, ret_error);
    if (r < 0)
        return r;
    if (script->count == 0) {
        script_free(script);
        return 0;
    }
    struct run *runs = xcalloc(script->count, sizeof *runs);
    for (size_t i = 0; r == 0 && i < script->count; i++) {
        r = prepare(queue, &runs[i], script, i, ret_error);
        runs[i].inner = next;
    }
    if (r == 0) {
        insert(queue, next && queue->count ? 1 : queue->count, runs, script->count);
    } else {
        for (size_t i = 0; i < script->count; i++)
            expectation_free(runs[i].expectation);
        script_free(script);
    }
    free(runs);
    return r;
}

static void note_done(struct queue *queue, const struct run *run)
{
    if (run->inner || queue->done_count == LAB_DONE_MAX)
        return;
    queue->done = grow(queue->done, &queue->done_capacity, queue->done_count + 1, sizeof *queue->done);
    queue->done[queue->done_count++] = xstrdup(run->command->source);
}

void queue_run(struct lab *lab)
{
    struct queue *queue = &lab->queue;
    while (queue->count) {
        /* A function may add commands and so move the array: it works on a copy. */
        struct run run = queue->runs[0];
        if (!run.since)
            run.since = clock_now();
        size_t failures = lab->failures;
        enum progress progress = run.row->run ? run.row->run(lab, &run) : order_plain(lab, &run);
        queue->runs[0] = run;
        if (progress == RUN_AGAIN)
            return;
        if (lab->failures == failures) /* it was neither refused nor an expectation that is not met */
            note_done(queue, &run);
        release_run(queue, 0);
    }
}

void queue_drop_rest(struct queue *queue, const struct run *run)
{
    for (size_t i = queue->count; i-- > 1;)
        if (queue->runs[i].script == run->script)
            release_run(queue, i);
}

void queue_release(struct queue *queue)
{
    while (queue->count)
        release_run(queue, queue->count - 1);
    for (size_t i = 0; i < queue->done_count; i++)
        free(queue->done[i]);
    free(queue->done);
    free(queue->runs);
    free(queue->things.names);
    free(queue->values.names);
    *queue = (struct queue){ 0 };
}

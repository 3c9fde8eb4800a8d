#include "lab/pools.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "lab/arguments.h"
#include "lab/command_table.h"
#include "lab/members.h"
#include "lab/orders.h"
#include "lab/reports.h"
#include "lab/state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* So many tasks go into the two queues and the hands of one worker before anybody takes a result: with more,
 * all would wait for each other. */
enum { MAP_MAX = 20 };

static const char *word(const struct run *run, size_t index)
{
    return run->command->args[index].text;
}

static const char *name_of(const struct run *run, enum argument_kind kind)
{
    return arguments_find(run->row, run->command, kind)->text;
}

void pools_release(struct pools *pools)
{
    free(pools->all);
    *pools = (struct pools){ 0 };
}

void pools_declare(struct queue *queue, const char *name)
{
    static const char *const ends[] = { "", PROTOCOL_POOL_TASKS, PROTOCOL_POOL_RESULTS };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        char thing[THING_NAME_SIZE];
        snprintf(thing, sizeof thing, "%.13s%s", name, ends[i]);
        queue_declare(queue, thing);
    }
}

static struct pool *find(struct lab *lab, struct process_id owner, const char *name)
{
    for (size_t i = 0; i < lab->pools.count; i++)
        if (process_id_equal(lab->pools.all[i].owner, owner) && strcmp(lab->pools.all[i].name, name) == 0)
            return &lab->pools.all[i];
    return NULL;
}

/* The actor that is to do it. NULL: refused. */
static struct member *find_owner(struct lab *lab, const struct run *run)
{
    struct member *owner = member_by_name(lab, run->command->actor.text);
    if (!owner)
        report_refused(lab, run, _("there is no actor '%s'"), run->command->actor.text);
    return owner;
}

/* NULL: refused. */
static struct pool *find_pool(struct lab *lab, const struct run *run)
{
    const struct member *owner = find_owner(lab, run);
    struct pool *pool = owner ? find(lab, owner->actor.id, word(run, 0)) : NULL;
    if (owner && !pool)
        report_refused(lab, run, _("%s has no pool '%s'"), owner->actor.name, word(run, 0));
    return pool;
}

static struct pool *find_open_pool(struct lab *lab, const struct run *run)
{
    struct pool *pool = find_pool(lab, run);
    if (!pool || !pool->closed)
        return pool;
    report_refused(lab, run, _("the pool is closed: it takes no more tasks"));
    return NULL;
}

/* The commands come right behind the one under way. */
static enum progress go_on_with(struct lab *lab, const struct run *run, char *commands)
{
    struct lab_error error;
    if (queue_add(&lab->queue, commands, true, &error) < 0)
        report_refused(lab, run, "%s", error.text);
    free(commands);
    return RUN_DONE;
}

static void print_task(FILE *out, const struct run *run, struct pool *pool, const char *function,
                       const char *number)
{
    fprintf(out, "%s: put %s" PROTOCOL_POOL_TASKS " \"%ld ", run->command->actor.text, pool->name,
            pool->tasks++);
    script_print_quoted(out, function);
    fputc(' ', out);
    script_print_quoted(out, number);
    fputs("\"\n", out);
}

static void remember(struct lab *lab, const struct pool *pool)
{
    struct pools *pools = &lab->pools;
    struct pool *old = find(lab, pool->owner, pool->name);
    if (!old) {
        pools->all = grow(pools->all, &pools->capacity, pools->count + 1, sizeof *pools->all);
        old = &pools->all[pools->count++];
    }
    *old = *pool;
}

static bool workers_are_free(struct lab *lab, const struct run *run, const struct pool *pool)
{
    for (long i = 1; i <= pool->workers; i++) {
        char name[40];
        snprintf(name, sizeof name, "%s%ld", pool->name, i);
        if (!member_by_name(lab, name))
            continue;
        report_refused(lab, run, _("there is an actor '%s' already"), name);
        return false;
    }
    return true;
}

/* Without its queues it never came to be. */
static bool is_running(const struct member *owner, const struct pool *pool)
{
    char tasks[THING_NAME_SIZE];
    if (!pool || pool->closed)
        return false;
    snprintf(tasks, sizeof tasks, "%.13s" PROTOCOL_POOL_TASKS, pool->name);
    return things_find(&owner->things, tasks) != NULL;
}

enum progress verb_pool(struct lab *lab, struct run *run)
{
    const struct member *owner = find_owner(lab, run);
    struct pool pool = { .workers = arguments_number(&run->command->args[1]) };
    char *commands = NULL;
    size_t size;
    if (!owner)
        return RUN_DONE;
    snprintf(pool.name, sizeof pool.name, "%s", name_of(run, ARGUMENT_NEW_POOL));
    pool.owner = owner->actor.id;
    if (is_running(owner, find(lab, pool.owner, pool.name)))
        return report_refused(lab, run, _("%s has a pool '%s' already"), owner->actor.name, pool.name);
    if (!workers_are_free(lab, run, &pool))
        return RUN_DONE;
    remember(lab, &pool);
    FILE *out = open_memstream(&commands, &size);
    fprintf(out, "%s: mq %s" PROTOCOL_POOL_TASKS "\n%s: mq %s" PROTOCOL_POOL_RESULTS "\n", owner->actor.name,
            pool.name, owner->actor.name, pool.name);
    for (long i = 1; i <= pool.workers; i++)
        fprintf(out, "%s: fork %s%ld\n%s%ld: worker %s" PROTOCOL_POOL_TASKS " %s" PROTOCOL_POOL_RESULTS "\n",
                owner->actor.name, pool.name, i, pool.name, i, pool.name, pool.name);
    fclose(out);
    return go_on_with(lab, run, commands);
}

static enum progress start_task(struct lab *lab, struct run *run, bool wait)
{
    struct pool *pool = find_open_pool(lab, run);
    char *commands = NULL;
    size_t size;
    if (!pool)
        return RUN_DONE;
    FILE *out = open_memstream(&commands, &size);
    print_task(out, run, pool, word(run, 1), word(run, 2));
    if (wait)
        fprintf(out, "%s: result %s\n", run->command->actor.text, pool->name);
    fclose(out);
    return go_on_with(lab, run, commands);
}

enum progress verb_apply(struct lab *lab, struct run *run)
{
    return start_task(lab, run, true);
}

enum progress verb_apply_async(struct lab *lab, struct run *run)
{
    return start_task(lab, run, false);
}

static long count_numbers(const char *list)
{
    long count = strspn(list, "[ ]") < strlen(list);
    for (; *list; list++)
        count += *list == ',';
    return count;
}

/* Puts a task for each number of "[1, 2, 3]". */
static void print_tasks(FILE *out, const struct run *run, struct pool *pool)
{
    const char *at = word(run, 2) + 1;
    while (*at && *at != ']') {
        char number[24];
        at += strspn(at, " ");
        size_t length = strcspn(at, ",]");
        snprintf(number, sizeof number, "%.*s", (int)length, at);
        print_task(out, run, pool, word(run, 1), number);
        at += length + (at[length] == ',');
    }
}

enum progress verb_map(struct lab *lab, struct run *run)
{
    struct pool *pool = find_open_pool(lab, run);
    long count = count_numbers(word(run, 2));
    char *commands = NULL;
    size_t size;
    if (!pool)
        return RUN_DONE;
    if (count < 1 || count > MAP_MAX)
        return report_refused(lab, run,
                              _("1 to %d numbers: with more, the pool and %s would wait for each other"),
                              MAP_MAX, run->command->actor.text);
    FILE *out = open_memstream(&commands, &size);
    print_tasks(out, run, pool);
    fprintf(out, "%s: result %s count=%ld\n", run->command->actor.text, pool->name, count);
    fclose(out);
    return go_on_with(lab, run, commands);
}

enum progress verb_result(struct lab *lab, struct run *run)
{
    return run->started || find_pool(lab, run) ? order_plain(lab, run) : RUN_DONE;
}

enum progress verb_pool_close(struct lab *lab, struct run *run)
{
    struct pool *pool = find_open_pool(lab, run);
    char *commands = NULL;
    size_t size;
    if (!pool)
        return RUN_DONE;
    pool->closed = true;
    FILE *out = open_memstream(&commands, &size);
    for (long i = 0; i < pool->workers; i++)
        fprintf(out, "%s: put %s" PROTOCOL_POOL_TASKS " stop\n", run->command->actor.text, pool->name);
    fclose(out);
    return go_on_with(lab, run, commands);
}

/* As multiprocessing.Pool.join(): ValueError before close(). */
enum progress verb_pool_join(struct lab *lab, struct run *run)
{
    const struct pool *pool = find_pool(lab, run);
    char *commands = NULL;
    size_t size;
    if (!pool)
        return RUN_DONE;
    if (!pool->closed)
        return report_refused(lab, run, _("the pool is still running: pool_close comes first"));
    FILE *out = open_memstream(&commands, &size);
    for (long i = 1; i <= pool->workers; i++)
        fprintf(out, "%s: waitpid %s%ld\n", run->command->actor.text, pool->name, i);
    fclose(out);
    return go_on_with(lab, run, commands);
}

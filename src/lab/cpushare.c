#include "lab/cpushare.h"

#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "lab/arguments.h"
#include "lab/members.h"
#include "lab/reports.h"
#include "lab/verbs.h"
#include "machine/procfile.h"
#include "machine/schedstat.h"
#include "machine/scheduling.h"
#include "model/weight.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CPU_TEXT_SIZE = 40, NAME_WIDTH = 15, CPU_WIDTH = 10 };

/* One actor: what was counted when it began, and as it was when it was last seen alive. */
struct measured {
    char name[16];
    struct process_id id;
    struct schedstat first, last;
    int64_t begun, seen;    /* clock_now() of both */
    struct process process; /* without its texts */
    int only_cpu;           /* -1: it may use several */
    long autogroup;         /* -1: not known */
    bool ended;
    bool always_ready; /* each look found it in R */
    unsigned weight;
    int64_t ran, waited; /* ns */
    double share;        /* percent; < 0: nobody got anything */
};

struct cpushare {
    int64_t span, begun, next;
    size_t count;
    struct measured all[];
};

void cpushare_free(struct cpushare *share)
{
    free(share);
}

/* What cannot be read any more stays as it was seen last. */
static int look(struct measured *one)
{
    struct process_storage storage;
    struct process process;
    struct schedstat counted;
    if (one->ended)
        return 0;
    int r = procfile_read_exactly(one->id, &process, &storage);
    if (r == 0)
        r = schedstat_read(one->id.pid, &counted);
    if (r < 0)
        return r;
    one->seen = clock_now();
    one->last = counted;
    one->ended = process.state == 'Z' && process.threads <= 1;
    if (one->ended)
        return 0;
    one->process = process;
    one->process.comm = NULL;
    one->always_ready &= process.state == 'R';
    if (scheduling_only_cpu(one->id.pid, &one->only_cpu) < 0)
        one->only_cpu = -1;
    if (scheduling_autogroup(one->id.pid, &one->autogroup) < 0)
        one->autogroup = -1;
    return 0;
}

static enum progress refuse(struct lab *lab, const struct run *run, const char *name, int error)
{
    if (error == -ENOENT)
        return report_refused(lab, run, _("this kernel does not count it: it was built without SCHED_INFO"));
    return report_refused(lab, run, "%s: %s: %s", name, error_name(error), error_words(error));
}

/* All words but `for T` are actors. 0, or -1 when it was refused. */
static int begin_all(struct lab *lab, const struct run *run, struct cpushare *share)
{
    const struct script_word *span = arguments_find(run->row, run->command, ARGUMENT_SPAN);
    for (size_t i = 0; i < run->command->arg_count; i++) {
        const struct script_word *word = &run->command->args[i];
        if (word == span || word + 1 == span)
            continue;
        struct member *member = member_by_name(lab, word->text);
        if (!member || !member_is_living(member)) {
            report_refused(lab, run, member ? _("%s has ended") : _("there is no actor '%s'"), word->text);
            return -1;
        }
        struct measured *one = &share->all[share->count++];
        *one = (struct measured){ .id = member->actor.id, .always_ready = true };
        snprintf(one->name, sizeof one->name, "%s", member->actor.name);
        member->ordered = clock_now();
        int r = look(one);
        if (r < 0) {
            refuse(lab, run, one->name, r);
            return -1;
        }
        one->first = one->last;
        one->begun = one->seen;
    }
    return 0;
}

static bool is_named_twice(const struct cpushare *share)
{
    for (size_t i = 0; i < share->count; i++)
        for (size_t j = 0; j < i; j++)
            if (process_id_equal(share->all[i].id, share->all[j].id))
                return true;
    return false;
}

static enum progress begin(struct lab *lab, struct run *run)
{
    const struct script_word *span = arguments_find(run->row, run->command, ARGUMENT_SPAN);
    struct cpushare *share = xcalloc(1, sizeof *share + run->command->arg_count * sizeof share->all[0]);
    clock_parse_span(span->text, &share->span);
    share->begun = clock_now();
    if (begin_all(lab, run, share) < 0) {
        cpushare_free(share);
        return RUN_DONE;
    }
    if (is_named_twice(share)) {
        cpushare_free(share);
        return report_refused(lab, run, _("an actor is named twice"));
    }
    run->cpushare = share;
    return RUN_AGAIN;
}

/* What has grown, of sums over threads, which grow less when one of them has ended. */
static int64_t growth(int64_t first, int64_t last)
{
    return last > first ? last - first : 0;
}

/* The kernel adds a wait when it is over, so that of one that never gets the CPU would be missing: what was
 * ready at every look waited whenever it did not run. */
static void reckon(struct cpushare *share)
{
    int64_t sum = 0;
    for (size_t i = 0; i < share->count; i++) {
        struct measured *one = &share->all[i];
        int64_t elapsed = one->seen - one->begun;
        one->ran = growth(one->first.ran, one->last.ran);
        one->waited = growth(one->first.delayed, one->last.delayed);
        if (one->always_ready && one->process.threads == 1 && elapsed - one->ran > one->waited)
            one->waited = elapsed - one->ran;
        one->weight = weight_of(one->process.policy, one->process.nice);
        sum += one->ran;
    }
    for (size_t i = 0; i < share->count; i++)
        share->all[i].share = sum ? 100 * (double)share->all[i].ran / (double)sum : -1;
}

/* Within one autogroup; without autogroups, all are. Their number is another for each session. */
static bool share_a_group(const struct cpushare *share)
{
    const struct measured *first = &share->all[0];
    for (size_t i = 1; i < share->count; i++) {
        const struct measured *one = &share->all[i];
        bool known = one->autogroup >= 0 && first->autogroup >= 0;
        if (known ? one->autogroup != first->autogroup : one->process.session != first->process.session)
            return false;
    }
    return true;
}

/* Why the weights say nothing about these; NULL: they do. */
static const char *why_not(const struct cpushare *share, bool grouped, char *text, size_t size)
{
    for (size_t i = 0; i < share->count; i++) {
        const struct measured *one = &share->all[i];
        const char *why = NULL;
        if (one->ended)
            why = _("it has ended");
        else if (!one->weight)
            why = _("its policy does not share by weight");
        else if (one->only_cpu < 0)
            why = _("it may run on several CPUs; 'cpu N' gives it one");
        else if (one->process.threads > 1)
            why = _("it has several threads");
        else if (!one->always_ready)
            why = _("it did not want the CPU all the time");
        if (why) {
            snprintf(text, size, _("%s: %s"), one->name, why);
            return text;
        }
        if (one->only_cpu != share->all[0].only_cpu)
            return _("they are on different CPUs");
    }
    return grouped ? NULL : _("they are in different sessions, which the kernel schedules as groups");
}

static void write_cpu(char *text, const struct measured *one)
{
    if (one->only_cpu >= 0)
        snprintf(text, CPU_TEXT_SIZE, _("%d only"), one->only_cpu);
    else
        snprintf(text, CPU_TEXT_SIZE, _("%d last"), one->process.processor);
}

static void put_cell(FILE *out, const char *text, int width)
{
    int pad = width - text_width(text);
    fprintf(out, "%s%*s", text, pad > 0 ? pad : 0, "");
}

static void write_percent(FILE *out, double percent)
{
    if (percent < 0)
        fprintf(out, " %9s", "-");
    else
        fprintf(out, " %9.1f", percent);
}

static void write_row(FILE *out, const struct measured *one, double predicted)
{
    char cpu[CPU_TEXT_SIZE];
    write_cpu(cpu, one);
    put_cell(out, one->name, NAME_WIDTH);
    fprintf(out, " %7d %3d ", (int)one->id.pid, one->process.nice);
    put_cell(out, cpu, CPU_WIDTH);
    fprintf(out, " %9.1f %9.1f", (double)one->ran / NS_PER_MS, (double)one->waited / NS_PER_MS);
    write_percent(out, one->share);
    write_percent(out, predicted);
    fprintf(out, "%s\n", one->ended ? _("  ended meanwhile") : "");
}

static void write_table(FILE *out, const struct cpushare *share)
{
    char why[160];
    bool grouped = !scheduling_has_autogroups() || scheduling_in_cpu_cgroup(getpid()) || share_a_group(share);
    const char *none = why_not(share, grouped, why, sizeof why);
    unsigned *weights = xcalloc(share->count, sizeof *weights);
    for (size_t i = 0; i < share->count; i++)
        weights[i] = share->all[i].weight;
    put_cell(out, "NAME", NAME_WIDTH);
    fprintf(out, " %7s %3s ", "PID", "NI");
    put_cell(out, "CPU", CPU_WIDTH);
    fprintf(out, " %9s %9s %9s %9s\n", "RAN ms", "READY ms", "SHARE %", "BY WEIGHT");
    for (size_t i = 0; i < share->count; i++)
        write_row(out, &share->all[i], none ? -1 : weight_share(weights, share->count, i));
    if (none)
        fprintf(out, _("No share by weight: %s.\n"), none);
    if (!grouped)
        fprintf(out, "%s\n",
                _("Autogroup is on (kernel.sched_autogroup_enabled): a nice value counts within a session "
                  "and hardly between sessions."));
    free(weights);
}

static enum progress finish(struct lab *lab, const struct run *run)
{
    char *text = NULL;
    size_t size;
    struct cpushare *share = run->cpushare;
    reckon(share);
    for (size_t i = 0; i < share->count; i++) {
        struct member *member = member_by_id(lab, share->all[i].id);
        if (member)
            member->share = share->all[i].share;
    }
    FILE *out = open_memstream(&text, &size);
    if (!out)
        return RUN_DONE;
    write_table(out, share);
    fclose(out);
    report_send(lab, NULL, (struct lab_report){ .kind = LAB_REPORT_TEXT, .text = text });
    free(text);
    return RUN_DONE;
}

enum progress verb_cpushare(struct lab *lab, struct run *run)
{
    if (!run->cpushare)
        return begin(lab, run);
    struct cpushare *share = run->cpushare;
    int64_t now = clock_now();
    if (now < share->next)
        return RUN_AGAIN;
    share->next = now + LAB_TICK_MS * NS_PER_MS;
    bool alive = false;
    for (size_t i = 0; i < share->count; i++) {
        if (look(&share->all[i]) < 0)
            share->all[i].ended = true;
        alive |= !share->all[i].ended;
    }
    return !alive || now - share->begun >= share->span ? finish(lab, run) : RUN_AGAIN;
}

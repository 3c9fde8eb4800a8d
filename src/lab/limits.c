#include "lab/limits.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "lab/members.h"
#include "lab/reports.h"
#include "lab/verbs.h"
#include "machine/control.h"
#include "machine/procfile.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A process cannot raise its hard limit, and none of its children can. */
static unsigned lower_cpu_limit(unsigned seconds)
{
    struct rlimit own;
    if (getrlimit(RLIMIT_CPU, &own) == 0 && own.rlim_max < seconds)
        return (unsigned)own.rlim_max;
    return seconds;
}

struct lab_limits limits_in_force(const struct lab_limits *wanted)
{
    struct lab_limits limits = *wanted;
    if (!limits.actors)
        limits.actors = LAB_ACTORS_DEFAULT;
    if (limits.actors > LAB_ACTORS_MAX)
        limits.actors = LAB_ACTORS_MAX;
    if (!limits.spinners)
        limits.spinners = LAB_SPINNERS_DEFAULT;
    limits.cpu_seconds = lower_cpu_limit(limits.cpu_seconds ? limits.cpu_seconds : LAB_CPU_SECONDS_DEFAULT);
    if (!limits.lifetime)
        limits.lifetime = LAB_LIFETIME_DEFAULT;
    return limits;
}

/* *ret_one, unless NULL, is one of them. */
static unsigned count_spinners(const struct lab *lab, const struct member **ret_one)
{
    unsigned count = 0;
    for (size_t i = 0; i < lab->member_count; i++) {
        const struct member *member = lab->members[i];
        if (!member->order.spins || !member_is_living(member))
            continue;
        count++;
        if (ret_one)
            *ret_one = member;
    }
    return count;
}

bool limits_allow_spinning(struct lab *lab, const struct run *run)
{
    const struct member *one = NULL;
    unsigned count = count_spinners(lab, &one);
    if (count < lab->limits.spinners)
        return true;
    report_refused(lab, run, _("%u actors use the CPU already, and more may not: 'interrupt %s' stops one"),
                   count, one ? one->actor.name : "");
    return false;
}

/* Its parent, or the lab, still asks how it ended. */
static void end_forgotten(struct lab *lab, struct member *member)
{
    char call[48], words[128], span[64];
    int r = control_signal(member->actor.id, SIGKILL);
    snprintf(call, sizeof call, "kill(%d, SIGKILL)", (int)member->actor.id.pid);
    snprintf(words, sizeof words, _("%s was forgotten: nobody gave it an order for %s"), member->actor.name,
             clock_format_span(span, sizeof span, lab->limits.lifetime));
    report_call(lab, NULL,
                (struct call_result){
                    .call = call, .value = r < 0 ? -1 : 0, .error = -r, .words = r == 0 ? words : NULL });
    member->ordered = clock_now();
}

/* One that is only just starting is not. */
static bool may_be_forgotten(const struct member *member)
{
    return member_is_living(member) && member->actor.state != ACTOR_STARTING;
}

void limits_end_forgotten(struct lab *lab)
{
    int64_t now = clock_now();
    for (size_t i = 0; i < lab->member_count; i++)
        if (may_be_forgotten(lab->members[i]) && now - lab->members[i]->ordered >= lab->limits.lifetime)
            end_forgotten(lab, lab->members[i]);
}

long limits_next_ms(const struct lab *lab)
{
    int64_t now = clock_now(), next = INT64_MAX;
    for (size_t i = 0; i < lab->member_count; i++) {
        int64_t left = lab->members[i]->ordered + lab->limits.lifetime - now;
        if (may_be_forgotten(lab->members[i]) && left < next)
            next = left;
    }
    if (next == INT64_MAX)
        return 0;
    return next < NS_PER_MS ? 1 : (long)(next / NS_PER_MS) + 1;
}

/* The kernel compares the time that it has sampled tick by tick (kernel/time/posix-cpu-timers.c); what a
 * zombie keeps and /proc shows was put right by the exact run time, and may be less by far when the limit is
 * short. */
bool limits_cpu_time_matters(const struct lab *lab, const struct member *member, double *ret_seconds)
{
    struct process_storage storage;
    struct process process;
    const struct actor *actor = &member->actor;
    if (!actor->status_known || actor->status != SIGKILL ||
        procfile_read_exactly(actor->id, &process, &storage) < 0)
        return false;
    double used = (double)process.ticks / (double)sysconf(_SC_CLK_TCK);
    if (used < lab->limits.cpu_seconds / 2.0)
        return false;
    *ret_seconds = used;
    return true;
}

static void put_number(FILE *out, const char *number)
{
    int pad = 10 - text_width(number);
    fprintf(out, "%*s%s  ", pad > 0 ? pad : 0, "", number);
}

static void write_processes(FILE *out)
{
    struct rlimit processes;
    if (getrlimit(RLIMIT_NPROC, &processes) < 0)
        return;
    if (processes.rlim_cur == RLIM_INFINITY)
        fprintf(out, "%10s  %s\n", "-", _("processes of this user at a time: no limit (RLIMIT_NPROC)"));
    else
        fprintf(out, "%10llu  %s\n", (unsigned long long)processes.rlim_cur,
                _("processes of this user at a time (RLIMIT_NPROC; root is free of it)"));
}

enum progress verb_limits(struct lab *lab, struct run *run)
{
    const struct lab_limits *limits = &lab->limits;
    char *text = NULL, span[64];
    size_t size;
    FILE *out = open_memstream(&text, &size);
    (void)run;
    if (!out)
        return RUN_DONE;
    fprintf(out, "%10u  ", limits->actors);
    fprintf(out, _("actors at a time, until they are reaped; now %zu\n"), member_count_present(lab));
    fprintf(out, "%10u  ", limits->spinners);
    fprintf(out, _("told to use the CPU at a time; now %u\n"), count_spinners(lab, NULL));
    fprintf(out, "%8u s  %s\n", limits->cpu_seconds, _("CPU time of one process (RLIMIT_CPU), then SIGKILL"));
    put_number(out, clock_format_span(span, sizeof span, limits->lifetime));
    fprintf(out, "%s\n", _("until an actor that nobody gives an order to is ended"));
    write_processes(out);
    fclose(out);
    report_send(lab, NULL, (struct lab_report){ .kind = LAB_REPORT_TEXT, .text = text });
    free(text);
    return RUN_DONE;
}

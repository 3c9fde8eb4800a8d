#include "model/column_values.h"

#include "base/clock.h"
#include "base/text.h"
#include "model/stat_code.h"

#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <time.h>

void format_pid(char *text, size_t size, const struct process *process, const struct column_context *context)
{
    (void)context;
    snprintf(text, size, "%d", process->id.pid);
}

void format_ppid(char *text, size_t size, const struct process *process, const struct column_context *context)
{
    (void)context;
    snprintf(text, size, "%d", process->ppid);
}

void format_stat(char *text, size_t size, const struct process *process, const struct column_context *context)
{
    (void)context;
    char code[STAT_CODE_SIZE];
    snprintf(text, size, "%s", stat_code(code, process));
}

/* ps prints a nice value only where it has an effect: pr_nice() in procps' src/ps/output.c. */
void format_ni(char *text, size_t size, const struct process *process, const struct column_context *context)
{
    (void)context;
    if (column_has_nice(process))
        snprintf(text, size, "%d", process->nice);
    else
        snprintf(text, size, "-");
}

void format_pri(char *text, size_t size, const struct process *process, const struct column_context *context)
{
    (void)context;
    snprintf(text, size, "%d", column_pri(process));
}

void format_user(char *text, size_t size, const struct process *process, const struct column_context *context)
{
    text_clean(text, size, users_name(context->users, process->euid));
}

void format_pgid(char *text, size_t size, const struct process *process, const struct column_context *context)
{
    (void)context;
    snprintf(text, size, "%d", process->pgrp);
}

void format_sid(char *text, size_t size, const struct process *process, const struct column_context *context)
{
    (void)context;
    snprintf(text, size, "%d", process->session);
}

void format_tpgid(char *text, size_t size, const struct process *process,
                  const struct column_context *context)
{
    (void)context;
    snprintf(text, size, "%d", process->tpgid);
}

void format_tty(char *text, size_t size, const struct process *process, const struct column_context *context)
{
    (void)context;
    unsigned major_number = major((unsigned)process->tty), minor_number = minor((unsigned)process->tty);
    if (process->tty_name)
        text_clean(text, size, process->tty_name);
    else if (!process->tty)
        snprintf(text, size, "?");
    else if (major_number >= 136 && major_number <= 143) /* Documentation/admin-guide/devices.txt */
        snprintf(text, size, "pts/%u", (major_number - 136) * 256 + minor_number);
    else if (major_number == 4 && minor_number < 64)
        snprintf(text, size, "tty%u", minor_number);
    else if (major_number == 4)
        snprintf(text, size, "ttyS%u", minor_number - 64);
    else if (major_number == 5 && minor_number == 1)
        snprintf(text, size, "console");
    else
        snprintf(text, size, "%u:%u", major_number, minor_number);
}

void format_thr(char *text, size_t size, const struct process *process, const struct column_context *context)
{
    (void)context;
    snprintf(text, size, "%d", process->threads);
}

void format_pcpu(char *text, size_t size, const struct process *process, const struct column_context *context)
{
    double share = column_cpu_share(process, context);
    if (share < 0)
        snprintf(text, size, "?");
    else
        snprintf(text, size, "%.1f", 100 * share);
}

/* [DD-]HH:MM:SS, as ps's TIME. */
void format_time(char *text, size_t size, const struct process *process, const struct column_context *context)
{
    unsigned long long seconds = process->ticks / (unsigned long long)context->computer->ticks_per_second;
    unsigned long long days = seconds / 86400;
    unsigned hours = seconds / 3600 % 24, minutes = seconds / 60 % 60, rest = seconds % 60;
    if (days)
        snprintf(text, size, "%llu-%02u:%02u:%02u", days, hours, minutes, rest);
    else
        snprintf(text, size, "%02u:%02u:%02u", hours, minutes, rest);
}

void format_rss(char *text, size_t size, const struct process *process, const struct column_context *context)
{
    (void)context;
    snprintf(text, size, "%lu", process->rss_kib);
}

/* The time of the day, or the day when that was more than 24 hours ago, as ps's START. */
void format_start(char *text, size_t size, const struct process *process,
                  const struct column_context *context)
{
    int64_t start = column_start_ns(process, context);
    time_t seconds = (context->computer->boot + start) / NS_PER_SECOND;
    struct tm local;
    localtime_r(&seconds, &local);
    bool recent = context->sample->time - start < 86400 * NS_PER_SECOND;
    if (!strftime(text, size, recent ? "%H:%M:%S" : "%b %d", &local) && size)
        text[0] = '\0';
}

void format_cpu(char *text, size_t size, const struct process *process, const struct column_context *context)
{
    (void)context;
    snprintf(text, size, "%d", process->processor);
}

/* The names of pr_class() in procps' src/ps/output.c, by policy; 4 is reserved for SCHED_ISO. */
void format_cls(char *text, size_t size, const struct process *process, const struct column_context *context)
{
    (void)context;
    static const char *const names[] = { "TS", "FF", "RR", "B", "ISO", "IDL", "DLN" };
    bool known = process->policy >= 0 && (size_t)process->policy < sizeof names / sizeof *names;
    snprintf(text, size, "%s", known ? names[process->policy] : "?");
}

void format_comm(char *text, size_t size, const struct process *process, const struct column_context *context)
{
    (void)context;
    text_clean(text, size, process->comm);
}

void format_args(char *text, size_t size, const struct process *process, const struct column_context *context)
{
    (void)context;
    text_clean(text, size, process->cmdline ? process->cmdline : "?");
}

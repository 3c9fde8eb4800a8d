#include "machine/checkup.h"

#include "base/errors.h"
#include "base/i18n.h"
#include "base/text.h"
#include "machine/checkup_probes.h"
#include "machine/connector.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

/* Behind the optional features, in the order of printing: quick ones first. */
static const struct {
    struct checkup_row row;
    checkup_prober *probe;
} rows[] = {
    { { "pidfd", N_("a process can be signalled and watched without being mistaken for another"),
        N_("there is no lab, and no signal is sent"), NULL },
      checkup_pidfd },
    { { "openat2", N_("a path can be kept beneath a folder, whatever links it meets"),
        N_("commands that open files are refused"), NULL },
      checkup_openat2 },
    { { "autogroup", N_("each session is one group for the scheduler: nice counts within a session only"),
        N_("nice counts between sessions too: that is what is shown"), NULL },
      checkup_autogroup },
    { { "trace", N_("a process may trace another of the same user, be it no child of its own"),
        N_("the traced actor has to allow it first: ptracer"), N_("Yama's ptrace_scope") },
      checkup_trace },
    { { "all-processes", N_("the processes of all users are seen"),
        N_("only your processes are shown, and a parent out of sight as ?"), NULL },
      checkup_all_processes },
    { { "kernel-threads", N_("threads of the kernel are seen"),
        N_("neither they nor their state I can be shown"), NULL },
      checkup_kernel_threads },
    { { "schedstat", N_("how long a process has run and has waited for a CPU"),
        N_("time on a CPU is counted in clock ticks, and time ready is unknown"), NULL },
      checkup_schedstat },
    { { "children", N_("/proc/PID/task/TID/children: the children of one process"),
        N_("all of /proc is searched for children"), NULL },
      checkup_children },
    { { "smaps-rollup", N_("/proc/PID/smaps_rollup: which memory is shared and which is private"),
        N_("shared and private memory is unknown"), NULL },
      checkup_smaps_rollup },
    { { "user-namespaces", N_("an ordinary user may make namespaces, as containers have them"),
        N_("containers are only looked at, not made"), NULL },
      checkup_user_namespaces },
    { { "root", N_("the effective user is root"), N_("what needs a privilege is refused, and says so"),
        NULL },
      checkup_root },
    { { "negative-nice", N_("a nice value below 0 may be set"), N_("the refusal is shown: EACCES, EPERM"),
        NULL },
      checkup_negative_nice },
    { { "nice-back", N_("a nice value that was raised may be lowered again"),
        N_("nice goes one way: a new actor begins anew"), NULL },
      checkup_nice_back },
    { { "real-time", N_("the policies SCHED_FIFO and SCHED_RR may be set"), N_("the refusal is shown: EPERM"),
        NULL },
      checkup_real_time },
    { { "mqueue", N_("POSIX message queues can be made"),
        N_("commands of message queues fail, with their errno"), N_("messages that a queue may hold") },
      checkup_queues },
    { { "memlock", N_("memory can be locked: the L of STAT"), N_("the refusal is shown: ENOMEM, EPERM"),
        N_("KiB that may be locked") },
      checkup_locked_memory },
    { { "cpus", N_("several processes can run at the same instant"),
        N_("processes take turns on one CPU: parallel runs are not shown"), N_("CPUs that may be used") },
      checkup_cpus },
    { { "processes", N_("the limit of processes leaves room for a full lab"),
        N_("fork() fails with EAGAIN before the lab is full"), N_("processes that the limit leaves free") },
      checkup_processes },
    { { "python3", N_("the Python programs of lessons can be run"), N_("lessons show the C programs only"),
        NULL },
      checkup_python },
    { { "rsvg-convert", N_("pictures can be made PNG and PDF"), N_("pictures are SVG, HTML or text"), NULL },
      checkup_rsvg },
    { { "utf-8", N_("the locale's encoding has all characters"),
        N_("lines are drawn in ASCII; other characters are shown as ?"), NULL },
      checkup_utf8 },
    { { "adopter", N_("who adopts orphans is known by name"),
        N_("orphans show their new parent's number alone"), N_("the adopter's PID") },
      checkup_adopter },
    { { "reaping", N_("who adopts orphans also reaps them"),
        N_("--sandbox: forklore adopts the lab's orphans and reaps them"), N_("ms that a zombie stayed") },
      checkup_reaping },
};

enum { ROWS = sizeof rows / sizeof *rows };

size_t checkup_count(void)
{
    return FEATURE_COUNT + ROWS;
}

void checkup_row_at(size_t index, struct checkup_row *ret)
{
    if (index >= FEATURE_COUNT) {
        *ret = rows[index - FEATURE_COUNT].row;
        return;
    }
    const struct feature_row *feature = &feature_table[index];
    *ret = (struct checkup_row){ feature->name, feature->what, feature->without, NULL };
}

int checkup_find(const char *name, size_t length)
{
    for (size_t i = 0; i < checkup_count(); i++) {
        struct checkup_row row;
        checkup_row_at(i, &row);
        if (strlen(row.name) == length && memcmp(row.name, name, length) == 0)
            return (int)i;
    }
    return -1;
}

void checkup_found(struct checkup_result *ret, bool works, const char *format, ...)
{
    char text[sizeof ret->found];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    text_clean(ret->found, sizeof ret->found, text);
    ret->state = works ? CHECKUP_WORKS : CHECKUP_LACKS;
}

const char *checkup_result_of(char *text, size_t size, int error)
{
    if (error)
        snprintf(text, size, "-1 %s", error_name(error));
    else
        snprintf(text, size, "0");
    return text;
}

bool checkup_read_line(const char *path, char *text, size_t size)
{
    FILE *file = fopen(path, "re");
    bool read = file && fgets(text, (int)size, file);
    if (file)
        fclose(file);
    if (!read)
        *text = '\0';
    text[strcspn(text, "\n")] = '\0';
    return read;
}

/* The first of all PID namespaces has a fixed number: PROC_PID_INIT_INO, include/linux/proc_ns.h. */
static bool is_in_first_pid_namespace(void)
{
    char target[64];
    ssize_t length = readlink("/proc/self/ns/pid", target, sizeof target - 1);
    target[length > 0 ? length : 0] = '\0';
    return strcmp(target, "pid:[4026531836]") == 0;
}

/* Why the connector cannot be had: what it says when it is opened; "0" when it opens and stays silent. */
static void explain_connector(struct checkup_result *ret)
{
    char text[32];
    struct connector *connector = NULL;
    int r = connector_open(&connector);
    connector_free(connector);
    if (is_in_first_pid_namespace())
        checkup_found(ret, false, "bind(NETLINK_CONNECTOR) = %s", checkup_result_of(text, sizeof text, -r));
    else
        checkup_found(ret, false, _("this is not the machine's first PID namespace"));
}

static void probe_feature(const struct checkup *checkup, size_t feature, struct checkup_result *ret)
{
    struct utsname names;
    const char *since = feature_table[feature].since;
    const char *release = uname(&names) == 0 ? names.release : "?";
    if (checkup->features.switched_off[feature])
        checkup_found(ret, false, "FORKLORE_WITHOUT");
    else if (feature == FEATURE_CONNECTOR && !checkup->features.has[feature])
        explain_connector(ret);
    else
        checkup_found(ret, checkup->features.has[feature], _("this is Linux %s; since %s"), release, since);
    if (checkup->features.switched_off[feature])
        ret->state = CHECKUP_SWITCHED_OFF;
}

void checkup_probe(struct checkup *checkup, size_t index, struct checkup_result *ret)
{
    *ret = (struct checkup_result){ .state = CHECKUP_LACKS };
    if (index < FEATURE_COUNT)
        probe_feature(checkup, index, ret);
    else
        rows[index - FEATURE_COUNT].probe(checkup, ret);
}

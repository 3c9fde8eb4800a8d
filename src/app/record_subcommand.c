#include "app/record_subcommand.h"

#include "app/family.h"
#include "app/follower.h"
#include "app/operands.h"
#include "app/output.h"
#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "model/recording.h"
#include "model/redact.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct option_row record_subcommand_options[] = {
    { "output", 'o', N_("FILE"), N_("where to; - is standard output") },
    { "delay", 'd', N_("SECONDS"), N_("time between two readings; 1 by default") },
    { "for", 0, N_("SECONDS"), N_("end by itself after so long") },
    { "force", 0, NULL, N_("write over a file that is there") },
    { "help", 'h', NULL, N_("print this help and exit") },
    { "lang", 0, N_("LANGUAGE"), N_("language of the messages, such as en or zh_CN") },
    { "redact", 0, NULL, N_("leave out names of people and of the machine, home folders and command lines") },
};
const size_t record_subcommand_option_count =
    sizeof record_subcommand_options / sizeof *record_subcommand_options;

enum { HELPED = -1, RICH_MOST = 4096 };

struct record {
    struct follower_options following;
    const char *path;
    bool force, redacted;
    /* while it runs: */
    FILE *to;
    struct recording_writer *writer;
    struct redact *redact; /* NULL: all is told */
    struct family family;
    struct sample part, redacted_part; /* of the family; with names replaced */
    pid_t rich[RICH_MOST];             /* whose command lines are to be read next */
    size_t rich_count;
    bool started;
    size_t moments;
};

static void print_help(void)
{
    puts(_(
        "Usage: forklore record -o FILE [OPTION]... [PID|USER]...\n"
        "Records what happens to processes until it is interrupted: to all of them, or to the named ones and "
        "what\ndescends from them. forklore replay shows it again.\n"));
    option_print_help(record_subcommand_options, record_subcommand_option_count);
}

static int take_option(void *data, const struct option_row *row, const char *value)
{
    struct record *record = data;
    if (strcmp(row->name, "output") == 0)
        record->path = value;
    else if (strcmp(row->name, "delay") == 0)
        return option_seconds(row->name, value, &record->following.delay);
    else if (strcmp(row->name, "for") == 0)
        return option_seconds(row->name, value, &record->following.duration);
    else if (strcmp(row->name, "force") == 0)
        record->force = true;
    else if (strcmp(row->name, "redact") == 0)
        record->redacted = true;
    else {
        print_help();
        return HELPED;
    }
    return 0;
}

/* A recording holds the command lines of everybody's processes: it is for this user's eyes. */
static int open_output(struct record *record)
{
    if (strcmp(record->path, "-") == 0) {
        record->to = stdout;
        return 0;
    }
    int flags = O_WRONLY | O_CREAT | O_CLOEXEC | (record->force ? O_TRUNC : O_EXCL);
    int fd = open(record->path, flags, 0600);
    record->to = fd < 0 ? NULL : fdopen(fd, "w");
    if (record->to)
        return 0;
    if (errno == EEXIST)
        fprintf(stderr, _("forklore record: %s is there already; --force writes over it\n"), record->path);
    else
        fprintf(stderr, "forklore record: %s: %s\n", record->path, error_words(errno));
    return 1;
}

static int write_header(struct record *record)
{
    struct recording_header header = { .redacted = record->redacted, .self = getpid() };
    computer_read(&header.computer);
    if (record->redacted) {
        record->redact = redact_new(header.computer.name, getenv("HOME"));
        snprintf(header.computer.name, sizeof header.computer.name, "%s", redact_host);
    }
    return recording_writer_new(&record->writer, record->to, &header);
}

/* Command lines are read once for each program: of all at the start, then of those that are new. */
static void ask(void *data, struct sample_request *request)
{
    struct record *record = data;
    if (record->redacted)
        return;
    if (!record->started)
        request->needs = SAMPLE_CMDLINE;
    request->rich = record->rich;
    request->rich_count = record->rich_count;
}

static void note_new_programs(struct record *record, const struct followed *moment)
{
    record->rich_count = 0;
    for (size_t i = 0; i < moment->event_count && record->rich_count < RICH_MOST; i++)
        if (moment->events[i].kind == EVENT_BORN || moment->events[i].kind == EVENT_EXEC)
            record->rich[record->rich_count++] = moment->events[i].id.pid;
}

static bool keep_nothing(void *data, const struct process *process)
{
    (void)data, (void)process;
    return false;
}

/* The rows of the family, of the whole sample when none is named. */
static const struct sample *part_of(struct record *record, const struct sample *sample)
{
    if (!record->family.count)
        return sample;
    sample_clear(&record->part);
    record->part.time = sample->time;
    record->part.interval = sample->interval;
    for (size_t i = 0; i < sample->count; i++)
        if (id_set_has(&record->family.members, sample->processes[i].id))
            sample_append(&record->part, &sample->processes[i]);
    return &record->part;
}

/* Events of the family, redacted where that is wanted; to be freed. */
static struct event *events_of(struct record *record, const struct followed *moment, size_t *ret_count)
{
    struct event *events = xcalloc(moment->event_count + 1, sizeof *events);
    *ret_count = 0;
    for (size_t i = 0; i < moment->event_count; i++) {
        if (!family_concerns(&record->family, &moment->events[i], moment->after))
            continue;
        events[*ret_count] = moment->events[i];
        if (record->redact)
            redact_event(record->redact, &events[*ret_count]);
        ++*ret_count;
    }
    return events;
}

static int write_moment(struct record *record, const struct followed *followed)
{
    struct computer computer;
    computer_read(&computer);
    struct moment moment = { .load = computer.load[0], .exact = followed->exact, .lost = followed->lost > 0 };
    if (record->redact) {
        redact_learn(record->redact, followed->after, followed->users, true);
        users_hide_people(followed->users, true);
    }
    moment.events = events_of(record, followed, &moment.event_count);
    const struct sample *sample = part_of(record, followed->after);
    if (record->redact) {
        redact_sample(record->redact, &record->redacted_part, sample, keep_nothing, NULL);
        sample = &record->redacted_part;
    }
    int r = recording_write(record->writer, sample, &moment, followed->users);
    free(moment.events);
    record->moments += r == 0;
    return r;
}

static int take(void *data, const struct followed *moment)
{
    struct record *record = data;
    if (!record->started && record->family.count && !family_begin(&record->family, moment->after)) {
        fprintf(stderr, _("forklore: there is no such process\n"));
        return 1;
    }
    record->started = true;
    note_new_programs(record, moment);
    int r = write_moment(record, moment);
    if (r == -EPIPE) /* its reader has had enough */
        return FOLLOWER_ENOUGH;
    if (r < 0) {
        fprintf(stderr, "forklore record: %s: %s\n", record->path, error_words(r));
        return 1;
    }
    if (record->family.count && !record->family.members.count) {
        fprintf(stderr, _("forklore record: all of them have ended\n"));
        return FOLLOWER_ENOUGH;
    }
    return 0;
}

static int run(struct record *record)
{
    struct follower_client client = { .ask = ask, .take = take, .data = record };
    int status = open_output(record);
    if (status != 0)
        return status;
    int r = write_header(record);
    if (r == -EPIPE) /* its reader has gone already */
        return 0;
    if (r < 0) {
        fprintf(stderr, "forklore record: %s: %s\n", record->path, error_words(r));
        return 1;
    }
    status = follower_run(&record->following, &client, record->to == stdout ? STDOUT_FILENO : -1);
    if (record->to != stdout)
        fprintf(stderr, _("forklore record: %zu moments, %.1f KiB, in %s\n"), record->moments,
                (double)recording_bytes(record->writer) / 1024, record->path);
    return status;
}

static int release(struct record *record, int status)
{
    recording_writer_free(record->writer);
    redact_free(record->redact);
    family_release(&record->family);
    sample_release(&record->part);
    sample_release(&record->redacted_part);
    if (record->to && record->to != stdout && fclose(record->to) != 0 && status == 0) {
        fprintf(stderr, "forklore record: %s: %s\n", record->path, error_words(errno));
        status = 1;
    }
    return status;
}

static int read_operands(struct record *record, const char *const *words, size_t count)
{
    struct operand *operands = xcalloc(count + 1, sizeof *operands);
    int status = 0;
    for (size_t i = 0; i < count && status == 0; i++)
        status = operand_read(words[i], &operands[i]);
    record->family.operands = operands;
    record->family.count = count;
    return status;
}

int record_subcommand(int argc, char **argv)
{
    struct record *record = xcalloc(1, sizeof *record);
    const char **operands = xcalloc((size_t)argc, sizeof *operands);
    size_t count;
    record->following.delay = 1;
    output_begin();
    int status = operands_parse(record_subcommand_options, record_subcommand_option_count, argc, argv,
                                take_option, record, operands, &count);
    if (status == 0 && !record->path) {
        fprintf(stderr, _("forklore record: -o FILE says where to; - is standard output\n"));
        status = 2;
    }
    if (status == 0)
        status = read_operands(record, operands, count);
    if (status == 0)
        status = release(record, run(record));
    free((void *)record->family.operands);
    free(record);
    free(operands);
    return status == HELPED ? output_end() : status;
}

#include "lab/foreign.h"

#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "lab/arguments.h"
#include "lab/command_table.h"
#include "lab/members.h"
#include "lab/orders.h"
#include "lab/reports.h"
#include "lab/script.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    SHOWN_CELLS = 100,
    FIRST_MOMENT_MS = 100,
};

/* The program has a moment to print, or to end, before the next command, so that what it does at once is told
 * at its place, and not lost when there is no next command. */
static enum progress watch_start(struct lab *lab, struct run *run)
{
    const struct member *member = member_by_id(lab, run->target);
    if (order_plain(lab, run) == RUN_AGAIN)
        return RUN_AGAIN;
    bool runs = member && member->actor.state == ACTOR_FOREIGN;
    return runs && clock_now() - member->actor.since < FIRST_MOMENT_MS * NS_PER_MS ? RUN_AGAIN : RUN_DONE;
}

/* The pipes go with the order, so they are made when the actor can take it. */
enum progress verb_exec(struct lab *lab, struct run *run)
{
    int theirs[3];
    struct member *member = member_by_name(lab, run->command->actor.text);
    if (!lab->may_exec)
        return report_refused(lab, run, _("this script was not allowed to start other programs"));
    if (run->started)
        return watch_start(lab, run);
    if (!member || member->actor.state != ACTOR_READY)
        return order_plain(lab, run);
    int r = foreign_open(lab, member, theirs);
    if (r < 0)
        return report_refused(lab, run, "pipe(): %s: %s", error_name(r), error_words(r));
    enum progress progress = order_with_files(lab, run, theirs);
    for (int i = 0; i < 3; i++)
        close(theirs[i]);
    if (!run->started)
        foreign_close(lab, member);
    return progress;
}

/* The actor whose program is meant. NULL: refused. */
static struct member *find_program(struct lab *lab, const struct run *run)
{
    const char *name = run->command->args[0].text;
    struct member *member = member_by_name(lab, name);
    if (!member)
        report_refused(lab, run, _("there is no actor '%s'"), name);
    else if (member->actor.state == ACTOR_ENDED)
        report_refused(lab, run, _("%s has ended"), name);
    else if (member->actor.state != ACTOR_FOREIGN)
        report_refused(lab, run, _("%s runs no other program: it takes commands"), name);
    else
        return member;
    return NULL;
}

static enum progress refuse_closed(struct lab *lab, const struct run *run)
{
    return report_refused(lab, run, _("its standard input is closed already"));
}

/* A long line is cut, as strace(1) does: what the call returned must have room. */
static char *call_text(int fd, const char *line, size_t length)
{
    char *text = NULL, *shown = xstrndup(line, text_fit(line, SHOWN_CELLS, NULL));
    size_t size;
    FILE *out = open_memstream(&text, &size);
    fprintf(out, "write(%d, \"", fd);
    script_print_quoted(out, shown);
    fprintf(out, "%s, %zu)", strcmp(shown, line) == 0 ? "\\n\"" : "\"...", length);
    fclose(out);
    free(shown);
    return text;
}

enum progress verb_send(struct lab *lab, struct run *run)
{
    int fd;
    const struct member *member = find_program(lab, run);
    if (!member)
        return RUN_DONE;
    const char *line = run->command->args[1].text;
    char *bytes = xasprintf("%s\n", line);
    ssize_t r = foreign_write(member, bytes, strlen(bytes), &fd);
    char *call = r == -EBADF ? NULL : call_text(fd, line, strlen(bytes));
    const char *words = NULL;
    if (r == -EPIPE)
        words = _("EPIPE: nobody reads its standard input any more");
    else if (r == -EAGAIN)
        words = _("EAGAIN: the pipe is full, and the program does not read");
    if (call)
        report_call(
            lab, NULL,
            (struct call_result){
                .call = call, .value = r < 0 ? -1 : r, .error = r < 0 ? (int)-r : 0, .words = words });
    else
        refuse_closed(lab, run);
    free(call);
    free(bytes);
    return RUN_DONE;
}

enum progress verb_close_input(struct lab *lab, struct run *run)
{
    char call[32];
    struct member *member = find_program(lab, run);
    int fd = member ? foreign_close_input(member) : -1;
    if (!member)
        return RUN_DONE;
    if (fd < 0)
        return refuse_closed(lab, run);
    snprintf(call, sizeof call, "close(%d)", fd);
    report_call(lab, NULL, (struct call_result){ .call = call });
    return RUN_DONE;
}

/* The program that a command starts; NULL: none. */
static const char *program_of(const struct script_command *command)
{
    const struct command *row =
        command->actor.text ? command_find(command->verb.text, COMMAND_BY_ACTOR) : NULL;
    return row && row->run == verb_exec && command->arg_count ? command->args[0].text : NULL;
}

static bool is_first(const struct script *script, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        const char *program = program_of(&script->commands[i]);
        if (program && strcmp(program, program_of(&script->commands[index])) == 0)
            return false;
    }
    return true;
}

static void print_clean(FILE *out, const char *text)
{
    char *clean = xmalloc(strlen(text) + 1);
    fputs(text_clean(clean, strlen(text) + 1, text), out);
    free(clean);
}

int lab_script_programs(const char *source, char **ret, struct lab_error *ret_error)
{
    struct script *script;
    size_t size, count = 0;
    int r = script_parse(&script, source, ret_error);
    if (r < 0)
        return r;
    FILE *out = open_memstream(ret, &size);
    for (size_t i = 0; i < script->count; i++) {
        const char *program = program_of(&script->commands[i]);
        if (!program || !is_first(script, i))
            continue;
        fputs(count++ ? ", " : "", out);
        print_clean(out, program);
    }
    fclose(out);
    script_free(script);
    return 0;
}

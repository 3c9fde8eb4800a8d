#include "base/errors.h"
#include "base/i18n.h"
#include "base/text.h"
#include "lab/members.h"
#include "lab/reports.h"
#include "lab/verbs.h"
#include "machine/procfile.h"
#include "model/stat_code.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One row for each actor that exists, and one for each parent of such that is no actor. */
struct row {
    struct process process;
    struct process_storage storage;
    bool drawn;
};

struct drawing {
    const struct lab *lab;
    struct row rows[2 * LAB_ACTORS_MAX];
    size_t count;
    char lines[LAB_ACTORS_MAX * 6 + 16]; /* to the left of the row that is drawn */
    FILE *out;
};

static struct row *find_row(struct drawing *drawing, pid_t pid)
{
    for (size_t i = 0; i < drawing->count; i++)
        if (drawing->rows[i].process.id.pid == pid)
            return &drawing->rows[i];
    return NULL;
}

static void add_row(struct drawing *drawing, pid_t pid)
{
    struct row *row = &drawing->rows[drawing->count];
    if (pid <= 0 || find_row(drawing, pid) || procfile_read(pid, &row->process, &row->storage) < 0)
        return;
    row->process.locked_known = procfile_locked(pid, &row->process.locked) == 0;
    row->drawn = false;
    drawing->count++;
}

static void draw_row(struct drawing *drawing, const struct row *row)
{
    const struct process *process = &row->process;
    const struct member *member = member_by_pid(drawing->lab, process->id.pid);
    char code[STAT_CODE_SIZE], comm[sizeof row->storage.comm], ended[64] = "";
    if (member && member->actor.state == ACTOR_ENDED && member->actor.status_known)
        wait_status_words(ended, sizeof ended, member->actor.status);
    fprintf(drawing->out, "%7d %6d %-5s %2d  %s%s%s%s\n", (int)process->id.pid, (int)process->ppid,
            stat_code(code, process), process->nice, drawing->lines,
            text_clean(comm, sizeof comm, process->comm), *ended ? "  " : "", ended);
}

static struct row *next_child(struct drawing *drawing, pid_t parent)
{
    for (size_t i = 0; i < drawing->count; i++)
        if (!drawing->rows[i].drawn && drawing->rows[i].process.ppid == parent)
            return &drawing->rows[i];
    return NULL;
}

/* The first `length` bytes of the lines are those of its parents. At most as deep as there are actors. */
static void draw_subtree(struct drawing *drawing, struct row *row, size_t length, const char *branch)
{
    bool utf8 = text_locale_is_utf8();
    char *lines = drawing->lines + length;
    size_t room = sizeof drawing->lines - length;
    snprintf(lines, room, "%s", branch);
    row->drawn = true;
    draw_row(drawing, row);
    pid_t pid = row->process.id.pid;
    bool is_last = strcmp(branch, utf8 ? "└─ " : "`- ") == 0;
    const char *below = !*branch ? "" : is_last ? "   " : utf8 ? "│  " : "|  ";
    for (struct row *child; (child = next_child(drawing, pid));) {
        child->drawn = true;
        snprintf(lines, room, "%s", below);
        bool last = !next_child(drawing, pid);
        draw_subtree(drawing, child, length + strlen(below),
                     last ? (utf8 ? "└─ " : "`- ") : (utf8 ? "├─ " : "|- "));
    }
}

static void draw_all(struct drawing *drawing)
{
    const struct lab *lab = drawing->lab;
    add_row(drawing, getpid());
    for (size_t i = 0; i < lab->member_count; i++)
        if (lab->members[i]->actor.state != ACTOR_REAPED)
            add_row(drawing, lab->members[i]->actor.id.pid);
    for (size_t i = 0, actors = drawing->count; i < actors; i++)
        if (!find_row(drawing, drawing->rows[i].process.ppid) && drawing->rows[i].process.id.pid != getpid())
            add_row(drawing, drawing->rows[i].process.ppid);
    for (size_t i = 0; i < drawing->count; i++)
        if (!drawing->rows[i].drawn && !find_row(drawing, drawing->rows[i].process.ppid))
            draw_subtree(drawing, &drawing->rows[i], 0, "");
}

/* An actor and its descendants among the actors. */
static void draw_one(struct drawing *drawing, const struct member *top)
{
    const struct lab *lab = drawing->lab;
    for (size_t i = 0; i < lab->member_count; i++)
        if (lab->members[i]->actor.state != ACTOR_REAPED)
            add_row(drawing, lab->members[i]->actor.id.pid);
    struct row *row = find_row(drawing, top->actor.id.pid);
    if (row)
        draw_subtree(drawing, row, 0, "");
}

enum progress verb_tree(struct lab *lab, struct run *run)
{
    char *text = NULL;
    size_t size;
    const struct member *top = NULL;
    if (run->command->arg_count && !(top = member_by_name(lab, run->command->args[0].text)))
        return report_refused(lab, run, _("there is no actor '%s'"), run->command->args[0].text);
    struct drawing drawing = { .lab = lab, .out = open_memstream(&text, &size) };
    if (!drawing.out)
        return RUN_DONE;
    fprintf(drawing.out, "%7s %6s %-5s %2s  %s\n", "PID", "PPID", "STAT", "NI", "COMMAND");
    if (top)
        draw_one(&drawing, top);
    else
        draw_all(&drawing);
    fclose(drawing.out);
    report_send(lab, NULL, (struct lab_report){ .kind = LAB_REPORT_TEXT, .text = text });
    free(text);
    return RUN_DONE;
}

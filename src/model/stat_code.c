#include "model/stat_code.h"

#include "base/i18n.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* ps's letters in the order in which they may stand; those of rank 0 are states. '<' and 'N' exclude each
 * other. */
static const struct letter_row {
    char letter;
    int rank;
    const char *meaning, *brief;
} letter_table[] = {
    { 'R', 0, N_("running, or ready to run: on a CPU, or waiting for one"), N_("on a CPU or ready for one") },
    { 'S', 0, N_("sleeping: waits for something, a signal can wake it"), N_("asleep") },
    { 'D', 0, N_("uninterruptible sleep: waits in the kernel for something that must finish"),
      N_("waits in the kernel, cannot be interrupted") },
    { 'T', 0, N_("stopped by a signal; SIGCONT lets it go on"), N_("stopped") },
    { 't', 0, N_("stopped by its tracer, such as a debugger"), N_("stopped by its tracer") },
    { 'Z', 0, N_("zombie: has ended, but its parent has not asked how"), N_("zombie: has ended") },
    { 'X', 0, N_("dead: about to disappear"), N_("dead") },
    { 'I', 0, N_("idle thread of the kernel"), N_("idle") },
    { 'P', 0, N_("parked thread of the kernel"), N_("parked") },
    { 'W', 0, N_("paging (not since Linux 2.6)"), N_("paging") },
    { '<', 1, N_("nice value below 0: gets more than others of a CPU they compete for"),
      N_("high priority") },
    { 'N', 1, N_("nice value above 0: gets less than others of a CPU they compete for"), N_("low priority") },
    { 'L', 2, N_("has memory locked, which is never paged out"), N_("locked memory") },
    { 's', 3, N_("session leader"), N_("session leader") },
    { 'l', 4, N_("has several threads"), N_("several threads") },
    { '+', 5, N_("in the foreground process group of its terminal"), N_("foreground group") },
};

const char *stat_code(char *text, const struct process *process)
{
    char *end = text;
    *end++ = process->state;
    if (process->nice < 0)
        *end++ = '<';
    if (process->nice > 0)
        *end++ = 'N';
    if (process->locked_known && process->locked)
        *end++ = 'L';
    if (process->session == process->tgid)
        *end++ = 's';
    if (process->threads > 1)
        *end++ = 'l';
    if (process->pgrp == process->tpgid)
        *end++ = '+';
    *end = '\0';
    return text;
}

bool stat_has_ended(const struct process *process)
{
    return process->state == 'X' || (process->state == 'Z' && process->threads <= 1);
}

static const struct letter_row *find_letter(char letter)
{
    for (size_t i = 0; i < sizeof letter_table / sizeof *letter_table; i++)
        if (letter_table[i].letter == letter)
            return &letter_table[i];
    return NULL;
}

const char *stat_brief(char letter)
{
    const struct letter_row *row = find_letter(letter);
    return row ? _(row->brief) : "?";
}

static struct stat_letter explained(const struct letter_row *row, char letter)
{
    struct stat_letter explained = { .letter = letter,
                                     .meaning =
                                         row ? _(row->meaning) : _("a state that ps(1) does not describe"),
                                     .brief = stat_brief(letter) };
    return explained;
}

bool stat_letter_at(size_t index, struct stat_letter *ret)
{
    if (index >= sizeof letter_table / sizeof *letter_table)
        return false;
    *ret = explained(&letter_table[index], letter_table[index].letter);
    return true;
}

/* The fields are named as proc_pid_stat(5) and proc_pid_status(5) name them. */
static void write_evidence(struct stat_letter *letter, const struct process *process)
{
    char *text = letter->evidence;
    size_t size = sizeof letter->evidence;
    switch (letter->letter) {
    case '<':
        snprintf(text, size, "nice %d < 0", process->nice);
        break;
    case 'N':
        snprintf(text, size, "nice %d > 0", process->nice);
        break;
    case 'L':
        snprintf(text, size, "VmLck > 0");
        break;
    case 's':
        snprintf(text, size, "session %d = pid %d", process->session, process->tgid);
        break;
    case 'l':
        snprintf(text, size, "num_threads %d > 1", process->threads);
        break;
    case '+':
        snprintf(text, size, "pgrp %d = tpgid %d", process->pgrp, process->tpgid);
        break;
    default:
        break;
    }
}

size_t stat_explain(struct stat_letter *letters, const struct process *process)
{
    char code[STAT_CODE_SIZE];
    stat_code(code, process);
    size_t count = 0;
    for (; code[count]; count++) {
        letters[count] = explained(find_letter(code[count]), code[count]);
        write_evidence(&letters[count], process);
    }
    snprintf(letters[0].evidence, sizeof letters[0].evidence, "state = %c", process->state);
    return count;
}

int stat_explain_text(struct stat_letter *letters, const char *code, size_t *ret_count, size_t *ret_wrong)
{
    struct stat_letter found[STAT_CODE_SIZE];
    size_t count = 0;
    int rank = -1;
    for (; code[count]; count++) {
        const struct letter_row *row = find_letter(code[count]);
        /* the state stands first and alone, and every flag after those of a lower rank */
        bool right = row && row->rank > rank && (row->rank == 0) == (count == 0);
        if (!right) {
            *ret_wrong = count;
            return -EINVAL;
        }
        rank = row->rank;
        found[count] = explained(row, code[count]);
    }
    if (!count) {
        *ret_wrong = 0;
        return -EINVAL;
    }
    memcpy(letters, found, count * sizeof *found);
    *ret_count = count;
    return 0;
}

#include "lab/remembered.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "lab/arguments.h"
#include "lab/inquiry.h"
#include "lab/reports.h"
#include "lab/state.h"
#include "lab/term.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct remembered_value *find(const struct remembered *remembered, const char *name)
{
    for (size_t i = 0; i < remembered->count; i++)
        if (strcmp(remembered->values[i].name, name) == 0)
            return &remembered->values[i];
    return NULL;
}

const struct term_value *remembered_find(const struct remembered *remembered, const char *name)
{
    const struct remembered_value *found = find(remembered, name);
    return found ? &found->value : NULL;
}

static void keep(struct remembered *remembered, const char *name, const struct term_value *value)
{
    struct remembered_value *place = find(remembered, name);
    if (!place) {
        remembered->values =
            xreallocarray(remembered->values, remembered->count + 1, sizeof *remembered->values);
        place = &remembered->values[remembered->count++];
        snprintf(place->name, sizeof place->name, "%s", name);
    }
    place->value = *value;
}

void remembered_release(struct remembered *remembered)
{
    free(remembered->values);
    *remembered = (struct remembered){ 0 };
}

enum progress verb_remember(struct lab *lab, struct run *run)
{
    const struct script_word *name = arguments_find(run->row, run->command, ARGUMENT_NEW_VALUE);
    const struct script_word *word = arguments_find(run->row, run->command, ARGUMENT_TERM);
    struct lab_error unused;
    struct term term;
    struct term_value value;
    char clean[300], line[350];
    if (term_parse(&term, word, run->command->line, &unused) < 0)
        return report_refused(lab, run, "%s", unused.text);
    term_read(&term, inquiry_look_up, lab, &value);
    term_release(&term);
    if (value.kind == TERM_VALUE_UNKNOWN)
        return report_refused(lab, run, _("%s cannot be read"), word->text);
    value.indexed = false; /* what is kept is the one element */
    keep(&lab->remembered, name->text, &value);
    snprintf(line, sizeof line, "lab.%s = %s\n", name->text, text_clean(clean, sizeof clean, value.text));
    report_send(lab, NULL, (struct lab_report){ .kind = LAB_REPORT_TEXT, .text = line });
    return RUN_DONE;
}

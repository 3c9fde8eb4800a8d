#include "app/lesson_consent.h"

#include "app/exec_consent.h"
#include "base/memory.h"
#include "base/text.h"
#include "lab/lab.h"

#include <stdio.h>
#include <stdlib.h>

static void add_acts(FILE *out, const struct lesson_step *step)
{
    fprintf(out, "%s\n", step->acts);
    if (step->instead)
        add_acts(out, step->instead);
}

/* "sh, cat"; "": none. To be freed. */
static char *programs_of_acts(const struct lesson *lesson)
{
    char *acts = NULL, *programs;
    size_t size;
    struct lab_error error;
    FILE *out = open_memstream(&acts, &size);
    for (size_t i = 0; out && i < lesson->step_count; i++)
        add_acts(out, &lesson->steps[i]);
    if (out)
        fclose(out);
    if (!acts || lab_script_programs(acts, &programs, &error) < 0)
        programs = xstrdup("");
    free(acts);
    return programs;
}

static char *add_name(char *names, const char *name)
{
    char clean[64],
        *longer = xasprintf("%s%s%s", names, *names ? ", " : "", text_clean(clean, sizeof clean, name));
    free(names);
    return longer;
}

int lesson_consent(const struct chosen_lesson *lesson, bool listings, bool allowed, bool *ret_may_exec)
{
    *ret_may_exec = lesson->of_course || allowed;
    if (*ret_may_exec)
        return 0;
    char *programs = programs_of_acts(lesson->lesson);
    for (size_t i = 0; listings && i < lesson->lesson->listing_count; i++)
        programs = add_name(programs, lesson->lesson->listings[i].file);
    int status = exec_consent_to("forklore lesson", lesson->path, programs, ret_may_exec);
    free(programs);
    return status;
}

#include "app/lesson_needs.h"

#include "app/child_program.h"
#include "app/language.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEADLINE_MS = 30000 }; /* the slowest check takes five seconds, and the machine may be busy */

struct known_need {
    char *need;
    char *language; /* that the reason is in */
    char *reason;
    bool met;
};

struct lesson_needs {
    struct known_need *known;
    size_t count;
};

struct lesson_needs *lesson_needs_new(void)
{
    return xcalloc(1, sizeof(struct lesson_needs));
}

void lesson_needs_free(struct lesson_needs *needs)
{
    for (size_t i = 0; needs && i < needs->count; i++) {
        free(needs->known[i].need);
        free(needs->known[i].language);
        free(needs->known[i].reason);
    }
    if (needs)
        free(needs->known);
    free(needs);
}

/* What the doctor found, to be freed: "the effective user is 1001". */
static char *evidence(const char *json)
{
    char found[300] = "?";
    json_t *array = json_loads(json, 0, NULL);
    const char *text = json_string_value(json_object_get(json_array_get(array, 0), "found"));
    if (text)
        text_clean(found, sizeof found, text);
    json_decref(array);
    return xstrdup(found);
}

static void ask(struct known_need *known)
{
    char *arguments[] = { "/proc/self/exe", "--lang", known->language, "doctor",
                          "--json",         "--",     known->need,     NULL };
    struct child_program doctor = {
        .arguments = arguments,
        .deadline_ms = DEADLINE_MS,
        .interrupt = -1,
    };
    struct child_result result;
    if (child_program_run(&doctor, &result) < 0) {
        known->reason = xasprintf(_("%s: it could not be found out"), known->need);
        return;
    }
    char *found = evidence(result.output);
    known->met = !result.late && result.status == 0;
    known->reason = xasprintf(_("%s is needed here; %s"), known->need, found);
    free(found);
    free(result.output);
    free(result.errors);
}

/* By its address: it moves with the next one. */
static const struct known_need *find(struct lesson_needs *needs, const char *need)
{
    char language[32];
    language_now(language, sizeof language);
    for (size_t i = 0; i < needs->count; i++)
        if (strcmp(needs->known[i].need, need) == 0 && strcmp(needs->known[i].language, language) == 0)
            return &needs->known[i];
    needs->known = xreallocarray(needs->known, needs->count + 1, sizeof *needs->known);
    struct known_need *known = &needs->known[needs->count++];
    *known = (struct known_need){ .need = xstrdup(need), .language = xstrdup(language) };
    ask(known);
    return known;
}

bool lesson_needs_met(void *data, const char *need, char *ret_reason, size_t size)
{
    const struct known_need *known = find(data, need);
    if (!known->met)
        snprintf(ret_reason, size, "%s", known->reason);
    return known->met;
}

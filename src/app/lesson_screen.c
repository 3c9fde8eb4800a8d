#include "app/lesson_screen.h"

#include "app/lessons.h"
#include "base/i18n.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_USAGE = 2 };

static bool is_file(const char *name)
{
    return strchr(name, '/') || (strlen(name) > 5 && strcmp(name + strlen(name) - 5, ".yaml") == 0);
}

static int load_file(struct lessons *lessons, const char *path)
{
    struct lesson_problems problems = lessons_problems(lessons);
    int r = lesson_load(&lessons->given.lesson, path, &problems);
    if (r < 0)
        return r;
    lessons->given.name = lessons->given.lesson->name;
    lessons->given.path = lessons->given.lesson->path;
    lessons->given.part = -1;
    lessons->begin = &lessons->given;
    return 0;
}

int lesson_screen_find(struct lessons *lessons, const char *name)
{
    if (is_file(name))
        return load_file(lessons, name) < 0 ? EXIT_USAGE : 0;
    int r = lessons_load(lessons);
    const struct course_lesson *found = r < 0 ? NULL : course_find(lessons->course, name);
    if (!found)
        fprintf(stderr,
                _("forklore lesson: %s: there is no such lesson; forklore lesson --list names them\n"), name);
    if (!found || !found->lesson)
        return EXIT_USAGE;
    lessons->begin = found;
    return 0;
}

int lesson_screen_run(const struct lesson_screen_options *options)
{
    struct lessons *lessons = lessons_new();
    lessons->consent = options->may_exec;
    lessons->only = true;
    int status = options->lesson ? lesson_screen_find(lessons, options->lesson) : 0;
    if (status == 0)
        status = lesson_report_begin(&lessons->report, options->report);
    if (status != 0) {
        lessons_free(lessons);
        return status;
    }
    struct lesson_report *report = lessons->report;
    struct live_options live = options->live;
    live.lessons = lessons;
    return lesson_report_end(report, options->report, live_run(&live));
}

#include "app/lesson_selection.h"

#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EXIT_USAGE = 2 };

static void take_problem(void *data, const char *path, int line, int column, const char *text)
{
    struct lesson_selection *selection = data;
    selection->problems = grow(selection->problems, &selection->problem_room, selection->problem_count + 1,
                               sizeof *selection->problems);
    selection->problems[selection->problem_count++] = (struct lesson_problem){
        .path = xstrdup(path),
        .line = line,
        .column = column,
        .text = xstrdup(text),
    };
}

static bool is_file(const char *operand)
{
    size_t length = strlen(operand);
    return strchr(operand, '/') || (length > 5 && strcmp(operand + length - 5, ".yaml") == 0);
}

static int load_course(struct lesson_selection *selection)
{
    struct lesson_problems problems = { take_problem, selection };
    int r = selection->course ? 0 : course_load(&selection->course, &problems);
    if (r < 0)
        fprintf(stderr, _("forklore lesson: there is no course: %s\n"), error_words(r));
    return r < 0 ? EXIT_USAGE : 0;
}

static struct chosen_lesson chosen(const struct course_lesson *lesson)
{
    return (struct chosen_lesson){
        .name = lesson->name, .path = lesson->path, .lesson = lesson->lesson, .of_course = lesson->of_course
    };
}

static int choose_named(struct lesson_selection *selection, const char *name)
{
    char clean[80];
    int status = load_course(selection);
    if (status != 0)
        return status;
    const struct course_lesson *lesson = course_find(selection->course, name);
    if (!lesson) {
        fprintf(stderr, _("forklore lesson: %s: there is no such lesson; see forklore lesson --list\n"),
                text_clean(clean, sizeof clean, name));
        return EXIT_USAGE;
    }
    selection->lessons[selection->count++] = chosen(lesson);
    return 0;
}

static int choose_file(struct lesson_selection *selection, const char *path)
{
    struct lesson_problems problems = { take_problem, selection };
    struct chosen_lesson *lesson = &selection->lessons[selection->count++];
    size_t before = selection->problem_count;
    *lesson = (struct chosen_lesson){ .name = path, .path = path };
    int r = lesson_load(&lesson->own, path, &problems);
    lesson->lesson = lesson->own;
    if (lesson->own)
        lesson->name = lesson->own->name;
    if (r == 0 || r == -EINVAL)
        return 0;
    if (selection->problem_count == before)
        fprintf(stderr, "forklore lesson: %s: %s\n", path, error_words(r));
    lesson_selection_complain(selection, lesson);
    return EXIT_USAGE;
}

int lesson_selection_make(struct lesson_selection *ret, const char *const *operands, size_t count)
{
    int status = 0;
    *ret = (struct lesson_selection){ .whole = count == 0 };
    if (count == 0)
        status = load_course(ret);
    size_t room = count ? count : ret->course ? ret->course->lesson_count : 0;
    ret->lessons = xcalloc(room + 1, sizeof *ret->lessons);
    for (size_t i = 0; i < count && status == 0; i++)
        status = is_file(operands[i]) ? choose_file(ret, operands[i]) : choose_named(ret, operands[i]);
    for (size_t i = 0; count == 0 && i < room; i++)
        ret->lessons[ret->count++] = chosen(&ret->course->lessons[i]);
    return status;
}

void lesson_selection_release(struct lesson_selection *selection)
{
    for (size_t i = 0; i < selection->problem_count; i++) {
        free(selection->problems[i].path);
        free(selection->problems[i].text);
    }
    for (size_t i = 0; i < selection->count; i++)
        lesson_free(selection->lessons[i].own);
    free(selection->problems);
    free(selection->lessons);
    course_free(selection->course);
}

bool lesson_problem_is_of(const struct lesson_problem *problem, const struct chosen_lesson *lesson)
{
    size_t length = strlen(lesson->path), stem = length > 5 ? length - strlen("yaml") : length;
    return strcmp(problem->path, lesson->path) == 0 || strncmp(problem->path, lesson->path, stem) == 0;
}

void lesson_selection_complain(const struct lesson_selection *selection, const struct chosen_lesson *lesson)
{
    for (size_t i = 0; i < selection->problem_count; i++) {
        const struct lesson_problem *problem = &selection->problems[i];
        if (!lesson || lesson_problem_is_of(problem, lesson))
            fprintf(stderr, "%s:%d:%d: %s\n", problem->path, problem->line, problem->column, problem->text);
    }
}

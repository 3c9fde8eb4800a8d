/* The lessons that a command line names: of the course by name or number, or files. */
#pragma once

#include "lesson/course.h"

struct lesson_problem {
    char *path;
    int line, column;
    char *text;
};

struct chosen_lesson {
    const char *name, *path;
    const struct lesson *lesson; /* NULL: something is wrong with it, see the problems */
    bool of_course;              /* from the installed course */
    struct lesson *own;          /* read from a file that was named: the selection's to free */
};

struct lesson_selection {
    struct course *course; /* NULL: only files were named */
    bool whole;            /* nothing was named: all of the course */
    struct chosen_lesson *lessons;
    size_t count;
    struct lesson_problem *problems; /* of all files that were read */
    size_t problem_count, problem_room;
};

/* With no operands the whole course. An operand with a slash in it, or .yaml at its end, is a file. 0; or
 * exit status 2, after a line on stderr: there is no course, no such lesson, or the file cannot be read. In
 * any case to be released. */
int lesson_selection_make(struct lesson_selection *ret, const char *const *operands, size_t count);
void lesson_selection_release(struct lesson_selection *selection);

/* Whether the problem is with this lesson's file, or with a translation beside it. */
bool lesson_problem_is_of(const struct lesson_problem *problem, const struct chosen_lesson *lesson);
/* One line on stderr for each problem with this lesson; NULL: for all. */
void lesson_selection_complain(const struct lesson_selection *selection, const struct chosen_lesson *lesson);

/* A course: its parts, and the lessons of each in their order; and where lessons are looked for. */
#pragma once

#include "lesson/load.h"

struct course_part {
    struct lesson_text title;
    char **lessons; /* names; ends with NULL */
    int *lines;     /* of its file, where each stands */
};

/* One lesson that was found. */
struct course_lesson {
    struct lesson *lesson; /* NULL: something is wrong with its file, which was told */
    char *name, *path;
    int part;       /* index into parts; -1: the course does not name it */
    bool of_course; /* from the installed course, or that of the build tree: it may start programs unasked */
};

struct course {
    char *path; /* of course.yaml; NULL: none was found, or something is wrong with it */
    struct lesson_text title;
    struct course_part *parts;
    size_t part_count;
    struct course_lesson *lessons; /* in the order of the course; what it does not name follows by name */
    size_t lesson_count;
};

/* Looks in $XDG_DATA_HOME/forklore/lessons, each of $XDG_DATA_DIRS with forklore/lessons behind it, and the
 * installed course, which in the build tree is that of the source. The first course.yaml and the first lesson
 * of a name count. What is wrong is told, and the others still load. 0 or -errno: no course was found. */
int course_load(struct course **ret, const struct lesson_problems *problems);
/* Takes NULL. */
void course_free(struct course *course);
/* By its name or its number, "zombie", "17"; NULL: there is none. */
const struct course_lesson *course_find(const struct course *course, const char *name);

/* The file course.yaml, and its translations course.LOCALE.yaml. */
#pragma once

#include "lesson/course.h"

/* Reads title and parts; what is wrong is told, but not that there is no such file. 0, or -errno with the
 * course as it was. */
int course_file_load(struct course *course, const char *path, const struct lesson_problems *problems);
/* Title and parts. */
void course_file_release(struct course *course);

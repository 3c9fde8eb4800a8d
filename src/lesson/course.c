#include "lesson/course.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "lesson/course_file.h"
#include "lesson/lesson_folders.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct course_lesson *find(struct course *course, const char *name)
{
    for (size_t i = 0; i < course->lesson_count; i++)
        if (strcmp(course->lessons[i].name, name) == 0)
            return &course->lessons[i];
    return NULL;
}

/* The name of the lesson in "NAME.yaml", to be freed; NULL: the file is none. Translations have a dot in it.
 */
static char *name_in(const char *file)
{
    size_t length = strspn(file, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-");
    if (!length || *file == '-' || strcmp(file + length, ".yaml") != 0 || strcmp(file, "course.yaml") == 0)
        return NULL;
    return xstrndup(file, length);
}

static void add_lesson(struct course *course, const struct lesson_folder *folder, char *name)
{
    course->lessons = xreallocarray(course->lessons, course->lesson_count + 1, sizeof *course->lessons);
    course->lessons[course->lesson_count++] = (struct course_lesson){
        .name = name,
        .path = xasprintf("%s/%s.yaml", folder->path, name),
        .part = -1,
        .of_course = folder->is_installed,
    };
}

static void add_lessons(struct course *course, const struct lesson_folder *folder)
{
    struct dirent **entries;
    int count = scandir(folder->path, &entries, NULL, alphasort);
    for (int i = 0; i < count; i++) {
        char *name = name_in(entries[i]->d_name);
        if (name && !find(course, name))
            add_lesson(course, folder, name);
        else
            free(name);
        free(entries[i]);
    }
    if (count >= 0)
        free(entries);
}

/* Where a lesson stands in the course; behind all others when the course does not name it. */
static int place_of(const struct course *course, const struct course_lesson *lesson)
{
    int place = 0;
    for (size_t i = 0; i < course->part_count; i++)
        for (char **name = course->parts[i].lessons; *name; name++, place++)
            if (strcmp(*name, lesson->name) == 0)
                return place;
    return INT_MAX;
}

static int compare(const void *left, const void *right, void *data)
{
    const struct course_lesson *a = left, *b = right;
    int first = place_of(data, a), second = place_of(data, b);
    if (first != second)
        return first < second ? -1 : 1;
    return strcmp(a->name, b->name);
}

/* The lesson that the part names in this place. */
static void place_lesson(struct course *course, int part, size_t place,
                         const struct lesson_problems *problems)
{
    const char *name = course->parts[part].lessons[place];
    int line = course->parts[part].lines[place];
    struct course_lesson *lesson = find(course, name);
    char text[200], shown[80];
    if (lesson && lesson->part < 0) {
        lesson->part = part;
        return;
    }
    text_clean(shown, sizeof shown, name);
    if (lesson)
        snprintf(text, sizeof text, _("the lesson '%s' is named twice"), shown);
    else
        snprintf(text, sizeof text, _("there is no lesson '%s'"), shown);
    if (problems && problems->tell)
        problems->tell(problems->data, course->path, line, 1, text);
}

static void place_lessons(struct course *course, const struct lesson_problems *problems)
{
    for (size_t i = 0; i < course->part_count; i++)
        for (size_t j = 0; course->parts[i].lessons[j]; j++)
            place_lesson(course, (int)i, j, problems);
    if (course->lesson_count)
        qsort_r(course->lessons, course->lesson_count, sizeof *course->lessons, compare, course);
}

int course_load(struct course **ret, const struct lesson_problems *problems)
{
    struct course *course = xcalloc(1, sizeof *course);
    struct lesson_folder *folders = lesson_folders();
    bool is_found = false;
    for (const struct lesson_folder *folder = folders; folder->path; folder++) {
        char *path = xasprintf("%s/course.yaml", folder->path);
        is_found = is_found || course_file_load(course, path, problems) == 0;
        free(path);
        add_lessons(course, folder);
    }
    lesson_folders_free(folders);
    if (!is_found && !course->lesson_count) {
        course_free(course);
        return -ENOENT;
    }
    place_lessons(course, problems);
    for (size_t i = 0; i < course->lesson_count; i++)
        lesson_load(&course->lessons[i].lesson, course->lessons[i].path, problems);
    *ret = course;
    return 0;
}

void course_free(struct course *course)
{
    if (!course)
        return;
    for (size_t i = 0; i < course->lesson_count; i++) {
        lesson_free(course->lessons[i].lesson);
        free(course->lessons[i].name);
        free(course->lessons[i].path);
    }
    free(course->lessons);
    course_file_release(course);
    free(course);
}

const struct course_lesson *course_find(const struct course *course, const char *name)
{
    const struct course_lesson *lesson = find((struct course *)course, name);
    char *end;
    long number = strtol(name, &end, 10);
    for (size_t i = 0; !lesson && *name >= '0' && *name <= '9' && !*end && i < course->lesson_count; i++)
        if (course->lessons[i].lesson && course->lessons[i].lesson->number == number)
            lesson = &course->lessons[i];
    return lesson;
}

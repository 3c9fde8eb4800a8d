/* Numbers of the program that the manual tells. */
#include "tables.h"

#include "lesson/lesson.h"
#include "lesson/yaml_document.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name; /* between two @ */
    int number;
} numbers[] = {
    { "lesson-title-cells", LESSON_TITLE_CELLS },
    { "lesson-text-cells", LESSON_TEXT_CELLS },
    { "lesson-text-lines", LESSON_TEXT_LINES },
    { "lesson-value-cells", LESSON_VALUE_CELLS },
    { "lesson-listing-cells", LESSON_LISTING_CELLS },
    { "lesson-listing-lines", LESSON_LISTING_LINES },
    { "lesson-steps-max", LESSON_STEPS_MAX },
    { "lesson-actors-max", LESSON_ACTORS_MAX },
    { "lesson-choices-min", LESSON_CHOICES_MIN },
    { "lesson-choices-max", LESSON_CHOICES_MAX },
    { "lesson-choice-lines", LESSON_CHOICE_LINES },
    { "lesson-choice-gap", LESSON_CHOICE_GAP_CELLS },
    { "yaml-file-kib", YAML_FILE_MAX / 1024 },
    { "yaml-depth-max", YAML_DEPTH_MAX },
    { "yaml-items-max", YAML_ITEMS_MAX },
};

bool number_write(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (strlen(numbers[i].name) == length && memcmp(numbers[i].name, name, length) == 0) {
            printf("%d", numbers[i].number);
            return true;
        }
    return false;
}

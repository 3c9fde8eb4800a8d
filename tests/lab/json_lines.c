/* Reads what `forklore lab --json` prints: each line must be an object with the keys that it promises. Prints
 * one line for each, "KIND ACTOR ERRNO FAILED TEXT", up to the first end of line in the text. */
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *text_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_string(value) ? json_string_value(value) : "-";
}

static bool is_text_or_null(const json_t *value)
{
    return json_is_string(value) || json_is_null(value);
}

static bool keeps_its_promise(const json_t *object)
{
    const json_t *pid = json_object_get(object, "pid"), *start = json_object_get(object, "start");
    bool named = json_is_string(json_object_get(object, "actor"));
    bool identity =
        named ? json_is_integer(pid) && json_is_integer(start) : json_is_null(pid) && json_is_null(start);
    return json_is_real(json_object_get(object, "time")) && json_is_string(json_object_get(object, "kind")) &&
           is_text_or_null(json_object_get(object, "actor")) &&
           json_is_string(json_object_get(object, "text")) &&
           is_text_or_null(json_object_get(object, "words")) &&
           is_text_or_null(json_object_get(object, "errno")) &&
           json_is_boolean(json_object_get(object, "failed")) && json_object_size(object) == 9 && identity;
}

int main(void)
{
    char *line = NULL;
    size_t capacity = 0;
    bool good = true;
    while (good && getline(&line, &capacity, stdin) > 0) {
        json_error_t error;
        json_t *object = json_loads(line, 0, &error);
        good = object && keeps_its_promise(object);
        if (good)
            printf("%s %s %s %s %.*s\n", text_of(object, "kind"), text_of(object, "actor"),
                   text_of(object, "errno"), json_is_true(json_object_get(object, "failed")) ? "failed" : "-",
                   (int)strcspn(text_of(object, "text"), "\n"), text_of(object, "text"));
        else
            fprintf(stderr, "%s: %s", object ? "another shape" : error.text, line);
        json_decref(object);
    }
    free(line);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

#include "base/clock.h"
#include "base/text.h"
#include "model/stat_code.h"
#include "picture/json_text.h"
#include "picture/tree_picture.h"

/* Enough for the seconds of a start time and their hundredths. */
enum { START_DIGITS = 13, TEXT_SIZE = 1 << 17 };

static json_t *string_of(const char *text)
{
    char clean[TEXT_SIZE];
    text_clean(clean, sizeof clean, text);
    return json_text(clean);
}

static json_t *value_of(const char *column, const struct tree_picture *picture, const struct process *process)
{
    char value[COLUMN_VALUE_SIZE];
    column_find(column)->format(value, sizeof value, process, picture->context);
    return string_of(value);
}

static bool has_arguments(const struct process *process)
{
    return process->cmdline && !stat_has_ended(process) && !process_is_kernel_thread(process);
}

/* Hundredths of a second, as the kernel counts: finer digits would change from one reading of the clocks to
 * the next. */
static double start_of(const struct tree_picture *picture, const struct process *process)
{
    int64_t start = clock_to_unix(column_start_ns(process, picture->context));
    return (double)((start + 5 * NS_PER_MS) / (10 * NS_PER_MS)) / 100;
}

static json_t *object_of(const struct tree_picture *picture, const struct process *process)
{
    json_t *object = json_object();
    json_object_set_new(object, "pid", json_integer(process->id.pid));
    if (process_is_thread(process))
        json_object_set_new(object, "tgid", json_integer(process->tgid));
    json_object_set_new(object, "ppid", json_integer(process->ppid));
    json_object_set_new(object, "stat", value_of("stat", picture, process));
    json_object_set_new(object, "ni", column_has_nice(process) ? json_integer(process->nice) : json_null());
    json_object_set_new(object, "pri", json_integer(column_pri(process)));
    json_object_set_new(object, "pgid", json_integer(process->pgrp));
    json_object_set_new(object, "sid", json_integer(process->session));
    json_object_set_new(object, "tpgid", json_integer(process->tpgid));
    json_object_set_new(object, "threads", json_integer(process->threads));
    json_object_set_new(object, "user", value_of("user", picture, process));
    json_object_set_new(object, "tty", value_of("tty", picture, process));
    json_object_set_new(object, "comm", string_of(process->comm));
    json_object_set_new(object, "args", has_arguments(process) ? string_of(process->cmdline) : json_null());
    json_object_set_new(object, "start", json_real(start_of(picture, process)));
    json_object_set_new(object, "rss", json_integer((json_int_t)process->rss_kib));
    return object;
}

void picture_json(const struct tree_picture *picture, FILE *to)
{
    fputc('[', to);
    for (size_t i = 0; i < picture->tree->count; i++) {
        json_t *object = object_of(picture, picture->tree->rows[i].process);
        fputs(i ? ",\n " : "\n ", to);
        json_dumpf(object, to, JSON_REAL_PRECISION(START_DIGITS));
        json_decref(object);
    }
    fputs("\n]\n", to);
}

#include "../unit.h"
#include "process_table.h"

#include "base/text.h"

#include <ctype.h>
#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEFUNCT " <defunct>"

enum { USER_WIDTH = 32 };

const char *const field_names[FIELD_COUNT] = {
    [FIELD_PID] = "pid", [FIELD_PPID] = "ppid",    [FIELD_STAT] = "stat", [FIELD_NI] = "ni",
    [FIELD_PRI] = "pri", [FIELD_PGID] = "pgid",    [FIELD_SID] = "sid",   [FIELD_TPGID] = "tpgid",
    [FIELD_TTY] = "tty", [FIELD_NLWP] = "threads", [FIELD_USER] = "user", [FIELD_COMM] = "comm",
};

static struct table_row *append(struct table *table)
{
    table->rows = grow(table->rows, &table->capacity, table->count + 1, sizeof *table->rows);
    struct table_row *row = &table->rows[table->count++];
    *row = (struct table_row){ 0 };
    return row;
}

static int by_pid(const void *left, const void *right)
{
    const struct table_row *a = left, *b = right;
    return a->pid < b->pid ? -1 : a->pid > b->pid;
}

static void sort(struct table *table)
{
    if (table->count)
        qsort(table->rows, table->count, sizeof *table->rows, by_pid);
}

static const char *keep(struct table *table, const char *text, size_t length)
{
    return arena_copy(&table->texts, text, length);
}

/* The last column is padded by nobody and its blanks are cut by ps. */
static const char *keep_comm(struct table *table, const char *text)
{
    char clean[256];
    text_clean(clean, sizeof clean, text);
    size_t length = strlen(clean);
    while (length && clean[length - 1] == ' ')
        length--;
    return keep(table, clean, length);
}

static bool is_zombie(const struct table_row *row)
{
    return row->fields[FIELD_STAT][0] == 'Z';
}

static bool has_mark(const char *comm)
{
    size_t length = strlen(comm), mark_length = strlen(DEFUNCT);
    return length >= mark_length && strcmp(comm + length - mark_length, DEFUNCT) == 0;
}

/* Some releases of ps write <defunct> after the name of every zombie. One whose name holds it already shows
 * it in any case, so all of them are asked. */
static void remove_marks(struct table *table)
{
    for (size_t i = 0; i < table->count; i++)
        if (is_zombie(&table->rows[i]) && !has_mark(table->rows[i].fields[FIELD_COMM]))
            return;
    for (size_t i = 0; i < table->count; i++) {
        const char **comm = &table->rows[i].fields[FIELD_COMM];
        if (is_zombie(&table->rows[i]))
            *comm = keep(table, *comm, strlen(*comm) - strlen(DEFUNCT));
    }
}

static void parse_ps_line(struct table *table, char *line)
{
    struct table_row *row = append(table);
    char *at = line;
    for (int field = FIELD_PID; field <= FIELD_USER; field++) {
        at += strspn(at, " ");
        size_t length = strcspn(at, " ");
        row->fields[field] = keep(table, at, length);
        if (field == FIELD_USER && length < USER_WIDTH)
            length = USER_WIDTH;
        at += length;
    }
    assert_int_equal(*at, ' ');
    row->pid = (pid_t)strtol(row->fields[FIELD_PID], NULL, 10);
    row->fields[FIELD_COMM] = keep_comm(table, at + 1);
}

void table_read_ps(struct table *table)
{
    FILE *ps =
        popen("exec ps -eo pid,ppid,stat,ni,pri,pgid,sid,tpgid,tty,nlwp,euser:32,comm --no-headers", "r");
    assert_non_null(ps);
    char *line = NULL;
    size_t size = 0;
    for (ssize_t length; (length = getline(&line, &size, ps)) > 0;) {
        line[length - 1] = '\0';
        parse_ps_line(table, line);
    }
    free(line);
    assert_int_equal(pclose(ps), 0);
    remove_marks(table);
    sort(table);
}

/* Numbers as digits; null as ps writes what is missing. */
static const char *keep_json(struct table *table, const json_t *object, enum field field)
{
    const json_t *value = json_object_get(object, field_names[field]);
    if (!value)
        fail_msg("an object without %s", field_names[field]);
    char digits[32];
    if (json_is_integer(value)) {
        int length = snprintf(digits, sizeof digits, "%lld", (long long)json_integer_value(value));
        return keep(table, digits, length);
    }
    if (json_is_null(value))
        return field == FIELD_TTY ? "?" : "-";
    assert_true(json_is_string(value));
    const char *text = json_string_value(value);
    return field == FIELD_COMM ? keep_comm(table, text) : keep(table, text, strlen(text));
}

void table_read_forklore(struct table *table)
{
    FILE *forklore = popen("exec \"$FORKLORE\" tree --json", "r");
    assert_non_null(forklore);
    json_error_t error;
    json_t *array = json_loadf(forklore, 0, &error);
    if (!array)
        fail_msg("forklore tree --json, line %d: %s", error.line, error.text);
    assert_int_equal(pclose(forklore), 0);
    assert_true(json_is_array(array));
    size_t index;
    const json_t *object;
    json_array_foreach(array, index, object)
    {
        struct table_row *row = append(table);
        for (int field = 0; field < FIELD_COUNT; field++)
            row->fields[field] = keep_json(table, object, field);
        row->pid = (pid_t)strtol(row->fields[FIELD_PID], NULL, 10);
    }
    json_decref(array);
    sort(table);
}

/* Calls one(data, name) for every entry of a directory that is a number. */
static void each_number(const char *path, void (*one)(void *data, const char *name), void *data)
{
    DIR *directory = opendir(path);
    if (!directory)
        return; /* the process has ended */
    for (struct dirent *entry; (entry = readdir(directory));)
        if (isdigit((unsigned char)entry->d_name[0]))
            one(data, entry->d_name);
    closedir(directory);
}

struct runs {
    struct table *table;
    const char *pid;
    FILE *text;
};

static void add_thread(void *data, const char *name)
{
    struct runs *runs = data;
    char path[300], line[128];
    snprintf(path, sizeof path, "/proc/%s/task/%s/schedstat", runs->pid, name);
    FILE *file = fopen(path, "r");
    if (!file)
        return;
    if (fgets(line, sizeof line, file))
        fprintf(runs->text, "%s:%s", name, line);
    fclose(file);
}

static void add_process(void *data, const char *name)
{
    struct runs *runs = data;
    char path[300], *text;
    size_t length;
    snprintf(path, sizeof path, "/proc/%s/task", name);
    runs->pid = name;
    runs->text = open_memstream(&text, &length);
    each_number(path, add_thread, runs);
    fclose(runs->text);
    struct table_row *row = append(runs->table);
    row->pid = (pid_t)strtol(name, NULL, 10);
    row->ran = keep(runs->table, text, length);
    free(text);
}

void table_read_runs(struct table *table)
{
    each_number("/proc", add_process, &(struct runs){ .table = table });
    sort(table);
}

void table_release(struct table *table)
{
    free(table->rows);
    arena_release(&table->texts);
    *table = (struct table){ 0 };
}

const struct table_row *table_find(const struct table *table, pid_t pid)
{
    struct table_row wanted = { .pid = pid };
    return table->count ? bsearch(&wanted, table->rows, table->count, sizeof wanted, by_pid) : NULL;
}

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "model/recording.h"
#include "model/recording_events.h"
#include "model/recording_fields.h"

#include <errno.h>
#include <jansson.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* A whole sample of the largest machine fits; more is no line of a recording. */
enum { LINE_MAX_BYTES = 256 << 20, ACTORS_MAX = 4096 };
/* Names beyond these are not taken: their users are shown by number. */
enum { USERS_MAX = 16384 };

struct user_name {
    uid_t uid;
    char *name;
};

struct recording_reader {
    struct history *history;
    struct recording_header header;
    bool begun, failed;
    size_t line_number;
    char *line; /* what has come of a line that is not ended yet */
    size_t length, room;
    struct process_id actors[ACTORS_MAX];
    size_t actor_count;
    struct user_name *users;
    size_t user_count, user_room;
};

struct recording_reader *recording_reader_new(struct history *history)
{
    struct recording_reader *reader = xcalloc(1, sizeof *reader);
    reader->history = history;
    return reader;
}

void recording_reader_free(struct recording_reader *reader)
{
    if (!reader)
        return;
    for (size_t i = 0; i < reader->user_count; i++)
        free(reader->users[i].name);
    free(reader->users);
    free(reader->line);
    free(reader);
}

__attribute__((format(printf, 3, 4))) static int fail(struct recording_reader *reader,
                                                      struct recording_error *error, const char *format, ...)
{
    char text[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    text_clean(error->text, sizeof error->text, text);
    error->line = reader->line_number;
    reader->failed = true;
    return -EINVAL;
}

/* What is wrong with a member of a line. */
static int fail_member(struct recording_reader *reader, struct recording_error *error, const char *name)
{
    return fail(reader, error, _("the value of \"%s\" is missing, or not what a recording may have there"),
                name);
}

static bool read_time(const json_t *object, const char *name, int64_t *ret)
{
    const json_t *value = json_object_get(object, name);
    json_int_t time = json_integer_value(value);
    if (!json_is_integer(value) || time < 0 || time > RECORDING_TIME_MAX / RECORDING_NS)
        return false;
    *ret = time * RECORDING_NS;
    return true;
}

static bool read_long(const json_t *object, const char *name, long least, long most, long *ret)
{
    const json_t *value = json_object_get(object, name);
    json_int_t number = json_integer_value(value);
    if (!json_is_integer(value) || number < least || number > most)
        return false;
    *ret = (long)number;
    return true;
}

static void read_name(const json_t *object, const char *name, char *ret, size_t size)
{
    const char *text = json_string_value(json_object_get(object, name));
    text_clean(ret, size, text ? text : "");
}

static int read_header(struct recording_reader *reader, const json_t *object, struct recording_error *error)
{
    const char *kind = json_string_value(json_object_get(object, "forklore"));
    struct recording_header *header = &reader->header;
    long version, self;
    if (!kind || strcmp(kind, "recording") != 0)
        return fail(reader, error, _("this is no recording of forklore"));
    if (!read_long(object, "version", 1, INT_MAX, &version))
        return fail_member(reader, error, "version");
    if (version > RECORDING_VERSION)
        return fail(reader, error, _("this recording has version %ld; this forklore reads up to version %d"),
                    version, RECORDING_VERSION);
    if (!read_time(object, "boot", &header->computer.boot))
        return fail_member(reader, error, "boot");
    if (!read_long(object, "ticks_per_second", RECORDING_TICKS_MIN, 10000,
                   &header->computer.ticks_per_second))
        return fail_member(reader, error, "ticks_per_second");
    if (!read_long(object, "cpus", 1, 1 << 20, &header->computer.cpus))
        return fail_member(reader, error, "cpus");
    header->self = read_long(object, "self", 0, INT_MAX, &self) ? (pid_t)self : 0;
    header->computer.only_own = json_is_true(json_object_get(object, "only_own"));
    header->redacted = json_is_true(json_object_get(object, "redacted"));
    read_name(object, "host", header->computer.name, sizeof header->computer.name);
    read_name(object, "kernel", header->computer.kernel, sizeof header->computer.kernel);
    reader->begun = true;
    return 0;
}

static void read_users(struct recording_reader *reader, const json_t *object)
{
    const char *key;
    json_t *value;
    json_object_foreach((json_t *)object, key, value)
    {
        char *end;
        unsigned long uid = strtoul(key, &end, 10);
        if (*end || end == key || uid > UINT_MAX || !json_is_string(value) ||
            reader->user_count == USERS_MAX || recording_user(reader, (uid_t)uid))
            continue;
        reader->users =
            grow(reader->users, &reader->user_room, reader->user_count + 1, sizeof *reader->users);
        reader->users[reader->user_count++] =
            (struct user_name){ (uid_t)uid, xstrdup(json_string_value(value)) };
    }
}

const char *recording_user(const struct recording_reader *reader, uid_t uid)
{
    for (size_t i = 0; i < reader->user_count; i++)
        if (reader->users[i].uid == uid)
            return reader->users[i].name;
    return NULL;
}

const char *recording_user_at(const struct recording_reader *reader, size_t index, uid_t *ret_uid)
{
    if (index >= reader->user_count)
        return NULL;
    *ret_uid = reader->users[index].uid;
    return reader->users[index].name;
}

/* One process of a moment: what the line does not say is as it was, for one that was there before. */
static const char *read_process(struct recording_reader *reader, const json_t *json, bool key,
                                struct frame *frame)
{
    const char *wrong;
    long pid, start;
    if (!read_long(json, "pid", 1, INT_MAX, &pid))
        return "pid";
    if (!read_long(json, "start", 0, RECORDING_START_MAX, &start))
        return "start";
    struct process_id id = { (pid_t)pid, (unsigned long long)start };
    const struct process *before = key ? NULL : sample_find_id(history_newest(reader->history), id);
    struct process process = { .id = id, .tgid = (pid_t)pid, .tpgid = -1, .state = '?', .comm = "?" };
    if (before)
        process = *before;
    if (!recording_fields_read(json, &process, &wrong))
        return wrong;
    if (frame->set_count && frame->set[frame->set_count - 1].id.pid >= process.id.pid)
        return "pid"; /* twice, or out of order */
    frame_set(frame, &process);
    return NULL;
}

static const char *read_processes(struct recording_reader *reader, const json_t *object, struct frame *frame)
{
    const json_t *set = json_object_get(object, "set"), *gone = json_object_get(object, "gone");
    if ((set && !json_is_array(set)) || (!set && frame->key))
        return "set";
    for (size_t i = 0; i < json_array_size(set); i++) {
        const char *wrong = read_process(reader, json_array_get(set, i), frame->key, frame);
        if (wrong)
            return wrong;
    }
    if (gone && !json_is_array(gone))
        return "gone";
    for (size_t i = 0; i < json_array_size(gone); i++) {
        json_int_t pid = json_integer_value(json_array_get(gone, i));
        if (pid < 1 || pid > INT_MAX || (frame->gone_count && frame->gone[frame->gone_count - 1] >= pid))
            return "gone";
        frame_gone(frame, (pid_t)pid);
    }
    return NULL;
}

static const char *read_actors(struct recording_reader *reader, const json_t *object)
{
    const json_t *actors = json_object_get(object, "actors");
    if (!actors)
        return NULL;
    if (!json_is_array(actors) || json_array_size(actors) > ACTORS_MAX)
        return "actors";
    reader->actor_count = 0;
    for (size_t i = 0; i < json_array_size(actors); i++) {
        const json_t *pair = json_array_get(actors, i);
        json_int_t pid = json_integer_value(json_array_get(pair, 0)),
                   start = json_integer_value(json_array_get(pair, 1));
        if (pid < 1 || pid > INT_MAX || start < 0 || start > RECORDING_START_MAX)
            return "actors";
        reader->actors[reader->actor_count++] = (struct process_id){ (pid_t)pid, (unsigned long long)start };
    }
    return NULL;
}

static const char *read_moment(struct recording_reader *reader, const json_t *object, struct frame *frame,
                               struct moment *moment)
{
    const json_t *users = json_object_get(object, "users");
    if (!read_time(object, "t", &frame->time))
        return "t";
    if (json_object_get(object, "interval") && !read_time(object, "interval", &frame->interval))
        return "interval";
    frame->key = json_is_true(json_object_get(object, "key"));
    size_t count = history_count(reader->history);
    if (count == 0 && !frame->key)
        return "key";
    if (count && frame->time < history_moment(reader->history, count - 1)->time)
        return "t";
    moment->load = json_number_value(json_object_get(object, "load"));
    moment->exact = json_is_true(json_object_get(object, "exact"));
    moment->lost = json_is_true(json_object_get(object, "lost"));
    if (users)
        read_users(reader, users);
    const char *wrong = read_processes(reader, object, frame);
    if (!wrong)
        wrong = read_actors(reader, object);
    if (!wrong)
        wrong = recording_events_read(object, moment);
    moment->actors = reader->actors;
    moment->actor_count = reader->actor_count;
    return wrong;
}

static int take_moment(struct recording_reader *reader, const json_t *object, struct recording_error *error)
{
    struct frame frame = { 0 };
    struct moment moment = { 0 };
    const char *wrong = read_moment(reader, object, &frame, &moment);
    if (!wrong)
        history_add_frame(reader->history, &frame, &moment);
    free(moment.events);
    free(moment.lines);
    frame_release(&frame);
    return wrong ? fail_member(reader, error, wrong) : 0;
}

static int take_line(struct recording_reader *reader, struct recording_error *error)
{
    json_error_t json_error;
    reader->line_number++;
    json_t *object = json_loadb(reader->line, reader->length, JSON_REJECT_DUPLICATES, &json_error);
    reader->length = 0;
    if (!json_is_object(object)) {
        json_decref(object);
        return reader->begun ? fail(reader, error, _("this line is damaged: it is no JSON object"))
                             : fail(reader, error, _("this is no recording of forklore"));
    }
    int r = reader->begun ? take_moment(reader, object, error) : read_header(reader, object, error);
    json_decref(object);
    return r;
}

int recording_feed(struct recording_reader *reader, const char *bytes, size_t length,
                   struct recording_error *ret_error)
{
    if (reader->failed)
        return -EINVAL;
    while (length) {
        const char *end = memchr(bytes, '\n', length);
        size_t taken = end ? (size_t)(end - bytes) : length;
        /* A first line of another kind of file may be long: it is no header after so much. */
        size_t most = reader->begun ? LINE_MAX_BYTES : 1 << 16;
        if (reader->length + taken > most) {
            reader->line_number++;
            return reader->begun ? fail(reader, ret_error, _("this line is damaged: it is no JSON object"))
                                 : fail(reader, ret_error, _("this is no recording of forklore"));
        }
        reader->line = grow(reader->line, &reader->room, reader->length + taken + 1, 1);
        memcpy(reader->line + reader->length, bytes, taken);
        reader->length += taken;
        bytes += taken + (end != NULL);
        length -= taken + (end != NULL);
        int r = end ? take_line(reader, ret_error) : 0;
        if (r < 0)
            return r;
    }
    return 0;
}

const struct recording_header *recording_header(const struct recording_reader *reader)
{
    return reader->begun ? &reader->header : NULL;
}

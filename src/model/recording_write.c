#include "base/memory.h"
#include "base/text.h"
#include "model/id_set.h"
#include "model/recording.h"
#include "model/recording_events.h"
#include "model/recording_fields.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_EVERY = 300 };

struct recording_writer {
    FILE *to;
    uint64_t bytes;
    size_t since_key;
    bool begun;
    struct sample newest, spare;
    struct frame frame;
    struct id_set actors;
    struct recorded_user {
        uid_t uid;
        bool named; /* its name has been written */
    } * users;
    size_t user_count, user_room;
};

/* One line, all of it or, as far as the reader is concerned, nothing. */
static int write_line(struct recording_writer *writer, json_t *object)
{
    char *line = json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(6));
    json_decref(object);
    if (!line)
        return -EINVAL;
    size_t length = strlen(line);
    errno = 0;
    bool good = fwrite(line, 1, length, writer->to) == length && fputc('\n', writer->to) != EOF &&
                fflush(writer->to) == 0;
    free(line);
    if (!good)
        return errno ? -errno : -EIO;
    writer->bytes += length + 1;
    return 0;
}

int recording_writer_new(struct recording_writer **ret, FILE *to, const struct recording_header *header)
{
    struct recording_writer *writer = xcalloc(1, sizeof *writer);
    const struct computer *computer = &header->computer;
    json_t *object = json_object();
    writer->to = to;
    json_object_set_new(object, "forklore", json_string("recording"));
    json_object_set_new(object, "version", json_integer(RECORDING_VERSION));
    json_object_set_new(object, "host", recording_text(computer->name));
    json_object_set_new(object, "kernel", recording_text(computer->kernel));
    json_object_set_new(object, "cpus", json_integer(computer->cpus));
    json_object_set_new(object, "ticks_per_second", json_integer(computer->ticks_per_second));
    json_object_set_new(object, "only_own", json_boolean(computer->only_own));
    json_object_set_new(object, "boot", json_integer(computer->boot / RECORDING_NS));
    json_object_set_new(object, "redacted", json_boolean(header->redacted));
    json_object_set_new(object, "self", json_integer(header->self));
    int r = write_line(writer, object);
    if (r < 0) {
        free(writer);
        return r;
    }
    *ret = writer;
    return 0;
}

void recording_writer_free(struct recording_writer *writer)
{
    if (!writer)
        return;
    sample_release(&writer->newest);
    sample_release(&writer->spare);
    frame_release(&writer->frame);
    id_set_release(&writer->actors);
    free(writer->users);
    free(writer);
}

static void note_user(struct recording_writer *writer, uid_t uid)
{
    for (size_t i = 0; i < writer->user_count; i++)
        if (writer->users[i].uid == uid)
            return;
    writer->users = grow(writer->users, &writer->user_room, writer->user_count + 1, sizeof *writer->users);
    writer->users[writer->user_count++] = (struct recorded_user){ .uid = uid };
}

/* The names of users that have become known: they are looked up in the background. */
static void add_users(struct recording_writer *writer, json_t *object, struct users *users)
{
    json_t *names = json_object();
    char key[16], clean[256];
    for (size_t i = 0; i < writer->frame.set_count; i++)
        note_user(writer, writer->frame.set[i].euid);
    for (size_t i = 0; i < writer->user_count; i++) {
        struct recorded_user *user = &writer->users[i];
        if (user->named || !users_is_known(users, user->uid))
            continue;
        user->named = true;
        snprintf(key, sizeof key, "%u", user->uid);
        json_object_set_new(names, key,
                            recording_text(text_clean(clean, sizeof clean, users_name(users, user->uid))));
    }
    if (json_object_size(names))
        json_object_set(object, "users", names);
    json_decref(names);
}

static void add_processes(const struct recording_writer *writer, json_t *object)
{
    const struct frame *frame = &writer->frame;
    json_t *set = json_array(), *gone = json_array();
    for (size_t i = 0; i < frame->set_count; i++) {
        const struct process *before = frame->key ? NULL : sample_find(&writer->newest, frame->set[i].id.pid);
        json_array_append_new(set, recording_fields_write(&frame->set[i], before));
    }
    for (size_t i = 0; i < frame->gone_count; i++)
        json_array_append_new(gone, json_integer(frame->gone[i]));
    if (frame->key || frame->set_count)
        json_object_set(object, "set", set);
    if (frame->gone_count)
        json_object_set(object, "gone", gone);
    json_decref(set);
    json_decref(gone);
}

static bool actors_changed(struct recording_writer *writer, const struct moment *moment)
{
    bool same = writer->actors.count == moment->actor_count;
    for (size_t i = 0; same && i < moment->actor_count; i++)
        same = id_set_has(&writer->actors, moment->actors[i]);
    if (same)
        return false;
    id_set_clear(&writer->actors);
    for (size_t i = 0; i < moment->actor_count; i++)
        id_set_add(&writer->actors, moment->actors[i]);
    return true;
}

static void add_actors(struct recording_writer *writer, json_t *object, const struct moment *moment)
{
    if (!actors_changed(writer, moment))
        return;
    json_t *actors = json_array();
    for (size_t i = 0; i < moment->actor_count; i++)
        json_array_append_new(
            actors, json_pack("[i,I]", (int)moment->actors[i].pid, (json_int_t)moment->actors[i].start));
    json_object_set_new(object, "actors", actors);
}

/* A whole sample keeps what was known before: texts of rows that are not on screen now. */
static void prepare_frame(struct recording_writer *writer, const struct sample *sample)
{
    frame_clear(&writer->frame);
    frame_between(&writer->frame, writer->begun ? &writer->newest : NULL, sample);
    frame_apply(&writer->spare, &writer->newest, &writer->frame);
    if (writer->begun && writer->since_key + 1 >= KEY_EVERY) {
        frame_clear(&writer->frame);
        frame_between(&writer->frame, NULL, &writer->spare);
    }
    writer->since_key = writer->frame.key ? 0 : writer->since_key + 1;
    writer->begun = true;
}

int recording_write(struct recording_writer *writer, const struct sample *sample, const struct moment *moment,
                    struct users *users)
{
    json_t *object = json_object();
    prepare_frame(writer, sample);
    json_object_set_new(object, "t", json_integer(sample->time / RECORDING_NS));
    if (sample->interval)
        json_object_set_new(object, "interval", json_integer(sample->interval / RECORDING_NS));
    if (writer->frame.key)
        json_object_set_new(object, "key", json_true());
    json_object_set_new(object, "load", json_real(moment->load));
    json_object_set_new(object, "exact", json_boolean(moment->exact));
    if (moment->lost)
        json_object_set_new(object, "lost", json_true());
    add_users(writer, object, users);
    add_actors(writer, object, moment);
    add_processes(writer, object);
    recording_events_write(object, moment);
    struct sample before = writer->newest;
    writer->newest = writer->spare;
    writer->spare = before;
    return write_line(writer, object);
}

uint64_t recording_bytes(const struct recording_writer *writer)
{
    return writer->bytes;
}

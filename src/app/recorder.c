#include "app/recorder.h"

#include "app/live.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "model/recording.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct recorder {
    char *path;
    FILE *to;
    struct recording_writer *writer;
    size_t moments;
    bool hides;
};

static void complain(struct live *live, const char *path, int error)
{
    char clean[200];
    live_complain(live, "%s: %s (%s)", text_clean(clean, sizeof clean, path), error_words(error),
                  error_name(error));
}

/* It holds the command lines of everybody's processes: it is for this user's eyes. */
static FILE *create(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    return fd < 0 ? NULL : fdopen(fd, "w");
}

void recorder_begin(struct live *live, const char *path)
{
    struct recording_header header = { .computer = live->computer,
                                       .redacted = live->redact != NULL,
                                       .self = getpid() };
    FILE *to = create(path);
    if (live->redact) /* what is hidden on the screen is not in the samples either */
        snprintf(header.computer.name, sizeof header.computer.name, "%s", redact_host);
    if (!to) {
        complain(live, path, errno);
        return;
    }
    struct recorder *recorder = xcalloc(1, sizeof *recorder);
    int r = recording_writer_new(&recorder->writer, to, &header);
    if (r < 0) {
        complain(live, path, r);
        fclose(to);
        free(recorder);
        return;
    }
    recorder->to = to;
    recorder->path = xstrdup(path);
    recorder->hides = header.redacted;
    live->recorder = recorder;
    live_sample_soon(live);
}

static void release(struct live *live)
{
    struct recorder *recorder = live->recorder;
    recording_writer_free(recorder->writer);
    if (fclose(recorder->to) != 0)
        complain(live, recorder->path, errno);
    free(recorder->path);
    free(recorder);
    live->recorder = NULL;
}

void recorder_end(struct live *live)
{
    char clean[200];
    if (!live->recorder)
        return;
    live_say(live, _("moments recorded: %zu, in %s; forklore replay shows them"), live->recorder->moments,
             text_clean(clean, sizeof clean, live->recorder->path));
    release(live);
}

bool recorder_hides(const struct live *live)
{
    return live->recorder && live->recorder->hides;
}

void recorder_note(struct live *live, const struct sample *sample, const struct moment *moment)
{
    if (!live->recorder)
        return;
    int r = recording_write(live->recorder->writer, sample, moment, live->users);
    live->recorder->moments += r == 0;
    if (r == 0)
        return;
    complain(live, live->recorder->path, r);
    release(live);
}

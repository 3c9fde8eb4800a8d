#include "app/shot.h"

#include "app/language.h"
#include "app/lessons.h"
#include "app/picture_file.h"
#include "app/replay.h"
#include "base/clock.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "model/kinship.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum stage {
    SHOT_FIRST,    /* waits for the first sample */
    SHOT_COMMANDS, /* the lab carries them out */
    SHOT_LESSON,   /* the lesson is played up to the step */
    SHOT_SETTLE,   /* a sample is awaited that shows what was done */
    SHOT_TAKEN,
};

struct shot {
    const struct shot_options *options;
    enum stage stage;
    int64_t done;    /* clock_now() when all was done that is to be seen */
    size_t step;     /* of the lesson, from 0, that is to be taken */
    size_t failures; /* of the lab's commands */
    int status;
};

int shot_open_terminal(struct live *live, const struct terminal_options *options)
{
    const struct shot_options *shot = live->options.shot->options;
    int r = terminal_open_unseen(&live->terminal, options, shot->height, shot->width);
    if (r < 0)
        fprintf(stderr,
                _("forklore shot: terminfo knows no terminal with colours: install xterm-256color\n"));
    return r;
}

static void end(struct live *live, int status)
{
    live->options.shot->stage = SHOT_TAKEN;
    live->options.shot->status = status;
    live_quit(live);
}

/* "DIR/zombie-3.svg" of "DIR/" or of "DIR/zombie.svg"; to be freed. */
static char *name_of_step(const struct live *live, const char *output, size_t step)
{
    size_t length = strlen(output);
    const char *slash = strrchr(output, '/'), *suffix = strrchr(slash ? slash : output, '.');
    if (length && output[length - 1] == '/')
        return xasprintf("%s%s-%zu.svg", output, live->lessons->open->name, step + 1);
    int stem = suffix ? (int)(suffix - output) : (int)length;
    return xasprintf("%.*s-%zu%s", stem, output, step + 1, suffix ? suffix : "");
}

static char *title_of(const struct live *live)
{
    if (!lesson_is_open(live))
        return xstrdup(_("Forklore: a process tree"));
    const struct lesson *lesson = live->lessons->open->lesson;
    return xasprintf(_("Forklore: %s, step %zu"),
                     lesson_text_in(&lesson->title, lesson_language(live->lessons)),
                     live->options.shot->step + 1);
}

static bool status_of(void *data, struct process_id id, int *ret_status)
{
    const struct live *live = data;
    const struct actor *actor = live->lab && !live->rewind.past ? lab_actor_by_id(live->lab, id) : NULL;
    if (actor && actor->status_known)
        *ret_status = actor->status;
    return actor && actor->status_known;
}

static const char description[] =
    N_("The screen of Forklore, which shows the processes of a Linux machine as a tree.");
static const char family_description[] =
    N_("A family of processes: boxes with name, PID and STAT, lines for births, "
       "dashed lines for adoptions; those with a broken frame are gone.");

/* 0, or -errno with the reason. */
static int write_screen(struct live *live, const char *path, const char *title, char *why, size_t size)
{
    char language[32];
    struct screen_picture picture = {
        .snapshot = &live->snapshot,
        .title = title,
        .description = _(description),
        .language = language_tag(language, sizeof language),
    };
    live_draw(live);
    snapshot_release(&live->snapshot);
    snapshot_take(&live->snapshot, live->terminal);
    int64_t seconds = (rewind_boot(live) + rewind_now(live)) / NS_PER_SECOND;
    return picture_file_write(path, &(struct picture){ .screen = &picture, .time = seconds }, why, size);
}

/* The lab knows of the births of its actors, however short they lived. Returns how many; to be freed. */
static size_t births_in_lab(const struct live *live, struct process_id self, struct kin_birth **ret)
{
    size_t count = live->lab && !live->rewind.past ? lab_actor_count(live->lab) : 0;
    struct kin_birth *births = xcalloc(count + 1, sizeof *births);
    for (size_t i = 0; i < count; i++) {
        const struct actor *actor = lab_actor(live->lab, i);
        births[i] = (struct kin_birth){ actor->id, actor->parent.pid ? actor->parent : self, actor->name };
    }
    *ret = births;
    return count;
}

static int write_family(struct live *live, const char *path, const char *title, char *why, size_t size)
{
    pid_t pid = live->options.shot->options->family_of;
    const struct process *root = sample_find(&live->sample, pid ? pid : live_self(live));
    struct history *history = live->rewind.history;
    struct kinship kinship;
    char language[32];
    if (!root) {
        snprintf(why, size, _("there is no process %d"), pid ? pid : live_self(live));
        return -ESRCH;
    }
    size_t index = history_find(history, live->rewind.past ? live->rewind.time : INT64_MAX);
    struct kin_birth *births;
    struct kinship_options options = {
        .root = root->id, .only_actors = pid == 0, .status = status_of, .data = live
    };
    options.birth_count = births_in_lab(live, root->id, &births);
    options.births = births;
    kinship_read(&kinship, history, index, &options);
    free(births);
    for (size_t i = 0; live->redact && i < kinship.count; i++) {
        char name[EVENT_COMM_SIZE];
        memcpy(name, kinship.all[i].comm, sizeof name);
        redact_text(live->redact, kinship.all[i].comm, sizeof kinship.all[i].comm, name);
    }
    struct family_picture picture = {
        .kinship = &kinship,
        .title = title,
        .description = _(family_description),
        .language = language_tag(language, sizeof language),
        .light = terminal_is_light(live->terminal),
    };
    int64_t seconds = (rewind_boot(live) + rewind_now(live)) / NS_PER_SECOND;
    int r = picture_file_write(path, &(struct picture){ .family = &picture, .time = seconds }, why, size);
    kinship_release(&kinship);
    return r;
}

/* 0, or 1 after a line on stderr. */
static int write_picture(struct live *live)
{
    const struct shot_options *options = live->options.shot->options;
    bool all = !options->step && lesson_is_open(live);
    char why[700], *title = title_of(live);
    char *path =
        all ? name_of_step(live, options->output, live->options.shot->step) : xstrdup(options->output);
    int r = options->family ? write_family(live, path, title, why, sizeof why)
                            : write_screen(live, path, title, why, sizeof why);
    if (r < 0)
        fprintf(stderr, "forklore shot: %s\n", why);
    free(title);
    free(path);
    return r < 0;
}

static void await_sample(struct live *live)
{
    live->options.shot->stage = SHOT_SETTLE;
    live->options.shot->done = clock_now();
    live_sample_soon(live);
}

/* Its programs may be missing, or not be allowed to start. */
static bool have_lab(const struct live *live)
{
    if (live->lab)
        return true;
    fputs("forklore shot: ", stderr);
    fprintf(stderr, _("there is no lab: %s (%s)"), error_name(live->lab_error), error_words(live->lab_error));
    fputc('\n', stderr);
    return false;
}

static void begin(struct live *live)
{
    struct shot *shot = live->options.shot;
    const struct shot_options *options = shot->options;
    char why[200];
    struct lab_error error;
    if (options->redact)
        live_redact(live, true);
    if (live->replay) {
        if (!rewind_to(live, options->at ? options->at : "now", why, sizeof why)) {
            fprintf(stderr, "forklore shot: --at: %s\n", why);
            end(live, 2);
            return;
        }
        end(live, write_picture(live));
    } else if ((lesson_is_open(live) || options->commands) && !have_lab(live)) {
        end(live, 1);
    } else if (lesson_is_open(live)) {
        shot->stage = SHOT_LESSON;
    } else if (options->commands) {
        lesson_show_family_alone(live, true);
        shot->stage = SHOT_COMMANDS;
        if (lab_submit(live->lab, options->commands, &error) < 0) /* was parsed before */
            end(live, 2);
    } else {
        await_sample(live);
    }
}

static void carry_out(struct live *live)
{
    if (!lab_idle(live->lab))
        return;
    live->options.shot->failures = lab_failures(live->lab);
    if (live->options.shot->failures)
        fprintf(stderr, _("forklore shot: %zu commands were refused or expectations not met\n"),
                live->options.shot->failures);
    await_sample(live);
}

/* One turn of the lesson towards the answer of the step. */
static void play_on(struct live *live)
{
    struct play *play = live->lessons->play;
    size_t at = play_at(play), step = live->options.shot->step;
    enum play_phase phase = play_phase(play);
    if (phase == PLAY_READ || ((phase == PLAY_RESULT || phase == PLAY_SKIPPED) && at < step))
        play_next(play);
    else if (phase == PLAY_PREDICT)
        play_predict(play, PLAY_NO_PREDICTION);
    else if (phase == PLAY_RESULT || phase == PLAY_SKIPPED) {
        await_sample(live);
        return;
    } else {
        return; /* the lab is at work, and tells when it is done */
    }
    lesson_played(live);
}

static void take_picture(struct live *live)
{
    struct shot *shot = live->options.shot;
    int status = write_picture(live);
    bool more = lesson_is_open(live) && !shot->options->step &&
                shot->step + 1 < live->lessons->open->lesson->step_count;
    if (status || !more) {
        end(live, status || shot->failures);
        return;
    }
    shot->step++;
    shot->stage = SHOT_LESSON;
    play_on(live);
}

void shot_go_on(struct live *live)
{
    struct shot *shot = live->options.shot;
    bool has_sample = live->sample.count > 0;
    switch (shot->stage) {
    case SHOT_FIRST:
        if (has_sample)
            begin(live);
        break;
    case SHOT_COMMANDS: carry_out(live); break;
    case SHOT_LESSON: play_on(live); break;
    case SHOT_SETTLE:
        if (live->sample.time > shot->done)
            take_picture(live);
        break;
    case SHOT_TAKEN: break;
    }
}

/* A step that the lesson has not, or a folder that is not there, is told before anything is done. 0 or 2. */
static int check(const struct shot_options *options)
{
    const struct lessons *lessons = options->live.lessons;
    struct stat status;
    size_t length = strlen(options->output);
    if (lessons && options->step > lessons->begin->lesson->step_count) {
        fprintf(stderr, _("forklore shot: %s has %zu steps\n"), lessons->begin->name,
                lessons->begin->lesson->step_count);
        return 2;
    }
    bool folder = length && options->output[length - 1] == '/';
    if (folder && mkdir(options->output, 0777) < 0 &&
        (stat(options->output, &status) < 0 || !S_ISDIR(status.st_mode))) {
        fprintf(stderr, _("forklore shot: %s: the folder cannot be made\n"), options->output);
        return 2;
    }
    return 0;
}

int shot_take(const struct shot_options *options)
{
    struct shot shot = { .options = options, .step = options->step ? options->step - 1 : 0, .status = 1 };
    struct live_options live = options->live;
    int status = check(options);
    if (status != 0)
        return status;
    live.shot = &shot;
    status = live_run(&live);
    return status ? status : shot.status;
}

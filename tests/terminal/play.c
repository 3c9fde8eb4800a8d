/* play FILE...: performs .play files, tests of a program on a screen, and prints TAP. `play --help` lists the
 * steps; what is expected on the screen is written as pattern.h says. */
#include "play.h"

#include "base/clock.h"
#include "base/errors.h"
#include "base/memory.h"
#include "family.h"

#include <errno.h>
#include <locale.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct step *const step_tables[] = { act_steps, look_steps, process_steps };

enum step_result play_fail(struct play *play, const char *format, ...)
{
    va_list arguments;

    free(play->why);
    play->why = NULL;
    va_start(arguments, format);
    if (vasprintf(&play->why, format, arguments) < 0)
        abort();
    va_end(arguments);
    return STEP_FAILED;
}

void play_update(struct play *play, int timeout_ms)
{
    if (play->terminal)
        while (terminal_take(play->terminal, timeout_ms))
            timeout_ms = 0;
    job_update(&play->job);
    family_reap(play->job.leader);
}

static bool wait_until(struct play *play, bool (*holds)(struct play *play, void *data), void *data,
                       bool after_end)
{
    int64_t deadline = clock_now() + play->patience;

    play_update(play, 0);
    for (;;) {
        bool ended = play->job.state == JOB_ENDED;
        if (holds(play, data))
            return true;
        if (clock_now() > deadline || (ended && !after_end))
            return false;
        play_update(play, 20);
    }
}

bool play_until(struct play *play, bool (*holds)(struct play *play, void *data), void *data)
{
    return wait_until(play, holds, data, false);
}

bool play_until_after_end(struct play *play, bool (*holds)(struct play *play, void *data), void *data)
{
    return wait_until(play, holds, data, true);
}

void play_print_screen(const struct play *play)
{
    int columns, rows;

    if (!play->terminal)
        return;
    terminal_size(play->terminal, &columns, &rows);
    printf("# the screen, %dx%d:\n", columns, rows);
    for (int row = 0; row < rows; row++) {
        char *text = terminal_row(play->terminal, row, NULL);
        printf("# %3d |%s\n", row + 1, text);
        free(text);
    }
}

static const struct step *find_step(const char *name)
{
    for (size_t i = 0; i < sizeof(step_tables) / sizeof(step_tables[0]); i++)
        for (const struct step *step = step_tables[i]; step->name; step++)
            if (strcmp(step->name, name) == 0)
                return step;
    return NULL;
}

/* What has been said about the tests so far. */
struct tally {
    int number; /* of the current test; 0: none yet */
    const char *title;
    bool failed; /* the current test */
    bool lost;   /* a test failed and no program was started since, so what follows cannot be tried */
    int failures;
};

static void finish_test(struct tally *tally, struct play *play)
{
    if (tally->number == 0)
        return;
    if (tally->failed)
        tally->failures++;
    printf("%s %d - %s%s%s\n", tally->failed ? "not ok" : "ok", tally->number, tally->title,
           play->skip ? " # SKIP " : "", play->skip ? play->skip : "");
    fflush(stdout);
}

static void forget_skip(struct play *play)
{
    free(play->skip);
    play->skip = NULL;
}

static void print_failure(struct play *play, const struct script_step *step)
{
    printf("# %s:%d: %s %s\n", step->file, step->line, step->name, step->argument);
    printf("# %s\n", play->why ? play->why : "failed");
    if (play->job.state == JOB_ENDED)
        printf("# the program has ended: wait status 0x%x\n", (unsigned)play->job.status);
    play_print_screen(play);
}

static void perform_step(struct tally *tally, struct play *play, const struct script_step *step)
{
    const struct step *kind = find_step(step->name);
    enum step_result result;

    if (tally->lost && !tally->failed && tally->number > 0) {
        printf("# not reached\n");
        tally->failed = true;
    }
    if (tally->failed || tally->lost || play->skip)
        return;
    if (!kind)
        result = play_fail(play, "there is no step of this name");
    else if (!play->terminal && kind->time != STEP_ANYTIME)
        result = play_fail(play, "no program was started");
    else
        result = kind->run(play, step);
    if (result == STEP_FAILED) {
        print_failure(play, step);
        tally->failed = tally->lost = true;
    }
}

static bool starts_program(const struct script_step *step)
{
    return strcmp(step->name, "start") == 0 || strcmp(step->name, "run") == 0;
}

/* Whether the test with this title begins anew, so that what failed before it does not matter. */
static bool test_starts_program(const struct script *script, size_t title)
{
    for (size_t i = title + 1; i < script->count && strcmp(script->steps[i].name, "title") != 0; i++)
        if (starts_program(&script->steps[i]))
            return true;
    return false;
}

static bool nothing_left(struct play *play, void *data)
{
    (void)play;
    return family_survivors(data, 512) == 0;
}

static void begin_test(struct tally *tally, struct play *play, const char *title, bool starts_anew)
{
    tally->number++;
    tally->title = title;
    tally->failed = false;
    if (starts_anew) { /* else what was left out, or went wrong, is missing here too */
        tally->lost = false;
        forget_skip(play);
    }
}

/* The last test of every file. */
static void perform_ending(struct tally *tally, struct play *play)
{
    char survivors[512];

    begin_test(tally, play, "nothing is left behind", true);
    job_release(&play->job);
    if (play->terminal)
        terminal_hang_up(play->terminal); /* a program may have left the job's group */
    for (size_t i = 0; i < play->subject_count; i++)
        kill(play->subjects[i], SIGKILL);
    tally->failed = !play_until_after_end(play, nothing_left, survivors);
    if (tally->failed) {
        printf("# left: %s\n", survivors);
        family_kill();
    }
    finish_test(tally, play);
}

static int perform(struct play *play, const char *path)
{
    struct script script;
    struct tally tally = { 0 };
    int r = script_read(&script, path);

    if (r < 0) {
        printf("Bail out! %s: %s\n", path, error_name(r));
        return 99;
    }
    for (size_t i = 0; i < script.count; i++) {
        const struct script_step *step = &script.steps[i];
        if (strcmp(step->name, "title") == 0) {
            finish_test(&tally, play);
            begin_test(&tally, play, step->argument, test_starts_program(&script, i));
        } else {
            perform_step(&tally, play, step);
        }
        if (tally.number == 0 && play->skip) {
            printf("1..0 # SKIP %s\n", play->skip);
            script_release(&script);
            return 0;
        }
    }
    finish_test(&tally, play);
    perform_ending(&tally, play);
    printf("1..%d\n", tally.number);
    script_release(&script);
    return tally.failures ? 1 : 0;
}

static void print_help(void)
{
    puts("Usage: play FILE\n\nSteps of a .play file:");
    for (size_t i = 0; i < sizeof(step_tables) / sizeof(step_tables[0]); i++)
        for (const struct step *step = step_tables[i]; step->name; step++)
            printf("  %-28s %s\n", step->usage, step->help);
    printf("  %-28s %s\n", "do FILE", "performs the steps of a file beside this one");
    printf("  %-28s %s\n", "title WORDS", "begins a test; its steps follow");
}

/* $SUBJECT is the program that stands beside this one; so is $FORKLORE, two folders up, unless it is set. */
static void set_programs(struct play *play)
{
    char own[4096];
    ssize_t length = readlink("/proc/self/exe", own, sizeof(own) - 1);

    if (length < 0)
        return;
    own[length] = '\0';
    *strrchr(own, '/') = '\0';
    char *variable = xasprintf("SUBJECT=%s/subject", own);
    play_set_environment(play, variable);
    free(variable);
    char *program = xasprintf("%s/../../forklore", own);
    setenv("FORKLORE", program, 0);
    free(program);
}

/* What the programs inherit: nothing of the person's own taste, only where things are. */
static void pin_environment(struct play *play)
{
    extern char **environ;

    play->environment = xcalloc(1, sizeof(*play->environment));
    set_programs(play);
    for (char **variable = environ; *variable; variable++)
        if (strncmp(*variable, "FORKLORE", 8) == 0 || strncmp(*variable, "PATH=", 5) == 0 ||
            strstr(*variable, "SAN_OPTIONS=") || strncmp(*variable, "PLAY", 4) == 0)
            play_set_environment(play, *variable);
    char *home = xasprintf("HOME=%s", play->home);
    play_set_environment(play, home);
    free(home);
    play_set_environment(play, "TERM=xterm-256color");
    play_set_environment(play, "LC_ALL=C.UTF-8");
    play_set_environment(play, "TZ=UTC");
}

/* {play} is this process: the parent of what is spawned, and the adopter of orphans. */
static void bind_itself(struct play *play)
{
    char *pid = xasprintf("%d", (int)getpid());

    bindings_set(&play->bindings, "play", pid, true);
    free(pid);
}

static void remove_home(const struct play *play)
{
    char *command = xasprintf("rm -rf '%s'", play->home);

    if (system(command) != 0)
        printf("# %s is still there\n", play->home);
    free(command);
}

static void release(struct play *play)
{
    terminal_free(play->terminal);
    bindings_release(&play->bindings);
    for (size_t i = 0; i < play->environment_count; i++)
        free(play->environment[i]);
    free(play->environment);
    free(play->subjects);
    free(play->home);
    free(play->why);
    free(play->skip);
}

int main(int argc, char *argv[])
{
    const char *patience = getenv("PLAY_SECONDS");
    struct play play = {
        .columns = 98,
        .rows = 30,
        .patience = (patience ? atoi(patience) : 20) * NS_PER_SECOND,
        .home = xstrdup("/tmp/play.XXXXXX"),
    };

    if (argc != 2 || argv[1][0] == '-') {
        print_help();
        return argc == 2 && strcmp(argv[1], "--help") == 0 ? 0 : 2;
    }
    setlocale(LC_ALL, "C.UTF-8");
    signal(SIGPIPE, SIG_IGN);
    family_begin();
    if (!mkdtemp(play.home) || chmod(play.home, 0755) < 0) {
        printf("Bail out! no directory: %s\n", error_name(errno));
        return 99;
    }
    pin_environment(&play);
    bind_itself(&play);
    int status = perform(&play, argv[1]);
    remove_home(&play);
    release(&play);
    return status;
}

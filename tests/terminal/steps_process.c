/* Steps about processes: how the program ends or stops, what it leaves, and what ps says of others. */
#include "play.h"

#include "base/errors.h"
#include "base/memory.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

static bool has_ended(struct play *play, void *data)
{
    (void)data;
    return play->job.state == JOB_ENDED;
}

static enum step_result run_exits(struct play *play, const struct script_step *step)
{
    char words[64];

    if (!play_until(play, has_ended, NULL))
        return play_fail(play, "it still runs");
    if (!step->argument[0])
        return STEP_DONE;
    wait_status_words(words, sizeof(words), play->job.status);
    char *wanted =
        xasprintf(strncmp(step->argument, "SIG", 3) == 0 ? "signal %s" : "exit %s", step->argument);
    bool same = strncmp(words, wanted, strlen(wanted)) == 0; /* ", core dumped" may follow */
    free(wanted);
    return same ? STEP_DONE : play_fail(play, "it ended: %s", words);
}

static bool has_stopped(struct play *play, void *data)
{
    (void)data;
    return play->job.state == JOB_STOPPED;
}

static enum step_result run_stops(struct play *play, const struct script_step *step)
{
    (void)step;
    return play_until(play, has_stopped, NULL) ? STEP_DONE : play_fail(play, "it runs on");
}

static bool is_restored(struct play *play, void *data)
{
    (void)data;
    char differences[256];

    return terminal_differences(play->terminal, differences, sizeof(differences))[0] == '\0';
}

static enum step_result run_restored(struct play *play, const struct script_step *step)
{
    char differences[256];

    (void)step;
    if (play_until_after_end(play, is_restored, NULL))
        return STEP_DONE;
    return play_fail(play, "the terminal: %s",
                     terminal_differences(play->terminal, differences, sizeof(differences)));
}

static bool is_full_screen(struct play *play, void *data)
{
    (void)data;
    return terminal_alternate(play->terminal);
}

static enum step_result run_full_screen(struct play *play, const struct script_step *step)
{
    (void)step;
    return play_until(play, is_full_screen, NULL) ? STEP_DONE : play_fail(play, "not the alternate screen");
}

/* "PID FIELD VALUE" of the step `ps`. */
struct ps_wish {
    char pid[32], field[32], found[512];
    const char *value;
};

static bool ps_says(struct play *play, void *data)
{
    struct ps_wish *wish = data;
    struct pattern pattern;
    char *command = xasprintf("ps -o %s= -p %s", wish->field, wish->pid);
    FILE *output = popen(command, "re");

    if (output) {
        if (fscanf(output, " %511[^\n]", wish->found) != 1)
            wish->found[0] = '\0';
        pclose(output);
    }
    free(command);
    if (pattern_compile(&pattern, wish->value, &play->bindings, false) < 0)
        return false;
    bool matches = pattern_matches(&pattern, wish->found, NULL, &play->bindings);
    pattern_release(&pattern);
    return matches;
}

static enum step_result run_ps(struct play *play, const struct script_step *step)
{
    char *argument = bindings_expand(&play->bindings, step->argument);
    struct ps_wish wish = { 0 };
    int length = 0;
    enum step_result result = STEP_DONE;

    if (sscanf(argument, "%31s %31s %n", wish.pid, wish.field, &length) != 2 || length == 0) {
        result = play_fail(play, "ps PID FIELD VALUE");
    } else {
        wish.value = argument + length;
        if (!play_until_after_end(play, ps_says, &wish))
            result = play_fail(play, "ps says: %s, not: %s", wish.found, wish.value);
    }
    free(argument);
    return result;
}

static bool is_dead(struct play *play, void *data)
{
    (void)play;
    return kill((pid_t)atoi(data), 0) < 0 && errno == ESRCH;
}

static enum step_result run_dead(struct play *play, const struct script_step *step)
{
    char *pid = bindings_expand(&play->bindings, step->argument);
    bool dead = play_until_after_end(play, is_dead, pid);

    free(pid);
    return dead ? STEP_DONE : play_fail(play, "the process is still there");
}

const struct step process_steps[] = {
    { "exits", "exits [0|SIGTERM]", "waits until the program has ended, and so", run_exits, STEP_IN_PROGRAM },
    { "stops", "stops", "waits until the program is stopped", run_stops, STEP_IN_PROGRAM },
    { "restored", "restored", "waits until the terminal is as before the program", run_restored,
      STEP_IN_PROGRAM },
    { "full-screen", "full-screen", "waits until the program shows the alternate screen", run_full_screen,
      STEP_IN_PROGRAM },
    { "ps", "ps PID FIELD PATTERN", "waits until ps(1) says so of the process", run_ps, STEP_ANYTIME },
    { "dead", "dead PID", "waits until there is no such process", run_dead, STEP_ANYTIME },
    { 0 },
};

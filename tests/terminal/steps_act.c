/* Steps that do something: to the program, its terminal and its surroundings. */
#include "play.h"

#include "base/errors.h"
#include "base/memory.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static enum step_result run_size(struct play *play, const struct script_step *step)
{
    if (sscanf(step->argument, "%dx%d", &play->columns, &play->rows) != 2)
        return play_fail(play, "a size is COLUMNSxROWS");
    if (play->terminal)
        terminal_resize(play->terminal, play->columns, play->rows);
    return STEP_DONE;
}

static enum step_result run_env(struct play *play, const struct script_step *step)
{
    char *assignment = bindings_expand(&play->bindings, step->argument);

    play_set_environment(play, assignment);
    free(assignment);
    return STEP_DONE;
}

void play_set_environment(struct play *play, const char *assignment)
{
    bool removes = assignment[0] == '-';
    const char *name = assignment + removes;
    size_t length = strcspn(name, "="), kept = 0;

    for (size_t i = 0; i < play->environment_count; i++) {
        if (strncmp(play->environment[i], name, length) == 0 && play->environment[i][length] == '=')
            free(play->environment[i]);
        else
            play->environment[kept++] = play->environment[i];
    }
    play->environment = xreallocarray(play->environment, kept + 2, sizeof(*play->environment));
    if (!removes)
        play->environment[kept++] = xstrdup(assignment);
    play->environment[kept] = NULL;
    play->environment_count = kept;
}

/* Starts a shell command in a fresh terminal, below a shell's prompt. */
static enum step_result start_command(struct play *play, const char *command)
{
    char *words = bindings_expand(&play->bindings, command);
    char *line = xasprintf("exec %s", words);

    bindings_forget(&play->bindings);
    job_release(&play->job);
    terminal_free(play->terminal);
    play->terminal = terminal_new(play->columns, play->rows);
    terminal_print(play->terminal, "$ program\r\n");
    int r = job_start(&play->job, terminal_slave(play->terminal), (char *[]){ "/bin/sh", "-c", line, NULL },
                      play->environment);
    free(words);
    free(line);
    if (r < 0)
        return play_fail(play, "not started: %s", error_name(r));
    char *pid = xasprintf("%d", (int)play->job.pid);
    bindings_set(&play->bindings, "self", pid, false);
    free(pid);
    return STEP_DONE;
}

static enum step_result run_start(struct play *play, const struct script_step *step)
{
    char *command = xasprintf("\"$FORKLORE\" %s", step->argument);
    enum step_result result = start_command(play, command);

    free(command);
    return result;
}

static enum step_result run_run(struct play *play, const struct script_step *step)
{
    return start_command(play, step->argument);
}

static enum step_result run_type(struct play *play, const struct script_step *step)
{
    char *keys = bindings_expand(&play->bindings, step->argument);
    int r = terminal_type(play->terminal, keys);

    free(keys);
    return r < 0 ? play_fail(play, "an unknown key") : STEP_DONE;
}

static enum step_result run_paste(struct play *play, const struct script_step *step)
{
    terminal_paste(play->terminal, step->argument);
    return STEP_DONE;
}

struct click {
    const char *text;
    int row, column;
};

static bool click_found(struct play *play, void *data)
{
    struct click *click = data;

    return play_find(play, click->text, &click->row, &click->column);
}

static enum step_result click(struct play *play, const struct script_step *step, int button)
{
    struct click place = { .text = step->argument };

    if (!play_until(play, click_found, &place))
        return play_fail(play, "nothing to click on");
    terminal_click(play->terminal, place.column, place.row, button);
    return STEP_DONE;
}

static enum step_result run_click(struct play *play, const struct script_step *step)
{
    return click(play, step, 1);
}

static enum step_result run_right_click(struct play *play, const struct script_step *step)
{
    return click(play, step, 3);
}

static enum step_result run_wheel_up(struct play *play, const struct script_step *step)
{
    return click(play, step, 4);
}

static enum step_result run_wheel_down(struct play *play, const struct script_step *step)
{
    return click(play, step, 5);
}

/* A process for the program to look at, in a group of its own. It does not outlive the play. */
static enum step_result run_spawn(struct play *play, const struct script_step *step)
{
    size_t length = strcspn(step->argument, " ");
    char *name = xstrndup(step->argument, length);
    char *line = xasprintf("exec %s", step->argument + length);
    pid_t pid = fork();

    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        setpgid(0, 0);
        execle("/bin/sh", "sh", "-c", line, NULL, play->environment);
        _exit(127);
    }
    char *number = xasprintf("%d", (int)pid);
    bindings_set(&play->bindings, name, number, true);
    play->subjects = xreallocarray(play->subjects, play->subject_count + 1, sizeof(*play->subjects));
    play->subjects[play->subject_count++] = pid;
    free(name);
    free(line);
    free(number);
    return pid < 0 ? play_fail(play, "not started") : STEP_DONE;
}

/* Runs a shell command aside from the terminal and keeps the first line it prints; NULL when it fails. */
static char *command_output(struct play *play, const char *command)
{
    char *words = bindings_expand(&play->bindings, command);
    char line[512] = "";
    FILE *output = popen(words, "re");
    bool has_line = output && fgets(line, sizeof(line), output);

    while (output && fgetc(output) != EOF)
        ;
    free(words);
    line[strcspn(line, "\n")] = '\0';
    (void)has_line;
    return output && pclose(output) == 0 ? xstrdup(line) : NULL;
}

static enum step_result run_let(struct play *play, const struct script_step *step)
{
    size_t length = strcspn(step->argument, " ");
    char *value = command_output(play, step->argument + length);

    if (!value)
        return play_fail(play, "the command failed");
    char *name = xstrndup(step->argument, length);
    bindings_set(&play->bindings, name, value, true);
    free(name);
    free(value);
    return STEP_DONE;
}

static enum step_result run_need(struct play *play, const struct script_step *step)
{
    char *output = command_output(play, step->argument);

    if (output) {
        free(output);
        return STEP_DONE;
    }
    play->skip = xasprintf("needs %s", step->argument);
    return STEP_SKIPS;
}

static enum step_result run_signal(struct play *play, const struct script_step *step)
{
    char name[32] = "", process[32] = "{self}";

    sscanf(step->argument, "%31s %31s", name, process);
    char *pid = bindings_expand(&play->bindings, process);
    int r = kill((pid_t)atoi(pid), signal_number(name)) < 0 ? -errno : 0;
    free(pid);
    return r < 0 ? play_fail(play, "kill: %s", error_name(r)) : STEP_DONE;
}

static enum step_result run_continue(struct play *play, const struct script_step *step)
{
    (void)step;
    terminal_print(play->terminal, "$ fg\r\n");
    job_continue(&play->job);
    return STEP_DONE;
}

static enum step_result run_hang_up(struct play *play, const struct script_step *step)
{
    (void)step;
    terminal_hang_up(play->terminal);
    return STEP_DONE;
}

const struct step act_steps[] = {
    { "size", "size 80x24", "the size of the next terminal, and of this one", run_size, STEP_ANYTIME },
    { "env", "env NAME=VALUE, env -NAME", "the environment of the programs started from now on", run_env,
      STEP_ANYTIME },
    { "start", "start ARGUMENT...", "starts Forklore in a new terminal; {self} is its pid", run_start,
      STEP_ANYTIME },
    { "run", "run COMMAND", "starts a shell command in a new terminal", run_run, STEP_ANYTIME },
    { "type", "type KEYS", "types; <Down>, <F7>, <Esc>, <C-c>, <A-o>, <lt> are keys", run_type,
      STEP_IN_PROGRAM },
    { "paste", "paste TEXT", "pastes, between brackets when they were asked for", run_paste,
      STEP_IN_PROGRAM },
    { "click", "click PATTERN", "clicks on the first character of what matches", run_click, STEP_IN_PROGRAM },
    { "right-click", "right-click PATTERN", "clicks there with the right button", run_right_click,
      STEP_IN_PROGRAM },
    { "wheel-up", "wheel-up PATTERN", "turns the wheel there", run_wheel_up, STEP_IN_PROGRAM },
    { "wheel-down", "wheel-down PATTERN", "turns the wheel there", run_wheel_down, STEP_IN_PROGRAM },
    { "spawn", "spawn NAME COMMAND", "starts a process aside; {NAME} is its pid", run_spawn, STEP_ANYTIME },
    { "let", "let NAME COMMAND", "{NAME} is the first line the command prints", run_let, STEP_ANYTIME },
    { "need", "need COMMAND", "skips the test, or the file, when the command fails", run_need, STEP_ANYTIME },
    { "signal", "signal SIGTERM [PID]", "sends a signal, to the program unless a pid is given", run_signal,
      STEP_IN_PROGRAM },
    { "continue", "continue", "puts the stopped program into the foreground again", run_continue,
      STEP_IN_PROGRAM },
    { "hang-up", "hang-up", "closes the terminal", run_hang_up, STEP_IN_PROGRAM },
    { 0 },
};

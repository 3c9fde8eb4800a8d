/* The prompt of the command language: what is typed in it, told of it, and completed. */
#include "app/live.h"

#include "app/command_hint.h"
#include "app/completion.h"
#include "app/newcomer.h"
#include "app/write_lesson.h"
#include "base/i18n.h"

#include <stdio.h>
#include <string.h>

/* "at 2m ago": not of the command language, which acts on processes: it is about the screen. */
static bool time_entered(struct live *live, const char *when)
{
    char why[200];
    if (rewind_to(live, when, why, sizeof why))
        return true;
    prompt_fail(&live->overlay.prompt, 4, why);
    return false;
}

static bool command_entered(struct live *live, const char *text)
{
    struct lab_error error;
    if (strncmp(text, "at ", 3) == 0)
        return time_entered(live, text + 3);
    if (live->rewind.past && *text) {
        prompt_fail(&live->overlay.prompt, 1, _("the past is shown: only 'at TIME' can be given here"));
        return false;
    }
    if (write_lesson_is_meant(text))
        return write_lesson(live, text);
    newcomer_acts(live);
    if (lab_submit(live->lab, text, &error) == 0)
        return true;
    prompt_fail(&live->overlay.prompt, error.column, error.text);
    return false;
}

static void show_hint_of_the_past(struct prompt *prompt)
{
    prompt_hint(prompt, "at TIME", 0, 0, _("a moment is written 2m ago, 90s ago, 14:03:10 or now"));
}

static void show_hint(struct prompt *prompt)
{
    struct command_hint hint;
    if (write_lesson_is_meant(prompt->text)) {
        write_lesson_hint(prompt);
        return;
    }
    command_hint_find(&hint, prompt->text, prompt->cursor);
    if (hint.usage[0])
        prompt_hint(prompt, hint.usage, hint.marked, hint.marked_to, hint.words);
    else
        prompt_hint(prompt, "", 0, 0,
                    _("spawn a; a: fork b; b: exit 7; a: waitpid b   Tab completes, Esc closes"));
}

/* Completes as far as there is no choice, and shows the choices; Tab again shows those that had no room. */
static void complete_command(struct live *live, struct prompt *prompt)
{
    struct completion completion;
    char common[64], list[sizeof prompt->hint];
    int cells = terminal_width(live->terminal) - 1;
    completion_find(&completion, live->lab, prompt->text, prompt->cursor);
    if (completion.count == 0)
        return;
    prompt_replace(prompt, completion.from, completion_common(&completion, common, sizeof common));
    show_hint(prompt);
    if (completion.count == 1)
        return;
    size_t first = live->overlay.listed < completion.count ? live->overlay.listed : 0;
    live->overlay.listed = completion_list(&completion, first, cells, list, sizeof list);
    prompt_hint(prompt, list, 0, 0, "");
}

void live_open_prompt(struct live *live, const char *text)
{
    struct prompt *prompt = live_ask(live, ":", text, &live->command_history);
    show_hint(prompt);
    live->overlay.explain = show_hint;
    live->overlay.complete = complete_command;
    live->overlay.entered = command_entered;
}

/* The past can be gone through, though not acted on. */
static void open_prompt_of_the_past(struct live *live)
{
    show_hint_of_the_past(live_ask(live, ":", "", &live->command_history));
    live->overlay.explain = show_hint_of_the_past;
    live->overlay.entered = command_entered;
}

void key_prompt(struct live *live, const struct keystroke *key)
{
    (void)key;
    if (live->rewind.past) {
        open_prompt_of_the_past(live);
        return;
    }
    if (!live_have_lab(live))
        return;
    const struct actor *actor = live_selected_actor(live);
    char start[32] = "";
    if (actor && actor->state == ACTOR_READY)
        snprintf(start, sizeof start, "%s: ", actor->name);
    live_open_prompt(live, start);
}

#include "app/key_table.h"

#include "base/i18n.h"

#include <stdio.h>
#include <string.h>

/* Where htop has a key, ours means the same; the lab's keys are letters that htop leaves free. The order is
 * that of the help screen, and of the key bar. */
/* clang-format off */
const struct key_row key_table[] = {
    /* the laboratory */
    { { "n" }, "new", N_("new"), N_("a new actor: a demonstration process, child of Forklore"), "spawn NAME",
      KEYS_LAB, true, NULL, key_new },
    { { "f" }, "fork", N_("fork"), N_("the actor forks"), "ACTOR: fork NAME", KEYS_LAB, true, key_on_actor, key_fork },
    { { "z" }, "zombie", N_("zombie"), N_("the actor forks a child that exits at once and is not waited for"),
      "ACTOR: fork NAME; NAME: exit 0", KEYS_LAB, true, key_on_actor, key_zombie },
    { { "o" }, "orphan", N_("orphan"), N_("the actor exits and its children become orphans"), "ACTOR: exit 0",
      KEYS_LAB, true, key_on_actor, key_orphan },
    { { "r" }, "reap", N_("reap"),
      N_("reap: on a zombie its parent waits for it, on a parent it asks once for any child"),
      "ACTOR: waitpid -1 WNOHANG", KEYS_LAB, true, key_on_reapable, key_reap },
    { { "d" }, "die", N_("die"), N_("the actor exits with a status that is asked for"), "ACTOR: exit STATUS", KEYS_LAB, true,
      key_on_actor, key_die },
    { { "y" }, "stop", N_("stop"), N_("stop the process, or let it continue: SIGSTOP, SIGCONT"),
      "signal ACTOR SIGSTOP", KEYS_LAB, true, key_on_actor, key_stop_continue },
    { { "g" }, "give", NULL, N_("a menu of the commands that the selected actor can be given now"), NULL, KEYS_LAB, true,
      NULL, key_give },
    { { ":" }, "prompt", "", N_("type commands: Tab completes, Up recalls"), NULL, KEYS_LAB, true, NULL, key_prompt },
    { { "J" }, "lessons", N_("lessons"), N_("lessons; in a lesson's free play: back to it, its step from the beginning"),
      NULL, KEYS_LAB, true, key_no_actor, key_lessons },
    { { "G" }, "only-lab", NULL, N_("show only the lab"), NULL, KEYS_LAB, false, NULL, key_only_lab },

    /* time and pictures */
    { { "Z" }, "pause", N_("on"), N_("pause: the screen stands still, and can go back in time; again: now"), NULL, KEYS_TIME,
      false, key_in_the_past, key_pause },
    { { "(" }, "event-before", "", N_("the moment of the event before"), NULL, KEYS_TIME, false, key_in_the_past,
      key_event_before },
    { { ")" }, "event-after", N_("event"), N_("the moment of the next event"), NULL, KEYS_TIME, false, key_in_the_past,
      key_event_after },
    { { "A" }, "mark-moment", N_("compare"),
      N_("mark this moment: others are compared with it; again: the differences, as a list"), NULL, KEYS_TIME, false,
      key_in_the_past, key_mark_moment },
    { { "R" }, "record", NULL, N_("record to a file what happens from now on; again: end the recording"), NULL, KEYS_TIME,
      false, NULL, key_record },
    { { "W" }, "picture", NULL, N_("write a picture of the screen to a file"), NULL, KEYS_TIME, false, NULL, key_picture },
    { { "X" }, "redact", NULL, N_("hide names of people and of the machine, home folders, command lines"), NULL, KEYS_TIME,
      false, NULL, key_redact },
    { { "Q" }, "present", NULL, N_("for a projector: light, only the lab, the key just pressed; again: as it was"), NULL,
      KEYS_TIME, false, NULL, key_present },

    /* any process */
    { { "F7", "]" }, "nice-down", "", N_("nice value down by one: more of the CPU; needs a privilege"),
      "renice ACTOR N", KEYS_PROCESS, true, key_on_process, key_nice_down },
    { { "F8", "[" }, "nice-up", N_("nice"), N_("nice value up by one: less of the CPU"), "renice ACTOR N", KEYS_PROCESS,
      true, key_on_process, key_nice_up },
    { { "k", "F9" }, "signal", N_("signal"), N_("choose a signal and send it"), "signal ACTOR SIGNAL", KEYS_PROCESS, true,
      key_on_process, key_signal },
    { { "Enter" }, "command-line", NULL, N_("the whole command line"), NULL, KEYS_PROCESS, false, NULL,
      key_command_line },
    { { "Space" }, "tag", NULL, N_("tag: signals and nice then go to all tagged processes"), NULL, KEYS_PROCESS, false,
      NULL, key_tag },
    { { "c" }, "tag-subtree", NULL, N_("tag the process and all its descendants"), NULL, KEYS_PROCESS, false, NULL,
      key_tag_subtree },
    { { "U" }, "untag-all", NULL, N_("take all tags away"), NULL, KEYS_PROCESS, false, NULL, key_untag_all },

    /* moving */
    { { "Up" }, "up", NULL, N_("one row up"), NULL, KEYS_MOVE, false, NULL, key_up },
    { { "Down" }, "down", NULL, N_("one row down"), NULL, KEYS_MOVE, false, NULL, key_down },
    { { "Left" }, "left", NULL, N_("scroll the tree to the left"), NULL, KEYS_MOVE, false, NULL, key_left },
    { { "Right" }, "right", NULL, N_("scroll the tree to the right"), NULL, KEYS_MOVE, false, NULL, key_right },
    { { "PgUp" }, "page-up", NULL, N_("one screen up"), NULL, KEYS_MOVE, false, NULL, key_page_up },
    { { "PgDn" }, "page-down", NULL, N_("one screen down"), NULL, KEYS_MOVE, false, NULL, key_page_down },
    { { "Home" }, "home", NULL, N_("to the first row"), NULL, KEYS_MOVE, false, NULL, key_home },
    { { "End" }, "end", NULL, N_("to the last row"), NULL, KEYS_MOVE, false, NULL, key_end },
    { { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9" }, "pid", NULL, N_("go to a PID: type its digits"), NULL,
      KEYS_MOVE, false, NULL, key_go_to_pid },
    { { "/", "F3" }, "search", N_("search"), N_("search a name; F3 again goes to the next"), NULL, KEYS_MOVE, false, NULL,
      key_search },

    /* what is shown */
    { { "\\", "F4" }, "filter", N_("filter"), N_("show only what matches, with its ancestors"), NULL, KEYS_VIEW, false,
      NULL, key_filter },
    { { "F5", "t" }, "list", NULL, N_("tree or list"), NULL, KEYS_VIEW, false, NULL, key_list },
    { { "+", "=" }, "unfold", NULL, N_("unfold, or fold, the subtree"), NULL, KEYS_VIEW, false, NULL, key_unfold },
    { { "-" }, "fold", NULL, N_("fold the subtree"), NULL, KEYS_VIEW, false, NULL, key_fold },
    { { "*" }, "fold-all", NULL, N_("fold all subtrees, or unfold all"), NULL, KEYS_VIEW, false, NULL, key_fold_all },
    { { "Backspace" }, "fold-parent", NULL, N_("fold into the parent"), NULL, KEYS_VIEW, false, NULL,
      key_fold_into_parent },
    { { "E" }, "only-subtree", NULL, N_("show only this subtree; again: all"), NULL, KEYS_VIEW, false, NULL,
      key_only_subtree },
    { { "u" }, "user", NULL, N_("show only one user's processes"), NULL, KEYS_VIEW, false, NULL, key_user },
    { { "D" }, "keep-dead", NULL, N_("the dead keep their place: who was born of whom, who was adopted; again: they go"), NULL,
      KEYS_VIEW, false, NULL, key_keep_dead },
    { { "F" }, "follow", NULL, N_("follow: the selected process stays in the middle of the screen"), NULL, KEYS_VIEW,
      false, NULL, key_follow },
    { { "H" }, "threads", NULL, N_("show threads"), NULL, KEYS_VIEW, false, NULL, key_threads },
    { { "K" }, "kernel-threads", NULL, N_("show kernel threads"), NULL, KEYS_VIEW, false, NULL, key_kernel_threads },
    { { "O" }, "containers", NULL, N_("hide processes in containers"), NULL, KEYS_VIEW, false, NULL, key_containers },
    { { "v", "Tab" }, "panel", NULL, N_("next panel: explanation, details, none"), NULL, KEYS_VIEW, false, NULL,
      key_panel },
    { { "L" }, "language", NULL, N_("the next language"), NULL, KEYS_VIEW, false, NULL, key_language },
    { { "#" }, "header", NULL, N_("show or hide the header"), NULL, KEYS_VIEW, false, NULL, key_header },
    { { "F2", "S", "C" }, "columns", NULL, N_("choose the columns"), NULL, KEYS_VIEW, false, NULL, key_columns },

    /* order */
    { { "P" }, "sort-cpu", NULL, N_("sort by CPU use"), NULL, KEYS_SORT, false, NULL, key_sort_cpu },
    { { "M" }, "sort-memory", NULL, N_("sort by memory"), NULL, KEYS_SORT, false, NULL, key_sort_memory },
    { { "T" }, "sort-time", NULL, N_("sort by CPU time"), NULL, KEYS_SORT, false, NULL, key_sort_time },
    { { "N" }, "sort-birth", NULL, N_("birth order"), NULL, KEYS_SORT, false, NULL, key_sort_birth },
    { { "I" }, "sort-invert", NULL, N_("turn the order round"), NULL, KEYS_SORT, false, NULL, key_sort_invert },
    { { "F6", "<", ">", ",", "." }, "sort", NULL, N_("choose the column to sort by"), NULL, KEYS_SORT, false, NULL,
      key_sort_menu },

    /* the program */
    { { "?", "h", "F1" }, "help", N_("help"), N_("this help"), NULL, KEYS_PROGRAM, false, NULL, key_help },
    { { "Ctrl-L" }, "repaint", NULL, N_("paint the screen anew"), NULL, KEYS_PROGRAM, false, NULL, key_repaint },
    { { "q", "F10" }, "quit", N_("quit"), N_("quit; no actor is left behind"), NULL, KEYS_PROGRAM, false, NULL,
      key_quit },
};
/* In a lesson. Enter, PgDn and PgUp are what hand-held presenters send. */
static const struct key_row lesson_table[] = {
    { { "1", "2", "3", "4" }, "predict", N_("predict"), N_("predict: choose an answer"), NULL, KEYS_LESSON, false,
      key_lesson_asks, key_lesson_predict },
    { { "0" }, "show", N_("show"), N_("show the answer without a prediction; PgDn does so, too"), NULL, KEYS_LESSON, false,
      key_lesson_asks, key_lesson_show },
    { { "Enter", "PgDn", "Right" }, "next", N_("next"), N_("go on; Enter takes the choice that Up and Down have gone to"),
      NULL, KEYS_LESSON, false, key_lesson_goes_on, key_lesson_next },
    { { "PgUp", "Backspace", "Left" }, "back", N_("back"),
      N_("a step back, or to the beginning of this one: all before it is played again"), NULL, KEYS_LESSON, false, NULL,
      key_lesson_back },
    { { "Up" }, "choice-up", NULL, N_("to the choice before"), NULL, KEYS_LESSON, false, NULL, key_lesson_up },
    { { "Down" }, "choice-down", NULL, N_("to the next choice"), NULL, KEYS_LESSON, false, NULL, key_lesson_down },
    { { "J" }, "again", N_("again"), N_("this step from its beginning, with new processes"), NULL, KEYS_LESSON, false,
      key_lesson_has_begun, key_lesson_again },
    { { "Tab" }, "free", N_("free play"), N_("free play: the live tree with all of the lab's keys; Tab returns"), NULL,
      KEYS_LESSON, false, key_lesson_is_still, key_lesson_free },
    { { "v" }, "whole", N_("whole"), N_("the whole listing, what it prints, all calls; and a text that has no room"), NULL,
      KEYS_LESSON, false, NULL, key_lesson_whole },
    { { "$" }, "shell", N_("shell"), N_("commands to try in another terminal"), NULL, KEYS_LESSON, false,
      key_lesson_offers_shell, key_lesson_shell },
    { { "V" }, "code", NULL, N_("the listing in C or in Python"), NULL, KEYS_LESSON, false, NULL, key_lesson_code },
    { { "L" }, "language", NULL, N_("the next language"), NULL, KEYS_LESSON, false, NULL, key_language },
    { { "N" }, "notes", NULL, N_("notes for the teacher"), NULL, KEYS_LESSON, false, NULL, key_lesson_notes },
    { { "?", "h", "F1" }, "help", N_("help"), N_("this help"), NULL, KEYS_LESSON, false, NULL, key_help },
    { { "Ctrl-L" }, "repaint", NULL, N_("paint the screen anew"), NULL, KEYS_LESSON, false, NULL, key_repaint },
    { { "q", "F10" }, "end", N_("end"), N_("end the lesson: back to the list it came from, or out"), NULL, KEYS_LESSON,
      false, NULL, key_lesson_end },
};
/* clang-format on */

const size_t key_count = sizeof key_table / sizeof *key_table;
const struct key_table tree_keys = { key_table, sizeof key_table / sizeof *key_table };
const struct key_table lesson_keys = { lesson_table, sizeof lesson_table / sizeof *lesson_table };

const enum key_group key_group_order[] = { KEYS_LAB,  KEYS_PROCESS, KEYS_MOVE,
                                           KEYS_VIEW, KEYS_SORT,    KEYS_TIME, KEYS_PROGRAM };
const size_t key_group_count = sizeof key_group_order / sizeof *key_group_order;

const char *key_group_title(enum key_group group)
{
    static const char *const titles[KEY_GROUP_COUNT] = {
        [KEYS_MOVE] = N_("Moving"),        [KEYS_VIEW] = N_("What is shown"),
        [KEYS_SORT] = N_("Order"),         [KEYS_PROCESS] = N_("Any process"),
        [KEYS_LAB] = N_("The laboratory"), [KEYS_PROGRAM] = N_("The program"),
        [KEYS_LESSON] = N_("In a lesson"),   [KEYS_TIME] = N_("Time and pictures"),
    };
    return titles[group];
}

const struct key_row *key_find_in(const struct key_table *table, int code)
{
    for (size_t i = 0; i < table->count; i++)
        for (size_t k = 0; k < KEY_NAMES && table->rows[i].keys[k]; k++)
            if (keystroke_code(table->rows[i].keys[k]) == code)
                return &table->rows[i];
    return NULL;
}

const struct key_row *key_find(int code)
{
    return key_find_in(&tree_keys, code);
}

/* The last of the keys when they are digits in a row, "1" to "4"; NULL: they are not. */
static const char *end_of_digits(const struct key_row *row)
{
    size_t k = 0;
    while (k < KEY_NAMES && row->keys[k] && row->keys[k][0] == row->keys[0][0] + (char)k &&
           !row->keys[k][1] && row->keys[0][0] >= '0' && row->keys[k][0] <= '9')
        k++;
    return k > 1 ? row->keys[k - 1] : NULL;
}

const char *key_names(char *text, size_t size, const struct key_row *row)
{
    size_t used = 0;
    text[0] = '\0';
    if (end_of_digits(row))
        return key_bar_name(text, size, row);
    for (size_t k = 0; k < KEY_NAMES && row->keys[k] && used < size; k++)
        used += (size_t)snprintf(text + used, size - used, "%s%s", k ? " " : "", row->keys[k]);
    return text;
}

const char *key_bar_name(char *text, size_t size, const struct key_row *row)
{
    const char *end = end_of_digits(row);
    snprintf(text, size, end ? "%s-%s" : "%s", row->keys[0], end);
    return text;
}

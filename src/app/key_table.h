/* The keys: one table, read by the dispatcher, the key bar, the help screen, the man page and the tests. */
#pragma once

#include "screen/keystroke.h"

#include <stdbool.h>
#include <stddef.h>

struct live;

enum key_group {
    KEYS_MOVE,
    KEYS_VIEW,
    KEYS_SORT,
    KEYS_PROCESS,
    KEYS_LAB,
    KEYS_TIME,
    KEYS_PROGRAM,
    KEYS_LESSON,
    KEY_GROUP_COUNT
};

enum { KEY_NAMES = 10 };

struct key_row {
    const char *keys[KEY_NAMES]; /* names as keystroke_code() takes them */
    const char *name;            /* the action: "fork" */
    const char *label;           /* translatable, one or two words for the key bar; NULL: never there */
    const char *help;            /* translatable, one line */
    const char *command;         /* the command that the key stands for; NULL: it is about the screen */
    enum key_group group;
    bool acts;                                /* does something to processes: taken away by --readonly */
    bool (*applies)(const struct live *live); /* whether the key bar offers it now; NULL: always */
    void (*run)(struct live *live, const struct keystroke *key);
};

/* The keys of one place: a key means one thing in it. */
struct key_table {
    const struct key_row *rows;
    size_t count;
};

/* Those of the live tree, and of a lesson. */
extern const struct key_table tree_keys, lesson_keys;
extern const struct key_row key_table[];
extern const size_t key_count;

/* The groups of the live tree's keys, in the order of help and manual. */
extern const enum key_group key_group_order[];
extern const size_t key_group_count;
/* Translatable heading of a group. */
const char *key_group_title(enum key_group group);
/* NULL: the key has no meaning, there or in the tree. */
const struct key_row *key_find_in(const struct key_table *table, int code);
const struct key_row *key_find(int code);
/* All names of a row's keys as one text: "F5 t", "0-9". Returns text. */
const char *key_names(char *text, size_t size, const struct key_row *row);
/* The first of them, for the key bar. Returns text. */
const char *key_bar_name(char *text, size_t size, const struct key_row *row);

/* What the keys do, by file. */

/* keys_move.c */
void key_up(struct live *live, const struct keystroke *key);
void key_down(struct live *live, const struct keystroke *key);
void key_left(struct live *live, const struct keystroke *key);
void key_right(struct live *live, const struct keystroke *key);
void key_page_up(struct live *live, const struct keystroke *key);
void key_page_down(struct live *live, const struct keystroke *key);
void key_home(struct live *live, const struct keystroke *key);
void key_end(struct live *live, const struct keystroke *key);
void key_go_to_pid(struct live *live, const struct keystroke *key);
void key_search(struct live *live, const struct keystroke *key);
void key_click(struct live *live, const struct keystroke *key);
void key_wheel_up(struct live *live, const struct keystroke *key);
void key_wheel_down(struct live *live, const struct keystroke *key);

/* presenter.c */
void key_present(struct live *live, const struct keystroke *key);

/* keys_time.c */
void key_keep_dead(struct live *live, const struct keystroke *key);
bool key_in_the_past(const struct live *live);
void key_event_before(struct live *live, const struct keystroke *key);
void key_event_after(struct live *live, const struct keystroke *key);
void key_mark_moment(struct live *live, const struct keystroke *key);
void key_record(struct live *live, const struct keystroke *key);
void key_picture(struct live *live, const struct keystroke *key);
void key_redact(struct live *live, const struct keystroke *key);

/* keys_view.c */
void key_filter(struct live *live, const struct keystroke *key);
void key_list(struct live *live, const struct keystroke *key);
void key_unfold(struct live *live, const struct keystroke *key);
void key_fold(struct live *live, const struct keystroke *key);
void key_fold_all(struct live *live, const struct keystroke *key);
void key_fold_into_parent(struct live *live, const struct keystroke *key);
void key_follow(struct live *live, const struct keystroke *key);
void key_pause(struct live *live, const struct keystroke *key);
void key_threads(struct live *live, const struct keystroke *key);
void key_kernel_threads(struct live *live, const struct keystroke *key);
void key_containers(struct live *live, const struct keystroke *key);
void key_tag(struct live *live, const struct keystroke *key);
void key_tag_subtree(struct live *live, const struct keystroke *key);
void key_untag_all(struct live *live, const struct keystroke *key);
void key_user(struct live *live, const struct keystroke *key);
void key_header(struct live *live, const struct keystroke *key);
void key_panel(struct live *live, const struct keystroke *key);
void key_only_lab(struct live *live, const struct keystroke *key);
void key_only_subtree(struct live *live, const struct keystroke *key);
void key_columns(struct live *live, const struct keystroke *key);

/* keys_sort.c */
void key_sort_cpu(struct live *live, const struct keystroke *key);
void key_sort_memory(struct live *live, const struct keystroke *key);
void key_sort_time(struct live *live, const struct keystroke *key);
void key_sort_birth(struct live *live, const struct keystroke *key);
void key_sort_invert(struct live *live, const struct keystroke *key);
void key_sort_menu(struct live *live, const struct keystroke *key);

/* keys_process.c */
void key_nice_up(struct live *live, const struct keystroke *key);
void key_nice_down(struct live *live, const struct keystroke *key);
void key_signal(struct live *live, const struct keystroke *key);
void key_stop_continue(struct live *live, const struct keystroke *key);
void key_command_line(struct live *live, const struct keystroke *key);

/* keys_lab.c */
void key_new(struct live *live, const struct keystroke *key);
void key_fork(struct live *live, const struct keystroke *key);
void key_zombie(struct live *live, const struct keystroke *key);
void key_orphan(struct live *live, const struct keystroke *key);
void key_reap(struct live *live, const struct keystroke *key);
void key_die(struct live *live, const struct keystroke *key);
void key_give(struct live *live, const struct keystroke *key);
void key_prompt(struct live *live, const struct keystroke *key);
bool key_on_actor(const struct live *live);
bool key_on_reapable(const struct live *live);
bool key_on_process(const struct live *live);

/* keys_lesson.c */
void key_lessons(struct live *live, const struct keystroke *key);
void key_language(struct live *live, const struct keystroke *key);
void key_lesson_next(struct live *live, const struct keystroke *key);
void key_lesson_back(struct live *live, const struct keystroke *key);
void key_lesson_predict(struct live *live, const struct keystroke *key);
void key_lesson_show(struct live *live, const struct keystroke *key);
void key_lesson_up(struct live *live, const struct keystroke *key);
void key_lesson_down(struct live *live, const struct keystroke *key);
void key_lesson_again(struct live *live, const struct keystroke *key);
void key_lesson_code(struct live *live, const struct keystroke *key);
void key_lesson_free(struct live *live, const struct keystroke *key);
void key_lesson_whole(struct live *live, const struct keystroke *key);
void key_lesson_shell(struct live *live, const struct keystroke *key);
void key_lesson_notes(struct live *live, const struct keystroke *key);
void key_lesson_end(struct live *live, const struct keystroke *key);
bool key_lesson_goes_on(const struct live *live);
bool key_lesson_asks(const struct live *live);
bool key_lesson_has_begun(const struct live *live);
bool key_lesson_offers_shell(const struct live *live);
bool key_lesson_is_still(const struct live *live);
bool key_no_actor(const struct live *live);

/* keys_program.c */
void key_help(struct live *live, const struct keystroke *key);
void key_repaint(struct live *live, const struct keystroke *key);
void key_quit(struct live *live, const struct keystroke *key);

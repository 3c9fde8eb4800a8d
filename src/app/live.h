/* The live screen: what it holds, and what its parts do. The parts: live.c starts, runs and ends it;
 * live_sample.c takes samples and events in; live_log.c tells of them; live_tree.c makes the tree of what is
 * shown; live_draw.c and live_panel.c draw; live_input.c gives keys to the overlay that is open, or to the
 * key table; the keys_*.c hold what the keys do. */
#pragma once

#include "app/key_table.h"
#include "app/newcomer.h"
#include "base/clock.h"
#include "lab/lab.h"
#include "machine/computer.h"
#include "machine/connector.h"
#include "machine/features.h"
#include "machine/procfile.h"
#include "machine/reader.h"
#include "machine/users.h"
#include "app/rewind.h"
#include "model/changes.h"
#include "model/columns.h"
#include "model/marks.h"
#include "model/redact.h"
#include "model/tree.h"
#include "screen/event_log.h"
#include "screen/layout.h"
#include "screen/menu.h"
#include "screen/pager.h"
#include "screen/prompt.h"
#include "screen/snapshot.h"
#include "screen/terminal.h"
#include "screen/tree_view.h"

#include <stdbool.h>
#include <systemd/sd-event.h>

struct live_options {
    double delay; /* seconds between two samples */
    bool readonly;
    bool sandbox;
    bool ascii;
    bool no_color;
    bool no_mouse;
    const char *theme;       /* NULL: the default */
    const char *columns;     /* NULL: the default */
    const char *replay;      /* a recording to be shown, "-": from standard input; NULL: none */
    struct shot *shot;       /* a picture is to be taken, and no terminal is needed: app/shot.h; NULL: none */
    struct lessons *lessons; /* the course, with what to begin with: app/lessons.h; NULL: the tree alone,
                                until lessons are asked for */
};

struct live;
struct lessons;
struct shot;

enum overlay_kind { OVERLAY_NONE, OVERLAY_PROMPT, OVERLAY_MENU, OVERLAY_PAGER };

/* What stands over the tree and takes the keys: one at a time. */
struct overlay {
    enum overlay_kind kind;
    bool alone; /* nothing else is on screen but the keys */
    struct prompt prompt;
    struct menu menu;
    struct pager pager;
    /* the answers; each may be NULL */
    void (*typed)(struct live *live, const char *text);   /* prompt: after each change */
    bool (*entered)(struct live *live, const char *text); /* prompt: Enter; true closes it */
    void (*complete)(struct live *live, struct prompt *prompt);
    void (*explain)(struct prompt *prompt);        /* prompt: after each key that may have moved the cursor */
    size_t listed;                                 /* completions that Tab has shown already */
    void (*chosen)(struct live *live, long value); /* menu: closed already */
    void (*toggled)(struct live *live, long value, bool on);
    void (*cancelled)(struct live *live);
    bool (*key)(struct live *live, const struct keystroke *key); /* sees a key first; true: it was taken */
};

/* How long a tombstone, a ghost and the mark of a change stay on screen. */
#define LIVE_KEEP_MARKS (6 * NS_PER_SECOND)

enum panel { PANEL_NONE, PANEL_EXPLANATION, PANEL_DETAILS, PANEL_COUNT };

struct live {
    struct live_options options;
    sd_event *loop;
    sd_event_source *sample_timer, *connector_source;
    struct terminal *terminal;

    /* what is known */
    struct features features;
    struct computer computer;
    struct users *users;
    struct reader *reader;
    struct connector *connector; /* NULL: not available */
    struct sample sample, sample_before;
    struct kernel_event *kernel_events; /* since `sample` */
    size_t kernel_event_count, kernel_event_room;
    bool events_lost, losing_events; /* in the interval before the last sample, and since */
    struct marks *marks;
    struct tree tree;
    struct lab *lab;
    sd_event_source *lab_source;
    int lab_error;     /* why there is no lab */
    bool lab_may_exec; /* it may start other programs */
    bool asked;        /* a sample is being read */
    bool ask_again;    /* and another is wanted at once */
    int64_t cpu_asked; /* the CPU time of this process when it was asked for */
    int64_t cost;      /* ns of CPU time that the last sample took */

    /* what is shown */
    const struct column *columns[32];
    size_t column_shown;
    const struct column *sorted; /* NULL: birth order */
    bool descending;
    struct tree_view view;
    struct event_log log;
    struct rewind rewind;
    struct replay *replay;       /* NULL: what is now is shown, or was */
    struct recorder *recorder;   /* NULL: no recording is made */
    struct snapshot snapshot;    /* a picture of it is asked for */
    bool keeps_dead;             /* tombstones and ghosts stay: a family with all that were in it */
    struct presenter *presenter; /* NULL: the screen is the reader's own */
    struct redact *redact;       /* NULL: names are shown */
    struct overlay overlay;
    struct prompt_history command_history, search_history, filter_history;
    struct filter search;
    struct lessons *lessons; /* NULL: not asked for yet */
    struct newcomer newcomer;
    enum panel panel;
    bool no_header;
    bool dirty;
    bool placed; /* the selection has been put on Forklore itself once */
    struct id_set in_container, not_in_container;
    char message[256]; /* shown in place of the keys until the next one */
    bool message_is_error;
    char wanted[16];          /* a new actor's name: to be selected as soon as it is seen; "": none */
    struct process_id target; /* whom an open question is about; pid 0: the tagged ones */
    long argument;            /* what it asks: a signal, a nice value */
};

/* live.c */
int live_run(const struct live_options *options);
void live_quit(struct live *live);
/* Everything is drawn again before the loop waits. */
void live_redraw(struct live *live);
/* One line for the reader until the next key. */
void live_say(struct live *live, const char *format, ...) __attribute__((format(printf, 2, 3)));
void live_complain(struct live *live, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Begins a lab, which may start other programs or not; live->lab_error when that fails. */
int live_begin_lab(struct live *live, bool may_exec);
/* Ends it with all its actors. Never from within its reports. */
void live_end_lab(struct live *live);

/* live_sample.c */
int live_sample_start(struct live *live);
/* Reads a sample as soon as possible: something was done whose effect should be seen. */
void live_sample_soon(struct live *live);
/* The log is for what matters: the selected subtree, without the scheduler's R and S; of actors the lab
 * itself tells what they did, so only what happens to them from outside is shown. */
bool live_is_worth_logging(const struct live *live, const struct event *event);
/* Whether it is about a process of the subtree that alone is shown; where all are, of any. */
bool live_is_in_view(const struct live *live, const struct event *event);
void live_log_event(struct event_log *log, const struct event *event);
/* A line that the lab told. */
void live_log_line(struct event_log *log, const struct history_line *line);
/* Builds the tree of the sample anew, after what is shown or its order changed. */
void live_rebuild(struct live *live);
/* The lab's listener. */
void live_take_report(void *data, const struct lab_report *report);
int live_sample_arrived(sd_event_source *source, int fd, uint32_t events, void *data);
int live_kernel_events_arrived(sd_event_source *source, int fd, uint32_t events, void *data);
/* Whether this is an actor, or belongs to one. */
bool live_in_lab(void *data, const struct process *process);

/* Whether this is an actor, or was one at the moment shown. */
bool live_is_actor(const struct live *live, struct process_id id);
/* The pid of this program, or of the one that made the recording; 0: not known. */
pid_t live_self(const struct live *live);

/* live_redact.c: what others must not see. While it is hidden, samples, events and what the lab tells pass
 * these before they are shown or kept; else these do nothing. */
void live_redact(struct live *live, bool hide);
void live_redact_sample(struct live *live, struct sample *sample);
void live_redact_events(struct live *live, struct event *events, size_t count);
/* A copy of the text without what is hidden, to be freed; NULL for NULL. */
char *live_redact_text(const struct live *live, const char *text);

/* live_draw.c */
void live_draw(struct live *live);
struct layout live_layout(const struct live *live);
int live_tree_height(const struct live *live);
/* Where a menu or a pager may stand. */
struct area live_overlay_area(const struct live *live);
void live_draw_tree(struct live *live, struct area heads, struct area tree);
/* live_panel.c */
void live_draw_panel(struct live *live, const struct layout *layout);
void live_draw_message_or_keys(struct live *live, struct area area);
/* What is open over the screen, which is drawn already. */
void live_draw_overlay(struct live *live, const struct layout *layout);

/* live_input.c */
/* The keys that work now: those of the tree, or of a lesson. */
const struct key_table *live_keys(const struct live *live);
void live_key(struct live *live, const struct keystroke *key);
struct prompt *live_ask(struct live *live, const char *label, const char *text,
                        struct prompt_history *history);
struct menu *live_choose(struct live *live, const char *title);
struct pager *live_show(struct live *live, const char *title);
void live_close_overlay(struct live *live);

/* keys_lab.c: whether there is a lab; if not, the reader is told why. */
bool live_have_lab(struct live *live);
/* keys_prompt.c: the prompt of the command language, with this text in it. */
void live_open_prompt(struct live *live, const char *text);

/* The selected row; NULL: none. */
const struct tree_row *live_selected(const struct live *live);
/* The actor that is selected; NULL: it is none. */
const struct actor *live_selected_actor(const struct live *live);

/* explain_selected.c: the explanation of the selected process, from what can be read of it now. */
void live_explain_line(struct live *live, char *text, size_t size);
void live_explain_panel(struct live *live, int width,
                        void (*line)(void *data, const char *text, bool heading), void *data);

/* The lab: the part of Forklore that owns demonstration processes, the actors. It takes commands in the one
 * command language, has actors carry them out with real system calls, and reports each call and its result as
 * a C programmer would write it. However the lab ends, no actor survives it.
 *
 * The lab never waits: an actor that does not answer is "blocked in" its call. The owner watches lab_fd() and
 * calls lab_dispatch() when it is readable. */
#pragma once

#include "machine/features.h"
#include "machine/process.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct lab;

/* One line of what happened, for the event log, `forklore lab` and lessons. Texts are borrowed for the call;
 * they are clean for a terminal (base/text.h). */
enum lab_report_kind {
    LAB_REPORT_CALL,    /* a call was made: text is "fork() = 4313" */
    LAB_REPORT_BLOCKED, /* a call has been entered and has not returned: text is "waitpid(4313, &status, 0)"
                         */
    LAB_REPORT_ENDED,   /* an actor has ended (its parent may not have asked yet): text is "exit 7", words say
                           so */
    LAB_REPORT_REAPED,  /* and its parent has asked: it is gone */
    LAB_REPORT_LEFT, /* an orphan has ended, and who adopted it has not asked for 5 s: text is "exit 7", words
                        name the adopter. Told once for each */
    LAB_REPORT_EXPECT,  /* an expectation, met or failed: text is its source */
    LAB_REPORT_REFUSED, /* a command that could not be carried out: words say why */
    LAB_REPORT_OUTPUT,  /* a line that another program printed, which an actor has exec'd; words: not on its
                           standard output, or not the whole of what it printed */
    LAB_REPORT_TEXT,    /* what a command prints, such as `tree`: text may hold several lines */
};

struct lab_report {
    enum lab_report_kind kind;
    int64_t time;         /* clock_now() */
    struct process_id id; /* the actor's; pid 0 when it is the lab's own report */
    const char *actor;    /* its name; NULL when it is the lab's own */
    const char *text;
    const char *words; /* explains text in the user's language; NULL: needs no explanation */
    int error;         /* errno of a call that failed, else 0 */
    bool failed;       /* the call returned an error, the expectation failed, the command was refused */
};

struct lab_listener {
    void (*report)(void *data, const struct lab_report *report);
    void *data;
};

/* What the warden writes to the terminal and sets when Forklore is gone without having restored it: SIGKILL.
 */
struct lab_terminal {
    int fd;                      /* the terminal; -1: none. The warden keeps its own duplicate. */
    const struct termios *modes; /* as before Forklore changed them */
    const char *restore; /* the bytes that leave the alternate screen, show the cursor, reset colours */
};

/* What keeps a lab from harming the machine it runs on. 0: the default. */
struct lab_limits {
    unsigned actors;   /* at a time, until they are reaped; LAB_ACTORS_MAX at most */
    unsigned spinners; /* actors that have been told to use the CPU, at a time */
    unsigned
        cpu_seconds;  /* of one process, then it gets SIGKILL: RLIMIT_CPU, or that of the owner if lower */
    int64_t lifetime; /* ns; an actor that got no order for so long is ended */
};

enum {
    LAB_ACTORS_DEFAULT = 64,
    LAB_ACTORS_MAX = 256,
    LAB_SPINNERS_DEFAULT = 8,
    LAB_CPU_SECONDS_DEFAULT = 600,
};
#define LAB_LIFETIME_DEFAULT (4 * 3600 * 1000000000LL)

struct lab_options {
    const struct features *features;
    struct lab_limits limits;
    struct lab_listener listener;
    struct lab_terminal terminal;
    bool sandbox;  /* orphans are adopted by this process, and reaped when they end. Every ended child of it
                      that the lab did not start itself is taken for one; as PID 1 it does so in any case. */
    bool may_exec; /* actors may start other programs; without it `exec` is refused */
    const char *programs; /* the folder of forklore-actor and forklore-warden; NULL: beside this program, as
                             in the build tree, else where they were installed */
};

/* Starts the lab and its warden, and makes a private directory for the actors; no actor yet. Raises the soft
 * RLIMIT_NOFILE to the hard one until lab_free(); actors get the one that was found. 0 or -errno; on failure
 * nothing is left running. */
int lab_new(struct lab **ret, const struct lab_options *options);
/* Kills every actor and its whole family, waits until they are gone, removes their directory with all that is
 * in it, sends the warden away. Takes NULL. */
void lab_free(struct lab *lab);
/* The absolute name of the directory that actors live in and open files beneath: mode 0700, below
 * $XDG_RUNTIME_DIR, $TMPDIR or /tmp. However the lab ends, it is removed. Borrowed. */
const char *lab_directory(const struct lab *lab);

/* Readable when lab_dispatch() has something to do: an epoll descriptor that the lab owns. */
int lab_fd(const struct lab *lab);
/* Reports come from here only, never from lab_submit(). A listener may submit commands, and must not dispatch
 * or free. */
void lab_dispatch(struct lab *lab);

/* Where a script is wrong. Columns count characters from 1. */
struct lab_error {
    int line, column;
    char text[200]; /* in the user's language */
};

/* Parses `source` (the command language: lines, `;`, `#`) and queues its commands; they are carried out in
 * order, each after the one before has returned or is known to block. 0, or -EINVAL with *ret_error filled
 * and nothing queued. */
int lab_submit(struct lab *lab, const char *source, struct lab_error *ret_error);
/* The programs that a script would start by `exec`, "sh, cat": each once, clean for a terminal, to be freed;
 * "" when there are none. 0, or -EINVAL with *ret_error filled when it does not parse. Nothing is done. */
int lab_script_programs(const char *source, char **ret, struct lab_error *ret_error);
/* No command is queued or under way (blocked calls do not count). */
bool lab_idle(const struct lab *lab);
/* The number of expectations that failed and commands that were refused since lab_new(). A failed expectation
 * drops the rest of its script. */
size_t lab_failures(const struct lab *lab);

/* The commands that were carried out since lab_new(), in order, as they were written: "a: fork b". Those that
 * were refused and expectations that were not met are left out. NULL: no more; only the first LAB_DONE_MAX
 * are kept. */
const char *lab_done(const struct lab *lab, size_t index);
enum { LAB_DONE_MAX = 1000 };

enum actor_state {
    ACTOR_STARTING, /* spawned, not registered yet */
    ACTOR_READY,    /* waits for a command */
    ACTOR_BUSY,     /* carries one out, has not returned; `blocked_in` says which */
    ACTOR_FOREIGN,  /* has exec'd another program: takes signals, but no commands */
    ACTOR_ENDED,    /* a zombie: nobody has waited for it yet */
    ACTOR_REAPED,   /* gone */
};

struct actor {
    char name[16];
    struct process_id id;
    struct process_id parent; /* the actor that forked it; pid 0 when the lab spawned it */
    enum actor_state state;
    char blocked_in[96]; /* the call it has entered: "waitpid(4313, &status, 0)"; "" when none */
    int64_t since;       /* clock_now() when `state` began */
    int64_t entered;     /* clock_now() when `blocked_in` was announced; 0: never */
    int status;          /* wait status, valid when status_known */
    bool status_known;
};

/* Checks what will be asked of a lab later, without one: scripts as lab_submit() would, and what the kernel
 * is to be asked. The names that a script gives to things are known to what is checked after it. Each returns
 * 0, or -EINVAL with *ret_error filled. */
struct lab_checker;
struct lab_checker *lab_checker_new(void);
/* Takes NULL. */
void lab_checker_free(struct lab_checker *checker);
int lab_check_script(struct lab_checker *checker, const char *source, struct lab_error *ret_error);
/* What stands behind the word `expect`: "b.stat ~ ^Z within 2s". */
int lab_check_expectation(struct lab_checker *checker, const char *source, struct lab_error *ret_error);
/* OBJECT.FIELD: "b.stat[0]". */
int lab_check_term(struct lab_checker *checker, const char *term, struct lab_error *ret_error);

/* What OBJECT.FIELD is worth now, clean for a terminal: "S+", "4313"; "?" when it cannot be known. */
void lab_value(const struct lab *lab, const char *term, char *ret, size_t size);
/* Whether an expectation, without the word `expect`, holds now; ret_seen gets what was found: "b.stat = S+".
 * 0, or -EINVAL when it does not parse, with *ret untouched. */
int lab_holds(const struct lab *lab, const char *expectation, bool *ret, char *ret_seen, size_t size);

/* Actors in order of birth, reaped ones included for as long as their name is not used again. Borrowed: valid
 * until the next lab_dispatch() or lab_submit(). */
size_t lab_actor_count(const struct lab *lab);
const struct actor *lab_actor(const struct lab *lab, size_t index);
/* The actor with this identity, or this name (the living one if several had it); NULL: none. */
const struct actor *lab_actor_by_id(const struct lab *lab, struct process_id id);
const struct actor *lab_actor_by_name(const struct lab *lab, const char *name);
/* The name of the index-th thing that the actor has now (a variable, a file, a queue), with the letter of its
 * kind (enum protocol_thing) in *ret_kind; NULL: it has no more. Borrowed as an actor is. */
const char *lab_actor_thing(const struct lab *lab, const struct actor *actor, size_t index, char *ret_kind);
/* The name the next actor without one gets: a, b, ... z, a2, b2, ... `skip` names further on (0: the next
 * one). Written to `name` (16 bytes). */
void lab_next_name(const struct lab *lab, unsigned skip, char *name);

/* The lab's insides: what the files of lab/ share. Outside of it, lab/lab.h is all there is. */
#pragma once

#include "lab/lab.h"
#include "lab/pools.h"
#include "lab/programs.h"
#include "lab/protocol.h"
#include "lab/queue.h"
#include "lab/remembered.h"
#include "lab/things.h"
#include "model/id_set.h"

#include <sys/resource.h>

enum {
    LAB_REAPED_MAX = 128, /* that are remembered after it */
    LAB_TICK_MS = 10,
};

/* What an actor was told last and has not finished. */
struct order {
    unsigned sequence; /* 0: none */
    size_t expected;   /* children that it names */
    size_t born;       /* of these have registered */
    bool waits;        /* it may wait for its children, and take zombies away: */
    pid_t awaits;      /* this one alone; -1: any */
    bool spins;        /* it uses the CPU as long as it takes */
    bool entered;      /* it is in a call that it announced */
    bool told;         /* the call was reported as blocked, or as the last */
    enum protocol_manner manner;
    long limit_ms;      /* 0: the call may never return */
    int64_t entered_at; /* clock_now() */
};

struct member {
    struct actor actor; /* what others see */
    int pidfd;          /* -1 once reaped */
    int control;        /* -1: takes no orders any more */
    bool spawned;       /* the lab forked it */
    int start_error;    /* ended without a hello: errno of execve(2), or -1 when that is not known; else 0 */
    pid_t ppid;         /* whose child it is, as last seen: of double-fork and daemon not of the actor that it
                           came from */
    bool asked;         /* its parent is known to have waited for it */
    bool adopted;       /* Forklore has waited for it as its adopter */
    bool told_left;     /* it was told that its adopter does not */
    int64_t left_since; /* clock_now() when its zombie was first seen under a stranger, 0: it was not */
    char birth_call[16]; /* it returned 0 from this; "" once that is reported */
    struct order order;
    int64_t ordered;         /* clock_now() when a command was about it last, or it was born */
    struct things things;    /* that it has by name */
    struct foreign *foreign; /* the pipes of the other program it runs; NULL: none */
    char printed[256];       /* the last line that program has printed */
    bool called;             /* it has reported a call, and that returned: */
    long last_value;
    int last_error;
    double share;                  /* of the CPU, in percent, as cpushare measured it last; < 0: never */
    pid_t awaited[LAB_ACTORS_MAX]; /* children it forked that have not registered yet */
    size_t awaited_count;
    int64_t end_seen;  /* clock_now() when the pidfd told of the end or the reap, 0: not yet. Reports may be
                          held */
    int64_t reap_seen; /* back a little, so that the parent's call is told before what it caused. */
};

struct lab {
    struct features features;
    struct lab_listener listener;
    struct lab_limits limits;     /* in force */
    struct lab_terminal terminal; /* the texts and modes are copies */
    char *folder;                 /* of the programs */
    char *directory;              /* of the actors, private: lab/directory.h */
    int epoll, timer, lifeline_read, lifeline_write;
    pid_t warden;
    int warden_socket; /* -1: there is none */
    bool sweeping;     /* the warden was asked to sweep and has not answered */
    rlim_t mark;
    struct rlimit files; /* RLIMIT_NOFILE as it was before lab_new() */
    unsigned sequence;
    struct member **members; /* in order of birth */
    size_t member_count, member_capacity;
    struct queue queue;
    size_t failures;
    struct pools pools;
    struct remembered remembered;
    int64_t stopwatch;              /* clock_now() when it was started */
    bool may_exec;                  /* of lab_options */
    bool sandbox;                   /* Forklore was made the adopter */
    int was_subreaper;              /* what it was before */
    int64_t stray_look;             /* when strays were last looked for */
    struct id_set strays;           /* found then */
    struct process_id idle_adopter; /* does not reap; pid 0: none is known */
};

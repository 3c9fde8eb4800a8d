/* A lesson played without a screen: its lab, its needs, and who waits for them. */
#pragma once

#include "lesson/play.h"
#include "machine/features.h"

struct lesson_needs;

struct lesson_player {
    /* filled by the owner */
    const struct lesson *lesson;
    const struct features *features;
    struct lesson_needs *needs;
    bool may_exec, sandbox;                                    /* of lab_options */
    int signals;                                               /* app/signal_watch.h */
    void (*told)(void *data, const struct lab_report *report); /* of each report; NULL: nobody */
    void *data;

    /* private */
    struct lab *lab;
    int lab_error;
    struct play *play;
};

/* 0 or -errno. */
int lesson_player_begin(struct lesson_player *player);
/* Ends the lab with all its actors. */
void lesson_player_end(struct lesson_player *player);

/* What ended lesson_player_wait(). */
enum player_event {
    PLAYER_CHANGED,  /* something has changed in play */
    PLAYER_INPUT,    /* `input` can be read */
    PLAYER_LATE,     /* the deadline has passed */
    PLAYER_SIGNALLED /* a signal wants the program to end: *ret_signal */
};

/* Waits for the lab, for a descriptor (-1: none), for `deadline` on clock_now() (0: none), for a signal. */
enum player_event lesson_player_wait(struct lesson_player *player, int input, int64_t deadline,
                                     int *ret_signal);

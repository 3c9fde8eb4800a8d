/* A picture of a screen that nobody sees: of the machine, of a lab, of a lesson's steps, of a moment of a
 * recording. It is the live screen, driven to what is to be shown, drawn, read back and left. */
#pragma once

#include "app/live.h"

struct shot_options {
    const char *output; /* a file, see app/picture_file.h; for all steps of a lesson a folder, "DIR/", or
                           "DIR/NAME.svg" */
    int height, width;
    const char *commands; /* lab commands that come first; NULL: none */
    bool may_exec;        /* which may start other programs */
    size_t step;          /* of the lesson, from 1; 0: all of them */
    const char *at;       /* the moment of a recording: see rewind_to(); NULL: the last */
    bool redact;
    bool family;              /* the family as a drawing, in place of the screen */
    pid_t family_of;          /* whose; 0: Forklore's own */
    struct live_options live; /* with its lessons, or its recording */
};

/* Takes the pictures. Returns the exit status: 0; 1 when something failed, which was told on stderr; 2 where
 * there can be no picture. */
int shot_take(const struct shot_options *options);

/* For the live screen: */
int shot_open_terminal(struct live *live, const struct terminal_options *options);
/* Goes on with what is due; called after each round of the event loop. */
void shot_go_on(struct live *live);

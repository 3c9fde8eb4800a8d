/* `forklore lab --keep`: what holds the lab until somebody has seen enough. */
#pragma once

#include <stdbool.h>
#include <termios.h>

struct keeper {
    int fd;               /* where the word comes from; -1: from nowhere, only a signal ends it */
    bool is_terminal;     /* a key will do; otherwise it takes a line, or the end of the input */
    struct termios modes; /* of the terminal, as they were found */
};

/* Standard input; /dev/tty when the script itself came from there, so that it is used up. */
void keeper_open(struct keeper *keeper, bool input_is_used_up);
/* Says on stderr what is waited for, and has a terminal give each key at once. */
void keeper_begin(const struct keeper *keeper);
/* Reads what is there. Whether it was the word to end. */
bool keeper_is_told(const struct keeper *keeper);
/* Gives the terminal its modes back. */
void keeper_end(const struct keeper *keeper);
void keeper_close(struct keeper *keeper);

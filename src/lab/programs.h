/* Starting the lab's two programs: where they are, and a child process that has nothing of Forklore but what
 * it is given. */
#pragma once

#include <sys/types.h>

/* The folder that holds forklore-actor and forklore-warden: `folder` if not NULL, else that of this program
 * when they lie beside it, as in the build tree, else the installed one. To be freed. */
char *programs_folder(const char *folder);

struct program_start {
    const char *folder;
    const char *name;
    const char
        *title;   /* argv[0], what ps shows as its command line; "" for one that shows a title of its own */
    int control;  /* becomes PROTOCOL_CONTROL_FD */
    int lifeline; /* becomes PROTOCOL_LIFELINE_FD; -1: none */
    int terminal; /* becomes PROTOCOL_TERMINAL_FD; -1: none */
    pid_t group;  /* the process group to join; 0: one of its own */
};

/* Starts a program with its title for argv[0], /dev/null for its standard files, no other descriptors, and
 * all signals at their defaults. *ret is its pid. 0 or -errno of fork(2); when the program cannot be exec'd
 * it says so with PROTOCOL_NO_EXEC. */
int program_start(pid_t *ret, const struct program_start *start);

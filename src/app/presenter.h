/* The screen for a projector: only the rows and columns that matter, the light theme, the key that was just
 * pressed. What the reader had is kept, and comes back. */
#pragma once

struct live;
struct keystroke;

/* Turns it on or off. */
void presenter_turn(struct live *live);
/* Takes note of a key, to show it. */
void presenter_note_key(struct live *live, const struct keystroke *key);
/* "f  the actor forks"; "": no key yet, or no presenter. Borrowed. */
const char *presenter_key(const struct live *live);
/* Gives back what it holds, at the end of the program. */
void presenter_free(struct live *live);

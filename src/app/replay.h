/* A recording on the live screen: its moments are the history, and there is no now. */
#pragma once

#include "model/recording.h"

#include <stdbool.h>

struct live;
struct replay;

/* Begins to replay the file, or standard input ("-"). 0, or -errno after one line on stderr. Reads until the
 * first moment has come, so that whoever makes the recording may still ask for a password at the terminal. */
int replay_open(struct replay **ret, struct live *live, const char *path);
/* Takes NULL. */
void replay_free(struct replay *replay);
/* Goes on reading with the event loop: a recording may still be made. */
int replay_start(struct live *live);
/* Plays on from the moment shown, at the speed it happened, or stands still. */
void replay_turn(struct live *live);
/* The reader looks at one moment: it stays, whatever comes. Nothing where no recording is replayed. */
void replay_stand_still(struct live *live);
/* The newest moment, and each that comes. */
void replay_follow(struct live *live);
/* One line on stderr: there is no terminal to show a recording at. */
void replay_miss_terminal(void);
bool replay_is_playing(const struct live *live);
/* Of the recording that is replayed; NULL: none is. */
const struct recording_header *replay_header(const struct live *live);

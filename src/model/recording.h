/* Recordings: JSON Lines, a header and then a line for each moment, so that a file which is cut off at any
 * byte is good up to its last whole line, and a pipe can be read while it is written. forklore-recording(5)
 * describes the format. */
#pragma once

#include "machine/computer.h"
#include "machine/users.h"
#include "model/history.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { RECORDING_VERSION = 1 };

/* What the header says of the machine that was recorded. */
struct recording_header {
    struct computer computer;
    bool redacted; /* names were replaced */
    pid_t self;    /* the recording program's own pid there; 0: not known */
};

/* ---- writing ---- */

struct recording_writer;

/* Writes the header. The stream is borrowed, and flushed after every line. 0 or -errno. */
int recording_writer_new(struct recording_writer **ret, FILE *to, const struct recording_header *header);
/* Takes NULL. The stream stays open. */
void recording_writer_free(struct recording_writer *writer);
/* Adds a moment: what has changed since the one before, and names of users that appear for the first time.
 * The same arguments as history_add(). 0, or -errno when the stream failed; the recording then ends at its
 * last whole line. */
int recording_write(struct recording_writer *writer, const struct sample *sample, const struct moment *moment,
                    struct users *users);
/* The bytes written so far. */
uint64_t recording_bytes(const struct recording_writer *writer);

/* ---- reading ---- */

struct recording_reader;

/* What is wrong with a recording, and in which line of it, from 1. In the user's language. */
struct recording_error {
    size_t line;
    char text[200];
};

/* Reads into `history`, which is borrowed. */
struct recording_reader *recording_reader_new(struct history *history);
/* Takes NULL. */
void recording_reader_free(struct recording_reader *reader);
/* Takes the next bytes of the file, in pieces of any size. A line counts once its line end is there. 0, or
 * -EINVAL with *ret_error filled: no recording, of a newer version, or damaged. What came before that line
 * has been added to the history. Nothing more is taken then. */
int recording_feed(struct recording_reader *reader, const char *bytes, size_t length,
                   struct recording_error *ret_error);
/* NULL: it has not been read yet. Borrowed. */
const struct recording_header *recording_header(const struct recording_reader *reader);
/* The index-th user whose name has been read so far; NULL: there are no more. Borrowed. */
const char *recording_user_at(const struct recording_reader *reader, size_t index, uid_t *ret_uid);
/* Names of users as recorded; NULL: this one's is not. Borrowed. */
const char *recording_user(const struct recording_reader *reader, uid_t uid);

/* "CSI ? 1006 ; 1000 h" sets two modes, of which libvterm before 0.2 takes the first one only: this writes
 * such a sequence as one for each mode. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* A sequence that has begun and may go on in what is read next. Zero-initialised: none. */
struct private_modes {
    char begun[64];
    size_t length;
    bool cursor_hidden; /* by DECTCEM. libvterm also restores it with a saved cursor, which no terminal does */
};

/* Returns the length of the new text in *ret, which the caller frees. */
size_t private_modes_split(struct private_modes *modes, const char *bytes, size_t length, char **ret);

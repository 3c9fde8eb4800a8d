/* The keys that `type` knows by name. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <vterm.h>

struct key {
    VTermKey key; /* VTERM_KEY_NONE: it is a character */
    uint32_t character;
    VTermModifier modifier;
};

/* Reads one key at `text`: a UTF-8 character or a name between < and >. Returns the bytes it takes, 0 when
 * there is no such key. */
size_t key_read(const char *text, struct key *ret);

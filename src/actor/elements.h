/* Numbers in an actor's memory: its own variables, and what lies in shared memory, alone (*v) or in an array
 * (arr[2]). They are read and written as plain C does, one load or store each, so that processes that share
 * them may race. */
#pragma once

#include "things.h"

struct element {
    enum protocol_thing kind; /* NUMBER, INTS, FLOATS or BYTES */
    void *at;
    char text[40];  /* how C writes it: "x", "*v", "arr[2]" */
    char where[80]; /* where it is: "&x = 0x...", "v = 0x...", "&arr[2] = 0x..." */
};

/* Whether it is shared memory with elements, and a lock of its own. */
bool elements_are_in(const struct thing *thing);
/* sizeof and the name of the type of shared memory's elements. */
size_t element_size(enum protocol_thing kind);
const char *element_type(enum protocol_thing kind);
/* The element of this index of a number or of shared memory; -1: its only one. The lab has checked the index.
 */
void element_find(const struct thing *thing, int index, struct element *ret);
/* Takes a value as orders have it: 'n' and a whole number, or 't' and a text, which is a float, or a byte as
 * a character. */
void element_set(const struct element *element, const char *value);
/* A load, an addition and a store, with nothing to hold others off. */
void element_add(const struct element *element, long step);
/* "7", "0.100000001"; a byte that is a letter with it as a comment behind the number. Returns text. */
const char *element_value(char *text, size_t size, const struct element *element);
/* All elements: "{1, 2, 3}", cut to size with ... behind. Returns text. */
const char *elements_text(char *text, size_t size, const struct thing *thing);

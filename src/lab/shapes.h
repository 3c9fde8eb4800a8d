/* The types of shared memory in the command language: i (int), f (float), c (unsigned char), with a length
 * behind for an array, i[10]; and the values and indices that go with them. */
#pragma once

#include "lab/script.h"
#include "lab/things.h"

#include <stdbool.h>

bool shape_is(const char *text);
/* Whether an element of the type can be given this value: a whole number for i, any number for f; for c one
 * from 0 to 255, or a text of one byte. The type is the letter, as in enum protocol_thing. */
bool shape_takes(char type, const struct script_word *value);

/* Whether the thing is shared memory with elements. */
bool thing_has_elements(const struct thing *thing);
/* Whether the text, a name perhaps with an index, names one number of the thing: x, v, arr[2]. */
bool thing_has_element(const struct thing *thing, const char *text);

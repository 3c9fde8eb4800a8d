/* What a listing should print, beside what it did print. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Whether `printed` is what is wanted: line by line, or, with `any_order`, the same lines in some order. In
 * `wanted` {NAME}, a name of letters, stands for an unsigned number, the same wherever the name is the same.
 * When it is not, *ret gets why: the first line that differs, as it is wanted and as it is; clean for a
 * terminal, in the user's language. */
bool listing_output_matches(const char *wanted, const char *printed, bool any_order, char *ret, size_t size);

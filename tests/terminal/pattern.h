/* What a step expects to see: text as it stands on the screen, with placeholders for what differs from run to
 * run.
 *
 *     {b}             a word (no blanks). The first match gives it the name b; from then on {b} stands for
 * that word. {b=[0-9]+}      the same, with an extended regular expression for what it may be
 *     {=yes|no}       an expression without a name (no expression holds parentheses)
 *     {...}           anything, nothing too
 *
 * A pattern is loose (part of a row; a run of blanks stands for any run of blanks; ^ at its beginning and $
 * at its end bind it to the row's edges) or exact (a whole row, cell by cell: a placeholder then stands for
 * as many cells as it takes itself, braces and blanks within them included, so that columns line up in the
 * test as on the screen). */
#pragma once

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

enum { PATTERN_NAMES = 8 };

/* The words that placeholders stand for. Zero-initialised is empty. */
struct bindings {
    struct binding *list;
    size_t count;
};

void bindings_release(struct bindings *bindings);
/* NULL: not bound. */
const char *bindings_get(const struct bindings *bindings, const char *name);
/* `lasting`: it stays when the others are forgotten. */
void bindings_set(struct bindings *bindings, const char *name, const char *value, bool lasting);
/* Forgets all names but the lasting ones. */
void bindings_forget(struct bindings *bindings);
/* A new text with every bound {name} replaced. The caller frees it. */
char *bindings_expand(const struct bindings *bindings, const char *text);

struct pattern {
    regex_t regex;
    char names[PATTERN_NAMES][32]; /* of the groups in order; "" for one without a name */
    int groups;
};

/* Compiles the text with what is bound now. 0, or -EINVAL. */
int pattern_compile(struct pattern *pattern, const char *text, const struct bindings *bindings, bool exact);
void pattern_release(struct pattern *pattern);
/* Whether the row matches. Then *ret_at, unless NULL, is the byte where the match begins, and new names are
 * bound. */
bool pattern_matches(const struct pattern *pattern, const char *row, size_t *ret_at,
                     struct bindings *bindings);

/* The terms of an expectation: parsing one, finding its value, comparing two values. See lab/expectation.h.
 */
#pragma once

#include "lab/expectation.h"

/* Parses one word as a number, an OBJECT.FIELD or a text. 0, or -EINVAL with *ret_error filled.
 * term_release() gives its memory back. */
int term_parse(struct term *ret, const struct script_word *word, int line, struct lab_error *ret_error);
/* The same for what must be an object or a field of one; term->column is set. Fills in object, children, field
 * and index, and the kind: TERM_OBJECT when no field is named. */
int term_parse_path(struct term *term, const char *text, int line, struct lab_error *ret_error);
void term_release(struct term *term);

/* Makes it a number; what else it holds stays. */
void term_set_number(struct term_value *value, double number);
/* The value of the term now, its index applied. */
void term_read(const struct term *term, term_lookup *lookup, void *data, struct term_value *ret);
/* Reads a text as a number: decimal or 0x, perhaps negative, nothing around it. */
bool term_text_number(const char *text, double *ret);
/* Whether "left OP right" holds; not for EXPECT_MATCH and the two after it. */
bool term_values_compare(const struct term_value *left, enum expectation_op op,
                         const struct term_value *right);
/* Writes "b.stat = S+", the value quoted when it holds blanks, not yet clean for a terminal. Returns text. */
char *term_describe(const struct term *term, const struct term_value *value, char *text, size_t size);

/* Asking the kernel for what terms name, now; see also lab_value(), lab_holds() and lab_checker_new() of
 * lab/lab.h. */
#pragma once

#include "lab/expectation.h"
#include "lab/queue.h"

/* A term_lookup; `data` is the struct lab. */
void inquiry_look_up(void *data, const struct term *term, struct term_value *ret);
/* Whether the fields that a term names exist, or are names that scripts have given to things and values. 0,
 * or -EINVAL with *ret_error filled. */
int inquiry_check_term(const struct term *term, const struct queue *queue, int line,
                       struct lab_error *ret_error);
/* The same of both sides of an expectation. */
int inquiry_check(const struct expectation *expectation, const struct queue *queue,
                  struct lab_error *ret_error);

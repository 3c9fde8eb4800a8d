/* The command `expect`: what the kernel shows of the actors it names is read again and again until it holds
 * or the time is over. */
#pragma once

#include "lab/expectation.h"
#include "lab/queue.h"

/* Whether the fields it names exist, or are names that scripts have given to things. 0, or -EINVAL with
 * *ret_error filled. */
int expecting_check(const struct expectation *expectation, const struct queue *queue,
                    struct lab_error *ret_error);

enum progress verb_expect(struct lab *lab, struct run *run);

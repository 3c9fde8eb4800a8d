/* The command `expect`: what the kernel shows of the actors it names is read again and again until it holds
 * or the time is over. */
#pragma once

#include "lab/expectation.h"
#include "lab/queue.h"

enum progress verb_expect(struct lab *lab, struct run *run);

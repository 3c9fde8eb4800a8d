/* The facts of a process by their names in a recording: one table, for writing and reading. */
#pragma once

#include "machine/process.h"

#include <jansson.h>
#include <stdbool.h>

/* Puts the facts that differ from `before` into a JSON object, pid and start always; all of them when
 * `before` is NULL or another process. Texts that were not read are left out. */
json_t *recording_fields_write(const struct process *process, const struct process *before);
/* Sets what the object says; what it does not say stays. Texts are borrowed from the object. False: a value
 * is of the wrong type or out of range, and *ret_wrong is its name. */
bool recording_fields_read(const json_t *object, struct process *process, const char **ret_wrong);

/* What the line and the panel of an explanation say alike. For these two alone. */
#pragma once

#include "model/explain.h"

/* For how long it has been in its state; NULL when that was not seen. */
const char *explain_since(char *text, size_t size, const struct explain_facts *facts);
/* How a zombie ended: "exit 7"; NULL when it is not known. */
const char *explain_end(char *text, size_t size, const struct explain_facts *facts);
/* The call that an actor is in, with the time that it has been in it; NULL: it is in none. */
const char *explain_call(char *text, size_t size, const struct explain_facts *facts);
/* What lets a blocked or stopped actor go on; NULL: nothing is needed, or it is no actor. */
const char *explain_release(char *text, size_t size, const struct explain_facts *facts);
/* The name, clean; "?" for no process. `text` has EVENT_COMM_SIZE bytes. */
const char *explain_name(char *text, const struct process *process);

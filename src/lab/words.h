/* Why a call failed, in one clause a student can act on. */
#pragma once

#include <stddef.h>

/* "EACCES: raising priority needs CAP_SYS_NICE or RLIMIT_NICE". Falls back to the C library's words. NULL
 * when error is 0. `call` is the call's text. */
const char *words_for_call(const char *call, int error, char *text, size_t size);
/* What a result that is no error means; NULL: it speaks for itself. */
const char *words_for_value(const char *call, long value);
/* Only the clause: "raising priority ...". */
const char *words_for_error(const char *call, int error);

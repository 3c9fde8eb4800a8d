/* Scripts of lab commands, as they come from files and command lines. */
#pragma once

#include "lab/lab.h"

#include <stdio.h>

/* The whole of a file, to be freed; NULL with errno when that fails: EFBIG: nobody writes so long a script by
 * hand, EILSEQ: it holds a NUL. */
char *script_source_read(FILE *file);
/* Tells on stderr what is wrong with a script, with the line and a caret below the column. `name` is the
 * file's. */
void script_source_complain(const char *name, const char *source, const struct lab_error *error);

/* A lesson made of what was done in a lab: its commands as steps, with texts to be written. It can be played
 * as it stands. */
#pragma once

#include <stddef.h>

/* `commands` as lab_done() has them, in order. What is expected after the acts of a step becomes its
 * expectations. Where there are more commands than a lesson has steps, a step gets several. The text of the
 * file, to be freed. */
char *skeleton_text(const char *name, const char *const *commands, size_t count);

/* `write-lesson FILE` at the lab's prompt: writes what was done in the lab as a lesson. It is no command of
 * the language, for what it writes is on the user's side and not in the lab. */
#pragma once

#include <stdbool.h>

struct live;
struct prompt;

#define WRITE_LESSON "write-lesson"

/* Whether the line of the prompt asks for it, ACTOR: before it or not. */
bool write_lesson_is_meant(const char *line);
/* Tells in the prompt what is to be typed. */
void write_lesson_hint(struct prompt *prompt);
/* Writes it, and says so. False after a word in the prompt about why not. */
bool write_lesson(struct live *live, const char *line);

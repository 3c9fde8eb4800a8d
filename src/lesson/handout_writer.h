/* What a handout is made of; each format writes it in its own way. Texts are plain: a writer escapes them. In
 * a text HANDOUT_VALUE_BEGIN and HANDOUT_VALUE_END are around the name of a value. */
#pragma once

#include <stdio.h>

#define HANDOUT_VALUE_BEGIN '\001'
#define HANDOUT_VALUE_END   '\002'

struct handout_writer {
    void (*begin)(FILE *out, const char *language, const char *title);
    void (*heading)(FILE *out, int level, const char *text);
    /* With a label in front of it, unless that is NULL. */
    void (*paragraph)(FILE *out, const char *label, const char *text);
    /* Lines as they stand; `language` is "c", "python", "sh" or "". Numbered ones begin with 1. */
    void (*code)(FILE *out, const char *language, const char *text);
    /* One of the choices, which are numbered from 1; what is told of it for the teacher, or NULL. */
    void (*choice)(FILE *out, size_t number, const char *label, const char *answer, const char *why);
    void (*choices_end)(FILE *out);
    void (*end)(FILE *out);
};

extern const struct handout_writer handout_html, handout_markdown;

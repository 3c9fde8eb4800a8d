/* A handout as Markdown (CommonMark). */

#include "lesson/handout_writer.h"

#include <ctype.h>
#include <string.h>

/* A character that Markdown could take for markup; at the beginning of a line there are more of them. */
static int is_markup(const char *at, int at_begin)
{
    if (strchr("\\`*_{}[]<>#|~&!$", *at))
        return 1;
    return at_begin && strchr("+-=:", *at);
}

/* "1." at the beginning of a line would be a list. */
static size_t ordinal(const char *text)
{
    size_t digits = 0;
    while (isdigit((unsigned char)text[digits]))
        digits++;
    return digits && (text[digits] == '.' || text[digits] == ')') ? digits : 0;
}

/* `indent` stands before lines behind the first. */
static void escape(FILE *out, const char *text, const char *indent)
{
    int at_begin = 1;
    for (; *text; text++) {
        size_t digits = at_begin ? ordinal(text) : 0;
        if (digits) {
            fprintf(out, "%.*s\\%c", (int)digits, text, text[digits]);
            text += digits;
            at_begin = 0;
            continue;
        }
        if (*text == HANDOUT_VALUE_BEGIN || *text == HANDOUT_VALUE_END)
            putc('*', out);
        else if (*text == '\n')
            fprintf(out, "\\\n%s", indent);
        else if (is_markup(text, at_begin))
            fprintf(out, "\\%c", *text);
        else
            putc(*text, out);
        at_begin = *text == '\n';
    }
}

static void begin(FILE *out, const char *language, const char *title)
{
    (void)out;
    (void)language;
    (void)title; /* each lesson has a heading of its own */
}

static void heading(FILE *out, int level, const char *text)
{
    fprintf(out, "%.*s ", level, "######");
    escape(out, text, "");
    fputs("\n\n", out);
}

static void paragraph(FILE *out, const char *label, const char *text)
{
    if (label) {
        fputs("**", out);
        escape(out, label, "");
        fputs("** ", out);
    }
    escape(out, text, "");
    fputs("\n\n", out);
}

/* A fence of more backticks than there are in the text. */
static int fence_of(const char *text)
{
    int longest = 2, run = 0;
    for (; *text; text++) {
        run = *text == '`' ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest + 1;
}

static void print_fence(FILE *out, int length)
{
    while (length-- > 0)
        putc('`', out);
}

static void code(FILE *out, const char *language, const char *text)
{
    int fence = fence_of(text);
    size_t length = strlen(text);
    print_fence(out, fence);
    fprintf(out, "%s\n", language);
    for (const char *at = text; *at; at++)
        if (*at != HANDOUT_VALUE_BEGIN && *at != HANDOUT_VALUE_END)
            putc(*at, out);
    if (length && text[length - 1] != '\n')
        putc('\n', out);
    print_fence(out, fence);
    fputs("\n\n", out);
}

static void choice(FILE *out, size_t number, const char *label, const char *answer, const char *why)
{
    fprintf(out, "%zu. ", number);
    escape(out, label, "   ");
    if (answer) {
        fputs(" **\\[", out);
        escape(out, answer, "   ");
        fputs("\\]**", out);
    }
    if (why) {
        fputs("\\\n   ", out);
        escape(out, why, "   ");
    }
    putc('\n', out);
}

static void choices_end(FILE *out)
{
    putc('\n', out);
}

static void end(FILE *out)
{
    (void)out;
}

const struct handout_writer handout_markdown = {
    .begin = begin,
    .heading = heading,
    .paragraph = paragraph,
    .code = code,
    .choice = choice,
    .choices_end = choices_end,
    .end = end,
};

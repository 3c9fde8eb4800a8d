/* A handout as HTML 5: whole in itself, for screen and paper. */

#include "lesson/handout_writer.h"

#include <string.h>

static const char style[] =
    "body { font: 11pt/1.5 sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em; color: #111;"
    " background: #fff; }\n"
    "h1 { font-size: 1.6em; border-bottom: 2px solid #111; }\n"
    "h2 { font-size: 1.2em; border-bottom: 1px solid #999; margin-top: 1.6em; }\n"
    "h3 { font-size: 1em; font-family: monospace; }\n"
    "pre { font: 9.5pt/1.35 monospace; background: #f4f4f4; border: 1px solid #ccc; padding: .6em;"
    " overflow-x: auto; counter-reset: line; }\n"
    "pre.numbered span::before { counter-increment: line; content: counter(line); display: inline-block;"
    " width: 2em; margin-right: 1em; text-align: right; color: #666; }\n"
    "var { font-style: italic; }\n"
    "ol.choices > li { margin: .3em 0; }\n"
    ".answer { font-weight: bold; }\n"
    "@media print {\n"
    "  @page { margin: 18mm; }\n"
    "  body { margin: 0; max-width: none; font-size: 10pt; }\n"
    "  h1 { break-before: page; }\n"
    "  h1:first-of-type { break-before: auto; }\n"
    "  h2, h3 { break-after: avoid; }\n"
    "  pre, li { break-inside: avoid; }\n"
    "  pre { white-space: pre-wrap; }\n"
    "}\n";

static void escape_part(FILE *out, const char *text, size_t length)
{
    for (; length; text++, length--)
        switch (*text) {
        case '&': fputs("&amp;", out); break;
        case '<': fputs("&lt;", out); break;
        case '>': fputs("&gt;", out); break;
        case '"': fputs("&quot;", out); break;
        case '\'': fputs("&#39;", out); break;
        case HANDOUT_VALUE_BEGIN: fputs("<var>", out); break;
        case HANDOUT_VALUE_END: fputs("</var>", out); break;
        default: putc(*text, out);
        }
}

static void escape(FILE *out, const char *text)
{
    escape_part(out, text, strlen(text));
}

/* A line end of a text is one. */
static void escape_lines(FILE *out, const char *text)
{
    size_t length;
    for (; text[length = strcspn(text, "\n")]; text += length + 1) {
        escape_part(out, text, length);
        fputs("<br>\n", out);
    }
    escape(out, text);
}

/* zh_CN is zh-CN there (BCP 47); what is behind @ has no place in it. */
static void print_language(FILE *out, const char *language)
{
    for (; *language && *language != '@' && *language != '.'; language++)
        putc(*language == '_' ? '-' : *language, out);
}

static void begin(FILE *out, const char *language, const char *title)
{
    fputs("<!DOCTYPE html>\n<html lang=\"", out);
    print_language(out, language);
    fputs("\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>",
          out);
    escape(out, title);
    fprintf(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n", style);
}

static void heading(FILE *out, int level, const char *text)
{
    fprintf(out, "<h%d>", level);
    escape(out, text);
    fprintf(out, "</h%d>\n", level);
}

static void paragraph(FILE *out, const char *label, const char *text)
{
    fputs("<p>", out);
    if (label) {
        fputs("<strong>", out);
        escape(out, label);
        fputs("</strong> ", out);
    }
    escape_lines(out, text);
    fputs("</p>\n", out);
}

static void code(FILE *out, const char *language, const char *text)
{
    int numbered = strcmp(language, "c") == 0 || strcmp(language, "python") == 0;
    fputs(numbered ? "<pre class=\"numbered\"><code>" : "<pre><code>", out);
    for (size_t length; *text; text += length + !!text[length]) {
        length = strcspn(text, "\n");
        if (numbered)
            fputs("<span>", out);
        escape_part(out, text, length);
        fputs(numbered ? "</span>\n" : "\n", out);
    }
    fputs("</code></pre>\n", out);
}

static void choice(FILE *out, size_t number, const char *label, const char *answer, const char *why)
{
    if (number == 1)
        fputs("<ol class=\"choices\">\n", out);
    fputs("<li>", out);
    escape_lines(out, label);
    if (answer) {
        fputs(" <span class=\"answer\">[", out);
        escape(out, answer);
        fputs("]</span>", out);
    }
    if (why) {
        fputs("<br>\n", out);
        escape_lines(out, why);
    }
    fputs("</li>\n", out);
}

static void choices_end(FILE *out)
{
    fputs("</ol>\n", out);
}

static void end(FILE *out)
{
    fputs("</body>\n</html>\n", out);
}

const struct handout_writer handout_html = {
    .begin = begin,
    .heading = heading,
    .paragraph = paragraph,
    .code = code,
    .choice = choice,
    .choices_end = choices_end,
    .end = end,
};

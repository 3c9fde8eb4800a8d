#include "lab/script.h"

#include "base/i18n.h"
#include "base/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_CHARACTERS = 15 }; /* what a comm holds: prctl(2), PR_SET_NAME */

#define NAME_FIRST "abcdefghijklmnopqrstuvwxyz"
#define NAME_REST  NAME_FIRST "0123456789_-"
#define VERB_BYTES NAME_REST "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define BLANKS     " \t\r"

struct parser {
    const char *at;
    int line, column; /* of *at */
    struct script *script;
    struct lab_error *error;
    char *word; /* the word under way */
    size_t word_length, word_capacity;
    size_t command_capacity, arg_capacity;
};

int script_fail(struct lab_error *ret, int line, int column, const char *format, ...)
{
    *ret = (struct lab_error){ .line = line, .column = column };
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(ret->text, sizeof ret->text, format, arguments);
    va_end(arguments);
    return -EINVAL;
}

bool script_is_name(const char *text)
{
    size_t length = strspn(text, NAME_REST);
    return length > 0 && length <= NAME_MAX_CHARACTERS && !text[length] && strchr(NAME_FIRST, text[0]);
}

const char *script_option(const struct script_word *word, const char *key)
{
    size_t length = strlen(key);
    if (word->quoted || strncmp(word->text, key, length) != 0 || word->text[length] != '=')
        return NULL;
    return word->text + length + 1;
}

/* Columns count characters: in UTF-8 every byte but the continuations begins one, in any locale. */
static void advance(struct parser *parser, size_t bytes)
{
    for (; bytes; bytes--, parser->at++)
        if (((unsigned char)*parser->at & 0xc0) != 0x80)
            parser->column++;
}

static bool at_command_end(const struct parser *parser)
{
    return !*parser->at || *parser->at == '\n' || *parser->at == ';' || *parser->at == '#';
}

static bool at_word_end(const struct parser *parser)
{
    return !*parser->at || strchr(BLANKS "\n;", *parser->at);
}

static void put(struct parser *parser, char byte)
{
    parser->word = grow(parser->word, &parser->word_capacity, parser->word_length + 1, 1);
    parser->word[parser->word_length++] = byte;
}

static const char *end_word(struct parser *parser)
{
    const char *text =
        arena_copy(&parser->script->texts, parser->word ? parser->word : "", parser->word_length);
    parser->word_length = 0;
    return text;
}

static int hex_value(char digit)
{
    const char *digits = "0123456789abcdef0123456789ABCDEF", *found = digit ? strchr(digits, digit) : NULL;
    return found ? (int)((found - digits) % 16) : -1;
}

/* At a backslash within quotes. */
static int parse_escape(struct parser *parser)
{
    char kind = parser->at[1];
    size_t length = 2;
    if (kind == '"' || kind == '\\') {
        put(parser, kind);
    } else if (kind == 'n') {
        put(parser, '\n');
    } else if (kind == 'x') {
        int high = hex_value(parser->at[2]), low = high < 0 ? -1 : hex_value(parser->at[3]);
        if (low < 0)
            return script_fail(parser->error, parser->line, parser->column,
                               _("\\x is followed by two hexadecimal digits, as in \\x1b"));
        if (!high && !low)
            return script_fail(parser->error, parser->line, parser->column, _("a text cannot hold \\x00"));
        put(parser, (char)(high << 4 | low));
        length = 4;
    } else {
        return script_fail(parser->error, parser->line, parser->column,
                           _("after a backslash within quotes come \", \\, n or xHH"));
    }
    advance(parser, length);
    return 0;
}

/* At an opening quote. */
static int parse_quoted(struct parser *parser)
{
    int opened = parser->column;
    advance(parser, 1);
    while (*parser->at != '"') {
        if (!*parser->at || *parser->at == '\n')
            return script_fail(parser->error, parser->line, opened,
                               _("this quotation is not closed on its line"));
        if (*parser->at == '\\') {
            int r = parse_escape(parser);
            if (r < 0)
                return r;
            continue;
        }
        put(parser, *parser->at);
        advance(parser, 1);
    }
    advance(parser, 1);
    return 0;
}

/* At the first byte of a word. */
static int parse_word(struct parser *parser, struct script_word *ret)
{
    struct script_word word = { .column = parser->column, .quoted = *parser->at == '"' };
    while (!at_word_end(parser)) {
        if (*parser->at == '"') {
            int r = parse_quoted(parser);
            if (r < 0)
                return r;
            continue;
        }
        put(parser, *parser->at);
        advance(parser, 1);
    }
    word.text = end_word(parser);
    *ret = word;
    return 0;
}

static void skip_blanks(struct parser *parser)
{
    advance(parser, strspn(parser->at, BLANKS));
}

/* "a:", at the beginning of a command; a space after it may be missing. */
static int parse_actor(struct parser *parser, struct script_word *ret)
{
    size_t length = strcspn(parser->at, ":\"=" BLANKS "\n;");
    if (parser->at[length] != ':')
        return 0;
    const char *text = arena_copy(&parser->script->texts, parser->at, length);
    if (!script_is_name(text)) {
        char clean[64];
        return script_fail(
            parser->error, parser->line, parser->column,
            _("'%s' is no actor's name: a to z, then a to z, 0 to 9, _ or -, at most %d in all"),
            text_clean(clean, sizeof clean, text), NAME_MAX_CHARACTERS);
    }
    *ret = (struct script_word){ .text = text, .column = parser->column };
    advance(parser, length + 1);
    skip_blanks(parser);
    return 0;
}

static int parse_verb(struct parser *parser, const struct script_word *actor, struct script_word *ret)
{
    if (at_command_end(parser))
        return script_fail(parser->error, parser->line, parser->column,
                           _("after '%s:' comes what it is to do"), actor->text);
    int r = parse_word(parser, ret);
    if (r < 0)
        return r;
    char clean[64];
    if (ret->quoted || !ret->text[0] || ret->text[strspn(ret->text, VERB_BYTES)])
        return script_fail(parser->error, parser->line, ret->column, _("'%s' is no command"),
                           text_clean(clean, sizeof clean, ret->text));
    return 0;
}

static int parse_args(struct parser *parser, struct script_command *command)
{
    parser->arg_capacity = 0;
    for (skip_blanks(parser); !at_command_end(parser); skip_blanks(parser)) {
        command->args =
            grow(command->args, &parser->arg_capacity, command->arg_count + 1, sizeof *command->args);
        int r = parse_word(parser, &command->args[command->arg_count]);
        if (r < 0)
            return r;
        command->arg_count++;
    }
    return 0;
}

/* At the first byte of a command. */
static int parse_command(struct parser *parser)
{
    struct script *script = parser->script;
    script->commands =
        grow(script->commands, &parser->command_capacity, script->count + 1, sizeof *script->commands);
    struct script_command *command = &script->commands[script->count++];
    *command = (struct script_command){ .line = parser->line };
    const char *start = parser->at;
    int r = parse_actor(parser, &command->actor);
    if (r == 0)
        r = parse_verb(parser, &command->actor, &command->verb);
    if (r == 0)
        r = parse_args(parser, command);
    if (r < 0)
        return r;
    size_t length = parser->at - start;
    while (length && strchr(BLANKS, start[length - 1]))
        length--;
    command->source = arena_copy(&script->texts, start, length);
    return 0;
}

static int parse_commands(struct parser *parser)
{
    for (skip_blanks(parser); *parser->at; skip_blanks(parser)) {
        if (*parser->at == '#') {
            advance(parser, strcspn(parser->at, "\n"));
        } else if (*parser->at == ';') {
            advance(parser, 1);
        } else if (*parser->at == '\n') {
            advance(parser, 1);
            parser->line++;
            parser->column = 1;
        } else {
            int r = parse_command(parser);
            if (r < 0)
                return r;
        }
    }
    return 0;
}

int script_parse(struct script **ret, const char *source, struct lab_error *ret_error)
{
    struct parser parser = {
        .at = source,
        .line = 1,
        .column = 1,
        .script = xcalloc(1, sizeof(struct script)),
        .error = ret_error,
    };
    int r = parse_commands(&parser);
    free(parser.word);
    if (r < 0) {
        script_free(parser.script);
        return r;
    }
    *ret = parser.script;
    return 0;
}

void script_free(struct script *script)
{
    if (!script)
        return;
    for (size_t i = 0; i < script->count; i++)
        free(script->commands[i].args);
    free(script->commands);
    arena_release(&script->texts);
    free(script);
}

void script_print_quoted(FILE *out, const char *text)
{
    for (; *text; text++)
        fprintf(out,
                (unsigned char)*text < ' ' ? "\\x%02x"
                : strchr("\"\\", *text)    ? "\\%c"
                                           : "%c",
                (unsigned char)*text);
}

#include "app/command_place.h"

#include <stdlib.h>
#include <string.h>

#define BLANKS " \t"

/* How far the text has been cut into commands and words. */
struct cut {
    size_t command; /* where the command begins */
    size_t word;    /* and where the word does, when one is under way */
    size_t words;   /* of the command so far */
    bool in_word, quoted, escaped, comment;
};

static void start_word(struct cut *cut, size_t at)
{
    cut->in_word = true;
    cut->word = at;
    cut->words++;
}

static void cut_at(struct cut *cut, const char *text, size_t at)
{
    char byte = text[at];
    if (cut->comment)
        return;
    if (cut->quoted) {
        cut->quoted = byte != '"' || cut->escaped;
        cut->escaped = byte == '\\' && !cut->escaped;
    } else if (byte == ';') {
        *cut = (struct cut){ .command = at + 1 };
    } else if (strchr(BLANKS, byte)) {
        cut->in_word = false;
    } else if (byte == '#' && !cut->in_word) {
        cut->comment = true;
    } else if (byte == ':' && cut->in_word && cut->words == 1) {
        cut->in_word = false; /* "a:fork" needs no blank */
    } else {
        if (!cut->in_word)
            start_word(cut, at);
        cut->quoted = byte == '"';
    }
}

/* The command up to the end of the word, as a script: a word that is still empty gets a letter, a quotation
 * its end. */
static struct script *parse(const struct cut *cut, const char *text, size_t end)
{
    struct lab_error error;
    struct script *script = NULL;
    char *source = xasprintf("%.*s%s%s", (int)(end - cut->command), text + cut->command,
                             cut->in_word ? "" : "x", cut->quoted ? "\"" : "");
    if (script_parse(&script, source, &error) < 0)
        script = NULL;
    free(source);
    return script;
}

void command_place_find(struct command_place *ret, const char *text, size_t end)
{
    struct cut cut = { 0 };
    for (size_t i = 0; i < end; i++)
        cut_at(&cut, text, i);
    *ret = (struct command_place){ .word = cut.in_word ? cut.word : end };
    ret->script = cut.comment ? NULL : parse(&cut, text, end);
    if (!ret->script || ret->script->count != 1)
        return;
    ret->command = &ret->script->commands[0];
    ret->on_verb = ret->command->arg_count == 0;
    if (ret->on_verb)
        return;
    ret->row =
        command_find(ret->command->verb.text, ret->command->actor.text ? COMMAND_BY_ACTOR : COMMAND_BY_LAB);
    ret->index = ret->command->arg_count - 1;
    ret->rule = ret->row ? arguments_rule_of(ret->row, ret->command, ret->index) : NULL;
}

void command_place_release(struct command_place *place)
{
    script_free(place->script);
    *place = (struct command_place){ 0 };
}

#include "lab/expectation.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/text.h"
#include "lab/term.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEFAULT_WITHIN_MS = 2000 };

static const char *const operators[] = {
    [EXPECT_EQUAL] = "=",       [EXPECT_NOT_EQUAL] = "!=",  [EXPECT_LESS] = "<",
    [EXPECT_LESS_EQUAL] = "<=", [EXPECT_GREATER] = ">",     [EXPECT_GREATER_EQUAL] = ">=",
    [EXPECT_MATCH] = "~",       [EXPECT_EXISTS] = "exists", [EXPECT_GONE] = "gone",
};

struct parser {
    const struct script_command *command;
    size_t arg_count; /* without "within T" */
    struct expectation *expectation;
    struct lab_error *error;
};

static int parse_operator(const struct script_word *word)
{
    for (size_t op = 0; !word->quoted && op < sizeof operators / sizeof *operators; op++)
        if (strcmp(word->text, operators[op]) == 0)
            return (int)op;
    return -1;
}

static int parse_within(struct parser *parser)
{
    const struct script_word *args = parser->command->args;
    parser->arg_count = parser->command->arg_count;
    parser->expectation->within = DEFAULT_WITHIN_MS * NS_PER_MS;
    for (size_t i = 2; i < parser->command->arg_count; i++) {
        if (args[i].quoted || strcmp(args[i].text, "within") != 0)
            continue;
        if (i + 2 < parser->command->arg_count)
            return script_fail(parser->error, parser->command->line, args[i + 2].column,
                               _("nothing comes after the time"));
        if (i + 1 == parser->command->arg_count) {
            if (i == 2 && parse_operator(&args[1]) <= EXPECT_MATCH)
                return 0; /* a text that is the word itself: name = within */
            return script_fail(parser->error, parser->command->line, args[i].column,
                               _("after 'within' comes a time such as 300ms or 2s"));
        }
        if (clock_parse_span(args[i + 1].text, &parser->expectation->within) < 0)
            return script_fail(parser->error, parser->command->line, args[i + 1].column,
                               _("a time is written 300ms or 2s, and is an hour at most"));
        parser->arg_count = i;
        return 0;
    }
    return 0;
}

static int parse_object(struct parser *parser, const struct script_word *word)
{
    char clean[64];
    struct term *term = &parser->expectation->left;
    *term = (struct term){ .column = word->column, .index = -1 };
    if (word->quoted || term_parse_path(term, word->text, parser->command->line, parser->error) < 0 ||
        term->kind != TERM_OBJECT)
        return script_fail(parser->error, parser->command->line, word->column, _("'%s' is no actor's name"),
                           text_clean(clean, sizeof clean, word->text));
    term->text = xstrdup(word->text);
    return 0;
}

static int parse_pattern(struct parser *parser, const struct script_word *word)
{
    regex_t *pattern = &parser->expectation->pattern;
    int r = regcomp(pattern, word->text, REG_EXTENDED | REG_NOSUB);
    if (r != 0) {
        char why[100];
        regerror(r, pattern, why, sizeof why);
        return script_fail(parser->error, parser->command->line, word->column,
                           _("this is no regular expression: %s"), why);
    }
    parser->expectation->op = EXPECT_MATCH;
    parser->expectation->right =
        (struct term){ .kind = TERM_TEXT, .column = word->column, .text = xstrdup(word->text), .index = -1 };
    return 0;
}

static int check_order(struct parser *parser, const struct term *term)
{
    double number;
    if (term->kind != TERM_TEXT || term_text_number(term->text, &number))
        return 0;
    return script_fail(parser->error, parser->command->line, term->column, _("only numbers have an order"));
}

static int parse_comparison(struct parser *parser, enum expectation_op op)
{
    const struct script_word *args = parser->command->args;
    struct expectation *expectation = parser->expectation;
    int line = parser->command->line;
    int r = term_parse(&expectation->left, &args[0], line, parser->error);
    if (r == 0)
        r = op == EXPECT_MATCH ? parse_pattern(parser, &args[2])
                               : term_parse(&expectation->right, &args[2], line, parser->error);
    if (r == 0 && op >= EXPECT_LESS && op <= EXPECT_GREATER_EQUAL)
        r = check_order(parser, &expectation->left);
    if (r == 0 && op >= EXPECT_LESS && op <= EXPECT_GREATER_EQUAL)
        r = check_order(parser, &expectation->right);
    return r;
}

static int parse_shape(struct parser *parser)
{
    const struct script_command *command = parser->command;
    int op = parser->arg_count >= 2 ? parse_operator(&command->args[1]) : -1;
    bool one_sided = op == EXPECT_EXISTS || op == EXPECT_GONE;
    size_t wanted = one_sided ? 2 : 3;
    if (op < 0 || parser->arg_count != wanted) {
        size_t at = op < 0 ? 1 : parser->arg_count > wanted ? wanted : parser->arg_count;
        int column = at < command->arg_count ? command->args[at].column : command->verb.column;
        return script_fail(parser->error, command->line, column,
                           _("after expect come TERM OP TERM (OP: = != < <= > >= ~), OBJECT exists or OBJECT "
                             "gone, with blanks between"));
    }
    int r = one_sided ? parse_object(parser, &command->args[0]) : parse_comparison(parser, op);
    if (r == 0)
        parser->expectation->op = op;
    return r;
}

int expectation_parse(struct expectation **ret, const struct script_command *command,
                      struct lab_error *ret_error)
{
    struct parser parser = {
        .command = command,
        .expectation = xcalloc(1, sizeof(struct expectation)),
        .error = ret_error,
    };
    parser.expectation->line = command->line;
    int r = parse_within(&parser);
    if (r == 0)
        r = parse_shape(&parser);
    if (r < 0) {
        expectation_free(parser.expectation);
        return r;
    }
    *ret = parser.expectation;
    return 0;
}

void expectation_free(struct expectation *expectation)
{
    if (!expectation)
        return;
    if (expectation->op == EXPECT_MATCH)
        regfree(&expectation->pattern);
    term_release(&expectation->left);
    term_release(&expectation->right);
    free(expectation);
}

static bool object_holds(const struct expectation *expectation, const struct term_value *value, char *seen,
                         size_t size)
{
    const char *object = expectation->left.text;
    if (value->kind != TERM_VALUE_NUMBER) {
        snprintf(seen, size, _("%s: not known"), object);
        return false;
    }
    bool exists = value->number != 0;
    snprintf(seen, size, exists ? _("%s exists") : _("%s is gone"), object);
    return exists == (expectation->op == EXPECT_EXISTS);
}

/* What was read is described; what the script wrote itself needs no telling. */
static void describe(const struct expectation *expectation, const struct term_value *left,
                     const struct term_value *right, char *seen, size_t size)
{
    char first[320] = "", second[320] = "", both[sizeof first + sizeof second];
    if (expectation->left.kind == TERM_FIELD)
        term_describe(&expectation->left, left, first, sizeof first);
    if (expectation->right.kind == TERM_FIELD)
        term_describe(&expectation->right, right, second, sizeof second);
    snprintf(both, sizeof both, "%s%s%s", first, first[0] && second[0] ? ", " : "", second);
    text_clean(seen, size, both);
}

bool expectation_holds(const struct expectation *expectation, term_lookup *lookup, void *data, char *seen,
                       size_t size)
{
    struct term_value left, right = { .kind = TERM_VALUE_UNKNOWN };
    term_read(&expectation->left, lookup, data, &left);
    if (expectation->op == EXPECT_EXISTS || expectation->op == EXPECT_GONE)
        return object_holds(expectation, &left, seen, size);
    if (expectation->op != EXPECT_MATCH)
        term_read(&expectation->right, lookup, data, &right);
    describe(expectation, &left, &right, seen, size);
    if (expectation->op == EXPECT_MATCH)
        return left.kind != TERM_VALUE_UNKNOWN && regexec(&expectation->pattern, left.text, 0, NULL, 0) == 0;
    return term_values_compare(&left, expectation->op, &right);
}

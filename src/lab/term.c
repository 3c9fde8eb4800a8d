#include "lab/term.h"

#include "base/i18n.h"
#include "base/text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NAME_BYTES  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"
#define FIELD_BYTES "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"

bool term_text_number(const char *text, double *ret)
{
    const char *digits = text + (*text == '-');
    if (!*digits || !strchr("0123456789", *digits)) /* strtod() would take "inf", "nan" and blanks */
        return false;
    char *end;
    double number = strtod(text, &end);
    if (*end)
        return false;
    *ret = number;
    return true;
}

/* "[3]" at *at, or nothing: -1; moves past it. False when it is neither. */
static bool parse_index(const char **at, int *ret)
{
    *ret = -1;
    if (**at != '[')
        return true;
    char *end;
    long index = strtol(*at + 1, &end, 10);
    if ((*at)[1] < '0' || (*at)[1] > '9' || *end != ']' || index > 65535)
        return false;
    *ret = (int)index;
    *at = end + 1;
    return true;
}

/* "[f]" or "[p[1]]" at *at: moves past it. False when it is neither, or too long for *ret. */
static bool parse_named_index(const char **at, char *ret, size_t size)
{
    const char *name = *at + 1;
    size_t length = strspn(name, NAME_BYTES);
    if (**at != '[' || length == 0 || strchr("0123456789", name[0]))
        return false;
    if (name[length] == '[') {
        size_t digits = strspn(name + length + 1, "0123456789");
        length += digits + 2;
        if (digits == 0 || digits > 3 || name[length - 1] != ']')
            return false;
    }
    if (name[length] != ']' || length >= size)
        return false;
    memcpy(ret, name, length);
    ret[length] = '\0';
    *at = name + length + 1;
    return true;
}

/* NAME.letter is meant as a field, whatever follows; 15.5 and ./file are not. */
static bool looks_like_field(const char *text)
{
    char object[16];
    size_t length = strcspn(text, ".");
    if (length >= sizeof object || text[length] != '.')
        return false;
    memcpy(object, text, length);
    object[length] = '\0';
    return script_is_name(object) && isalpha((unsigned char)text[length + 1]);
}

/* "child[1].stat" behind the object's dot. */
static bool parse_steps(struct term *term, const char *at)
{
    for (;; at++) {
        size_t length = strspn(at, FIELD_BYTES);
        const char *name = at;
        int index;
        at += length;
        if (length == 0 || length >= sizeof term->field)
            return false;
        if (!parse_index(&at, &index) && !parse_named_index(&at, term->index_name, sizeof term->index_name))
            return false;
        bool is_child = length == strlen("child") && memcmp(name, "child", length) == 0 && index >= 0;
        if (is_child) {
            if (term->depth == TERM_DEPTH_MAX)
                return false;
            term->children[term->depth++] = index;
        } else {
            memcpy(term->field, name, length);
            term->index = index;
        }
        if (!*at)
            return true;
        if (*at != '.' || !is_child || term->index_name[0])
            return false;
    }
}

int term_parse_path(struct term *term, const char *text, int line, struct lab_error *ret_error)
{
    size_t length = strcspn(text, ".");
    bool good = length < sizeof term->object;
    if (good) {
        memcpy(term->object, text, length);
        term->object[length] = '\0';
        good = script_is_name(term->object) && (!text[length] || parse_steps(term, text + length + 1));
    }
    term->kind = term->field[0] ? TERM_FIELD : TERM_OBJECT;
    if (good)
        return 0;
    char clean[64];
    return script_fail(ret_error, line, term->column,
                       _("'%s' is not OBJECT.FIELD or OBJECT.FIELD[0]; put quotes round a text"),
                       text_clean(clean, sizeof clean, text));
}

int term_parse(struct term *ret, const struct script_word *word, int line, struct lab_error *ret_error)
{
    struct term term = { .kind = TERM_TEXT, .column = word->column, .index = -1 };
    if (!word->quoted && term_text_number(word->text, &term.number)) {
        term.kind = TERM_NUMBER;
    } else if (!word->quoted && looks_like_field(word->text)) {
        int r = term_parse_path(&term, word->text, line, ret_error);
        if (r < 0)
            return r;
    }
    term.text = xstrdup(word->text);
    *ret = term;
    return 0;
}

void term_release(struct term *term)
{
    free(term->text);
    term->text = NULL;
}

static void number_text(char *text, size_t size, double number, bool single)
{
    if (number > -1e15 && number < 1e15 && number == (double)(long long)number)
        snprintf(text, size, "%lld", (long long)number);
    else
        snprintf(text, size, single ? "%.9g" : "%g",
                 number); /* 9 digits tell every float from its neighbours */
}

/* Keeps the character of that index; there is none: unknown. */
static void take_character(struct term_value *value, int index)
{
    const char *at = value->text;
    size_t taken, left = strlen(at);
    int width;
    while ((taken = text_step(at, left, &width)) > 0 && index-- > 0) {
        at += taken;
        left -= taken;
    }
    memmove(value->text, at, taken);
    value->text[taken] = '\0';
    value->kind = taken ? TERM_VALUE_TEXT : TERM_VALUE_UNKNOWN;
}

void term_set_number(struct term_value *value, double number)
{
    value->kind = TERM_VALUE_NUMBER;
    value->number = number;
}

void term_read(const struct term *term, term_lookup *lookup, void *data, struct term_value *ret)
{
    *ret = (struct term_value){ .kind = TERM_VALUE_UNKNOWN };
    if (term->kind == TERM_NUMBER) {
        term_set_number(ret, term->number);
    } else if (term->kind == TERM_TEXT) {
        ret->kind = TERM_VALUE_TEXT;
        snprintf(ret->text, sizeof ret->text, "%s", term->text);
    } else {
        lookup(data, term, ret);
    }
    if (ret->kind == TERM_VALUE_NUMBER)
        number_text(ret->text, sizeof ret->text, ret->number, ret->single);
    if (ret->kind != TERM_VALUE_UNKNOWN && term->index >= 0 && !ret->indexed)
        take_character(ret, term->index);
}

static bool value_number(const struct term_value *value, double *ret)
{
    if (value->kind == TERM_VALUE_TEXT)
        return term_text_number(value->text, ret);
    *ret = value->number;
    return value->kind == TERM_VALUE_NUMBER;
}

static bool orders(double left, enum expectation_op op, double right)
{
    switch (op) {
    case EXPECT_EQUAL: return left == right;
    case EXPECT_NOT_EQUAL: return left != right;
    case EXPECT_LESS: return left < right;
    case EXPECT_LESS_EQUAL: return left <= right;
    case EXPECT_GREATER: return left > right;
    case EXPECT_GREATER_EQUAL: return left >= right;
    default: return false;
    }
}

bool term_values_compare(const struct term_value *left, enum expectation_op op,
                         const struct term_value *right)
{
    if (left->kind == TERM_VALUE_UNKNOWN || right->kind == TERM_VALUE_UNKNOWN)
        return false;
    bool for_equality = op == EXPECT_EQUAL || op == EXPECT_NOT_EQUAL;
    bool both_texts = left->kind == TERM_VALUE_TEXT && right->kind == TERM_VALUE_TEXT;
    double left_number, right_number;
    if (!(for_equality && both_texts) && value_number(left, &left_number) &&
        value_number(right, &right_number)) {
        bool single = left->single || right->single;
        return single ? orders((float)left_number, op, (float)right_number)
                      : orders(left_number, op, right_number);
    }
    return for_equality && (strcmp(left->text, right->text) == 0) == (op == EXPECT_EQUAL);
}

char *term_describe(const struct term *term, const struct term_value *value, char *text, size_t size)
{
    const char *quote = !value->text[0] || strchr(value->text, ' ') ? "\"" : "";
    if (value->kind == TERM_VALUE_UNKNOWN)
        snprintf(text, size, "%s = ?", term->text);
    else
        snprintf(text, size, "%s = %s%s%s", term->text, quote, value->text, quote);
    return text;
}

#include "lab/inquiry.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "lab/fields.h"
#include "lab/state.h"
#include "lab/term.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "f" or "p[1]". */
static bool is_index_declared(const struct queue *queue, const char *text)
{
    char name[sizeof((struct term *)NULL)->index_name];
    snprintf(name, sizeof name, "%.*s", (int)strcspn(text, "["), text);
    return queue_is_declared(&queue->things, name);
}

int inquiry_check_term(const struct term *term, const struct queue *queue, int line,
                       struct lab_error *ret_error)
{
    char known[500];
    bool of_lab = strcmp(term->object, "lab") == 0;
    if (term->kind != TERM_FIELD)
        return 0;
    if (term->index_name[0] && !is_index_declared(queue, term->index_name))
        return script_fail(ret_error, line, term->column, _("no command before this makes a thing '%s'"),
                           term->index_name);
    if (of_lab)
        if (term->depth == 0 &&
            (field_is_of_lab(term->field) || queue_is_declared(&queue->values, term->field)))
            return 0;
    if (!of_lab && (field_is_known(term->field) || queue_is_declared(&queue->things, term->field)))
        return 0;
    field_list(known, sizeof known, of_lab);
    return script_fail(ret_error, line, term->column,
                       of_lab ? _("the lab has no field '%s', but:%s")
                              : _("an actor has no field '%s', but:%s"),
                       term->field, known);
}

int inquiry_check(const struct expectation *expectation, const struct queue *queue,
                  struct lab_error *ret_error)
{
    int r = inquiry_check_term(&expectation->left, queue, expectation->line, ret_error);
    return r < 0 ? r : inquiry_check_term(&expectation->right, queue, expectation->line, ret_error);
}

void inquiry_look_up(void *data, const struct term *term, struct term_value *ret)
{
    const struct lab *lab = data;
    struct subject subject;
    if (strcmp(term->object, "lab") == 0) {
        field_read_of_lab(lab, term->field, ret);
        return;
    }
    if (!subject_find(&subject, lab, term))
        return;
    if (term->kind == TERM_FIELD)
        field_read(&subject, term, ret);
    else
        term_set_number(ret, subject.there);
}

void lab_value(const struct lab *lab, const char *term_text, char *ret, size_t size)
{
    struct term term = { .column = 1, .index = -1 };
    struct term_value value = { .kind = TERM_VALUE_UNKNOWN };
    struct lab_error unused;
    if (term_parse_path(&term, term_text, 1, &unused) == 0 && term.kind == TERM_FIELD)
        term_read(&term, inquiry_look_up, (void *)lab, &value);
    text_clean(ret, size, value.kind == TERM_VALUE_UNKNOWN ? "?" : value.text);
}

/* "b.stat ~ ^Z" as a script of one command, `expect` before it. The columns of an error are put right. 0 or
 * -EINVAL. */
static int parse_claim(struct script **ret, const char *claim, struct lab_error *ret_error)
{
    static const char verb[] = "expect ";
    char *source = xasprintf("%s%s", verb, claim);
    int r = script_parse(ret, source, ret_error);
    free(source);
    if (r < 0)
        return r;
    if ((*ret)->count == 1)
        return 0;
    script_free(*ret);
    return script_fail(ret_error, 1, 1 + (int)strlen(verb), _("one expectation is wanted here"));
}

int lab_holds(const struct lab *lab, const char *claim, bool *ret, char *ret_seen, size_t size)
{
    struct script *script;
    struct expectation *expectation;
    struct lab_error unused;
    int r = parse_claim(&script, claim, &unused);
    if (r < 0)
        return r;
    r = expectation_parse(&expectation, &script->commands[0], &unused);
    if (r == 0) {
        *ret = expectation_holds(expectation, inquiry_look_up, (void *)lab, ret_seen, size);
        expectation_free(expectation);
    }
    script_free(script);
    return r;
}

struct lab_checker {
    struct queue queue;
};

struct lab_checker *lab_checker_new(void)
{
    return xcalloc(1, sizeof(struct lab_checker));
}

void lab_checker_free(struct lab_checker *checker)
{
    if (checker)
        queue_release(&checker->queue);
    free(checker);
}

int lab_check_script(struct lab_checker *checker, const char *source, struct lab_error *ret_error)
{
    return queue_add(&checker->queue, source, false, ret_error);
}

int lab_check_expectation(struct lab_checker *checker, const char *claim, struct lab_error *ret_error)
{
    struct script *script;
    struct expectation *expectation;
    int r = parse_claim(&script, claim, ret_error);
    if (r == 0) {
        r = expectation_parse(&expectation, &script->commands[0], ret_error);
        if (r == 0) {
            r = inquiry_check(expectation, &checker->queue, ret_error);
            expectation_free(expectation);
        }
        script_free(script);
    }
    if (r < 0)
        ret_error->column -= (int)strlen("expect ");
    return r;
}

int lab_check_term(struct lab_checker *checker, const char *text, struct lab_error *ret_error)
{
    struct term term = { .column = 1, .index = -1 };
    int r = term_parse_path(&term, text, 1, ret_error);
    if (r == 0 && term.kind != TERM_FIELD)
        r = script_fail(ret_error, 1, 1, _("OBJECT.FIELD is wanted, such as a.stat"));
    term.text = (char *)text;
    return r < 0 ? r : inquiry_check_term(&term, &checker->queue, 1, ret_error);
}

#include "lesson/yaml_words.h"

#include "base/i18n.h"

#include <stddef.h>
#include <string.h>

/* Those that a person meets who writes by hand; the left ones are libyaml's own. */
static const struct {
    const char *problem, *words;
} table[] = {
    { "could not find expected ':'", N_("a colon is missing behind a key, or a quote or bracket is open") },
    { "did not find expected key",
      N_("a key was expected here: is the indentation right, is a text with : or # quoted?") },
    { "did not find expected '-' indicator", N_("a - was expected here: is the indentation right?") },
    { "did not find expected ',' or ']'", N_("a , or ] was expected here") },
    { "did not find expected ',' or '}'", N_("a , or } was expected here") },
    { "did not find expected node content", N_("a value was expected here") },
    { "did not find expected comment or line break", N_("nothing but a comment may stand here") },
    { "did not find expected <document start>",
      N_("nothing more was expected here: is the indentation right?") },
    { "mapping values are not allowed in this context",
      N_("no : may stand here: quote a text that holds one, and check the indentation") },
    { "mapping keys are not allowed in this context",
      N_("no key may stand here: is the indentation right?") },
    { "block sequence entries are not allowed in this context",
      N_("no - may stand here: is the indentation right?") },
    { "found a tab character that violates indentation",
      N_("lines are indented with blanks, not with tabs") },
    { "found a tab character where an indentation space is expected",
      N_("lines are indented with blanks, not with tabs") },
    { "found character that cannot start any token",
      N_("no text begins with this character unless it is quoted") },
    { "found unexpected end of stream", N_("the file ends inside a quoted text") },
    { "found unexpected document indicator", N_("--- or ... inside a quoted text") },
    { "found unknown escape character", N_("no such escape behind \\ in a text in double quotes") },
};

const char *yaml_words(const char *problem)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (problem && strcmp(table[i].problem, problem) == 0)
            return _(table[i].words);
    return problem ? problem : "?";
}

#include "app/language.h"

#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "config.h"

#include <glob.h>
#include <limits.h>
#include <locale.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* UTF-8 is the better guess where the locale is unknown, and gettext(3) finds its messages by LANGUAGE. */
static void set_locale(void)
{
    const char *wanted = getenv("LC_ALL");
    if (!wanted || !*wanted)
        wanted = getenv("LANG");
    if (setlocale(LC_ALL, ""))
        return;
    setlocale(LC_ALL, "C.UTF-8");
    const char *language = getenv("LANGUAGE");
    if (wanted && *wanted && (!language || !*language))
        setenv("LANGUAGE", wanted, 1);
}

/* The catalogues of the build tree, when the program runs from there, else those of the installation. */
static void bind_messages(void)
{
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    path[length > 0 ? length : 0] = '\0';
    char *slash = strrchr(path, '/');
    if (slash)
        *slash = '\0';
    char *beside = xasprintf("%s/data/locale", path);
    bindtextdomain(PACKAGE, slash && access(beside, X_OK) == 0 ? beside : LOCALEDIR);
    textdomain(PACKAGE);
    free(beside);
}

void language_begin(void)
{
    set_locale();
    bind_messages();
}

/* The name of the first catalogue whose directory is `length` bytes of `name` and then `rest`, a pattern;
 * NULL when there is none. The caller frees it. */
static char *find_catalogue(const char *name, size_t length, const char *rest)
{
    const char *folder = bindtextdomain(PACKAGE, NULL);
    char *pattern = xasprintf("%s/%.*s%s/LC_MESSAGES/%s.mo", folder, (int)length, name, rest, PACKAGE);
    char *found = NULL;
    glob_t matches;
    if (glob(pattern, 0, NULL, &matches) == 0) {
        const char *language = matches.gl_pathv[0] + strlen(folder) + 1;
        found = xasprintf("%.*s", (int)strcspn(language, "/"), language);
        globfree(&matches);
    }
    free(pattern);
    return found;
}

static void leave_c(int category)
{
    const char *current = setlocale(category, NULL);
    if (current && (strcmp(current, "C") == 0 || strcmp(current, "POSIX") == 0))
        setlocale(category, "C.UTF-8");
}

void language_choose(const char *name)
{
    char *catalogue = find_catalogue(name, strcspn(name, ".@"), "");
    if (!catalogue)
        catalogue = find_catalogue(name, strcspn(name, "_.@"), "_*");
    setenv("LANGUAGE", catalogue ? catalogue : name, 1);
    if (catalogue) {
        leave_c(LC_CTYPE);
        leave_c(LC_MESSAGES);
    }
    textdomain(
        PACKAGE); /* what was translated already is looked up anew: gettext(3) does not watch LANGUAGE */
    free(catalogue);
}

void language_now(char *ret, size_t size)
{
    const char *locale = setlocale(LC_MESSAGES, NULL), *language = getenv("LANGUAGE");
    bool english = !locale || strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0;
    if (!english && language && *language)
        locale = language;
    else if (english || strncmp(locale, "C.", 2) == 0)
        locale = "en";
    if (!text_locale_is_utf8())
        locale = "en";
    snprintf(ret, size, "%.*s", (int)strcspn(locale, ":"), locale);
}

char *language_after(const char *name)
{
    char *pattern = xasprintf("%s/*/LC_MESSAGES/%s.mo", bindtextdomain(PACKAGE, NULL), PACKAGE);
    size_t lead = strlen(bindtextdomain(PACKAGE, NULL)) + 1, known = strcspn(name, ".@:");
    const char *after = NULL;
    glob_t matches;
    bool take = strncmp(name, "en", 2) == 0;
    if (glob(pattern, 0, NULL, &matches) != 0)
        matches.gl_pathc = 0;
    for (size_t i = 0; i < matches.gl_pathc && !after; i++) {
        const char *found = matches.gl_pathv[i] + lead;
        if (take)
            after = found;
        take = strcspn(found, "/") == known && strncmp(found, name, known) == 0;
    }
    char *language = after ? xasprintf("%.*s", (int)strcspn(after, "/"), after) : xstrdup("en");
    if (matches.gl_pathc)
        globfree(&matches);
    free(pattern);
    return language;
}

const char *language_tag(char *tag, size_t size)
{
    language_now(tag, size);
    char *territory = strchr(tag, '_');
    if (territory)
        *territory = '-';
    return tag;
}

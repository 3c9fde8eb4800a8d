#include "app/listing_check.h"

#include "app/child_program.h"
#include "app/listing_output.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "lesson/listing_files.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    COMPILE_SECONDS = 60, /* the machine may be busy */
    WORDS_MAX = 32,       /* of CC */
    TOLD_LINES = 6,       /* of what a compiler or a program said */
    TREE_DESCRIPTORS = 8, /* of nftw(3) */
};

struct trial {
    const struct lesson *lesson;
    const struct lesson_listing *listing;
    char *directory; /* private: `work` is in it, where the listing runs, and the files of this trial */
    char *work, *program, *input;
    char **environment;
    int interrupt;
    char *why;
};

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)kind;
    (void)place;
    remove(path);
    return 0;
}

static bool is_ours(const char *variable)
{
    return strncmp(variable, "PYTHON", 6) != 0 && strncmp(variable, "LC_", 3) != 0 &&
           strncmp(variable, "LANG", 4) != 0;
}

/* The user's, without what would change what the listings print. */
static char **make_environment(void)
{
    size_t count = 0, kept = 0;
    while (environ[count])
        count++;
    char **environment = xcalloc(count + 3, sizeof *environment);
    for (size_t i = 0; i < count; i++)
        if (is_ours(environ[i]))
            environment[kept++] = environ[i];
    environment[kept++] = "LC_ALL=C.UTF-8";
    environment[kept++] = "PYTHONDONTWRITEBYTECODE=1";
    return environment;
}

static enum listing_verdict fail(struct trial *trial, char *why)
{
    free(trial->why);
    trial->why = why;
    return LISTING_FAILED;
}

static int write_input(const struct trial *trial)
{
    FILE *file = fopen(trial->input, "wxe");
    if (!file)
        return -errno;
    int r = fputs(trial->listing->input, file) < 0 ? -EIO : 0;
    return fclose(file) != 0 ? -errno : r;
}

static int prepare(struct trial *trial)
{
    const char *folder = getenv("TMPDIR");
    const struct lesson_listing *failed;
    trial->directory = xasprintf("%s/forklore-listing-XXXXXX", folder && *folder ? folder : "/tmp");
    if (!mkdtemp(trial->directory)) {
        int error = errno;
        free(trial->directory);
        trial->directory = NULL;
        return -error;
    }
    trial->work = xasprintf("%s/work", trial->directory);
    trial->program = xasprintf("%s/program", trial->directory);
    trial->input = xasprintf("%s/input", trial->directory);
    trial->environment = make_environment();
    int r = mkdir(trial->work, 0700) < 0 ? -errno : 0;
    if (r == 0)
        r = listing_files_write(trial->lesson, trial->work, &failed);
    if (r == 0 && trial->listing->input)
        r = write_input(trial);
    return r;
}

static void clear(struct trial *trial)
{
    if (trial->directory)
        nftw(trial->directory, remove_one, TREE_DESCRIPTORS, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
    free(trial->directory);
    free(trial->work);
    free(trial->program);
    free(trial->input);
    free(trial->environment);
}

/* The first lines, or, with `last`, the last ones; clean, each indented: to be freed. */
static char *some_lines(const char *text, bool last)
{
    size_t lines = 0, size;
    for (const char *at = text; *at; at += strcspn(at, "\n") + (at[strcspn(at, "\n")] == '\n'))
        lines++;
    size_t skipped = last && lines > TOLD_LINES ? lines - TOLD_LINES : 0, told = 0;
    char *result = NULL, clean[200];
    FILE *out = open_memstream(&result, &size);
    for (size_t i = 0; out && *text && told < TOLD_LINES; i++) {
        size_t length = strcspn(text, "\n");
        char *line = xstrndup(text, length);
        if (i >= skipped && ++told)
            fprintf(out, "\n    %s", text_clean(clean, sizeof clean, line));
        free(line);
        text += length + (text[length] == '\n');
    }
    if (out)
        fclose(out);
    return result ? result : xstrdup("");
}

/* The compiler's words, from CC or the first that there is. 0: there is none. `text` is theirs to live in. */
static size_t find_compiler(char *text, size_t size, char *words[WORDS_MAX])
{
    static const char *const names[] = { "cc", "gcc", "clang" };
    const char *chosen = getenv("CC");
    size_t count = 0;
    snprintf(text, size, "%s", chosen ? chosen : "");
    for (char *rest = text, *word; count < WORDS_MAX - 16 && (word = strtok_r(rest, " ", &rest));)
        words[count++] = word;
    for (size_t i = 0; count == 0 && i < sizeof names / sizeof *names; i++)
        if (child_program_exists(names[i]))
            words[count++] = (char *)names[i];
    return count && child_program_exists(words[0]) ? count : 0;
}

static enum listing_verdict compile(struct trial *trial)
{
    char text[512], *words[WORDS_MAX];
    size_t count = find_compiler(text, sizeof text, words);
    struct child_result result;
    if (!count) {
        trial->why = xstrdup(_("there is no C compiler: cc, gcc, clang, or what CC names"));
        return LISTING_SKIPPED;
    }
    char *const arguments[] = {
        "-Wall", "-Wextra", "-Werror", "-pthread", "-o", trial->program, trial->listing->file, NULL
    };
    memcpy(&words[count], arguments, sizeof arguments);
    struct child_program compiler = { .arguments = words,
                                      .environment = trial->environment,
                                      .directory = trial->work,
                                      .deadline_ms = COMPILE_SECONDS * 1000,
                                      .interrupt = trial->interrupt };
    int r = child_program_run(&compiler, &result);
    if (r < 0)
        return fail(trial, xasprintf("%s: %s", words[0], error_words(r)));
    bool good = !result.late && result.status == 0;
    if (!good) {
        char *lines = some_lines(result.errors, false);
        fail(trial, xasprintf(_("%s does not compile it:%s"), words[0], lines));
        free(lines);
    }
    free(result.output);
    free(result.errors);
    return good ? LISTING_PASSED : LISTING_FAILED;
}

static enum listing_verdict judge(struct trial *trial, const struct child_result *result)
{
    const struct lesson_listing *listing = trial->listing;
    char difference[600];
    if (result->late)
        return fail(trial,
                    xasprintf(_("after %d s it, or who holds its output, had not ended"), LISTING_SECONDS));
    if (result->too_much)
        return fail(trial, xstrdup(_("it prints without end")));
    if (result->status != listing->status) {
        char *lines = some_lines(result->errors, true);
        fail(trial,
             xasprintf(_("expected exit status %d, got %d%s"), listing->status, result->status, lines));
        free(lines);
        return LISTING_FAILED;
    }
    if (!listing->prints || listing_output_matches(listing->prints, result->output, listing->any_order,
                                                   difference, sizeof difference))
        return LISTING_PASSED;
    return fail(trial, xasprintf("%s", difference));
}

static enum listing_verdict run(struct trial *trial, bool is_c)
{
    struct child_result result;
    char *python[] = { "python3", trial->listing->file, NULL }, *program[] = { trial->program, NULL };
    struct child_program child = { .arguments = is_c ? program : python,
                                   .environment = trial->environment,
                                   .directory = trial->work,
                                   .input = trial->listing->input ? trial->input : NULL,
                                   .deadline_ms = LISTING_SECONDS * 1000,
                                   .interrupt = trial->interrupt };
    int r = child_program_run(&child, &result);
    if (r < 0)
        return fail(trial, xasprintf("%s: %s", child.arguments[0], error_words(r)));
    enum listing_verdict verdict = judge(trial, &result);
    free(result.output);
    free(result.errors);
    return verdict;
}

static enum listing_verdict try(struct trial *trial)
{
    size_t length = strlen(trial->listing->file);
    bool is_c = length > 2 && strcmp(trial->listing->file + length - 2, ".c") == 0;
    if (!is_c && !child_program_exists("python3")) {
        trial->why = xstrdup(_("there is no python3"));
        return LISTING_SKIPPED;
    }
    int r = prepare(trial);
    if (r < 0)
        return fail(trial, xasprintf(_("its directory could not be made: %s"), error_words(r)));
    enum listing_verdict verdict = is_c ? compile(trial) : LISTING_PASSED;
    return verdict == LISTING_PASSED ? run(trial, is_c) : verdict;
}

enum listing_verdict listing_check(const struct lesson *lesson, const struct lesson_listing *listing,
                                   int interrupt, char **ret_why)
{
    struct trial trial = { .lesson = lesson, .listing = listing, .interrupt = interrupt };
    enum listing_verdict verdict = try(&trial);
    clear(&trial);
    *ret_why = trial.why;
    return verdict;
}

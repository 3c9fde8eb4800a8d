#include "script.h"

#include "base/memory.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int add_block_line(struct script *script, const char *text)
{
    if (script->count == 0)
        return -EINVAL;
    struct script_step *step = &script->steps[script->count - 1];
    step->block = xreallocarray(step->block, step->block_count + 1, sizeof(*step->block));
    step->block[step->block_count++] = xstrdup(text);
    return 0;
}

static void add_step(struct script *script, const char *text, const char *file, int line)
{
    size_t length = strcspn(text, " ");
    const char *argument = text + length + strspn(text + length, " ");

    script->steps = xreallocarray(script->steps, script->count + 1, sizeof(*script->steps));
    script->steps[script->count++] = (struct script_step){
        .file = xstrdup(file),
        .line = line,
        .name = xstrndup(text, length),
        .argument = xstrdup(argument),
    };
}

static int append_file(struct script *script, const char *path);

/* Appends the steps of a file that stands beside `path`. */
static int include(struct script *script, const char *path, const char *name)
{
    const char *slash = strrchr(path, '/');
    char *beside = xasprintf("%.*s%s", slash ? (int)(slash + 1 - path) : 0, path, name);
    int r = append_file(script, beside);

    free(beside);
    return r;
}

static int append_file(struct script *script, const char *path)
{
    FILE *file = fopen(path, "re");
    char *text = NULL;
    size_t room = 0;
    ssize_t length;
    int r = 0;

    if (!file)
        return -errno;
    for (int line = 1; r == 0 && (length = getline(&text, &room, file)) >= 0; line++) {
        text[strcspn(text, "\n")] = '\0';
        if (text[0] == '|')
            r = add_block_line(script, text + 1);
        else if (strncmp(text, "do ", 3) == 0)
            r = include(script, path, text + 3);
        else if (text[0] != '\0' && text[0] != '#')
            add_step(script, text, path, line);
    }
    free(text);
    fclose(file);
    return r;
}

int script_read(struct script *script, const char *path)
{
    *script = (struct script){ 0 };
    int r = append_file(script, path);
    if (r < 0)
        script_release(script);
    return r;
}

void script_release(struct script *script)
{
    for (size_t i = 0; i < script->count; i++) {
        struct script_step *step = &script->steps[i];
        for (size_t j = 0; j < step->block_count; j++)
            free(step->block[j]);
        free(step->block);
        free(step->file);
        free(step->name);
        free(step->argument);
    }
    free(script->steps);
    *script = (struct script){ 0 };
}

#include "app/write_lesson.h"

#include "app/live.h"
#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"
#include "lesson/skeleton.h"
#include "lesson/template.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* The file's name with what follows it; NULL: the line does not ask for a lesson. */
static const char *operand_of(const char *line)
{
    size_t length = strlen(WRITE_LESSON), name = strspn(line, "abcdefghijklmnopqrstuvwxyz0123456789_-");
    if (line[name] == ':') /* the prompt opens with the selected actor */
        line += name + 1;
    line += strspn(line, " \t");
    if (strncmp(line, WRITE_LESSON, length) != 0 || (line[length] && !strchr(" \t", line[length])))
        return NULL;
    return line + length + strspn(line + length, " \t");
}

bool write_lesson_is_meant(const char *line)
{
    return operand_of(line) != NULL;
}

void write_lesson_hint(struct prompt *prompt)
{
    prompt_hint(prompt, WRITE_LESSON " FILE", 0, 0, _("what was done in the lab, as a lesson: FILE.yaml"));
}

static int write_file(const struct lab *lab, const char *path, size_t *ret_count)
{
    char *name = template_name(path);
    const char **commands = NULL;
    size_t count = 0, room = 0;
    if (!name)
        return -EINVAL;
    for (const char *command; (command = lab_done(lab, count)) != NULL; count++) {
        commands = grow(commands, &room, count + 1, sizeof *commands);
        commands[count] = command;
    }
    char *text = skeleton_text(name, commands, count);
    int error = template_write_text(path, text);
    *ret_count = count;
    free(text);
    free(commands);
    free(name);
    return error;
}

bool write_lesson(struct live *live, const char *line)
{
    struct prompt *prompt = &live->overlay.prompt;
    char *path = xstrdup(operand_of(line)), shown[80];
    for (size_t length = strlen(path); length && strchr(" \t", path[length - 1]);)
        path[--length] = '\0';
    size_t count = 0;
    int error = write_file(live->lab, path, &count);
    text_clean(shown, sizeof shown, path);
    if (error == -EINVAL)
        prompt_fail(prompt, 1, _("a file name of letters, digits, - and _ is wanted, and .yaml behind it"));
    else if (error)
        prompt_fail(prompt, 1, error_words(error));
    else
        live_say(live, _("%s: a lesson of %zu commands; its texts are yours to write"), shown, count);
    free(path);
    return error == 0;
}

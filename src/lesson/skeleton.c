#include "lesson/skeleton.h"

#include "base/memory.h"
#include "lesson/lesson.h"

#include <stdio.h>
#include <string.h>

static const char expect[] = "expect";

/* What is expected; NULL: the command does something. */
static const char *claim_of(const char *command)
{
    size_t length = strlen(expect);
    if (strncmp(command, expect, length) != 0 || (command[length] != ' ' && command[length] != '\t'))
        return NULL;
    return command + length + strspn(command + length, " \t");
}

static size_t count_acts(const char *const *commands, size_t count)
{
    size_t acts = 0;
    for (size_t i = 0; i < count; i++)
        acts += !claim_of(commands[i]);
    return acts;
}

/* The commands of one step: so many acts, and what is expected behind the last. */
static size_t step_length(const char *const *commands, size_t count, size_t acts)
{
    size_t length = 0;
    for (size_t done = 0; length < count; length++)
        if (!claim_of(commands[length]) && done++ == acts)
            break;
    return length;
}

/* The number of commands up to the last act; what is expected before it stays where it was. */
static size_t acts_length(const char *const *commands, size_t count)
{
    while (count > 0 && claim_of(commands[count - 1]))
        count--;
    return count;
}

static void print_step(FILE *out, size_t number, const char *const *commands, size_t count)
{
    fprintf(out,
            "  - say:\n"
            "      en: >\n"
            "        Step %zu. Here comes what is to be read before the commands below.\n"
            "      zh_CN: >\n"
            "        第 %zu 步。这里写执行下面的命令之前要读的内容。\n",
            number, number);
    size_t acts = acts_length(commands, count);
    for (size_t i = 0; i < acts; i++)
        fprintf(out, "%s      %s\n", i ? "" : "    do: |\n", commands[i]);
    for (size_t i = acts; i < count; i++)
        fprintf(out, "%s      %s\n", i > acts ? "" : "    expect: |\n", claim_of(commands[i]));
}

char *skeleton_text(const char *name, const char *const *commands, size_t count)
{
    char *text;
    size_t size, acts = count_acts(commands, count);
    size_t in_a_step = (acts + LESSON_STEPS_MAX - 1) / LESSON_STEPS_MAX;
    FILE *out = open_memstream(&text, &size);
    if (!out)
        return xstrdup("");
    fprintf(
        out,
        "# What was done in the lab, as a lesson: its texts are to be written. forklore-lesson(5) describes\n"
        "# what else may stand here: questions (ask), listings (code), what is read afterwards (then).\n"
        "name: %s\n"
        "title: {en: A lesson of mine, zh_CN: 我的一课}\n"
        "goal: {en: What it is for, zh_CN: 这一课的目标}\n"
        "steps:\n",
        name);
    if (count == 0)
        print_step(out, 1, commands, 0);
    for (size_t number = 1, length; count > 0; number++, commands += length, count -= length) {
        length = step_length(commands, count, in_a_step);
        print_step(out, number, commands, length);
    }
    fclose(out);
    return text;
}

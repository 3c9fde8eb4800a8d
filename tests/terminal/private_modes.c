#include "private_modes.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Whether the text is the beginning of a sequence, with its last byte perhaps. */
static bool may_go_on(const char *text, size_t length)
{
    static const char introducer[] = "\033[?";

    if (length < sizeof(introducer) - 1)
        return memcmp(text, introducer, length) == 0;
    return memcmp(text, introducer, sizeof(introducer) - 1) == 0 &&
           (length == sizeof(introducer) - 1 || strchr("0123456789;", text[length - 1]));
}

static void write_modes(FILE *out, struct private_modes *modes, char end)
{
    char list[sizeof(modes->begun) + 1], *rest = list;

    snprintf(list, sizeof(list), "%.*s", (int)modes->length - 3, modes->begun + 3);
    for (const char *mode; (mode = strsep(&rest, ";"));) {
        fprintf(out, "\033[?%s%c", mode, end);
        if (strcmp(mode, "25") == 0)
            modes->cursor_hidden = end == 'l';
    }
}

static void flush(FILE *out, struct private_modes *modes)
{
    fwrite(modes->begun, 1, modes->length, out);
    modes->length = 0;
}

static void take(FILE *out, struct private_modes *modes, char byte)
{
    modes->begun[modes->length] = byte;
    if (modes->length + 1 < sizeof(modes->begun) && may_go_on(modes->begun, modes->length + 1)) {
        modes->length++;
    } else if (modes->length > 3 && (byte == 'h' || byte == 'l')) {
        write_modes(out, modes, byte);
        modes->length = 0;
    } else if (modes->length > 0) {
        flush(out, modes);
        take(out, modes, byte);
    } else {
        fputc(byte, out);
    }
}

size_t private_modes_split(struct private_modes *modes, const char *bytes, size_t length, char **ret)
{
    size_t size = 0;
    FILE *out = open_memstream(ret, &size);

    if (!out)
        return 0;
    for (size_t i = 0; i < length; i++)
        take(out, modes, bytes[i]);
    fclose(out);
    return size;
}

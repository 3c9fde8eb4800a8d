#include "app/script_source.h"

#include "base/memory.h"
#include "base/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { SOURCE_MAX = 1 << 20 };

char *script_source_read(FILE *file)
{
    char *text = NULL;
    size_t length = 0, capacity = 0;
    do {
        text = grow(text, &capacity, length + 4096, 1);
        length += fread(text + length, 1, 4095, file);
        text[length] = '\0';
    } while (!feof(file) && !ferror(file) && length < SOURCE_MAX);
    if (!feof(file) || strlen(text) != length) {
        errno = ferror(file) ? errno : length >= SOURCE_MAX ? EFBIG : EILSEQ;
        free(text);
        return NULL;
    }
    return text;
}

void script_source_complain(const char *name, const char *source, const struct lab_error *error)
{
    for (int line = 1; line < error->line && source; line++) {
        source = strchr(source, '\n');
        source = source ? source + 1 : NULL;
    }
    fprintf(stderr, "%s:%d:%d: %s\n", name, error->line, error->column, error->text);
    if (!source)
        return;
    char *line = xstrndup(source, strcspn(source, "\n")), *clean = xmalloc(strlen(line) + 1);
    text_clean(clean, strlen(line) + 1, line);
    /* Columns count characters; the caret stands under a cell. */
    size_t bytes = 0;
    int cells = 0, width;
    for (int column = 1; column < error->column && clean[bytes]; column++, cells += width)
        bytes += text_step(clean + bytes, strlen(clean + bytes), &width);
    fprintf(stderr, "    %s\n    %*s^\n", clean, cells, "");
    free(line);
    free(clean);
}

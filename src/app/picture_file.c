#include "app/picture_file.h"

#include "base/errors.h"
#include "base/i18n.h"
#include "base/memory.h"
#include "base/text.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

const char picture_file_suffixes[] = ".txt .ansi .svg .html .png .pdf";

static const struct format {
    const char *suffix;
    void (*write)(const struct screen_picture *picture, FILE *to);
    void (*write_family)(const struct family_picture *picture, FILE *to); /* NULL: a family is not drawn so */
    const char *convert; /* the format that rsvg-convert makes of it; NULL: none */
} formats[] = {
    { ".txt", screen_picture_text, NULL, NULL },
    { ".ansi", screen_picture_ansi, NULL, NULL },
    { ".svg", screen_picture_svg, family_picture_svg, NULL },
    { ".html", screen_picture_html, NULL, NULL },
    { ".png", screen_picture_svg, family_picture_svg, "png" },
    { ".pdf", screen_picture_svg, family_picture_svg, "pdf" },
};

static const struct format *find_format(const char *path)
{
    const char *suffix = strrchr(path, '.');
    for (size_t i = 0; suffix && i < sizeof formats / sizeof *formats; i++)
        if (strcasecmp(suffix, formats[i].suffix) == 0)
            return &formats[i];
    return NULL;
}

static int fail(int error, char *why, size_t size, const char *path)
{
    char text[600];
    snprintf(text, sizeof text, "%s: %s (%s)", path, error_words(error), error_name(error));
    text_clean(why, size, text);
    return error;
}

/* PDF has a date in it: that of the picture, by https://reproducible-builds.org/specs/source-date-epoch/. The
 * array is the caller's to free, `date` is lent. */
static char **environment_with(char *date)
{
    size_t count = 0, kept = 0;
    while (environ[count])
        count++;
    char **environment = xcalloc(count + 2, sizeof *environment);
    for (size_t i = 0; i < count; i++)
        if (strncmp(environ[i], "SOURCE_DATE_EPOCH=", strlen("SOURCE_DATE_EPOCH=")) != 0)
            environment[kept++] = environ[i];
    environment[kept] = date;
    return environment;
}

/* The converter reads SVG from `from` and writes to `to`. Twice the size in PNG, so that it is sharp on a
 * projector. 0, -ENOENT: it is not installed, -EIO: it failed. */
static int convert(const char *format, int64_t time, int from, int to)
{
    char *const arguments[] = { (char *)"rsvg-convert",
                                (char *)"--format",
                                (char *)format,
                                (char *)"--zoom",
                                (char *)(strcmp(format, "png") == 0 ? "2" : "1"),
                                NULL };
    posix_spawn_file_actions_t files;
    pid_t pid;
    int status;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, from, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, to, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    char *date = xasprintf("SOURCE_DATE_EPOCH=%" PRId64, time), **environment = environment_with(date);
    int error = posix_spawnp(&pid, arguments[0], &files, NULL, arguments, environment);
    free(environment);
    free(date);
    posix_spawn_file_actions_destroy(&files);
    if (error)
        return -error;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return -errno;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -EIO;
}

static void draw(const struct format *format, const struct picture *picture, FILE *to)
{
    if (picture->family)
        format->write_family(picture->family, to);
    else
        format->write(picture->screen, to);
}

/* Writes by way of a file that has no name, which the converter reads. */
static int write_converted(const struct format *format, const struct picture *picture, FILE *to)
{
    FILE *svg = tmpfile();
    if (!svg)
        return -errno;
    draw(format, picture, svg);
    int r = fflush(svg) == 0 && fflush(to) == 0 && lseek(fileno(svg), 0, SEEK_SET) == 0 ? 0 : -errno;
    if (r == 0)
        r = convert(format->convert, picture->time, fileno(svg), fileno(to));
    fclose(svg);
    return r;
}

static int write_format(const struct format *format, const struct picture *picture, FILE *to)
{
    errno = 0;
    if (format->convert)
        return write_converted(format, picture, to);
    draw(format, picture, to);
    return fflush(to) == 0 && !ferror(to) ? 0 : errno ? -errno : -EIO;
}

static int write_file(const struct format *format, const struct picture *picture, const char *path)
{
    char *draft = xasprintf("%s.XXXXXX", path);
    int fd = mkostemp(draft, O_CLOEXEC), r = fd < 0 ? -errno : 0;
    FILE *to = fd < 0 ? NULL : fdopen(fd, "w");
    if (to) {
        mode_t mask = umask(0);
        umask(mask);
        r = write_format(format, picture, to);
        if (fchmod(fd, 0666 & ~mask) < 0 && r == 0)
            r = -errno;
        if (fclose(to) != 0 && r == 0)
            r = -errno;
        if (r == 0 && rename(draft, path) < 0)
            r = -errno;
        if (r < 0)
            unlink(draft);
    }
    free(draft);
    return r;
}

int picture_file_write(const char *path, const struct picture *picture, char *why, size_t size)
{
    const struct format *format = find_format(path);
    if (!format) {
        char clean[300];
        snprintf(why, size, _("%s: the name of a picture ends in one of %s"),
                 text_clean(clean, sizeof clean, path), picture_file_suffixes);
        return -EINVAL;
    }
    if (picture->family && !format->write_family) {
        char clean[300];
        snprintf(why, size, _("%s: a family is drawn as .svg, .png or .pdf"),
                 text_clean(clean, sizeof clean, path));
        return -EINVAL;
    }
    bool standard = strncmp(path, "-.", 2) == 0;
    int r = standard ? write_format(format, picture, stdout) : write_file(format, picture, path);
    if (r == -ENOENT && format->convert) {
        snprintf(why, size, _("%s needs rsvg-convert (Debian: librsvg2-bin); .svg and .html need nothing"),
                 format->suffix);
        return r;
    }
    return r < 0 ? fail(r, why, size, path) : 0;
}

/* What a new lesson begins as: a file with comments, which can be played as it stands. */
#pragma once

/* Writes it to a file that does not exist yet, whose name ends with .yaml. 0 or -errno: -EINVAL when the name
 * can be no lesson's, -EEXIST. */
int template_write(const char *path);
/* Writes a whole text to such a file. */
int template_write_text(const char *path, const char *text);
/* The name of the lesson in a file of this path, to be freed; NULL: it cannot be one's. */
char *template_name(const char *path);

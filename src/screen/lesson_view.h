/* Draws what surrounds the tree in a lesson: title, text, code, question and answer. The tree and the keys
 * are drawn by whoever has them. */
#pragma once

#include "screen/lesson_layout.h"
#include "screen/lesson_lines.h"
#include "screen/terminal.h"

/* Leaves the terminal's cursor on the text's first line, while the reader predicts on the highlighted choice,
 * and then on the answer: a screen reader reads from there. */
void lesson_view_draw(const struct lesson_view *view, struct terminal *terminal,
                      const struct lesson_layout *layout);
/* Whether the text has no room on this layout and was cut. */
bool lesson_view_is_cut(const struct lesson_view *view, const struct lesson_layout *layout);

/* What a lesson that is played line by line prints. */
#pragma once

#include "lesson/play.h"

struct plain_text {
    const struct lesson *lesson;
    int width;         /* of a line, in cells */
    char language[32]; /* of the lesson's texts */
};

void plain_text_begin(struct plain_text *text, const struct lesson *lesson);
/* Which keys there are. */
void plain_text_keys(const struct plain_text *text);
/* "17 A zombie, step 3 of 8" */
void plain_text_heading(const struct plain_text *text, const struct play *play);
/* The text of this moment. */
void plain_text_body(const struct plain_text *text, const struct play *play);
/* Before the acts which listings the step is about, after them what can be tried in another terminal. */
void plain_text_hints(const struct plain_text *text, const struct play *play);
void plain_text_question(const struct plain_text *text, const struct play *play);
/* What was predicted, what the kernel says, and what went wrong. */
void plain_text_result(const struct plain_text *text, const struct play *play);
/* The listings of this step, or all when it has none of its own, with the lines marked that it is about. */
void plain_text_listings(const struct plain_text *text, const struct play *play, const struct lesson *lesson);
/* What is waited for, on a line that is not ended. */
void plain_text_prompt(const struct play *play);
void plain_text_end(const struct play *play);

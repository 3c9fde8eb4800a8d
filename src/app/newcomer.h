/* What somebody who has just come is offered, and told about the first things that he does. */
#pragma once

#include "lab/lab.h"

#include <stdbool.h>
#include <stddef.h>

struct live;

enum { NEWS_LINES = 4, NEWS_SIZE = 192 };

/* What the last act has brought, from the lab's reports. */
struct newcomer {
    char news[NEWS_LINES][NEWS_SIZE];
    size_t count;
    unsigned acts;           /* keys that did something in the lab */
    struct process_id first; /* whom the first of them has started; pid 0: nobody */
};

/* Whether the offer stands: there is a lab, and nobody has done much in it. */
bool newcomer_is_new(const struct live *live);
/* A key of the lab was pressed: what it brings is new. */
void newcomer_acts(struct live *live);
void newcomer_take_report(struct live *live, const struct lab_report *report);
/* One line, where there is no panel, in place of the explanation: what can be done; of the first actor, what
 * has happened. False: nothing. */
bool newcomer_line(const struct live *live, char *text, size_t size);
/* What has just happened, and what can be done, before the panel's explanation. */
void newcomer_panel(const struct live *live, int width,
                    void (*line)(void *data, const char *text, bool heading), void *data);

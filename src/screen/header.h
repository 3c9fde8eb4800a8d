/* The first line: machine, uptime, load, how many processes are in each state, and how the screen knows. */
#pragma once

#include "machine/computer.h"
#include "machine/sample.h"
#include "screen/layout.h"
#include "screen/terminal.h"

struct header {
    const struct computer *computer;
    const struct sample *sample;
    bool exact;       /* births and deaths between two samples are known; otherwise "sampled" is shown */
    bool events_lost; /* the kernel's events came faster than they were read */
};

void header_draw(const struct header *header, const struct terminal *terminal, struct area area);

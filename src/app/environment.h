/* What the environment asks for. */
#pragma once

#include "machine/features.h"

/* Probes the kernel's features and switches off those of FORKLORE_WITHOUT. 0; or 2 after one line on stderr about a name
 * that is no feature's. Call it before threads start. */
int environment_features(struct features *ret);

/* What lessons need of this machine: lines of `forklore doctor` such as "root" and "cpus>=2". Each is asked
 * once and kept. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct lesson_needs;

struct lesson_needs *lesson_needs_new(void);
/* Takes NULL. */
void lesson_needs_free(struct lesson_needs *needs);
/* As play_host.need_met, with `data` the needs. The checkup forks, which must not be where threads are, as in
 * the live screen: so this program is run again, as `forklore doctor`, and says it. */
bool lesson_needs_met(void *data, const char *need, char *ret_reason, size_t size);

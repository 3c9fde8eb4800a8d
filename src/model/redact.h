/* What a picture or a recording for others must not tell: names of people, of the machine, of home folders,
 * and command lines. Facts are replaced before anything is drawn or written, so that no format can leak them.
 * Accounts of the system, uid below 1000 (SYS_UID_MAX of login.defs(5)) and nobody's, are the same everywhere
 * and stay. */
#pragma once

#include "machine/sample.h"
#include "machine/users.h"
#include "model/event.h"

#include <stdbool.h>
#include <stddef.h>

struct redact;

/* `host` and `home` (the reader's own folder, NULL: none) are copied. */
struct redact *redact_new(const char *host, const char *home);
/* Takes NULL. */
void redact_free(struct redact *redact);

/* Learns the names of all people that are known: also of those who own no process of the sample any more, for
 * the log may tell of theirs. To be called for each sample before it is shown. A name that is not known
 * cannot be hidden: with `look_up`, those that nobody has looked up yet are looked up before it returns. */
void redact_learn(struct redact *redact, const struct sample *sample, struct users *users, bool look_up);
/* What stands for the machine's name. */
extern const char redact_host[];

/* Copies a text with names of people as "user", that of the machine as redact_host, home folders as "~"; cut
 * between characters where it becomes longer than `size`. Returns to. */
char *redact_text(const struct redact *redact, char *to, size_t size, const char *text);
/* Makes in *ret a sample like `from`: command lines are left out, but those that keep() says to keep, and all
 * texts pass redact_text(). The kernel cuts names of processes: what is left of a secret at such a cut goes
 * too. */
void redact_sample(const struct redact *redact, struct sample *ret, const struct sample *from,
                   bool (*keep)(void *data, const struct process *process), void *data);
/* The names in an event. */
void redact_event(const struct redact *redact, struct event *event);

/* forklore-actor: one demonstration process. It reads orders from the lab and carries them out with real
 * system calls. It is small and plain because people look at it: what /proc shows of it should be what the
 * lesson is about. */
#include "acts.h"
#include "attention.h"
#include "registration.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static void obey(struct self *self, char *message, size_t length)
{
    char *fields[PROTOCOL_FIELDS_MAX];
    int count = protocol_split(message, length, fields, PROTOCOL_FIELDS_MAX);
    const struct act *act = act_find(fields[1]);
    self->sequence = (unsigned)strtoul(fields[0], NULL, 10);
    attention_clear();
    if (act)
        act->run(self, count - 2, fields + 2);
    else
        report_call(self, -1, ENOSYS, "%s()", fields[1]);
    /* A child that was born in the act owes nothing: the order was its parent's. */
    if (self->sequence)
        report_done(self);
}

int main(int argc, char **argv)
{
    struct self self = { .lifeline = -1 };
    char message[PROTOCOL_MESSAGE_MAX];
    if (argc < 1)
        return EXIT_FAILURE;
    attention_prepare();
    registration_spawned(&self, argv);
    for (;;) {
        ssize_t length = recv(PROTOCOL_CONTROL_FD, message, sizeof message, 0);
        if (length > 0)
            obey(&self, message, (size_t)length);
        else if (length == 0 || errno != EINTR)
            _exit(EXIT_SUCCESS);
    }
}

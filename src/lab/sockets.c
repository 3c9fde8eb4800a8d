#include "lab/sockets.h"

#include "base/i18n.h"
#include "lab/members.h"

#include <stdio.h>

static const struct thing *find(const struct member *member, long type, long port)
{
    for (size_t i = 0; i < member->things.count && member_is_living(member); i++) {
        const struct thing *thing = &member->things.all[i];
        if (thing->kind == PROTOCOL_THING_SOCKET && thing->count == type && thing->number == port)
            return thing;
    }
    return NULL;
}

bool sockets_exist(const struct lab *lab, long type, long port)
{
    for (size_t i = 0; i < lab->member_count; i++)
        if (find(lab->members[i], type, port))
            return true;
    return false;
}

const char *sockets_words(const struct lab *lab, long type, long port, char *words, size_t size)
{
    char owners[160] = "";
    size_t used = 0;
    for (size_t i = 0; i < lab->member_count && used < sizeof owners; i++) {
        const struct thing *thing = find(lab->members[i], type, port);
        if (thing)
            used += (size_t)snprintf(owners + used, sizeof owners - used, "%s%s.%s", used ? ", " : "",
                                     lab->members[i]->actor.name, thing->name);
    }
    if (used == 0)
        return _("the other side is no actor's socket now");
    snprintf(words, size, _("the other side: %s"), owners);
    return words;
}

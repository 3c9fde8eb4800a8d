#include "mapping.h"

#include <sys/mman.h>

struct thing *mapping_new(const struct self *self, const char *name, enum protocol_thing kind, size_t size,
                          long count)
{
    bool is_private = kind == PROTOCOL_THING_MEMORY;
    struct thing *thing = things_new(self, name, kind);
    if (!thing)
        return NULL;
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                        (is_private ? MAP_PRIVATE : MAP_SHARED) | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        report_call(self, -1, errno, "mmap(NULL, %zu, PROT_READ|PROT_WRITE, %s|MAP_ANONYMOUS, -1, 0)", size,
                    is_private ? "MAP_PRIVATE" : "MAP_SHARED");
        things_remove(thing);
        return NULL;
    }
    report_address(self, memory, "mmap(NULL, %zu, PROT_READ|PROT_WRITE, %s|MAP_ANONYMOUS, -1, 0)", size,
                   is_private ? "MAP_PRIVATE" : "MAP_SHARED");
    thing->memory = memory;
    thing->size = size;
    thing->count = count;
    return thing;
}

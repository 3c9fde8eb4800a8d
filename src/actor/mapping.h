/* Memory that a thing lies in by mmap(2): shared, so that a forked child has the same, or private. */
#pragma once

#include "things.h"

/* A new thing in a mapping of so many bytes, all zero; private for PROTOCOL_THING_MEMORY, else shared. The
 * call is reported. The lab is not told of the thing: things_tell() does that when it is complete. NULL:
 * there is no memory for it, and the thing of that name that there was is gone. */
struct thing *mapping_new(const struct self *self, const char *name, enum protocol_thing kind, size_t size,
                          long count);

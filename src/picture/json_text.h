/* Texts as JSON. */
#pragma once

#include <jansson.h>

/* A clean text (base/text.h; line ends may stand in it) as a JSON string. JSON is UTF-8, and jansson refuses
 * all else: what another locale's encoding may hold beyond ASCII becomes '?'. The caller owns it. */
json_t *json_text(const char *clean);

/* What libyaml complains of, in the user's language. */
#pragma once

/* Its own English where there is no translation. */
const char *yaml_words(const char *problem);

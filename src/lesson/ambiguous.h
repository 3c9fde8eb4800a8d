/* Characters that fill one cell on some terminals and two on others: where East Asian text is read, nothing
 * that is laid out in cells may hold them. Unicode Standard Annex 11 calls them ambiguous. */
#pragma once

#include <stdbool.h>

bool is_ambiguous(unsigned character);

/* Translation: every text that a person reads goes through _(), or N_() in a table and _() where it is shown. */
#pragma once

#include <libintl.h>

#define _(text)  gettext(text)
#define N_(text) text

/* Whether a text is a JSON pointer at all; json_pointer finds what it names. */
#ifndef CARDS_POINTER_H
#define CARDS_POINTER_H

#include "base/json.h"

bool pointer_is_valid(struct str pointer);

#endif

/*
 * The languages in which whoever asks may read our words. What customers read is none of this: that is the account's.
 */
#ifndef BASE_LANGUAGE_H
#define BASE_LANGUAGE_H

#include "str.h"

enum language { LANGUAGE_PT_BR, LANGUAGE_EN, LANGUAGE__COUNT };

/* One text in each: side by side in tables, so that whoever changes one sees the other. */
struct wording {
    const char *in[LANGUAGE__COUNT];
};

/* Of an Accept-Language header: the first it names that we speak. pt-BR when it names none. */
enum language language_of(struct str accepted);

#endif

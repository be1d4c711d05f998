/*
 * How large a picture says it is, from its first bytes: what is shown to many is measured
 * before anybody decodes it. Pure.
 */
#ifndef DOMAIN_MESSAGES_PICTURE_H
#define DOMAIN_MESSAGES_PICTURE_H

#include "base/str.h"

struct picture_size {
    int64_t width, height; /* pixels */
};

/* False: neither PNG, JPEG nor WebP, or cut off before it says. */
bool picture_measure(struct str bytes, struct picture_size *out);

#endif

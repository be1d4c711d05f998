/* One thing has one word in what people read, in the server as on the screens: a department is a “setor”, a bot a “bot”. */
#ifndef DOMAIN_TESTING_TERMS_H
#define DOMAIN_TESTING_TERMS_H

#include "base/str.h"

/* A Portuguese text of ours has none of the other words; the word stands in the failure. */
void terms_check(struct str pt);

#endif

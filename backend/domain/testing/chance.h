/*
 * Chance that comes again, for tests of what must hold whatever comes: a seed and the number of a case give the same each
 * time. BALCAO_SEED=n draws others, and a failure says its seed and case.
 */
#ifndef DOMAIN_TESTING_CHANCE_H
#define DOMAIN_TESTING_CHANCE_H

#include "base/testing/testing.h"

void chance_begin(int at); /* case */
int chance_below(int n);
bool chance_in(int percent);
#define CHANCE_OF(table) table[chance_below((int)(sizeof(table) / sizeof((table)[0])))]

/* As CHECK, saying which case it was. */
void chance_hold(bool holds, const char *property);

#endif

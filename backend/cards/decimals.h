/* Exact decimals, for sums and comparisons: fifteen digits before the point, ten behind it. */
#ifndef CARDS_DECIMALS_H
#define CARDS_DECIMALS_H

#include "base/str.h"

/* Both parts have the number's sign. */
struct decimal {
    int64_t whole;
    int64_t parts; /* of 10^10 */
};

bool decimal_read(struct str normal, struct decimal *out); /* -1234.5; false: none, or too long */
int decimal_compare(struct decimal a, struct decimal b);
struct decimal decimal_add(struct decimal a, struct decimal b);
struct decimal decimal_in_cents(struct decimal reais); /* a hundredfold */
struct str decimal_print(struct arena *a, struct decimal d);

#endif

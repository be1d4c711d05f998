#include "terms.h"

#include "base/testing/testing.h"

/* Without their first letters: capitals begin sentences. */
static const struct {
    const char *other, *ours;
} terms[] = {
    { "epartamento", "setor" },
    { "obô", "bot" },
};

void
terms_check(struct str pt)
{
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++)
        if (str_has(pt, str_of(terms[i].other)))
            CHECK_STR(pt, terms[i].ours);
}

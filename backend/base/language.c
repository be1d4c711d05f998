#include "language.h"

static const char *const tongues[LANGUAGE__COUNT] = {
    [LANGUAGE_PT_BR] = "pt",
    [LANGUAGE_EN] = "en",
};

/* “en”, “en-GB”, “en;q=0.8”, but not “enm”. */
static bool
is_of(struct str range, struct str tongue)
{
    if (range.len < tongue.len || !str_eq_nocase((struct str){ range.p, tongue.len }, tongue))
        return false;
    return range.len == tongue.len || range.p[tongue.len] == '-' || range.p[tongue.len] == ';';
}

enum language
language_of(struct str accepted)
{
    struct str range;

    while (str_cut(&accepted, ',', &range))
        for (int i = 0; i < LANGUAGE__COUNT; i++)
            if (is_of(str_trim(range), str_of(tongues[i])))
                return (enum language)i;
    return LANGUAGE_PT_BR;
}

#include "pointer.h"

bool
pointer_is_valid(struct str pointer)
{
    if (pointer.len > 0 && pointer.p[0] != '/')
        return false;
    for (size_t i = 0; i < pointer.len; i++)
        if (pointer.p[i] == '~' &&
            (i + 1 == pointer.len || (pointer.p[i + 1] != '0' && pointer.p[i + 1] != '1')))
            return false;
    return true;
}

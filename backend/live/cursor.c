#include "cursor.h"

#include <inttypes.h>
#include <stdio.h>

int
live_cursor_order(struct live_cursor a, struct live_cursor b)
{
    if (a.xid != b.xid)
        return a.xid < b.xid ? -1 : 1;
    return (a.id > b.id) - (a.id < b.id);
}

bool
live_cursor_parse(struct str text, struct live_cursor *out)
{
    struct str first;
    int64_t xid, id;

    if (text.len >= LIVE_CURSOR_BYTES || !str_cut(&text, '-', &first))
        return false;
    /* Half of xid8's range is refused with the rest: no server will live to see it. */
    if (!str_i64(first, &xid) || !str_i64(text, &id) || xid <= 0 || id < 0)
        return false;
    *out = (struct live_cursor){ (uint64_t)xid, id };
    return true;
}

struct str
live_cursor_print(struct live_cursor cursor, char out[LIVE_CURSOR_BYTES])
{
    int n = snprintf(out, LIVE_CURSOR_BYTES, "%" PRIu64 "-%" PRId64, cursor.xid, cursor.id);

    return (struct str){ out, (size_t)n };
}

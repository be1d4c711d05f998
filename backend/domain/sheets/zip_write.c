#include "zip_write.h"

enum { HEAD = 0x04034b50, TAIL = 0x08074b50, LISTED = 0x02014b50, END = 0x06054b50 };
enum { VERSION = 20, FLAG_SIZES_FOLLOW = 1 << 3, DEFLATED = 8 };
enum { FIRST_DAY = 1 << 5 | 1 }; /* 1980-01-01: the same contents are the same bytes */

/* Little-endian, whatever the machine. */
static void
put(struct buf *out, uint32_t v, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_char(out, (char)(v >> (8 * i) & 0xFF));
}

static void
put_sizes(struct buf *out, const struct zip_entry *e)
{
    put(out, e->crc, 4);
    put(out, e->packed, 4);
    put(out, e->size, 4);
}

/* What the head and the list say alike. */
static void
put_facts(struct buf *out, const struct zip_entry *e, bool sizes_follow)
{
    static const struct zip_entry unknown = { 0 };

    put(out, VERSION, 2);
    put(out, e->is_packed ? FLAG_SIZES_FOLLOW : 0, 2);
    put(out, e->is_packed ? DEFLATED : 0, 2);
    put(out, 0, 2);
    put(out, FIRST_DAY, 2);
    put_sizes(out, sizes_follow ? &unknown : e);
    put(out, (uint32_t)strlen(e->name), 2);
    put(out, 0, 2);
}

void
zip_put_head(struct buf *out, const struct zip_entry *e)
{
    put(out, HEAD, 4);
    put_facts(out, e, e->is_packed);
    buf_add(out, str_of(e->name));
}

void
zip_put_tail(struct buf *out, const struct zip_entry *e)
{
    put(out, TAIL, 4);
    put_sizes(out, e);
}

void
zip_put_list(struct buf *out, const struct zip_entry *entries, int n, uint32_t at)
{
    size_t from = out->len, bytes;

    for (int i = 0; i < n; i++) {
        put(out, LISTED, 4);
        put(out, VERSION, 2);
        put_facts(out, &entries[i], /* sizes_follow= */ false);
        put(out, 0, 4); /* no comment, first disk */
        put(out, 0, 2);
        put(out, 0, 4);
        put(out, entries[i].at, 4);
        buf_add(out, str_of(entries[i].name));
    }
    bytes = out->len - from;
    put(out, END, 4);
    put(out, 0, 4);
    put(out, (uint32_t)n, 2);
    put(out, (uint32_t)n, 2);
    put(out, (uint32_t)bytes, 4);
    put(out, at, 4);
    put(out, 0, 2);
}

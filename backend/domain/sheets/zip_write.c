#include "zip_write.h"

enum { LOCAL = 0x04034b50, CENTRAL = 0x02014b50, END = 0x06054b50 };
enum { DEFLATED = 8, VERSION = 20, LOCAL_BYTES = 30, SIZES_AT = 14 };
enum { DAY_ONE = 1 << 5 | 1 }; /* 1980-01-01: two exports of the same are the same bytes */

static void
put_bytes(struct zip_out *z, const void *p, size_t n)
{
    z->failed = z->failed || fwrite(p, 1, n, z->file) != n;
}

/* Little-endian, whatever the machine. */
static void
put_number(struct zip_out *z, uint32_t v, int bytes)
{
    unsigned char out[4];

    for (int i = 0; i < bytes; i++)
        out[i] = (unsigned char)(v >> (8 * i));
    put_bytes(z, out, (size_t)bytes);
}

static uint32_t
place(struct zip_out *z)
{
    long at = ftell(z->file);

    z->failed = z->failed || at < 0 || at > INT32_MAX;
    return (uint32_t)at;
}

/* What both headers say of a file. */
static void
put_facts(struct zip_out *z, const struct zip_entry *e)
{
    put_number(z, VERSION, 2);
    put_number(z, 0, 2);
    put_number(z, DEFLATED, 2);
    put_number(z, 0, 2);
    put_number(z, DAY_ONE, 2);
    put_number(z, e->crc, 4);
    put_number(z, e->packed, 4);
    put_number(z, e->size, 4);
    put_number(z, (uint32_t)strlen(e->name), 2);
    put_number(z, 0, 2);
}

void
zip_begin(struct zip_out *z, const char *name)
{
    struct zip_entry *e = &z->entries[z->count];

    *e = (struct zip_entry){ .name = name, .at = place(z), .crc = (uint32_t)crc32(0, NULL, 0) };
    put_number(z, LOCAL, 4);
    put_facts(z, e);
    put_bytes(z, name, strlen(name));
    z->deflate = (z_stream){ 0 };
    z->failed = z->failed || deflateInit2(&z->deflate, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -15, 8,
                                          Z_DEFAULT_STRATEGY) != Z_OK;
}

static void
pack(struct zip_out *z, struct str bytes, int flush)
{
    unsigned char out[16 * 1024];

    z->deflate.next_in = (unsigned char *)(uintptr_t)bytes.p;
    z->deflate.avail_in = (unsigned)bytes.len;
    do {
        z->deflate.next_out = out;
        z->deflate.avail_out = sizeof out;
        (void)deflate(&z->deflate, flush);
        put_bytes(z, out, sizeof out - z->deflate.avail_out);
    } while (z->deflate.avail_out == 0 && !z->failed);
}

void
zip_put(struct zip_out *z, struct str bytes)
{
    struct zip_entry *e = &z->entries[z->count];

    if (z->failed || bytes.len == 0)
        return;
    e->crc = (uint32_t)crc32(e->crc, (const unsigned char *)bytes.p, (unsigned)bytes.len);
    z->failed = bytes.len > INT32_MAX - e->size;
    e->size += (uint32_t)bytes.len;
    pack(z, bytes, Z_NO_FLUSH);
}

void
zip_end(struct zip_out *z)
{
    struct zip_entry *e = &z->entries[z->count];

    if (!z->failed)
        pack(z, STR(""), Z_FINISH);
    (void)deflateEnd(&z->deflate);
    e->packed = place(z) - e->at - LOCAL_BYTES - (uint32_t)strlen(e->name);
    /* The sizes stand before the bytes they are of. */
    z->failed = z->failed || fseek(z->file, (long)e->at + SIZES_AT, SEEK_SET) != 0;
    put_number(z, e->crc, 4);
    put_number(z, e->packed, 4);
    put_number(z, e->size, 4);
    z->failed = z->failed || fseek(z->file, 0, SEEK_END) != 0;
    z->count++;
}

bool
zip_finish(struct zip_out *z)
{
    uint32_t from = place(z), until;

    for (int i = 0; i < z->count; i++) {
        put_number(z, CENTRAL, 4);
        put_number(z, VERSION, 2);
        put_facts(z, &z->entries[i]);
        put_number(z, 0, 4); /* no comment, first disk */
        put_number(z, 0, 2);
        put_number(z, 0, 4);
        put_number(z, z->entries[i].at, 4);
        put_bytes(z, z->entries[i].name, strlen(z->entries[i].name));
    }
    until = place(z);
    put_number(z, END, 4);
    put_number(z, 0, 4);
    put_number(z, (uint32_t)z->count, 2);
    put_number(z, (uint32_t)z->count, 2);
    put_number(z, until - from, 4);
    put_number(z, from, 4);
    put_number(z, 0, 2);
    return fflush(z->file) == 0 && !z->failed;
}

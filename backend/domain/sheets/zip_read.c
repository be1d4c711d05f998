#include "zip_read.h"

#include <zlib.h>

enum { HEAD = 0x04034b50, LISTED = 0x02014b50, END = 0x06054b50 };
enum { HEAD_BYTES = 30, LISTED_BYTES = 46, END_BYTES = 22, COMMENT_MAX = 0xFFFF };
enum { STORED = 0, DEFLATED = 8, FLAG_ENCRYPTED = 1 };
enum { PIECE = 32 * 1024 };

struct zip_file {
    struct str name;
    uint32_t at, packed, crc, method, flags;
};

#define BROKEN FAIL(ERR_INVALID, "workbook_broken")
#define TOO_LARGE FAIL(ERR_INVALID, "workbook_too_large")

/* Little-endian; the caller knows that it is there. */
static uint32_t
number(struct str bytes, size_t at, int n)
{
    uint32_t v = 0;

    for (int i = 0; i < n; i++)
        v |= (uint32_t)(unsigned char)bytes.p[at + (size_t)i] << (8 * i);
    return v;
}

static bool
lies_within(struct str bytes, size_t at, size_t n)
{
    return at <= bytes.len && n <= bytes.len - at;
}

/* The end stands last of all, but for a comment. */
static bool
find_end(struct str bytes, size_t *at)
{
    size_t back = 0;

    if (bytes.len < END_BYTES)
        return false;
    for (*at = bytes.len - END_BYTES; number(bytes, *at, 4) != END; (*at)--)
        if (*at == 0 || ++back > COMMENT_MAX)
            return false;
    return true;
}

/* One line of the list; *at moves on to the next. */
static bool
read_listed(struct str bytes, size_t *at, struct zip_file *out)
{
    size_t name, rest;

    if (!lies_within(bytes, *at, LISTED_BYTES) || number(bytes, *at, 4) != LISTED)
        return false;
    name = number(bytes, *at + 28, 2);
    rest = name + number(bytes, *at + 30, 2) + number(bytes, *at + 32, 2);
    if (!lies_within(bytes, *at + LISTED_BYTES, rest))
        return false;
    *out = (struct zip_file){
        .name = { bytes.p + *at + LISTED_BYTES, name },
        .flags = number(bytes, *at + 8, 2),
        .method = number(bytes, *at + 10, 2),
        .crc = number(bytes, *at + 16, 4),
        .packed = number(bytes, *at + 20, 4),
        .at = number(bytes, *at + 42, 4),
    };
    *at += LISTED_BYTES + rest;
    return true;
}

struct err
zip_open(struct arena *a, struct str bytes, struct zip *out)
{
    size_t end, at;

    if (!find_end(bytes, &end))
        return BROKEN;
    *out = (struct zip){ .bytes = bytes, .count = (int)number(bytes, end + 10, 2) };
    if (out->count > ZIP_FILES_MAX)
        return TOO_LARGE;
    out->files = arena_array(a, struct zip_file, (size_t)out->count);
    at = number(bytes, end + 16, 4);
    for (int i = 0; i < out->count; i++)
        if (!read_listed(bytes, &at, &out->files[i]))
            return BROKEN;
    return OK;
}

static const struct zip_file *
find(const struct zip *z, struct str name)
{
    for (int i = 0; i < z->count; i++)
        if (str_eq_nocase(z->files[i].name, name))
            return &z->files[i];
    return NULL;
}

bool
zip_has(const struct zip *z, struct str name)
{
    return find(z, name) != NULL;
}

/* The bytes of a file as they are in the archive. */
static struct err
find_packed(const struct zip *z, const struct zip_file *file, struct str *out)
{
    size_t from;

    if (!lies_within(z->bytes, file->at, HEAD_BYTES) || number(z->bytes, file->at, 4) != HEAD)
        return BROKEN;
    from = (size_t)file->at + HEAD_BYTES + number(z->bytes, file->at + 26, 2) +
           number(z->bytes, file->at + 28, 2);
    if (!lies_within(z->bytes, from, file->packed))
        return BROKEN;
    *out = (struct str){ z->bytes.p + from, file->packed };
    return OK;
}

/* One file on its way out. */
struct unpacking {
    struct zip *zip;
    const struct zip_file *file;
    zip_take take;
    void *arg;
    int64_t size;
    uint32_t crc;
};

static struct err
give(struct unpacking *u, struct str bytes)
{
    u->size += (int64_t)bytes.len;
    u->zip->unpacked += (int64_t)bytes.len;
    if (u->zip->unpacked > ZIP_UNPACKED_MAX ||
        (u->size > ZIP_RATIO_FROM && u->size / ZIP_RATIO_MAX > (int64_t)u->file->packed))
        return TOO_LARGE;
    u->crc = (uint32_t)crc32(u->crc, (const unsigned char *)bytes.p, (unsigned)bytes.len);
    return u->take(u->arg, bytes);
}

static struct err
inflate_all(struct unpacking *u, z_stream *z)
{
    unsigned char piece[PIECE];
    int state;

    do {
        z->next_out = piece;
        z->avail_out = sizeof piece;
        state = inflate(z, Z_NO_FLUSH);
        if (state != Z_OK && state != Z_STREAM_END)
            return BROKEN; /* Z_BUF_ERROR: it ends in the middle */
        TRY(give(u, (struct str){ (const char *)piece, sizeof piece - z->avail_out }));
    } while (state != Z_STREAM_END);
    return OK;
}

static struct err
unpack_deflated(struct unpacking *u, struct str packed)
{
    z_stream z = { .next_in = (unsigned char *)(uintptr_t)packed.p,
                   .avail_in = (unsigned)packed.len };
    struct err e;

    if (inflateInit2(&z, -MAX_WBITS) != Z_OK)
        BUG("what=inflate");
    e = inflate_all(u, &z);
    inflateEnd(&z);
    return e;
}

static struct err
unpack_stored(struct unpacking *u, struct str bytes)
{
    while (bytes.len > 0) {
        size_t n = bytes.len < PIECE ? bytes.len : PIECE;

        TRY(give(u, (struct str){ bytes.p, n }));
        bytes.p += n;
        bytes.len -= n;
    }
    return OK;
}

struct err
zip_unpack(struct zip *z, struct str name, zip_take take, void *arg)
{
    struct unpacking u = { .zip = z, .file = find(z, name), .take = take, .arg = arg };
    struct str packed;

    if (u.file == NULL || (u.file->flags & FLAG_ENCRYPTED) != 0)
        return BROKEN;
    TRY(find_packed(z, u.file, &packed));
    if (u.file->method == DEFLATED)
        TRY(unpack_deflated(&u, packed));
    else if (u.file->method == STORED)
        TRY(unpack_stored(&u, packed));
    else
        return BROKEN;
    return u.crc == u.file->crc ? OK : BROKEN;
}

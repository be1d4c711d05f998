#include "zone.h"

#include "clock.h"
#include "err.h"
#include "log.h"
#include "zone_posix.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Rules without an end are written out as far as anybody plans. */
enum { LAST_YEAR = 2200, FILE_MAX = 64 * 1024, NAME_MAX_BYTES = 64, HEAD_BYTES = 44 };

#define ZONE_DIR "/usr/share/zoneinfo/"

struct stretch {
    int64_t from_s;
    int64_t offset_s;
};

struct zone {
    struct zone *next; /* of those known */
    char name[NAME_MAX_BYTES + 1];
    size_t n, cap;
    struct stretch *v; /* the first from INT64_MIN, then in order */
};

static struct zone *known;

static void
add(struct zone *z, int64_t from_s, int64_t offset_s)
{
    if (z->n > 0 && (z->v[z->n - 1].offset_s == offset_s || z->v[z->n - 1].from_s >= from_s))
        return;
    if (z->n == z->cap) {
        z->cap = z->cap == 0 ? 64 : z->cap * 2;
        z->v = realloc(z->v, z->cap * sizeof z->v[0]);
        if (z->v == NULL)
            BUG("what=out_of_memory");
    }
    z->v[z->n++] = (struct stretch){ from_s, offset_s };
}

/* --- the file ---------------------------------------------------------------------- */

static int64_t
big_endian(const unsigned char *p, int bytes)
{
    uint64_t v = (p[0] & 0x80) != 0 ? UINT64_MAX : 0;

    for (int i = 0; i < bytes; i++)
        v = v << 8 | p[i];
    return (int64_t)v;
}

/* What a block says it holds, in the order of the header. */
enum { UT, STD, LEAP, TIMES, TYPES, CHARS, COUNTS };

static bool
read_counts(const unsigned char *p, const unsigned char *end, size_t counts[COUNTS])
{
    if (end - p < HEAD_BYTES || memcmp(p, "TZif", 4) != 0)
        return false;
    for (int i = 0; i < COUNTS; i++) {
        int64_t n = big_endian(p + 20 + 4 * i, 4);

        if (n < 0 || n > FILE_MAX)
            return false;
        counts[i] = (size_t)n;
    }
    return true;
}

static size_t
block_bytes(const size_t c[COUNTS], size_t time_bytes)
{
    return c[TIMES] * (time_bytes + 1) + c[TYPES] * 6 + c[CHARS] + c[LEAP] * (time_bytes + 4) +
           c[STD] + c[UT];
}

static void
follow(struct zone *z, const struct zone_rule *rule)
{
    int64_t last_s = z->v[z->n - 1].from_s;
    int year = 1970, month, day;

    if (!rule->has_summer) {
        /* Already true from the last change on, or this is the only offset there ever was. */
        return;
    }
    if (last_s > INT64_MIN)
        clock_date(zone_floor_div(last_s, 86400), &year, &month, &day);
    for (; year <= LAST_YEAR; year++) {
        int64_t starts = zone_change_local(&rule->summer_starts, year) - rule->offset_s;
        int64_t ends = zone_change_local(&rule->summer_ends, year) - rule->summer_offset_s;

        /* South of the equator a year begins in summer. */
        if (starts < ends) {
            add(z, starts, rule->summer_offset_s);
            add(z, ends, rule->offset_s);
        } else {
            add(z, ends, rule->offset_s);
            add(z, starts, rule->summer_offset_s);
        }
    }
}

static bool
read_zone(struct zone *z, const unsigned char *p, const unsigned char *end)
{
    const unsigned char *times, *kinds, *types;
    struct zone_rule rule;
    size_t c[COUNTS];
    struct str rest, line;

    /* A block with times of 32 bits for those who know nothing better comes first. */
    if (!read_counts(p, end, c) || p[4] < '2' || (size_t)(end - p) < HEAD_BYTES + block_bytes(c, 4))
        return false;
    p += HEAD_BYTES + block_bytes(c, 4);
    if (!read_counts(p, end, c) || c[TYPES] == 0 ||
        (size_t)(end - p) < HEAD_BYTES + block_bytes(c, 8))
        return false;
    times = p + HEAD_BYTES;
    kinds = times + c[TIMES] * 8;
    types = kinds + c[TIMES];
    add(z, INT64_MIN, big_endian(types, 4));
    for (size_t i = 0; i < c[TIMES]; i++) {
        if (kinds[i] >= c[TYPES])
            return false;
        add(z, big_endian(times + i * 8, 8), big_endian(types + kinds[i] * 6, 4));
    }
    p += HEAD_BYTES + block_bytes(c, 8);
    rest = (struct str){ (const char *)p, (size_t)(end - p) };
    if (rest.len < 2 || rest.p[0] != '\n')
        return false;
    rest.p++;
    rest.len--;
    if (!str_cut(&rest, '\n', &line))
        return false;
    if (line.len == 0)
        return true;
    if (!zone_rule_parse(line, &rule))
        return false;
    follow(z, &rule);
    return true;
}

/* --- names ------------------------------------------------------------------------- */

/* Part of a path, so nothing but what zones are called: "America/Argentina/Buenos_Aires". */
static bool
is_name(struct str s)
{
    if (s.len == 0 || s.len > NAME_MAX_BYTES || s.p[0] == '/')
        return false;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.p[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              c == '/' || c == '_' || c == '-' || c == '+'))
            return false;
    }
    return true;
}

static struct zone *
load(struct str name)
{
    static unsigned char bytes[FILE_MAX];
    char path[sizeof ZONE_DIR + NAME_MAX_BYTES];
    struct zone *z;
    ssize_t n;
    int fd;

    snprintf(path, sizeof path, ZONE_DIR "%.*s", STR_ARG(name));
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    n = read(fd, bytes, sizeof bytes);
    close(fd);
    z = calloc(1, sizeof *z);
    if (z == NULL)
        BUG("what=out_of_memory");
    memcpy(z->name, name.p, name.len);
    if (n > 0 && read_zone(z, bytes, bytes + n))
        return z;
    free(z->v);
    free(z);
    return NULL;
}

static const struct zone *
keep(struct zone *z)
{
    if (z != NULL) {
        z->next = known;
        known = z;
    }
    return z;
}

const struct zone *
zone_find(struct str name)
{
    for (const struct zone *z = known; z != NULL; z = z->next)
        if (str_eq(name, str_of(z->name)))
            return z;
    return is_name(name) ? keep(load(name)) : NULL;
}

const struct zone *
zone_utc(void)
{
    static struct stretch always = { INT64_MIN, 0 };
    static struct zone utc = { .name = "UTC", .n = 1, .v = &always };

    return &utc;
}

struct str
zone_name(const struct zone *zone)
{
    return str_of(zone->name);
}

/* --- what the wall shows -------------------------------------------------------------- */

/* Where the last stretch begins that starts at or before this instant. */
static size_t
place_of(const struct zone *z, int64_t at_s)
{
    size_t low = 0, high = z->n;

    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;

        if (z->v[middle].from_s <= at_s)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static struct zone_stretch
stretch_at(const struct zone *z, size_t i)
{
    return (struct zone_stretch){
        .from_s = z->v[i].from_s,
        .until_s = i + 1 < z->n ? z->v[i + 1].from_s : INT64_MAX,
        .offset_s = z->v[i].offset_s,
    };
}

struct zone_stretch
zone_at(const struct zone *zone, int64_t at_s)
{
    return stretch_at(zone, place_of(zone, at_s));
}

int64_t
zone_instant(const struct zone *zone, int64_t local_s)
{
    /* No offset is a whole day: the answer lies behind this, and not far. */
    size_t i = place_of(zone, local_s - 86400 * 2);
    struct zone_stretch s = stretch_at(zone, i);

    while (s.until_s != INT64_MAX && s.until_s + s.offset_s <= local_s)
        s = stretch_at(zone, ++i);
    return local_s - s.offset_s > s.from_s ? local_s - s.offset_s : s.from_s;
}

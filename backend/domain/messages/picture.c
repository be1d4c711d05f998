#include "picture.h"

static int64_t
big_endian(const uint8_t *p, int n)
{
    int64_t v = 0;

    for (int i = 0; i < n; i++)
        v = v << 8 | p[i];
    return v;
}

static int64_t
little_endian(const uint8_t *p, int n)
{
    int64_t v = 0;

    for (int i = n - 1; i >= 0; i--)
        v = v << 8 | p[i];
    return v;
}

/* The header chunk comes first. */
static bool
measure_png(const uint8_t *p, size_t len, struct picture_size *out)
{
    if (len < 24 || memcmp(p, "\x89PNG\r\n\x1a\n", 8) != 0 || memcmp(p + 12, "IHDR", 4) != 0)
        return false;
    *out = (struct picture_size){ big_endian(p + 16, 4), big_endian(p + 20, 4) };
    return true;
}

/* A frame's header is one of C0 to CF, but for tables (C4, CC) and what was kept for later (C8). */
static bool
is_frame(uint8_t marker)
{
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/* Segments say how long they are, until the frame's; behind the scan's there is no more of them. */
static bool
measure_jpeg(const uint8_t *p, size_t len, struct picture_size *out)
{
    size_t at = 2;

    if (len < 4 || p[0] != 0xFF || p[1] != 0xD8)
        return false;
    while (at + 9 <= len && p[at] == 0xFF && p[at + 1] != 0xDA && p[at + 1] != 0xD9) {
        if (p[at + 1] == 0xFF) { /* filling */
            at++;
            continue;
        }
        if (is_frame(p[at + 1])) {
            *out = (struct picture_size){ big_endian(p + at + 7, 2), big_endian(p + at + 5, 2) };
            return true;
        }
        at += 2 + (size_t)big_endian(p + at + 2, 2);
    }
    return false;
}

/* Three kinds of one container: with extras, lossy, lossless. */
static bool
measure_webp(const uint8_t *p, size_t len, struct picture_size *out)
{
    int64_t bits;

    if (len < 30 || memcmp(p, "RIFF", 4) != 0 || memcmp(p + 8, "WEBP", 4) != 0)
        return false;
    if (memcmp(p + 12, "VP8X", 4) == 0) {
        *out = (struct picture_size){ little_endian(p + 24, 3) + 1, little_endian(p + 27, 3) + 1 };
        return true;
    }
    if (memcmp(p + 12, "VP8 ", 4) == 0 && memcmp(p + 23, "\x9D\x01\x2A", 3) == 0) {
        *out = (struct picture_size){ little_endian(p + 26, 2) & 0x3FFF,
                                      little_endian(p + 28, 2) & 0x3FFF };
        return true;
    }
    if (memcmp(p + 12, "VP8L", 4) == 0 && p[20] == 0x2F) {
        bits = little_endian(p + 21, 4);
        *out = (struct picture_size){ (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1 };
        return true;
    }
    return false;
}

bool
picture_measure(struct str bytes, struct picture_size *out)
{
    const uint8_t *p = (const uint8_t *)bytes.p;

    return measure_png(p, bytes.len, out) || measure_jpeg(p, bytes.len, out) ||
           measure_webp(p, bytes.len, out);
}

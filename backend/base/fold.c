#include "fold.h"

#include "err.h"

#include <utf8proc.h>

enum {
    KEYCAP_TEN = 0x1F51F,
    DEGREE = 0xB0,
    ASTRAL = 0x10000, /* two UTF-16 units from here on */
};

bool
fold_next(const char **p, const char *end, uint32_t *point)
{
    utf8proc_int32_t found;
    utf8proc_ssize_t n =
        utf8proc_iterate((const utf8proc_uint8_t *)*p, (utf8proc_ssize_t)(end - *p), &found);

    if (n <= 0)
        return false;
    *p += n;
    *point = (uint32_t)found;
    return true;
}

void
fold_put(struct buf *to, uint32_t point)
{
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t n = utf8proc_encode_char((int32_t)point, bytes);

    buf_add(to, (struct str){ (const char *)bytes, (size_t)n });
}

/* The code points of s after utf8proc's work; its own text is not asked for, only its tables. */
static int32_t *
decomposed(struct arena *a, struct str s, utf8proc_option_t options, size_t *count)
{
    utf8proc_ssize_t room = (utf8proc_ssize_t)s.len * 2 + 16, n;
    int32_t *points;

    for (;;) {
        points = arena_alloc(a, (size_t)room * sizeof(*points));
        n = utf8proc_decompose((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.len, points, room,
                               options);
        if (n < 0)
            BUG("what=text_is_not_utf8");
        if (n <= room)
            break;
        room = n;
    }
    *count = (size_t)n;
    return points;
}

/* NFC; with UTF8PROC_COMPAT NFKC. */
static struct str
composed(struct arena *a, struct str s, utf8proc_option_t more)
{
    struct buf out = { .arena = a };
    size_t count;
    int32_t *points = decomposed(a, s, UTF8PROC_DECOMPOSE | more, &count);

    count = (size_t)utf8proc_normalize_utf32(points, (utf8proc_ssize_t)count,
                                             UTF8PROC_COMPOSE | UTF8PROC_STABLE);
    for (size_t i = 0; i < count; i++)
        fold_put(&out, (uint32_t)points[i]);
    return buf_str(&out);
}

static struct str
only_utf8(struct str s)
{
    const char *p = s.p, *end;
    int n;

    if (s.len == 0)
        return STR("");
    end = s.p + s.len;
    while (p < end && (n = str_utf8_step(p, end)) > 0)
        p += n;
    return (struct str){ s.p, (size_t)(p - s.p) };
}

/* --- clean ------------------------------------------------------------------------ */

enum sort { SEEN, SPACE, BREAK, DROPPED };

static enum sort
sort_of(int32_t point)
{
    switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP: return BREAK;
    case UTF8PROC_CATEGORY_ZS: return SPACE;
    case UTF8PROC_CATEGORY_CC:
        return point == '\n' ? BREAK : point == '\t' || point == '\r' ? SPACE : DROPPED;
    case UTF8PROC_CATEGORY_CF: return DROPPED;
    default:
        /* Variation selectors are marks by category, and as invisible as a format character. */
        return point >= 0xFE00 && point <= 0xFE0F ? DROPPED : SEEN;
    }
}

static bool
is_plain(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] < ' ' || s.p[i] > '~' || (s.p[i] == ' ' && (i == 0 || s.p[i - 1] == ' ')))
            return false;
    }
    return s.len == 0 || s.p[s.len - 1] != ' ';
}

struct str
fold_clean(struct arena *a, struct str typed)
{
    struct str s = only_utf8(typed);
    struct buf out = { .arena = a };
    enum sort gap = SEEN;
    int32_t *points;
    size_t count;

    if (is_plain(s))
        return (struct str){ s.p, s.len < FOLD_CLEAN_MAX ? s.len : FOLD_CLEAN_MAX };

    /* What is dropped must be gone before characters are put together, or a second time would change more. */
    points = decomposed(a, s, 0, &count);
    for (size_t i = 0; i < count; i++) {
        enum sort sort = sort_of(points[i]);

        if (sort == SPACE || sort == BREAK) {
            gap = gap == BREAK ? BREAK : sort;
        } else if (sort == SEEN) {
            if (gap != SEEN && out.len > 0)
                buf_char(&out, gap == BREAK ? '\n' : ' ');
            gap = SEEN;
            fold_put(&out, (uint32_t)points[i]);
        }
    }
    return str_trim(fold_first_units(composed(a, buf_str(&out), 0), FOLD_CLEAN_MAX));
}

struct str
fold_composed(struct arena *a, struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.p[i] >= 0x80)
            return composed(a, s, 0);
    return s;
}

struct str
fold_plain(struct arena *a, struct str typed)
{
    return fold_clean(a, composed(a, fold_clean(a, typed), UTF8PROC_COMPAT));
}

bool
fold_is_letter(uint32_t point)
{
    utf8proc_category_t category = utf8proc_category((int32_t)point);

    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
}

uint32_t
fold_upper(uint32_t point)
{
    return (uint32_t)utf8proc_toupper((int32_t)point);
}

uint32_t
fold_lower(uint32_t point)
{
    return (uint32_t)utf8proc_tolower((int32_t)point);
}

/* --- fold ------------------------------------------------------------------------- */

static bool
is_word(int32_t point)
{
    switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_SO: return true;
    default: return false;
    }
}

/* Word characters and single spaces, as UTF-8. */
static struct str
words_of(struct arena *a, const int32_t *points, size_t count)
{
    struct buf out = { .arena = a };
    bool gap = false;

    for (size_t i = 0; i < count; i++) {
        if (points[i] == DEGREE)
            continue;
        if (points[i] == KEYCAP_TEN || is_word(points[i])) {
            if (gap && out.len > 0)
                buf_char(&out, ' ');
            gap = false;
            if (points[i] == KEYCAP_TEN)
                buf_add(&out, STR("10"));
            else
                fold_put(&out, (uint32_t)points[i]);
        } else {
            gap = true;
        }
    }
    return buf_str(&out);
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "1o", "2a" at a word's end are 1st and 2nd. */
static bool
is_ordinal(struct str s, size_t i)
{
    bool ends = i + 1 == s.len || s.p[i + 1] == ' ';

    return ends && i > 0 && (s.p[i] == 'a' || s.p[i] == 'o') && is_digit(s.p[i - 1]);
}

static struct str
without_ordinals(struct arena *a, struct str s)
{
    struct buf out = { .arena = a };
    size_t kept = 0;

    for (size_t i = 0; i < s.len; i++) {
        if (!is_ordinal(s, i))
            continue;
        buf_add(&out, (struct str){ s.p + kept, i - kept });
        kept = i + 1;
    }
    if (kept == 0)
        return s;
    buf_add(&out, (struct str){ s.p + kept, s.len - kept });
    return buf_str(&out);
}

/* Plain ASCII, as nearly everything that is typed in Portuguese on a phone: the same without asking any table. */
static struct str
fold_plain_ascii(struct arena *a, struct str s)
{
    char *out = arena_alloc(a, s.len + 1);
    size_t n = 0;
    bool gap = false;

    for (size_t i = 0; i < s.len; i++) {
        char c = s.p[i];
        bool is_upper = c >= 'A' && c <= 'Z';

        if (!is_upper && !is_digit(c) && (c < 'a' || c > 'z')) {
            gap = true;
            continue;
        }
        if (gap && n > 0)
            out[n++] = ' ';
        gap = false;
        out[n++] = is_upper ? (char)(c - 'A' + 'a') : c;
    }
    return (struct str){ out, n };
}

static struct str
fold_any(struct arena *a, struct str s)
{
    const utf8proc_option_t bare = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STRIPMARK;
    int32_t *points;
    size_t count;

    points = decomposed(a, s, bare, &count);
    s = words_of(a, points, count);
    points = decomposed(a, s, bare | UTF8PROC_CASEFOLD, &count);
    return words_of(a, points, count);
}

struct str
fold(struct arena *a, struct str typed)
{
    struct str s = fold_clean(a, typed);

    return without_ordinals(a, is_plain(s) ? fold_plain_ascii(a, s) : fold_any(a, s));
}

struct str
fold_stem(struct str word)
{
    if (str_code_points(word) >= 5 && word.p[word.len - 1] == 's')
        word.len--;
    return word;
}

size_t
fold_units(struct str s)
{
    const char *p = s.p, *end;
    size_t units = 0;
    uint32_t point;

    if (s.len == 0)
        return 0;
    end = s.p + s.len;
    while (fold_next(&p, end, &point))
        units += point >= ASTRAL ? 2 : 1;
    return units;
}

struct str
fold_first_units(struct str s, size_t n)
{
    const char *p = s.p, *end, *whole = s.p;
    size_t units = 0;
    uint32_t point;

    if (s.len == 0)
        return STR("");
    end = s.p + s.len;
    while (fold_next(&p, end, &point)) {
        units += point >= ASTRAL ? 2 : 1;
        if (units > n)
            break;
        whole = p;
    }
    return (struct str){ s.p, (size_t)(whole - s.p) };
}

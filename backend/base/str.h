/*
 * Text is a pointer and a length. It is not terminated unless a function says
 * so, may hold any byte, and never owns memory: it points into an arena, a
 * request, a row or a constant.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct str {
    const char *p; /* may be NULL when len is 0 */
    size_t len;    /* bytes */
};

#define STR(literal) ((struct str){ "" literal, sizeof(literal) - 1 })
/* STR inside a static table. */
/* clang-format off */
#define STR_INIT(literal) { "" literal, sizeof(literal) - 1 }
/* clang-format on */
#define STR_ARG(s) (int)(s).len, (s).p /* for "%.*s" */

static inline struct str
str_of(const char *cstr)
{
    return (struct str){ cstr, cstr == NULL ? 0 : strlen(cstr) };
}

bool str_eq(struct str a, struct str b);
bool str_eq_nocase(struct str a, struct str b); /* ASCII letters only */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
bool str_has(struct str s, struct str part);
int str_compare(struct str a, struct str b); /* by bytes: below, at or above 0, as memcmp */

/* Byte position of c, or -1. */
ptrdiff_t str_find(struct str s, char c);

/* Without ASCII white space at both ends. */
struct str str_trim(struct str s);

/* Cuts head off *rest up to c (which is dropped). False when *rest was empty. */
bool str_cut(struct str *rest, char c, struct str *head);

/* Copies that live in the arena. str_cstr is NUL-terminated; a NUL inside cuts it short. */
struct str str_dup(struct arena *a, struct str s);
const char *str_cstr(struct arena *a, struct str s);
struct str str_lower(struct arena *a, struct str s); /* ASCII letters only */
struct str str_fmt(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Only the ASCII digits of s, in order: "+55 (49) 9…" → "5549…". */
struct str str_digits(struct arena *a, struct str s);

/* Whole decimal number, optional minus, no space, no overflow; otherwise false. */
bool str_i64(struct str s, int64_t *out);

/* Strict UTF-8 (RFC 3629) with no NUL. */
bool str_is_utf8(struct str s);

/* Bytes (1 to 4) of the well-formed UTF-8 sequence at p, NUL included; 0: none, or p == end. */
int str_utf8_step(const char *p, const char *end);

/* Code points of valid UTF-8; the limits of channels count these. */
size_t str_code_points(struct str s);

/* The longest prefix of at most n code points. */
struct str str_first_code_points(struct str s, size_t n);

/*
 * Growing text in an arena. Start from { .arena = a }; read buf_str() at any time.
 */
struct buf {
    struct arena *arena;
    char *p;
    size_t len;
    size_t cap;
};

/* Room for so many bytes more behind p + len, for those who write there themselves. */
void buf_reserve(struct buf *b, size_t more);

void buf_add(struct buf *b, struct str s);
void buf_char(struct buf *b, char c);
void buf_fmt(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
struct str buf_str(const struct buf *b);

#endif

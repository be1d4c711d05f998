/*
 * JSON in and out.
 *
 * In: json-c, strict, behind our own guards, because even its strict mode takes
 * NaN, single quotes, duplicate keys, numbers that overflow and NUL in text. The
 * tree lives in the arena's care: it goes when the call ends.
 *
 * Out: a writer that appends to a buffer; no tree is built.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "err.h"
#include "str.h"

/* A parsed value. NULL stands for "absent", and every reader accepts it. */
struct json;

enum json_kind {
    JSON_ABSENT,
    JSON_NULL,
    JSON_BOOL,
    JSON_NUMBER,
    JSON_TEXT,
    JSON_ARRAY,
    JSON_OBJECT
};

#define JSON_DEPTH_MAX 32

/*
 * Parses one whole document, which lives as long as the arena. ERR_INVALID with slug
 * json_syntax, json_depth, json_duplicate_key, json_number (beyond int64_t or double),
 * json_nul or json_utf8; ERR_TOO_LARGE "json_too_large" beyond 64 MiB.
 */
MUST_CHECK struct err json_parse(struct arena *a, struct str text, const struct json **out);

enum json_kind json_kind(const struct json *v);
const struct json *json_get(const struct json *object, const char *key); /* NULL: absent */
const struct json *json_at(const struct json *array, size_t index);
size_t json_len(const struct json *array); /* 0 unless an array */

/* Calls fn for each member of an object, in document order. */
void json_each(const struct json *object,
               void (*fn)(struct str key, const struct json *v, void *arg), void *arg);

/* Readers with a neutral answer for the wrong kind: providers promise little. */
struct str json_text(const struct json *v);        /* { NULL, 0 } unless text */
bool json_i64(const struct json *v, int64_t *out); /* whole numbers, or text of digits */
double json_double(const struct json *v);          /* 0 unless a number */
bool json_is_true(const struct json *v);           /* the word true, nothing else */
/* The same, read aloud. Not a symbol: jansson, which libjwt brings along, has a json_true too. */
static inline bool
json_true(const struct json *v)
{
    return json_is_true(v);
}
/* json_text(json_get(o, key)), the everyday case. */
struct str json_get_text(const struct json *object, const char *key);

/* What a pointer of RFC 6901 names, "/invoices/0/amount"; "" is the whole. NULL: nothing there, or it is no pointer. */
const struct json *json_pointer(struct arena *a, const struct json *v, struct str pointer);

/* The value as JSON text again, compact. */
struct str json_print(struct arena *a, const struct json *v);

/*
 * Bodies of our own API: a table says which members exist, and json_read fills a
 * struct. Unknown members are refused, so a typing error never passes in silence.
 */
enum json_field_type {
    JSON_ID,   /* int64_t > 0 */
    JSON_I64,  /* int64_t */
    JSON_FLAG, /* bool */
    JSON_STR,  /* struct str, trimmed of nothing; no control characters but tab and line ends */
    JSON_STRS, /* struct json_strs, each at most 1000 code points */
    JSON_IDS,  /* struct json_ids */
    JSON_ANY   /* const struct json *; an optional one may be JSON_NULL */
};

struct json_strs {
    const struct str *v;
    size_t n;
};
struct json_ids {
    const int64_t *v;
    size_t n;
};

struct json_field {
    const char *name;
    enum json_field_type type;
    bool required; /* absent or null → "required" */
    size_t offset; /* offsetof in the target */
    size_t max;    /* code points of JSON_STR (0: 200), items of arrays (0: 100) */
};

/*
 * ERR_INVALID with slug required, unknown_field, wrong_type, too_long, too_many,
 * invalid_text; field = the member's name. Absent members leave the target's
 * value untouched, so defaults are set before; null is as good as absent, except
 * for JSON_ANY, which tells them apart. Everything lives as long as the document.
 */
MUST_CHECK struct err json_read(struct arena *a, const struct json *object,
                                const struct json_field *fields, void *target);

/*
 * The writer. Commas are its own business: open, keys and values in order, close.
 */
struct json_out {
    struct buf *buf;
    bool comma; /* the next member needs one before it */
};

void json_open(struct json_out *o, char bracket);      /* '{' or '[' */
void json_close(struct json_out *o, char bracket);     /* '}' or ']' */
void json_key(struct json_out *o, const char *key);    /* constant, plain ASCII */
void json_put_key(struct json_out *o, struct str key); /* any text */
void json_put_str(struct json_out *o, struct str s); /* .p == NULL → null; invalid UTF-8 → U+FFFD */
void json_put_i64(struct json_out *o, int64_t v);
void json_put_double(struct json_out *o, double v); /* NaN and infinities → null */
void json_put_bool(struct json_out *o, bool v);
void json_put_null(struct json_out *o);
void json_put_raw(struct json_out *o, struct str json); /* already JSON, trusted (our own column) */
void json_put_time(struct json_out *o, int64_t us);     /* 0 → null, else ISO text */
void json_put_id(struct json_out *o, int64_t id);       /* 0 → null, else a number */

/* key and value in one line. */
void json_kv_str(struct json_out *o, const char *key, struct str s);
void json_kv_i64(struct json_out *o, const char *key, int64_t v);
void json_kv_bool(struct json_out *o, const char *key, bool v);
void json_kv_time(struct json_out *o, const char *key, int64_t us);
void json_kv_id(struct json_out *o, const char *key, int64_t id);

#endif

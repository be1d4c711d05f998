/*
 * A struct and its JSON object, by one table: what is written is what is read. Neutral values (empty, 0, false, the
 * first word) are not written, and stay as they were when they are not there to be read.
 */
#ifndef DOMAIN_FLOWS_MEMBERS_H
#define DOMAIN_FLOWS_MEMBERS_H

#include "base/json.h"

enum member_kind {
    MEMBER_TEXT,  /* struct str */
    MEMBER_WHOLE, /* int64_t */
    MEMBER_INT,   /* int, not negative */
    MEMBER_FLAG,  /* bool */
    MEMBER_WORD   /* an enum, by its names */
};

struct member {
    const char *name; /* NULL: the last */
    enum member_kind kind;
    size_t offset;
    const char *const *words; /* of MEMBER_WORD */
    int word_count;
};

/* Absent objects are neutral. ERR_INVALID "wrong_type" or "unknown_word" with the member's name. */
MUST_CHECK struct err members_read(const struct json *object, const struct member *members,
                                   void *target);
void members_write(struct json_out *o, const struct member *members, const void *source);
bool members_are_neutral(const struct member *members, const void *source);

/* Lists of objects, each a struct of `size` bytes; of texts. At most `max`: ERR_INVALID "too_many". */
MUST_CHECK struct err members_read_list(struct arena *a, const struct json *owner, const char *key,
                                        const struct member *members, size_t size, size_t max,
                                        void **out, size_t *n);
void members_write_list(struct json_out *o, const char *key, const struct member *members,
                        size_t size, const void *list, size_t n);
MUST_CHECK struct err members_read_texts(struct arena *a, const struct json *owner, const char *key,
                                         size_t max, struct str **out, size_t *n);
void members_write_texts(struct json_out *o, const char *key, const struct str *list, size_t n);

#endif

#include "members.h"

#include <limits.h>

/* --- one value -------------------------------------------------------------------- */

static struct err
read_whole(const struct json *v, const char *name, int64_t least, int64_t most, int64_t *out)
{
    if (json_kind(v) != JSON_NUMBER || !json_i64(v, out) || *out < least || *out > most)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", name);
    return OK;
}

static struct err
read_word(const struct json *v, const struct member *m, int *out)
{
    struct str word = json_text(v);

    for (int i = 0; i < m->word_count; i++)
        if (json_kind(v) == JSON_TEXT && str_eq(word, str_of(m->words[i]))) {
            *out = i;
            return OK;
        }
    return FAIL_FIELD(ERR_INVALID, "unknown_word", m->name);
}

static struct err
read_one(const struct json *v, const struct member *m, char *at)
{
    int64_t whole;
    int word;

    switch (m->kind) {
    case MEMBER_TEXT:
        if (json_kind(v) != JSON_TEXT)
            return FAIL_FIELD(ERR_INVALID, "wrong_type", m->name);
        *(struct str *)(void *)at = json_text(v);
        return OK;
    case MEMBER_WHOLE: return read_whole(v, m->name, INT64_MIN, INT64_MAX, (int64_t *)(void *)at);
    case MEMBER_INT:
        TRY(read_whole(v, m->name, 0, INT_MAX, &whole));
        *(int *)(void *)at = (int)whole;
        return OK;
    case MEMBER_FLAG:
        if (json_kind(v) != JSON_BOOL)
            return FAIL_FIELD(ERR_INVALID, "wrong_type", m->name);
        *(bool *)(void *)at = json_is_true(v);
        return OK;
    case MEMBER_WORD:
        TRY(read_word(v, m, &word));
        memcpy(at, &word, sizeof(word));
        return OK;
    }
    BUG("what=member_kind");
}

static bool
is_neutral(const struct member *m, const char *at)
{
    int word;

    switch (m->kind) {
    case MEMBER_TEXT: return ((const struct str *)(const void *)at)->len == 0;
    case MEMBER_WHOLE: return *(const int64_t *)(const void *)at == 0;
    case MEMBER_FLAG: return !*(const bool *)(const void *)at;
    case MEMBER_INT:
    case MEMBER_WORD: memcpy(&word, at, sizeof(word)); return word == 0;
    }
    BUG("what=member_kind");
}

static void
write_one(struct json_out *o, const struct member *m, const char *at)
{
    int word;

    switch (m->kind) {
    case MEMBER_TEXT: json_kv_str(o, m->name, *(const struct str *)(const void *)at); return;
    case MEMBER_WHOLE: json_kv_i64(o, m->name, *(const int64_t *)(const void *)at); return;
    case MEMBER_INT: json_kv_i64(o, m->name, *(const int *)(const void *)at); return;
    case MEMBER_FLAG: json_kv_bool(o, m->name, *(const bool *)(const void *)at); return;
    case MEMBER_WORD:
        memcpy(&word, at, sizeof(word));
        json_kv_str(o, m->name, str_of(m->words[word]));
        return;
    }
}

/* --- objects ---------------------------------------------------------------------- */

struct err
members_read(const struct json *object, const struct member *members, void *target)
{
    if (object != NULL && json_kind(object) != JSON_OBJECT)
        return FAIL(ERR_INVALID, "wrong_type");
    for (const struct member *m = members; object != NULL && m->name != NULL; m++) {
        const struct json *v = json_get(object, m->name);

        if (v != NULL)
            TRY(read_one(v, m, (char *)target + m->offset));
    }
    return OK;
}

void
members_write(struct json_out *o, const struct member *members, const void *source)
{
    for (const struct member *m = members; m->name != NULL; m++)
        if (!is_neutral(m, (const char *)source + m->offset))
            write_one(o, m, (const char *)source + m->offset);
}

bool
members_are_neutral(const struct member *members, const void *source)
{
    for (const struct member *m = members; m->name != NULL; m++)
        if (!is_neutral(m, (const char *)source + m->offset))
            return false;
    return true;
}

/* --- lists ------------------------------------------------------------------------ */

static struct err
find_list(const struct json *owner, const char *key, size_t max, const struct json **list,
          size_t *n)
{
    *list = json_get(owner, key);
    *n = json_len(*list);
    if (*list != NULL && json_kind(*list) != JSON_ARRAY)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", key);
    return *n > max ? FAIL_FIELD(ERR_INVALID, "too_many", key) : OK;
}

struct err
members_read_list(struct arena *a, const struct json *owner, const char *key,
                  const struct member *members, size_t size, size_t max, void **out, size_t *n)
{
    const struct json *list;
    char *v;

    TRY(find_list(owner, key, max, &list, n));
    v = arena_calloc(a, *n, size);
    for (size_t i = 0; i < *n; i++) {
        if (json_kind(json_at(list, i)) != JSON_OBJECT)
            return FAIL_FIELD(ERR_INVALID, "wrong_type", key);
        TRY(members_read(json_at(list, i), members, v + i * size));
    }
    *out = v;
    return OK;
}

void
members_write_list(struct json_out *o, const char *key, const struct member *members, size_t size,
                   const void *list, size_t n)
{
    if (n == 0)
        return;
    json_key(o, key);
    json_open(o, '[');
    for (size_t i = 0; i < n; i++) {
        json_open(o, '{');
        members_write(o, members, (const char *)list + i * size);
        json_close(o, '}');
    }
    json_close(o, ']');
}

struct err
members_read_texts(struct arena *a, const struct json *owner, const char *key, size_t max,
                   struct str **out, size_t *n)
{
    const struct json *list;

    TRY(find_list(owner, key, max, &list, n));
    *out = arena_array(a, struct str, *n);
    for (size_t i = 0; i < *n; i++) {
        if (json_kind(json_at(list, i)) != JSON_TEXT)
            return FAIL_FIELD(ERR_INVALID, "wrong_type", key);
        (*out)[i] = json_text(json_at(list, i));
    }
    return OK;
}

void
members_write_texts(struct json_out *o, const char *key, const struct str *list, size_t n)
{
    if (n == 0)
        return;
    json_key(o, key);
    json_open(o, '[');
    for (size_t i = 0; i < n; i++)
        json_put_str(o, list[i]);
    json_close(o, ']');
}

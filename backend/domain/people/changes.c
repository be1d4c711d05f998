#include "changes.h"

#include "base/json.h"

static bool
differs(const struct change *c)
{
    return (c->before.p == NULL) != (c->after.p == NULL) || !str_eq(c->before, c->after);
}

static void
write_side(struct json_out *o, const char *name, const struct change *changes, bool is_after)
{
    bool is_there = false;

    for (const struct change *c = changes; c->name != NULL; c++)
        is_there |= differs(c) && (is_after ? c->after : c->before).p != NULL;
    if (!is_there)
        return;
    json_key(o, name);
    json_open(o, '{');
    for (const struct change *c = changes; c->name != NULL; c++) {
        struct str value = is_after ? c->after : c->before;

        if (!differs(c) || value.p == NULL)
            continue;
        json_key(o, c->name);
        json_put_raw(o, value);
    }
    json_close(o, '}');
}

struct str
changes_print(struct cx *cx, const struct change *changes)
{
    struct buf buf = { .arena = cx->arena };
    struct json_out o = { .buf = &buf };

    json_open(&o, '{');
    write_side(&o, "after", changes, true);
    write_side(&o, "before", changes, false);
    json_close(&o, '}');
    return buf.len <= 2 ? (struct str){ 0 } : buf_str(&buf);
}

struct str
change_text(struct cx *cx, struct str s)
{
    struct buf buf = { .arena = cx->arena };
    struct json_out o = { .buf = &buf };

    json_put_str(&o, s);
    return buf_str(&buf);
}

struct str
change_i64(struct cx *cx, int64_t v)
{
    return str_fmt(cx->arena, "%lld", (long long)v);
}

struct str
change_flag(bool v)
{
    return v ? STR("true") : STR("false");
}

struct str
change_time(struct cx *cx, int64_t us)
{
    struct buf buf = { .arena = cx->arena };
    struct json_out o = { .buf = &buf };

    json_put_time(&o, us);
    return buf_str(&buf);
}

struct str
change_ids(struct cx *cx, struct str array)
{
    if (array.len < 2)
        return STR("null");
    return str_fmt(cx->arena, "[%.*s]", (int)array.len - 2, array.p + 1);
}

#include "audit.h"

#include "base/db.h"

#include "audit.sql.h"

#include <stdlib.h>

static const char *const actor_names[] = {
    [ACTOR_SYSTEM] = "system",     [ACTOR_USER] = "user",         [ACTOR_TOKEN] = "token",
    [ACTOR_JOB] = "job",           [ACTOR_PROVIDER] = "provider", [ACTOR_VISITOR] = "visitor",
    [ACTOR_OPERATOR] = "operator", [ACTOR_CTL] = "ctl",
};

static struct str
or_null(struct str s)
{
    return s.len == 0 ? (struct str){ 0 } : s;
}

void
audit_add(struct cx *cx, const char *action, const char *subject_kind, int64_t subject_id,
          struct str detail)
{
    db_queue(cx, &SQL_audit_add, P_ID(cx->account), P_TIME(cx->now_us), P_STR(str_of(action)),
             P_STR(str_of(actor_names[cx->actor])), P_ID(cx->user), db_p_id(cx->session_id),
             P_STR(or_null(cx->address)), P_STR(or_null(cx->request_id)),
             P_STR(str_of(subject_kind)), db_p_id(subject_id), P_STR(or_null(detail)),
             db_p_id(cx->token_id), db_p_id(cx->port));
}

/* --- what changed ------------------------------------------------------------------ */

static struct audit_field *
add_field(struct audit_change *change, const char *name)
{
    if (change->count == AUDIT_FIELDS_MAX)
        BUG("more than %d fields of a change: %s", AUDIT_FIELDS_MAX, name);
    change->fields[change->count].name = name;
    return &change->fields[change->count++];
}

void
audit_text(struct audit_change *change, const char *name, struct str before, struct str after)
{
    struct audit_field *field;

    if ((before.p == NULL) == (after.p == NULL) && str_eq(before, after))
        return;
    field = add_field(change, name);
    field->kind = AUDIT_TEXT;
    field->text_before = before;
    field->text_after = after;
}

static void
add_number(struct audit_change *change, const char *name, enum audit_field_kind kind,
           int64_t before, int64_t after)
{
    struct audit_field *field;

    if (before == after)
        return;
    field = add_field(change, name);
    field->kind = kind;
    field->number_before = before;
    field->number_after = after;
}

void
audit_number(struct audit_change *change, const char *name, int64_t before, int64_t after)
{
    add_number(change, name, AUDIT_NUMBER, before, after);
}

void
audit_id(struct audit_change *change, const char *name, int64_t before, int64_t after)
{
    add_number(change, name, AUDIT_ID, before, after);
}

void
audit_flag(struct audit_change *change, const char *name, bool before, bool after)
{
    add_number(change, name, AUDIT_NUMBER, before, after);
}

void
audit_secret(struct audit_change *change, const char *name)
{
    add_field(change, name)->kind = AUDIT_SECRET;
}

static bool
has_side(const struct audit_field *field, bool after)
{
    switch (field->kind) {
    case AUDIT_TEXT: return (after ? field->text_after : field->text_before).p != NULL;
    case AUDIT_ID: return (after ? field->number_after : field->number_before) != 0;
    case AUDIT_SECRET: return after;
    default: return true;
    }
}

static void
write_side(struct json_out *o, const struct audit_change *change, bool after)
{
    bool is_open = false;

    for (size_t i = 0; i < change->count; i++) {
        const struct audit_field *field = &change->fields[i];

        if (!has_side(field, after))
            continue;
        if (!is_open) {
            json_key(o, after ? "after" : "before");
            json_open(o, '{');
            is_open = true;
        }
        json_key(o, field->name);
        if (field->kind == AUDIT_TEXT)
            json_put_str(o, after ? field->text_after : field->text_before);
        else if (field->kind == AUDIT_SECRET)
            json_put_str(o, STR("set"));
        else
            json_put_i64(o, after ? field->number_after : field->number_before);
    }
    if (is_open)
        json_close(o, '}');
}

static int
by_name(const void *a, const void *b)
{
    return strcmp(((const struct audit_field *)a)->name, ((const struct audit_field *)b)->name);
}

struct str
audit_detail(struct arena *a, const struct audit_change *change)
{
    struct audit_change sorted = *change;
    struct buf buf = { .arena = a };
    struct json_out o = { .buf = &buf };

    if (change->count == 0 && change->reason.len == 0)
        return STR("");
    qsort(sorted.fields, sorted.count, sizeof sorted.fields[0], by_name);
    json_open(&o, '{');
    write_side(&o, &sorted, true);
    write_side(&o, &sorted, false);
    if (change->reason.len > 0)
        json_kv_str(&o, "reason", change->reason);
    json_close(&o, '}');
    return buf_str(&buf);
}

void
audit_changed(struct cx *cx, const char *action, const char *subject_kind, int64_t subject_id,
              const struct audit_change *change)
{
    audit_add(cx, action, subject_kind, subject_id, audit_detail(cx->arena, change));
}

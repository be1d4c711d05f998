#include "flow_secrets.h"

#include "base/crypto.h"
#include "base/db.h"
#include "domain/audit/audit.h"

#include "flow_secrets.sql.h"

static struct str
secret_place(struct cx *cx, struct str name)
{
    return str_fmt(cx->arena, "flow_secrets|value|%lld|%.*s", (long long)cx->account.v,
                   STR_ARG(name));
}

static struct str
seal_place(struct cx *cx, int64_t run_id, struct str slot)
{
    return str_fmt(cx->arena, "flow_seals|value|%lld|%lld|%.*s", (long long)cx->account.v,
                   (long long)run_id, STR_ARG(slot));
}

/* --- as people keep them ------------------------------------------------------------------ */

struct err
flow_secrets_list(struct cx *cx, struct flow_secret **out, size_t *n)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_flow_secret_list, &rows, P_ID(cx->account)));
    *n = (size_t)rows.count;
    *out = arena_array(cx->arena, struct flow_secret, *n + 1);
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        (*out)[i] = (struct flow_secret){ db_str(&row, 0), db_i64(&row, 1), db_time(&row, 2) };
    }
    return OK;
}

static bool
is_name(struct str name)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.p[i];

        if (!((c >= 'a' && c <= 'z') || (i > 0 && (c == '_' || (c >= '0' && c <= '9')))))
            return false;
    }
    return name.len > 0 && name.len <= 40;
}

struct err
flow_secrets_set(struct cx *cx, struct str name, struct str value)
{
    struct audit_change change = { 0 };
    struct db_row row;

    db_assert_tx(cx);
    if (!is_name(name))
        return FAIL_FIELD(ERR_INVALID, "name_invalid", "name");
    if (value.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "value");
    if (value.len > FLOW_SECRET_VALUE_MAX)
        return FAIL_FIELD(ERR_INVALID, "too_long", "value");
    for (size_t i = 0; i < value.len; i++)
        if ((unsigned char)value.p[i] < 0x20 || value.p[i] == 0x7F)
            return FAIL_FIELD(ERR_INVALID, "value_invalid", "value");
    TRY(db_one(cx, &SQL_flow_secret_room, &row, P_ID(cx->account), P_STR(name),
               P_I64(FLOW_SECRETS_MAX)));
    if (!db_bool(&row, 0))
        return FAIL(ERR_CONFLICT, "too_many_secrets");
    db_queue(cx, &SQL_flow_secret_set, P_ID(cx->account), P_STR(name),
             db_p_bytes(cx->arena, crypto_seal(cx->arena, secret_place(cx, name), value)),
             P_ID(cx->member), P_TIME(cx->now_us));
    audit_secret(&change, str_cstr(cx->arena, str_fmt(cx->arena, "secrets.%.*s", STR_ARG(name))));
    audit_changed(cx, "flow_secret.set", "account", cx->account.v, &change);
    return OK;
}

struct err
flow_secrets_remove(struct cx *cx, struct str name)
{
    struct audit_change change = { 0 };
    int64_t removed;

    db_assert_tx(cx);
    TRY(db_exec(cx, &SQL_flow_secret_remove, &removed, P_ID(cx->account), P_STR(name)));
    if (removed == 0)
        return FAIL(ERR_NOT_FOUND, "not_found");
    audit_text(&change, "name", name, (struct str){ 0 });
    audit_changed(cx, "flow_secret.removed", "account", cx->account.v, &change);
    return OK;
}

/* --- for one call ---------------------------------------------------------------------------- */

static void
open_row(struct cx *cx, struct str where, const struct db_row *row, bool *found, struct str *value)
{
    *found = *found && crypto_unseal(cx->arena, where, db_bytes(cx, row, 0), value);
}

struct err
flow_secrets_open(struct cx *cx, struct str name, bool *found, struct str *value)
{
    struct db_row row;

    TRY(db_opt(cx, &SQL_flow_secret_open, found, &row, P_ID(cx->account), P_STR(name)));
    open_row(cx, secret_place(cx, name), &row, found, value);
    return OK;
}

void
flow_seals_keep(struct cx *cx, int64_t run_id, struct str slot, struct str value, int64_t until_us)
{
    db_queue(cx, &SQL_flow_seal_keep, P_ID(cx->account), P_I64(run_id), P_STR(slot),
             db_p_bytes(cx->arena, crypto_seal(cx->arena, seal_place(cx, run_id, slot), value)),
             P_TIME(until_us), P_TIME(cx->now_us));
}

struct err
flow_seals_open(struct cx *cx, int64_t run_id, struct str slot, bool *found, struct str *value)
{
    struct db_row row;

    TRY(db_opt(cx, &SQL_flow_seal_open, found, &row, P_ID(cx->account), P_I64(run_id), P_STR(slot),
               P_TIME(cx->now_us)));
    open_row(cx, seal_place(cx, run_id, slot), &row, found, value);
    return OK;
}

void
flow_seals_forget(struct cx *cx, int64_t run_id)
{
    db_queue(cx, &SQL_flow_seals_forget, P_ID(cx->account), P_I64(run_id));
}

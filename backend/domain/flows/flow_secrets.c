#include "flow_secrets.h"

#include "base/crypto.h"
#include "base/db.h"
#include "domain/audit/audit.h"

#include "flows_secrets.sql.h"

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

static struct err
check_value(struct str value)
{
    if (value.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "value");
    if (value.len > FLOW_SECRET_VALUE_MAX)
        return FAIL_FIELD(ERR_INVALID, "too_long", "value");
    for (size_t i = 0; i < value.len; i++)
        if ((unsigned char)value.p[i] < 0x20 || value.p[i] == 0x7F)
            return FAIL_FIELD(ERR_INVALID, "value_invalid", "value");
    return OK;
}

static struct err
put(struct cx *cx, const struct db_stmt *stmt, struct str name, struct str value, int64_t *changed)
{
    struct audit_change change = { 0 };

    db_assert_tx(cx);
    TRY(check_value(value));
    TRY(db_exec(cx, stmt, changed, P_ID(cx->account), P_STR(name),
                db_p_bytes(cx->arena, crypto_seal(cx->arena, secret_place(cx, name), value)),
                P_ID(cx->member), P_TIME(cx->now_us)));
    audit_secret(&change, str_cstr(cx->arena, str_fmt(cx->arena, "secrets.%.*s", STR_ARG(name))));
    if (*changed > 0)
        audit_changed(cx, "flow_secret.set", "account", cx->account.v, &change);
    return OK;
}

struct err
flow_secrets_add(struct cx *cx, struct str name, struct str value)
{
    struct db_row row;
    int64_t added;

    if (!is_name(name))
        return FAIL_FIELD(ERR_INVALID, "name_invalid", "name");
    TRY(db_one(cx, &SQL_flow_secret_count, &row, P_ID(cx->account)));
    if (db_i64(&row, 0) >= FLOW_SECRETS_MAX)
        return FAIL(ERR_CONFLICT, "too_many_secrets");
    TRY(put(cx, &SQL_flow_secret_add, name, value, &added));
    return added > 0 ? OK : FAIL_FIELD(ERR_CONFLICT, "secret_is_taken", "name");
}

struct err
flow_secrets_replace(struct cx *cx, struct str name, struct str value)
{
    int64_t replaced;

    TRY(put(cx, &SQL_flow_secret_replace, name, value, &replaced));
    return replaced > 0 ? OK : FAIL(ERR_NOT_FOUND, "not_found");
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

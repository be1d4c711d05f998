/*
 * The flows of an account as a list: made, switched, removed.
 */
#include "flows_private.h"

#include "base/fold.h"
#include "domain/audit/audit.h"
#include "domain/events/events.h"

#include "flows.sql.h"
#include "flows_drafts.sql.h"

static struct flow
flow_from_row(const struct db_row *row)
{
    return (struct flow){
        .id = { db_i64(row, 0) },
        .key = db_str(row, 1),
        .name = db_str(row, 2),
        .channels = db_str(row, 3),
        .is_enabled = db_bool(row, 4),
        .live_number = db_i64(row, 5),
        .published_at_us = db_time(row, 6),
        .published_by = { db_i64(row, 7) },
        .draft = { .revision = db_i64(row, 8),
                   .is_changed = db_bool(row, 9),
                   .error_count = db_i64(row, 10),
                   .warning_count = db_i64(row, 11),
                   .saved_at_us = db_time(row, 12),
                   .saved_by = { db_i64(row, 13) } },
        .start_count = db_i64(row, 14),
        .run_count = db_i64(row, 15),
    };
}

struct err
flows_list(struct cx *cx, struct str words, int64_t after, int64_t limit, struct flow_list *out)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_flow_list, &rows, P_ID(cx->account), P_STR(words), db_p_id(after),
                P_I64(limit + 1)));
    out->has_more = rows.count > limit;
    out->n = (size_t)(out->has_more ? limit : rows.count);
    out->v = arena_array(cx->arena, struct flow, out->n + 1);
    for (size_t i = 0; i < out->n; i++) {
        struct db_row row = db_row_at(&rows, (int)i);

        out->v[i] = flow_from_row(&row);
    }
    return OK;
}

struct err
flows_get(struct cx *cx, struct flow_id id, struct flow *out)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_flow_get, &row, P_ID(cx->account), P_ID(id)));
    *out = flow_from_row(&row);
    return OK;
}

struct err
flows_lock(struct cx *cx, struct flow_id id)
{
    struct db_row row;

    db_assert_tx(cx);
    return db_one(cx, &SQL_flow_lock, &row, P_ID(cx->account), P_ID(id));
}

void
flows_tell(struct cx *cx, struct flow_id id)
{
    struct buf buf;
    struct json_out o = events_payload(cx, &buf);

    json_kv_i64(&o, "flow_id", id.v);
    json_close(&o, '}');
    events_tell_members(cx, "flow.changed", buf_str(&buf));
}

/* --- keys ----------------------------------------------------------------------- */

enum { KEY_MAX = 40 };

bool
flow_is_key(struct str key)
{
    for (size_t i = 0; i < key.len; i++) {
        char c = key.p[i];
        bool is_letter = c >= 'a' && c <= 'z', is_other = (c >= '0' && c <= '9') || c == '-';

        if (!is_letter && (i == 0 || !is_other))
            return false;
    }
    return key.len >= 2 && key.len <= KEY_MAX;
}

struct err
flow_keys_read(struct cx *cx, struct flow_keys *out)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_flow_keys_taken, &rows, P_ID(cx->account)));
    /* Whoever reads them gives away a bundle of new ones at most. */
    out->arena = cx->arena;
    out->room = (size_t)rows.count + FLOW_CLOSURE_MAX + 1;
    out->v = arena_array(cx->arena, struct str, out->room);
    for (out->n = 0; out->n < (size_t)rows.count; out->n++) {
        struct db_row row = db_row_at(&rows, (int)out->n);

        out->v[out->n] = db_str(&row, 0);
    }
    return OK;
}

bool
flow_keys_has(const struct flow_keys *keys, struct str key)
{
    for (size_t i = 0; i < keys->n; i++)
        if (str_eq(keys->v[i], key))
            return true;
    return false;
}

struct str
flow_keys_free(struct flow_keys *keys, struct str like)
{
    struct str key = like;

    for (int n = 2; flow_keys_has(keys, key); n++) {
        struct str tail = str_fmt(keys->arena, "-%d", n);
        size_t room = KEY_MAX - tail.len;

        key = str_fmt(keys->arena, "%.*s%.*s", (int)(like.len < room ? like.len : room), like.p,
                      STR_ARG(tail));
    }
    if (keys->n == keys->room)
        BUG("keys=%zu what=more_than_a_bundle", keys->n);
    keys->v[keys->n++] = key;
    return key;
}

/* “Segunda via (fatura)” → segunda-via-fatura; a name without a letter of ours is a fluxo. */
static struct str
key_of_name(struct arena *a, struct str name)
{
    struct str folded = fold(a, name);
    struct buf key = { .arena = a };

    for (size_t i = 0; i < folded.len && key.len < KEY_MAX; i++) {
        char c = folded.p[i];

        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            buf_char(&key, c);
        else if (key.len > 0 && key.p[key.len - 1] != '-')
            buf_char(&key, '-');
    }
    while (key.len > 0 && key.p[key.len - 1] == '-')
        key.len--;
    return flow_is_key(buf_str(&key)) ? buf_str(&key) : STR("fluxo");
}

/* --- making ----------------------------------------------------------------------- */

/* For all kinds of channels that the account has, with nothing in it. */
static struct err
empty_document(struct cx *cx, struct str key, struct str name, struct str *out)
{
    static const char *const lists[] = { "cards", "connectors", "notes", "refs", "variables" };
    struct buf buf = { .arena = cx->arena };
    struct json_out o = { .buf = &buf };
    bool has[FLOW_CHANNEL__COUNT] = { false };
    struct str kinds, kind;
    struct db_row row;

    TRY(db_one(cx, &SQL_flow_kinds, &row, P_ID(cx->account)));
    kinds = db_str(&row, 0);
    while (str_cut(&kinds, ' ', &kind)) {
        enum flow_channel channel;

        if (flow_channel_of(kind, &channel))
            has[channel] = true;
    }
    json_open(&o, '{');
    json_kv_str(&o, "format", STR("balcao-flow"));
    json_kv_i64(&o, "format_version", 1);
    json_kv_str(&o, "key", key);
    json_kv_str(&o, "name", name);
    json_key(&o, "channels");
    json_open(&o, '[');
    for (size_t i = 0; i < FLOW_CHANNEL__COUNT; i++)
        if (has[i])
            json_put_str(&o, str_of(flow_channel_names[i]));
    json_close(&o, ']');
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        json_key(&o, lists[i]);
        json_open(&o, '[');
        json_close(&o, ']');
    }
    json_key(&o, "settings");
    json_open(&o, '{');
    json_close(&o, '}');
    json_close(&o, '}');
    *out = buf_str(&buf);
    return OK;
}

static struct db_param
channels_param(struct cx *cx, const struct flow_document *document)
{
    struct str names[FLOW_CHANNEL__COUNT];
    size_t n = 0;

    for (size_t i = 0; i < FLOW_CHANNEL__COUNT; i++)
        if (FLOW_HAS(document->channels, i))
            names[n++] = str_of(flow_channel_names[i]);
    return db_p_strs(cx->arena, names, n);
}

void
flow_describe(struct cx *cx, struct flow_id id, const struct flow_text *text)
{
    db_queue(cx, &SQL_flow_describe, P_ID(cx->account), P_ID(id), P_STR(text->name),
             channels_param(cx, text->document));
    db_queue(cx, &SQL_flow_refs_keep, P_ID(cx->account), P_ID(id), P_BOOL(false),
             db_p_strs(cx->arena, text->refs.v, text->refs.n));
}

struct err
flows_add(struct cx *cx, const struct flow_text *text, const struct findings *findings,
          struct flow_id *out)
{
    struct audit_change change = { 0 };
    struct db_row row;
    struct err e;

    e = db_one(cx, &SQL_flow_add, &row, P_ID(cx->account), P_STR(text->key), P_STR(text->name),
               channels_param(cx, text->document), P_TIME(cx->now_us), P_ID(cx->member),
               P_I64(FLOWS_MAX));
    if (e.code == ERR_NOT_FOUND)
        return FAIL(ERR_CONFLICT, "too_many_flows");
    if (err_is(e, "flow_key_is_taken"))
        return FAIL_FIELD(ERR_CONFLICT, "flow_key_is_taken", "key");
    TRY(e);
    out->v = db_i64(&row, 0);
    db_queue(cx, &SQL_flow_draft_add, P_ID(cx->account), P_ID(*out), P_STR(text->text),
             P_STR(text->hash), P_I64((int64_t)findings_count(findings, FINDING_ERROR)),
             P_I64((int64_t)findings_count(findings, FINDING_WARNING)), P_TIME(cx->now_us),
             P_ID(cx->member));
    flow_describe(cx, *out, text);
    audit_text(&change, "key", (struct str){ 0 }, text->key);
    audit_text(&change, "name", (struct str){ 0 }, text->name);
    audit_changed(cx, "flow.created", "flow", out->v, &change);
    flows_tell(cx, *out);
    return OK;
}

struct err
flows_create(struct cx *cx, struct str name, struct str key, struct str document,
             struct flow_id *out)
{
    const struct json *given = NULL;
    struct flow_keys keys;
    struct flow_text text;
    struct findings findings;

    db_assert_tx(cx);
    if (document.p != NULL) {
        TRY(document_fill(cx->arena, document, &document));
        TRY(json_parse(cx->arena, document, &given));
        name = name.len > 0 ? name : json_get_text(given, "name");
    }
    if (name.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "name");
    if (str_code_points(name) > FLOW_NAME_MAX)
        return FAIL_FIELD(ERR_INVALID, "too_long", "name");
    TRY(flow_keys_read(cx, &keys));
    if (key.len > 0 && !flow_is_key(key))
        return FAIL_FIELD(ERR_INVALID, "flow_key_invalid", "key");
    if (key.len > 0 && flow_keys_has(&keys, key))
        return FAIL_FIELD(ERR_CONFLICT, "flow_key_is_taken", "key");
    if (key.len == 0) {
        struct str like = json_get_text(given, "key");

        key = flow_keys_free(&keys, flow_is_key(like) ? like : key_of_name(cx->arena, name));
    }
    if (given == NULL)
        TRY(empty_document(cx, key, name, &document));
    else
        document =
            document_rewrite(cx->arena, given, &(struct rewrite){ .key = key, .name = name });
    findings = flow_findings(cx, key);
    TRY(flow_text_read(cx, document, &findings, &text));
    TRY(flow_lint(cx, (struct flow_id){ 0 }, &text, 0, NULL, &findings));
    return flows_add(cx, &text, &findings, out);
}

/* --- switching and removing --------------------------------------------------------- */

struct err
flows_enable(struct cx *cx, struct flow_id id, bool on)
{
    struct audit_change change = { 0 };
    struct flow before;

    TRY(flows_lock(cx, id));
    TRY(flows_get(cx, id, &before));
    db_queue(cx, &SQL_flow_enable, P_ID(cx->account), P_ID(id), P_BOOL(on));
    audit_flag(&change, "is_enabled", before.is_enabled, on);
    audit_changed(cx, "flow.edited", "flow", id.v, &change);
    if (before.is_enabled != on)
        flows_tell(cx, id);
    return OK;
}

struct err
flows_remove(struct cx *cx, struct flow_id id, struct db_rows *users)
{
    struct audit_change change = { 0 };
    struct db_rows found;
    struct flow flow;

    TRY(flows_lock(cx, id));
    TRY(flows_get(cx, id, &flow));
    if (flow.start_count > 0)
        return FAIL(ERR_CONFLICT, "flow_is_started");
    TRY(db_many(cx, &SQL_flow_users, &found, P_ID(cx->account), P_ID(id)));
    if (users != NULL)
        *users = found;
    if (found.count > 0)
        return FAIL(ERR_CONFLICT, "flow_is_used");
    db_queue(cx, &SQL_flow_refs_forget, P_ID(cx->account), P_ID(id));
    db_queue(cx, &SQL_flow_remove, P_ID(cx->account), P_ID(id), P_TIME(cx->now_us));
    audit_text(&change, "key", flow.key, (struct str){ 0 });
    audit_text(&change, "name", flow.name, (struct str){ 0 });
    audit_changed(cx, "flow.removed", "flow", id.v, &change);
    flows_tell(cx, id);
    return OK;
}

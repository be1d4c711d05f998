#include "contacts_private.h"
#include "domain/audit/audit.h"
#include "domain/auth/auth.h"

#include "contacts_consents.sql.h"

static void
write_event(struct json_out *o, const struct db_row *row)
{
    json_open(o, '{');
    json_kv_i64(o, "id", db_i64(row, 0));
    json_kv_str(o, "kind", db_str(row, 1));
    json_kv_str(o, "act", db_str(row, 2));
    json_kv_str(o, "source", db_str(row, 3));
    json_kv_id(o, "channel_id", db_i64(row, 4));
    json_kv_str(o, "wording", db_str(row, 5));
    json_kv_str(o, "note", db_str(row, 6));
    json_kv_id(o, "ticket_id", db_i64(row, 7));
    json_kv_id(o, "seq", db_i64(row, 8));
    json_kv_id(o, "member_id", db_i64(row, 9));
    json_kv_time(o, "at", db_time(row, 10));
    json_kv_str(o, "provider_id", db_str(row, 11));
    json_close(o, '}');
}

static struct err
answer_ledger(struct cx *cx, struct res *res, int status, struct contact_id id, int64_t before,
              int64_t limit)
{
    struct db_row row = { 0 };
    struct db_rows rows;
    struct json_out o;
    int n;

    TRY(db_many(cx, &SQL_consent_list, &rows, P_ID(cx->account), P_ID(id), db_p_id(before),
                P_I64(limit + 1)));
    if (rows.count == 0)
        TRY(contacts_require(cx, id));
    n = rows.count > limit ? (int)limit : rows.count;
    o = res_json_begin(res, status);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < n; i++) {
        row = db_row_at(&rows, i);
        write_event(&o, &row);
    }
    json_close(&o, ']');
    json_key(&o, "next");
    if (rows.count > n)
        json_put_str(&o, str_fmt(cx->arena, "%lld", (long long)db_i64(&row, 0)));
    else
        json_put_null(&o);
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
get_consents(struct cx *cx, struct req *req, struct res *res)
{
    struct str after = req_query(req, "after");
    int64_t limit = 40, before = 0;
    struct contact_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_query_i64(req, "limit", 1, 100, &limit));
    if (after.len > 0 && (!str_i64(after, &before) || before <= 0))
        return FAIL_FIELD(ERR_INVALID, "cursor_invalid", "after");
    return answer_ledger(cx, res, 200, id, before, limit);
}

struct consent_body {
    struct str kind, act, wording, note;
    int64_t channel_id, ticket_id, seq;
};

static const struct json_field consent_fields[] = {
    { "kind", JSON_STR, true, offsetof(struct consent_body, kind), 20 },
    { "act", JSON_STR, true, offsetof(struct consent_body, act), 20 },
    { "channel_id", JSON_ID, false, offsetof(struct consent_body, channel_id), 0 },
    { "wording", JSON_STR, false, offsetof(struct consent_body, wording), 60 },
    { "note", JSON_STR, false, offsetof(struct consent_body, note), 300 },
    { "ticket_id", JSON_ID, false, offsetof(struct consent_body, ticket_id), 0 },
    { "seq", JSON_ID, false, offsetof(struct consent_body, seq), 0 },
    { 0 },
};

static const char *
word_of(const char *const *words, struct str word)
{
    for (; *words != NULL; words++)
        if (str_eq(word, str_of(*words)))
            return *words;
    return NULL;
}

/* The channel and the proof are of this account and this contact. */
static struct err
check_links(struct cx *cx, struct contact_id id, const struct consent_body *body)
{
    struct db_row row;
    bool found;

    if (body->channel_id != 0) {
        TRY(db_opt(cx, &SQL_consent_channel, &found, &row, P_ID(cx->account),
                   P_I64(body->channel_id)));
        if (!found)
            return FAIL_FIELD(ERR_NOT_FOUND, "channel_unknown", "channel_id");
    }
    if (body->ticket_id == 0 && body->seq == 0)
        return OK;
    TRY(db_opt(cx, &SQL_consent_proof, &found, &row, P_ID(cx->account), P_ID(id),
               P_I64(body->ticket_id), P_I64(body->seq)));
    return found ? OK : FAIL_FIELD(ERR_NOT_FOUND, "message_unknown", "seq");
}

static struct err
post_consent(struct cx *cx, struct req *req, struct res *res)
{
    static const char *const kinds[] = { "messages", "marketing", "terms", "data_storage", NULL };
    static const char *const acts[] = { "granted", "withdrawn", NULL };
    struct audit_change change = { 0 };
    struct consent_body body = { 0 };
    struct consent consent;
    struct contact_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_body(req, consent_fields, &body));
    consent = (struct consent){
        .kind = word_of(kinds, body.kind),
        .act = word_of(acts, body.act),
        .source = "member",
        .channel_id = body.channel_id,
        .wording = str_trim(body.wording),
        .note = str_trim(body.note),
        .ticket_id = body.ticket_id,
        .seq = body.seq,
    };
    if (consent.kind == NULL)
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "kind");
    if (consent.act == NULL)
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "act");
    TRY(contact_lock(cx, id));
    TRY(check_links(cx, id, &body));
    TRY(consents_record(cx, id, &consent));
    audit_text(&change, "act", (struct str){ 0 }, body.act);
    audit_text(&change, "kind", (struct str){ 0 }, body.kind);
    audit_changed(cx, "consent.recorded", "contact", id.v, &change);
    return answer_ledger(cx, res, 201, id, 0, 40);
}

const struct route consents_routes[] = {
    { GET, "/api/v1/contacts/:id/consents", "consents.view", TX_READ, get_consents, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/contacts/:id/consents", "consents.record", TX_WRITE, post_consent,
      ACCESS_MEMBER, BODY_JSON, "consent.recorded" },
    { 0 },
};

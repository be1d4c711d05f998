#include "chain.h"

#include "base/json.h"

enum { FORMAT = 0x01, REQUEST_ID_DIGITS = 32 };

static struct audit_number
number(const struct db_row *row, int col)
{
    return (struct audit_number){ db_i64(row, col), db_is_null(row, col) };
}

struct audit_row
audit_row_from(const struct db_row *row, int first)
{
    return (struct audit_row){
        .account = db_i64(row, first),
        .id = db_i64(row, first + 1),
        .at_us = db_time(row, first + 2),
        .action = db_str(row, first + 3),
        .actor_kind = db_str(row, first + 4),
        .actor_id = number(row, first + 5),
        .session_id = number(row, first + 6),
        .token_id = number(row, first + 7),
        .address = db_str(row, first + 8),
        .port = number(row, first + 9),
        .request_id = db_str(row, first + 10),
        .subject_kind = db_str(row, first + 11),
        .subject_id = number(row, first + 12),
        .detail = db_str(row, first + 13),
    };
}

static void
add_be(struct buf *b, uint64_t v, int bytes)
{
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        buf_char(b, (char)(v >> shift & 0xff));
}

static void
add_text(struct buf *b, struct str text)
{
    if (text.p == NULL) {
        add_be(b, UINT32_MAX, 4);
        return;
    }
    add_be(b, text.len, 4);
    buf_add(b, text);
}

static void
add_number(struct buf *b, struct audit_number n)
{
    if (n.is_null) {
        add_be(b, UINT32_MAX, 4);
        return;
    }
    add_be(b, 8, 4);
    add_be(b, (uint64_t)n.v, 8);
}

/* Of a request 32 digits in lower case; jobs write their own words there. */
static void
add_request_id(struct buf *b, struct str id)
{
    uint8_t raw[REQUEST_ID_DIGITS / 2];

    if (id.len == REQUEST_ID_DIGITS && crypto_unhex(id, raw, sizeof raw) &&
        str_eq(crypto_hex(b->arena, raw, sizeof raw), id))
        add_text(b, (struct str){ (const char *)raw, sizeof raw });
    else
        add_text(b, id);
}

struct str
audit_bytes(struct arena *a, const struct audit_row *row, int64_t seq)
{
    struct buf b = { .arena = a };

    buf_char(&b, FORMAT);
    add_be(&b, (uint64_t)row->account, 8);
    add_be(&b, (uint64_t)seq, 8);
    add_be(&b, (uint64_t)row->id, 8);
    add_be(&b, (uint64_t)row->at_us, 8);
    add_text(&b, row->action);
    add_text(&b, row->actor_kind);
    add_number(&b, row->actor_id);
    add_number(&b, row->session_id);
    add_number(&b, row->token_id);
    add_text(&b, row->address);
    add_number(&b, row->port);
    add_request_id(&b, row->request_id);
    add_text(&b, row->subject_kind);
    add_number(&b, row->subject_id);
    add_text(&b, row->detail);
    return buf_str(&b);
}

struct audit_hash
audit_start(struct account_id account)
{
    char text[14 + 8] = "balcao-audit-1";
    struct audit_hash hash;

    for (int i = 0; i < 8; i++)
        text[14 + i] = (char)((uint64_t)account.v >> (56 - 8 * i) & 0xff);
    crypto_sha256((struct str){ text, sizeof text }, hash.v);
    return hash;
}

struct audit_hash
audit_link(struct arena *a, const struct audit_hash *before, const struct audit_row *row,
           int64_t seq)
{
    struct buf b = { .arena = a };
    struct audit_hash hash;

    buf_add(&b, (struct str){ (const char *)before->v, sizeof before->v });
    buf_add(&b, audit_bytes(a, row, seq));
    crypto_sha256(buf_str(&b), hash.v);
    return hash;
}

bool
audit_hash_from(struct cx *cx, const struct db_row *row, int col, struct audit_hash *out)
{
    struct str raw = db_bytes(cx, row, col);

    if (raw.len != sizeof out->v)
        return false;
    memcpy(out->v, raw.p, sizeof out->v);
    return true;
}

struct str
audit_statement(struct arena *a, const struct audit_promise *promise)
{
    struct buf b = { .arena = a };
    struct json_out o = { .buf = &b };

    json_open(&o, '{');
    json_kv_i64(&o, "account", promise->account.v);
    json_kv_i64(&o, "at", promise->at_us);
    json_kv_i64(&o, "count", promise->seq);
    json_kv_str(&o, "hash", crypto_hex(a, promise->hash.v, sizeof promise->hash.v));
    if (promise->kept_from_us != 0)
        json_kv_i64(&o, "kept_from", promise->kept_from_us);
    json_kv_i64(&o, "seq", promise->seq);
    json_close(&o, '}');
    return buf_str(&b);
}

bool
audit_statement_parse(struct arena *a, struct str text, struct audit_promise *out)
{
    const struct json *statement, *kept_from;

    *out = (struct audit_promise){ 0 };
    if (json_parse(a, text, &statement).code != ERR_NONE)
        return false;
    kept_from = json_get(statement, "kept_from");
    return json_i64(json_get(statement, "account"), &out->account.v) &&
           json_i64(json_get(statement, "at"), &out->at_us) &&
           json_i64(json_get(statement, "seq"), &out->seq) &&
           (kept_from == NULL || json_i64(kept_from, &out->kept_from_us)) &&
           crypto_unhex(json_get_text(statement, "hash"), out->hash.v, sizeof out->hash.v);
}

const char *
audit_checkpoint_file(struct cx *cx)
{
    return str_cstr(cx->arena, str_fmt(cx->arena, "%s/checkpoints.jsonl", cx->conf->audit_dir));
}

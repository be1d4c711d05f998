/*
 * The trail as a file that outsiders can check: each row with its link, and the public
 * key by which the signed heads are known.
 */
#include "audit_query.h"

#include "base/clock.h"

#include "audit.sql.h"

/*
 * Always quoted. A spreadsheet takes what begins with one of these for a formula, so it
 * gets an apostrophe before it.
 */
static void
add_cell(struct buf *out, struct str text, char end)
{
    buf_char(out, '"');
    if (text.len > 0 && memchr("=+-@\t\r", text.p[0], 6) != NULL)
        buf_char(out, '\'');
    for (size_t i = 0; i < text.len; i++) {
        if (text.p[i] == '"')
            buf_char(out, '"');
        buf_char(out, text.p[i]);
    }
    buf_char(out, '"');
    buf_char(out, end);
}

static void
add_number(struct buf *out, struct audit_number n)
{
    if (!n.is_null)
        buf_fmt(out, "%lld", (long long)n.v);
    buf_char(out, ',');
}

static struct str
public_key(struct arena *a)
{
    uint8_t key[CRYPTO_ATTEST_KEY_BYTES];

    crypto_attest_key(key);
    return crypto_hex(a, key, sizeof key);
}

static void
add_row(struct buf *out, const struct audit_found *found, struct str key)
{
    const struct audit_row *row = &found->row;
    char iso[CLOCK_ISO_BYTES];

    add_number(out, (struct audit_number){ found->seq, found->seq == 0 });
    add_cell(out, found->hash, ',');
    add_number(out, (struct audit_number){ row->id, false });
    add_cell(out, clock_iso(row->at_us, iso), ',');
    add_cell(out, row->action, ',');
    add_cell(out, row->actor_kind, ',');
    add_number(out, row->actor_id);
    add_cell(out, found->actor_name, ',');
    add_number(out, row->session_id);
    add_number(out, row->token_id);
    add_cell(out, row->address, ',');
    add_number(out, row->port);
    add_cell(out, row->request_id, ',');
    add_cell(out, row->subject_kind, ',');
    add_number(out, row->subject_id);
    add_cell(out, row->detail, ',');
    add_cell(out, key, '\n');
}

void
audit_write_csv(struct cx *cx, struct buf *out, const struct db_rows *rows)
{
    struct str key = public_key(cx->arena);

    buf_add(out, STR("seq,hash,id,at,action,actor_kind,actor_id,actor_name,session_id,token_id,"
                     "address,port,request_id,subject_kind,subject_id,detail,public_key\n"));
    for (int i = 0; i < rows->count; i++) {
        struct audit_found found = audit_found_at(cx, rows, i);

        add_row(out, &found, key);
    }
}

static struct str
hex_of(struct cx *cx, const struct db_row *row, int col)
{
    struct str raw = db_bytes(cx, row, col);

    return crypto_hex(cx->arena, (const uint8_t *)raw.p, raw.len);
}

/* The first line: the key, the last head that it signed, and where the chain begins. Then a row on each. */
struct err
audit_write_jsonl(struct cx *cx, struct buf *out, const struct db_rows *rows)
{
    struct json_out o = { .buf = out };
    struct db_row row, start;
    bool found, begins_late;

    TRY(db_opt(cx, &SQL_audit_last_checkpoint, &found, &row, P_ID(cx->account)));
    TRY(db_opt(cx, &SQL_audit_last_start, &begins_late, &start, P_ID(cx->account)));
    json_open(&o, '{');
    json_kv_str(&o, "public_key", public_key(cx->arena));
    json_kv_str(&o, "statement", found ? db_str(&row, 0) : (struct str){ 0 });
    json_kv_str(&o, "signature", found ? hex_of(cx, &row, 1) : (struct str){ 0 });
    json_kv_str(&o, "start_statement", begins_late ? db_str(&start, 0) : (struct str){ 0 });
    json_kv_str(&o, "start_signature", begins_late ? hex_of(cx, &start, 2) : (struct str){ 0 });
    json_close(&o, '}');
    buf_char(out, '\n');
    for (int i = 0; i < rows->count; i++) {
        struct audit_found one = audit_found_at(cx, rows, i);
        struct json_out line = { .buf = out };

        audit_write_row(&line, &one);
        buf_char(out, '\n');
    }
    return OK;
}

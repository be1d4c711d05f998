/*
 * Flows as a file: documents without their meta, so that nothing personal leaves, and a sum over them.
 */
#include "flows_private.h"

#include "flows_world.sql.h"

/* “[{…},{…}]”: what the checksum is of. */
struct str
flow_bundle_sum(struct arena *a, const struct json *const *documents, size_t n)
{
    struct buf all = { .arena = a }, hex = { .arena = a };
    uint8_t hash[CRYPTO_SHA256_BYTES];

    buf_char(&all, '[');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_char(&all, ',');
        buf_add(&all, canonical_text(a, documents[i], CANONICAL_CONTENT));
    }
    buf_char(&all, ']');
    crypto_sha256(buf_str(&all), hash);
    for (size_t i = 0; i < sizeof hash; i++)
        buf_fmt(&hex, "%02x", hash[i]);
    return buf_str(&hex);
}

struct err
flow_export(struct cx *cx, struct flow_id id, bool is_live, bool with_subflows, struct str *bundle)
{
    struct buf buf = { .arena = cx->arena };
    struct json_out o = { .buf = &buf };
    const struct json **documents;
    struct db_rows rows;

    TRY(db_many(cx, &SQL_flow_reached, &rows, P_ID(cx->account), P_ID(id), P_BOOL(is_live),
                P_BOOL(with_subflows), P_I64(FLOW_CLOSURE_MAX)));
    if (rows.count == 0)
        return FAIL(ERR_NOT_FOUND, "not_found");
    documents = arena_array(cx->arena, const struct json *, (size_t)rows.count);
    json_open(&o, '{');
    json_kv_str(&o, "format", STR("balcao-flows"));
    json_kv_i64(&o, "format_version", 1);
    json_kv_str(&o, "product", STR("balcao"));
    json_kv_time(&o, "exported_at", cx->now_us);
    json_key(&o, "flows");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        TRY(json_parse(cx->arena, db_str(&row, 1), &documents[i]));
        json_put_raw(&o, canonical_text(cx->arena, documents[i], CANONICAL_CONTENT));
    }
    json_close(&o, ']');
    json_key(&o, "files");
    json_open(&o, '[');
    json_close(&o, ']');
    json_kv_str(&o, "checksum", flow_bundle_sum(cx->arena, documents, (size_t)rows.count));
    json_close(&o, '}');
    *bundle = buf_str(&buf);
    return OK;
}

/*
 * Flows as a file: documents without their meta, so that nothing personal leaves, and a sum over them. Of meta, their
 * tests go along when they are asked for: what is in these is made up.
 */
#include "flow_media.h"
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

static void
write_document(struct json_out *o, struct arena *a, const struct json *document, bool with_tests)
{
    const struct json *tests = json_get(json_get(document, "meta"), "tests"), *made;
    struct rewrite only = { 0 };

    if (with_tests && json_len(tests) > 0) {
        only.meta = str_fmt(a, "{\"tests\":%.*s}", STR_ARG(json_print(a, tests)));
        if (json_parse(a, document_rewrite(a, document, &only), &made).code == ERR_NONE) {
            json_put_raw(o, canonical_text(a, made, CANONICAL_WHOLE));
            return;
        }
    }
    json_put_raw(o, canonical_text(a, document, CANONICAL_CONTENT));
}

/* Documents keep a list of what they refer to. */
static bool
is_named(const struct json *const *documents, size_t n, struct str ref)
{
    for (size_t i = 0; i < n; i++) {
        const struct json *refs = json_get(documents[i], "refs");

        for (size_t k = 0; k < json_len(refs); k++)
            if (str_eq(json_get_text(json_at(refs, k), "ref"), ref))
                return true;
    }
    return false;
}

/* Named, not carried: whoever takes the flows in puts them in again. */
static struct err
write_files(struct cx *cx, struct json_out *o, const struct json *const *documents, size_t n)
{
    struct flow_media *files;
    size_t count;

    TRY(flow_media_list(cx, &files, &count));
    json_open(o, '[');
    for (size_t i = 0; i < count; i++) {
        struct str ref = str_fmt(cx->arena, "file:%.*s", STR_ARG(files[i].sha256));

        if (!is_named(documents, n, ref))
            continue;
        json_open(o, '{');
        json_kv_str(o, "sha256", files[i].sha256);
        json_kv_str(o, "name", files[i].name);
        json_kv_str(o, "mime", files[i].mime);
        json_kv_i64(o, "size_bytes", files[i].size_bytes);
        json_close(o, '}');
    }
    json_close(o, ']');
    return OK;
}

struct err
flow_export(struct cx *cx, struct flow_id id, const struct flow_exporting *how, struct str *bundle)
{
    struct buf buf = { .arena = cx->arena };
    struct json_out o = { .buf = &buf };
    const struct json **documents;
    struct db_rows rows;

    TRY(db_many(cx, &SQL_flow_reached, &rows, P_ID(cx->account), P_ID(id), P_BOOL(how->is_live),
                P_BOOL(how->with_subflows), P_I64(FLOW_CLOSURE_MAX)));
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
        write_document(&o, cx->arena, documents[i], how->with_tests);
    }
    json_close(&o, ']');
    json_key(&o, "files");
    TRY(write_files(cx, &o, documents, (size_t)rows.count));
    json_kv_str(&o, "checksum", flow_bundle_sum(cx->arena, documents, (size_t)rows.count));
    json_close(&o, '}');
    *bundle = buf_str(&buf);
    return OK;
}

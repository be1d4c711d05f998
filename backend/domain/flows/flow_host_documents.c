/*
 * The versions that a run stays on, and their documents. A published version is never written again, so what a process
 * has read of it is good for ever: a few are kept, the longest unused gives way.
 */
#include "flow_host_private.h"

#include "flows_host.sql.h"
#include "flows_world.sql.h"

enum { DOCUMENTS_KEPT = 2 * FLOW_CLOSURE_MAX, ARENA_BYTES = 64 * 1024 };

static struct kept {
    int64_t account_id, flow_id, number, used;
    struct arena *arena;
    struct flow_document *document;
    struct flow_words refs;
} kept[DOCUMENTS_KEPT];
static int64_t uses;

/* --- pins ---------------------------------------------------------------------------- */

struct err
flow_pins_now(struct cx *cx, struct str key, struct flow_pin **pins, size_t *n)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_flow_closure, &rows, P_ID(cx->account), db_p_strs(cx->arena, &key, 1),
                P_I64(FLOW_CLOSURE_MAX)));
    *n = (size_t)rows.count;
    *pins = arena_array(cx->arena, struct flow_pin, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        struct db_row row = db_row_at(&rows, (int)i);
        struct flow_pin pin = { db_i64(&row, 0), db_i64(&row, 2), db_str(&row, 1) };

        (*pins)[i] = pin;
        if (str_eq(pin.key, key)) {
            (*pins)[i] = (*pins)[0];
            (*pins)[0] = pin;
        }
    }
    if (*n > 0 && !str_eq((*pins)[0].key, key))
        *n = 0;
    return OK;
}

struct str
flow_pins_write(struct arena *a, const struct flow_pin *pins, size_t n)
{
    struct buf b = { .arena = a };
    struct json_out o = { .buf = &b };

    json_open(&o, '[');
    for (size_t i = 0; i < n; i++) {
        json_open(&o, '{');
        json_kv_str(&o, "flow", pins[i].key);
        json_kv_i64(&o, "id", pins[i].flow_id);
        json_kv_i64(&o, "version", pins[i].number);
        json_close(&o, '}');
    }
    json_close(&o, ']');
    return buf_str(&b);
}

struct err
flow_pins_read(struct cx *cx, struct str text, struct flow_pin **pins, size_t *n)
{
    const struct json *list;

    TRY(json_parse(cx->arena, text, &list));
    *n = json_len(list);
    *pins = arena_array(cx->arena, struct flow_pin, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        const struct json *one = json_at(list, i);

        (*pins)[i].key = json_get_text(one, "flow");
        json_i64(json_get(one, "id"), &(*pins)[i].flow_id);
        json_i64(json_get(one, "version"), &(*pins)[i].number);
    }
    return OK;
}

const struct flow_pin *
flow_pin_of(const struct host *host, struct str key)
{
    for (size_t i = 0; i < host->pin_count; i++)
        if (str_eq(host->pins[i].key, key))
            return &host->pins[i];
    return NULL;
}

/* --- documents ------------------------------------------------------------------------- */

static struct kept *
find_kept(struct account_id account, const struct flow_pin *pin)
{
    for (int i = 0; i < DOCUMENTS_KEPT; i++)
        if (kept[i].account_id == account.v && kept[i].flow_id == pin->flow_id &&
            kept[i].number == pin->number)
            return &kept[i];
    return NULL;
}

/* What this call uses is newer than all else, and there is room for two calls of the largest. */
static struct kept *
longest_unused(void)
{
    struct kept *oldest = &kept[0];

    for (int i = 1; i < DOCUMENTS_KEPT; i++)
        if (kept[i].used < oldest->used)
            oldest = &kept[i];
    return oldest;
}

static struct err
keep(struct account_id account, const struct db_row *row)
{
    struct kept *k = longest_unused();
    struct arena *arena = k->arena == NULL ? arena_new(ARENA_BYTES) : k->arena;
    struct findings findings = { .arena = arena };
    const struct json *json;

    arena_reset(arena);
    *k = (struct kept){ .arena = arena };
    TRY(json_parse(arena, str_dup(arena, db_str(row, 2)), &json));
    TRY(document_read(arena, json, &findings, &k->document));
    k->refs = document_refs(arena, k->document);
    k->account_id = account.v;
    k->flow_id = db_i64(row, 0);
    k->number = db_i64(row, 1);
    k->used = ++uses;
    return OK;
}

static struct err
read_missing(struct cx *cx, const struct host *host)
{
    int64_t *flows = arena_array(cx->arena, int64_t, host->pin_count);
    int64_t *numbers = arena_array(cx->arena, int64_t, host->pin_count);
    struct db_rows rows;
    size_t n = 0;

    for (size_t i = 0; i < host->pin_count; i++) {
        struct kept *k = find_kept(cx->account, &host->pins[i]);

        if (k != NULL) {
            k->used = ++uses;
            continue;
        }
        flows[n] = host->pins[i].flow_id;
        numbers[n++] = host->pins[i].number;
    }
    if (n == 0)
        return OK;
    TRY(db_many(cx, &SQL_run_documents, &rows, P_ID(cx->account), db_p_i64s(cx->arena, flows, n),
                db_p_i64s(cx->arena, numbers, n)));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        TRY(keep(cx->account, &row));
    }
    return OK;
}

struct err
flow_documents(struct cx *cx, struct host *host)
{
    const struct flow_document **v =
        arena_array(cx->arena, const struct flow_document *, host->pin_count);
    struct str *refs;
    size_t n = 0, mentioned = 0;

    TRY(read_missing(cx, host));
    for (size_t i = 0; i < host->pin_count; i++) {
        const struct kept *k = find_kept(cx->account, &host->pins[i]);

        if (k == NULL)
            continue;
        v[n++] = k->document;
        mentioned += k->refs.n;
    }
    refs = arena_array(cx->arena, struct str, mentioned);
    mentioned = 0;
    for (size_t i = 0; i < host->pin_count; i++) {
        const struct kept *k = find_kept(cx->account, &host->pins[i]);

        for (size_t r = 0; k != NULL && r < k->refs.n; r++)
            refs[mentioned++] = k->refs.v[r];
    }
    host->flows = (struct flow_set){ v, n };
    host->refs = (struct flow_words){ refs, mentioned };
    return n > 0 ? OK : FAIL(ERR_NOT_FOUND, "flow_unknown");
}

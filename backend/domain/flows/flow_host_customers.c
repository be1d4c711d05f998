/*
 * Registrations, as flows find and link them: by a document that was typed, which is of the ticket, or by the number that the
 * network vouches for, which is of the contact.
 */
#include "flow_host_private.h"

#include "domain/audit/audit.h"

#include "flows_host.sql.h"

/* --- looking ------------------------------------------------------------------------------- */

/* "+5549988412076" as people write it down: with the country's and the ninth digit, or without. */
static struct db_param
spellings(struct cx *cx, struct str phone)
{
    struct str *v = arena_array(cx->arena, struct str, 4);
    struct buf digits = { .arena = cx->arena };
    struct str whole, near;
    size_t n = 0;

    for (size_t i = 0; i < phone.len; i++)
        if (phone.p[i] >= '0' && phone.p[i] <= '9')
            buf_char(&digits, phone.p[i]);
    whole = buf_str(&digits);
    v[n++] = whole;
    if (str_starts(whole, STR("55")) && whole.len >= 12) {
        near = (struct str){ whole.p + 2, whole.len - 2 };
        v[n++] = near;
        if (near.len == 11)
            near = str_fmt(cx->arena, "%.2s%.8s", near.p, near.p + 3);
        else if (near.len == 10)
            near = str_fmt(cx->arena, "%.2s9%.8s", near.p, near.p + 2);
        v[n++] = near;
        v[n++] = str_fmt(cx->arena, "55%.*s", STR_ARG(near));
    }
    return db_p_strs(cx->arena, v, n);
}

static struct str
written(struct arena *a, const struct db_rows *rows)
{
    struct buf b = { .arena = a };
    struct json_out o = { .buf = &b };

    json_open(&o, '{');
    json_key(&o, "customers");
    json_open(&o, '[');
    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);

        json_open(&o, '{');
        json_kv_str(&o, "id", db_str(&row, 0));
        json_kv_str(&o, "document", db_str(&row, 1));
        json_kv_str(&o, "name", db_str(&row, 2));
        json_kv_str(&o, "kind", STR("customer"));
        json_kv_str(&o, "doc_type",
                    str_eq(db_str(&row, 3), STR("company")) ? STR("cnpj") : STR("cpf"));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return buf_str(&b);
}

struct err
flow_search(struct cx *cx, const struct run *run, struct call_result *out)
{
    const struct json *request;
    struct str document, phone;
    struct db_rows rows;

    TRY(json_parse(cx->arena, run->call.request, &request));
    document = json_get_text(request, "document");
    phone = json_get_text(request, "phone");
    TRY(db_many(cx, &SQL_run_customers, &rows, P_ID(cx->account),
                P_STR(document.len > 0 ? document : (struct str){ 0 }), spellings(cx, phone)));
    *out = (struct call_result){ .call = run->call.id,
                                 .outcome = rows.count > 0 ? STR("ok") : STR("not_found") };
    return json_parse(cx->arena, written(cx->arena, &rows), &out->data);
}

/* --- linking -------------------------------------------------------------------------------- */

struct err
flow_link(struct cx *cx, struct host *host, const struct effect *e)
{
    const struct json *data = flow_effect_data(cx->arena, e);
    struct str proof = json_get_text(data, "proof");
    struct audit_change change = { 0 };
    const struct ticket *t = &host->ticket;
    int64_t customer, linked;

    if (!str_i64(json_get_text(data, "customer"), &customer))
        return OK; /* of another system, which keeps it itself */
    if (str_eq(json_get_text(data, "level"), STR("contact"))) {
        TRY(db_exec(cx, &SQL_run_link_contact, &linked, P_ID(cx->account), P_ID(t->contact),
                    P_I64(customer), P_TIME(cx->now_us)));
        audit_id(&change, "customer_id", 0, customer);
        if (linked > 0)
            audit_changed(cx, "contact.linked", "contact", t->contact.v, &change);
    }
    db_queue(cx, &SQL_run_link_ticket, P_ID(cx->account), P_ID(t->id), P_I64(customer),
             P_STR(proof.len > 0 ? proof : STR("document")), P_TIME(cx->now_us));
    return OK;
}

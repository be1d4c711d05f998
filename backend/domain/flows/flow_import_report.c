#include "flow_import_private.h"

struct str
flow_ref_kind(struct str ref)
{
    struct str kind = { 0 };

    (void)str_cut(&ref, ':', &kind);
    return kind;
}

static void
write_flows(struct json_out *o, const struct plan *plan)
{
    json_key(o, "flows");
    json_open(o, '[');
    for (size_t i = 0; i < plan->flow_count; i++) {
        const struct import_flow *flow = &plan->flows[i];

        json_open(o, '{');
        json_kv_id(o, "id", flow->id);
        json_kv_str(o, "key", flow->key);
        json_kv_str(o, "new_key", flow->new_key);
        json_kv_str(o, "name", flow->text.name);
        json_kv_i64(o, "cards", flow->text.document->card_count);
        json_kv_i64(o, "connectors", flow->text.document->connector_count);
        json_close(o, '}');
    }
    json_close(o, ']');
}

struct looking {
    struct str ref;
    bool is_found;
};

static void
look(struct str key, const struct json *v, void *arg)
{
    struct looking *l = arg;

    (void)key;
    if (json_kind(v) == JSON_OBJECT)
        json_each(v, look, l);
    for (size_t i = 0; i < json_len(v); i++)
        look(STR(""), json_at(v, i), l);
    l->is_found = l->is_found || str_eq(json_text(v), l->ref);
}

/* Ids of the cards whose settings name it. */
static void
write_cards_naming(struct json_out *o, const struct plan *plan, struct str ref)
{
    json_key(o, "cards");
    json_open(o, '[');
    for (size_t i = 0; i < plan->flow_count; i++) {
        const struct json *list = json_get(plan->flows[i].given, "cards");

        for (size_t at = 0; at < json_len(list); at++) {
            struct looking l = { ref, false };

            look(STR(""), json_get(json_at(list, at), "settings"), &l);
            if (l.is_found)
                json_put_str(o, json_get_text(json_at(list, at), "id"));
        }
    }
    json_close(o, ']');
}

enum fate { RESOLVED, CREATED, UNRESOLVED };

static enum fate
fate_of(const struct import_ref *ref)
{
    return ref->is_made ? CREATED : ref->to.len > 0 ? RESOLVED : UNRESOLVED;
}

static void
write_refs(struct json_out *o, const char *name, const struct plan *plan, enum fate fate)
{
    json_key(o, name);
    json_open(o, '[');
    for (size_t i = 0; i < plan->ref_count; i++) {
        const struct import_ref *ref = &plan->refs[i];

        if (fate_of(ref) != fate)
            continue;
        json_open(o, '{');
        json_kv_str(o, "ref", ref->ref);
        json_kv_str(o, "name", ref->name.p == NULL ? STR("") : ref->name);
        if (fate == RESOLVED)
            json_kv_str(o, "to", ref->to);
        write_cards_naming(o, plan, ref->ref);
        json_close(o, '}');
    }
    json_close(o, ']');
}

/* The bytes of files do not travel yet: each is named, and has to be put in again. */
static void
write_files(struct json_out *o, const struct plan *plan)
{
    json_key(o, "files");
    json_open(o, '[');
    for (size_t i = 0; i < plan->ref_count; i++) {
        struct str ref = plan->refs[i].ref, kind = flow_ref_kind(ref);

        if (!str_eq(kind, STR("file")))
            continue;
        json_open(o, '{');
        json_kv_str(o, "sha256", (struct str){ ref.p + kind.len + 1, ref.len - kind.len - 1 });
        json_kv_str(o, "status", plan->refs[i].to.len > 0 ? STR("known") : STR("missing"));
        json_close(o, '}');
    }
    json_close(o, ']');
}

static void
write_unknown_cards(struct json_out *o, const struct plan *plan)
{
    json_key(o, "unknown_cards");
    json_open(o, '[');
    for (size_t i = 0; i < plan->flow_count; i++) {
        const struct flow_document *document = plan->flows[i].text.document;

        for (int at = 0; at < document->card_count; at++)
            if (document->cards[at].kind == NULL)
                json_put_str(o, document->cards[at].id);
    }
    json_close(o, ']');
}

struct str
flow_import_report(struct arena *a, const struct plan *plan)
{
    struct buf buf = { .arena = a };
    struct json_out o = { .buf = &buf };
    size_t errors = 0, warnings = 0;

    for (size_t i = 0; i < plan->flow_count; i++) {
        errors += findings_count(&plan->flows[i].findings, FINDING_ERROR);
        warnings += findings_count(&plan->flows[i].findings, FINDING_WARNING);
    }
    json_open(&o, '{');
    write_flows(&o, plan);
    write_refs(&o, "resolved", plan, RESOLVED);
    write_refs(&o, "created", plan, CREATED);
    write_refs(&o, "unresolved", plan, UNRESOLVED);
    write_files(&o, plan);
    write_unknown_cards(&o, plan);
    json_key(&o, "checksum_ok");
    if (plan->has_sum)
        json_put_bool(&o, plan->is_sum_right);
    else
        json_put_null(&o);
    json_kv_i64(&o, "error_count", (int64_t)errors);
    json_kv_i64(&o, "warning_count", (int64_t)warnings);
    json_close(&o, '}');
    return buf_str(&buf);
}

/*
 * Flows from a file. First a plan: keys that are free, what each reference is here, what is to be made; then, unless it
 * was only asked what would happen, the drafts. All of them or none: it is one transaction.
 */
#include "flow_import_private.h"
#include "flow_media.h"

#include "domain/audit/audit.h"
#include "domain/auth/auth.h"

#include "flows_world.sql.h"

#include <stdlib.h>

/* --- reading the file -------------------------------------------------------------------- */

static struct err
read_one(struct cx *cx, const struct json *given, struct import_flow *out)
{
    struct str filled;

    TRY(document_fill(cx->arena, json_print(cx->arena, given), &filled));
    TRY(json_parse(cx->arena, filled, &out->given));
    out->key = json_get_text(out->given, "key");
    return flow_is_key(out->key) ? OK : FAIL_FIELD(ERR_INVALID, "flow_key_invalid", "bundle");
}

/* The sum is over what was written, before anything of ours is filled in. */
static struct err
check_sum(struct cx *cx, const struct json *bundle, const struct json *list, struct plan *plan)
{
    const struct json **documents = arena_array(cx->arena, const struct json *, json_len(list) + 1);
    struct str sum = json_get_text(bundle, "checksum");

    plan->has_sum = sum.len > 0;
    for (size_t i = 0; i < json_len(list); i++) {
        documents[i] = json_at(list, i);
        TRY(canonical_require(documents[i]));
    }
    plan->is_sum_right =
        plan->has_sum && str_eq(sum, flow_bundle_sum(cx->arena, documents, json_len(list)));
    return OK;
}

static struct err
read_bundle(struct cx *cx, const struct json *bundle, struct plan *plan)
{
    const struct json *list = json_get(bundle, "flows");
    struct str format = json_get_text(bundle, "format");
    int64_t version = 0;

    plan->flows = arena_array(cx->arena, struct import_flow, json_len(list) + 1);
    if (str_eq(format, STR("balcao-flow"))) {
        plan->flow_count = 1;
        return read_one(cx, bundle, &plan->flows[0]);
    }
    if (!str_eq(format, STR("balcao-flows")) || json_kind(list) != JSON_ARRAY)
        return FAIL_FIELD(ERR_INVALID, "flow_foreign", "bundle");
    if (!json_i64(json_get(bundle, "format_version"), &version) || version != 1)
        return FAIL_FIELD(ERR_INVALID, version > 1 ? "flow_newer" : "flow_foreign", "bundle");
    if (json_len(list) == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "bundle");
    if (json_len(list) > FLOW_CLOSURE_MAX)
        return FAIL_FIELD(ERR_INVALID, "too_many", "bundle");
    TRY(check_sum(cx, bundle, list, plan));
    plan->flow_count = json_len(list);
    for (size_t i = 0; i < plan->flow_count; i++) {
        TRY(read_one(cx, json_at(list, i), &plan->flows[i]));
        for (size_t j = 0; j < i; j++)
            if (str_eq(plan->flows[i].key, plan->flows[j].key))
                return FAIL_FIELD(ERR_INVALID, "flow_key_twice", "bundle");
    }
    return OK;
}

/* --- what references are here ------------------------------------------------------------------ */

static struct import_ref *
ref_of(const struct plan *plan, struct str ref)
{
    for (size_t i = 0; i < plan->ref_count; i++)
        if (str_eq(plan->refs[i].ref, ref))
            return &plan->refs[i];
    return NULL;
}

static struct str
name_in(const struct json *document, struct str ref)
{
    const struct json *refs = json_get(document, "refs");

    for (size_t i = 0; i < json_len(refs); i++)
        if (str_eq(json_get_text(json_at(refs, i), "ref"), ref))
            return json_get_text(json_at(refs, i), "name");
    return (struct str){ 0 };
}

static struct err
collect_refs(struct cx *cx, struct plan *plan)
{
    plan->refs = arena_array(cx->arena, struct import_ref, IMPORT_REFS_MAX);
    for (size_t i = 0; i < plan->flow_count; i++) {
        struct findings unread = flow_findings(cx, plan->flows[i].key);
        struct flow_document *document;
        struct flow_words refs;

        TRY(document_read(cx->arena, plan->flows[i].given, &unread, &document));
        refs = document_refs(cx->arena, document);
        for (size_t at = 0; at < refs.n; at++) {
            if (ref_of(plan, refs.v[at]) != NULL)
                continue;
            if (plan->ref_count == IMPORT_REFS_MAX)
                return FAIL_FIELD(ERR_INVALID, "too_many", "bundle");
            plan->refs[plan->ref_count++] =
                (struct import_ref){ .ref = refs.v[at],
                                     .name = name_in(plan->flows[i].given, refs.v[at]) };
        }
    }
    return OK;
}

/* What somebody chose by hand. */
static struct err
apply_mapping(struct cx *cx, const struct json *mapping, struct plan *plan)
{
    static const struct json_field fields[] = {
        { "ref", JSON_STR, true, offsetof(struct rewrite_ref, from), 100 },
        { "to", JSON_STR, true, offsetof(struct rewrite_ref, to), 100 },
        { 0 },
    };
    size_t n = json_len(mapping);
    struct str *wanted = arena_array(cx->arena, struct str, n + 1);
    struct db_rows rows;

    if (mapping == NULL || json_kind(mapping) == JSON_NULL)
        return OK;
    if (json_kind(mapping) != JSON_ARRAY)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", "mapping");
    if (n > IMPORT_REFS_MAX)
        return FAIL_FIELD(ERR_INVALID, "too_many", "mapping");
    for (size_t i = 0; i < n; i++) {
        struct rewrite_ref pair = { 0 };
        struct import_ref *ref;

        if (json_read(cx->arena, json_at(mapping, i), fields, &pair).code != ERR_NONE)
            return FAIL_FIELD(ERR_INVALID, "wrong_type", "mapping");
        ref = ref_of(plan, pair.from);
        if (ref == NULL || !str_eq(flow_ref_kind(pair.from), flow_ref_kind(pair.to)))
            return FAIL_FIELD(ERR_INVALID, "unknown_value", "mapping");
        ref->to = wanted[i] = pair.to;
    }
    if (n == 0)
        return OK;
    TRY(db_many(cx, &SQL_flow_refs_now, &rows, P_ID(cx->account), db_p_strs(cx->arena, wanted, n)));
    for (size_t i = 0; i < n; i++) {
        bool is_there = false;

        for (int at = 0; at < rows.count && !is_there; at++) {
            struct db_row row = db_row_at(&rows, at);

            is_there = str_eq(db_str(&row, 0), wanted[i]);
        }
        if (!is_there)
            return FAIL_FIELD(ERR_INVALID, "unknown_value", "mapping");
    }
    return OK;
}

/* Flows of the same file go to their new keys. */
static void
resolve_flows(struct cx *cx, struct plan *plan)
{
    for (size_t i = 0; i < plan->flow_count; i++) {
        struct str ref = str_fmt(cx->arena, "flow:%.*s", STR_ARG(plan->flows[i].key));
        struct import_ref *found = ref_of(plan, ref);

        if (found != NULL)
            found->to = str_fmt(cx->arena, "flow:%.*s", STR_ARG(plan->flows[i].new_key));
    }
}

/* What is in a file is its name everywhere: it is here already, or waits to be put in. */
static struct err
resolve_files(struct cx *cx, struct plan *plan)
{
    for (size_t i = 0; i < plan->ref_count; i++) {
        struct import_ref *ref = &plan->refs[i];
        struct said_file file;
        struct err e;

        if (ref->to.len > 0 || !str_eq(flow_ref_kind(ref->ref), STR("file")))
            continue;
        e = flow_media_find(cx, ref->ref, &file);
        if (e.code == ERR_NONE)
            ref->to = ref->ref;
        else if (e.code != ERR_NOT_FOUND)
            return e;
    }
    return OK;
}

/* By kind and name, whatever its number was there. */
static struct err
resolve_named(struct cx *cx, struct plan *plan)
{
    struct str *kinds = arena_array(cx->arena, struct str, plan->ref_count + 1);
    struct str *names = arena_array(cx->arena, struct str, plan->ref_count + 1);
    struct import_ref **open = arena_array(cx->arena, struct import_ref *, plan->ref_count + 1);
    struct db_rows rows;
    size_t n = 0;

    for (size_t i = 0; i < plan->ref_count; i++)
        if (plan->refs[i].to.len == 0 && plan->refs[i].name.len > 0) {
            kinds[n] = flow_ref_kind(plan->refs[i].ref);
            names[n] = plan->refs[i].name;
            open[n++] = &plan->refs[i];
        }
    if (n == 0)
        return OK;
    TRY(db_many(cx, &SQL_flow_refs_named, &rows, P_ID(cx->account), db_p_strs(cx->arena, kinds, n),
                db_p_strs(cx->arena, names, n)));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);
        struct import_ref *ref = open[db_i64(&row, 0) - 1];

        ref->to = str_fmt(cx->arena, "%.*s:%.*s", STR_ARG(flow_ref_kind(ref->ref)),
                          STR_ARG(db_str(&row, 1)));
    }
    return OK;
}

/* --- documents as they will be here ----------------------------------------------------------------- */

static struct err
give_keys(struct cx *cx, struct plan *plan)
{
    struct flow_keys keys;

    TRY(flow_keys_read(cx, &keys));
    for (size_t i = 0; i < plan->flow_count; i++)
        plan->flows[i].new_key = flow_keys_free(&keys, plan->flows[i].key);
    return OK;
}

static int
by_ref(const void *a, const void *b)
{
    const struct import_ref *x = a, *y = b;

    return str_compare(x->ref, y->ref);
}

/* "refs" as the file has it, under what each is here: so that what was not found keeps its name. */
static struct str
refs_moved(struct arena *a, const struct plan *plan, const struct json *given)
{
    const struct json *refs = json_get(given, "refs");
    struct buf buf = { .arena = a };
    struct json_out o = { .buf = &buf };

    json_open(&o, '[');
    for (size_t i = 0; i < json_len(refs); i++) {
        const struct import_ref *ref = ref_of(plan, json_get_text(json_at(refs, i), "ref"));

        if (ref == NULL)
            continue;
        json_open(&o, '{');
        json_kv_str(&o, "ref", ref->moved_to);
        json_kv_str(&o, "name", ref->name.p == NULL ? STR("") : ref->name);
        json_close(&o, '}');
    }
    json_close(&o, ']');
    return buf_str(&buf);
}

static struct err
rewrite_all(struct cx *cx, const struct flow_import *wish, struct plan *plan)
{
    struct rewrite_ref *moved = arena_array(cx->arena, struct rewrite_ref, plan->ref_count + 1);
    struct flow_promised promised = { plan->made, plan->made_count };

    qsort(plan->refs, plan->ref_count, sizeof *plan->refs, by_ref);
    for (size_t i = 0; i < plan->ref_count; i++) {
        struct import_ref *ref = &plan->refs[i];

        ref->moved_to = ref->to.len > 0 ? ref->to
                        : str_eq(flow_ref_kind(ref->ref), STR("file"))
                            ? ref->ref
                            : str_fmt(cx->arena, "%.*s:?", STR_ARG(flow_ref_kind(ref->ref)));
        moved[i] = (struct rewrite_ref){ ref->ref, ref->moved_to };
    }
    for (size_t i = 0; i < plan->flow_count; i++) {
        struct import_flow *flow = &plan->flows[i];
        struct rewrite how = { .key = flow->new_key,
                               .moved = moved,
                               .moved_count = plan->ref_count };

        how.refs = refs_moved(cx->arena, plan, flow->given);
        if (i == 0 && wish->name.len > 0)
            how.name = wish->name;
        flow->findings = flow_findings(cx, flow->new_key);
        TRY(flow_text_read(cx, document_rewrite(cx->arena, flow->given, &how), &flow->findings,
                           &flow->text));
        TRY(flow_lint(cx, (struct flow_id){ 0 }, &flow->text, 0, &promised, &flow->findings));
    }
    return OK;
}

struct err
flow_import(struct cx *cx, const struct flow_import *wish, bool is_dry, struct str *report)
{
    struct plan plan = { 0 };

    TRY(read_bundle(cx, wish->bundle, &plan));
    TRY(give_keys(cx, &plan));
    TRY(collect_refs(cx, &plan));
    resolve_flows(cx, &plan);
    TRY(apply_mapping(cx, wish->mapping, &plan));
    TRY(resolve_files(cx, &plan));
    TRY(resolve_named(cx, &plan));
    TRY(flow_import_make(cx, wish, is_dry, &plan));
    TRY(rewrite_all(cx, wish, &plan));
    for (size_t i = 0; i < plan.flow_count && !is_dry; i++) {
        struct audit_change change = { 0 };
        struct flow_id id;

        TRY(flows_add(cx, &plan.flows[i].text, &plan.flows[i].findings, &id));
        plan.flows[i].id = id.v;
        audit_text(&change, "key", plan.flows[i].key, plan.flows[i].new_key);
        audit_changed(cx, "flow.imported", "flow", id.v, &change);
    }
    *report = flow_import_report(cx->arena, &plan);
    return OK;
}

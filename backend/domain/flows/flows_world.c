/*
 * What the linter is told of the world around a flow: what its references are, which flows it reaches, and on which
 * kinds of channels it is to speak.
 */
#include "flows_private.h"

#include "domain/contacts/contacts.h"
#include "domain/templates/templates.h"

#include "flows_world.sql.h"

bool
flow_channel_of(struct str driver_kind, enum flow_channel *out)
{
    /* Brokers of one network are one kind to a flow. */
    if (str_starts(driver_kind, STR("whatsapp"))) {
        *out = FLOW_WHATSAPP;
        return true;
    }
    for (int i = 0; i < FLOW_CHANNEL__COUNT; i++)
        if (str_eq(driver_kind, str_of(flow_channel_names[i]))) {
            *out = (enum flow_channel)i;
            return true;
        }
    return false;
}

struct findings
flow_findings(struct cx *cx, struct str key)
{
    return (struct findings){ .arena = cx->arena, .flow = key, .language = cx->language };
}

/* --- references --------------------------------------------------------------------- */

static struct lint_ref
thing_from_row(const struct db_row *row)
{
    return (struct lint_ref){
        .ref = db_str(row, 0),
        .name = db_str(row, 1),
        .does_not_serve = db_bool(row, 2),
        .is_empty = db_bool(row, 3),
        .has_hours = db_bool(row, 4),
        .is_inactive = db_bool(row, 5),
    };
}

/* Why one is not sent, as whoever writes a flow is told. */
static const struct {
    const char *slug, *reason;
} template_reasons[] = {
    { "template_gone", "não existe mais na rede" },
    { "template_paused", "está pausado por baixa qualidade" },
    { "template_not_approved", "não está aprovado" },
    { "template_unfit", "é de um tipo que os fluxos não enviam" },
    { "template_of_codes", "leva um código de acesso, que os fluxos não enviam" },
};

static void
know_template(struct lint_ref *thing, const struct template *template)
{
    bool is_low = str_eq(template->quality, STR("red"));

    thing->shape = template->shape;
    thing->channels = template->channels;
    thing->is_passing = template->unfit == NULL || strcmp(template->unfit, "template_paused") == 0;
    for (size_t i = 0;
         template->unfit != NULL && i < sizeof template_reasons / sizeof template_reasons[0]; i++)
        if (strcmp(template_reasons[i].slug, template->unfit) == 0)
            thing->reason = str_of(template_reasons[i].reason);
    if (template->unfit == NULL && is_low)
        thing->reason = STR("pode ser pausado: a qualidade está baixa");
}

/* What the linter knows of templates is theirs alone to say. */
static struct err
know_templates(struct cx *cx, struct lint_ref *things, size_t n)
{
    int64_t *ids = arena_array(cx->arena, int64_t, n + 1);
    struct template_list list;
    size_t wanted = 0;

    for (size_t i = 0; i < n; i++) {
        struct str kind, id = things[i].ref;

        if (!things[i].is_gone && str_cut(&id, ':', &kind) && str_eq(kind, STR("template")) &&
            str_i64(id, &ids[wanted]))
            wanted++;
    }
    TRY(templates_of(cx, ids, wanted, &list));
    for (size_t at = 0; at < list.n; at++)
        for (size_t i = 0; i < n; i++)
            if (str_eq(things[i].ref,
                       str_fmt(cx->arena, "template:%lld", (long long)list.v[at].id.v)))
                know_template(&things[i], &list.v[at]);
    return OK;
}

/* Both lists are in order of bytes: one walk for a document with very many. */
static struct err
look_up(struct cx *cx, struct flow_words refs, struct lint_ref **out)
{
    struct lint_ref *things = arena_array(cx->arena, struct lint_ref, refs.n + 1);
    struct db_rows rows = { 0 };
    int at = 0;

    if (refs.n > 0)
        TRY(db_many(cx, &SQL_flow_refs_now, &rows, P_ID(cx->account),
                    db_p_strs(cx->arena, refs.v, refs.n)));
    for (size_t i = 0; i < refs.n; i++) {
        things[i] = (struct lint_ref){ .ref = refs.v[i], .is_gone = true };
        while (at < rows.count) {
            struct db_row row = db_row_at(&rows, at);
            int order = str_compare(db_str(&row, 0), refs.v[i]);

            if (order > 0)
                break;
            if (order == 0)
                things[i] = thing_from_row(&row);
            at++;
        }
    }
    *out = things;
    return know_templates(cx, things, refs.n);
}

static struct str
name_of(const struct json *known)
{
    struct str name = json_get_text(known, "name");

    return name.p == NULL ? STR("") : name;
}

static void
write_ref(struct json_out *o, struct str ref, struct str name, struct str detail)
{
    json_open(o, '{');
    json_kv_str(o, "ref", ref);
    json_kv_str(o, "name", name);
    if (detail.p != NULL)
        json_kv_str(o, "detail", detail);
    json_close(o, '}');
}

/*
 * [{ref, name, detail?}]: names as they are now; of what is gone, the last that was known. What an import did not find
 * is several things under one kind:? and keeps all their names.
 */
static struct str
refs_written(struct arena *a, const struct flow_text *text)
{
    const struct json *known = json_get(text->json, "refs");
    struct buf buf = { .arena = a };
    struct json_out o = { .buf = &buf };
    size_t at = 0;

    json_open(&o, '[');
    for (size_t i = 0; i < text->refs.n; i++) {
        const struct lint_ref *thing = &text->things[i];
        bool is_written = false;
        int order = -1;

        while (at < json_len(known) && order <= 0) {
            const struct json *last = json_at(known, at);

            order = str_compare(json_get_text(last, "ref"), thing->ref);
            if (order == 0 && (!is_written || thing->is_gone)) {
                write_ref(&o, thing->ref, thing->is_gone ? name_of(last) : thing->name,
                          json_get_text(last, "detail"));
                is_written = true;
            }
            at += order <= 0;
        }
        if (!is_written)
            write_ref(&o, thing->ref, thing->is_gone ? STR("") : thing->name, (struct str){ 0 });
    }
    json_close(&o, ']');
    return buf_str(&buf);
}

struct err
flow_text_read(struct cx *cx, struct str sent, struct findings *findings, struct flow_text *out)
{
    struct rewrite with_names = { 0 };

    TRY(document_fill(cx->arena, sent, &out->text));
    TRY(json_parse(cx->arena, out->text, &out->json));
    TRY(document_read(cx->arena, out->json, findings, &out->document));
    out->key = out->document->key;
    out->name = out->document->name;
    if (!flow_is_key(out->key))
        return FAIL_FIELD(ERR_INVALID, "flow_key_invalid", "document");
    if (out->name.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "name");
    if (str_code_points(out->name) > FLOW_NAME_MAX)
        return FAIL_FIELD(ERR_INVALID, "too_long", "name");
    out->refs = document_refs(cx->arena, out->document);
    TRY(look_up(cx, out->refs, &out->things));
    with_names.refs = refs_written(cx->arena, out);
    TRY(json_parse(cx->arena, document_rewrite(cx->arena, out->json, &with_names), &out->json));
    out->text = canonical_text(cx->arena, out->json, CANONICAL_WHOLE);
    out->hash = canonical_hash(cx->arena, out->json, CANONICAL_OWN);
    return OK;
}

static void
promise(struct lint_ref *things, size_t n, const struct flow_promised *promised)
{
    for (size_t i = 0; promised != NULL && i < promised->n; i++)
        for (size_t at = 0; at < n; at++)
            if (str_eq(things[at].ref, promised->v[i].ref))
                things[at] = promised->v[i];
}

/* --- flows that it reaches --------------------------------------------------------------- */

struct err
flow_closure(struct cx *cx, struct flow_id self, struct flow_words refs, struct flow_set *out)
{
    struct str *keys = arena_array(cx->arena, struct str, refs.n + 1);
    const struct flow_document **documents;
    struct db_rows rows = { 0 };
    size_t n = 0;

    for (size_t i = 0; i < refs.n; i++)
        if (str_starts(refs.v[i], STR("flow:")))
            keys[n++] = (struct str){ refs.v[i].p + 5, refs.v[i].len - 5 };
    if (n > 0)
        TRY(db_many(cx, &SQL_flow_closure, &rows, P_ID(cx->account), db_p_strs(cx->arena, keys, n),
                    P_I64(FLOW_CLOSURE_MAX + 1)));
    documents = arena_array(cx->arena, const struct flow_document *, (size_t)rows.count + 1);
    out->n = 0;
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);
        struct findings of_others = flow_findings(cx, db_str(&row, 1));
        struct flow_document *document;
        const struct json *json;

        if (db_i64(&row, 0) == self.v)
            continue;
        TRY(json_parse(cx->arena, db_str(&row, 3), &json));
        TRY(document_read(cx->arena, json, &of_others, &document));
        documents[out->n++] = document;
    }
    out->v = documents;
    return OK;
}

/* What the account keeps by a name: fields of contacts, secrets of calls. */
static struct err
read_names(struct cx *cx, struct lint_world *world)
{
    struct str *fields, *names;
    struct db_rows secrets;
    size_t n;

    TRY(db_many(cx, &SQL_flow_secret_names, &secrets, P_ID(cx->account)));
    TRY(contacts_field_keys(cx, &fields, &n));
    names = arena_array(cx->arena, struct str, n + (size_t)secrets.count + 1);
    for (size_t i = 0; i < n; i++)
        if (fields[i].len > 0)
            names[world->name_count++] =
                str_fmt(cx->arena, "contact.fields.%.*s", STR_ARG(fields[i]));
    for (int i = 0; i < secrets.count; i++) {
        struct db_row row = db_row_at(&secrets, i);

        names[world->name_count++] = str_fmt(cx->arena, "secret.%.*s", STR_ARG(db_str(&row, 0)));
    }
    world->names = names;
    return OK;
}

struct err
flow_lint(struct cx *cx, struct flow_id id, const struct flow_text *text, unsigned channels,
          const struct flow_promised *promised, struct findings *findings)
{
    struct lint_world world = { .ref_count = text->refs.n, .channels = channels };
    struct str kinds, kind;
    struct db_row row;

    TRY(db_one(cx, &SQL_flow_surroundings, &row, P_ID(cx->account), P_ID(id)));
    kinds = db_str(&row, 0);
    while (str_cut(&kinds, ' ', &kind)) {
        enum flow_channel channel;

        if (flow_channel_of(kind, &channel))
            world.channels |= 1u << channel;
    }
    world.is_bound = db_bool(&row, 1) || channels != 0;
    world.wants_reasons = db_bool(&row, 2);
    promise(text->things, text->refs.n, promised);
    world.refs = text->things;
    TRY(read_names(cx, &world));
    TRY(flow_closure(cx, id, text->refs, &world.flows));
    lint_document(cx->arena, text->document, &world, findings);
    if (json_len(json_get(json_get(text->json, "meta"), "tests")) == 0)
        findings_add(findings, "L702", STR(""));
    findings_sort(findings);
    return OK;
}

void
flow_findings_write(struct json_out *o, struct arena *a, const struct findings *findings)
{
    json_kv_i64(o, "error_count", (int64_t)findings_count(findings, FINDING_ERROR));
    json_kv_i64(o, "warning_count", (int64_t)findings_count(findings, FINDING_WARNING));
    json_key(o, "findings");
    findings_write(o, a, findings);
}

void
flow_findings_refused(struct res *res, struct arena *a, const struct findings *findings)
{
    struct json_out o = res_more(res);

    json_key(&o, "findings");
    findings_write(&o, a, findings);
}

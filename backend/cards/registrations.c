#include "registrations.h"

#include "settings.h"
#include "values.h"

enum { SEARCH_S = 45 };

const char *const registration_sources[] = { "local", "erp", "both", NULL };

/* --- what is kept ----------------------------------------------------------------- */

static void
read_one(struct search *search, const struct json *one)
{
    struct fact_registration *found = &search->found[search->n];
    struct str document = json_get_text(one, "document"), kind = json_get_text(one, "kind");

    if (search->n == REGISTRATIONS_MAX || json_get_text(one, "id").len == 0)
        return;
    if (str_eq(search->by, STR("document")) && document.len > 0 && !str_eq(document, search->value))
        return;
    *found = (struct fact_registration){
        .id = json_get_text(one, "id"),
        .name = json_get_text(one, "name"),
        .document = document,
        .kind = kind.len > 0 ? kind : STR("customer"),
        .is_company = str_eq(json_get_text(one, "doc_type"), STR("cnpj")) || document.len == 14,
    };
    search->contracts[search->n++] = json_get_text(one, "contract");
}

static void
read_found(struct search *search, const struct json *data)
{
    const struct json *list = json_get(data, "customers");

    for (size_t i = 0; i < json_len(list); i++)
        read_one(search, json_at(list, i));
    read_one(search, json_get(data, "customer"));
}

void
search_read(struct step *s, struct search *out)
{
    const struct json *scratch = kept(s);
    int64_t page;

    *out = (struct search){ .by = json_get_text(scratch, "by"),
                            .value = json_get_text(scratch, "value"),
                            .asked = json_get_text(scratch, "asked"),
                            .has_failed = json_true(json_get(scratch, "failed")) };
    if (json_i64(json_get(scratch, "page"), &page) && page > 0 && page <= REGISTRATIONS_MAX)
        out->page = (int)page;
    read_found(out, scratch);
}

void
search_keep(struct step *s, int phase, const struct search *search)
{
    struct buf text = { .arena = step_arena(s) };
    struct json_out o = { .buf = &text };

    json_open(&o, '{');
    json_kv_str(&o, "by", search->by);
    json_kv_str(&o, "value", search->value);
    json_kv_str(&o, "asked", search->asked);
    json_kv_bool(&o, "failed", search->has_failed);
    json_kv_i64(&o, "page", search->page);
    json_key(&o, "customers");
    json_open(&o, '[');
    for (int i = 0; i < search->n; i++) {
        json_open(&o, '{');
        json_kv_str(&o, "id", search->found[i].id);
        json_kv_str(&o, "document", search->found[i].document);
        json_kv_str(&o, "name", search->found[i].name);
        json_kv_str(&o, "kind", search->found[i].kind);
        json_kv_str(&o, "doc_type", search->found[i].is_company ? STR("cnpj") : STR("cpf"));
        json_kv_str(&o, "contract", search->contracts[i]);
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    step_keep(s, phase, buf_str(&text));
}

/* --- asking ----------------------------------------------------------------------- */

static void
ask(struct step *s, struct search *search, struct str whom)
{
    struct buf request = { .arena = step_arena(s) };
    struct json_out o = { .buf = &request };
    bool is_by_phone = str_eq(search->by, STR("phone"));

    search->asked = whom;
    search_keep(s, step_run(s)->phase, search);
    json_open(&o, '{');
    json_put_key(&o, search->by);
    json_put_str(&o, search->value);
    json_close(&o, '}');
    if (str_eq(whom, STR("erp")))
        step_call(s, "erp", is_by_phone ? "find_customer_by_phone" : "find_customer",
                  buf_str(&request), SEARCH_S, true);
    else
        step_call(s, "local", "find_customer", buf_str(&request), SEARCH_S, true);
}

static bool
may_ask(struct step *s, const char *whom)
{
    struct str source = step_word(s, "source");

    return str_eq(source, STR("both")) || str_eq(source, str_of(whom));
}

enum search_end
search_begin(struct step *s, struct str by, struct str value)
{
    struct search search = { .by = by, .value = value };

    if (may_ask(s, "erp") && facts_can(step_facts(s), "erp"))
        ask(s, &search, STR("erp"));
    else if (may_ask(s, "local"))
        ask(s, &search, STR("local"));
    else
        return SEARCH_FAILED;
    return SEARCH_GOES_ON;
}

enum search_end
search_take(struct step *s, const struct call_result *result, struct search *out)
{
    search_read(s, out);
    if (str_eq(result->outcome, STR("ok")))
        read_found(out, result->data);
    else if (!str_eq(result->outcome, STR("not_found")))
        out->has_failed = true;

    if (out->n > 0)
        return SEARCH_FOUND;
    if (str_eq(out->asked, STR("erp")) && may_ask(s, "local")) {
        ask(s, out, STR("local"));
        return SEARCH_GOES_ON;
    }
    return out->has_failed ? SEARCH_FAILED : SEARCH_NOBODY;
}

/* --- choosing, and linking -------------------------------------------------------- */

struct str
registration_first_name(struct str name)
{
    struct str rest = str_trim(name), first = { 0 };

    str_cut(&rest, ' ', &first);
    return first;
}

struct options *
search_options(struct step *s, const struct search *search)
{
    struct option_found offered[REGISTRATIONS_MAX];

    for (int i = 0; i < search->n; i++) {
        struct str name = registration_first_name(search->found[i].name);
        struct variable_value document = { VARIABLE_DOCUMENT, search->found[i].document };

        offered[i] = (struct option_found){ str_fmt(step_arena(s), "r%d", i),
                                            name.len > 0 ? name : STR("Cadastro"),
                                            value_masked(s, document) };
    }
    return options_page(s, offered, search->n, search->page);
}

int
search_picked(struct step *s, int phase, int option)
{
    struct search search;
    const struct options *offered;
    struct str id;
    int64_t which;

    search_read(s, &search);
    offered = search_options(s, &search);
    id = offered->values[option];
    if (str_eq(id, options_more)) {
        search.page++;
        search_keep(s, phase, &search);
        step_ask(s);
        return -1;
    }
    return str_i64((struct str){ id.p + 1, id.len - 1 }, &which) ? (int)which : 0;
}

void
registration_link(struct step *s, const char *op, const char *level, const struct search *search,
                  int which, const char *proof)
{
    step_link(s, op, level, &search->found[which], proof, search->contracts[which]);
}

const struct fact_registration *
registration_of(struct step *s, struct str document)
{
    const struct facts *facts = step_facts(s);

    for (size_t i = 0; i < facts->registration_count; i++)
        if (str_eq(facts->registrations[i].document, document))
            return &facts->registrations[i];
    return NULL;
}

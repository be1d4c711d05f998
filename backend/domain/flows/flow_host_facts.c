/*
 * What a step may know, read in its own transaction and in one round trip: the ticket and its contact always, of
 * departments, periods and shifts those that the flows mention.
 */
#include "flow_host_private.h"

#include "base/clock.h"
#include "domain/flows/flows_private.h"
#include "domain/hours/hours.h"

#include "flows_host.sql.h"

#define LATELY_US (5 * US_PER_MIN)

/* Columns of run_facts. */
enum column {
    OFFSET_S,
    OPENED_AT,
    EMAIL,
    BIRTH,
    OPTED_OUT,
    AGREED_TO,
    AGREED_AT,
    COMPANY,
    PRIVACY_URL,
    BRANCH,
    DEPARTMENT,
    CHANNEL,
    CHANNEL_KIND,
    REASON,
    CONTACT_TAGS,
    LAST_AGENT,
    ANSWERED_LATELY,
    AGENT
};

/* What is asked together. */
struct answers {
    struct db_rows version, departments, shifts, registrations, fields;
    struct db_row ticket;
};

int64_t
flow_ref_id(struct str ref, const char *kind)
{
    struct str word, id = ref;
    int64_t v;

    return str_cut(&id, ':', &word) && str_eq(word, str_of(kind)) && str_i64(id, &v) ? v : 0;
}

static struct db_param
ids_of(struct cx *cx, struct flow_words refs, const char *kind, int64_t besides)
{
    int64_t *ids = arena_array(cx->arena, int64_t, refs.n + 1);
    size_t n = 0;

    if (besides != 0)
        ids[n++] = besides;
    for (size_t i = 0; i < refs.n; i++)
        if (flow_ref_id(refs.v[i], kind) != 0)
            ids[n++] = flow_ref_id(refs.v[i], kind);
    return db_p_i64s(cx->arena, ids, n);
}

static struct err
ask(struct cx *cx, const struct host *host, struct answers *a)
{
    const struct ticket *t = &host->ticket;

    hours_ask(cx, &a->version);
    db_ask(cx, &SQL_run_departments, &a->departments, P_ID(cx->account),
           ids_of(cx, host->refs, "department", t->department.v));
    db_ask(cx, &SQL_run_shifts, &a->shifts, P_ID(cx->account), ids_of(cx, host->refs, "shift", 0));
    db_ask(cx, &SQL_run_registrations, &a->registrations, P_ID(cx->account), P_ID(t->contact),
           P_ID(t->id));
    contacts_ask_fields(cx, t->contact, &a->fields);
    TRY(db_one(cx, &SQL_run_facts, &a->ticket, P_ID(cx->account), P_ID(t->id), P_TIME(cx->now_us),
               P_TIME(cx->now_us - LATELY_US)));
    return OK;
}

/* --- hours ------------------------------------------------------------------------------ */

static struct fact_hours
hours_then(struct cx *cx, const struct hours_book *book, struct str ref,
           const struct hours_subject *subject, int64_t at_us)
{
    struct hours hours;

    hours_look(book, subject, at_us, &hours);
    return (struct fact_hours){
        .ref = ref,
        .is_inside = hours.state.is_open,
        .is_holiday = !hours.state.is_open && hours.state.rule == OPENING_HOLIDAY,
        .next_opening = hours_wall(cx->arena, hours.zone, hours_next_opening(book, subject, at_us)),
    };
}

static void
read_hours(struct cx *cx, struct host *host, const struct hours_book *book,
           const struct db_rows *shifts, int64_t at_us)
{
    struct str now = hours_shift(book, at_us);
    struct fact_hours *v =
        arena_array(cx->arena, struct fact_hours, host->refs.n + (size_t)shifts->count);
    size_t n = 0;

    for (size_t i = 0; i < host->refs.n; i++) {
        struct hours_subject period = { .period = { flow_ref_id(host->refs.v[i], "period") } };

        if (period.period.v != 0)
            v[n++] = hours_then(cx, book, host->refs.v[i], &period, at_us);
    }
    for (int i = 0; i < shifts->count; i++) {
        struct db_row row = db_row_at(shifts, i);

        v[n++] = (struct fact_hours){
            .ref = str_fmt(cx->arena, "shift:%lld", (long long)db_i64(&row, 0)),
            .is_inside = now.p != NULL && str_eq(now, db_str(&row, 1)),
        };
    }
    host->facts.hours = v;
    host->facts.hours_count = n;
}

static void
read_departments(struct cx *cx, struct host *host, const struct hours_book *book,
                 const struct db_rows *rows, int64_t at_us)
{
    struct fact_department *v = arena_array(cx->arena, struct fact_department, (size_t)rows->count);

    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);
        struct hours_subject subject = { .department_id = db_i64(&row, 0),
                                         .channel_id = host->ticket.channel.v };
        struct str ref = str_fmt(cx->arena, "department:%lld", (long long)db_i64(&row, 0));

        v[i] = (struct fact_department){
            .ref = ref,
            .name = db_str(&row, 1),
            .serves = db_bool(&row, 2),
            .members_online = db_i64(&row, 3),
            .waiting = db_i64(&row, 4),
            .hours = hours_then(cx, book, ref, &subject, at_us),
        };
    }
    host->facts.departments = v;
    host->facts.department_count = (size_t)rows->count;
}

/* --- of people ----------------------------------------------------------------------------- */

/* The one that the ticket is about, or that there is; of several it is asked for. */
static void
read_registrations(struct cx *cx, struct facts *facts, const struct db_rows *rows)
{
    struct fact_registration *v =
        arena_array(cx->arena, struct fact_registration, (size_t)rows->count);

    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);

        v[i] = (struct fact_registration){
            .id = db_str(&row, 0),
            .name = db_str(&row, 1),
            .document = db_str(&row, 2),
            .kind = STR("customer"),
            .is_company = str_eq(db_str(&row, 3), STR("company")),
        };
        if (db_bool(&row, 4))
            facts->customer = v[i].id;
    }
    facts->registrations = v;
    facts->registration_count = (size_t)rows->count;
    if (rows->count == 1)
        facts->customer = v[0].id;
}

/* Ids between anything that is no digit, as facts know tags. */
static void
read_tags(struct cx *cx, struct facts *facts, enum fact_tag_level level, struct str ids)
{
    size_t from = 0;

    for (size_t i = 0; i <= ids.len; i++) {
        if (i < ids.len && ids.p[i] >= '0' && ids.p[i] <= '9')
            continue;
        if (i > from)
            facts_tag(cx->arena, facts, level,
                      str_fmt(cx->arena, "tag:%.*s", (int)(i - from), ids.p + from), true);
        from = i + 1;
    }
}

/* Nothing of a phone that stands for a name. */
static struct str
first_name(struct str name)
{
    struct str rest = str_trim(name), first = { 0 };

    if (!contacts_is_like_phone(rest))
        str_cut(&rest, ' ', &first);
    return first;
}

static void
read_values(struct cx *cx, struct host *host, const struct db_row *row)
{
    const struct ticket *t = &host->ticket;
    const struct {
        const char *name;
        enum variable_type type;
        struct str text;
    } values[] = {
        { "ticket.protocol", VARIABLE_TEXT, t->protocol },
        { "ticket.opened_at", VARIABLE_DATETIME, db_str(row, OPENED_AT) },
        { "ticket.reason", VARIABLE_TEXT, db_str(row, REASON) },
        { "contact.name", VARIABLE_TEXT, t->contact_name },
        { "contact.first_name", VARIABLE_TEXT, first_name(t->contact_name) },
        { "contact.phone", VARIABLE_PHONE, host->facts.phone },
        { "contact.email", VARIABLE_EMAIL, db_str(row, EMAIL) },
        { "contact.birth_date", VARIABLE_DATE, db_str(row, BIRTH) },
        { "company.name", VARIABLE_TEXT, db_str(row, COMPANY) },
        { "company.privacy_url", VARIABLE_TEXT, db_str(row, PRIVACY_URL) },
        { "branch.name", VARIABLE_TEXT, db_str(row, BRANCH) },
        { "department.name", VARIABLE_TEXT, db_str(row, DEPARTMENT) },
        /* Whoever has it, or had it when it came back; while a card hands it over nobody does yet. */
        { "agent.name", VARIABLE_TEXT, db_str(row, AGENT) },
        { "agent.first_name", VARIABLE_TEXT, first_name(db_str(row, AGENT)) },
        { "channel.name", VARIABLE_TEXT, db_str(row, CHANNEL) },
    };

    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        if (values[i].text.len > 0)
            facts_set(cx->arena, &host->facts, str_of(values[i].name),
                      (struct variable_value){ values[i].type, values[i].text });
}

static const struct {
    const char *kind;
    enum variable_type type;
} field_types[] = {
    { "number", VARIABLE_NUMBER },
    { "date", VARIABLE_DATE },
    { "flag", VARIABLE_BOOLEAN },
};

/* What the account knows of the contact besides; of two that are called alike the first. */
static void
read_fields(struct cx *cx, struct facts *facts, const struct db_rows *rows)
{
    for (int i = rows->count; i-- > 0;) {
        struct contact_field field = contacts_field_at(cx, rows, i);
        struct variable_value value = { VARIABLE_TEXT, field.value };

        for (size_t k = 0; k < sizeof field_types / sizeof field_types[0]; k++)
            if (str_eq(field.kind, str_of(field_types[k].kind)))
                value.type = field_types[k].type;
        facts_set(cx->arena, facts, str_fmt(cx->arena, "contact.fields.%.*s", STR_ARG(field.key)),
                  value);
    }
}

/* What it came by; .p == NULL: by itself. */
static struct err
read_origin(struct cx *cx, struct facts *facts, struct str text)
{
    const struct json *origin;

    if (text.len == 0)
        return OK;
    TRY(json_parse(cx->arena, text, &origin));
    facts->origin.kind = json_get_text(origin, "kind");
    facts->origin.ad_id = json_get_text(origin, "ad_id");
    facts->origin.headline = json_get_text(origin, "headline");
    facts->origin.campaign = json_get_text(origin, "campaign");
    facts->origin.ref = json_get_text(origin, "ref");
    return OK;
}

struct err
flow_facts(struct cx *cx, struct host *host, int64_t at_us)
{
    const struct ticket *t = &host->ticket;
    struct answers *a = arena_new_of(cx->arena, struct answers);
    struct facts *facts = &host->facts;
    const struct hours_book *book;

    TRY(ask(cx, host, a));
    TRY(hours_book(cx, &a->version, &book));
    *facts = (struct facts){
        .utc_offset_s = db_i64(&a->ticket, OFFSET_S),
        .channel_ref = str_fmt(cx->arena, "channel:%lld", (long long)t->channel.v),
        .window_ends_us = t->window_ends_at_us,
        .bot_controls = str_eq(t->controller, STR("bot")),
        .epoch = t->controller_epoch,
        .is_opted_out = db_bool(&a->ticket, OPTED_OUT),
        .consent = { db_str(&a->ticket, AGREED_TO), db_time(&a->ticket, AGREED_AT) },
        .was_served = t->first_reply_at_us != 0,
        .answered_lately = db_i64(&a->ticket, ANSWERED_LATELY),
    };
    if (!flow_channel_of(db_str(&a->ticket, CHANNEL_KIND), &facts->channel))
        facts->channel = FLOW_API;
    if (str_eq(t->contact_kind, STR("phone")))
        facts->phone = t->contact_address;
    if (t->branch_id != 0)
        facts->branch = str_fmt(cx->arena, "branch:%lld", (long long)t->branch_id);
    if (!db_is_null(&a->ticket, LAST_AGENT))
        facts->last_agent =
            str_fmt(cx->arena, "user:%lld", (long long)db_i64(&a->ticket, LAST_AGENT));
    read_tags(cx, facts, TAGS_TICKET, t->tag_ids);
    read_tags(cx, facts, TAGS_CONTACT, db_str(&a->ticket, CONTACT_TAGS));
    read_registrations(cx, facts, &a->registrations);
    read_hours(cx, host, book, &a->shifts, at_us);
    read_departments(cx, host, book, &a->departments, at_us);
    read_values(cx, host, &a->ticket);
    read_fields(cx, facts, &a->fields);
    return read_origin(cx, facts, t->origin);
}

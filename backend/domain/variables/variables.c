#include "variables_private.h"

#include "domain/contacts/contacts.h"
#include "domain/hours/hours.h"

#include "variables.sql.h"

const struct variable variables[] = {
    { "ticket.protocol", VARIABLE_TEXT, NULL, "20261120-0417" },
    { "ticket.opened_at", VARIABLE_DATETIME, NULL, "2026-11-20T14:32:00" },
    { "contact.name", VARIABLE_TEXT, NULL, "Marina Alves de Souza" },
    { "contact.first_name", VARIABLE_TEXT, NULL, "Marina" },
    { "contact.phone", VARIABLE_PHONE, NULL, "5549988412076" },
    { "contact.email", VARIABLE_EMAIL, NULL, "marina@exemplo.com.br" },
    { "customer.name", VARIABLE_TEXT, "Cliente", "Marina Alves de Souza" },
    { "customer.first_name", VARIABLE_TEXT, "Cliente", "Marina" },
    { "company.name", VARIABLE_TEXT, NULL, "Rede Pinhão" },
    { "branch.name", VARIABLE_TEXT, NULL, "Chapecó" },
    { "department.name", VARIABLE_TEXT, NULL, "Suporte" },
    { "agent.name", VARIABLE_TEXT, NULL, "Ana Ribeiro" },
    { "agent.first_name", VARIABLE_TEXT, NULL, "Ana" },
    { "channel.name", VARIABLE_TEXT, NULL, "WhatsApp Suporte" },
    { "channel.kind", VARIABLE_TEXT, NULL, "whatsapp_cloud" },
    { "now.date", VARIABLE_DATE, NULL, "2026-11-20" },
    { "now.time", VARIABLE_TIME, NULL, "14:32" },
    { "now.weekday", VARIABLE_TEXT, NULL, "sexta-feira" },
    { "now.greeting", VARIABLE_TEXT, NULL, "Boa tarde" },
    { "hours.is_open", VARIABLE_BOOLEAN, NULL, "false" },
    { "hours.next_opening", VARIABLE_DATETIME, NULL, "2026-11-21T08:00:00" },
    { "queue.position", VARIABLE_NUMBER, NULL, "3" },
    { "queue.wait", VARIABLE_TEXT, "sem previsão", "cerca de 5 minutos" },
    { 0 },
};

const char *const variable_type_names[VARIABLE__COUNT] = {
    [VARIABLE_TEXT] = "text",         [VARIABLE_NUMBER] = "number",
    [VARIABLE_BOOLEAN] = "boolean",   [VARIABLE_DATE] = "date",
    [VARIABLE_TIME] = "time",         [VARIABLE_DATETIME] = "datetime",
    [VARIABLE_DOCUMENT] = "document", [VARIABLE_PHONE] = "phone",
    [VARIABLE_EMAIL] = "email",       [VARIABLE_MONEY] = "money",
    [VARIABLE_LIST] = "list",         [VARIABLE_FILE] = "file",
    [VARIABLE_LOCATION] = "location",
};

const struct variable *
variables_find(struct str name)
{
    for (const struct variable *v = variables; v->name != NULL; v++)
        if (str_eq(name, str_of(v->name)))
            return v;
    return NULL;
}

bool
variables_is_known(struct str name)
{
    return variables_find(name) != NULL;
}

struct err
variables_require(struct cx *cx, struct str text, const char *field)
{
    struct variables_problems problems = variables_check(cx->arena, text, variables_is_known);

    return problems.n == 0 ? OK : FAIL_FIELD(ERR_INVALID, problems.v[0].slug, field);
}

/* Of a ticket ------------------------------------------------------------------ */

/* Columns of variables_of_ticket, and what its last two are asked for. */
enum column {
    PROTOCOL,
    OPENED_AT,
    CONTACT_NAME,
    CONTACT_PHONE,
    CONTACT_EMAIL,
    COMPANY,
    BRANCH,
    DEPARTMENT,
    AGENT,
    CHANNEL,
    CHANNEL_KIND,
    NOW,
    DEPARTMENT_ID,
    CHANNEL_ID,
    QUEUE_POSITION,
    QUEUE_WAIT, /* in seconds */
    ROW_COLUMNS,
    HOURS_IS_OPEN = ROW_COLUMNS,
    HOURS_NEXT_OPENING,
    COLUMN__MAX
};

/* Its parts, by bit; the ticket's own row is always read, if anything is. */
enum {
    PART_CONTACT = 1,
    PART_DEPARTMENT = 2,
    PART_BRANCH = 4,
    PART_AGENT = 8,
    PART_CHANNEL = 16,
    PART_TICKET = 32,
    PART_HOURS = 64,
    PART_QUEUE = 128
};

/* "Ana" of "Ana Ribeiro"; nothing of a phone that stands for a name. */
static struct str
first_name(struct str name)
{
    struct str head = { 0 };

    name = str_trim(name);
    if (!contacts_is_like_phone(name))
        str_cut(&name, ' ', &head);
    return head;
}

static struct str
date_of(struct str now)
{
    return (struct str){ now.p, 10 };
}

static struct str
time_of(struct str now)
{
    return (struct str){ now.p + 11, 5 };
}

static struct str
weekday_of(struct str now)
{
    return filter_weekday(&(struct filter_call){ 0 }, filter_said(now)).text;
}

static struct str
greeting_of(struct str now)
{
    struct str hour = { now.p + 11, 2 };

    if (memcmp(hour.p, "05", 2) < 0 || memcmp(hour.p, "18", 2) >= 0)
        return STR("Boa noite");
    return memcmp(hour.p, "12", 2) < 0 ? STR("Bom dia") : STR("Boa tarde");
}

/*
 * Seconds as one says them to somebody who waits. Rounded up, the more roughly the longer: nobody can
 * promise minutes of an hour.
 */
static struct str
wait_in_words(struct str seconds)
{
    static const struct {
        int64_t until_s;
        struct str words;
    } steps[] = {
        { 60, STR_INIT("menos de 1 minuto") },     { 120, STR_INIT("cerca de 2 minutos") },
        { 180, STR_INIT("cerca de 3 minutos") },   { 300, STR_INIT("cerca de 5 minutos") },
        { 600, STR_INIT("cerca de 10 minutos") },  { 900, STR_INIT("cerca de 15 minutos") },
        { 1200, STR_INIT("cerca de 20 minutos") }, { 1800, STR_INIT("cerca de 30 minutos") },
        { 2700, STR_INIT("cerca de 45 minutos") }, { 3600, STR_INIT("cerca de 1 hora") },
        { 7200, STR_INIT("de 1 a 2 horas") },
    };
    int64_t s;

    if (!str_i64(seconds, &s))
        return (struct str){ 0 };
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++)
        if (s <= steps[i].until_s)
            return steps[i].words;
    return STR("mais de 2 horas");
}

/* What a name stands for; those that are missing here are always empty so far. */
static const struct {
    const char *name;
    enum column column;
    int part;
    struct str (*derive)(struct str); /* NULL: the column as it is */
} sources[] = {
    { "ticket.protocol", PROTOCOL, PART_TICKET, NULL },
    { "ticket.opened_at", OPENED_AT, PART_TICKET, NULL },
    { "contact.name", CONTACT_NAME, PART_TICKET, NULL },
    { "contact.first_name", CONTACT_NAME, PART_TICKET, first_name },
    { "contact.phone", CONTACT_PHONE, PART_TICKET, NULL },
    { "contact.email", CONTACT_EMAIL, PART_CONTACT, NULL },
    { "company.name", COMPANY, PART_DEPARTMENT, NULL },
    { "branch.name", BRANCH, PART_BRANCH, NULL },
    { "department.name", DEPARTMENT, PART_DEPARTMENT, NULL },
    { "agent.name", AGENT, PART_AGENT, NULL },
    { "agent.first_name", AGENT, PART_AGENT, first_name },
    { "channel.name", CHANNEL, PART_CHANNEL, NULL },
    { "channel.kind", CHANNEL_KIND, PART_CHANNEL, NULL },
    { "now.date", NOW, PART_TICKET, date_of },
    { "now.time", NOW, PART_TICKET, time_of },
    { "now.weekday", NOW, PART_TICKET, weekday_of },
    { "now.greeting", NOW, PART_TICKET, greeting_of },
    { "hours.is_open", HOURS_IS_OPEN, PART_HOURS, NULL },
    { "hours.next_opening", HOURS_NEXT_OPENING, PART_HOURS, NULL },
    { "queue.position", QUEUE_POSITION, PART_QUEUE, NULL },
    { "queue.wait", QUEUE_WAIT, PART_QUEUE, wait_in_words },
};

/* Which parts a text names. */
static void
note_part(void *arg, struct str name, struct variable_value *out)
{
    int *parts = arg;

    (void)out;
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++)
        if (str_eq(name, str_of(sources[i].name)))
            *parts |= sources[i].part;
}

static void
value_of_ticket(void *arg, struct str name, struct variable_value *out)
{
    const struct str *values = arg;

    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++)
        if (str_eq(name, str_of(sources[i].name))) {
            struct str column = values[sources[i].column];

            out->type = variables_find(name)->type;
            out->text = sources[i].derive == NULL ? column : sources[i].derive(column);
        }
}

/* Of the department that the ticket is in, of its channel, of the account: whoever decides. */
static struct err
add_hours(struct cx *cx, const struct db_row *row, const struct db_rows *version,
          struct str values[COLUMN__MAX])
{
    struct hours_subject subject = { .department_id = db_i64(row, DEPARTMENT_ID),
                                     .channel_id = db_i64(row, CHANNEL_ID) };
    const struct hours_book *book;
    struct hours hours;

    TRY(hours_book(cx, version, &book));
    hours_look(book, &subject, cx->now_us, &hours);
    values[HOURS_IS_OPEN] = hours.state.is_open ? STR("true") : STR("false");
    values[HOURS_NEXT_OPENING] =
        hours_wall(cx->arena, hours.zone, hours_next_opening(book, &subject, cx->now_us));
    return OK;
}

struct err
variables_fill_marked(struct cx *cx, struct ticket_id ticket, struct str text,
                      struct variables_filled *out)
{
    struct str values[COLUMN__MAX] = { 0 };
    struct db_rows version;
    struct db_row row;
    int parts = 0;

    /* Said without values, it is the answer already when it names none. */
    *out = variables_render(cx->arena, text,
                            &(struct variables_source){ .value = note_part, .arg = &parts });
    if (parts == 0)
        return OK;
    if ((parts & PART_HOURS) != 0)
        hours_ask(cx, &version);
    TRY(db_one(cx, &SQL_variables_of_ticket, &row, P_ID(cx->account), P_ID(ticket),
               P_TIME(cx->now_us), P_I64(parts), P_ID(cx->member)));
    for (int i = 0; i < ROW_COLUMNS; i++)
        values[i] = db_str(&row, i);
    if ((parts & PART_HOURS) != 0)
        TRY(add_hours(cx, &row, &version, values));
    *out = variables_render(cx->arena, text,
                            &(struct variables_source){ value_of_ticket, values, values[NOW] });
    return OK;
}

struct err
variables_fill(struct cx *cx, struct ticket_id ticket, struct str text, struct str *out)
{
    struct variables_filled filled;

    TRY(variables_fill_marked(cx, ticket, text, &filled));
    *out = filled.text;
    return OK;
}

static void
value_of_example(void *arg, struct str name, struct variable_value *out)
{
    const struct variable *variable = variables_find(name);

    (void)arg;
    if (variable != NULL)
        *out = (struct variable_value){ variable->type, str_of(variable->example) };
}

struct variables_filled
variables_fill_sample(struct cx *cx, struct str text)
{
    return variables_render(
        cx->arena, text,
        &(struct variables_source){ value_of_example, NULL, STR("2026-11-20T14:32:00") });
}

/*
 * What a recorded conversation takes for granted: the world as a few words, each of which becomes facts.
 */
#include "recording_private.h"

#include "base/clock.h"
#include "members.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

enum { LISTED_MAX = 500 }; /* of anything */

/* A clock that days can be counted from. */
#define EARLIEST_US (clock_days(1990, 1, 1) * US_PER_DAY)
#define LATEST_US (clock_days(2100, 1, 1) * US_PER_DAY)

/* --- names that texts can say -------------------------------------------------------- */

/* Whatever else is in one of these sections is text. */
static const struct {
    const char *name;
    enum variable_type type;
} typed[] = {
    { "contact.phone", VARIABLE_PHONE },       { "contact.email", VARIABLE_EMAIL },
    { "contact.birth_date", VARIABLE_DATE },   { "customer.document", VARIABLE_DOCUMENT },
    { "ticket.opened_at", VARIABLE_DATETIME }, { "department.waiting", VARIABLE_NUMBER },
};

static void
set(struct given *given, struct str name, struct str value)
{
    struct variable_value kept = { VARIABLE_TEXT, value };

    for (size_t i = 0; i < COUNT(typed); i++)
        if (str_eq(name, str_of(typed[i].name)))
            kept.type = typed[i].type;
    facts_set(given->arena, given->facts, name, kept);
}

struct section {
    struct given *given;
    const char *name;
    int members;
    struct err err;
};

static void
read_name(struct str key, const struct json *v, void *arg)
{
    struct section *section = arg;
    struct str name = str_fmt(section->given->arena, "%s.%.*s", section->name, STR_ARG(key));

    if (json_kind(v) != JSON_TEXT)
        section->err = FAIL_FIELD(ERR_INVALID, "wrong_type", str_cstr(section->given->arena, name));
    else if (++section->members > LISTED_MAX)
        section->err = FAIL_FIELD(ERR_INVALID, "too_many", section->name);
    else
        set(section->given, name, json_text(v));
}

static struct err
read_section(struct given *given, const char *name, const struct json *v)
{
    struct section section = { .given = given, .name = name, .err = OK };

    if (json_kind(v) != JSON_OBJECT)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", name);
    json_each(v, read_name, &section);
    return section.err;
}

/* "Ana" of "Ana Exemplo", unless it is given. */
static void
set_first_name(struct given *given, const char *section, const struct json *v)
{
    struct str rest = json_get_text(v, "name"), first;

    if (json_get(v, "first_name") == NULL && str_cut(&rest, ' ', &first))
        set(given, str_fmt(given->arena, "%s.first_name", section), first);
}

/* --- each member ---------------------------------------------------------------------- */

static struct err
read_channel(struct given *given, const struct json *v)
{
    for (int i = 0; i < FLOW_CHANNEL__COUNT; i++)
        if (str_eq(json_text(v), str_of(flow_channel_names[i]))) {
            given->facts->channel = (enum flow_channel)i;
            set(given, STR("channel.kind"), json_text(v));
            return OK;
        }
    return FAIL_FIELD(ERR_INVALID, "unknown_word", "channel");
}

/* "2026-11-20T09:30:00-03:00": its zone is the company's. */
static struct err
read_now(struct given *given, const struct json *v)
{
    struct str text = json_text(v);
    int64_t wall_us;

    if (text.len < 20 || !clock_parse(text, &given->now_us) ||
        !clock_parse(str_fmt(given->arena, "%.19sZ", text.p), &wall_us) ||
        given->now_us < EARLIEST_US || given->now_us > LATEST_US)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", "now");
    given->facts->utc_offset_s = (wall_us - given->now_us) / US_PER_S;
    return OK;
}

static struct err
read_protocol(struct given *given, const struct json *v)
{
    set(given, STR("ticket.protocol"), json_text(v));
    return OK;
}

/* "consent": opted_in, opted_out; else nothing was ever said. */
static struct err
read_contact(struct given *given, const struct json *v)
{
    struct str consent = json_get_text(v, "consent");

    TRY(read_section(given, "contact", v));
    set_first_name(given, "contact", v);
    if (json_get(v, "phone") != NULL) /* as the network names them */
        given->facts->phone = json_get_text(v, "phone");
    given->facts->is_opted_out = str_eq(consent, STR("opted_out"));
    if (str_eq(consent, STR("opted_in")))
        given->facts->consent = (struct fact_consent){ STR("*"), given->now_us };
    return OK;
}

static struct err
read_customer(struct given *given, const struct json *v)
{
    TRY(read_section(given, "customer", v));
    set_first_name(given, "customer", v);
    given->facts->customer = json_get_text(v, "id");
    return OK;
}

static struct err
read_branch(struct given *given, const struct json *v)
{
    TRY(read_section(given, "branch", v));
    given->facts->branch = json_get_text(v, "ref");
    return OK;
}

static struct err
read_company(struct given *given, const struct json *v)
{
    return read_section(given, "company", v);
}

static struct err
read_agent(struct given *given, const struct json *v)
{
    TRY(read_section(given, "agent", v));
    set_first_name(given, "agent", v);
    given->facts->last_agent = json_get_text(v, "ref");
    given->facts->was_served = given->facts->last_agent.len > 0;
    return OK;
}

static const struct member hours_members[] = {
    { "ref", MEMBER_TEXT, offsetof(struct fact_hours, ref) },
    { "inside", MEMBER_FLAG, offsetof(struct fact_hours, is_inside) },
    { "holiday", MEMBER_FLAG, offsetof(struct fact_hours, is_holiday) },
    { "next_opening", MEMBER_TEXT, offsetof(struct fact_hours, next_opening) },
    { 0 },
};

/* Those that are named; the others stay. */
static struct err
read_hours(struct given *given, const struct json *v)
{
    struct facts *facts = given->facts;
    size_t room = facts->hours_count + json_len(v);
    struct fact_hours *hours = arena_array(given->arena, struct fact_hours, room);

    for (size_t i = 0; i < facts->hours_count; i++)
        hours[i] = facts->hours[i];
    for (size_t i = 0; i < json_len(v); i++) {
        struct str ref = json_get_text(json_at(v, i), "ref");
        size_t at = 0;

        while (at < facts->hours_count && !str_eq(hours[at].ref, ref))
            at++;
        hours[at] = (struct fact_hours){ 0 };
        TRY(members_read(json_at(v, i), hours_members, &hours[at]));
        facts->hours_count += at == facts->hours_count;
    }
    facts->hours = hours;
    return OK;
}

static const struct member department_members[] = {
    { "ref", MEMBER_TEXT, offsetof(struct fact_department, ref) },
    { "name", MEMBER_TEXT, offsetof(struct fact_department, name) },
    { "serves", MEMBER_FLAG, offsetof(struct fact_department, serves) },
    { "online", MEMBER_WHOLE, offsetof(struct fact_department, members_online) },
    { "waiting", MEMBER_WHOLE, offsetof(struct fact_department, waiting) },
    { "inside", MEMBER_FLAG, offsetof(struct fact_department, hours.is_inside) },
    { "holiday", MEMBER_FLAG, offsetof(struct fact_department, hours.is_holiday) },
    { "next_opening", MEMBER_TEXT, offsetof(struct fact_department, hours.next_opening) },
    { 0 },
};

/* Open, with somebody there, unless it is said otherwise. */
static struct err
read_departments(struct given *given, const struct json *v)
{
    struct fact_department *departments =
        arena_array(given->arena, struct fact_department, json_len(v) + 1);

    for (size_t i = 0; i < json_len(v); i++) {
        departments[i].serves = departments[i].hours.is_inside = true;
        departments[i].members_online = 1;
        TRY(members_read(json_at(v, i), department_members, departments + i));
        departments[i].hours.ref = departments[i].ref;
    }
    given->facts->departments = departments;
    given->facts->department_count = json_len(v);
    return OK;
}

/* Of the ticket, as a list; else {"ticket":[…],"contact":[…],"customer":[…]}. */
static struct err
read_tags(struct given *given, const struct json *v)
{
    for (int level = 0; level < TAGS__COUNT; level++) {
        const struct json *list = json_kind(v) == JSON_ARRAY
                                      ? (level == TAGS_TICKET ? v : NULL)
                                      : json_get(v, fact_tag_level_names[level]);

        given->facts->tags[level].n = 0;
        for (size_t i = 0; i < json_len(list); i++)
            facts_tag(given->arena, given->facts, (enum fact_tag_level)level,
                      json_text(json_at(list, i)), true);
    }
    return OK;
}

static const struct member value_members[] = {
    { "name", MEMBER_TEXT, offsetof(struct fact_value, name) },
    { "type", MEMBER_WORD, offsetof(struct fact_value, value.type), variable_type_names,
      VARIABLE__COUNT },
    { "value", MEMBER_TEXT, offsetof(struct fact_value, value.text) },
    { 0 },
};

/* flow.x is the run's, anything else a fact. */
static struct err
read_vars(struct given *given, const struct json *v)
{
    given->variables = arena_array(given->arena, struct run_variable, json_len(v) + 1);
    given->variable_count = 0;
    for (size_t i = 0; i < json_len(v); i++) {
        struct fact_value value = { 0 };

        TRY(members_read(json_at(v, i), value_members, &value));
        if (str_starts(value.name, STR("flow.")))
            given->variables[given->variable_count++] =
                (struct run_variable){ value.name, value.value };
        else
            facts_set(given->arena, given->facts, value.name, value.value);
    }
    return OK;
}

static const struct member origin_members[] = {
    { "kind", MEMBER_TEXT, offsetof(struct facts, origin.kind) },
    { "ad_id", MEMBER_TEXT, offsetof(struct facts, origin.ad_id) },
    { "headline", MEMBER_TEXT, offsetof(struct facts, origin.headline) },
    { "campaign", MEMBER_TEXT, offsetof(struct facts, origin.campaign) },
    { "ref", MEMBER_TEXT, offsetof(struct facts, origin.ref) },
    { 0 },
};

static struct err
read_origin(struct given *given, const struct json *v)
{
    return members_read(v, origin_members, given->facts);
}

static const struct member registration_members[] = {
    { "id", MEMBER_TEXT, offsetof(struct fact_registration, id) },
    { "name", MEMBER_TEXT, offsetof(struct fact_registration, name) },
    { "document", MEMBER_TEXT, offsetof(struct fact_registration, document) },
    { "kind", MEMBER_TEXT, offsetof(struct fact_registration, kind) },
    { "is_company", MEMBER_FLAG, offsetof(struct fact_registration, is_company) },
    { 0 },
};

static struct err
read_registrations(struct given *given, const struct json *v)
{
    struct fact_registration *list =
        arena_array(given->arena, struct fact_registration, json_len(v) + 1);

    for (size_t i = 0; i < json_len(v); i++)
        TRY(members_read(json_at(v, i), registration_members, list + i));
    given->facts->registrations = list;
    given->facts->registration_count = json_len(v);
    return OK;
}

static struct err
read_capabilities(struct given *given, const struct json *v)
{
    struct str *list = arena_array(given->arena, struct str, json_len(v) + 1);

    for (size_t i = 0; i < json_len(v); i++)
        list[i] = json_text(json_at(v, i));
    given->facts->capabilities = list;
    given->facts->capability_count = json_len(v);
    return OK;
}

/* How long the network still lets us speak; a network without a window has none. */
static struct err
read_window(struct given *given, const struct json *v)
{
    int64_t seconds;

    if (!json_i64(v, &seconds) || seconds < 0 || seconds > RECORDING_ADVANCE_MAX_S)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", "window_s");
    given->facts->window_ends_us = given->now_us + seconds * US_PER_S;
    return OK;
}

static struct err
read_card(struct given *given, const struct json *v)
{
    given->card = json_text(v);
    return OK;
}

static struct err
read_strict(struct given *given, const struct json *v)
{
    given->is_strict = json_true(v);
    return OK;
}

static const struct {
    const char *name;
    struct err (*read)(struct given *given, const struct json *v);
} readers[] = {
    { "agent", read_agent },
    { "branch", read_branch },
    { "capabilities", read_capabilities },
    { "card", read_card },
    { "channel", read_channel },
    { "company", read_company },
    { "contact", read_contact },
    { "customer", read_customer },
    { "departments", read_departments },
    { "now", read_now },
    { "origin", read_origin },
    { "periods", read_hours },
    { "protocol", read_protocol },
    { "registrations", read_registrations },
    { "shifts", read_hours },
    { "strict", read_strict },
    { "tags", read_tags },
    { "vars", read_vars },
    { "window_s", read_window },
};

static void
require_known(struct str key, const struct json *v, void *arg)
{
    struct section *section = arg;

    if (json_len(v) > LISTED_MAX)
        section->err = FAIL_FIELD(ERR_INVALID, "too_many", str_cstr(section->given->arena, key));
    for (size_t i = 0; i < COUNT(readers); i++)
        if (str_eq(key, str_of(readers[i].name)))
            return;
    section->err = FAIL_FIELD(ERR_INVALID, "unknown_field", str_cstr(section->given->arena, key));
}

struct err
given_read(struct given *given, const struct json *json)
{
    struct section section = { .given = given, .err = OK };

    if (json_kind(json) != JSON_OBJECT)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", "given");
    json_each(json, require_known, &section);
    TRY(section.err);
    if (json_get(json, "now") != NULL) /* others count from it */
        TRY(read_now(given, json_get(json, "now")));
    for (size_t i = 0; i < COUNT(readers); i++)
        if (json_get(json, readers[i].name) != NULL)
            TRY(readers[i].read(given, json_get(json, readers[i].name)));
    return OK;
}

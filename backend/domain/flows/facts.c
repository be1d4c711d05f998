#include "facts.h"

#include "members.h"

enum { LISTED_MAX = 500 }; /* of whatever a ticket has many of */

const char *const fact_tag_level_names[TAGS__COUNT] = {
    [TAGS_TICKET] = "ticket",
    [TAGS_CONTACT] = "contact",
    [TAGS_CUSTOMER] = "customer",
};

/* --- as JSON: one table for both ways --------------------------------------------- */

static const struct member members[] = {
    { "utc_offset_s", MEMBER_WHOLE, offsetof(struct facts, utc_offset_s) },
    { "channel", MEMBER_WORD, offsetof(struct facts, channel), flow_channel_names,
      FLOW_CHANNEL__COUNT },
    { "channel_ref", MEMBER_TEXT, offsetof(struct facts, channel_ref) },
    { "phone", MEMBER_TEXT, offsetof(struct facts, phone) },
    { "window_ends_us", MEMBER_WHOLE, offsetof(struct facts, window_ends_us) },
    { "bot_controls", MEMBER_FLAG, offsetof(struct facts, bot_controls) },
    { "epoch", MEMBER_WHOLE, offsetof(struct facts, epoch) },
    { "is_opted_out", MEMBER_FLAG, offsetof(struct facts, is_opted_out) },
    { "branch", MEMBER_TEXT, offsetof(struct facts, branch) },
    { "last_agent", MEMBER_TEXT, offsetof(struct facts, last_agent) },
    { "was_served", MEMBER_FLAG, offsetof(struct facts, was_served) },
    { "customer", MEMBER_TEXT, offsetof(struct facts, customer) },
    { "answered_lately", MEMBER_WHOLE, offsetof(struct facts, answered_lately) },
    { 0 },
};
static const struct member consent_members[] = {
    { "wording_hash", MEMBER_TEXT, offsetof(struct facts, consent.wording_hash) },
    { "at_us", MEMBER_WHOLE, offsetof(struct facts, consent.at_us) },
    { 0 },
};
static const struct member origin_members[] = {
    { "kind", MEMBER_TEXT, offsetof(struct facts, origin.kind) },
    { "ad_id", MEMBER_TEXT, offsetof(struct facts, origin.ad_id) },
    { "headline", MEMBER_TEXT, offsetof(struct facts, origin.headline) },
    { "campaign", MEMBER_TEXT, offsetof(struct facts, origin.campaign) },
    { "ref", MEMBER_TEXT, offsetof(struct facts, origin.ref) },
    { 0 },
};
static const struct section {
    const char *name;
    const struct member *members;
} sections[] = { { "consent", consent_members }, { "origin", origin_members }, { NULL, NULL } };

static const struct member registration_members[] = {
    { "id", MEMBER_TEXT, offsetof(struct fact_registration, id) },
    { "name", MEMBER_TEXT, offsetof(struct fact_registration, name) },
    { "document", MEMBER_TEXT, offsetof(struct fact_registration, document) },
    { "kind", MEMBER_TEXT, offsetof(struct fact_registration, kind) },
    { "is_company", MEMBER_FLAG, offsetof(struct fact_registration, is_company) },
    { 0 },
};
static const struct member hours_members[] = {
    { "ref", MEMBER_TEXT, offsetof(struct fact_hours, ref) },
    { "is_inside", MEMBER_FLAG, offsetof(struct fact_hours, is_inside) },
    { "is_holiday", MEMBER_FLAG, offsetof(struct fact_hours, is_holiday) },
    { "next_opening", MEMBER_TEXT, offsetof(struct fact_hours, next_opening) },
    { 0 },
};
static const struct member department_members[] = {
    { "ref", MEMBER_TEXT, offsetof(struct fact_department, ref) },
    { "name", MEMBER_TEXT, offsetof(struct fact_department, name) },
    { "serves", MEMBER_FLAG, offsetof(struct fact_department, serves) },
    { "members_online", MEMBER_WHOLE, offsetof(struct fact_department, members_online) },
    { "waiting", MEMBER_WHOLE, offsetof(struct fact_department, waiting) },
    { 0 },
};
static const struct member value_members[] = {
    { "name", MEMBER_TEXT, offsetof(struct fact_value, name) },
    { "type", MEMBER_WORD, offsetof(struct fact_value, value.type), variable_type_names,
      VARIABLE__COUNT },
    { "value", MEMBER_TEXT, offsetof(struct fact_value, value.text) },
    { 0 },
};

/* Always open when it has no hours of its own. */
static struct err
read_departments(struct arena *a, const struct json *json, struct facts *out)
{
    const struct json *list = json_get(json, "departments");
    struct fact_department *v;
    void *read;

    TRY(members_read_list(a, json, "departments", department_members, sizeof(*v), LISTED_MAX, &read,
                          &out->department_count));
    v = read;
    for (size_t i = 0; i < out->department_count; i++) {
        const struct json *hours = json_get(json_at(list, i), "hours");

        v[i].hours.is_inside = hours == NULL;
        TRY(members_read(hours, hours_members, &v[i].hours));
        v[i].hours.ref = v[i].ref;
    }
    out->departments = v;
    return OK;
}

static struct err
read_lists(struct arena *a, const struct json *json, struct facts *out)
{
    const struct json *tags = json_get(json, "tags");
    struct str *texts;
    void *read;

    for (int level = 0; level < TAGS__COUNT; level++)
        TRY(members_read_texts(a, tags, fact_tag_level_names[level], LISTED_MAX,
                               &out->tags[level].v, &out->tags[level].n));
    TRY(members_read_list(a, json, "registrations", registration_members,
                          sizeof(*out->registrations), LISTED_MAX, &read,
                          &out->registration_count));
    out->registrations = read;
    TRY(members_read_list(a, json, "hours", hours_members, sizeof(*out->hours), LISTED_MAX, &read,
                          &out->hours_count));
    out->hours = read;
    TRY(members_read_texts(a, json, "capabilities", LISTED_MAX, &texts, &out->capability_count));
    out->capabilities = texts;
    TRY(members_read_list(a, json, "values", value_members, sizeof(*out->values), LISTED_MAX, &read,
                          &out->value_count));
    out->values = read;
    return OK;
}

struct err
facts_read(struct arena *a, const struct json *json, struct facts *out)
{
    *out = (struct facts){ 0 };
    if (json_kind(json) != JSON_OBJECT)
        return FAIL(ERR_INVALID, "wrong_type");
    TRY(members_read(json, members, out));
    for (const struct section *s = sections; s->name != NULL; s++)
        TRY(members_read(json_get(json, s->name), s->members, out));
    TRY(read_lists(a, json, out));
    return read_departments(a, json, out);
}

static void
write_departments(struct json_out *o, const struct facts *f)
{
    if (f->department_count == 0)
        return;
    json_key(o, "departments");
    json_open(o, '[');
    for (size_t i = 0; i < f->department_count; i++) {
        struct fact_hours hours = f->departments[i].hours;

        hours.ref = (struct str){ 0 }; /* it is the department's */
        json_open(o, '{');
        members_write(o, department_members, &f->departments[i]);
        json_key(o, "hours");
        json_open(o, '{');
        members_write(o, hours_members, &hours);
        json_close(o, '}');
        json_close(o, '}');
    }
    json_close(o, ']');
}

void
facts_write(struct json_out *o, const struct facts *f)
{
    json_open(o, '{');
    members_write(o, members, f);
    for (const struct section *s = sections; s->name != NULL; s++)
        if (!members_are_neutral(s->members, f)) {
            json_key(o, s->name);
            json_open(o, '{');
            members_write(o, s->members, f);
            json_close(o, '}');
        }
    json_key(o, "tags");
    json_open(o, '{');
    for (int level = 0; level < TAGS__COUNT; level++)
        members_write_texts(o, fact_tag_level_names[level], f->tags[level].v, f->tags[level].n);
    json_close(o, '}');
    members_write_list(o, "registrations", registration_members, sizeof(*f->registrations),
                       f->registrations, f->registration_count);
    members_write_list(o, "hours", hours_members, sizeof(*f->hours), f->hours, f->hours_count);
    write_departments(o, f);
    members_write_texts(o, "capabilities", f->capabilities, f->capability_count);
    members_write_list(o, "values", value_members, sizeof(*f->values), f->values, f->value_count);
    json_close(o, '}');
}

/* --- what steps change ------------------------------------------------------------ */

struct facts *
facts_copy(struct arena *a, const struct facts *facts)
{
    struct facts *f = arena_new_of(a, struct facts);

    *f = *facts;
    f->values = arena_array(a, struct fact_value, f->value_count);
    for (size_t i = 0; i < f->value_count; i++)
        f->values[i] = facts->values[i];
    for (int level = 0; level < TAGS__COUNT; level++) {
        f->tags[level].v = arena_array(a, struct str, f->tags[level].n);
        for (size_t i = 0; i < f->tags[level].n; i++)
            f->tags[level].v[i] = facts->tags[level].v[i];
    }
    return f;
}

static struct fact_value *
find_value(const struct facts *f, struct str name)
{
    for (size_t i = 0; i < f->value_count; i++)
        if (str_eq(f->values[i].name, name))
            return &f->values[i];
    return NULL;
}

const struct fact_value *
facts_value(const struct facts *f, struct str name)
{
    return find_value(f, name);
}

void
facts_set(struct arena *a, struct facts *f, struct str name, struct variable_value value)
{
    struct fact_value *known = find_value(f, name);
    size_t size = sizeof(*f->values);

    if (known == NULL) {
        f->values = arena_grow(a, f->values, f->value_count * size, (f->value_count + 1) * size);
        known = &f->values[f->value_count++];
    }
    *known = (struct fact_value){ name, value };
}

static ptrdiff_t
find_tag(const struct facts *f, enum fact_tag_level level, struct str ref)
{
    for (size_t i = 0; i < f->tags[level].n; i++)
        if (str_eq(f->tags[level].v[i], ref))
            return (ptrdiff_t)i;
    return -1;
}

bool
facts_has_tag(const struct facts *f, enum fact_tag_level level, struct str ref)
{
    return find_tag(f, level, ref) >= 0;
}

void
facts_tag(struct arena *a, struct facts *f, enum fact_tag_level level, struct str ref, bool has)
{
    ptrdiff_t at = find_tag(f, level, ref);
    size_t n = f->tags[level].n, size = sizeof(ref);

    if (has && at < 0) {
        f->tags[level].v = arena_grow(a, f->tags[level].v, n * size, (n + 1) * size);
        f->tags[level].v[f->tags[level].n++] = ref;
    } else if (!has && at >= 0) {
        f->tags[level].v[at] = f->tags[level].v[--f->tags[level].n];
    }
}

/* --- looking up ------------------------------------------------------------------- */

const struct fact_department *
facts_department(const struct facts *f, struct str ref)
{
    for (size_t i = 0; i < f->department_count; i++)
        if (str_eq(f->departments[i].ref, ref))
            return &f->departments[i];
    return NULL;
}

const struct fact_hours *
facts_hours(const struct facts *f, struct str ref)
{
    const struct fact_department *department = facts_department(f, ref);

    for (size_t i = 0; i < f->hours_count; i++)
        if (str_eq(f->hours[i].ref, ref))
            return &f->hours[i];
    return department == NULL ? NULL : &department->hours;
}

bool
facts_can(const struct facts *f, const char *capability)
{
    for (size_t i = 0; i < f->capability_count; i++)
        if (str_eq(f->capabilities[i], str_of(capability)))
            return true;
    return false;
}

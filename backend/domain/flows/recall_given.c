/*
 * The world of a conversation that was, as a recording takes it for granted. Of what flows can see most is as it was; who
 * was online then, and which tags came since, nobody knows: somebody was, and those of now are taken.
 */
#include "recall_private.h"

#include "base/clock.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* "2026-11-20T09:30:00-03:00" */
static struct str
clock_text(struct arena *a, int64_t us, int64_t offset_s)
{
    int64_t minutes = (offset_s < 0 ? -offset_s : offset_s) / 60;
    char iso[CLOCK_ISO_BYTES];

    return str_fmt(a, "%.19s%c%02d:%02d", clock_iso(us + offset_s * US_PER_S, iso).p,
                   offset_s < 0 ? '-' : '+', (int)(minutes / 60), (int)(minutes % 60));
}

static void
put_text(struct json_out *o, const char *key, struct str text)
{
    if (text.len > 0)
        json_kv_str(o, key, text);
}

/* --- people ---------------------------------------------------------------------------- */

static struct str
value_of(const struct recalled *r, const char *name)
{
    const struct fact_value *value = facts_value(&r->host->facts, str_of(name));

    return value == NULL ? STR("") : value->value.text;
}

static void
put_disguised(struct json_out *o, const struct recalled *r, const char *key, struct str text)
{
    if (text.len > 0)
        json_kv_str(o, key, pseudonyms_text(r->people, text));
}

/* Whoever wrote agreed, or did not yet, when it began. */
static void
put_contact(struct json_out *o, const struct recalled *r)
{
    const struct facts *facts = &r->host->facts;
    bool had_agreed = facts->consent.at_us > 0 && facts->consent.at_us < recall_begun_us(r->path);

    json_key(o, "contact");
    json_open(o, '{');
    put_disguised(o, r, "name", value_of(r, "contact.name"));
    put_disguised(o, r, "phone", value_of(r, "contact.phone"));
    put_disguised(o, r, "email", value_of(r, "contact.email"));
    if (value_of(r, "contact.birth_date").len > 0)
        json_kv_str(o, "birth_date", STR("1990-01-01"));
    put_text(o, "consent", had_agreed ? STR("opted_in") : STR(""));
    json_close(o, '}');
}

/* But for the one that the conversation itself found. */
static void
put_registrations(struct json_out *o, const struct recalled *r)
{
    const struct facts *facts = &r->host->facts;

    json_key(o, "registrations");
    json_open(o, '[');
    for (size_t i = 0; i < facts->registration_count; i++) {
        const struct fact_registration *one = &facts->registrations[i];

        if (str_eq(one->id, r->found_customer))
            continue;
        json_open(o, '{');
        json_kv_str(o, "id", one->id);
        put_disguised(o, r, "name", one->name);
        put_disguised(o, r, "document", one->document);
        put_text(o, "kind", one->kind);
        json_kv_bool(o, "is_company", one->is_company);
        json_close(o, '}');
    }
    json_close(o, ']');
    if (facts->customer.len == 0 || str_eq(facts->customer, r->found_customer))
        return;
    json_key(o, "customer");
    json_open(o, '{');
    json_kv_str(o, "id", facts->customer);
    json_close(o, '}');
}

/* --- places ---------------------------------------------------------------------------- */

static void
put_hours(struct json_out *o, const struct fact_hours *hours)
{
    json_kv_bool(o, "inside", hours->is_inside);
    json_kv_bool(o, "holiday", hours->is_holiday);
    put_text(o, "next_opening", hours->next_opening);
}

static void
put_openings(struct json_out *o, const struct recalled *r, const char *key, const char *kind)
{
    const struct facts *facts = &r->host->facts;

    json_key(o, key);
    json_open(o, '[');
    for (size_t i = 0; i < facts->hours_count; i++) {
        if (!str_starts(facts->hours[i].ref, str_of(kind)))
            continue;
        json_open(o, '{');
        json_kv_str(o, "ref", facts->hours[i].ref);
        put_hours(o, &facts->hours[i]);
        json_close(o, '}');
    }
    json_close(o, ']');
}

static void
put_departments(struct json_out *o, const struct recalled *r)
{
    const struct facts *facts = &r->host->facts;

    json_key(o, "departments");
    json_open(o, '[');
    for (size_t i = 0; i < facts->department_count; i++) {
        const struct fact_department *one = &facts->departments[i];

        json_open(o, '{');
        json_kv_str(o, "ref", one->ref);
        json_kv_str(o, "name", one->name);
        json_kv_bool(o, "serves", one->serves);
        json_kv_i64(o, "online", one->members_online > 0 ? one->members_online : 1);
        put_hours(o, &one->hours);
        json_close(o, '}');
    }
    json_close(o, ']');
}

static void
put_house(struct json_out *o, const struct recalled *r)
{
    json_key(o, "company");
    json_open(o, '{');
    put_text(o, "name", value_of(r, "company.name"));
    put_text(o, "privacy_url", value_of(r, "company.privacy_url"));
    json_close(o, '}');
    if (r->host->facts.branch.len == 0)
        return;
    json_key(o, "branch");
    json_open(o, '{');
    json_kv_str(o, "ref", r->host->facts.branch);
    put_text(o, "name", value_of(r, "branch.name"));
    json_close(o, '}');
}

/* --- what else has a name, and tags ------------------------------------------------------- */

static bool
stays(struct str name)
{
    static const char *const kept[] = { "contact.fields.", "department.name", "channel.name" };

    for (size_t i = 0; i < COUNT(kept); i++)
        if (str_starts(name, str_of(kept[i])))
            return true;
    return false;
}

static void
put_values(struct json_out *o, const struct recalled *r)
{
    const struct facts *facts = &r->host->facts;

    json_key(o, "vars");
    json_open(o, '[');
    for (size_t i = 0; i < facts->value_count; i++) {
        const struct fact_value *one = &facts->values[i];

        if (!stays(one->name))
            continue;
        json_open(o, '{');
        json_kv_str(o, "name", one->name);
        json_kv_str(o, "type", str_of(variable_type_names[one->value.type]));
        put_disguised(o, r, "value", one->value.text);
        json_close(o, '}');
    }
    json_close(o, ']');
}

static void
put_tags(struct json_out *o, const struct recalled *r)
{
    const struct facts *facts = &r->host->facts;

    json_key(o, "tags");
    json_open(o, '{');
    json_key(o, fact_tag_level_names[TAGS_CONTACT]);
    json_open(o, '[');
    for (size_t i = 0; i < facts->tags[TAGS_CONTACT].n; i++)
        json_put_str(o, facts->tags[TAGS_CONTACT].v[i]);
    json_close(o, ']');
    json_close(o, '}');
}

struct str
recall_given(const struct recalled *r)
{
    const struct facts *facts = &r->host->facts;
    struct buf b = { .arena = r->arena };
    struct json_out o = { .buf = &b };
    struct str now = clock_text(r->arena, recall_begun_us(r->path), facts->utc_offset_s);

    json_open(&o, '{');
    json_kv_str(&o, "now", now);
    json_kv_str(&o, "channel", str_of(flow_channel_names[facts->channel]));
    json_kv_str(&o, "protocol", str_fmt(r->arena, "%.4s%.2s%.2s0001", now.p, now.p + 5, now.p + 8));
    put_contact(&o, r);
    put_registrations(&o, r);
    put_house(&o, r);
    put_departments(&o, r);
    put_openings(&o, r, "periods", "period:");
    put_openings(&o, r, "shifts", "shift:");
    put_tags(&o, r);
    put_values(&o, r);
    json_close(&o, '}');
    return buf_str(&b);
}

/*
 * Bodies of the webhook to events. One body may hold entries of several accounts,
 * changes of several kinds and messages of many people; what is about another
 * number of the same app is left out.
 *
 * Pure: no clock, no network. Everything lives in the arena, texts in the tree
 * of the parsed body.
 */
#include "whatsapp_private.h"

#include "base/clock.h"

enum { ADDRESS_MAX = 160, OPAQUE_MAX = 512 };

struct reading {
    struct arena *arena;
    struct str number;  /* phone_number_id of this channel; empty: not said yet */
    struct str account; /* waba_id; empty: not said */
    const struct json *entry;
    size_t card; /* where the last sender stood in contacts */
    struct channel_event *events;
    size_t n;
    size_t room;
    bool has_templates; /* said already */
    bool is_full;
};

static void
add(struct reading *r, const struct channel_event *e)
{
    if (r->n == WHATSAPP_EVENTS_MAX) {
        r->is_full = true;
        return;
    }
    if (r->n == r->room) {
        size_t room = r->room == 0 ? 2 : 2 * r->room;

        r->events = arena_grow(r->arena, r->events, r->room * sizeof(*e), room * sizeof(*e));
        r->room = room;
    }
    r->events[r->n++] = *e;
}

struct str
whatsapp_cut(const struct json *v, size_t max)
{
    struct str s = json_text(v);

    return s.p == NULL ? STR("") : str_first_code_points(s, max);
}

/* Seconds since 1970, as text or number. 0 when absent or beyond reason (year 5138). */
static int64_t
at_us(const struct json *seconds)
{
    int64_t s;

    if (!json_i64(seconds, &s) || s <= 0 || s > INT64_C(100000000000))
        return 0;
    return s * US_PER_S;
}

/* Ids are texts, but some senders print those of digits as numbers. */
static bool
is_id(const struct json *v, struct str expected)
{
    int64_t number, wanted;

    if (json_kind(v) == JSON_NUMBER)
        return json_i64(v, &number) && str_i64(expected, &wanted) && number == wanted;
    return str_eq(json_text(v), expected);
}

static void
add_who(struct channel_event *e, const char *kind, struct str address)
{
    if (address.len > 0)
        e->who[e->who_count++] = (struct channel_identity){ kind, address };
}

/*
 * The phone first: it is what agents read and what the network confirmed. People
 * who chose a username may come with the business-scoped id alone.
 */
static void
set_who(struct channel_event *e, const struct json *phone, const struct json *user_id)
{
    add_who(e, "phone", whatsapp_cut(phone, ADDRESS_MAX));
    add_who(e, "whatsapp_user", whatsapp_cut(user_id, ADDRESS_MAX));
}

static bool
is_same_text(const struct json *a, const struct json *b)
{
    return json_text(a).len > 0 && str_eq(json_text(a), json_text(b));
}

/*
 * The entry of contacts that is about the sender, or the only one when the message
 * names nobody. Batches list contacts in the order of their messages, so the search
 * goes on where the last one ended: a thousand of each stay a thousand steps.
 */
static const struct json *
card_of(struct reading *r, const struct json *contacts, const struct json *phone,
        const struct json *user_id)
{
    size_t n = json_len(contacts);

    for (size_t tried = 0; tried < n; tried++) {
        const struct json *card = json_at(contacts, (r->card + tried) % n);

        if (is_same_text(json_get(card, "wa_id"), phone) ||
            is_same_text(json_get(card, "user_id"), user_id)) {
            r->card = (r->card + tried) % n;
            return card;
        }
    }
    if (json_text(phone).len == 0 && json_text(user_id).len == 0 && n == 1)
        return json_at(contacts, 0);
    return NULL;
}

static struct str
name_on(const struct json *card)
{
    const struct json *profile = json_get(card, "profile");
    struct str name = whatsapp_cut(json_get(profile, "name"), WHATSAPP_NAME_MAX);

    return name.len > 0 ? name : whatsapp_cut(json_get(profile, "username"), WHATSAPP_NAME_MAX);
}

static const struct json *
first_of(const struct json *a, const struct json *b)
{
    return json_text(a).len > 0 ? a : b;
}

static void
set_sender(struct reading *r, struct channel_event *e, const struct json *message,
           const struct json *contacts)
{
    const struct json *phone = json_get(message, "from");
    const struct json *user_id = json_get(message, "from_user_id");
    const struct json *card = card_of(r, contacts, phone, user_id);

    set_who(e, first_of(phone, json_get(card, "wa_id")),
            first_of(user_id, json_get(card, "user_id")));
    e->who_name = name_on(card);
}

static void
add_trouble(struct reading *r, const char *slug, struct str code, int64_t since_us)
{
    add(r, &(struct channel_event){ .kind = CHANNEL_TROUBLE,
                                    .provider_at_us = since_us,
                                    .text = STR(""),
                                    .error_code = code,
                                    .error_slug = slug });
}

static void
read_message(struct reading *r, const struct json *message, const struct json *value)
{
    struct channel_event e = { .text = STR(""), .who_name = STR("") };

    e.provider_id = whatsapp_cut(json_get(message, "id"), WHATSAPP_ID_MAX);
    e.provider_at_us = at_us(json_get(message, "timestamp"));
    whatsapp_read_content(r->arena, message, &e);
    /* An address change has named its people already. */
    if (e.who_count == 0)
        set_sender(r, &e, message, json_get(value, "contacts"));

    /* Without a sender there is no conversation to put it in: somebody should look at the raw body. */
    if (e.who_count == 0)
        add_trouble(r, "message_without_sender", STR(""), e.provider_at_us);
    else
        add(r, &e);
}

/* The provider's words and ours. "played" (a voice message) says no more to us than "read". */
static const struct status_word {
    const char *theirs;
    const char *ours;
} status_words[] = {
    { "sent", "accepted" }, { "delivered", "delivered" }, { "read", "read" },
    { "played", "read" },   { "failed", "failed" },       { NULL, NULL },
};

static const char *
status_of(struct str theirs)
{
    const struct status_word *word = status_words;

    while (word->theirs != NULL && !str_eq(theirs, str_of(word->theirs)))
        word++;
    return word->ours;
}

static const char *
read_error(struct arena *a, const struct json *error, struct str *code)
{
    int64_t number;

    *code = STR("");
    if (!json_i64(json_get(error, "code"), &number))
        return "provider_refused";
    *code = whatsapp_error_code(a, number);
    return whatsapp_error_of(number)->slug;
}

static void
read_status(struct reading *r, const struct json *status, const struct json *value)
{
    struct channel_event e = { .kind = CHANNEL_STATUS, .text = STR(""), .who_name = STR("") };

    (void)value;
    e.provider_id = whatsapp_cut(json_get(status, "id"), WHATSAPP_ID_MAX);
    e.provider_at_us = at_us(json_get(status, "timestamp"));
    e.state = status_of(json_get_text(status, "status"));
    e.opaque = whatsapp_cut(json_get(status, "biz_opaque_callback_data"), OPAQUE_MAX);
    set_who(&e, json_get(status, "recipient_id"), json_get(status, "recipient_user_id"));
    if (e.state == NULL || (e.provider_id.len == 0 && e.opaque.len == 0))
        return; /* a word of tomorrow, or about nothing: the raw body is kept */
    if (strcmp(e.state, "failed") == 0)
        e.error_slug = read_error(r->arena, json_at(json_get(status, "errors"), 0), &e.error_code);
    add(r, &e);
}

static void
read_trouble(struct reading *r, const struct json *error, const struct json *value)
{
    struct str code;
    const char *slug = read_error(r->arena, error, &code);

    (void)value;
    add_trouble(r, slug, code, 0);
}

static void
read_each(struct reading *r, const struct json *value, const char *key,
          void (*read)(struct reading *r, const struct json *item, const struct json *value))
{
    const struct json *items = json_get(value, key);

    for (size_t i = 0; i < json_len(items) && !r->is_full; i++)
        read(r, json_at(items, i), value);
}

/* "messages": also statuses and errors; normally one of the three, but nothing promises it. */
static void
read_messages(struct reading *r, const struct json *value)
{
    const struct json *number = json_get(json_get(value, "metadata"), "phone_number_id");

    if (r->number.len > 0 && number != NULL && !is_id(number, r->number))
        return;
    read_each(r, value, "messages", read_message);
    read_each(r, value, "statuses", read_status);
    read_each(r, value, "errors", read_trouble);
}

/*
 * "account_update": the ones after which nothing is sent any more. These name no
 * number. Only here does the account decide: were it to filter messages, a typing
 * error in a setting that sending never needs would make customers vanish.
 */
static void
read_account(struct reading *r, const struct json *value)
{
    struct str event = json_get_text(value, "event");
    struct str ban = json_get_text(json_get(value, "ban_info"), "waba_ban_state");

    if (r->account.len > 0 && !is_id(json_get(r->entry, "id"), r->account))
        return;
    if (str_eq(event, STR("DISABLED_UPDATE")) && str_eq(ban, STR("DISABLE")))
        add_trouble(r, "account_restricted", STR(""), 0);
    else if (str_eq(event, STR("ACCOUNT_DELETED")))
        add_trouble(r, "number_unknown", STR(""), 0);
}

/* Which template, and what of it, is not believed but read anew: one line for however many changes. */
static void
read_templates(struct reading *r, const struct json *value)
{
    (void)value;
    if (r->account.len == 0 || !is_id(json_get(r->entry, "id"), r->account) || r->has_templates)
        return;
    r->has_templates = true;
    add(r,
        &(struct channel_event){ .kind = CHANNEL_TEMPLATES, .text = STR(""), .who_name = STR("") });
}

/* Fields that say something to us. Others (quality, history …) stay in the kept body. */
static const struct field {
    const char *name;
    void (*read)(struct reading *r, const struct json *value);
} fields[] = {
    { "messages", read_messages },
    { "account_update", read_account },
    { "message_template_status_update", read_templates },
    { "message_template_quality_update", read_templates },
    { "message_template_components_update", read_templates },
    { "template_category_update", read_templates },
    { NULL, NULL },
};

static void
read_change(struct reading *r, const struct json *change)
{
    struct str name = json_get_text(change, "field");

    for (const struct field *field = fields; field->name != NULL; field++) {
        if (str_eq(name, str_of(field->name)))
            field->read(r, json_get(change, "value"));
    }
}

static void
read_entry(struct reading *r, const struct json *entry)
{
    const struct json *changes = json_get(entry, "changes");

    r->entry = entry;
    for (size_t i = 0; i < json_len(changes) && !r->is_full; i++)
        read_change(r, json_at(changes, i));
}

struct err
whatsapp_parse(struct arena *a, const struct channel_config *config, struct str body,
               struct channel_events *out)
{
    struct reading r = { .arena = a };
    const struct json *root, *entries;
    struct err e = json_parse(a, body, &root);

    if (e.code != ERR_NONE)
        return FAIL(ERR_INVALID, str_cstr(a, str_fmt(a, "unreadable_%s", e.slug)));
    entries = json_get(root, "entry");
    if (!str_eq(json_get_text(root, "object"), STR("whatsapp_business_account")) ||
        json_kind(entries) != JSON_ARRAY)
        return FAIL(ERR_INVALID, "unreadable_envelope");

    r.number = json_get_text(config->settings, "phone_number_id");
    r.account = json_get_text(config->settings, "waba_id");
    for (size_t i = 0; i < json_len(entries) && !r.is_full; i++)
        read_entry(&r, json_at(entries, i));
    if (r.is_full)
        return FAIL(ERR_TOO_LARGE, "unreadable_too_many_events");
    *out = (struct channel_events){ r.events, r.n };
    return OK;
}

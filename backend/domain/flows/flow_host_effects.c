/*
 * What a step wants done, done in its order: a row for each kind of effect. Those without one need nothing here.
 */
#include "flow_host_private.h"
#include "flow_secrets.h"

#include "base/clock.h"

#include "domain/chat/chat.h"
#include "domain/messages/messages.h"
#include "domain/tags/tags.h"

#include "flows_host.sql.h"

const struct json *
flow_effect_data(struct arena *a, const struct effect *e)
{
    const struct json *data = NULL;

    if (e->data.len > 0 && json_parse(a, e->data, &data).code != ERR_NONE)
        return NULL;
    return data;
}

void
flow_host_save(struct cx *cx, struct host *host)
{
    if (host->is_changed)
        tickets_save(cx, &host->ticket, NULL);
    host->is_changed = false;
}

/* What is not there any more, or was changed meanwhile, stops no conversation; it is only not done. */
static struct err
forgive(struct host *host, const struct effect *e, struct err result)
{
    if (result.code != ERR_NOT_FOUND && result.code != ERR_CONFLICT && result.code != ERR_INVALID)
        return result;
    log_warn("flow.effect_refused", "run=%lld kind=%s why=%s", (long long)host->run_id,
             effect_kind_names[e->kind], result.slug);
    return OK;
}

/* --- time ------------------------------------------------------------------------------- */

/* One that was called off is not looked for: its token means nothing any more. */
static struct err
set_timer(struct cx *cx, struct host *host, const struct effect *e)
{
    jobs_add(
        cx, "flow.timer", 0, host->ticket.id.v,
        str_fmt(cx->arena, "%lld:%lld:%s", (long long)host->run_id, (long long)e->token, e->which),
        e->at_us);
    return e->types ? messages_show_typing(cx, &host->ticket) : OK;
}

static struct err
call(struct cx *cx, struct host *host, const struct effect *e)
{
    jobs_add(cx, "flow.call", jobs_lane_alone(), host->ticket.id.v,
             json_get_text(flow_effect_data(cx->arena, e), "call_id"), 0);
    flow_promise_meanwhile(cx, host, e);
    return OK;
}

/* --- what the team sees ------------------------------------------------------------------- */

static void
whisper(struct cx *cx, struct host *host, struct str text)
{
    if (text.len == 0)
        return;
    tickets_whisper(cx, &host->ticket, "bot", text);
    host->is_changed = true;
}

static struct err
note(struct cx *cx, struct host *host, const struct effect *e)
{
    whisper(cx, host, json_get_text(flow_effect_data(cx->arena, e), "text"));
    return OK;
}

static struct err
tag(struct cx *cx, struct host *host, const struct effect *e)
{
    const struct json *data = flow_effect_data(cx->arena, e), *tags = json_get(data, "tags");
    bool on = !str_eq(json_get_text(data, "op"), STR("remove"));
    bool is_tickets = str_eq(json_get_text(data, "level"), STR("ticket"));

    flow_host_save(cx, host);
    for (size_t i = 0; i < json_len(tags); i++) {
        struct tag_id id = { flow_ref_id(json_text(json_at(tags, i)), "tag") };

        if (is_tickets)
            TRY(forgive(host, e, tags_on_ticket(cx, host->ticket.id, id, on, &host->ticket)));
        else
            TRY(forgive(host, e, tags_on_contact(cx, host->ticket.contact, id, on)));
    }
    return OK;
}

static struct err
classify(struct cx *cx, struct host *host, const struct effect *e)
{
    static const char *const words[] = { "urgent", "high", "normal" };
    const struct json *data = flow_effect_data(cx->arena, e);
    int64_t reason = flow_ref_id(json_get_text(data, "reason"), "reason");
    struct ticket *t = &host->ticket;

    flow_host_save(cx, host);
    if (reason != 0)
        TRY(forgive(host, e, tickets_classify(cx, t->id, -1, reason, t)));
    for (int p = PRIORITY_URGENT; p <= PRIORITY_NORMAL; p++)
        if (str_eq(json_get_text(data, "priority"), str_of(words[p])))
            TRY(forgive(host, e, tickets_prioritize(cx, t->id, (enum ticket_priority)p, t)));
    return OK;
}

static struct db_param
ids_of(struct cx *cx, const struct json *refs, const char *kind)
{
    int64_t *ids = arena_array(cx->arena, int64_t, json_len(refs) + 1);
    size_t n = 0;

    for (size_t i = 0; i < json_len(refs); i++)
        ids[n++] = flow_ref_id(json_text(json_at(refs, i)), kind);
    return db_p_i64s(cx->arena, ids, n);
}

/* People are mentioned in a whisper: that is a notice to each of them who may see the ticket. */
static struct err
notify_people(struct cx *cx, struct host *host, const struct json *data, struct str key)
{
    struct json_ids members = { 0 };
    struct db_rows rows;
    int64_t *ids;
    bool said;

    TRY(db_many(cx, &SQL_run_recipients, &rows, P_ID(cx->account),
                ids_of(cx, json_get(data, "users"), "user"),
                ids_of(cx, json_get(data, "departments"), "department")));
    if (rows.count == 0)
        return OK;
    ids = arena_array(cx->arena, int64_t, (size_t)rows.count);
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        ids[members.n++] = db_i64(&row, 0);
    }
    members.v = ids;
    TRY(tickets_whisper_to(cx, &host->ticket, json_get_text(data, "text"), members, key, &said));
    host->is_changed = host->is_changed || said;
    return OK;
}

/* Groups are told in their chat. */
static struct err
notify(struct cx *cx, struct host *host, const struct effect *e)
{
    const struct json *data = flow_effect_data(cx->arena, e), *groups = json_get(data, "groups");
    struct str text = json_get_text(data, "text");
    bool is_once = json_true(json_get(data, "once"));
    struct str key = is_once ? str_fmt(cx->arena, "flow:%lld:%.*s", (long long)host->ticket.id.v,
                                       STR_ARG(e->card))
                             : str_fmt(cx->arena, "flow:%lld.%lld.%d", (long long)host->run_id,
                                       (long long)e->seq, e->n);

    for (size_t i = 0; i < json_len(groups); i++) {
        struct chat_id group = { flow_ref_id(json_text(json_at(groups, i)), "group") };
        struct chat_link link = { CHAT_LINK_TICKET, host->ticket.id.v };
        struct chat_message said;
        bool is_new;

        TRY(forgive(host, e, chat_notice(cx, group, key, text, link, &said, &is_new)));
    }
    return notify_people(cx, host, data, key);
}

/* --- what is learned of the customer ------------------------------------------------------ */

/* Variables of the run live in it; what outlives it is the contact's. */
static struct err
variable(struct cx *cx, struct host *host, const struct effect *e)
{
    static const struct str of_contact = STR_INIT("contact.fields.");
    const struct json *data = flow_effect_data(cx->arena, e);
    struct str name = json_get_text(data, "name");

    if (!str_starts(name, of_contact))
        return OK;
    return forgive(
        host, e,
        contacts_learn(cx, host->ticket.contact,
                       (struct str){ name.p + of_contact.len, name.len - of_contact.len },
                       json_get_text(data, "value")));
}

static struct err
seal(struct cx *cx, struct host *host, const struct effect *e)
{
    const struct json *data = flow_effect_data(cx->arena, e);
    int64_t ttl_s = 0;

    json_i64(json_get(data, "ttl_s"), &ttl_s);
    flow_seals_keep(cx, host->run_id, json_get_text(data, "slot"), json_get_text(data, "value"),
                    cx->now_us + ttl_s * US_PER_S);
    return OK;
}

/* --- consent ------------------------------------------------------------------------------- */

/* "/bloquear" was heeded when it came in: it is not written down twice. */
static struct err
consent(struct cx *cx, struct host *host, const struct effect *e)
{
    const struct json *data = flow_effect_data(cx->arena, e);
    bool is_out = str_eq(json_get_text(data, "state"), STR("opted_out"));
    struct consent record = {
        .kind = "messages",
        .act = is_out ? "withdrawn" : "granted",
        .source = "contact",
        .channel_id = host->ticket.channel.v,
        .wording = json_get_text(data, "wording_hash"),
        .ticket_id = host->ticket.id.v,
    };

    json_i64(json_get(data, "message_id"), &record.seq);
    if (is_out && host->facts.is_opted_out)
        return OK;
    return consents_record(cx, host->ticket.contact, &record);
}

static struct err (*const effects[EFFECT__COUNT])(struct cx *, struct host *,
                                                  const struct effect *) = {
    [EFFECT_SEND] = flow_say,      [EFFECT_ASK] = flow_say,
    [EFFECT_TIMER] = set_timer,    [EFFECT_TAG] = tag,
    [EFFECT_CONSENT] = consent,    [EFFECT_DESCRIBE] = note,
    [EFFECT_NOTE] = note,          [EFFECT_CLASSIFY] = classify,
    [EFFECT_NOTIFY] = notify,      [EFFECT_TRANSFER] = flow_transfer,
    [EFFECT_CLOSE] = flow_close,   [EFFECT_CALL] = call,
    [EFFECT_SURVEY] = flow_survey, [EFFECT_END] = flow_end,
    [EFFECT_VAR] = variable,       [EFFECT_LINK] = flow_link,
    [EFFECT_SEAL] = seal,
};

struct err
flow_effects(struct cx *cx, struct host *host)
{
    const struct step_out *out = &host->out;

    for (size_t i = 0; i < out->effect_count; i++)
        host->releases = host->releases || out->effects[i].kind == EFFECT_TRANSFER ||
                         out->effects[i].kind == EFFECT_CLOSE;
    for (size_t i = 0; i < out->effect_count; i++)
        if (effects[out->effects[i].kind] != NULL)
            TRY(effects[out->effects[i].kind](cx, host, &out->effects[i]));
    flow_host_save(cx, host);
    return OK;
}

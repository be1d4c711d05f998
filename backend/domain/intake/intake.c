#include "intake.h"

#include "words.h"

#include "base/clock.h"
#include "domain/audit/audit.h"
#include "domain/variables/variables.h"

#include "intake.sql.h"

/* What is written so soon after a question was written before it was read. */
enum { HASTY_S = 4 };

/* Everything that an answer is decided on. */
struct talk {
    struct str locale, request, terms, consent;
    int64_t today, terms_version, consent_version;
    int64_t asked_at_us; /* the present question; 0: nothing was asked yet */
    int asked;           /* what it began with */
    bool has_flows;      /* one may go on from here */
    struct script script;
};

static struct err
load(struct cx *cx, const struct ticket *ticket, struct talk *out)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_intake_get, &row, P_ID(cx->account), P_ID(ticket->id), P_TIME(cx->now_us),
               P_ID(ticket->channel)));
    *out = (struct talk){
        .locale = db_str(&row, 0),
        .today = db_i64(&row, 1),
        .request = db_str(&row, 2),
        .terms_version = db_i64(&row, 4),
        .consent_version = db_i64(&row, 5),
        .terms = db_str(&row, 6),
        .consent = db_str(&row, 7),
        .asked = (int)db_i64(&row, 8),
        .asked_at_us = db_time(&row, 11),
        .has_flows = db_bool(&row, 12),
        .script = { .needs = (int)db_i64(&row, 9),
                    .wrong = (int)db_i64(&row, 10),
                    .tries = (int)db_i64(&row, 3) },
    };
    if (out->request.len == 0)
        out->request = words_request(out->locale);
    return OK;
}

/* A question, with what stands before the first one about their data. */
static struct str
question(struct cx *cx, const struct talk *talk, int need)
{
    bool is_first_of_data = (talk->script.needs & NEEDS_OF_DATA) == (talk->asked & NEEDS_OF_DATA);
    struct str ask;

    if (need == NEED_TERMS)
        return talk->terms;
    if (need == NEED_CONSENT)
        return talk->consent;
    ask = words_ask(talk->locale, need);
    return is_first_of_data
               ? str_fmt(cx->arena, "%.*s\n\n%.*s", STR_ARG(talk->request), STR_ARG(ask))
               : ask;
}

static struct err
say(struct cx *cx, struct ticket *ticket, struct str text)
{
    struct message said;

    TRY(variables_fill(cx, ticket->id, text, &text));
    if (text.len == 0)
        return OK;
    tickets_say(cx, ticket, "bot", text, &said);
    return OK;
}

/* What they agreed to, in which words, and by which message it shows. */
static struct err
record(struct cx *cx, const struct ticket *ticket, const struct message *message,
       struct str provider_id, const char *kind, bool is_yes, int64_t version)
{
    const struct consent consent = {
        .kind = kind,
        .act = is_yes ? "granted" : "withdrawn",
        .source = "contact",
        .channel_id = ticket->channel.v,
        .wording = str_fmt(cx->arena, "%lld", (long long)version),
        .ticket_id = ticket->id.v,
        .seq = message->seq,
        .provider_id = provider_id,
    };

    return consents_record(cx, ticket->contact, &consent);
}

static struct err
keep_answer(struct cx *cx, const struct talk *talk, const struct ticket *ticket,
            const struct message *message, struct str provider_id, const struct script_turn *turn)
{
    switch (turn->answered) {
    case NEED_TERMS:
        return record(cx, ticket, message, provider_id, "terms", true, talk->terms_version);
    case NEED_CONSENT:
        return record(cx, ticket, message, provider_id, "data_storage", turn->is_yes,
                      talk->consent_version);
    case NEED_BIRTH: contacts_say_birth(cx, ticket->contact, turn->value); return OK;
    case NEED_DOCUMENT: contacts_say_document(cx, ticket->contact, turn->value); return OK;
    default: return OK;
    }
}

/* The thread says that it is over, and why. */
static void
note_end(struct cx *cx, struct ticket *ticket, const char *how, struct str reason)
{
    struct buf detail;
    struct json_out o = events_payload(cx, &detail);

    json_kv_str(&o, "event", STR("intake_ended"));
    json_kv_str(&o, "how", str_of(how));
    json_kv_id(&o, "member_id", cx->member.v);
    if (reason.len > 0)
        json_kv_str(&o, "reason", reason);
    json_close(&o, '}');
    tickets_append_system(cx, ticket, buf_str(&detail));
}

/* The ticket waits for a person from here on. */
static void
hand_over(struct cx *cx, struct ticket *ticket, const char *how, struct str reason)
{
    tickets_to_queue(cx, ticket);
    note_end(cx, ticket, how, reason);
}

/* It stays the bot's: which flow begins, or that none does, is found there. */
static void
go_on(struct cx *cx, struct ticket *ticket, const struct message *message)
{
    note_end(cx, ticket, script_end_names[SCRIPT_DONE], STR(""));
    jobs_add(cx, "flow.hear", jobs_lane("ticket", ticket->id.v, 0), ticket->id.v,
             str_fmt(cx->arena, "%lld", (long long)message->seq), 0);
}

static struct err
begin(struct cx *cx, struct talk *talk, struct ticket *ticket)
{
    int needs = (int)ticket->intake_needs;

    talk->asked = talk->script.needs = needs;
    db_queue(cx, &SQL_intake_begin, P_ID(cx->account), P_ID(ticket->id), P_I64(needs),
             P_TIME(cx->now_us));
    TRY(say(cx, ticket, question(cx, talk, script_first(needs))));
    tickets_save(cx, ticket, NULL);
    return OK;
}

static bool
is_hasty(const struct talk *talk, const struct message *message)
{
    int64_t written_us =
        message->provider_at_us != 0 ? message->provider_at_us : message->created_at_us;

    return written_us < talk->asked_at_us + HASTY_S * US_PER_S;
}

struct err
intake_hear(struct cx *cx, struct ticket *ticket, const struct message *message,
            struct str provider_id)
{
    struct script_said said = { .text = message->text };
    struct script_turn turn;
    struct talk talk;
    int need;

    db_assert_tx(cx);
    TRY(load(cx, ticket, &talk));
    if (talk.asked_at_us == 0)
        return begin(cx, &talk, ticket);
    said.today = talk.today;
    said.is_hasty = is_hasty(&talk, message);
    need = script_first(talk.script.needs);
    turn = script_hear(cx->arena, &talk.script, &said);
    TRY(keep_answer(cx, &talk, ticket, message, provider_id, &turn));
    db_queue(cx, &SQL_intake_save, P_ID(cx->account), P_ID(ticket->id),
             P_STR(str_of(script_end_names[turn.end])), P_I64(talk.script.needs),
             P_I64(talk.script.wrong), P_BOOL(turn.says != LINE_NONE || turn.asks != 0),
             P_TIME(cx->now_us));
    TRY(say(cx, ticket, words_line(talk.locale, turn.says, need)));
    if (turn.asks != 0)
        TRY(say(cx, ticket, question(cx, &talk, turn.asks)));
    if (turn.end == SCRIPT_DONE)
        contacts_let_through(cx, ticket->contact, /* is_kept= */ true);
    if (turn.end == SCRIPT_DONE && talk.has_flows)
        go_on(cx, ticket, message);
    else if (turn.end != SCRIPT_GOES_ON)
        hand_over(cx, ticket, script_end_names[turn.end], STR(""));
    tickets_save(cx, ticket, NULL);
    return OK;
}

struct err
intake_override(struct cx *cx, struct ticket_id id, struct str reason, struct ticket *out)
{
    struct audit_change change = { .reason = reason };
    struct db_row row;

    TRY(tickets_lock(cx, id, out));
    TRY(db_one(cx, &SQL_intake_asking, &row, P_ID(cx->account), P_ID(id)));
    if (out->state != TICKET_BOT || !db_bool(&row, 0))
        return FAIL(ERR_CONFLICT, "intake_over");
    if (reason.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "reason");
    db_queue(cx, &SQL_intake_override, P_ID(cx->account), P_ID(id), P_ID(cx->member), P_STR(reason),
             P_TIME(cx->now_us));
    contacts_let_through(cx, out->contact, /* is_kept= */ false);
    audit_changed(cx, "intake.overridden", "ticket", id.v, &change);
    hand_over(cx, out, "overridden", reason);
    tickets_save(cx, out, NULL);
    return OK;
}

/*
 * A call for a template (cards/interactive_template.c): a message like others, written in the transaction that answers the
 * call, under the call's own key. It goes by the ticket's lane and may outlive every crash on its way there; what became
 * of it is the answer. Its quick replies say which card of which flow they answer, whenever that is.
 */
#include "flow_host_private.h"

#include "domain/messages/messages.h"
#include "flow_media.h"

/* Of a message's key: "while_bot:3:call.12.4.1" is of call 12.4.1. */
#define CALL STR("call.")

static struct str
key_of(struct cx *cx, const struct host *host)
{
    return str_fmt(cx->arena, SAID_WHILE_BOT "%lld:%.*s%.*s",
                   (long long)host->ticket.controller_epoch, STR_ARG(CALL),
                   STR_ARG(host->run.call.id));
}

static bool
call_of(struct str key, struct str *call)
{
    struct str rest = key, word = { 0 };

    while (str_cut(&rest, ':', &word))
        *call = word;
    if (!str_starts(*call, CALL))
        return false;
    *call = (struct str){ call->p + CALL.len, call->len - CALL.len };
    return true;
}

/* --- saying it ------------------------------------------------------------------------ */

static const struct template_param *
params_of(struct arena *a, const struct json *params)
{
    struct template_param *v = arena_array(a, struct template_param, json_len(params) + 1);

    for (size_t i = 0; i < json_len(params); i++)
        v[i] = (struct template_param){ json_get_text(json_at(params, i), "name"),
                                        json_get_text(json_at(params, i), "value") };
    return v;
}

static const struct str *
payloads_of(struct arena *a, const struct run *run, const struct json *options)
{
    struct str *v = arena_array(a, struct str, json_len(options) + 1);

    for (size_t i = 0; i < json_len(options); i++)
        v[i] = step_template_tap(a, &(struct template_tap){ run->at.flow, run->at.card,
                                                            json_text(json_at(options, i)) });
    return v;
}

static struct err
say(struct cx *cx, struct host *host)
{
    const struct json *request;
    struct template_wish wish = { .channel = host->ticket.channel };
    struct said_file kept = { 0 };
    struct str channel, file;

    TRY(json_parse(cx->arena, host->run.call.request, &request));
    channel = json_get_text(request, "channel");
    if (channel.len > 0 && flow_ref_id(channel, "channel") != host->ticket.channel.v)
        return FAIL(ERR_CONFLICT, "template_elsewhere");
    wish.template.v = flow_ref_id(json_get_text(request, "template"), "template");
    wish.params = params_of(cx->arena, json_get(request, "params"));
    wish.param_count = json_len(json_get(request, "params"));
    wish.payloads = payloads_of(cx->arena, &host->run, json_get(request, "options"));
    wish.payload_count = json_len(json_get(request, "options"));
    file = json_get_text(request, "file");
    if (file.len > 0)
        TRY(flow_media_find(cx, file, &kept));
    wish.attachment_id = kept.attachment_id;
    return messages_say_template(cx, &host->ticket, &wish, key_of(cx, host));
}

/* Only while it is the flow's turn: whoever has the ticket by now is not spoken over. */
struct err
flow_say_template(struct cx *cx, struct host *host, bool *is_said, struct call_result *out)
{
    struct err e;

    *is_said = false;
    *out = (struct call_result){ .call = host->run.call.id, .outcome = STR("unavailable") };
    if (!tickets_is_flows(&host->ticket) || host->ticket.controller_epoch != host->run.epoch)
        return OK;
    e = say(cx, host);
    *is_said = e.code == ERR_NONE;
    if (*is_said) {
        host->is_changed = true;
        flow_host_save(cx, host);
        return OK;
    }
    if (e.code != ERR_NOT_FOUND && e.code != ERR_CONFLICT && e.code != ERR_INVALID &&
        e.code != ERR_UNSUPPORTED && e.code != ERR_TOO_LARGE)
        return e;
    log_warn("flow.template_not_sent", "run=%lld why=%s", (long long)host->run_id, e.slug);
    out->outcome = str_of(e.slug);
    return OK;
}

/* --- what became of it ------------------------------------------------------------------ */

static struct str
outcome_of(const struct message *message)
{
    if (str_eq(message->state, STR("failed")))
        return message->error_slug.len > 0 ? message->error_slug : STR("failed");
    return str_eq(message->state, STR("unknown")) ? STR("unknown_result") : STR("ok");
}

static bool
is_under_way(const struct message *message)
{
    return str_eq(message->state, STR("queued")) || str_eq(message->state, STR("sending"));
}

struct err
flow_sent_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
               struct job_outcome *out)
{
    struct host *host = arena_new_of(cx->arena, struct host);
    struct input input = { .kind = INPUT_CALL_RESULT, .at_us = cx->now_us };
    bool is_live, is_known;
    struct message message;
    struct str call = { 0 };
    int64_t seq;

    (void)answer;
    (void)out;
    if (!str_i64(job->arg, &seq))
        return FAIL(ERR_INVALID, "arg_invalid");
    TRY(tickets_message(cx, (struct ticket_id){ job->subject_id }, seq, &message));
    if (!call_of(message.client_key, &call))
        return OK;
    input.id = str_fmt(cx->arena, "call:%.*s", STR_ARG(call));
    TRY(flow_find(cx, (struct ticket_id){ job->subject_id }, input.id, host, &is_live, &is_known));
    if (!is_live || is_known || !str_eq(host->run.call.id, call))
        return OK;
    TRY(tickets_message_of(cx, &host->ticket, seq, &message)); /* as it is under the lock */
    if (is_under_way(&message))
        return OK; /* it was put back: another word comes */
    input.result = (struct call_result){
        .call = call,
        .outcome = outcome_of(&message),
        .took_ms = (cx->now_us - message.created_at_us) / 1000,
    };
    return flow_take(cx, host, &input);
}

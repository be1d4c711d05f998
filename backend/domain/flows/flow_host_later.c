/*
 * What a run hears late: that the answer of another system takes its time, and that what it said will never arrive.
 */
#include "flow_host_private.h"

#include "base/clock.h"

#include "flows_host.sql.h"

/* --- meanwhile --------------------------------------------------------------------------- */

#define PATIENCE_US (3 * US_PER_S)

/* The text with the places of its values, whose marks mean nothing. */
static struct str
write_words(struct arena *a, struct str call, const struct content *words)
{
    struct buf b = { .arena = a };
    struct json_out o = { .buf = &b };

    json_open(&o, '{');
    json_kv_str(&o, "call", call);
    json_kv_str(&o, "text", words->text);
    json_key(&o, "literals");
    json_open(&o, '[');
    for (size_t i = 0; i < words->literal_count; i++) {
        json_put_i64(&o, (int64_t)words->literals[i].start);
        json_put_i64(&o, (int64_t)words->literals[i].len);
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return buf_str(&b);
}

static struct content
read_words(struct arena *a, const struct json *json)
{
    const struct json *places = json_get(json, "literals");
    struct literal *literals = arena_array(a, struct literal, json_len(places) / 2 + 1);
    struct content words = { .text = json_get_text(json, "text"), .literals = literals };

    for (size_t i = 0; i + 1 < json_len(places); i += 2) {
        int64_t start = 0, len = 0;

        json_i64(json_at(places, i), &start);
        json_i64(json_at(places, i + 1), &len);
        literals[words.literal_count++] = (struct literal){ (size_t)start, (size_t)len };
    }
    return words;
}

void
flow_promise_meanwhile(struct cx *cx, const struct host *host, const struct effect *e)
{
    const struct json *data = flow_effect_data(cx->arena, e);

    if (json_get_text(data, "meanwhile").len > 0)
        jobs_add(cx, "flow.meanwhile", 0, host->ticket.id.v,
                 write_words(cx->arena, json_get_text(data, "call_id"), &e->content),
                 cx->now_us + PATIENCE_US);
}

/* It is said beside the steps: the run learns nothing of it. */
struct err
flow_meanwhile_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                    struct job_outcome *out)
{
    struct host *host = arena_new_of(cx->arena, struct host);
    struct effect said = { .kind = EFFECT_SEND, .guard = "while_bot", .purpose = "bot" };
    const struct json *words;
    bool is_live, is_known;
    struct str call, input;

    (void)answer;
    (void)out;
    TRY(json_parse(cx->arena, job->arg, &words));
    call = json_get_text(words, "call");
    input = str_fmt(cx->arena, "meanwhile:%.*s", STR_ARG(call));
    TRY(flow_find(cx, (struct ticket_id){ job->subject_id }, input, host, &is_live, &is_known));
    if (!is_live || is_known || host->run.state != RUN_CALLING ||
        !str_eq(host->run.call.id, call) || !tickets_is_flows(&host->ticket) ||
        host->ticket.controller_epoch != host->run.epoch)
        return OK;
    TRY(flow_documents(cx, host));
    TRY(flow_facts(cx, host, cx->now_us));
    said.content = read_words(cx->arena, words);
    said.seq = host->run.seq; /* n is no effect's: 0 */
    db_queue(cx, &SQL_run_input_add, P_ID(cx->account), P_I64(host->run_id), P_STR(input),
             P_I64(host->run.seq), P_TIME(cx->now_us));
    TRY(flow_say(cx, host, &said));
    flow_host_save(cx, host);
    return OK;
}

/* --- never to arrive ------------------------------------------------------------------------ */

/* Reasons that mean something to a flow; of all others it only keeps that it was so. */
static const struct {
    const char *slug, *code;
} codes[] = {
    { "window_closed", "window" },
    { "undeliverable", "unreachable" },
    { "customer_blocked", "unreachable" },
};

static struct str
code_of(struct str slug)
{
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (str_eq(slug, str_of(codes[i].slug)))
            return str_of(codes[i].code);
    return STR("other");
}

/* "while_bot:3:12.4.1.1" → 12.4.1.1, of run 12. */
static bool
read_key(struct str key, struct str *effect, int64_t *run)
{
    struct str rest = key, word;

    while (str_cut(&rest, ':', &word))
        *effect = word;
    rest = *effect;
    return str_cut(&rest, '.', &word) && str_i64(word, run);
}

/* "flow.unsent": arg is the place of a message. */
struct err
flow_unsent_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                 struct job_outcome *out)
{
    struct host *host = arena_new_of(cx->arena, struct host);
    struct input input = { .kind = INPUT_SEND_FAILED,
                           .id = str_fmt(cx->arena, "unsent:%.*s", STR_ARG(job->arg)),
                           .at_us = cx->now_us };
    bool is_live, is_known;
    struct message message;
    int64_t seq, run;

    (void)answer;
    (void)out;
    if (!str_i64(job->arg, &seq))
        return FAIL(ERR_INVALID, "arg_invalid");
    TRY(flow_find(cx, (struct ticket_id){ job->subject_id }, input.id, host, &is_live, &is_known));
    if (!is_live || is_known)
        return OK;
    TRY(tickets_message_of(cx, &host->ticket, seq, &message));
    if (!str_eq(message.state, STR("failed")) ||
        !read_key(message.client_key, &input.effect, &run) || run != host->run_id)
        return OK;
    input.code = code_of(message.error_slug);
    return flow_take(cx, host, &input);
}

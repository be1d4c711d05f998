/*
 * A satisfaction survey, as the ticket and its figures know it. Whoever nobody has charge of stays the bot's: surveyed is a
 * ticket that somebody answers for.
 */
#include "flow_host_private.h"
#include "flow_secrets.h"

#include "domain/surveys/surveys.h"

static struct err
asks(struct cx *cx, struct host *host, const struct effect *e, const struct json *data)
{
    struct ticket *t = &host->ticket;

    if (t->state == TICKET_BOT && (t->assignee.v != 0 || t->department.v != 0)) {
        tickets_survey(cx, t);
        host->is_changed = true;
    }
    return surveys_ask(cx, t, host->run_id, e->seq, json_get_text(data, "scope"));
}

static struct err
is_answered(struct cx *cx, struct host *host, const struct effect *e, const struct json *data)
{
    struct survey_answer answer = { .label = json_get_text(data, "label"),
                                    .comment = json_get_text(data, "comment") };

    (void)e;
    if (!json_i64(json_get(data, "score"), &answer.score))
        return OK;
    host->is_changed = true;
    return surveys_answer(cx, &host->ticket, host->run_id, &answer);
}

static const struct {
    const char *op;
    struct err (*act)(struct cx *cx, struct host *host, const struct effect *e,
                      const struct json *data);
} ops[] = { { "open", asks }, { "answer", is_answered } };

struct err
flow_survey(struct cx *cx, struct host *host, const struct effect *e)
{
    const struct json *data = flow_effect_data(cx->arena, e);

    for (size_t i = 0; i < sizeof ops / sizeof ops[0]; i++)
        if (str_eq(json_get_text(data, "op"), str_of(ops[i].op)))
            return ops[i].act(cx, host, e, data);
    return OK;
}

struct err
flow_end(struct cx *cx, struct host *host, const struct effect *e)
{
    (void)e;
    surveys_give_up(cx, host->run_id);
    flow_seals_forget(cx, host->run_id);
    return OK;
}

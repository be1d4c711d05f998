/* How a run begins: which flow, what it is told first, and what it stays on. */
#include "flow_host_private.h"

#include "base/clock.h"
#include "base/fold.h"
#include "domain/hours/hours.h"

#include "flows_host.sql.h"

/* At night, when little else is to be done. */
#define RECOUNT_AFTER_US (3 * US_PER_HOUR)

/* No flow begins here any more, or none with these words: a person does. */
static struct err
give_up(struct cx *cx, struct host *host)
{
    tickets_to_queue(cx, &host->ticket);
    tickets_save(cx, &host->ticket, NULL);
    return OK;
}

static struct err
first_words(struct cx *cx, const struct ticket *ticket, struct str *out)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_run_first_words, &found, &row, P_ID(cx->account), P_ID(ticket->id),
               P_TIME(ticket->opened_at_us)));
    *out = found ? fold_clean(cx->arena, db_str(&row, 0)) : STR("");
    return OK;
}

/* What a start of each kind is called by those who look at runs. */
static const struct {
    const char *kind, *cause;
} causes[] = {
    { "channel", "inbound" }, { "first_text", "entry" },      { "ad", "entry" },
    { "link", "entry" },      { "department", "department" },
};

/* An agent's starts lead elsewhere outside of its period, as long as something speaks there. */
static struct err
look_at_hours(struct cx *cx, const struct db_row *start, struct str *key)
{
    struct hours_subject period = { .period = { db_i64(start, 2) } };
    struct hours hours;

    if (db_is_null(start, 2) || db_is_null(start, 3))
        return OK;
    TRY(hours_of(cx, &period, cx->now_us, &hours));
    if (!hours.state.is_open)
        *key = db_str(start, 3);
    return OK;
}

/* The nearest start that these words fit. */
static struct err
find_start(struct cx *cx, const struct ticket *ticket, struct str words, struct str *key,
           const char **cause)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_run_start, &found, &row, P_ID(cx->account), P_ID(ticket->channel),
               P_STR(fold(cx->arena, words)), P_ID(ticket->department), P_STR(ticket->origin)));
    *key = found ? db_str(&row, 0) : STR("");
    for (size_t i = 0; found && *cause == NULL && i < sizeof causes / sizeof causes[0]; i++)
        if (str_eq(db_str(&row, 1), str_of(causes[i].kind)))
            *cause = causes[i].cause;
    return found ? look_at_hours(cx, &row, key) : OK;
}

/* What was answered says which flow it is of; one that speaks no more is as good as none. */
static struct err
find_answered(struct cx *cx, struct host *host, const struct input *input, struct flow_pin **pins,
              struct str *key)
{
    struct template_tap tap;

    if (!step_template_tapped(input->payload, &tap))
        return OK;
    TRY(flow_pins_now(cx, tap.flow, pins, &host->pin_count));
    if (host->pin_count > 0)
        *key = tap.flow;
    return OK;
}

/* What was heard is what it starts with: nothing of it is an answer yet. */
struct err
flow_begin(struct cx *cx, struct host *host, struct str key, const char *cause, struct input *input,
           bool *go)
{
    const struct ticket *t = &host->ticket;
    struct flow_pin *pins = NULL;
    struct db_row row;
    struct str words;

    *go = false;
    host->pin_count = 0;
    TRY(first_words(cx, t, &words));
    if (key.len == 0)
        TRY(find_answered(cx, host, input, &pins, &key));
    if (host->pin_count > 0)
        cause = "template_reply";
    else if (key.len == 0)
        TRY(find_start(cx, t, words, &key, &cause));
    if (key.len > 0 && host->pin_count == 0)
        TRY(flow_pins_now(cx, key, &pins, &host->pin_count));
    if (host->pin_count == 0)
        return give_up(cx, host);
    host->pins = pins;
    input->kind = INPUT_START;
    input->cause = str_of(cause);
    input->first_text = words;
    TRY(db_one(cx, &SQL_run_add, &row, P_ID(cx->account), P_I64(pins[0].flow_id),
               P_I64(pins[0].number), P_ID(t->id), P_ID(t->channel), P_STR(input->cause),
               P_STR(flow_pins_write(cx->arena, pins, host->pin_count)), P_TIME(cx->now_us),
               P_I64(t->controller_epoch)));
    host->run_id = db_i64(&row, 0);
    if (db_bool(&row, 1))
        jobs_add(cx, "flow.recount", jobs_lane_alone(), 0, db_str(&row, 2),
                 db_time(&row, 3) + RECOUNT_AFTER_US);
    host->began_us = cx->now_us;
    host->run = (struct run){ .id = host->run_id, .root = key, .epoch = t->controller_epoch };
    *go = true;
    return OK;
}

/*
 * How a flow lets a ticket go: to a department or a person, with a note of what was said already, or closed. What cannot
 * be done as its author wished is done as nearly as possible: nobody is left alone with a bot that has nothing to say.
 */
#include "flow_host_private.h"

#include "flows_host.sql.h"

/* --- the note -------------------------------------------------------------------------- */

static const struct flow_document *
document_of(const struct host *host, int64_t flow_id)
{
    for (size_t i = 0; i < host->pin_count; i++)
        if (host->pins[i].flow_id == flow_id)
            return flow_set_find(host->flows, host->pins[i].key);
    return NULL;
}

static struct str
card_name(const struct flow_document *d, struct str id)
{
    int card = d == NULL ? -1 : document_card(d, id);

    return card >= 0 ? d->cards[card].name : id;
}

static void
add_place(struct buf *path, struct str name)
{
    buf_add(path, path->len == 0 ? STR("Caminho: ") : STR(" → "));
    buf_add(path, name);
}

/* The cards by their names, of this step too: what happened is written before what comes of it. */
static struct err
write_path(struct cx *cx, const struct host *host, struct buf *path)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_run_path, &rows, P_ID(cx->account), P_I64(host->run_id)));
    for (int i = rows.count; i > 0; i--) {
        struct db_row row = db_row_at(&rows, i - 1);

        add_place(path, card_name(document_of(host, db_i64(&row, 0)), db_str(&row, 1)));
    }
    return OK;
}

static void
write_answers(const struct host *host, struct buf *b)
{
    const struct run *run = host->out.run;

    for (size_t i = 0; i < run->answer_count; i++) {
        const struct run_answer *answer = &run->answers[i];
        struct str said = answer->label.len > 0 ? answer->label : answer->value.text;
        struct str name = answer->card;

        for (size_t d = 0; d < host->flows.n; d++)
            if (document_card(host->flows.v[d], answer->card) >= 0)
                name = card_name(host->flows.v[d], answer->card);
        if (said.len == 0)
            continue;
        buf_add(b, STR("\n"));
        buf_add(b, name);
        buf_add(b, STR(": "));
        buf_add(b, said);
    }
}

/* Where they came by, what they answered, and what the author wants said besides. */
static struct err
handover_note(struct cx *cx, const struct host *host, struct str own, struct str *out)
{
    struct buf b = { .arena = cx->arena };

    TRY(write_path(cx, host, &b));
    write_answers(host, &b);
    if (own.len > 0) {
        if (b.len > 0)
            buf_add(&b, STR("\n\n"));
        buf_add(&b, own);
    }
    *out = buf_str(&b);
    return OK;
}

/* --- transfer ----------------------------------------------------------------------------- */

static const struct {
    const char *word;
    enum ticket_priority priority;
} priorities[] = { { "high", PRIORITY_HIGH }, { "urgent", PRIORITY_URGENT } };

static struct err
prioritize(struct cx *cx, struct host *host, struct str word)
{
    for (size_t i = 0; i < sizeof priorities / sizeof priorities[0]; i++)
        if (str_eq(word, str_of(priorities[i].word)))
            return tickets_prioritize(cx, host->ticket.id, priorities[i].priority, &host->ticket);
    return OK;
}

/* Whoever cannot take it now is no target: then it is the department's. */
static struct member_id
person_of(struct cx *cx, const struct host *host, const struct json *data)
{
    struct str target = json_get_text(data, "target");
    struct str ref = str_eq(target, STR("user"))         ? json_get_text(data, "id")
                     : str_eq(target, STR("last_agent")) ? host->facts.last_agent
                                                         : (struct str){ 0 };
    struct member_id id = { flow_ref_id(ref, "user") };
    struct member member;

    if (id.v != 0 && (org_require_agent(cx, id, &member).code != ERR_NONE ||
                      org_require_channel(cx, id, host->ticket.channel.v).code != ERR_NONE))
        id.v = 0;
    return id;
}

/* The wished one, if tickets may wait there; else the one that it is in already. */
static struct department_id
department_of(struct cx *cx, const struct host *host, const struct json *data)
{
    struct department_id id = { flow_ref_id(json_get_text(data, "department"), "department") };
    struct department department;

    if (id.v == 0 || org_require_department(cx, id, &department).code != ERR_NONE)
        return host->ticket.department;
    return id;
}

struct err
flow_transfer(struct cx *cx, struct host *host, const struct effect *e)
{
    const struct json *data = flow_effect_data(cx->arena, e);
    const struct flow_document *flow = flow_set_find(host->flows, host->run.root);
    struct ticket_transfer to = {
        .department = department_of(cx, host, data),
        .assignee = person_of(cx, host, data),
        .flow = flow == NULL ? host->run.root : flow->name,
    };

    TRY(handover_note(cx, host, json_get_text(data, "note"), &to.note));
    if (json_true(json_get(data, "out_of_hours")) && host->ticket.out_of_hours_at_us == 0)
        host->ticket.out_of_hours_at_us = cx->now_us;
    if (to.department.v == 0 && to.assignee.v == 0) {
        tickets_to_queue(cx, &host->ticket);
        tickets_whisper(cx, &host->ticket, "bot", to.note);
        host->is_changed = true;
        return OK;
    }
    host->is_changed = true;
    flow_host_save(cx, host);
    TRY(tickets_transfer(cx, host->ticket.id, &to, &host->ticket));
    return prioritize(cx, host, json_get_text(data, "priority"));
}

/* --- the end ---------------------------------------------------------------------------------- */

struct err
flow_close(struct cx *cx, struct host *host, const struct effect *e)
{
    const struct json *data = flow_effect_data(cx->arena, e);
    const struct ticket_ending ending = {
        .reason = { flow_ref_id(json_get_text(data, "reason"), "reason") },
        .says_goodbye = json_get_text(data, "message").len > 0,
        .asks = json_get_text(data, "survey").len > 0,
    };

    if (host->ticket.state == TICKET_CLOSED)
        return OK;
    flow_host_save(cx, host);
    return tickets_end(cx, host->ticket.id, &ending, &host->ticket);
}

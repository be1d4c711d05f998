#include "recall.h"

#include "recall_private.h"
#include "recording_private.h"

#include "flows_runs.sql.h"

/* --- what is known of it ------------------------------------------------------------------- */

/* The versions that it was had with, and the world of its first hour. */
static struct err
read_world(struct cx *cx, struct ticket_id ticket, int64_t run, struct recalled *r,
           struct host *host)
{
    const struct json *state;
    struct flow_pin *pins;
    struct db_row row;

    TRY(tickets_get(cx, ticket, &host->ticket));
    TRY(db_one(cx, &SQL_flow_run_world, &row, P_ID(cx->account), P_ID(ticket), P_I64(run)));
    TRY(flow_pins_read(cx, db_str(&row, 0), &pins, &host->pin_count));
    host->pins = pins;
    TRY(json_parse(cx->arena, db_str(&row, 1), &state));
    r->found_customer = json_get_text(json_get(state, "customer"), "id");
    if (flow_documents(cx, host).code != ERR_NONE)
        return FAIL(ERR_CONFLICT, "flow_unknown");
    return flow_facts(cx, host, recall_begun_us(r->path));
}

/* --- then and now ---------------------------------------------------------------------------- */

static struct str
card_then(const struct flow_path *path, size_t i)
{
    return i < path->visit_count ? path->visits[i].card.card : STR("");
}

/* Plays it once more; the cards that are met, in their order. */
static struct err
play_again(struct arena *a, struct str test, struct flow_set flows, struct flow_words *met)
{
    struct play *play = arena_new_of(a, struct play);
    struct recording recording;
    const struct json *json;
    struct str *v;

    TRY(json_parse(a, test, &json));
    TRY(recording_read(a, json, &recording));
    if (!play_begin(play, a, &recording, flows))
        return FAIL(ERR_CONFLICT, "flow_unknown");
    for (size_t i = 0; i < json_len(recording.steps) && play->result.has_passed; i++)
        play_step(play, json_at(recording.steps, i));
    v = arena_array(a, struct str, play->simulation.trace_count + 1);
    *met = (struct flow_words){ v, 0 };
    for (size_t i = 0; i < play->simulation.trace_count; i++)
        if (strcmp(play->simulation.trace[i].event, "enter") == 0)
            v[met->n++] = play->simulation.trace[i].card;
    return OK;
}

static void
compare(const struct flow_path *path, struct flow_words met, struct recall *out)
{
    for (size_t i = 0; i < path->visit_count || i < met.n; i++) {
        struct str again = i < met.n ? met.v[i] : STR("");

        if (str_eq(card_then(path, i), again))
            continue;
        out->place = (int64_t)i + 1;
        out->then = card_then(path, i);
        out->again = again;
        return;
    }
}

/* --- the whole ---------------------------------------------------------------------------------- */

static struct err
make(struct cx *cx, const struct recalled *r, struct recording *out)
{
    const struct json *given, *stubs, *steps;

    TRY(json_parse(cx->arena, recall_given(r), &given));
    TRY(json_parse(cx->arena, recall_stubs(r), &stubs));
    TRY(json_parse(cx->arena, recall_steps(r), &steps));
    /* What is said stands between, and how it ended at its end. */
    if (2 * json_len(steps) + 1 > RECORDING_STEPS_MAX || json_len(stubs) > RECORDING_STUBS_MAX)
        return FAIL(ERR_CONFLICT, "too_long_for_test");
    if (json_len(steps) == 0)
        return FAIL(ERR_CONFLICT, "conversation_gone");
    return recording_make(cx->arena, r->host->pins[0].key, given, stubs, steps, out);
}

struct err
recall(struct cx *cx, struct ticket_id ticket, int64_t run, struct recall *out)
{
    struct host *host = arena_new_of(cx->arena, struct host);
    struct pseudonyms people = { .arena = cx->arena };
    struct flow_path path;
    struct recalled r = { .arena = cx->arena, .path = &path, .host = host, .people = &people };
    struct recording recording;
    struct flow_words met;

    *out = (struct recall){ 0 };
    TRY(flow_runs_path(cx, ticket, run, &path));
    if (path.run.ended_at_us == 0)
        return FAIL(ERR_CONFLICT, "run_goes_on");
    if (path.has_earlier)
        return FAIL(ERR_CONFLICT, "too_long_for_test");
    TRY(read_world(cx, ticket, run, &r, host));
    recall_meet_people(&r);
    TRY(make(cx, &r, &recording));
    recording.id = STR("atendimento");
    recording.name = STR("");
    recording.people = &people;
    out->flow_id = path.run.flow_id;
    out->test = recording_write(cx->arena, &recording, host->flows);
    TRY(play_again(cx->arena, out->test, host->flows, &met));
    compare(&path, met, out);
    return OK;
}

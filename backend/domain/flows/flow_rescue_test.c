/* Steps that fail for ever. */
#include "domain/flows/flow_return.h"
#include "domain/testing/flow_house.h"

#include "base/clock.h"

static int64_t
dead(struct flow_house *b)
{
    return house_number(b, "rescue_dead", "SELECT count(*) FROM dead_jobs WHERE account_id = $1");
}

static int64_t
ended(struct flow_house *b)
{
    return house_number(b, "rescue_ended",
                        "SELECT count(*) FROM flow_runs WHERE account_id = $1 AND phase = 'ended' "
                        "AND end_reason = 'error'");
}

/* What is tried again is tried again. */
static void
time_passes(struct flow_house *b)
{
    for (int i = 0; i < 12; i++) {
        house_works(b);
        test_advance(b->cx, US_PER_MIN * 5);
    }
}

/* A message that nobody can find: its job dies at once. */
static void
is_told_nonsense(struct flow_house *b)
{
    jobs_add(b->cx, "flow.hear", jobs_lane("ticket", b->ticket.id.v, 0), b->ticket.id.v,
             STR("nonsense"), 0);
}

TEST(a_step_that_fails_for_ever_gives_the_ticket_to_people)
{
    struct flow_house b = { 0 };

    house_opens(&b, house_menu);
    house_writes(&b, "Oi");
    is_told_nonsense(&b);
    house_works(&b);
    CHECK_I64(dead(&b), 1);
    CHECK_I64(b.ticket.state, TICKET_WAITING);
    CHECK_I64(b.ticket.department.v, b.support.v);
    CHECK_STR(house_said(&b, "out", 0).text,
              "Tive um problema por aqui. Vou chamar alguém da equipe para continuar.");
    CHECK(str_has(house_said(&b, "note", 1).text, STR("assunto")) ||
          str_has(house_said(&b, "note", 0).text, STR("assunto")));
    CHECK_I64(ended(&b), 1);
}

TEST(a_run_that_cannot_even_be_read_gives_it_to_people_too)
{
    struct flow_house b = { 0 };

    house_opens(&b, house_menu);
    house_writes(&b, "Oi");
    house_suffers(&b, "rescue_broken", "UPDATE flow_runs SET state = '[' WHERE account_id = $1");
    house_writes(&b, "1");
    CHECK_I64(b.ticket.state, TICKET_BOT); /* not yet */
    time_passes(&b);
    CHECK_I64(b.ticket.state, TICKET_WAITING);
    CHECK_I64(ended(&b), 1);
    CHECK(str_has(house_said(&b, "note", 0).text, STR("O bot não conseguiu continuar")));
    CHECK_I64(
        house_number(&b, "rescue_end",
                     "SELECT count(*) FROM flow_trace WHERE account_id = $1 AND event = 'end' "
                     "AND card = 'assunto'"),
        1);
    CHECK_I64(house_number(&b, "rescue_counted",
                           "SELECT n FROM flow_counters WHERE account_id = $1 AND card = 'assunto' "
                           "AND what = 'abandoned' AND outlet = 'error'"),
              1);
}

TEST(a_ticket_that_is_with_people_is_left_to_them)
{
    struct flow_house b = { 0 };

    house_opens(&b, house_menu);
    house_writes(&b, "Oi");
    is_told_nonsense(&b);
    house_meets_manager(&b);
    CHECK_OK(tickets_take(b.cx, b.ticket.id, &b.ticket));
    time_passes(&b);
    CHECK_I64(b.ticket.state, TICKET_SERVING);
    CHECK_I64(ended(&b), 0);
}

TEST(a_dead_job_that_is_replayed_later_changes_nothing)
{
    struct flow_house b = { 0 };
    int64_t outs, notes;

    house_opens(&b, house_menu);
    house_writes(&b, "Oi");
    house_suffers(&b, "rescue_broken", "UPDATE flow_runs SET state = '[' WHERE account_id = $1");
    house_writes(&b, "1");
    time_passes(&b);
    outs = test_messages(b.cx, b.ticket.id, "out");
    notes = test_messages(b.cx, b.ticket.id, "note");
    jobs_add(b.cx, "flow.hear", jobs_lane("ticket", b.ticket.id.v, 0), b.ticket.id.v,
             str_fmt(b.cx->arena, "%lld", (long long)house_said(&b, "in", 0).seq), 0);
    time_passes(&b);
    CHECK_I64(test_messages(b.cx, b.ticket.id, "out"), outs);
    CHECK_I64(test_messages(b.cx, b.ticket.id, "note"), notes);
    CHECK_I64(b.ticket.state, TICKET_WAITING);

    /* Nor when the bot has it again, and asks something else. */
    house_meets_manager(&b);
    CHECK_OK(flows_return(b.cx, b.ticket.id, &(struct flow_return){ .mode = RETURN_RESTART },
                          &b.ticket));
    house_works(&b);
    outs = test_messages(b.cx, b.ticket.id, "out");
    jobs_add(b.cx, "flow.hear", jobs_lane("ticket", b.ticket.id.v, 0), b.ticket.id.v,
             str_fmt(b.cx->arena, "%lld", (long long)house_said(&b, "in", 0).seq), 0);
    house_works(&b);
    CHECK_I64(test_messages(b.cx, b.ticket.id, "out"), outs);
    CHECK_I64(b.ticket.state, TICKET_BOT);
}

/* A ticket given back to the bot, and one that comes into a department with a flow of its own. */
#include "domain/flows/flow_return.h"
#include "domain/testing/flow_house.h"

#include "base/clock.h"

/* What support asks whoever comes to it. */
static const char triage[] = "{'format':'balcao-flow','format_version':1,'key':'triagem','name':'"
                             "Triagem','channels':['whatsapp'],"
                             "'start':'relato','settings':{'fallback':{'department':'department:%"
                             "lld'}},'variables':[],'notes':[],'refs':[],'cards':["
                             "{'id':'relato','type':'description','v':1,'position':{'x':0,'y':0},'"
                             "settings':{'text':'O que acontece?'}},"
                             "{'id':'para','type':'transfer','v':1,'position':{'x':0,'y':2},'"
                             "settings':{'target':'department',"
                             "'department':'department:%lld'}}],"
                             "'connectors':[{'from':'relato','outlet':'next','to':'para'}]}";

static const struct flow_return resume = { .mode = RETURN_RESUME };
static const struct flow_return restart = { .mode = RETURN_RESTART };

static int64_t
runs(struct flow_house *b)
{
    return house_number(b, "return_runs", "SELECT count(*) FROM flow_runs WHERE account_id = $1");
}

/* A manager has it, and the flow has heard of it or not. */
static void
is_taken(struct flow_house *b)
{
    house_meets_manager(b);
    CHECK_OK(tickets_take(b->cx, b->ticket.id, &b->ticket));
}

static void
send_all(struct flow_house *b)
{
    while (jobs_work_once(b->cx, QUEUE_OUTBOUND) > 0)
        ;
}

TEST(given_back_it_asks_again_what_it_asked)
{
    struct flow_house b = { 0 };

    house_opens(&b, house_menu);
    house_writes(&b, "Oi");
    is_taken(&b);
    CHECK_OK(flows_return(b.cx, b.ticket.id, &resume, &b.ticket));
    CHECK_I64(b.ticket.state, TICKET_BOT);
    CHECK_STR(house_said(&b, "out", 0).text, "Qual assunto?");
    CHECK_I64(test_messages(b.cx, b.ticket.id, "out"), 2); /* nothing before the job */
    house_works(&b);
    CHECK_I64(test_messages(b.cx, b.ticket.id, "out"), 3);
    CHECK_STR(house_said(&b, "out", 0).text, "Qual assunto?");
    CHECK_I64(runs(&b), 1);
    CHECK_I64(test_audit(b.cx, "ticket.returned"), 1);

    house_writes(&b, "1");
    CHECK_I64(b.ticket.state, TICKET_CLOSED);
}

TEST(what_was_queued_before_it_was_taken_is_not_sent_after_it_came_back)
{
    struct flow_house b = { 0 };

    house_opens(&b, house_menu);
    house_writes(&b, "Oi");
    is_taken(&b);
    CHECK_OK(flows_return(b.cx, b.ticket.id, &resume, &b.ticket));
    house_works(&b);
    CHECK_I64(b.ticket.state, TICKET_BOT);
    for (int i = 0; i < 2; i++)
        send_all(&b);
    CHECK_STR(house_said(&b, "out", 2).state, "failed");
    CHECK_STR(house_said(&b, "out", 2).error_slug, "bot_interrupted");
    CHECK_STR(house_said(&b, "out", 1).error_slug, "bot_interrupted");
    CHECK(!str_eq(house_said(&b, "out", 0).state, STR("failed")));
}

TEST(what_was_queued_before_its_ticket_was_closed_says_so)
{
    struct flow_house b = { 0 };

    house_opens(&b, house_menu);
    house_writes(&b, "Oi");
    is_taken(&b);
    CHECK_OK(
        tickets_close(b.cx, b.ticket.id, test_reason(b.cx, "Resolvido", ""), STR(""), &b.ticket));
    send_all(&b);
    CHECK_STR(house_said(&b, "out", 0).state, "failed");
    CHECK_STR(house_said(&b, "out", 0).error_slug, "bot_too_late");
}

TEST(given_back_to_begin_again_it_greets_again)
{
    struct flow_house b = { 0 };

    house_opens(&b, house_menu);
    house_writes(&b, "Oi");
    is_taken(&b);
    house_works(&b);
    CHECK_OK(flows_return(b.cx, b.ticket.id, &restart, &b.ticket));
    house_works(&b);
    CHECK_STR(house_said(&b, "out", 1).text, "Bem-vinda!");
    CHECK_I64(test_messages(b.cx, b.ticket.id, "out"), 4);
    CHECK_I64(runs(&b), 1);
}

TEST(taken_and_given_back_twice_it_is_heard_twice)
{
    struct flow_house b = { 0 };

    house_opens(&b, house_menu);
    house_writes(&b, "Oi");
    is_taken(&b);
    for (int i = 0; i < 2; i++) {
        CHECK_OK(flows_return(b.cx, b.ticket.id, &resume, &b.ticket));
        house_works(&b);
        CHECK_OK(tickets_take(b.cx, b.ticket.id, &b.ticket));
        house_works(&b);
    }
    CHECK_I64(test_messages(b.cx, b.ticket.id, "out"), 4);
    CHECK_I64(runs(&b), 1);
}

TEST(given_back_to_another_flow_the_first_makes_room)
{
    struct flow_house b = { 0 };
    struct flow_return other = { .mode = RETURN_FLOW };

    house_opens(&b, house_menu);
    other.flow = house_flow(&b, triage);
    house_writes(&b, "Oi");
    is_taken(&b);
    CHECK_OK(flows_return(b.cx, b.ticket.id, &other, &b.ticket));
    house_works(&b);
    CHECK_STR(house_said(&b, "out", 0).text, "O que acontece?");
    CHECK_I64(runs(&b), 2);
    CHECK_I64(house_number(&b, "return_replaced",
                           "SELECT count(*) FROM flow_runs WHERE account_id = $1 AND "
                           "end_reason = 'replaced'"),
              1);
}

TEST(taken_again_before_the_bot_heard_nothing_is_said)
{
    struct flow_house b = { 0 };

    house_opens(&b, house_menu);
    house_writes(&b, "Oi");
    is_taken(&b);
    CHECK_OK(flows_return(b.cx, b.ticket.id, &resume, &b.ticket));
    CHECK_OK(tickets_take(b.cx, b.ticket.id, &b.ticket));
    house_works(&b);
    CHECK_I64(b.ticket.state, TICKET_SERVING);
    CHECK_I64(test_messages(b.cx, b.ticket.id, "out"), 2);
}

TEST(a_run_that_handed_over_begins_again)
{
    struct flow_house b = { 0 };

    house_opens(&b, house_menu);
    house_writes(&b, "Oi");
    house_writes(&b, "2");
    CHECK_I64(b.ticket.state, TICKET_WAITING);
    house_meets_manager(&b);
    CHECK_OK(flows_return(b.cx, b.ticket.id, &resume, &b.ticket));
    house_works(&b);
    CHECK_I64(b.ticket.state, TICKET_BOT);
    CHECK_STR(house_said(&b, "out", 1).text, "Bem-vinda!");
    CHECK_I64(runs(&b), 2);
}

TEST(what_it_could_be_given_back_to_is_said_before)
{
    struct flow_return_ways ways;
    struct flow_house b = { 0 };

    house_opens(&b, house_menu);
    house_writes(&b, "Oi");
    house_meets_manager(&b);
    CHECK_OK(flows_return_ways(b.cx, b.ticket.id, &ways));
    CHECK(!ways.can_resume && !ways.can_restart && ways.flows.count == 0); /* the bot has it */
    CHECK_OK(tickets_take(b.cx, b.ticket.id, &b.ticket));
    CHECK_OK(flows_return_ways(b.cx, b.ticket.id, &ways));
    CHECK(ways.can_resume && ways.can_restart && !ways.is_opted_out);
    CHECK_I64(ways.flows.count, 1);
    CHECK_OK(
        tickets_close(b.cx, b.ticket.id, test_reason(b.cx, "Resolvido", ""), STR(""), &b.ticket));
    CHECK_OK(flows_return_ways(b.cx, b.ticket.id, &ways));
    CHECK(!ways.can_restart && ways.flows.count == 0);
}

TEST(there_must_be_something_to_give_it_back_to)
{
    const struct flow_return other = { .mode = RETURN_FLOW, .flow = { 1 } };
    const struct flow_return odd = { .mode = RETURN_RESUME, .flow = { 1 } };
    struct flow_return_ways ways;
    struct flow_house b = { 0 };

    house_opens(&b, house_menu);
    house_starts(&b, NULL, 0);
    house_writes(&b, "Oi");
    house_meets_manager(&b);
    CHECK_OK(flows_return_ways(b.cx, b.ticket.id, &ways));
    CHECK(!ways.can_resume && !ways.can_restart);
    CHECK_FAIL(flows_return(b.cx, b.ticket.id, &resume, &b.ticket), ERR_CONFLICT, "no_flow");
    CHECK_FAIL(flows_return(b.cx, b.ticket.id, &other, &b.ticket), ERR_NOT_FOUND, "flow_unknown");
    CHECK_FAIL(flows_return(b.cx, b.ticket.id, &odd, &b.ticket), ERR_INVALID, "unknown_value");
    CHECK_I64(test_jobs(b.cx, "flow.return"), 0);
    CHECK_OK(
        tickets_close(b.cx, b.ticket.id, test_reason(b.cx, "Resolvido", ""), STR(""), &b.ticket));
    CHECK_FAIL(flows_return(b.cx, b.ticket.id, &resume, &b.ticket), ERR_CONFLICT, "ticket_closed");
}

TEST(another_accounts_ticket_does_not_exist_to_be_given_back)
{
    struct flow_house b = { 0 }, foreign = { 0 };
    struct flow_return_ways ways;
    struct ticket ticket;

    house_opens(&foreign, house_menu);
    house_writes(&foreign, "Oi");
    house_opens(&b, house_menu);
    CHECK_FAIL(flows_return(b.cx, foreign.ticket.id, &resume, &ticket), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(flows_return_ways(b.cx, foreign.ticket.id, &ways), ERR_NOT_FOUND, "not_found");
}

/* --- departments -------------------------------------------------------------------------- */

static void
begins_in_support(struct flow_house *b)
{
    struct flow_start starts[] = {
        { .kind = START_CHANNEL, .flow_id = b->flow.v, .channel_id = b->channel.id.v },
        { .kind = START_DEPARTMENT,
          .flow_id = house_flow(b, triage).v,
          .department_id = b->support.v },
    };

    house_starts(b, starts, 2);
}

TEST(whoever_comes_into_a_department_is_asked_first_by_its_flow)
{
    struct flow_house b = { 0 };

    house_opens(&b, house_menu);
    begins_in_support(&b);
    house_writes(&b, "Oi");
    house_writes(&b, "2");
    CHECK_I64(b.ticket.state, TICKET_BOT);
    CHECK_I64(b.ticket.department.v, b.support.v);
    CHECK_STR(house_said(&b, "out", 0).text, "O que acontece?");
    CHECK_I64(house_number(&b, "return_cause",
                           "SELECT count(*) FROM flow_runs WHERE account_id = $1 AND cause = "
                           "'department' AND phase = 'asking'"),
              1);

    /* Once: its own transfer to the same department is to people. */
    house_writes(&b, "Sem internet");
    test_advance(b.cx, US_PER_MIN); /* they may have written on */
    house_works(&b);
    CHECK_I64(b.ticket.state, TICKET_WAITING);
    CHECK_I64(runs(&b), 2);
    house_meets_manager(&b);
    CHECK_OK(tickets_transfer(b.cx, b.ticket.id,
                              &(struct ticket_transfer){ .department = b.support }, &b.ticket));
    CHECK_I64(b.ticket.state, TICKET_WAITING);
}

TEST(a_person_who_transfers_begins_it_and_who_names_somebody_does_not)
{
    struct ticket_transfer to = { 0 };
    struct flow_house b = { 0 };

    house_opens(&b, house_menu);
    begins_in_support(&b);
    house_writes(&b, "Oi");
    is_taken(&b);
    to = (struct ticket_transfer){ .department = b.support, .assignee = b.cx->member };
    CHECK_OK(tickets_transfer(b.cx, b.ticket.id, &to, &b.ticket));
    CHECK_I64(b.ticket.state, TICKET_SERVING);
    to.assignee.v = 0;
    CHECK_OK(tickets_transfer(b.cx, b.ticket.id, &to, &b.ticket));
    CHECK_I64(b.ticket.state, TICKET_BOT);
    house_works(&b);
    CHECK_STR(house_said(&b, "out", 0).text, "O que acontece?");
    CHECK_I64(house_number(&b, "return_making_room",
                           "SELECT count(*) FROM flow_runs WHERE account_id = $1 AND "
                           "end_reason = 'replaced'"),
              1);
}

TEST(a_channel_without_a_start_opens_with_its_departments_flow)
{
    struct flow_house b = { 0 };

    house_opens(&b, house_menu);
    house_starts(&b,
                 &(struct flow_start){ .kind = START_DEPARTMENT,
                                       .flow_id = b.flow.v,
                                       .department_id = b.channel.department.v },
                 1);
    house_writes(&b, "Oi");
    CHECK_I64(b.ticket.state, TICKET_BOT);
    CHECK_STR(house_said(&b, "out", 1).text, "Bem-vinda!");
    CHECK_I64(house_number(&b, "return_opening",
                           "SELECT count(*) FROM flow_runs WHERE account_id = $1 AND cause = "
                           "'department'"),
              1);
}

TEST(a_departments_flow_that_is_gone_when_it_is_its_turn_leaves_nobody_alone)
{
    struct flow_house b = { 0 };

    house_opens(&b, house_menu);
    begins_in_support(&b);
    house_writes(&b, "Oi");
    is_taken(&b);
    CHECK_OK(tickets_transfer(b.cx, b.ticket.id,
                              &(struct ticket_transfer){ .department = b.support }, &b.ticket));
    house_starts(&b, NULL, 0);
    house_works(&b);
    CHECK_I64(b.ticket.state, TICKET_WAITING);
}

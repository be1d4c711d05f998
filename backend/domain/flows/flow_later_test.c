/* What a run hears late: answers that take their time, messages that never arrive. */
#include "domain/testing/flow_house.h"

#include "base/clock.h"

/* Asks another system, and says so if that takes long. */
static const char asking[] =
    "{'format':'balcao-flow','format_version':1,'key':'pedido','name':'Pedidos','channels':['"
    "whatsapp'],"
    "'start':'pedido','settings':{'fallback':{'department':'department:%lld'}},'variables':[],'"
    "notes':[],'refs':[],'cards':["
    "{'id':'pedido','type':'http_request','v':1,'position':{'x':0,'y':0},'settings':{'method':'GET'"
    ","
    "'url':'https://loja.exemplo/7','progress_text':'Um momento, {{contact.first_name}}.',"
    "'map':[{'pointer':'/status','variable':'flow.status','type':'text'}]}},"
    "{'id':'fim','type':'finish','v':1,'position':{'x':0,'y':1},'settings':{'message':'Até "
    "mais!'}}],"
    "'connectors':[{'from':'pedido','outlet':'success','to':'fim'},{'from':'pedido','outlet':'"
    "failure','to':'fim'}]}";

TEST(an_answer_that_takes_long_is_excused_once)
{
    struct flow_house b = { 0 };

    house_opens(&b, asking);
    house_writes(&b, "Oi");
    CHECK_I64(test_messages(b.cx, b.ticket.id, "out"), 0);
    test_advance(b.cx, US_PER_S * 3);
    house_works(&b);
    CHECK_I64(test_messages(b.cx, b.ticket.id, "out"), 1);
    CHECK_STR(house_said(&b, "out", 0).text, "Um momento, Rita.");
    test_advance(b.cx, US_PER_S * 3);
    house_works(&b);
    CHECK_I64(test_messages(b.cx, b.ticket.id, "out"), 1);
}

TEST(an_excuse_that_comes_after_a_person_took_over_is_not_said)
{
    struct flow_house b = { 0 };

    house_opens(&b, asking);
    house_writes(&b, "Oi");
    house_meets_manager(&b);
    CHECK_OK(tickets_take(b.cx, b.ticket.id, &b.ticket));
    test_advance(b.cx, US_PER_S * 3);
    house_works(&b);
    CHECK_I64(test_messages(b.cx, b.ticket.id, "out"), 0);
}

/* The last message of the bot fails for this reason, as its channel says. */
static void
fails(struct flow_house *b, const char *sql)
{
    house_suffers(b, sql, sql);
    jobs_add(b->cx, "flow.unsent", jobs_lane("ticket", b->ticket.id.v, 0), b->ticket.id.v,
             str_fmt(b->cx->arena, "%lld", (long long)house_said(b, "out", 0).seq), 0);
    house_works(b);
}

TEST(whoever_cannot_be_reached_is_not_waited_for)
{
    struct flow_house b = { 0 };

    house_opens(&b, house_menu);
    house_writes(&b, "Oi");
    fails(&b, "UPDATE messages SET state = 'failed', error_slug = 'undeliverable' WHERE account_id "
              "= $1 AND direction = 'out'");
    CHECK_I64(b.ticket.state, TICKET_CLOSED);
    CHECK_I64(
        house_number(
            &b, "later_unreachable",
            "SELECT count(*) FROM flow_runs WHERE account_id = $1 AND end_reason = 'unreachable'"),
        1);
}

TEST(where_the_window_closed_meanwhile_people_go_on)
{
    struct flow_house b = { 0 };

    house_opens(&b, house_menu);
    house_writes(&b, "Oi");
    fails(&b, "UPDATE messages SET state = 'failed', error_slug = 'window_closed' WHERE account_id "
              "= $1 AND direction = 'out'");
    CHECK_I64(b.ticket.state, TICKET_WAITING);
    CHECK_I64(b.ticket.department.v, b.support.v);
}

TEST(any_other_failure_is_only_kept)
{
    struct flow_house b = { 0 };

    house_opens(&b, house_menu);
    house_writes(&b, "Oi");
    fails(&b, "UPDATE messages SET state = 'failed', error_slug = 'provider_error' WHERE "
              "account_id = $1 AND direction = 'out'");
    CHECK_I64(b.ticket.state, TICKET_BOT);
    CHECK_I64(house_number(&b, "later_kept",
                           "SELECT count(*) FROM flow_trace WHERE account_id = $1 AND event = "
                           "'ignored' AND reason = 'send_failed'"),
              1);
    house_writes(&b, "1");
    CHECK_I64(b.ticket.state, TICKET_CLOSED);
}

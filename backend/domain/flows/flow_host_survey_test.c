/* What customers are asked about how they were served: when, once, and kept whatever becomes of the conversation. */
#include "domain/surveys/surveys.h"
#include "domain/testing/flow_house.h"

#include "base/clock.h"
#include "domain/bulk/bulk.h"
#include "domain/timers/timers_private.h"

#define HEAD(key, name)                                                                            \
    "{'format':'balcao-flow','format_version':1,'key':'" key "','name':'" name                     \
    "','channels':['whatsapp'],'settings':{'fallback':{'department':'department:%lld'}},"          \
    "'variables':[],'notes':[],'refs':[],"
#define AT "'v':1,'position':{'x':0,'y':0},"
#define SURVEY(settings)                                                                           \
    "{'id':'nota','type':'survey'," AT "'settings':{" settings "}},"                               \
    "{'id':'fim','type':'finish'," AT "'settings':{'send_message':false}}"
#define SURVEY_ENDS "{'from':'nota','outlet':'answered','to':'fim'}"

/* Hands over, and asks once that is over. */
static const char served[] = HEAD(
    "geral", "Geral") "'start':'para','cards':["
                      "{'id':'para','type':'transfer'," AT
                      "'settings':{'target':'department','department':'department:%lld'}}," SURVEY(
                          "'ask_comment':true") "],'connectors':[{'from':'para','outlet':'served','"
                                                "to':'nota'}," SURVEY_ENDS "]}";
static const char plain[] = HEAD("geral", "Geral") "'start':'para','cards':["
                                                   "{'id':'para','type':'transfer'," AT
                                                   "'settings':{'target':'department','department':"
                                                   "'department:%lld'}}],'connectors':[]}";
static const char asking[] = HEAD("pesquisa", "Pesquisa") "'start':'nota','cards':[" SURVEY(
    "'scope':'agent'") "],'connectors':[" SURVEY_ENDS "]}";

/* Somebody serves the customer, and has answered. */
static void
serve(struct flow_house *h)
{
    CHECK_OK(tickets_lock(h->cx, h->ticket.id, &h->ticket));
    test_member(h->cx, "administrator");
    test_join(h->cx, h->support);
    CHECK_OK(tickets_take(h->cx, h->ticket.id, &h->ticket));
    h->ticket.first_reply_at_us = h->cx->now_us;
    tickets_save(h->cx, &h->ticket, NULL);
}

static void
finish(struct flow_house *h, const char *reason)
{
    CHECK_OK(
        tickets_close(h->cx, h->ticket.id, test_reason(h->cx, reason, ""), STR(""), &h->ticket));
}

static int64_t
in_state(struct flow_house *h, const char *state)
{
    struct survey_filter filter = { .state = str_of(state), .score = -1 };
    struct db_rows rows;

    CHECK_OK(surveys_list(h->cx, &filter, 0, 50, &rows));
    return rows.count;
}

static int64_t
that_count_for(struct flow_house *h, const char *whom, bool is_commented)
{
    struct survey_filter filter = { .counts_for = str_of(whom),
                                    .score = -1,
                                    .is_commented = is_commented };
    struct db_rows rows;

    CHECK_OK(surveys_list(h->cx, &filter, 0, 50, &rows));
    return rows.count;
}

static struct db_row
only_survey(struct flow_house *h)
{
    struct survey_filter filter = { .score = -1 };
    struct db_rows rows;

    CHECK_OK(surveys_list(h->cx, &filter, 0, 50, &rows));
    CHECK_I64(rows.count, 1);
    return db_row_at(&rows, 0);
}

TEST(whoever_was_served_is_asked_what_they_think_and_then_it_is_closed)
{
    struct flow_house h = { 0 };
    struct member_id agent;
    struct db_row row;

    house_open(&h);
    house_begins(&h, house_flow(&h, served));
    house_writes(&h, "Oi");
    serve(&h);
    agent = h.cx->member;
    finish(&h, "Resolvido");
    CHECK_I64(h.ticket.state, TICKET_SURVEYING);
    house_works(&h);
    CHECK(str_starts(house_said(&h, "out", 0).text, STR("De 1 a 5, que nota")));
    CHECK_I64(in_state(&h, "asked"), 1);
    CHECK_I64(that_count_for(&h, "both", true), 0);

    house_writes(&h, "6"); /* another chance */
    CHECK_I64(in_state(&h, "asked"), 1);
    house_writes(&h, "4");
    CHECK(str_has(house_said(&h, "system", 0).detail,
                  STR("\"event\":\"survey_answered\",\"score\":4")));
    house_writes(&h, "Demorou um pouco");
    CHECK_I64(h.ticket.state, TICKET_CLOSED);
    CHECK_I64(h.ticket.closed_by.v, agent.v);
    CHECK(h.ticket.reason_id != 0);
    row = only_survey(&h);
    CHECK_I64(db_i64(&row, 5), agent.v);
    CHECK_STR(db_str(&row, 6), "both");
    CHECK_STR(db_str(&row, 7), "answered");
    CHECK_I64(db_i64(&row, 8), 4);
    CHECK_STR(db_str(&row, 9), "Bom");
    CHECK_STR(db_str(&row, 10), "Demorou um pouco");
    CHECK_I64(that_count_for(&h, "company", true), 1);
    CHECK_I64(that_count_for(&h, "agent", false), 1);
    CHECK_I64(that_count_for(&h, "both", true), 1);
    CHECK_I64(house_number(&h, "survey_lines",
                           "SELECT count(*) FROM messages WHERE account_id = $1 AND detail ->> "
                           "'event' = 'survey_answered'"),
              1);
}

TEST(a_department_may_have_a_flow_that_asks)
{
    struct flow_house h = { 0 };
    struct flow_start starts[2];
    struct db_row row;

    house_open(&h);
    starts[0] = (struct flow_start){ .kind = START_CHANNEL,
                                     .flow_id = house_flow(&h, plain).v,
                                     .channel_id = h.channel.id.v };
    starts[1] = (struct flow_start){ .kind = START_SURVEY,
                                     .flow_id = house_flow(&h, asking).v,
                                     .department_id = h.support.v };
    house_starts(&h, starts, 2);
    house_writes(&h, "Oi");
    serve(&h);
    finish(&h, "Resolvido");
    CHECK_I64(h.ticket.state, TICKET_SURVEYING);
    house_works(&h);
    house_writes(&h, "ótimo");
    CHECK_I64(h.ticket.state, TICKET_CLOSED);
    row = only_survey(&h);
    CHECK_STR(db_str(&row, 6), "agent");
    CHECK_I64(db_i64(&row, 8), 5);
    CHECK_I64(house_number(&h, "survey_causes",
                           "SELECT count(*) FROM flow_runs WHERE account_id = $1 AND cause = "
                           "'survey'"),
              1);
}

TEST(silence_closes_it_and_is_no_score)
{
    struct flow_house h = { 0 };

    house_open(&h);
    house_begins(&h, house_flow(&h, served));
    house_writes(&h, "Oi");
    serve(&h);
    finish(&h, "Resolvido");
    house_works(&h);
    test_advance(h.cx, US_PER_HOUR * 2);
    house_works(&h);
    CHECK_I64(h.ticket.state, TICKET_CLOSED);
    CHECK_I64(in_state(&h, "unanswered"), 1);
}

TEST(cutting_a_survey_short_needs_leave)
{
    struct flow_house h = { 0 };

    house_open(&h);
    house_begins(&h, house_flow(&h, served));
    house_writes(&h, "Oi");
    serve(&h);
    finish(&h, "Resolvido");
    house_works(&h);
    test_demote(h.cx, "agent");
    test_act_as(h.cx, h.cx->user);
    CHECK_FAIL(tickets_close(h.cx, h.ticket.id, test_reason(h.cx, "Cedo", ""), STR(""), &h.ticket),
               ERR_CONFLICT, "ticket_in_survey");
    test_member(h.cx, "administrator");
    finish(&h, "Agora");
    CHECK_I64(h.ticket.state, TICKET_CLOSED);
    house_works(&h);
    CHECK_I64(in_state(&h, "unanswered"), 1);
    CHECK_I64(house_number(&h, "survey_cut",
                           "SELECT count(*) FROM flow_runs WHERE account_id = $1 AND end_reason = "
                           "'closed_by_agent'"),
              1);
}

TEST(nobody_is_asked_about_a_conversation_that_nobody_served)
{
    struct flow_house h = { 0 };

    house_open(&h);
    house_begins(&h, house_flow(&h, served));
    house_writes(&h, "Oi");
    test_member(h.cx, "administrator");
    test_join(h.cx, h.support);
    CHECK_OK(tickets_take(h.cx, h.ticket.id, &h.ticket));
    finish(&h, "Resolvido");
    CHECK_I64(h.ticket.state, TICKET_CLOSED);
}

/* The same customer's ticket, answered by somebody of the team, and a program acts from here on. */
static void
is_served(struct flow_house *h)
{
    struct cx program = *h->cx;
    struct message said;

    house_begins(h, house_flow(h, served));
    house_writes(h, "Oi");
    serve(h);
    tickets_say(h->cx, &h->ticket, "member", STR("Pronto, resolvido."), &said);
    tickets_save(h->cx, &h->ticket, NULL);
    program.now_us = h->cx->now_us;
    *h->cx = program;
}

TEST(who_closes_many_at_once_has_each_customer_asked)
{
    struct flow_house h = { 0 };
    struct bulk_wish wish = { .act = STR("close") };
    struct member_id agent;
    struct bulk bulk;

    house_open(&h);
    house_begins(&h, house_flow(&h, served));
    house_writes(&h, "Oi");
    serve(&h);
    agent = h.cx->member;
    wish.reason_id = test_reason(h.cx, "Resolvido", "").v;
    CHECK_OK(bulk_start(h.cx, &wish, (struct json_ids){ &h.ticket.id.v, 1 }, STR(""), &bulk));
    CHECK_I64(bulk.done, 1);
    CHECK_OK(tickets_get(h.cx, h.ticket.id, &h.ticket));
    CHECK_I64(h.ticket.state, TICKET_SURVEYING);
    CHECK_I64(h.ticket.closed_by.v, agent.v);
    CHECK_I64(test_audit(h.cx, "ticket.closed"), 1);
    house_works(&h);
    CHECK_I64(in_state(&h, "asked"), 1);

    CHECK_OK(bulk_undo(h.cx, bulk.id, &bulk));
    CHECK_I64(bulk.undone, 1);
    CHECK_OK(tickets_get(h.cx, h.ticket.id, &h.ticket));
    CHECK_I64(h.ticket.state, TICKET_SERVING);
    CHECK_I64(h.ticket.assignee.v, agent.v);
    CHECK_I64(h.ticket.closed_by.v, 0);
}

TEST(who_did_not_come_back_is_asked_too_and_told_goodbye_once)
{
    struct idle_rule rule = {
        .is_on = true, .close_after_min = 600, .warn_text = STR(""), .message = STR("Até logo.")
    };
    struct flow_house h = { 0 };

    house_open(&h);
    rule.reason_id = test_reason(h.cx, "Sem resposta", "").v;
    CHECK_OK(idle_rules_save(h.cx, &rule, 1));
    is_served(&h);
    test_advance(h.cx, 601 * US_PER_MIN);
    CHECK_OK(timers_look(h.cx, h.ticket.id));
    CHECK_OK(tickets_get(h.cx, h.ticket.id, &h.ticket));
    CHECK_I64(h.ticket.state, TICKET_SURVEYING);
    CHECK_STR(house_said(&h, "out", 0).text, "Até logo.");
    CHECK_I64(test_audit(h.cx, "ticket.closed"), 1);
    house_works(&h);
    CHECK_I64(in_state(&h, "asked"), 1);
    CHECK_OK(timers_look(h.cx, h.ticket.id)); /* idle no more */
    house_writes(&h, "5");
    house_writes(&h, "não");
    CHECK_I64(h.ticket.state, TICKET_CLOSED);
    CHECK_I64(h.ticket.reason_id, rule.reason_id);
    CHECK_I64(in_state(&h, "answered"), 1);
    CHECK_I64(house_number(&h, "survey_goodbyes",
                           "SELECT count(*) FROM messages WHERE account_id = $1 AND body = 'Até "
                           "logo.'"),
              1);
    CHECK_I64(test_audit(h.cx, "ticket.closed"), 1);
    CHECK_I64(test_audit(h.cx, "ticket.survey_ended"), 1);
}

TEST(another_accounts_surveys_do_not_exist)
{
    struct flow_house ours = { 0 }, theirs = { 0 };

    house_open(&theirs);
    house_begins(&theirs, house_flow(&theirs, served));
    house_writes(&theirs, "Oi");
    serve(&theirs);
    finish(&theirs, "Resolvido");
    house_works(&theirs);
    CHECK_I64(in_state(&theirs, "asked"), 1);
    house_open(&ours);
    test_member(ours.cx, "administrator");
    CHECK_I64(in_state(&ours, "asked"), 0);
}

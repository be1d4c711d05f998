/* Whom a flow speaks of as the agent: whoever the conversation was given to, from the moment that they have it. */
#include "domain/testing/flow_house.h"

#define AT "'v':1,'position':{'x':0,'y':0},"

/* Hands over to this person, and says afterwards who it was. */
static const char document[] =
    "{'format':'balcao-flow','format_version':1,'key':'geral','name':'Geral','channels':['whatsapp'"
    "],'settings':{'fallback':{'department':'department:%%lld'}},'variables':[],'notes':[],'refs':["
    "],'start':'para','cards':["
    "{'id':'para','type':'transfer'," AT "'settings':{'target':'user','user':'user:%lld',"
    "'department':'department:%%lld','message':'Um momento, {{agent.name}}.'}},"
    "{'id':'foi','type':'send_message'," AT "'settings':{'kind':'text',"
    "'text':'Quem atendeu foi {{agent.name}}. Obrigado, {{agent.first_name}}!'}},"
    "{'id':'fim','type':'finish'," AT "'settings':{'send_message':false}}"
    "],'connectors':[{'from':'para','outlet':'served','to':'foi'},{'from':'foi','outlet':'next',"
    "'to':'fim'}]}";

/* The one agent of the department, and what the account calls them. */
static void
staff(struct flow_house *h, struct member_id *id, struct str *name)
{
    *id = (struct member_id){ house_number(
        h, "staff_id", "SELECT member_id FROM department_members WHERE account_id = $1 LIMIT 1") };
    *name =
        house_text(h, "staff_name",
                   "UPDATE memberships SET display_name = 'Ana Ribeiro' WHERE account_id = $1 AND "
                   "id = (SELECT member_id FROM department_members WHERE account_id = $1 LIMIT 1) "
                   "RETURNING display_name");
}

TEST(after_a_person_has_served_the_flow_knows_who_it_was)
{
    struct flow_house h = { 0 };
    struct member_id ana;
    struct str name;

    house_open(&h);
    staff(&h, &ana, &name);
    house_begins(&h, house_flow(&h, str_cstr(h.cx->arena,
                                             str_fmt(h.cx->arena, document, (long long)ana.v))));
    house_writes(&h, "Oi");
    /* Who it will be is not known while it is handed over: they may be gone, and then it is the department's. */
    CHECK_STR(house_said(&h, "out", 0).text, "Um momento.");
    CHECK_I64(h.ticket.state, TICKET_SERVING);
    CHECK_I64(h.ticket.assignee.v, ana.v);

    h.ticket.first_reply_at_us = h.cx->now_us;
    tickets_save(h.cx, &h.ticket, NULL);
    CHECK_OK(
        tickets_close(h.cx, h.ticket.id, test_reason(h.cx, "Resolvido", ""), STR(""), &h.ticket));
    house_works(&h);
    CHECK_STR(house_said(&h, "out", 0).text, "Quem atendeu foi Ana Ribeiro. Obrigado, Ana!");
    CHECK_I64(h.ticket.state, TICKET_CLOSED);
}

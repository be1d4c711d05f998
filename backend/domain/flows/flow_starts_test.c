/* What begins which flow: of several that fit, the nearest. */
#include "domain/testing/flow_house.h"

#include "base/clock.h"

#define AD(id)                                                                                     \
    ",\"referral\":{\"source_type\":\"ad\",\"source_id\":\"" id "\",\"headline\":\"Fibra\"}"
#define POST(id) ",\"referral\":{\"source_type\":\"post\",\"source_id\":\"" id "\"}"

/* Somebody comes by this and says that, and is done with it at once. The flow that spoke. */
static int64_t
begun_by(struct flow_house *h, const char *text, const char *members)
{
    test_advance(h->cx, 15 * US_PER_MIN);
    house_receives(h, text, members);
    while (jobs_work_once(h->cx, QUEUE_FLOW) > 0)
        ;
    house_writes(h, "1");
    CHECK_I64(h->ticket.state, TICKET_CLOSED);
    return house_number(
        h, "starts_flow",
        "SELECT flow_id FROM flow_runs WHERE account_id = $1 ORDER BY id DESC LIMIT 1");
}

TEST(the_advertisement_wins_then_the_link_then_the_words_then_the_channel)
{
    enum { CHANNEL, WORDS, LINK, AD_ANYWHERE, AD_HERE, FLOWS };
    struct flow_house h = { 0 };
    struct flow_id flow[FLOWS];
    struct flow_start starts[FLOWS];

    house_open(&h);
    for (int i = 0; i < FLOWS; i++)
        flow[i] = house_flow(&h, house_menu);
    starts[CHANNEL] = (struct flow_start){ .kind = START_CHANNEL, .channel_id = h.channel.id.v };
    starts[WORDS] = (struct flow_start){ .kind = START_FIRST_TEXT, .first_text = STR("Quero!") };
    starts[LINK] = (struct flow_start){ .kind = START_LINK, .ref = STR("Vitrine") };
    starts[AD_ANYWHERE] = (struct flow_start){ .kind = START_AD, .ad_id = STR("1202") };
    starts[AD_HERE] = (struct flow_start){ .kind = START_AD,
                                           .ad_id = STR(" 1202 "),
                                           .channel_id = h.channel.id.v };
    for (int i = 0; i < FLOWS; i++)
        starts[i].flow_id = flow[i].v;
    house_starts(&h, starts, FLOWS);

    CHECK_I64(begun_by(&h, "Bom dia", ""), flow[CHANNEL].v);
    CHECK_I64(begun_by(&h, "quero", ""), flow[WORDS].v);
    CHECK_I64(begun_by(&h, "quero", AD("99")), flow[WORDS].v);
    CHECK_I64(begun_by(&h, "quero", POST("vitrine")), flow[LINK].v);
    CHECK_I64(begun_by(&h, "quero", AD("1202")), flow[AD_HERE].v);
    house_starts(&h, starts, AD_HERE);
    CHECK_I64(begun_by(&h, "quero", AD("1202")), flow[AD_ANYWHERE].v);
    house_starts(&h, starts, LINK);
    CHECK_I64(begun_by(&h, "quero", AD("1202")), flow[WORDS].v);
}

static void
opens_for_an_advertisement(struct flow_house *h)
{
    struct flow_start start = { .kind = START_AD, .ad_id = STR("1202") };

    house_open(h);
    start.flow_id = house_flow(h, house_menu).v;
    house_starts(h, &start, 1);
}

TEST(where_only_an_advertisement_begins_a_flow_its_customer_meets_the_bot)
{
    struct flow_house h = { 0 };

    opens_for_an_advertisement(&h);
    house_receives(&h, "Oi", AD("1202"));
    house_arrives(&h, "Tudo bem?");
    CHECK_I64(h.ticket.state, TICKET_BOT);
    CHECK_STR(h.ticket.origin, "{\"kind\":\"ad\",\"ad_id\":\"1202\",\"headline\":\"Fibra\"}");
}

TEST(where_only_an_advertisement_begins_a_flow_everybody_else_meets_people)
{
    struct flow_house h = { 0 };

    opens_for_an_advertisement(&h);
    house_arrives(&h, "Oi");
    CHECK_I64(h.ticket.state, TICKET_WAITING);
    CHECK(h.ticket.origin.p == NULL);
}

/* Greets by the advertisement, and with a path of its own for its people. */
static const char by_origin[] =
    "{'format':'balcao-flow','format_version':1,'key':'anuncio','name':'Anúncio','channels':['"
    "whatsapp'],'start':'origem','settings':{'fallback':{'department':'department:%lld'}},"
    "'variables':[],'notes':[],'refs':[],'cards':["
    "{'id':'origem','type':'condition_origin','v':1,'position':{'x':0,'y':0},'settings':{'match':"
    "'list','ads':[{'kind':'ad_id','value':'1202'}]}},"
    "{'id':'sim','type':'send_message','v':1,'position':{'x':0,'y':1},'settings':{'kind':'text','"
    "text':'Do anúncio {{origin.headline}} ({{origin.kind}} {{origin.ad_id}}).'}},"
    "{'id':'nao','type':'send_message','v':1,'position':{'x':0,'y':2},'settings':{'kind':'text','"
    "text':'De outro lugar.'}},"
    "{'id':'fim','type':'transfer','v':1,'position':{'x':0,'y':3},'settings':{'target':'"
    "department','department':'department:%lld','message':'Um momento.'}}],"
    "'connectors':[{'from':'origem','outlet':'yes','to':'sim'},{'from':'origem','outlet':'no','to':"
    "'nao'},{'from':'sim','outlet':'next','to':'fim'},{'from':'nao','outlet':'next','to':'fim'}]}";

TEST(a_flow_knows_by_which_advertisement_its_customer_came)
{
    struct flow_house h = { 0 };

    house_opens(&h, by_origin);
    house_receives(&h, "Oi", AD("1202"));
    house_writes(&h, "Tudo bem?");
    CHECK_STR(house_said(&h, "out", 1).text, "Do anúncio Fibra (ad 1202).");
}

TEST(a_flow_knows_that_its_customer_came_by_no_advertisement_of_its_list)
{
    struct flow_house h = { 0 };

    house_opens(&h, by_origin);
    house_receives(&h, "Oi", AD("7"));
    house_writes(&h, "Tudo bem?");
    CHECK_STR(house_said(&h, "out", 1).text, "De outro lugar.");
}

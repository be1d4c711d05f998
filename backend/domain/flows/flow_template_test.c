/* A card that sends a template: what goes out, what becomes of it, who answers it and when; and that it goes once. */
#include "domain/testing/brittle.h"
#include "domain/testing/flow_house.h"

#include "base/clock.h"

static const char asking[] =
    "{'format':'balcao-flow','format_version':1,'key':'aviso','name':'Avisos','channels':['"
    "whatsapp'],"
    "'start':'modelo','settings':{'fallback':{'department':'department:%lld'}},'variables':[],"
    "'notes':[],'refs':[],'cards':["
    "{'id':'modelo','type':'interactive_template','v':1,'position':{'x':0,'y':0},'settings':{"
    "'template':'template:@','params':[{'name':'1','value':'{{contact.first_name}}'}],'options':["
    "{'id':'sim','label':'Sim','number':1},{'id':'nao','label':'Não','number':2}]}},"
    "{'id':'fim','type':'finish','v':1,'position':{'x':0,'y':1},'settings':{'message':'Até "
    "amanhã!'}},"
    "{'id':'gente','type':'transfer','v':1,'position':{'x':1,'y':1},'settings':{'department':"
    "'department:%lld','hours':'ignore'}}],'connectors':["
    "{'from':'modelo','outlet':'opt:sim','to':'fim'},{'from':'modelo','outlet':'opt:nao','to':'"
    "gente'},"
    "{'from':'modelo','outlet':'other','to':'gente'},{'from':'modelo','outlet':'failed','to':'"
    "gente'}]}";

static void
opens(struct flow_house *b)
{
    struct buf document = { .arena = test_arena() };
    int64_t id;

    house_open(b);
    house_suffers(
        b, "tpl_waba",
        "UPDATE channels SET settings = settings || '{\"waba_id\":\"77\"}' WHERE account_id = $1");
    house_suffers(b, "tpl_book",
                  "INSERT INTO template_books (account_id, waba_id) VALUES ($1::bigint, '77')");
    house_suffers(b, "tpl_add",
                  "INSERT INTO message_templates (account_id, waba_id, name, language, "
                  "provider_id, category, status, "
                  "quality, shape, changed_at) VALUES ($1::bigint, '77', 'lembrete', 'pt_BR', '1', "
                  "'utility', 'approved', "
                  "'green', '{\"is_named\":false,\"header\":null,\"body\":\"Olá, {{1}}. "
                  "Vamos?\",\"footer\":\"\","
                  "\"buttons\":[{\"kind\":\"quick_reply\",\"label\":\"Sim\",\"url\":\"\"},{"
                  "\"kind\":\"quick_reply\","
                  "\"label\":\"Não\",\"url\":\"\"}],\"variables\":[{\"name\":\"1\",\"place\":"
                  "\"body\",\"index\":0,"
                  "\"own\":\"1\",\"example\":\"Ana\"}],\"unfit\":null}', now())");
    id = house_number(b, "tpl_id", "SELECT id FROM message_templates WHERE account_id = $1");
    for (const char *p = asking; *p != '\0'; p++)
        if (*p == '@')
            buf_fmt(&document, "%lld", (long long)id);
        else
            buf_char(&document, *p);
    b->flow = house_flow(b, str_cstr(test_arena(), buf_str(&document)));
    house_begins(b, b->flow);
}

/* --- the network ------------------------------------------------------------------------ */

/* The last message goes out; NULL: whoever asks the network dies before it answers. */
static struct str
goes(struct flow_house *b, const struct httpc_answer *answer)
{
    struct message message = house_said(b, "out", 0);
    struct job job = {
        .kind = jobs_kind(STR("message.send")),
        .account = b->cx->account,
        .subject_id = b->ticket.id.v,
        .arg = str_fmt(test_arena(), "%lld", (long long)message.seq),
        .attempt = 1,
    };
    struct job_outcome out = { 0 };
    struct str body;

    CHECK_OK(job.kind->step(b->cx, &job, NULL, &out));
    body = str_dup(test_arena(), out.call.body);
    if (answer != NULL && out.verdict == JOB_CALL)
        CHECK_OK(job.kind->step(b->cx, &job, answer, &out));
    house_works(b);
    return body;
}

static const struct httpc_answer taken = {
    .status = 200,
    .body = STR_INIT("{\"messages\":[{\"id\":\"wamid.TPL\",\"message_status\":\"accepted\"}]}")
};

/* The customer taps what was offered: a payload, under a message of this name. */
static void
taps(struct flow_house *b, const char *payload, const char *label, const char *quoted)
{
    test_advance(b->cx, US_PER_MIN / 2);
    test_arrives(b->cx, &b->channel,
                 str_cstr(test_arena(), str_fmt(test_arena(),
                                                "\"messages\":[{\"from\":\"5549988412076\",\"id\":"
                                                "\"wamid.tap%d\",\"timestamp\":\"%lld\","
                                                "\"type\":\"button\",\"context\":{\"id\":\"%s\"},"
                                                "\"button\":{\"payload\":\"%s\",\"text\":\"%s\"}}]",
                                                ++b->n, (long long)(b->cx->now_us / US_PER_S),
                                                quoted, payload, label)));
    CHECK_I64(jobs_work_once(b->cx, QUEUE_INBOUND), 1);
    house_works(b);
}

static int64_t
runs(struct flow_house *b)
{
    return house_number(b, "tpl_runs", "SELECT count(*) FROM flow_runs WHERE account_id = $1");
}

/* The customer's newest ticket. */
static void
meets_again(struct flow_house *b)
{
    b->ticket.id.v =
        house_number(b, "tpl_last", "SELECT max(id) FROM tickets WHERE account_id = $1");
    CHECK_OK(tickets_get(b->cx, b->ticket.id, &b->ticket));
}

TEST(it_says_what_the_phone_shows_and_waits_until_the_network_took_it)
{
    struct flow_house b = { 0 };
    struct message said;
    struct str body;

    opens(&b);
    house_writes(&b, "Oi");
    said = house_said(&b, "out", 0);
    CHECK_STR(said.kind, "template");
    CHECK_STR(said.text, "Olá, Rita. Vamos?");
    CHECK_STR(said.state, "queued");
    house_writes(&b, "Sim"); /* before it was sent: no answer to it */
    CHECK_I64(b.ticket.state, TICKET_BOT);
    body = goes(&b, &taken);
    CHECK(str_has(body, STR("\"payload\":\"t1.aviso.modelo.sim\"")));
    CHECK(str_has(body, STR("\"text\":\"Rita\"")));
    taps(&b, "t1.aviso.modelo.sim", "Sim", "wamid.TPL");
    CHECK_I64(b.ticket.state, TICKET_CLOSED);
    CHECK_STR(house_said(&b, "out", 0).text, "Até amanhã!");
    CHECK_I64(runs(&b), 1);
}

TEST(words_answer_it_as_well_as_taps_and_what_fits_none_is_another_answer)
{
    struct flow_house b = { 0 };

    opens(&b);
    house_writes(&b, "Oi");
    goes(&b, &taken);
    house_writes(&b, "sim");
    CHECK_I64(b.ticket.state, TICKET_CLOSED);
    house_writes(&b, "Oi");
    goes(&b, &taken);
    house_writes(&b, "Quanto custa?");
    CHECK_I64(b.ticket.state, TICKET_WAITING);
    CHECK_I64(b.ticket.department.v, b.support.v);
}

TEST(what_the_network_refuses_leaves_by_failed)
{
    struct httpc_answer refused = { .status = 400, .body = STR("{\"error\":{\"code\":132001}}") };
    struct flow_house b = { 0 };

    opens(&b);
    house_writes(&b, "Oi");
    goes(&b, &refused);
    CHECK_STR(house_said(&b, "out", 1).error_slug, "template_unknown"); /* then the handing over */
    CHECK_I64(b.ticket.state, TICKET_WAITING);
    CHECK_I64(b.ticket.department.v, b.support.v);
}

TEST(one_that_cannot_be_sent_any_more_is_not_tried)
{
    struct flow_house b = { 0 };

    opens(&b);
    house_suffers(&b, "tpl_pause",
                  "UPDATE message_templates SET status = 'rejected' WHERE account_id = $1");
    house_writes(&b, "Oi");
    CHECK_I64(test_messages(b.cx, b.ticket.id, "out"), 1); /* the words of handing over */
    CHECK_STR(house_said(&b, "out", 0).kind, "text");
    CHECK_I64(b.ticket.state, TICKET_WAITING);
}

TEST(it_goes_when_the_window_is_closed_and_not_to_whoever_wants_no_messages)
{
    struct flow_house b = { 0 };

    opens(&b);
    house_writes(&b, "Oi");
    house_suffers(
        &b, "tpl_window",
        "UPDATE tickets SET window_ends_at = now() - interval '1 day' WHERE account_id = $1");
    CHECK(goes(&b, &taken).len > 0);
    CHECK_STR(house_said(&b, "out", 0).state, "accepted");

    b = (struct flow_house){ 0 };
    opens(&b);
    house_writes(&b, "Oi");
    house_suffers(&b, "tpl_out", "UPDATE contacts SET consent = 'withdrawn' WHERE account_id = $1");
    CHECK_I64((int64_t)goes(&b, &taken).len, 0);
    CHECK_STR(house_said(&b, "out", 0).error_slug, "opted_out");
}

TEST(one_that_waited_longer_than_its_flow_is_not_sent)
{
    struct flow_house b = { 0 };

    opens(&b);
    house_writes(&b, "Oi");
    test_advance(b.cx, US_PER_MIN);
    CHECK_I64((int64_t)goes(&b, &taken).len, 0);
    CHECK_STR(house_said(&b, "out", 1).error_slug, "template_too_late");
    CHECK_I64(b.ticket.state, TICKET_WAITING);
}

TEST(who_died_while_asking_the_network_sends_nothing_twice)
{
    struct flow_house b = { 0 };

    opens(&b);
    house_writes(&b, "Oi");
    CHECK(goes(&b, NULL).len > 0);
    CHECK_STR(house_said(&b, "out", 0).state, "sending");
    CHECK_I64((int64_t)goes(&b, &taken).len, 0); /* the next worker */
    CHECK_I64(house_number(&b, "tpl_unknown",
                           "SELECT count(*) FROM messages WHERE account_id = $1 AND kind = "
                           "'template' AND state = 'unknown'"),
              1);
    CHECK_I64(b.ticket.state, TICKET_WAITING); /* nobody knows: people go on */
}

TEST(a_tap_when_no_run_lives_begins_one_where_that_answer_leads)
{
    struct flow_house b = { 0 };
    struct ticket first;

    opens(&b);
    house_writes(&b, "Oi");
    goes(&b, &taken);
    house_writes(&b, "Quanto custa?");
    first = b.ticket;
    house_meets_manager(&b);
    CHECK_OK(tickets_close(b.cx, first.id, test_reason(b.cx, "Resolvido", ""), STR(""), &first));
    house_starts(&b, NULL, 0); /* nothing begins at the channel any more */
    taps(&b, "t1.aviso.modelo.sim", "Sim", "wamid.TPL");
    meets_again(&b);
    CHECK(b.ticket.id.v != first.id.v);
    CHECK_I64(b.ticket.state, TICKET_CLOSED); /* by the flow */
    CHECK_I64(
        house_number(
            &b, "tpl_replies",
            "SELECT count(*) FROM flow_runs WHERE account_id = $1 AND cause = 'template_reply'"),
        1);
}

TEST(a_tap_that_was_never_offered_is_its_words)
{
    struct flow_house b = { 0 };

    opens(&b);
    house_writes(&b, "Oi");
    goes(&b, &taken);
    taps(&b, "t1.aviso.modelo.sim", "Talvez", "wamid.OTHER");
    CHECK_I64(b.ticket.state, TICKET_WAITING); /* another answer */
    CHECK(house_said(&b, "in", 0).detail.p == NULL);
}

/* --- broken between any two statements ------------------------------------------------------ */

static const struct db_stmt said_once = {
    .name = "tpl_said",
    .shape = DB_ONE,
    .params = 1,
    .text = "SELECT (SELECT count(*) FROM messages WHERE account_id = $1 AND kind = 'template')"
            " * 100 + (SELECT count(*) FROM jobs WHERE account_id = $1 AND kind = 'message.send')",
};

TEST(broken_between_any_two_statements_it_is_said_once_by_the_next_try)
{
    struct flow_house b = { 0 };
    struct job hear = { .kind = jobs_kind(STR("flow.hear")), .attempt = 1 },
               call = { .kind = jobs_kind(STR("flow.call")), .attempt = 1 };
    struct job_outcome out = { 0 };

    opens(&b);
    house_arrives(&b, "Oi");
    hear.account = call.account = b.cx->account;
    hear.subject_id = call.subject_id = b.ticket.id.v;
    hear.arg = str_fmt(test_arena(), "%lld", (long long)house_said(&b, "in", 0).seq);
    CHECK_OK(hear.kind->step(b.cx, &hear, NULL, &out));
    call.arg = str_fmt(
        test_arena(), "%lld.1.1",
        (long long)house_number(&b, "tpl_run", "SELECT id FROM flow_runs WHERE account_id = $1"));
    brittle_make(b.cx);
    CHECK_I64(brittle_sum(b.cx, &said_once), 0);
    CHECK(brittle_everywhere(b.cx, &call, &said_once) > 3);
    CHECK_I64(brittle_sum(b.cx, &said_once), 101);
    CHECK_OK(brittle_try(b.cx, &call, 0)); /* replayed */
    CHECK_I64(brittle_sum(b.cx, &said_once), 101);
}

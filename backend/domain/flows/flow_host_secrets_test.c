/* What a call hides: in the call it is whole, anywhere else it is not to be found. */
#include "domain/flows/flow_secrets.h"
#include "domain/testing/flow_house.h"

#include "base/clock.h"

/* Asks for a password, and sends it with a key of the account. */
static const char asking[] =
    "{'format':'balcao-flow','format_version':1,'key':'loja','name':'Loja','channels':['whatsapp'],"
    "'settings':{'fallback':{'department':'department:%lld'}},'variables':[{'name':'flow.senha',"
    "'type':'text','label':'Senha'}],'notes':[],'refs':[],'start':'senha','cards':["
    "{'id':'senha','type':'question','v':1,'position':{'x':0,'y':0},'settings':{'expect':'await',"
    "'text':'Qual é o código?','validator':'text','sensitive':true,'store':'flow.senha'}},"
    "{'id':'pede','type':'http_request','v':1,'position':{'x':0,'y':1},'settings':{"
    "'method':'POST','url':'https://loja.exemplo/entra','headers':[{'name':'Authorization',"
    "'value':'Bearer {{secret.loja}}'}],'body_kind':'json',"
    "'body':'{\\\"codigo\\\":\\\"{{flow.senha}}\\\"}'}},"
    "{'id':'para','type':'transfer','v':1,'position':{'x':0,'y':2},"
    "'settings':{'target':'department','department':'department:%lld'}}],"
    "'connectors':[{'from':'senha','outlet':'next','to':'pede'},"
    "{'from':'pede','outlet':'success','to':'para'},{'from':'pede','outlet':'failure','to':'para'}]"
    "}";

static struct job
call_of(struct flow_house *h)
{
    static const struct db_stmt waiting = {
        .name = "secret_calls",
        .shape = DB_ONE,
        .params = 1,
        .text = "SELECT subject_id, arg FROM jobs WHERE account_id = $1::bigint AND kind = "
                "'flow.call'",
    };
    const struct db_param params[] = { P_ID(h->cx->account) };
    struct db_row row;

    CHECK_OK(db_one_(h->cx, &waiting, &row, params, 1));
    return (struct job){ .kind = jobs_kind(STR("flow.call")),
                         .account = h->cx->account,
                         .subject_id = db_i64(&row, 0),
                         .arg = db_str(&row, 1),
                         .attempt = 1 };
}

/* Columns of bytes are read as well; the words are looked for in every table that there is. */
static int64_t
rests_of_it(struct flow_house *h)
{
    CHECK_I64(house_number(h, "secret_bytes",
                           "SELECT length(set_config('xmlbinary', 'hex', true))::bigint WHERE "
                           "$1::bigint > 0"),
              3);
    return house_number(
        h, "secret_rests",
        "SELECT count(*) FROM pg_class c WHERE $1::bigint > 0 AND c.relkind IN ('r', 'p') AND "
        "c.relnamespace = 'public'::regnamespace AND has_table_privilege(c.oid, 'SELECT') AND "
        "lower(query_to_xml(format('SELECT * FROM %s', c.oid::regclass), true, true, '')::text) "
        "~ ('segredo|chave-da|' || encode('segredo', 'hex') || '|' || encode('chave-da', 'hex'))");
}

/* A body as the network delivers it, and delivers again. */
static void
arrives(struct flow_house *h, const char *message)
{
    test_arrives(
        h->cx, &h->channel,
        str_cstr(h->cx->arena, str_fmt(h->cx->arena,
                                       "\"contacts\":[{\"wa_id\":\"5549988412076\",\"profile\":{"
                                       "\"name\":\"Rita\"}}],\"messages\":[{\"from\":"
                                       "\"5549988412076\",\"timestamp\":\"%lld\",%s}]",
                                       (long long)(h->cx->now_us / US_PER_S), message)));
    CHECK_I64(jobs_work_once(h->cx, QUEUE_INBOUND), 1);
}

TEST(a_sensitive_answer_that_comes_again_or_is_corrected_leaves_no_more_of_it)
{
    static const char said[] = "\"id\":\"wamid.s\",\"type\":\"text\",\"text\":{\"body\":"
                               "\"segredo\"}";
    struct flow_house h = { 0 };

    house_open(&h);
    CHECK_OK(flow_secrets_add(h.cx, STR("loja"), STR("chave-da-loja")));
    house_begins(&h, house_flow(&h, asking));
    house_writes(&h, "Oi");
    arrives(&h, said);
    house_works(&h);
    arrives(&h, said);
    arrives(&h, "\"id\":\"wamid.e\",\"type\":\"edit\",\"edit\":{\"original_message_id\":"
                "\"wamid.s\",\"message\":{\"type\":\"text\",\"text\":{\"body\":\"outro "
                "segredo\"}}}");
    house_works(&h);
    CHECK_STR(house_said(&h, "in", 0).text, "•••••");
    CHECK_I64(rests_of_it(&h), 0);
    CHECK_I64(house_number(&h, "secret_bodies",
                           "SELECT count(*) FROM inbound_events WHERE account_id = $1 AND "
                           "length(body) = 0"),
              3);

    /* Taken back, its message says no more that it hid something. */
    arrives(&h, "\"id\":\"wamid.r\",\"type\":\"revoke\",\"revoke\":{\"original_message_id\":"
                "\"wamid.s\"}");
    arrives(&h, said);
    arrives(&h, "\"id\":\"wamid.f\",\"type\":\"edit\",\"edit\":{\"original_message_id\":"
                "\"wamid.s\",\"message\":{\"type\":\"text\",\"text\":{\"body\":\"mais um "
                "segredo\"}}}");
    house_works(&h);
    CHECK(house_said(&h, "in", 0).deleted_at_us != 0);
    CHECK_I64(rests_of_it(&h), 0);
    CHECK_I64(house_number(&h, "secret_bodies_later",
                           "SELECT count(*) FROM inbound_events WHERE account_id = $1 AND "
                           "length(body) = 0"),
              5);
}

TEST(what_people_may_have_read_is_no_sensitive_answer_and_it_is_asked_again)
{
    struct flow_house h = { 0 };

    house_open(&h);
    CHECK_OK(flow_secrets_add(h.cx, STR("loja"), STR("chave-da-loja")));
    house_begins(&h, house_flow(&h, asking));
    house_writes(&h, "Oi");
    house_suffers(&h, "secret_early",
                  "UPDATE flow_runs SET hides_answer = false WHERE account_id = $1");
    house_writes(&h, "alô?"); /* as if it had come before the question */
    CHECK_STR(house_said(&h, "in", 0).text, "alô?");
    CHECK_STR(house_said(&h, "out", 0).text, "Qual é o código?");
    CHECK_I64(h.ticket.state, TICKET_BOT);
    house_writes(&h, "segredo");
    CHECK_STR(house_said(&h, "in", 0).text, "•••••");
    CHECK_I64(rests_of_it(&h), 0);
}

TEST(secrets_and_sensitive_answers_are_whole_in_the_call_and_nowhere_else)
{
    const struct httpc_answer answer = { .status = 200, .body = STR_INIT("{}") };
    struct job_outcome out = { 0 };
    struct flow_house h = { 0 };
    struct job job;

    house_open(&h);
    CHECK_OK(flow_secrets_add(h.cx, STR("loja"), STR("chave-da-loja")));
    house_begins(&h, house_flow(&h, asking));
    house_writes(&h, "Oi");
    house_writes(&h, "segredo \\\"42\\\"");
    job = call_of(&h);
    CHECK_OK(job.kind->step(h.cx, &job, NULL, &out));
    CHECK_I64(out.verdict, JOB_CALL);
    CHECK_STR(out.call.headers[0].value, "Bearer chave-da-loja");
    CHECK_STR(out.call.body, "{\"codigo\":\"segredo \\\"42\\\"\"}");

    CHECK_STR(house_said(&h, "in", 0).text, "•••••");
    CHECK_I64(rests_of_it(&h), 0);
    CHECK_I64(
        house_number(&h, "secret_seals", "SELECT count(*) FROM flow_seals WHERE account_id = $1"),
        1);

    out.verdict = JOB_DONE;
    CHECK_OK(job.kind->step(h.cx, &job, &answer, &out));
    CHECK_I64(
        house_number(&h, "secret_seals", "SELECT count(*) FROM flow_seals WHERE account_id = $1"),
        0);
}

TEST(a_secret_is_added_once_replaced_and_removed)
{
    struct flow_house h = { 0 };
    struct flow_secret *all;
    struct str value;
    bool found;
    size_t n;

    house_open(&h);
    CHECK_FAIL(flow_secrets_add(h.cx, STR("Loja"), STR("x")), ERR_INVALID, "name_invalid");
    CHECK_FAIL(flow_secrets_add(h.cx, STR("loja"), STR("a\r\nb")), ERR_INVALID, "value_invalid");
    CHECK_OK(flow_secrets_add(h.cx, STR("loja"), STR("um")));
    CHECK_FAIL(flow_secrets_add(h.cx, STR("loja"), STR("dois")), ERR_CONFLICT, "secret_is_taken");
    CHECK_OK(flow_secrets_replace(h.cx, STR("loja"), STR("dois")));
    CHECK_OK(flow_secrets_open(h.cx, STR("loja"), &found, &value));
    CHECK(found);
    CHECK_STR(value, "dois");
    CHECK_OK(flow_secrets_list(h.cx, &all, &n));
    CHECK_I64((int64_t)n, 1);
    CHECK_I64(test_audit(h.cx, "flow_secret.set"), 2);
    CHECK_OK(flow_secrets_remove(h.cx, STR("loja")));
    CHECK_FAIL(flow_secrets_replace(h.cx, STR("loja"), STR("x")), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(flow_secrets_remove(h.cx, STR("loja")), ERR_NOT_FOUND, "not_found");
}

TEST(a_secret_that_nobody_kept_is_not_published)
{
    struct findings findings = { 0 };
    struct flow_version version;
    struct flow_house h = { 0 };
    struct buf document = { 0 };
    struct flow_draft draft;
    struct flow_id id;
    bool is_said = false;

    house_open(&h);
    document.arena = h.cx->arena;
    for (const char *c = asking; *c != '\0'; c++)
        buf_char(&document, *c == '\'' ? '"' : *c);
    CHECK_OK(flows_create(h.cx, (struct str){ 0 }, (struct str){ 0 }, buf_str(&document), &id));
    CHECK_OK(flow_draft_get(h.cx, id, &draft));
    CHECK_FAIL(flow_versions_publish(h.cx, id,
                                     &(struct flow_publication){ draft.revision, STR("x"), false },
                                     &version, &findings),
               ERR_CONFLICT, "flow_has_errors");
    for (size_t i = 0; i < findings.n; i++)
        is_said = is_said || (strcmp(findings.v[i].code, "L301") == 0 &&
                              str_eq(findings.v[i].args[0], STR("secret.loja")));
    CHECK(is_said);
}

/* --- registrations ------------------------------------------------------------------ */

static const char linking[] =
    "{'format':'balcao-flow','format_version':1,'key':'liga','name':'Liga','channels':['whatsapp'],"
    "'settings':{'fallback':{'department':'department:%lld'}},'variables':[],'notes':[],'refs':[],"
    "'start':'acha','cards':["
    "{'id':'acha','type':'auto_link','v':1,'position':{'x':0,'y':0},'settings':{'source':'local'}},"
    "{'id':'oi','type':'send_message','v':1,'position':{'x':0,'y':1},'settings':{'kind':'text',"
    "'text':'Olá, {{customer.first_name}}!'}},"
    "{'id':'para','type':'transfer','v':1,'position':{'x':0,'y':2},"
    "'settings':{'target':'department','department':'department:%lld'}}],"
    "'connectors':[{'from':'acha','outlet':'linked','to':'oi'},"
    "{'from':'acha','outlet':'not_linked','to':'para'},{'from':'oi','outlet':'next','to':'para'}]}";

static void
register_customer(struct flow_house *h, const char *phone)
{
    static const struct db_stmt add = {
        .name = "secret_customer",
        .shape = DB_EXEC,
        .params = 2,
        .text =
            "INSERT INTO customers (account_id, kind, document, name, phone, created_at) VALUES "
            "($1::bigint, 'person', '52998224725', 'Rita de Cássia Lima', $2::text, now())",
    };
    const struct db_param params[] = { P_ID(h->cx->account), P_STR(str_of(phone)) };

    CHECK_OK(db_exec_(h->cx, &add, NULL, params, 2));
}

TEST(who_writes_from_a_registered_number_is_linked)
{
    struct flow_house h = { 0 };

    house_open(&h);
    register_customer(&h, "(49) 8841-2076"); /* without the ninth digit */
    house_begins(&h, house_flow(&h, linking));
    house_writes(&h, "Oi");
    house_works(&h);
    CHECK_STR(house_said(&h, "out", 1).text, "Olá, Rita!");
    CHECK_I64(house_number(&h, "secret_links",
                           "SELECT (SELECT count(*) FROM contact_customers WHERE account_id = $1) "
                           "+ (SELECT count(*) FROM ticket_customers WHERE account_id = $1 AND "
                           "proof = 'phone')"),
              2);
    CHECK_I64(test_audit(h.cx, "contact.linked"), 1);
}

TEST(who_is_not_registered_is_not_linked)
{
    struct flow_house h = { 0 };

    house_open(&h);
    register_customer(&h, "(49) 3333-2076");
    house_begins(&h, house_flow(&h, linking));
    house_writes(&h, "Oi");
    house_works(&h);
    CHECK_I64(h.ticket.state, TICKET_WAITING);
    CHECK_I64(house_number(&h, "secret_unlinked",
                           "SELECT count(*) FROM contact_customers WHERE account_id = $1"),
              0);
}

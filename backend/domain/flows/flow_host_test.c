/* A bot that speaks: messages in by the entrance, the jobs of the queue, what the customer is told. */
#include "domain/testing/flow_house.h"

#include "base/clock.h"

static const char menu[] =
    "{'format':'balcao-flow','format_version':1,'key':'menu','name':'Provedor','channels':['"
    "whatsapp'],"
    "'start':'oi','settings':{'fallback':{'department':'department:%lld'},"
    "'silence':{'remind_after_s':600,'reminders':1,'expire_after_s':3600,'on_expire':'close'}},"
    "'variables':[],'notes':[],'refs':[],'cards':["
    "{'id':'oi','type':'send_message','v':1,'position':{'x':0,'y':0},"
    "'settings':{'kind':'text','text':'Olá, {{contact.first_name}}!'}},"
    "{'id':'assunto','type':'question','v':1,'name':'Assunto','position':{'x':0,'y':1},"
    "'settings':{'expect':'choice','text':'Como posso ajudar?','attempts':3,'options':["
    "{'id':'boleto','label':'Boleto','number':1},{'id':'pessoa','label':'Falar com "
    "alguém','number':2}]}},"
    "{'id':'para','type':'transfer','v':1,'position':{'x':0,'y':2},"
    "'settings':{'target':'department','department':'department:%lld','note':'Já sabe o "
    "endereço.','priority':'high'}},"
    "{'id':'fim','type':'finish','v':1,'position':{'x':0,'y':3},'settings':{'message':'Até "
    "mais!'}}],"
    "'connectors':[{'from':'oi','outlet':'next','to':'assunto'},"
    "{'from':'assunto','outlet':'opt:boleto','to':'fim'},{'from':'assunto','outlet':'opt:pessoa','"
    "to':'para'}]}";

/* Asks another system first, says what it knows, and hands over. */
static const char asking[] =
    "{'format':'balcao-flow','format_version':1,'key':'menu','name':'Pedidos','channels':['"
    "whatsapp'],"
    "'start':'pedido','settings':{'fallback':{'department':'department:%lld'}},"
    "'variables':[],'notes':[],'refs':[],'cards':["
    "{'id':'pedido','type':'http_request','v':1,'position':{'x':0,'y':0},'settings':{"
    "'method':'GET','url':'https://loja.exemplo/pedidos/7','retries':1,"
    "'map':[{'pointer':'/status','variable':'flow.status','type':'text'}]}},"
    "{'id':'diz','type':'send_message','v':1,'position':{'x':0,'y':1},"
    "'settings':{'kind':'text','text':'Seu pedido está {{flow.status}}.'}},"
    "{'id':'para','type':'transfer','v':1,'position':{'x':0,'y':2},"
    "'settings':{'target':'department','department':'department:%lld'}}],"
    "'connectors':[{'from':'pedido','outlet':'success','to':'diz'},"
    "{'from':'pedido','outlet':'failure','to':'para'},{'from':'diz','outlet':'next','to':'para'}]}";

static void
opens(struct flow_house *h)
{
    house_opens(h, menu);
}

/* A button of ours is tapped, or what somebody makes of one. */
static void
taps(struct flow_house *h, struct str id, const char *title)
{
    test_advance(h->cx, US_PER_MIN / 2);
    house_arrives_as(h,
                     str_fmt(h->cx->arena,
                             "\"type\":\"interactive\",\"interactive\":{\"type\":\"button_reply\","
                             "\"button_reply\":{\"id\":\"%.*s\",\"title\":\"%s\"}}",
                             STR_ARG(id), title));
    house_works(h);
}

/* What a question offers under this label. */
static struct str
offered(struct flow_house *h, const struct message *question, const char *label)
{
    const struct json *detail, *options;

    CHECK_STR(question->kind, "question");
    CHECK_OK(json_parse(h->cx->arena, question->detail, &detail));
    options = json_get(detail, "options");
    for (size_t i = 0; i < json_len(options); i++)
        if (str_eq(json_get_text(json_at(options, i), "label"), str_of(label)))
            return json_get_text(json_at(options, i), "id");
    CHECK(false);
    return STR("");
}

static int64_t
runs(struct flow_house *h)
{
    return house_number(h, "host_runs", "SELECT count(*) FROM flow_runs WHERE account_id = $1");
}

static int64_t
inputs(struct flow_house *h)
{
    return house_number(h, "host_inputs",
                        "SELECT count(*) FROM flow_run_inputs WHERE account_id = $1");
}

TEST(a_bot_greets_asks_and_hands_over_with_what_it_learned)
{
    struct flow_house h = { 0 };

    opens(&h);
    house_writes(&h, "Oi");
    CHECK_I64(h.ticket.state, TICKET_BOT);
    CHECK_I64(test_messages(h.cx, h.ticket.id, "out"), 2);
    CHECK_STR(house_said(&h, "out", 1).text, "Olá, Rita!");
    CHECK_STR(house_said(&h, "out", 0).text, "Como posso ajudar?");
    CHECK_STR(house_said(&h, "out", 0).kind, "question");
    CHECK_STR(house_said(&h, "out", 0).author_kind, "bot");

    house_writes(&h, "xyz");
    CHECK_I64(h.ticket.state, TICKET_BOT);
    CHECK_I64(test_messages(h.cx, h.ticket.id, "out"), 3);

    house_writes(&h, "falar com alguem");
    CHECK_I64(h.ticket.state, TICKET_WAITING);
    CHECK_I64(h.ticket.department.v, h.support.v);
    CHECK_I64(h.ticket.priority, PRIORITY_HIGH);
    CHECK_STR(house_said(&h, "out", 0).text,
              "Vou transferir você para Suporte. Aguarde um momento, por favor.");
    CHECK_STR(house_said(&h, "note", 0).text,
              "Caminho: Enviar mensagem → Assunto → Transferir\nAssunto: Falar com alguém\n\n"
              "Já sabe o endereço.");
    CHECK_STR(house_said(&h, "note", 0).author_kind, "bot");
    CHECK_I64(
        house_number(&h, "host_ended",
                     "SELECT count(*) FROM flow_runs WHERE account_id = $1 AND phase = 'ended' "
                     "AND end_reason = 'transferred'"),
        1);
    CHECK_I64(house_number(&h, "host_left",
                           "SELECT n FROM flow_counters WHERE account_id = $1 AND card = 'assunto' "
                           "AND what = 'left' AND outlet = 'opt:pessoa'"),
              1);
    CHECK_I64(house_number(&h, "host_invalid",
                           "SELECT n FROM flow_counters WHERE account_id = $1 AND card = 'assunto' "
                           "AND what = 'invalid'"),
              1);
}

TEST(a_button_is_an_answer_and_reads_as_its_label)
{
    struct flow_house h = { 0 };
    struct message question;

    opens(&h);
    house_writes(&h, "Oi");
    question = house_said(&h, "out", 0);
    taps(&h, offered(&h, &question, "Falar com alguém"), "Falar com alguém");
    CHECK_I64(h.ticket.state, TICKET_WAITING);
    CHECK_STR(house_said(&h, "in", 0).text, "Falar com alguém");
    CHECK_STR(house_said(&h, "in", 0).kind, "choice");
    CHECK_I64(
        house_number(&h, "host_tapped",
                     "SELECT count(*) FROM flow_trace WHERE account_id = $1 AND card = 'assunto' "
                     "AND matched_by = 'tap' AND outlet = 'opt:pessoa'"),
        1);
}

TEST(what_nobody_offered_is_only_what_it_says)
{
    struct flow_house h = { 0 };
    struct message question;
    struct str forged;

    opens(&h);
    house_writes(&h, "Oi");
    question = house_said(&h, "out", 0);
    forged = offered(&h, &question, "Boleto");
    forged = str_fmt(h.cx->arena, "%.*sx", STR_ARG(forged));
    taps(&h, forged, "bolo de fubá");
    CHECK_I64(h.ticket.state, TICKET_BOT);
    taps(&h, STR("b1.zzz.1.pessoa"), "Boleto");
    CHECK_I64(h.ticket.state, TICKET_CLOSED);
}

TEST(what_is_written_after_the_handover_is_the_teams)
{
    struct flow_house h = { 0 };

    opens(&h);
    house_writes(&h, "Oi");
    house_writes(&h, "2");
    CHECK_I64(h.ticket.state, TICKET_WAITING);
    house_arrives(&h, "Alguém?");
    CHECK_I64(test_jobs(h.cx, "flow.hear"), 0);
    CHECK_I64(runs(&h), 1);
}

TEST(a_flow_that_ends_says_goodbye_and_closes)
{
    struct flow_house h = { 0 };

    opens(&h);
    house_writes(&h, "Oi");
    house_writes(&h, "1");
    CHECK_I64(h.ticket.state, TICKET_CLOSED);
    CHECK_STR(house_said(&h, "out", 0).text, "Até mais!");
    house_writes(&h, "Oi de novo");
    CHECK_I64(h.ticket.state, TICKET_BOT);
    CHECK_I64(runs(&h), 2);
}

TEST(a_job_that_comes_twice_changes_nothing)
{
    struct flow_house h = { 0 };
    int64_t outs, notes;

    opens(&h);
    house_writes(&h, "Oi");
    jobs_add(h.cx, "flow.hear", jobs_lane("ticket", h.ticket.id.v, 0), h.ticket.id.v, STR("2"), 0);
    outs = test_messages(h.cx, h.ticket.id, "out");
    house_works(&h);
    CHECK_I64(test_messages(h.cx, h.ticket.id, "out"), outs);
    CHECK_I64(inputs(&h), 1);

    house_writes(&h, "2");
    notes = test_messages(h.cx, h.ticket.id, "note");
    jobs_add(h.cx, "flow.hear", jobs_lane("ticket", h.ticket.id.v, 0), h.ticket.id.v,
             str_fmt(h.cx->arena, "%lld", (long long)house_said(&h, "in", 0).seq), 0);
    house_works(&h);
    CHECK_I64(test_messages(h.cx, h.ticket.id, "note"), notes);
    CHECK_I64(runs(&h), 1);
}

TEST(two_messages_at_once_are_heard_in_their_order)
{
    struct flow_house h = { 0 };

    opens(&h);
    house_writes(&h, "Oi");
    test_advance(h.cx, US_PER_MIN);
    house_arrives(&h, "xyz");
    house_arrives(&h, "1");
    house_works(&h);
    CHECK_I64(h.ticket.state, TICKET_CLOSED);
    CHECK_I64(inputs(&h), 3);
}

TEST(whoever_takes_it_silences_the_bot)
{
    struct flow_house h = { 0 };
    int64_t outs;

    opens(&h);
    house_writes(&h, "Oi");
    house_arrives(&h, "2"); /* the flow has not heard of it when somebody takes the ticket */
    outs = test_messages(h.cx, h.ticket.id, "out");
    test_member(h.cx, "manager");
    test_join(h.cx, h.channel.department);
    CHECK_OK(tickets_take(h.cx, h.ticket.id, &h.ticket));
    house_works(&h);
    CHECK_I64(h.ticket.state, TICKET_SERVING);
    CHECK_I64(test_messages(h.cx, h.ticket.id, "out"), outs);
    CHECK_I64(
        house_number(&h, "host_held",
                     "SELECT count(*) FROM flow_runs WHERE account_id = $1 AND phase = 'held'"),
        1);

    /* What it had said already, and nobody sent yet, is not sent any more. */
    while (jobs_work_once(h.cx, QUEUE_OUTBOUND) > 0)
        ;
    CHECK_STR(house_said(&h, "out", 0).state, "failed");
    CHECK_STR(house_said(&h, "out", 0).error_slug, "bot_interrupted");

    /* Its timers do nothing. */
    test_advance(h.cx, US_PER_HOUR * 2);
    house_works(&h);
    CHECK_I64(test_messages(h.cx, h.ticket.id, "out"), outs);
    CHECK_I64(h.ticket.state, TICKET_SERVING);

    /* Its end is noticed within a day. */
    CHECK_OK(
        tickets_close(h.cx, h.ticket.id, test_reason(h.cx, "Resolvido", ""), STR(""), &h.ticket));
    test_advance(h.cx, US_PER_DAY);
    house_works(&h);
    CHECK_I64(house_number(&h, "host_closed",
                           "SELECT count(*) FROM flow_runs WHERE account_id = $1 AND end_reason = "
                           "'closed_by_agent'"),
              1);
}

TEST(silence_is_reminded_once_and_then_ends)
{
    struct flow_house h = { 0 };

    opens(&h);
    house_writes(&h, "Oi");
    test_advance(h.cx, US_PER_MIN * 11);
    house_works(&h);
    CHECK_I64(test_messages(h.cx, h.ticket.id, "out"), 3);
    test_advance(h.cx, US_PER_HOUR);
    house_works(&h);
    CHECK_I64(h.ticket.state, TICKET_CLOSED);
    CHECK_I64(house_number(&h, "host_silent",
                           "SELECT count(*) FROM flow_runs WHERE account_id = $1 AND end_reason = "
                           "'silent'"),
              1);
}

TEST(an_answered_question_has_no_timers_left)
{
    struct flow_house h = { 0 };
    int64_t before;

    opens(&h);
    house_writes(&h, "Oi");
    house_writes(&h, "xyz");
    before = inputs(&h);
    test_advance(h.cx, US_PER_MIN * 10 - US_PER_MIN / 2); /* the first reminder would be due */
    house_works(&h);
    CHECK_I64(inputs(&h), before);
}

TEST(without_a_start_everybody_waits_as_ever)
{
    struct flow_house h = { 0 };

    opens(&h);
    house_starts(&h, NULL, 0);
    house_writes(&h, "Oi");
    CHECK_I64(h.ticket.state, TICKET_WAITING);
    CHECK_I64(runs(&h), 0);
}

TEST(a_start_that_is_gone_when_it_is_heard_leaves_nobody_alone)
{
    struct flow_house h = { 0 };

    opens(&h);
    house_arrives(&h, "Oi");
    CHECK_I64(h.ticket.state, TICKET_BOT);
    house_starts(&h, NULL, 0);
    house_works(&h);
    CHECK_I64(h.ticket.state, TICKET_WAITING);
}

TEST(whoever_wants_no_messages_is_not_spoken_to_by_a_program)
{
    struct flow_house h = { 0 };

    opens(&h);
    house_writes(&h, "Oi");
    house_writes(&h, "/bloquear");
    CHECK_I64(h.ticket.state, TICKET_CLOSED);
    CHECK_I64(house_number(&h, "host_consents",
                           "SELECT count(*) FROM consent_events WHERE account_id = $1"),
              1);
    house_writes(&h, "Oi");
    CHECK_I64(h.ticket.state, TICKET_WAITING);
    CHECK_I64(runs(&h), 1);
}

/* The job that asks, as a worker would step it. */
static struct job
asking_job(struct flow_house *h)
{
    static const struct db_stmt waiting = {
        .name = "host_calls",
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

TEST(another_system_is_asked_and_what_it_answers_goes_on)
{
    const struct httpc_answer answer = { .status = 200,
                                         .body = STR_INIT("{\"status\":\"a caminho\"}") };
    struct job_outcome out = { 0 };
    struct flow_house h = { 0 };
    struct job job;

    house_opens(&h, asking);
    house_writes(&h, "Oi");
    job = asking_job(&h);
    CHECK_OK(job.kind->step(h.cx, &job, NULL, &out));
    CHECK_I64(out.verdict, JOB_CALL);
    CHECK_STR(str_of(out.call.method), "GET");
    CHECK_STR(out.call.url, "https://loja.exemplo/pedidos/7");
    CHECK_STR(str_of(out.call.headers[0].name), "Idempotency-Key");
    CHECK_STR(out.call.headers[0].value, str_cstr(h.cx->arena, job.arg));

    out.verdict = JOB_DONE;
    CHECK_OK(job.kind->step(h.cx, &job, &answer, &out));
    CHECK_I64(out.verdict, JOB_DONE);
    CHECK_STR(house_said(&h, "out", 1).text, "Seu pedido está a caminho.");

    /* Once. */
    CHECK_OK(job.kind->step(h.cx, &job, &answer, &out));
    CHECK_I64(test_messages(h.cx, h.ticket.id, "out"), 2);
}

TEST(what_may_be_asked_again_is_asked_again_and_then_given_up)
{
    const struct httpc_answer away = { .failed = { ERR_UNAVAILABLE, "timeout" } };
    struct job_outcome out = { 0 };
    struct flow_house h = { 0 };
    struct job job;

    house_opens(&h, asking);
    house_writes(&h, "Oi");
    job = asking_job(&h);
    CHECK_OK(job.kind->step(h.cx, &job, NULL, &out));
    CHECK_OK(job.kind->step(h.cx, &job, &away, &out));
    CHECK_I64(out.verdict, JOB_CALL);
    out.verdict = JOB_DONE;
    CHECK_OK(job.kind->step(h.cx, &job, &away, &out));
    CHECK_I64(out.verdict, JOB_DONE);
    CHECK_OK(tickets_get(h.cx, h.ticket.id, &h.ticket));
    CHECK_I64(h.ticket.state, TICKET_WAITING);
}

TEST(what_is_asked_of_somebody_new_comes_first_and_the_flow_after_it)
{
    static const struct db_stmt settings = {
        .name = "host_settings",
        .shape = DB_EXEC,
        .params = 1,
        .text = "UPDATE account_settings SET contact_restriction = 'approve', "
                "asks_birth_date = true WHERE account_id = $1::bigint",
    };
    struct flow_house h = { 0 };
    struct db_param params[1];

    opens(&h);
    params[0] = P_ID(h.cx->account);
    CHECK_OK(db_exec_(h.cx, &settings, NULL, params, 1));
    house_writes(&h, "Oi");
    CHECK_I64(h.ticket.state, TICKET_BOT);
    CHECK_I64(runs(&h), 0);
    house_writes(&h, "25/12/1990");
    CHECK_I64(h.ticket.state, TICKET_BOT);
    CHECK_I64(runs(&h), 1);
    CHECK_STR(house_said(&h, "out", 0).text, "Como posso ajudar?");
    CHECK_I64(house_number(&h, "host_first",
                           "SELECT count(*) FROM flow_runs WHERE account_id = $1 AND "
                           "state::json ->> 'first_text' = 'Oi'"),
              1);
    house_writes(&h, "2");
    CHECK_I64(h.ticket.state, TICKET_WAITING);
}

/* Conversations that are brought to the version that is live: which, when, and what is counted and told of it. */
#include "domain/flows/flow_moves.h"
#include "domain/flows/flow_return.h"
#include "domain/flows/flow_runs.h"
#include "domain/testing/flow_house.h"

#include "base/clock.h"

enum { TURNS = 6 }; /* of the job: more than there are conversations */

static void
works(struct flow_house *h)
{
    for (int i = 0; i < TURNS; i++) {
        jobs_work_once(h->cx, QUEUE_CHORES);
        test_advance(h->cx, US_PER_MS);
    }
}

/* To what is live, and how it went. */
static struct flow_move
moves(struct flow_house *h)
{
    struct flow_move move;
    struct flow flow;

    CHECK_OK(flows_get(h->cx, h->flow, &flow));
    CHECK_OK(flow_moves_start(h->cx, h->flow, flow.live_number, &move));
    works(h);
    CHECK_OK(flow_moves_get(h->cx, h->flow, move.id, &move));
    return move;
}

static int64_t
counted(struct flow_house *h, const char *name, const char *where)
{
    return house_number(
        h, name,
        str_cstr(test_arena(), str_fmt(test_arena(),
                                       "SELECT coalesce(sum(n), 0)::bigint FROM flow_counters "
                                       "WHERE account_id = $1 AND card = 'assunto' AND %s",
                                       where)));
}

TEST(who_is_moved_answers_to_the_new_version_and_hears_nothing_of_it)
{
    struct flow_house h = { 0 };
    struct flow_move_preview preview;
    struct flow_run_list runs;
    struct flow_path path;
    struct flow_move move;

    house_opens(&h, house_menu);
    house_writes(&h, "Oi");
    house_publishes(&h, h.flow, house_menu_more);
    CHECK_OK(flow_moves_preview(h.cx, h.flow, &preview));
    CHECK_I64(preview.number, 2);
    CHECK_I64(preview.stays[STAY_NOT], 1);
    CHECK(!preview.has_more);

    move = moves(&h);
    CHECK_STR(move.state, "done");
    CHECK_I64(move.moved, 1);
    CHECK_I64(move.number, 2);
    CHECK_I64(test_messages(h.cx, h.ticket.id, "out"), 2);
    CHECK_I64(counted(&h, "moves_out", "number = 1 AND what = 'moved'"), 1);
    CHECK_I64(counted(&h, "moves_in", "number = 2 AND what IN ('moved_in', 'entry')"), 2);
    CHECK_OK(flow_moves_preview(h.cx, h.flow, &preview));
    CHECK_I64(preview.stays[STAY_NOT], 0);

    CHECK_OK(flow_runs_list(h.cx, h.ticket.id, 0, 1, &runs));
    CHECK_I64(runs.v[0].at.number, 2);
    CHECK_OK(flow_runs_path(h.cx, h.ticket.id, runs.v[0].id, &path));
    CHECK_I64((int64_t)path.visit_count, 3);
    CHECK_I64(path.visits[1].state, FLOW_VISIT_MOVED);
    CHECK_I64(path.visits[2].state, FLOW_VISIT_OPEN);
    CHECK_STR(path.visits[2].via, "moved");

    house_writes(&h, "3"); /* an option that there was not when it was asked */
    CHECK_I64(h.ticket.state, TICKET_CLOSED);
    CHECK_I64(counted(&h, "moves_left", "number = 2 AND what = 'left' AND outlet = 'opt:nova'"), 1);
}

TEST(doing_it_twice_is_doing_it_once)
{
    struct flow_house h = { 0 };
    struct flow_move first, second;

    house_opens(&h, house_menu);
    house_writes(&h, "Oi");
    house_publishes(&h, h.flow, house_menu_more);
    CHECK_FAIL(flow_moves_start(h.cx, h.flow, 1, &first), ERR_CONFLICT, "flow_moved_on");
    CHECK_OK(flow_moves_start(h.cx, h.flow, 2, &first));
    CHECK_OK(flow_moves_start(h.cx, h.flow, 2, &second));
    CHECK_I64(first.id.v, second.id.v);
    CHECK_I64(second.pending, 1);
    works(&h);
    second = moves(&h);
    CHECK(second.id.v != first.id.v);
    CHECK_STR(second.state, "done");
    CHECK_I64(second.moved, 0);
    CHECK_I64(counted(&h, "moves_once", "what = 'moved'"), 1);
}

TEST(what_a_person_has_is_moved_and_resumed_there)
{
    struct flow_house h = { 0 };

    house_opens(&h, house_menu);
    house_meets_manager(&h);
    house_writes(&h, "Oi");
    CHECK_OK(tickets_take(h.cx, h.ticket.id, &h.ticket));
    test_advance(h.cx, US_PER_HOUR); /* its timers notice */
    house_works(&h);
    house_publishes(&h, h.flow, house_menu_more);
    CHECK_I64(moves(&h).moved, 1);
    CHECK_I64(counted(&h, "held_before", "number = 1 AND what = 'interrupted'"), 0);
    CHECK_I64(counted(&h, "held_after", "number = 2 AND what = 'interrupted'"), 1);

    CHECK_OK(
        flows_return(h.cx, h.ticket.id, &(struct flow_return){ .mode = RETURN_RESUME }, &h.ticket));
    house_works(&h);
    CHECK_STR(house_said(&h, "out", 0).text, "Como posso ajudar?");
    CHECK_I64(counted(&h, "held_resumed", "what = 'interrupted'"), 0);
}

/* house_menu without what was on the screen. */
static const char other_menu[] =
    "{'format':'balcao-flow','format_version':1,'key':'menu','name':'Menu','channels':['whatsapp'],"
    "'start':'assunto','settings':{'fallback':{'department':'department:%lld'}},'variables':[],"
    "'notes':[],'refs':[],'cards':[{'id':'assunto','type':'question','v':1,'position':{'x':0,'y':1}"
    ",'settings':{'expect':'choice','text':'Qual assunto?','options':[{'id':'boleto','label':"
    "'Boleto','number':1},{'id':'vendas','label':'Vendas','number':2}]}},"
    "{'id':'fim','type':'finish','v':1,'position':{'x':0,'y':3},'settings':{'message':'Até "
    "mais!'}}],'connectors':[{'from':'assunto','outlet':'opt:boleto','to':'fim'},"
    "{'from':'assunto','outlet':'opt:vendas','to':'fim'}]}";

TEST(what_cannot_go_stays_and_says_why)
{
    struct flow_house h = { 0 };
    struct flow_move_preview preview;
    struct flow_move move;

    house_opens(&h, house_menu);
    house_writes(&h, "Oi");
    house_publishes(&h, h.flow, other_menu);
    CHECK_OK(flow_moves_preview(h.cx, h.flow, &preview));
    CHECK_I64(preview.stays[STAY_NOT], 0);
    CHECK_I64(preview.stays[STAY_OPTION], 1);
    move = moves(&h);
    CHECK_I64(move.moved, 0);
    CHECK_I64(move.stays[STAY_OPTION], 1);
    house_writes(&h, "2"); /* a person, as it was read */
    CHECK_I64(h.ticket.state, TICKET_WAITING);
}

TEST(what_ends_meanwhile_what_is_stopped_and_what_is_overtaken_is_not_moved)
{
    struct flow_house h = { 0 };
    struct flow_move move;

    house_opens(&h, house_menu);
    house_writes(&h, "Oi");
    house_publishes(&h, h.flow, house_menu_more);
    CHECK_OK(flow_moves_start(h.cx, h.flow, 2, &move));
    CHECK_OK(flow_moves_cancel(h.cx, h.flow, move.id, &move));
    works(&h);
    CHECK_OK(flow_moves_get(h.cx, h.flow, move.id, &move));
    CHECK_STR(move.state, "cancelled");
    CHECK_I64(move.pending, 1);

    CHECK_OK(flow_moves_start(h.cx, h.flow, 2, &move));
    house_publishes(&h, h.flow, other_menu);
    works(&h);
    CHECK_OK(flow_moves_get(h.cx, h.flow, move.id, &move));
    CHECK_STR(move.state, "overtaken");

    house_publishes(&h, h.flow, house_menu_more);
    CHECK_OK(flow_moves_start(h.cx, h.flow, 4, &move));
    house_writes(&h, "1");
    works(&h);
    CHECK_OK(flow_moves_get(h.cx, h.flow, move.id, &move));
    CHECK_STR(move.state, "done");
    CHECK_I64(move.moved, 0);
    CHECK_I64(move.stays[STAY_ENDED], 1);
}

/* --- flows that are reached ------------------------------------------------------------- */

static const char part[] =
    "{'format':'balcao-flow','format_version':1,'key':'parte','name':'Parte','channels':['whatsapp'"
    "],'start':'certo','settings':{'fallback':{'department':'department:%lld'}},'variables':[],'"
    "notes':[],'refs':[],'cards':[{'id':'certo','type':'question','v':1,'position':{'x':0,'y':0},'"
    "settings':{'expect':'confirm','text':'Certo?'}},{'id':'volta','type':'return_flow','v':1,'"
    "position':{'x':0,'y':1},'settings':{}},{'id':'fim','type':'finish','v':1,'position':{'x':0,'y'"
    ":1},'settings':{}}],'connectors':[{'from':'certo','outlet':'yes','to':'volta'},{'from':'certo'"
    ",'outlet':'no','to':'fim'}]}";
static const char other_part[] =
    "{'format':'balcao-flow','format_version':1,'key':'parte','name':'Parte','channels':['whatsapp'"
    "],'start':'certo','settings':{'fallback':{'department':'department:%lld'}},'variables':[],'"
    "notes':[],'refs':[],'cards':[{'id':'certo','type':'question','v':1,'position':{'x':0,'y':0},'"
    "settings':{'expect':'confirm','text':'Está certo?'}},{'id':'diz','type':'send_message','v':1,'"
    "position':{'x':0,'y':1},'settings':{'kind':'text','text':'Então tá.'}},{'id':'volta','type':'"
    "return_flow','v':1,'position':{'x':0,'y':1},'settings':{}},{'id':'fim','type':'finish','v':1,'"
    "position':{'x':0,'y':1},'settings':{}}],'connectors':[{'from':'certo','outlet':'yes','to':'diz"
    "'},{'from':'diz','outlet':'next','to':'volta'},{'from':'certo','outlet':'no','to':'fim'}]}";
static const char whole[] =
    "{'format':'balcao-flow','format_version':1,'key':'todo','name':'Todo','channels':['whatsapp'],"
    "'start':'chama','settings':{'fallback':{'department':'department:%lld'}},'variables':[],'notes"
    "':[],'refs':[],'cards':[{'id':'chama','type':'run_flow','v':1,'position':{'x':0,'y':2},'"
    "settings':{'flow':'flow:parte','returns':true}},{'id':'depois','type':'finish','v':1,'position"
    "':{'x':0,'y':3},'settings':{'message':'Obrigado!'}}],'connectors':[{'from':'chama','outlet':'"
    "returned','to':'depois'}]}";

TEST(a_flow_that_was_called_is_moved_alone_and_goes_back_to_who_called)
{
    struct flow_house h = { 0 };
    struct flow_id of_part;

    house_open(&h);
    of_part = house_flow(&h, part);
    h.flow = house_flow(&h, whole);
    house_begins(&h, h.flow);
    house_writes(&h, "Oi");
    house_publishes(&h, of_part, other_part);
    h.flow = of_part;
    CHECK_I64(moves(&h).moved, 1);
    CHECK_I64(
        house_number(&h, "moves_pins",
                     "SELECT count(*) FROM flow_runs r CROSS JOIN json_array_elements(r.pins) "
                     "p WHERE r.account_id = $1 AND (p->>'flow', p->>'version') IN (('todo', "
                     "'1'), ('parte', '2'))"),
        2);
    house_writes(&h, "sim");
    CHECK_STR(house_said(&h, "out", 1).text, "Então tá.");
    CHECK_I64(h.ticket.state, TICKET_CLOSED);
}

/* --- a call that is under way -------------------------------------------------------------- */

static const char asking[] =
    "{'format':'balcao-flow','format_version':1,'key':'menu','name':'Pedidos','channels':['whatsapp"
    "'],'start':'assunto','settings':{'fallback':{'department':'department:%lld'}},'variables':[],'"
    "notes':[],'refs':[],'cards':[{'id':'assunto','type':'http_request','v':1,'position':{'x':0,'y'"
    ":0},'settings':{'method':'GET','url':'https://loja.exemplo/"
    "a','retries':0}},{'id':'certo','type"
    "':'question','v':1,'position':{'x':0,'y':1},'settings':{'expect':'confirm','text':'Certo?'}},{"
    "'id':'fim','type':'finish','v':1,'position':{'x':0,'y':1},'settings':{}}],'connectors':[{'from"
    "':'assunto','outlet':'success','to':'certo'},{'from':'assunto','outlet':'failure','to':'fim'},"
    "{'from':'certo','outlet':'yes','to':'fim'},{'from':'certo','outlet':'no','to':'fim'}]}";
static const char asking_elsewhere[] =
    "{'format':'balcao-flow','format_version':1,'key':'menu','name':'Pedidos','channels':['whatsapp"
    "'],'start':'assunto','settings':{'fallback':{'department':'department:%lld'}},'variables':[],'"
    "notes':[],'refs':[],'cards':[{'id':'assunto','type':'http_request','v':1,'position':{'x':0,'y'"
    ":0},'settings':{'method':'GET','url':'https://loja.exemplo/"
    "b','retries':0}},{'id':'certo','type"
    "':'question','v':1,'position':{'x':0,'y':1},'settings':{'expect':'confirm','text':'Certo?'}},{"
    "'id':'fim','type':'finish','v':1,'position':{'x':0,'y':1},'settings':{}}],'connectors':[{'from"
    "':'assunto','outlet':'success','to':'certo'},{'from':'assunto','outlet':'failure','to':'fim'},"
    "{'from':'certo','outlet':'yes','to':'fim'},{'from':'certo','outlet':'no','to':'fim'}]}";

static void
answers(struct flow_house *h)
{
    static const struct db_stmt waiting = {
        .name = "moves_calls",
        .shape = DB_ONE,
        .params = 1,
        .text = "SELECT arg FROM jobs WHERE account_id = $1::bigint AND kind = 'flow.call'",
    };
    const struct httpc_answer answer = { .status = 200, .body = STR_INIT("{}") };
    const struct db_param params[] = { P_ID(h->cx->account) };
    struct job_outcome out = { 0 };
    struct job job = { .kind = jobs_kind(STR("flow.call")),
                       .account = h->cx->account,
                       .subject_id = h->ticket.id.v,
                       .attempt = 1 };
    struct db_row row;

    CHECK_OK(db_one_(h->cx, &waiting, &row, params, 1));
    job.arg = db_str(&row, 0);
    CHECK_OK(job.kind->step(h->cx, &job, NULL, &out));
    CHECK_I64(out.verdict, JOB_CALL);
    CHECK_OK(job.kind->step(h->cx, &job, &answer, &out));
}

TEST(a_call_is_waited_for_and_then_it_goes)
{
    struct flow_house h = { 0 };
    struct flow_move move;

    house_opens(&h, asking);
    house_arrives(&h, "Oi");
    CHECK_I64(jobs_work_once(h.cx, QUEUE_FLOW), 1);
    house_publishes(&h, h.flow, asking_elsewhere);
    move = moves(&h);
    CHECK_STR(move.state, "running");
    CHECK_I64(move.pending, 1);

    answers(&h);
    test_advance(h.cx, US_PER_MIN);
    works(&h);
    CHECK_OK(flow_moves_get(h.cx, h.flow, move.id, &move));
    CHECK_STR(move.state, "done");
    CHECK_I64(move.moved, 1);
}

TEST(another_accounts_flow_does_not_exist)
{
    struct flow_house ours = { 0 }, theirs = { 0 };
    struct flow_move_preview preview;
    struct flow_move move, gone;

    house_opens(&theirs, house_menu);
    CHECK_OK(flow_moves_start(theirs.cx, theirs.flow, 1, &move));
    house_opens(&ours, house_menu);
    CHECK_FAIL(flow_moves_preview(ours.cx, theirs.flow, &preview), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(flow_moves_start(ours.cx, theirs.flow, 1, &gone), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(flow_moves_get(ours.cx, theirs.flow, move.id, &gone), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(flow_moves_cancel(ours.cx, ours.flow, move.id, &gone), ERR_NOT_FOUND, "not_found");
}

/*
 * The figures of the funnel, over conversations that are drawn: what people write, people who take and give back, time
 * that passes. They are what the trace says, and for every card what came in is what went out, gave up, and is there.
 */
#include "domain/flows/flow_moves.h"
#include "domain/flows/flow_recount.h"
#include "domain/flows/flow_return.h"
#include "domain/testing/flow_house.h"

#include "base/clock.h"

enum { TALKS = 3, TURNS = 60, MOVE_TURNS = 6 };

static const char part[] =
    "{'format':'balcao-flow','format_version':1,'key':'parte','name':'Parte','channels':['whatsapp'"
    "],"
    "'start':'confirma','settings':{'fallback':{'department':'department:%lld'}},'variables':[],'"
    "notes':[],'refs':[],'cards':["
    "{'id':'confirma','type':'question','v':1,'position':{'x':0,'y':0},'settings':{'expect':'"
    "confirm','text':'Certo?','attempts':2}},"
    "{'id':'volta','type':'return_flow','v':1,'position':{'x':0,'y':1},'settings':{}},"
    "{'id':'fim','type':'finish','v':1,'position':{'x':0,'y':1},'settings':{'message':'Até "
    "mais!'}}],"
    "'connectors':[{'from':'confirma','outlet':'yes','to':'volta'},{'from':'confirma','outlet':'no'"
    ",'to':'fim'}]}";

static const char whole[] =
    "{'format':'balcao-flow','format_version':1,'key':'todo','name':'Todo','channels':['whatsapp'],"
    "'start':'oi','settings':{'fallback':{'department':'department:%lld'}},'variables':[],'notes':["
    "],'refs':[],'cards':["
    "{'id':'oi','type':'send_message','v':1,'position':{'x':0,'y':0},'settings':{'kind':'text','"
    "text':'Oi!'}},"
    "{'id':'menu','type':'question','v':1,'position':{'x':0,'y':1},'settings':{'expect':'choice','"
    "text':'O que deseja?',"
    "'attempts':2,'options':[{'id':'esperar','label':'Esperar','number':1},{'id':'chamar','label':'"
    "Chamar','number':2},"
    "{'id':'partir','label':'Partir','number':3},{'id':'voltar','label':'Voltar','number':4}]}},"
    "{'id':'espera','type':'wait','v':1,'position':{'x':0,'y':2},'settings':{'amount':20,'unit':'"
    "minutes','on_message':'continue'}},"
    "{'id':'passa','type':'transfer','v':1,'position':{'x':0,'y':2},'settings':{'target':'"
    "department','department':'department:%lld'}},"
    "{'id':'chama','type':'run_flow','v':1,'position':{'x':0,'y':2},'settings':{'flow':'flow:parte'"
    ",'returns':true}},"
    "{'id':'depois','type':'finish','v':1,'position':{'x':0,'y':3},'settings':{'message':'Obrigado!"
    "'}}],"
    "'connectors':[{'from':'oi','outlet':'next','to':'menu'},{'from':'menu','outlet':'opt:esperar',"
    "'to':'espera'},"
    "{'from':'menu','outlet':'opt:chamar','to':'passa'},{'from':'menu','outlet':'opt:partir','to':'"
    "chama'},"
    "{'from':'menu','outlet':'opt:voltar','to':'oi'},{'from':'espera','outlet':'next','to':'menu'},"
    "{'from':'passa','outlet':'served','to':'depois'},{'from':'chama','outlet':'returned','to':'"
    "menu'}]}";

/* The same in other words: nothing that anybody rests on is another. */
static const char *
in_other_words(struct flow_house *b, const char *document, int n)
{
    struct str text = str_of(document), before, from = STR("'key':");
    size_t at = 0;

    while (!str_starts((struct str){ text.p + at, text.len - at }, from))
        at++;
    before = (struct str){ text.p, at };
    return str_cstr(b->cx->arena, str_fmt(b->cx->arena, "%.*s'description':'%d',%.*s",
                                          STR_ARG(before), n, (int)(text.len - at), text.p + at));
}

/* --- drawing -------------------------------------------------------------------------- */

static uint64_t seed;
static struct flow_id the_part;
static int64_t moved;

static int
below(int n)
{
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return (int)((seed >> 33) % (uint64_t)n);
}

static void
writes(struct flow_house *b)
{
    static const char *const texts[] = { "1",   "2",   "3",    "4", "sim",
                                         "não", "xyz", "menu", "0", "parar" };

    house_writes(b, texts[below(10)]);
}

static void
waits(struct flow_house *b)
{
    test_advance(b->cx, (5 + below(70)) * US_PER_MIN);
    house_works(b);
}

static void
takes(struct flow_house *b)
{
    if (b->ticket.state != TICKET_CLOSED && b->ticket.state != TICKET_SERVING)
        CHECK_OK(tickets_take(b->cx, b->ticket.id, &b->ticket));
    if (below(2) == 0)
        house_works(b);
}

static void
gives_back(struct flow_house *b)
{
    const struct flow_return wish = { .mode = below(2) == 0 ? RETURN_RESUME : RETURN_RESTART };

    if (b->ticket.state != TICKET_CLOSED)
        CHECK_OK(flows_return(b->cx, b->ticket.id, &wish, &b->ticket));
    house_works(b);
}

static void
closes(struct flow_house *b)
{
    if (b->ticket.state != TICKET_CLOSED)
        CHECK_OK(tickets_end(b->cx, b->ticket.id, &(struct ticket_ending){ 0 }, &b->ticket));
    house_works(b);
}

/* One of the flows is published anew, and whoever talks to it is moved there. */
static void
moves(struct flow_house *b)
{
    bool is_whole = below(2) == 0;
    struct flow_id flow = is_whole ? b->flow : the_part;
    struct flow_move move;
    struct flow now;

    house_publishes(b, flow, in_other_words(b, is_whole ? whole : part, ++b->n));
    CHECK_OK(flows_get(b->cx, flow, &now));
    CHECK_OK(flow_moves_start(b->cx, flow, now.live_number, &move));
    for (int i = 0; i < MOVE_TURNS && str_eq(move.state, STR("running")); i++) {
        jobs_work_once(b->cx, QUEUE_CHORES);
        test_advance(b->cx, US_PER_MS);
        CHECK_OK(flow_moves_get(b->cx, flow, move.id, &move));
    }
    CHECK_STR(move.state, "done");
    CHECK_I64(move.pending, 0);
    moved += move.moved;
}

static void
draw(struct flow_house *b)
{
    static void (*const turns[])(struct flow_house *) = { writes,     writes, writes, writes,
                                                          writes,     writes, waits,  gives_back,
                                                          gives_back, takes,  closes, moves };

    turns[below(12)](b);
}

/* --- what must hold ------------------------------------------------------------------- */

static int
differing(struct flow_house *b)
{
    static const struct db_stmt days = {
        .name = "counters_days",
        .shape = DB_MANY,
        .params = 1,
        .text = "SELECT DISTINCT began_on::text FROM flow_counters WHERE account_id = $1::bigint",
    };
    const struct db_param params[] = { P_ID(b->cx->account) };
    struct db_rows rows;
    int all = 0;

    CHECK_OK(db_many_(b->cx, &days, &rows, params, 1));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);
        int n;

        CHECK_OK(flow_recount(b->cx, db_str(&row, 0), &n));
        all += n;
    }
    return all;
}

/* Cards of a version of which more or fewer came in than went out, gave up, were interrupted, went to another version and are there now. */
static int64_t
unbalanced(struct flow_house *b)
{
    return house_number(
        b, "counters_unbalanced",
        "WITH live AS (SELECT f.id AS flow_id, (p.pin ->> 'version')::int AS number,"
        "    r.state::json -> 'at' ->> 'card' AS card, count(*) AS n FROM flow_runs r"
        "  JOIN flows f ON f.account_id = r.account_id AND f.key = r.state::json -> 'at' ->> 'flow'"
        "  JOIN LATERAL json_array_elements(r.pins) p (pin) ON (p.pin ->> 'id')::bigint = f.id"
        "  WHERE r.account_id = $1 AND (r.phase IN ('asking', 'waiting', 'calling') OR"
        "    (r.phase = 'held' AND r.state::json -> 'held' ->> 'cause' = 'transferred')) GROUP BY "
        "1, 2, 3)"
        "SELECT count(*) FROM (SELECT k.flow_id, k.number, k.card FROM flow_counters k WHERE "
        "k.account_id = $1"
        "  GROUP BY 1, 2, 3 HAVING sum(CASE k.what WHEN 'entry' THEN k.n WHEN 'left' THEN -k.n "
        "WHEN 'abandoned' THEN -k.n"
        "    WHEN 'finished' THEN -k.n WHEN 'interrupted' THEN -k.n WHEN 'moved' THEN -k.n ELSE 0 "
        "END)"
        "  <> coalesce((SELECT l.n FROM live l WHERE l.flow_id = k.flow_id AND l.number = k.number "
        "AND l.card = k.card), 0)) x");
}

/* Cards of a version into which more or fewer came than began there, were led there by a line, jumped, returned or were moved. */
static int64_t
unexplained(struct flow_house *b)
{
    return house_number(
        b, "counters_unexplained",
        "WITH led AS (SELECT k.flow_id, k.number, c ->> 'to' AS card, sum(k.n) AS n"
        "   FROM flow_counters k"
        "   JOIN flow_versions v ON v.account_id = k.account_id AND v.flow_id = k.flow_id AND "
        "v.number = k.number"
        "  CROSS JOIN json_array_elements(v.document::json -> 'connectors') c"
        "  WHERE k.account_id = $1 AND k.what = 'left' AND c ->> 'from' = k.card AND c ->> "
        "'outlet' = k.outlet GROUP BY 1, 2, 3)"
        "SELECT count(*) FROM (SELECT k.flow_id, k.number, k.card FROM flow_counters k WHERE "
        "k.account_id = $1"
        "  GROUP BY 1, 2, 3 HAVING sum(CASE WHEN k.what = 'entry' THEN k.n WHEN k.what IN "
        "('start', 'jump', 'return', 'moved_in') THEN -k.n ELSE 0 END)"
        "  <> coalesce((SELECT l.n FROM led l WHERE l.flow_id = k.flow_id AND l.number = k.number "
        "AND l.card = k.card), 0)) x");
}

static int64_t
counted(struct flow_house *b, const char *name, const char *sql)
{
    return house_number(b, name, sql);
}

TEST(figures_are_what_the_trace_says_and_nobody_is_lost_between_two_cards)
{
    for (int talk = 0; talk < TALKS; talk++) {
        struct flow_house b = { 0 };

        seed = 20261127 + (uint64_t)talk;
        house_open(&b);
        the_part = house_flow(&b, part);
        b.flow = house_flow(&b, whole);
        house_starts(&b,
                     &(struct flow_start){
                         .kind = START_CHANNEL, .flow_id = b.flow.v, .channel_id = b.channel.id.v },
                     1);
        house_meets_manager(&b);
        house_writes(&b, "Oi");
        for (int i = 0; i < TURNS; i++) {
            draw(&b);
            CHECK_I64(unbalanced(&b), 0);
            CHECK_I64(unexplained(&b), 0);
        }
        CHECK_I64(differing(&b), 0);
        CHECK(counted(&b, "counters_sent",
                      "SELECT coalesce(sum(n), 0) FROM flow_counters WHERE account_id = $1 AND "
                      "what = 'sent'") > 10);
        CHECK(counted(&b, "counters_entries",
                      "SELECT coalesce(sum(n), 0) FROM flow_counters WHERE account_id = $1 AND "
                      "what = 'entry'") > 10);

        /* A figure that is wrong is noticed. */
        house_suffers(&b, "counters_wrong",
                      "UPDATE flow_counters SET n = n + 1 WHERE account_id = $1 AND what = 'sent'");
        CHECK(differing(&b) > 0);
    }
    CHECK(moved > TALKS);
}

TEST(the_first_run_of_a_day_has_it_counted_again_the_night_after)
{
    struct flow_house b = { 0 };

    house_open(&b);
    house_flow(&b, part);
    b.flow = house_flow(&b, whole);
    house_starts(&b,
                 &(struct flow_start){
                     .kind = START_CHANNEL, .flow_id = b.flow.v, .channel_id = b.channel.id.v },
                 1);
    for (int i = 0; i < 2; i++) {
        house_writes(&b, "Oi");
        house_writes(&b, "2"); /* to people, who are done with it at once */
        closes(&b);
    }
    CHECK_I64(test_jobs(b.cx, "flow.recount"), 1);
    test_advance(b.cx, US_PER_DAY);
    house_writes(&b, "Oi");
    CHECK_I64(test_jobs(b.cx, "flow.recount"), 2);
}

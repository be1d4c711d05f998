/*
 * The bot of production and the bot of tests are one: the same flow, told the same at the same hours of the same world,
 * says and does the same. Production is the whole house, with its queue and its database; the other is what simulator,
 * recordings and publishing play. Flows and conversations are drawn by chance.
 */
#include "domain/testing/chance.h"
#include "domain/testing/flow_house.h"

#include "base/clock.h"
#include "flow_host_private.h"
#include "recording_private.h"
#include "render.h"

enum { CASES = 12, CARDS_MAX = 7, MOVES = 10, OUTLETS_MAX = 4, PAUSE_S = 30 };

/* --- flows ---------------------------------------------------------------------------- */

/* Cards and their ways out; the first of them goes to the next card, so that none stands alone. */
static const struct {
    const char *type, *settings, *outlets[OUTLETS_MAX];
} palette[] = {
    { "send_message",
      "'text':'Olá, {{contact.first_name}}! São {{now.time}} de {{now.date}}: "
      "{{ticket.protocol}}.'",
      { "next" } },
    { "question",
      "'expect':'choice','text':'Qual?','store':'flow.a','options':[{'id':'x','label':'Boleto',"
      "'number':1},{'id':'y','label':'Suporte','number':2},{'id':'z','label':'Vendas',"
      "'number':3}]",
      { "opt:x", "opt:y", "opt:z" } },
    { "question",
      "'expect':'confirm','text':'Certo?','yes_label':'Sim','no_label':'Não'",
      { "yes", "no", "silent" } },
    { "question",
      "'expect':'await','validator':'number','text':'Quanto?','store':'flow.n','min':'1',"
      "'max':'9','attempts':2",
      { "next", "exhausted" } },
    { "question",
      "'expect':'await','validator':'text','text':'Conte.','store':'flow.a','gather_s':4",
      { "next" } },
    { "description", "", { "next" } },
    { "identify_customer", "'attempts':2", { "found", "exhausted" } },
    { "wait", "'amount':120,'on_message':'continue'", { "next" } },
    { "set_variable",
      "'items':[{'variable':'flow.a','op':'set','value':'{{now.date}}'}]",
      { "next" } },
    { "classify_ticket", "'priority':'high'", { "next" } },
    { "condition_variable",
      "'variable':'flow.a','rules':[{'id':'r','label':'R','op':'not_empty'}]",
      { "else", "rule:r" } },
};

/* %lld is the department's id, once it is written. */
static const char *const ends[] = {
    "'type':'finish','settings':{'message':'Até mais, {{contact.first_name}}.'}",
    "'type':'transfer','settings':{'target':'department','department':'department:%lld'}",
};

static const char *
draw_document(void)
{
    struct buf b = { .arena = test_arena() };
    int n = 2 + chance_below(CARDS_MAX - 1), types[CARDS_MAX + 1];

    buf_add(&b, STR("{'format':'balcao-flow','format_version':1,'key':'drawn','name':'Sorteado',"
                    "'channels':['whatsapp'],'start':'c0','settings':{'fallback':{'department':"
                    "'department:%lld'}},'variables':[{'name':'flow.a','type':'text','label':'A'},"
                    "{'name':'flow.n','type':'number','label':'N'}],'notes':[],'refs':[],"
                    "'cards':["));
    for (int i = 0; i < n; i++) {
        types[i] = chance_below((int)(sizeof(palette) / sizeof(palette[0])));
        buf_fmt(&b, "{'id':'c%d','type':'%s','v':1,'position':{'x':0,'y':%d},'settings':{%s}},", i,
                palette[types[i]].type, i, palette[types[i]].settings);
    }
    buf_fmt(&b, "{'id':'c%d','position':{'x':0,'y':%d},'v':1,%s}],'connectors':[", n, n,
            CHANCE_OF(ends));
    for (int i = 0; i < n; i++)
        for (int k = 0; k < OUTLETS_MAX && palette[types[i]].outlets[k] != NULL; k++)
            buf_fmt(&b, "%s{'from':'c%d','outlet':'%s','to':'c%d'}", i + k > 0 ? "," : "", i,
                    palette[types[i]].outlets[k], k == 0 ? i + 1 : i + 1 + chance_below(n - i));
    buf_add(&b, STR("]}"));
    return str_cstr(test_arena(), buf_str(&b));
}

/* --- what became of it, line by line ---------------------------------------------------- */

static void
put_run(struct buf *b, const struct run *run)
{
    buf_fmt(b, "%s at %.*s, %d wrong, %.*s\n", run_state_names[run->state], STR_ARG(run->at.card),
            run->ask.attempts, STR_ARG(run->ended.reason));
    for (size_t i = 0; i < run->variable_count; i++)
        buf_fmt(b, "%.*s = %.*s\n", STR_ARG(run->variables[i].name),
                STR_ARG(run->variables[i].value.text));
    for (size_t i = 0; i < run->answer_count; i++)
        buf_fmt(b, "%.*s: %.*s %.*s\n", STR_ARG(run->answers[i].card),
                STR_ARG(run->answers[i].option), STR_ARG(run->answers[i].label));
}

static struct str
house_tale(struct flow_house *h)
{
    struct buf b = { .arena = test_arena() };
    struct message_page page;
    const struct json *state;
    struct run run;

    buf_add(&b,
            house_text(h, "alike_trace",
                       "SELECT coalesce(string_agg(concat_ws(' ', visit, event, nullif(card, ''), "
                       "via, outlet, reason,"
                       " matched_by, attempt, skipped, error) || E'\\n', '' ORDER BY seq, n), '')"
                       " FROM flow_trace WHERE account_id = $1"));
    CHECK_OK(tickets_messages(h->cx, h->ticket.id, 0, -1, 100, &page));
    for (size_t i = 0; i < page.n; i++)
        if (str_eq(page.v[i].author_kind, STR("bot")) && str_eq(page.v[i].direction, STR("out")))
            buf_fmt(&b, "“%.*s”\n", STR_ARG(page.v[i].text));
    CHECK_OK(json_parse(
        test_arena(),
        house_text(h, "alike_state", "SELECT state FROM flow_runs WHERE account_id = $1"), &state));
    CHECK_OK(run_read(test_arena(), state, &run));
    put_run(&b, &run);
    return buf_str(&b);
}

static void
put_word(struct buf *b, struct str word)
{
    if (word.len > 0)
        buf_fmt(b, " %.*s", STR_ARG(word));
}

static struct str
play_tale(const struct simulation *s)
{
    struct buf b = { .arena = test_arena() };

    for (size_t i = 0; i < s->trace_count; i++) {
        const struct trace_entry *e = &s->trace[i];

        buf_fmt(&b, "%d %s", e->visit, e->event);
        put_word(&b, e->card);
        put_word(&b, e->via);
        put_word(&b, e->outlet);
        put_word(&b, e->reason);
        put_word(&b, str_of(e->matched_by));
        buf_fmt(&b, " %d", e->attempt);
        put_word(&b, e->skipped);
        put_word(&b, e->error);
        buf_char(&b, '\n');
    }
    for (size_t i = 0; i < s->effect_count; i++) {
        struct rendered_list parts = { 0 };

        if (effect_is_said(&s->effects[i]))
            parts = render(test_arena(), s->facts->channel, &s->effects[i]);
        for (size_t k = 0; k < parts.n; k++)
            buf_fmt(&b, "“%.*s”\n", STR_ARG(parts.v[k].text));
    }
    put_run(&b, s->run);
    return buf_str(&b);
}

/* --- both, side by side ------------------------------------------------------------------- */

struct pair {
    struct flow_house house;
    struct recording recording;
    struct play play;
};

static void
step(struct pair *p, struct str json)
{
    const struct json *one;

    CHECK_OK(json_parse(test_arena(), json, &one));
    chance_hold(play_step(&p->play, one), "every step can be played");
}

/* Its first words came, and the bot has not heard of them: the world of this moment is given to the other one. */
static void
give_world(struct pair *p)
{
    static const char stubs[] =
        "[{\"kind\":\"local\",\"outcome\":\"not_found\",\"data\":{\"customers\":[]}}]";
    struct cx *cx = p->house.cx;
    struct host *host = arena_new_of(test_arena(), struct host);
    struct flow_pin *pins;

    host->ticket = p->house.ticket;
    CHECK_OK(flow_pins_now(cx, STR("drawn"), &pins, &host->pin_count));
    host->pins = pins;
    CHECK_OK(flow_documents(cx, host));
    CHECK_OK(flow_facts(cx, host, cx->now_us));
    p->recording = (struct recording){
        .flow = STR("drawn"),
        .now_us = cx->now_us,
        .facts = host->facts,
    };
    CHECK_OK(json_parse(test_arena(), str_of(stubs), &p->recording.stubs));
    chance_hold(play_begin(&p->play, test_arena(), &p->recording, host->flows), "it begins");
}

/* Both clocks go on, and the house does what falls due. */
static void
goes_by(struct pair *p, int64_t us)
{
    test_advance(p->house.cx, us);
    house_works(&p->house);
    step(p, str_fmt(test_arena(), "{\"advance_s\":%lld}", (long long)(us / US_PER_S)));
}

/* Up to what happens by itself next; false: nothing does until then. */
static bool
waits(struct pair *p, int64_t until_us)
{
    int64_t next_us = simulate_next(&p->play.simulation);

    if (next_us == 0 || next_us > until_us)
        return false;
    goes_by(p, next_us - p->play.simulation.now_us);
    return true;
}

static bool
goes_on(const struct pair *p)
{
    return p->play.simulation.run->state != RUN_ENDED;
}

/* Unless it comes to an end meanwhile: what is said then begins another. */
static void
says(struct pair *p, const char *text)
{
    int64_t at_us = p->play.simulation.now_us + PAUSE_S * US_PER_S;

    while (waits(p, at_us))
        ;
    goes_by(p, at_us - p->play.simulation.now_us);
    if (!goes_on(p))
        return;
    house_arrives(&p->house, text);
    house_works(&p->house);
    step(p, str_fmt(test_arena(), "{\"in\":{\"kind\":\"message\",\"text\":\"%s\"}}", text));
}

static void
hold_alike(struct pair *p)
{
    struct str house = house_tale(&p->house), play = play_tale(&p->play.simulation);

    chance_hold(str_eq(house, play),
                str_cstr(test_arena(), str_fmt(test_arena(), "in the house:\n%.*sin a test:\n%.*s",
                                               STR_ARG(house), STR_ARG(play))));
}

TEST(production_simulator_and_test_runner_do_the_same)
{
    static const char *const texts[] = { "1",
                                         "2",
                                         "3",
                                         "7",
                                         "99",
                                         "sim",
                                         "não",
                                         "boleto e suporte",
                                         "529.982.247-25",
                                         "xyz",
                                         "uma história",
                                         "menu",
                                         "atendente" };

    for (int i = 0; i < CASES; i++) {
        struct pair *p = arena_new_of(test_arena(), struct pair);

        chance_begin(i);
        house_opens(&p->house, draw_document());
        house_arrives(&p->house, "oi");
        give_world(p);
        house_works(&p->house);
        step(p, STR("{\"in\":{\"kind\":\"message\",\"text\":\"oi\"}}"));
        hold_alike(p);
        for (int k = 0; k < MOVES && goes_on(p); k++) {
            if (!chance_in(25) || !waits(p, INT64_MAX))
                says(p, CHANCE_OF(texts));
            hold_alike(p);
        }
    }
}

/* Which conversations may go on in another version: what they stand on is there, and what the customer sees means the same. */
#include "domain/testing/story.h"
#include "move.h"

/* A menu, a confirmation, a call and a question of each kind; 'quotes' are double ones. */
static const char old_version[] =
    "{'format':'balcao-flow','format_version':1,'key':'main','name':'M','channels':['whatsapp'],"
    "'start':'menu','settings':{'fallback':{'department':'department:1'}},'variables':[],'notes':["
    "],'refs':[],'cards':["
    "{'id':'menu','type':'question','v':1,'settings':{'expect':'choice','text':'Qual?','options':["
    "{'id':'boleto','label':'Boleto','number':1},{'id':'suporte','label':'Suporte','number':2},"
    "{'id':'parte','label':'Outra','number':3},{'id':'busca','label':'Busca','number':4}]}},"
    "{'id':'certo','type':'question','v':1,'settings':{'expect':'confirm','text':'Certo?',"
    "'yes_label':'Aceito','no_label':'Recuso'}},"
    "{'id':'cpf','type':'question','v':1,'settings':{'expect':'await','validator':'cpf','text':"
    "'CPF?','store':'flow.cpf'}},"
    "{'id':'busca','type':'http_request','v':1,'settings':{'url':'https://exemplo.com.br/a'}},"
    "{'id':'chama','type':'run_flow','v':1,'settings':{'flow':'flow:part','returns':true}},"
    "{'id':'fim','type':'finish','v':1,'settings':{}}],"
    "'connectors':[{'from':'menu','outlet':'opt:boleto','to':'certo'},{'from':'menu','outlet':"
    "'opt:suporte','to':'cpf'},{'from':'menu','outlet':'opt:parte','to':'chama'},{'from':'menu',"
    "'outlet':'opt:busca','to':'busca'},{'from':'chama','outlet':'returned','to':'fim'},{'from':"
    "'certo','outlet':'yes','to':'fim'},{'from':'busca','outlet':'success','to':'fim'}]}";
static const char part_version[] =
    "{'format':'balcao-flow','format_version':1,'key':'part','name':'P','channels':['whatsapp'],"
    "'start':'volta','settings':{'fallback':{'department':'department:1'}},'variables':[],'notes':"
    "[],'refs':[],'cards':[{'id':'volta','type':'question','v':1,'settings':{'expect':'confirm',"
    "'text':'Voltar?'}},{'id':'retorna','type':'return_flow','v':1,'settings':{}}],"
    "'connectors':[{'from':'volta','outlet':'yes','to':'retorna'}]}";

/* With another text in the place of one. */
static const struct flow_document *
version(const char *text, const char *from, const char *to)
{
    struct buf b = { .arena = test_arena() };
    struct str rest = str_of(text);
    size_t length = strlen(from);

    while (rest.len > 0) {
        bool is_there = length > 0 && str_starts(rest, str_of(from));
        size_t step = is_there ? length : 1;

        if (is_there)
            buf_add(&b, str_of(to));
        else
            buf_char(&b, rest.p[0] == '\'' ? '"' : rest.p[0]);
        rest = (struct str){ rest.p + step, rest.len - step };
    }
    for (size_t i = 0; i < b.len; i++)
        if (b.p[i] == '\'')
            b.p[i] = '"';
    return story_read(buf_str(&b));
}

/* A conversation that was told these words, one after the other. */
static struct story *
told(const char *first)
{
    struct story *t = story_draw();

    t->flows[0] = version(old_version, "", "");
    t->flows[1] = version(part_version, "", "");
    story_take(t, (struct input){ .kind = INPUT_START, .id = STR("start") });
    if (first != NULL)
        story_take(t, (struct input){
                          .kind = INPUT_MESSAGE, .id = STR("first"), .said.text = str_of(first) });
    return t;
}

/* What becomes of it when this stands for that in the flow it began with. */
static const char *
moved(const struct story *t, const char *from, const char *to)
{
    const struct flow_document *new[] = { version(old_version, from, to), t->flows[1] };

    return flow_stay_names[flow_move(test_arena(), story_flows(t), (struct flow_set){ new, 2 },
                                     &t->run)];
}

TEST(a_menu_goes_on_with_other_words_and_more_options)
{
    struct story *t = told(NULL);

    CHECK_STR(str_of(moved(t, "", "")), "moves");
    CHECK_STR(str_of(moved(t, "'Qual?'", "'Como posso ajudar?'")), "moves");
    CHECK_STR(str_of(moved(t, "'label':'Boleto'", "'label':'Segunda via'")), "moves");
    CHECK_STR(str_of(moved(t, "{'id':'busca','label':'Busca','number':4}]",
                           "{'id':'busca','label':'Busca','number':4},{'id':'nova','label':'Nova',"
                           "'number':5}]")),
              "moves");
}

TEST(an_option_on_the_screen_that_is_gone_or_means_another_keeps_it_where_it_is)
{
    struct story *t = told(NULL);

    CHECK_STR(str_of(moved(t, ",{'id':'busca','label':'Busca','number':4}", "")), "option");
    /* Who reads “2 - Suporte” would choose another one by 2, or by its words. */
    CHECK_STR(str_of(moved(t, "'label':'Suporte','number':2", "'label':'Suporte','number':7")),
              "option");
    CHECK_STR(str_of(moved(t, "'label':'Boleto','number':1},{'id':'suporte','label':'Suporte'",
                           "'label':'Suporte','number':1},{'id':'suporte','label':'Boleto'")),
              "option");
    t = told("1");
    CHECK_STR(str_of(moved(t, "'yes_label':'Aceito','no_label':'Recuso'",
                           "'yes_label':'Recuso','no_label':'Aceito'")),
              "option");
    CHECK_STR(str_of(moved(t, "'yes_label':'Aceito'", "'yes_label':'Concordo'")), "moves");
}

TEST(the_card_it_rests_on_has_to_be_there_and_ask_the_same_kind_of_thing)
{
    struct story *t = told("2");

    CHECK_STR(str_of(moved(t, "'CPF?'", "'Seu CPF?'")), "moves");
    CHECK_STR(str_of(moved(t, "'validator':'cpf'", "'validator':'cnpj'")), "question");
    CHECK_STR(str_of(moved(t, "'expect':'await','validator':'cpf'", "'expect':'confirm'")),
              "question");
    CHECK_STR(str_of(moved(t, "'id':'cpf'", "'id':'outro'")), "card");
    CHECK_STR(str_of(moved(t, "{'id':'cpf','type':'question'", "{'id':'cpf','type':'description'")),
              "card");
    CHECK_STR(str_of(moved(t, "{'id':'cpf',", "{'id':'cpf','parked':true,")), "card");
    CHECK_STR(str_of(moved(t, "'key':'main'", "'key':'other'")), "flow");
}

TEST(what_was_called_goes_back_to_who_called)
{
    struct story *t = told("3");
    const struct flow_document *alone[] = { t->flows[0] };

    CHECK_I64(t->run.frame_count, 1);
    CHECK_STR(str_of(moved(t, "'Qual?'", "'O que?'")), "moves");
    CHECK_STR(str_of(moved(t, "'outlet':'returned'", "'outlet':'nowhere'")), "caller");
    CHECK_STR(str_of(moved(t, "'id':'chama'", "'id':'chamava'")), "caller");
    CHECK_I64(flow_move(test_arena(), story_flows(t), (struct flow_set){ alone, 1 }, &t->run),
              STAY_FLOW);
}

TEST(a_call_under_way_waits_for_its_answer_when_it_would_be_taken_otherwise)
{
    struct story *t = told("4");

    CHECK_I64(t->run.state, RUN_CALLING);
    CHECK_STR(str_of(moved(t, "'Qual?'", "'O que?'")), "moves");
    CHECK_STR(str_of(moved(t, "exemplo.com.br/a", "exemplo.com.br/b")), "call");
}

/* --- any conversation ----------------------------------------------------------------- */

enum { CASES = 60, INPUTS = 12 };

static bool
is_acting(const struct story *t)
{
    return t->run.state == RUN_ASKING && !t->run.is_confirming_opt_out && t->facts.bot_controls &&
           t->run.epoch == t->facts.epoch && !t->facts.is_opted_out;
}

/* A tap on an option: not said to be wrong, nor left aside. */
static bool
accepts(const struct story *t, struct flow_set flows, struct str option)
{
    struct input tap = {
        .kind = INPUT_REPLY,
        .id = STR("tap"),
        .payload = step_tap(test_arena(), t->run.id, t->run.ask.token, option),
    };
    struct facts facts = t->facts;
    struct step_out out;

    facts.window_ends_us = facts.answered_lately = 0;
    flow_step(test_arena(), flows, &t->run, &facts, &tap, t->now_us, &out);
    for (size_t i = 0; i < out.trace_count; i++)
        if (out.trace[i].visit == t->run.visits && (strcmp(out.trace[i].event, "ignored") == 0 ||
                                                    strcmp(out.trace[i].event, "invalid") == 0 ||
                                                    strcmp(out.trace[i].event, "ambiguous") == 0))
            return false;
    return true;
}

TEST(every_conversation_that_lives_goes_from_a_version_into_itself)
{
    int lived = 0;

    for (int i = 0; i < CASES; i++) {
        struct arena_mark mark = arena_mark(test_arena());
        struct story *t;
        enum flow_stay stays;

        chance_begin(i);
        t = story_draw();
        story_goes_on(t, 1 + chance_below(INPUTS));
        stays = flow_move(test_arena(), story_flows(t), story_flows(t), &t->run);
        chance_hold(stays == (t->run.state == RUN_ENDED ? STAY_ENDED : STAY_NOT),
                    "into itself everything goes");
        lived += t->run.state != RUN_ENDED;
        arena_rewind(test_arena(), mark);
    }
    CHECK(lived > CASES / 3);
}

TEST(who_was_moved_accepts_every_option_that_is_on_the_screen)
{
    int moved_with_options = 0;

    for (int i = 0; i < 4 * CASES; i++) {
        struct arena_mark mark = arena_mark(test_arena());
        const struct flow_document *new[STORY_FLOWS];
        struct flow_set set = { new, STORY_FLOWS };
        struct story *t;

        chance_begin(i);
        t = story_draw();
        story_goes_on(t, 1 + chance_below(3));
        new[0] = story_read(story_document_like(t->texts[0]));
        new[1] = story_read(story_document_like(t->texts[1]));
        if (is_acting(t) && t->run.ask.option_count > 0 &&
            flow_move(test_arena(), story_flows(t), set, &t->run) == STAY_NOT) {
            moved_with_options++;
            for (size_t k = 0; k < t->run.ask.option_count; k++)
                chance_hold(accepts(t, set, t->run.ask.options[k]),
                            "options on the screen are taken");
        }
        arena_rewind(test_arena(), mark);
    }
    CHECK(moved_with_options > CASES / 10);
}

#include "base/testing/testing.h"

#include "conversation.h"
#include "flow_tests.h"
#include "recording_private.h"

/* Texts of JSON are easier to read with ' for ". */
static struct str
quoted(const char *text)
{
    char *copy = (char *)str_cstr(test_arena(), str_of(text));

    for (char *p = copy; *p != '\0'; p++)
        *p = *p == '\'' ? '"' : *p;
    return str_of(copy);
}

static const struct json *
parsed(struct str text)
{
    const struct json *json;

    CHECK_OK(json_parse(test_arena(), text, &json));
    return json;
}

/* Says the protocol and the hour, asks for a CPF and a password, calls a system, and hands over. */
#define FLOW                                                                                       \
    "{'format':'balcao-flow','format_version':1,'key':'oi','name':'Oi','channels':['whatsapp'],"   \
    "'start':'oi','settings':{'fallback':{'department':'department:1'}},"                          \
    "'variables':[{'name':'flow.cpf','type':'document','label':'CPF'},"                            \
    "{'name':'flow.senha','type':'text','label':'Senha'},"                                         \
    "{'name':'flow.dia','type':'text','label':'Dia'}],'cards':["                                   \
    "{'id':'oi','type':'send_message','v':1,'position':{'x':0,'y':0},'settings':{'kind':'text',"   \
    "'text':'{{now.greeting}}! Protocolo {{ticket.protocol}}, {{now.date}} às {{now.time}}.'}},"  \
    "{'id':'cpf','type':'question','v':1,'position':{'x':0,'y':0},'settings':{'expect':'await',"   \
    "'validator':'cpf','text':'Qual é o CPF?','store':'flow.cpf'}},"                              \
    "{'id':'senha','type':'question','v':1,'position':{'x':0,'y':0},'settings':{'expect':'await'," \
    "'validator':'digits','text':'CPF {{flow.cpf}}, certo? Qual é a senha?','store':"             \
    "'flow.senha','sensitive':true}},"                                                             \
    "{'id':'dia','type':'question','v':1,'position':{'x':0,'y':0},'settings':{'expect':'choice',"  \
    "'text':'Que dia?','store':'flow.dia','options':[{'id':'hoje','label':'Hoje','number':1},"     \
    "{'id':'depois','label':'Depois','number':2}]}},"                                              \
    "{'id':'etiqueta','type':'add_tag','v':1,'position':{'x':0,'y':0},"                            \
    "'settings':{'tags':['tag:1']}},"                                                              \
    "{'id':'pede','type':'http_request','v':1,'position':{'x':0,'y':0},"                           \
    "'settings':{'method':'GET','url':'https://sistema.exemplo.com.br/x'}},"                       \
    "{'id':'tchau','type':'finish','v':1,'position':{'x':0,'y':0},"                                \
    "'settings':{'message':'Até << {{flow.dia|lower}}!','reason':'reason:1'}},"                   \
    "{'id':'gente','type':'transfer','v':1,'position':{'x':0,'y':0},"                              \
    "'settings':{'target':'department','department':'department:2'}}],"                            \
    "'connectors':[{'from':'oi','outlet':'next','to':'cpf'},"                                      \
    "{'from':'cpf','outlet':'next','to':'senha'},{'from':'senha','outlet':'next','to':'dia'},"     \
    "{'from':'dia','outlet':'opt:hoje','to':'etiqueta'},"                                          \
    "{'from':'dia','outlet':'opt:depois','to':'pede'},"                                            \
    "{'from':'etiqueta','outlet':'next','to':'tchau'},"                                            \
    "{'from':'pede','outlet':'success','to':'tchau'},"                                             \
    "{'from':'pede','outlet':'failure','to':'gente'}],'notes':[],'refs':["                         \
    "{'ref':'department:1','name':'Geral'},{'ref':'department:2','name':'Vendas'}]}"

#define GIVEN                                                                                      \
    "{'channel':'whatsapp','now':'2026-11-20T09:30:00-03:00','protocol':'202611200001',"           \
    "'contact':{'name':'Ana Exemplo'}}"
#define SAYS(text) "{'in':{'kind':'message','text':'" text "'}}"
#define UP_TO_DAY SAYS("oi") "," SAYS("529.982.247-25") "," SAYS("4321")

/* The flow with one text of it said differently. */
static struct flow_set
flows(const char *before, const char *after)
{
    const struct flow_document **documents =
        arena_array(test_arena(), const struct flow_document *, 1);
    struct findings findings = { .arena = test_arena() };
    struct str text = quoted(FLOW), filled;
    struct buf changed = { .arena = test_arena() };
    struct flow_document *document;
    const char *at = before == NULL ? NULL : strstr(text.p, str_cstr(test_arena(), quoted(before)));

    CHECK(before == NULL || at != NULL);
    if (at != NULL) {
        buf_add(&changed, (struct str){ text.p, (size_t)(at - text.p) });
        buf_add(&changed, quoted(after));
        buf_add(&changed, str_of(at + strlen(before)));
        text = buf_str(&changed);
    }
    CHECK_OK(document_fill(test_arena(), text, &filled));
    CHECK_OK(document_read(test_arena(), parsed(filled), &findings, &document));
    documents[0] = document;
    return (struct flow_set){ documents, 1 };
}

static struct recording
made(const char *given, const char *stubs, const char *steps)
{
    struct recording recording;

    CHECK_OK(recording_make(test_arena(), STR("oi"), parsed(quoted(given)), parsed(quoted(stubs)),
                            parsed(quoted(steps)), &recording));
    recording.id = recording.name = STR("t");
    return recording;
}

static struct recording
written(const char *stubs, const char *steps)
{
    struct recording by_hand = made(GIVEN, stubs, steps), kept;

    CHECK_OK(recording_read(
        test_arena(), parsed(recording_write(test_arena(), &by_hand, flows(NULL, NULL))), &kept));
    return kept;
}

/* What was recorded of the messages behind the n-th step, from 0. */
static struct str
said(const struct recording *recording, size_t step, size_t message, const char *word)
{
    return json_get_text(json_at(json_get(json_at(recording->steps, step), "out"), message), word);
}

TEST(what_was_recorded_passes_on_what_it_was_recorded_on)
{
    static const char *const conversations[] = {
        "[" SAYS("oi") "]",
        "[" UP_TO_DAY "," SAYS("hoje") "]",
        "[" UP_TO_DAY ",{'in':{'kind':'reply','option':'depois'}}]",
        "[" SAYS("oi") "," SAYS("123") ",{'advance_s':600},{'advance_s':3600}]",
        "[" SAYS("oi") ",{'agent':'taken'}," SAYS("alô") ",{'agent':{'returned':'resume'}}]",
        "[" SAYS("oi") ",{'fact':{'contact':{'name':'Bia'}}}," SAYS("0") "]",
        "[" SAYS("oi") "," SAYS("/bloquear") "]",
    };

    for (size_t i = 0; i < sizeof conversations / sizeof conversations[0]; i++) {
        struct recording kept = written(
            "[{'kind':'http','outcome':'ok','data':{'status':200,'body':''}}]", conversations[i]);
        struct recording_result result =
            recording_play(test_arena(), &kept, flows(NULL, NULL), NULL);

        CHECK_STR(result.got, "");
        CHECK(result.has_passed);
    }
}

TEST(a_change_on_its_path_fails_at_that_step_and_no_earlier)
{
    static const struct {
        const char *before, *after;
        int step;
    } changes[] = {
        { "Protocolo", "Seu protocolo", 2 },
        { "Qual é o CPF?", "E o CPF?", 2 },
        { "certo?", "não é?", 4 },
        { "Que dia?", "Quando?", 6 },
        { "'id':'depois'", "'id':'amanha'", 6 },
        { "Até", "Adeus", 8 },
        { "'outlet':'opt:hoje','to':'etiqueta'", "'outlet':'opt:hoje','to':'gente'", 8 },
        { "tag:1", "tag:2", 9 },
        { "reason:1", "reason:2", 9 },
    };
    struct recording kept = written("[]", "[" UP_TO_DAY "," SAYS("hoje") "]");

    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        struct recording_result result =
            recording_play(test_arena(), &kept, flows(changes[i].before, changes[i].after), NULL);

        CHECK(!result.has_passed);
        CHECK_I64(result.step, changes[i].step);
    }
}

TEST(what_is_another_days_or_somebodys_is_masked)
{
    struct recording kept = written("[]", "[" UP_TO_DAY "," SAYS("hoje") "]");

    CHECK_STR(said(&kept, 1, 0, "send"),
              "Bom dia! Protocolo <<ticket.protocol>>, <<now.date>> às <<now.time>>.");
    CHECK_STR(said(&kept, 1, 1, "ask"), "Qual é o CPF?");
    CHECK_STR(said(&kept, 3, 0, "ask"), "CPF <<flow.cpf>>, certo? Qual é a senha?");
    /* what would be read as a name is none */
    CHECK_STR(said(&kept, 7, 0, "send"), "Até <<*>> hoje!");
    CHECK_STR(said(&kept, 7, 0, "card"), "tchau");
}

#define ASKS(validator, name, filter)                                                              \
    "'validator':'" validator "','text':'Qual é o CPF?','store':'flow.cpf'}},{'id':'senha',"      \
    "'type':'question','v':1,'position':{'x':0,'y':0},'settings':{'expect':'await','validator':"   \
    "'digits','text':'" name " {{flow.cpf" filter "}}, certo?"

TEST(of_a_number_with_letters_a_part_without_four_figures_is_masked_too)
{
    static const char *const shown[] = {
        /* 12.ABC…, 12.abc… */
        ASKS("cpf_cnpj", "CNPJ", "|truncate:\\\"7\\\""),
        ASKS("cpf_cnpj", "CNPJ", "|truncate:\\\"7\\\"|lower"),
    };

    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++) {
        struct recording by_hand =
            made(GIVEN, "[]", "[" SAYS("oi") "," SAYS("12.ABC.345/01DE-35") "," SAYS("4321") "]");
        struct recording kept;

        CHECK_OK(recording_read(test_arena(),
                                parsed(recording_write(test_arena(), &by_hand,
                                                       flows(ASKS("cpf", "CPF", ""), shown[i]))),
                                &kept));
        CHECK_STR(said(&kept, 3, 0, "ask"), "CNPJ <<*>>, certo? Qual é a senha?");
    }
}

TEST(a_secret_answer_is_replaced_by_one_that_is_made_up)
{
    struct recording by_hand = made(GIVEN, "[]", "[" UP_TO_DAY "]");
    struct str text = recording_write(test_arena(), &by_hand, flows(NULL, NULL));

    CHECK(!str_has(text, STR("4321")));
    CHECK(str_has(text, STR("1111")));
    CHECK(str_has(text, STR("529.982.247-25")));
    CHECK_STR(mask_answer(test_arena(), STR("cpf"), STR("111.444.777-35")), "52998224725");
    CHECK_STR(mask_answer(test_arena(), STR("cpf"), STR("123")), "111");
    CHECK_STR(mask_answer(test_arena(), STR("text"), STR("çã 9")), "xx 1");
}

TEST(a_conversation_is_recorded_up_to_what_nothing_answers)
{
    struct recording kept =
        written("[]", "[" UP_TO_DAY ",{'in':{'kind':'reply','option':'depois'}}," SAYS("?") "]");

    CHECK_I64((int64_t)json_len(kept.steps), 6);
    CHECK(recording_play(test_arena(), &kept, flows(NULL, NULL), NULL).has_passed);
}

TEST(it_can_begin_at_any_card)
{
    struct recording by_hand =
        made("{'channel':'whatsapp','now':'2026-11-20T09:30:00-03:00','card':'dia'}", "[]",
             "[" SAYS("oi") "]");
    struct conversation c;

    CHECK_OK(conversation_play(test_arena(), &by_hand, flows(NULL, NULL), &c));
    CHECK_STR(c.simulation->run->at.card, "dia");
    by_hand.start = STR("nenhum");
    CHECK_FAIL(conversation_play(test_arena(), &by_hand, flows(NULL, NULL), &c), ERR_INVALID,
               "unknown_value");
}

/* --- saved with a flow --------------------------------------------------------------------- */

static struct flow_tests
played(const char *test, const char *before, const char *after)
{
    struct str document =
        str_fmt(test_arena(), "{\"key\":\"oi\",\"meta\":{\"tests\":[%s,{}]}}", test);
    struct flow_tests tests;

    flow_tests_play(test_arena(), parsed(document), flows(before, after), NULL, &tests);
    CHECK_I64((int64_t)tests.n, 2);
    return tests;
}

TEST(what_differs_is_recorded_again_and_passes)
{
    struct recording by_hand = made(GIVEN, "[]", "[" UP_TO_DAY "," SAYS("hoje") "]");
    const char *kept =
        str_cstr(test_arena(), recording_write(test_arena(), &by_hand, flows(NULL, NULL)));
    struct flow_tests tests = played(kept, NULL, NULL);

    CHECK(tests.v[0].result.has_passed);
    CHECK_I64((int64_t)tests.v[0].again.len, 0);
    CHECK(err_is(tests.v[1].unreadable, "test_format"));

    tests = played(kept, "reason:1", "reason:2");
    CHECK(!tests.v[0].result.has_passed);
    kept = str_cstr(test_arena(), tests.v[0].again);
    CHECK(played(kept, "reason:1", "reason:2").v[0].result.has_passed);
    CHECK(!played(kept, NULL, NULL).v[0].result.has_passed);

    tests = played(kept, "Que dia?", "Quando?");
    CHECK(!tests.v[0].result.has_passed);
    kept = str_cstr(test_arena(), tests.v[0].again);
    CHECK(played(kept, "Que dia?", "Quando?").v[0].result.has_passed);
}

/* --- by hand ------------------------------------------------------------------------------- */

static const struct json *
shown(const char *stubs, const char *steps)
{
    struct recording by_hand = made(GIVEN, stubs, steps);
    struct buf b = { .arena = test_arena() };
    struct json_out o = { .buf = &b };
    struct conversation c;

    CHECK_OK(conversation_play(test_arena(), &by_hand, flows(NULL, NULL), &c));
    json_open(&o, '{');
    conversation_write(&o, &c);
    json_close(&o, '}');
    return parsed(buf_str(&b));
}

TEST(each_step_shows_what_it_brought)
{
    const struct json *now = shown("[]", "[" UP_TO_DAY "]"), *turn, *ask;

    CHECK_STR(json_get_text(now, "state"), "asking");
    CHECK_STR(json_get_text(json_get(now, "at"), "card"), "dia");
    CHECK_I64((int64_t)json_len(json_get(now, "turns")), 3);
    turn = json_at(json_get(now, "turns"), 2);
    ask = json_at(json_get(turn, "said"), 0);
    CHECK_STR(json_get_text(ask, "kind"), "ask");
    ask = json_at(json_get(ask, "messages"), 0);
    CHECK_STR(json_get_text(ask, "control"), "buttons");
    CHECK_I64((int64_t)json_len(json_get(ask, "options")), 2);
    /* a secret is shown nowhere */
    CHECK(!str_has(json_print(test_arena(), json_get(now, "variables")), STR("4321")));
    CHECK(!str_has(json_print(test_arena(), json_get(turn, "effects")), STR("4321")));
    CHECK(!str_has(json_print(test_arena(), json_get(now, "trace")), STR("4321")));
}

TEST(a_call_stands_still_until_somebody_answers)
{
#define UP_TO_CALL UP_TO_DAY ",{'in':{'kind':'reply','option':'depois'}}"
    const struct json *now = shown("[]", "[" UP_TO_CALL "," SAYS("?") "]");
    const struct json *call = json_get(now, "call");

    CHECK_STR(json_get_text(now, "state"), "calling");
    CHECK_STR(json_get_text(call, "card"), "pede");
    CHECK_STR(json_text(json_at(json_get(call, "outcomes"), 1)), "timeout");
    CHECK_I64((int64_t)json_len(json_get(now, "turns")), 4);
    now = shown("[{'kind':'http','times':1,'outcome':'timeout'}]", "[" UP_TO_CALL "]");
    CHECK(json_get_text(json_get(now, "call"), "kind").p == NULL);
    CHECK_STR(json_get_text(now, "reason"), "transferred");
}

TEST(what_is_not_given_is_made_up_and_what_is_stays)
{
    struct given_defaults defaults = { STR("2026-11-20T09:30:00-03:00"), STR("Rede Exemplo"),
                                       FLOW_WEBCHAT };
    const struct json *given = parsed(given_complete(
        test_arena(),
        parsed(quoted("{'departments':[{'ref':'department:2','online':0}],'tags':['tag:1']}")),
        flows(NULL, NULL), &defaults));
    const struct json *departments = json_get(given, "departments");
    struct recording recording;

    CHECK_STR(json_get_text(given, "channel"), "webchat");
    CHECK_STR(json_get_text(given, "protocol"), "202611200001");
    CHECK_I64((int64_t)json_len(departments), 2);
    CHECK(!json_true(json_get(json_at(departments, 0), "inside")));
    CHECK_STR(json_get_text(json_at(departments, 1), "name"), "Geral");
    CHECK_OK(recording_make(test_arena(), STR("oi"), given, NULL, NULL, &recording));
    CHECK_I64((int64_t)recording.facts.department_count, 2);
}

#include "base/testing/testing.h"

#include "recording.h"

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

/* One flow, with nothing wrong in it; apostrophes stand for quotes. */
static struct flow_set
set_of(const char *text)
{
    const struct flow_document **documents =
        arena_array(test_arena(), const struct flow_document *, 1);
    struct findings findings = { .arena = test_arena() };
    struct flow_document *document;
    struct str filled;

    CHECK_OK(document_fill(test_arena(), quoted(text), &filled));
    CHECK_OK(document_read(test_arena(), parsed(filled), &findings, &document));
    CHECK_I64((int64_t)findings.n, 0);
    documents[0] = document;
    return (struct flow_set){ documents, 1 };
}

/* Greets, asks, waits a minute when asked to, and says goodbye. */
static struct flow_set
flows(void)
{
    static const char text[] =
        "{'format':'balcao-flow','format_version':1,'key':'oi','name':'Oi','channels':['whatsapp'],"
        "'start':'oi','settings':{'fallback':{'department':'department:1'},"
        "'silence':{'remind_after_s':600,'reminders':1,'expire_after_s':3600}},"
        "'variables':[{'name':'flow.dia','type':'text','label':'Dia'}],'cards':["
        "{'id':'oi','type':'send_message','v':1,'position':{'x':0,'y':0},"
        "'settings':{'kind':'text','text':'{{now.greeting}}, {{contact.first_name}}! "
        "{{ticket.protocol}}'}},"
        "{'id':'dia','type':'question','v':1,'position':{'x':0,'y':0},"
        "'settings':{'expect':'choice','text':'Que dia?','store':'flow.dia','options':["
        "{'id':'hoje','label':'Hoje','number':1},{'id':'depois','label':'Depois','number':2}]}},"
        "{'id':'etiqueta','type':'add_tag','v':1,'position':{'x':0,'y':0},'settings':{'tags':['tag:"
        "1']}},"
        "{'id':'pausa','type':'wait','v':1,'position':{'x':0,'y':0},"
        "'settings':{'amount':1,'unit':'minutes'}},"
        "{'id':'tchau','type':'finish','v':1,'position':{'x':0,'y':0},"
        "'settings':{'message':'Até {{flow.dia|lower}}!','reason':'reason:1'}}],"
        "'connectors':[{'from':'oi','outlet':'next','to':'dia'},"
        "{'from':'dia','outlet':'opt:hoje','to':'etiqueta'},"
        "{'from':'dia','outlet':'opt:depois','to':'pausa'},"
        "{'from':'etiqueta','outlet':'next','to':'tchau'},"
        "{'from':'pausa','outlet':'next','to':'tchau'}],'notes':[],'refs':[]}";

    return set_of(text);
}

#define BEGIN                                                                                      \
    "{'in':{'kind':'message','text':'oi'}},"                                                       \
    "{'out':[{'send':'Bom dia, Ana! <<ticket.protocol>>','card':'oi'},"                            \
    "{'ask':'Que dia?','card':'dia','options':['hoje','depois']}]}"

static struct recording
recorded(const char *given, const char *steps)
{
    struct recording recording;

    CHECK_OK(recording_read(
        test_arena(),
        parsed(quoted(str_cstr(
            test_arena(),
            str_fmt(test_arena(),
                    "{'format':'balcao-flow-test','format_version':1,'id':'t','flow':'oi',"
                    "'given':{'channel':'whatsapp','now':'2026-11-20T09:30:00-03:00',"
                    "'contact':{'name':'Ana Exemplo'},'protocol':'202611200001'%s},'steps':[%s]}",
                    given, steps)))),
        &recording));
    return recording;
}

static struct recording_result
played(const char *given, const char *steps)
{
    struct recording recording = recorded(given, steps);

    return recording_play(test_arena(), &recording, flows(), NULL);
}

static void
check_passes(const char *steps)
{
    struct recording_result result = played("", steps);

    CHECK_STR(result.got, "");
    CHECK(result.has_passed);
}

static void
check_differs(const char *steps, int step, const char *card, const char *got)
{
    struct recording_result result = played("", steps);

    CHECK(!result.has_passed);
    CHECK_I64(result.step, step);
    CHECK_STR(result.card, card);
    CHECK_STR(result.got, got);
}

TEST(a_conversation_that_goes_on_as_it_went_passes)
{
    check_passes(BEGIN ",{'in':{'kind':'message','text':'hoje'}},"
                       "{'out':[{'send':'Até hoje!','card':'tchau'}]},"
                       "{'check':{'state':'ended','reason':'finished',"
                       "'path':['oi','dia','etiqueta','tchau'],"
                       "'effects':[{'tag':{'tags':['tag:1']}},{'close':{'reason':'reason:1'}}],"
                       "'vars':[{'name':'flow.dia','value':'Hoje'}]}}");
}

TEST(an_option_is_tapped_by_its_id)
{
    check_passes(BEGIN ",{'in':{'kind':'reply','option':'hoje'}},{'out':[{'send':'Até hoje!'}]}");
}

TEST(the_first_step_that_differs_is_told)
{
    check_differs(
        "{'in':{'kind':'message','text':'oi'}},{'out':[{'send':'Boa noite!','card':'oi'}]}", 2,
        "oi", "send “Bom dia, Ana! 202611200001” card oi");
    check_differs("{'in':{'kind':'message','text':'oi'}},{'out':[{'send':'<<*>>','card':'oi'}]}", 2,
                  "dia", "ask “Que dia?” options hoje,depois card dia");
    check_differs(BEGIN ",{'in':{'kind':'message','text':'hoje'}},"
                        "{'out':[{'send':'Até hoje!'},{'ask':'Mais?','card':'mais'}]}",
                  4, "mais", "nada");
    check_differs(BEGIN ",{'check':{'state':'waiting'}}", 3, "dia", "state asking");
    check_differs(BEGIN ",{'check':{'attempts':1}}", 3, "dia", "attempts 0");
    check_differs(BEGIN ",{'check':{'path':['oi']}}", 3, "dia", "path oi → dia");
    check_differs(BEGIN ",{'check':{'effects':[{'tag':{}}]}}", 3, "dia", "nada");
    check_differs(BEGIN ",{'check':{'vars':[{'name':'flow.dia','value':'Hoje'}]}}", 3, "dia",
                  "flow.dia = ");
    check_differs("{'in':{'kind':'message','text':'oi'}},"
                  "{'out':[{'send':'<<*>>'},{'ask':'Que dia?','options':['depois','hoje']}]}",
                  2, "dia", "ask “Que dia?” options hoje,depois card dia");
}

TEST(an_effect_is_held_by_the_members_that_are_listed)
{
    check_differs(BEGIN ",{'in':{'kind':'message','text':'hoje'}},"
                        "{'check':{'effects':[{'tag':{'tags':['tag:2']}}]}}",
                  4, "tchau",
                  "{\"tag\":{\"op\":\"add\",\"level\":\"ticket\",\"tags\":[\"tag:1\"]}}");
}

TEST(anything_may_stand_where_it_is_said)
{
    static const struct {
        const char *expected;
        bool passes;
    } rows[] = {
        { "<<*>>", true },
        { "Bom dia<<*>>", true },
        { "<<*>>0001", true },
        { "<<*>>Ana<<*>>", true },
        { "<<now.greeting>>, <<contact.first_name>>! <<*>>", true },
        { "Bom dia, Ana! <<*>>202611200001<<*>>", true },
        { "Bom<<*>>dia<<*>>dia<<*>>", false },
        { "<<*>>Ana", false },
        { "Ana<<*>>", false },
        { "<<contact.email>>", false },
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct str steps = str_fmt(test_arena(),
                                   "{'in':{'kind':'message','text':'oi'}},"
                                   "{'out':[{'send':'%s'},{'ask':'<<*>>'}]}",
                                   rows[i].expected);

        CHECK(played("", str_cstr(test_arena(), steps)).has_passed == rows[i].passes);
    }
}

TEST(time_goes_by_only_when_it_is_said)
{
    check_passes(BEGIN ",{'in':{'kind':'message','text':'depois'}},{'out':[]},"
                       "{'check':{'state':'waiting','at':'pausa'}},"
                       "{'advance_s':59},{'out':[]},"
                       "{'advance_s':1},{'out':[{'send':'Até depois!'}]}");
    /* a reminder, and then the end of patience */
    check_passes(BEGIN ",{'advance_s':600},{'out':[{'send':'<<*>>Quando puder<<*>>'}]},"
                       "{'advance_s':3600},{'out':[{'send':'<<*>>encerrar<<*>>'}]},"
                       "{'check':{'state':'ended','reason':'silent'}}");
}

TEST(an_agent_takes_the_ticket_and_gives_it_back)
{
    check_passes(BEGIN ",{'agent':'taken'},{'out':[]},{'check':{'state':'held'}},"
                       "{'in':{'kind':'message','text':'hoje'}},{'out':[]},"
                       "{'agent':{'returned':'resume'}},{'out':[{'ask':'Que dia?'}]},"
                       "{'agent':'closed'},{'out':[]},{'check':{'state':'ended'}}");
}

TEST(facts_can_change_on_the_way)
{
    check_passes(BEGIN ",{'fact':{'contact':{'name':'Bia'}}},"
                       "{'check':{'vars':[{'name':'contact.name','value':'Bia'}]}}");
}

/* Looks for whose number it is, and says whether that is known. */
static struct flow_set
linking(void)
{
    static const char text[] =
        "{'format':'balcao-flow','format_version':1,'key':'oi','name':'Oi','channels':['whatsapp'],"
        "'start':'quem','settings':{'fallback':{'department':'department:1'}},'variables':[],"
        "'cards':[{'id':'quem','type':'auto_link','v':1,'position':{'x':0,'y':0},'settings':{'"
        "source'"
        ":'local'}},"
        "{'id':'sim','type':'finish','v':1,'position':{'x':0,'y':0},'settings':{'message':'Oi, "
        "{{customer.first_name}}!'}},"
        "{'id':'nao','type':'finish','v':1,'position':{'x':0,'y':0},'settings':{'message':'Quem "
        "é?'}}],"
        "'connectors':[{'from':'quem','outlet':'linked','to':'sim'},"
        "{'from':'quem','outlet':'not_linked','to':'nao'}],'notes':[],'refs':[]}";

    return set_of(text);
}

TEST(the_number_that_is_given_is_the_one_that_the_network_names_them_by)
{
    static const struct {
        const char *contact, *path;
    } rows[] = {
        { "'phone':'+5549988412076'", "['quem','sim']" },
        { "'name':'Ana Exemplo'", "['quem','nao']" },
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *text = str_cstr(
            test_arena(),
            str_fmt(
                test_arena(),
                "{'format':'balcao-flow-test','format_version':1,'id':'t','flow':'oi','given':{"
                "'channel':'whatsapp','now':'2026-11-20T09:30:00-03:00','contact':{%s}},"
                "'stubs':[{'kind':'local','outcome':'ok','data':{'customers':[{'id':'42','name':"
                "'Ana Exemplo','document':'52998224725'}]}}],'steps':[{'in':{'kind':'message',"
                "'text':'oi'}},{'check':{'path':%s}}]}",
                rows[i].contact, rows[i].path));
        struct recording recording;
        struct recording_result result;

        CHECK_OK(recording_read(test_arena(), parsed(quoted(text)), &recording));
        result = recording_play(test_arena(), &recording, linking(), NULL);
        CHECK_STR(result.got, "");
    }
}

/* As a conversation knows whoever serves. */
TEST(an_agent_who_is_given_has_a_first_name)
{
    struct flow_set set = set_of(
        "{'format':'balcao-flow','format_version':1,'key':'oi','name':'Oi','channels':["
        "'whatsapp'],'start':'oi','settings':{'fallback':{'department':'department:1'}},"
        "'variables':[],'notes':[],'refs':[],'cards':[{'id':'oi','type':'finish','v':1,"
        "'position':{'x':0,'y':0},'settings':{'message':'{{agent.name}}: {{agent.first_name}}',"
        "'reason':'reason:1'}}],'connectors':[]}");
    struct recording recording = recorded(",'agent':{'name':'Bruna Exemplo'}",
                                          "{'in':{'kind':'message','text':'oi'}},"
                                          "{'out':[{'send':'Bruna Exemplo: Bruna','card':'oi'}]}");
    struct recording_result result = recording_play(test_arena(), &recording, set, NULL);

    CHECK_STR(result.got, "");
    CHECK(result.has_passed);
}

TEST(the_level_of_paths_compares_no_texts)
{
    struct recording recording =
        recorded("", "{'in':{'kind':'message','text':'oi'}},"
                     "{'out':[{'send':'Outra coisa','card':'oi'},{'ask':'','card':'dia'}]}");

    CHECK(!recording_play(test_arena(), &recording, flows(), NULL).has_passed);
    recording.compares_texts = false;
    CHECK(recording_play(test_arena(), &recording, flows(), NULL).has_passed);
}

TEST(a_strict_recording_lists_everything)
{
    const char *steps = BEGIN ",{'in':{'kind':'message','text':'hoje'}},{'check':{'effects':["
                              "{'close':{}},{'end':{}}]}}";

    CHECK(played("", steps).has_passed);
    CHECK(!played(",'strict':true", steps).has_passed);
}

TEST(coverage_counts_cards_and_outlets_that_were_reached)
{
    struct coverage coverage = { .arena = test_arena() };
    struct recording recording = recorded("", BEGIN ",{'in':{'kind':'message','text':'hoje'}}");
    struct covered covered;

    recording_play(test_arena(), &recording, flows(), &coverage);
    covered = coverage_of(&coverage, flows().v[0]);
    CHECK_I64(covered.cards, 5);
    CHECK_I64(covered.cards_reached, 4);
    CHECK_I64(covered.outlets_reached, 3);
    /* next, two options, exhausted, silent, next; of the wait next and message */
    CHECK_I64(covered.outlets, 8);
}

static void
check_refused(const char *text, const char *slug, const char *field)
{
    struct recording recording;
    struct err failed = recording_read(test_arena(), parsed(quoted(text)), &recording);

    CHECK(failed.code == ERR_INVALID);
    CHECK_STR(str_of(failed.slug), slug);
    CHECK_STR(str_of(failed.field), field);
}

#define HEAD "{'format':'balcao-flow-test','format_version':1,'id':'t','flow':'oi','given':"

TEST(what_is_no_recording_is_refused)
{
    check_refused("{}", "test_format", "");
    check_refused("{'format':'balcao-flow-test','format_version':2}", "test_format", "");
    check_refused("{'format':'balcao-flow-test','format_version':1,'id':'t'}", "required", "flow");
    check_refused(HEAD "{},'steps':[]}", "required", "now");
    check_refused(HEAD "{'now':'ontem'},'steps':[]}", "wrong_type", "now");
    check_refused(HEAD "{'now':'2026-11-20T09:30:00-03:00'},'steps':[]}", "required", "steps");
    check_refused(HEAD "{'now':'2026-11-20T09:30:00-03:00','nwo':1},'steps':[{}]}", "unknown_field",
                  "nwo");
    check_refused(HEAD "{'now':'2026-11-20T09:30:00-03:00','channel':'fax'},'steps':[{}]}",
                  "unknown_word", "channel");
    check_refused(HEAD "{'now':'2026-11-20T09:30:00-03:00'},'steps':[{'in':{}},{'out':{}}]}",
                  "test_step", "steps[1]");
    check_refused(HEAD "{'now':'2026-11-20T09:30:00-03:00'},'steps':[{'in':{},'out':[]}]}",
                  "test_step", "steps[0]");
}

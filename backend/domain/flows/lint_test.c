#include "base/testing/testing.h"

#include "canonical.h"
#include "lint.h"

#include <stdio.h>
#include <time.h>

/* --- documents written short ------------------------------------------------------ */

/* 'quotes' are double ones, and LONG is a long text. */
static struct str
quoted(const char *text)
{
    struct buf out = { .arena = test_arena() };

    for (; *text != '\0'; text++) {
        if (strncmp(text, "LONG", 4) == 0) {
            for (int i = 0; i < 3100; i++)
                buf_char(&out, i % 8 == 7 ? ' ' : 'x');
            text += 3;
        } else {
            buf_char(&out, *text == '\'' ? '"' : *text);
        }
    }
    return buf_str(&out);
}

/* "a next b; b opt:x c" as connectors. */
static struct str
connectors(const char *lines)
{
    struct buf out = { .arena = test_arena() };
    struct str rest = str_of(lines), line, word[3];

    while (str_cut(&rest, ';', &line)) {
        line = str_trim(line);
        for (int i = 0; i < 3; i++)
            str_cut(&line, ' ', &word[i]);
        buf_fmt(&out, "%s{\"from\":\"%.*s\",\"outlet\":\"%.*s\",\"to\":\"%.*s\"}",
                out.len > 0 ? "," : "", STR_ARG(word[0]), STR_ARG(word[1]), STR_ARG(word[2]));
    }
    return buf_str(&out);
}

struct flow {
    const char *key, *channels, *settings, *variables, *cards, *lines;
};

static struct str
document_of(struct flow flow)
{
    return str_fmt(
        test_arena(),
        "{\"format\":\"balcao-flow\",\"format_version\":1,\"key\":\"%s\",\"name\":\"Fluxo\","
        "\"channels\":[%.*s],\"start\":\"a\",\"settings\":{%.*s},\"variables\":[%.*s],\"cards\":["
        "%.*s],\"connectors\":[%.*s]}",
        flow.key == NULL ? "principal" : flow.key,
        STR_ARG(quoted(flow.channels == NULL ? "'telegram'" : flow.channels)),
        STR_ARG(quoted(flow.settings == NULL ? "'fallback':{'department':'department:1'}"
                                             : flow.settings)),
        STR_ARG(quoted(flow.variables == NULL ? "" : flow.variables)), STR_ARG(quoted(flow.cards)),
        STR_ARG(connectors(flow.lines)));
}

static struct flow_document *
read_flow(struct str text, struct findings *findings)
{
    struct flow_document *d;
    const struct json *json;
    struct str filled;

    *findings = (struct findings){ .arena = test_arena() };
    CHECK_OK(document_fill(test_arena(), text, &filled));
    CHECK_OK(json_parse(test_arena(), filled, &json));
    CHECK_OK(document_read(test_arena(), json, findings, &d));
    return d;
}

/* "L103 a text; W L302 b note flow.x": severity unless it is an error, code, card, and where. */
static struct str
list_of(const struct findings *findings)
{
    struct buf out = { .arena = test_arena() };

    for (size_t i = 0; i < findings->n; i++) {
        const struct finding *f = &findings->v[i];
        const struct str places[] = { f->card, f->outlet, f->setting, f->option, f->channel };
        static const char *const marks[] = { "", "W ", "I " };

        buf_fmt(&out, "%s%s%s", i > 0 ? "; " : "", marks[f->severity], f->code);
        for (size_t k = 0; k < sizeof(places) / sizeof(places[0]); k++)
            if (places[k].len > 0)
                buf_fmt(&out, " %.*s", STR_ARG(places[k]));
    }
    return buf_str(&out);
}

static struct str
linted(struct flow flow, const struct lint_world *world)
{
    struct findings findings;
    struct flow_document *d = read_flow(document_of(flow), &findings);

    lint_document(test_arena(), d, world, &findings);
    return list_of(&findings);
}

#define SAY(id, text) "{'id':'" id "','type':'send_message','settings':{'text':'" text "'}}"
#define ASK(id, more)                                                                              \
    "{'id':'" id "','type':'question','settings':{'expect':'confirm','text':'Continuar?'" more "}" \
    "}"
#define AWAIT(id, more)                                                                            \
    "{'id':'" id                                                                                   \
    "','type':'question','settings':{'expect':'await','text':'Qual?','store':'flow.x'" more "}}"
#define CHOOSE(id, options)                                                                        \
    "{'id':'" id                                                                                   \
    "','type':'question','settings':{'expect':'choice','text':'Qual?','options':[" options "]}}"
#define HAND(id)                                                                                   \
    "{'id':'" id "','type':'transfer','settings':{'department':'department:1','hours':'ignore'}}"
#define SET(id, name, value)                                                                       \
    "{'id':'" id "','type':'set_variable','settings':{'items':[{'variable':'" name                 \
    "','value':'" value "'}]}}"
#define RUN(id, flow, more)                                                                        \
    "{'id':'" id "','type':'run_flow','settings':{'flow':'flow:" flow "'" more "}}"
#define BACK(id) "{'id':'" id "','type':'return_flow'}"
#define HTTP(id, url, more)                                                                        \
    "{'id':'" id "','type':'http_request','settings':{'url':'" url "'" more "}}"
#define CONSENT(id, more) "{'id':'" id "','type':'consent','settings':{" more "}}"
#define END(id) "{'id':'" id "','type':'finish'}"

/* --- the corpus ------------------------------------------------------------------- */

static const struct {
    struct flow flow;
    bool is_bound, wants_reasons;
    const char *expected;
} faulty[] = {
    /* Nothing is wrong with this one. */
    { { .cards = SAY("a", "Oi") "," ASK("b", "") "," HAND("z"),
        .lines = "a next b; b yes z; b no z" },
      .expected = "" },

    /* Paths. */
    { { .cards = SAY("a", "Oi") "," SAY("b", "Oi"), .lines = "a next b; b next a" },
      .expected = "L108 a" },
    { { .cards = SAY("a", "Oi"), .lines = "a next a" }, .expected = "L108 a" },
    { { .cards = SAY("a", "Oi") "," ASK("b", "") "," HAND("z"),
        .lines = "a next b; b yes a; b no z" },
      .expected = "" },
    { { .cards = "{'id':'a','type':'transfer','settings':{'department':'department:1'}}",
        .lines = "a served a" },
      .expected = "" },
    { { .cards = "{'id':'a','type':'transfer','settings':{'department':'department:1'}}",
        .lines = "a closed a" },
      .expected = "L108 a" },
    { { .cards = BACK("a"), .lines = "" }, .is_bound = true, .expected = "W L113 a" },
    { { .cards = BACK("a"), .lines = "" }, .expected = "" },
    { { .cards = ASK("a", ",'exhausted_flow':'flow:principal'") "," HAND("z"),
        .lines = "a yes z; a no z; a exhausted z" },
      .expected = "W L117 a exhausted exhausted_flow" },
    { { .cards = SAY("a", "1") "," SAY("b", "2") "," SAY("c", "3") "," SAY("d", "4") "," SAY(
            "e", "5") "," SAY("f", "6") "," ASK("g", "") "," HAND("z"),
        .lines = "a next b; b next c; c next d; d next e; e next f; f next g; g yes z; g no z" },
      .expected = "W L213 f" },
    { { .channels = "'whatsapp'",
        .cards = "{'id':'a','type':'wait','settings':{'amount':13,'unit':'hours'}},"
                 "{'id':'b','type':'wait','settings':{'amount':11,'unit':'hours'}}," SAY(
                     "c", "Oi") "," HAND("z"),
        .lines = "a next b; b next c; c next z; b message z" },
      .expected = "W L214 c; W L214 z" },
    { { .settings = "'fallback':{'department':'department:1'},'human':{'enabled':false}",
        .cards = ASK("a", "") "," ASK("b", "") "," END("y") "," HAND("z"),
        .lines = "a yes b; a no z; b yes y; b no y" },
      .expected = "L515 b" },
    { { .settings = "", .cards = HAND("a"), .lines = "" }, .expected = "L516 settings.fallback" },
    { { .cards = ASK("a", "") "," SAY("b", "De novo.") "," HAND("z"),
        .lines = "a yes z; a no z; a exhausted b; b next a" },
      .expected = "W L517 a exhausted" },
    { { .cards = ASK("a", ",'attempts':1") "," HAND("z"), .lines = "a yes z; a no z" },
      .expected = "W L604 a attempts" },
    { { .channels = "'messenger'",
        .settings = "'fallback':{'department':'department:1'},'silence':{'expire_after_s':90000}",
        .cards = ASK("a", ",'expire_after_s':86400") "," HAND("z"),
        .lines = "a yes z; a no z" },
      .expected = "W L605 settings.silence.expire_after_s; W L605 a expire_after_s" },
    { { .cards = END("a"), .lines = "" }, .wants_reasons = true, .expected = "W L608 a reason" },
    { { .channels = "'telephony'",
        .cards = "{'id':'a','type':'wait','settings':{'amount':2,'unit':'minutes'}}," HAND("z"),
        .lines = "a next z" },
      .expected = "W L611 a amount telephony" },

    /* Texts. */
    { { .channels = "'instagram'", .cards = SAY("a", "LONG") "," HAND("z"), .lines = "a next z" },
      .expected = "L201 a text instagram" },
    { { .channels = "'telephony'", .cards = SAY("a", "LONG") "," HAND("z"), .lines = "a next z" },
      .expected = "W L216 a text telephony" },
    { { .channels = "'telephony'",
        .cards = SAY("a", "👍 https://exemplo.com.br/oi") "," HAND("z"),
        .lines = "a next z" },
      .expected = "L210 a text telephony" },
    { { .channels = "'facebook'", .cards = HAND("a"), .lines = "" },
      .expected = "I L215 facebook" },
    { { .cards = SAY("a", "Bom dia! {{now.greeting}}") "," HAND("z"), .lines = "a next z" },
      .expected = "I L609 a text" },
    { { .cards = SAY("a", "Oi {{contact.name") "," HAND("z"), .lines = "a next z" },
      .expected = "L305 a text" },
    { { .cards = SAY("a", "Oi {{contact.name|grita}}") "," HAND("z"), .lines = "a next z" },
      .expected = "L305 a text" },

    /* Options. */
    { { .cards = CHOOSE("a", "{'id':'x','label':'Vinte e cinco caracteres.'},"
                             "{'id':'y','label':'Outra'}") "," HAND("z"),
        .lines = "a opt:x z; a opt:y z" },
      .expected = "L202 a options x" },
    { { .cards = CHOOSE("a", "{'id':'x','label':'Boleto'},"
                             "{'id':'y','label':'Fatura','synonyms':['boleto']}") "," HAND("z"),
        .lines = "a opt:x z; a opt:y z" },
      .expected = "L204 a options y" },
    { { .cards =
            CHOOSE("a", "{'id':'x','label':'2ª via'},{'id':'y','label':'Suporte'}") "," HAND("z"),
        .lines = "a opt:x z; a opt:y z" },
      .expected = "W L206 a options x" },
    { { .cards = AWAIT("a", ",'validator':'email'") "," SAY("b", "{{flow.x}}") "," HAND("z"),
        .channels = "'telephony'",
        .lines = "a next b; b next z" },
      .expected = "L211 a validator telephony" },
    { { .channels = "'telephony','webchat'",
        .cards = "{'id':'a','type':'condition_channel','settings':{'rules':[{'id':'fone','label':"
                 "'Telefone','kinds':['telephony']}]}}," AWAIT("b", ",'validator':'email'") "," SAY(
                     "c", "{{flow.x}}") "," HAND("z"),
        .lines = "a rule:fone z; a else b; b next c; c next z" },
      .expected = "" },
    { { .cards = AWAIT("a", ",'validator':'text','sensitive':true") "," SAY(
            "b", "{{flow.x}}") "," HAND("z"),
        .lines = "a next b; b next z" },
      .expected = "L306 b text" },
    { { .cards = "{'id':'a','type':'question','settings':{'expect':'await','validator':'text',"
                 "'text':'Qual é a sua senha?','store':'contact.fields.dica'}}," HAND("z"),
        .lines = "a next z" },
      .expected = "W L610 a sensitive" },

    /* Variables. */
    { { .cards = SAY("a", "{{flow.nada}}") "," HAND("z"), .lines = "a next z" },
      .expected = "L301 a text" },
    { { .cards = SAY("a", "{{secret.token}}") "," HAND("z"), .lines = "a next z" },
      .expected = "L306 a text" },
    { { .cards = ASK("a", "") "," SET("b", "flow.cor", "azul") "," SAY(
            "c",
            "Cor: {{flow.cor}}.") "," SAY("d",
                                          "Cor: {{flow.cor|default:\\\"-\\\"}}.") "," HAND("z"),
        .lines = "a yes b; a no c; b next c; c next d; d next z" },
      .expected = "W L302 c text" },
    { { .variables = "{'name':'flow.cor','type':'text','default':'verde'}",
        .cards = ASK("a", "") "," SET("b", "flow.cor",
                                      "azul") "," SAY("c", "Cor: {{flow.cor}}.") "," HAND("z"),
        .lines = "a yes b; a no c; b next c; c next z" },
      .expected = "" },
    { { .cards = SET("a", "flow.cor",
                     "azul") ","
                             "{'id':'b','type':'set_variable','settings':{'items':[{'variable':'"
                             "flow.cor','op':"
                             "'clear'}]}}," SAY("c", "Cor: {{flow.cor}}.") "," HAND("z"),
        .lines = "a next b; b next c; c next z" },
      .expected = "W L302 c text" },
    { { .cards = SET("a", "contact.name", "Ana") "," HAND("z"), .lines = "a next z" },
      .expected = "L303 a items.variable 1; W L307 a" },
    { { .cards =
            SET("a", "flow.http_status", "200") "," SAY("b", "{{flow.http_status}}") "," HAND("z"),
        .lines = "a next b; b next z" },
      .expected = "L303 a items.variable 1" },
    { { .variables = "{'name':'flow.x','type':'date'}",
        .cards = AWAIT("a", ",'validator':'number'") "," SAY("b", "{{flow.x}}") "," HAND("z"),
        .lines = "a next b; b next z" },
      .expected = "L304 a" },
    { { .cards = SAY("a", "{{contact.name|date}} {{now.date|date}}") "," HAND("z"),
        .lines = "a next z" },
      .expected = "L304 a text" },
    { { .cards = AWAIT(
            "a", ",'validator':'email'") ","
                                         "{'id':'b','type':'condition_variable','settings':{'"
                                         "variable':'flow.x','rules':[{'id':"
                                         "'r','label':'R','op':'gt','value':'1'}]}}," HAND("z"),
        .lines = "a next b; b rule:r z; b else z" },
      .expected = "L304 b rules.op r" },
    { { .variables = "{'name':'flow.y','type':'text'}",
        .cards = SET("a", "flow.x", "1") "," HAND("z"),
        .lines = "a next z" },
      .expected = "W L307 variables flow.y; W L307 a" },
    { { .cards = "{'id':'a','type':'notify_team','settings':{'groups':['group:1'],'text':"
                 "'{{contact.phone}} {{contact.phone|mask}} {{contact.name}}'}}," HAND("z"),
        .lines = "a next z" },
      .expected = "W L308 a text" },

    /* Options, once more. */
    { { .channels = "'telephony','whatsapp'",
        .cards =
            CHOOSE("a", "{'id':'o1','label':'Cobra'},{'id':'o2','label':'Gato'},"
                        "{'id':'o3','label':'Peixe'},{'id':'o4','label':'Vaca'},"
                        "{'id':'o5','label':'Rato'},{'id':'o6','label':'Urso'},"
                        "{'id':'o7','label':'Lobo'},{'id':'o8','label':'Foca'},"
                        "{'id':'o9','label':'Zebra'},{'id':'o10','label':'Iguana'}") "," HAND("z"),
        .lines = "a opt:o1 z; a opt:o2 z; a opt:o3 z; a opt:o4 z; a opt:o5 z; a opt:o6 z; "
                 "a opt:o7 z; a opt:o8 z; a opt:o9 z; a opt:o10 z" },
      .expected = "L203 a options telephony" },
    { { .cards =
            CHOOSE("a", "{'id':'x','label':'Suporte'},{'id':'y','label':'Suportes'}") "," HAND("z"),
        .lines = "a opt:x z; a opt:y z" },
      .expected = "W L205 a options y" },

    { { .cards = CHOOSE("a", "{'id':'x','label':'Atendente'},{'id':'y','label':'Humano'}") "," END(
            "y") "," HAND("z"),
        .lines = "a opt:x y; a opt:y z" },
      .expected = "W L205 a options x" },

    /* What goes out. */
    { { .cards = HTTP("a", "http://exemplo.com.br", "") "," HAND("z"),
        .lines = "a success z; a failure z" },
      .expected = "L601 a url" },
    { { .cards = HTTP("a", "https://exemplo.com.br/x?token={{secret.token}}", "") "," HAND("z"),
        .lines = "a success z; a failure z" },
      .expected = "L306 a url" },
    { { .cards = HTTP(
            "a", "https://exemplo.com.br",
            ",'headers':[{'name':'Authorization','value':'Bearer {{secret.t}}'}]") "," HAND("z"),
        .lines = "a success z; a failure z" },
      .expected = "" },
    { { .cards = HTTP("a", "https://exemplo.com.br", ",'method':'POST','retries':2") "," HAND("z"),
        .lines = "a success z; a failure z" },
      .expected = "W L603 a retries" },
    { { .cards = HTTP("a", "https://exemplo.com.br/{{contact.phone|digits}}",
                      "") "," SAY("b", "{{flow.http_status}}") "," HAND("z"),
        .lines = "a success b; a failure z; b next z" },
      .expected = "W L308 a url" },
    { { .cards = HTTP(
            "a", "https://exemplo.com.br",
            ",'map':[{'pointer':'/x','variable':'flow.x','type':'date'}]") "," SAY("b",
                                                                                   "{{flow.x|money}"
                                                                                   "}") "," HAND("z"),
        .lines = "a success b; a failure b; b next z" },
      .expected = "W L302 b text; L304 b text" },

    /* Order. */
    { { .channels = "'whatsapp'",
        .cards = CONSENT("a", "") "," HAND("z"),
        .lines = "a accepted z" },
      .is_bound = true,
      .expected = "" },
    { { .cards = SAY("a", "Oi") "," CONSENT("b", "") "," HAND("z"),
        .lines = "a next b; b accepted z" },
      .is_bound = true,
      .expected = "L501 a" },
    { { .cards = "{'id':'a','type':'condition_tag','settings':{'rules':[{'id':'r','label':'R',"
                 "'tags':['tag:1']}]}}," CONSENT("b", "") "," HAND("z"),
        .lines = "a rule:r z; a else b; b accepted z" },
      .is_bound = true,
      .expected = "" },
    { { .cards = CONSENT("a", "'text':'Podemos continuar?'") "," HAND("z"),
        .lines = "a accepted z" },
      .expected = "W L505 a text" },
    { { .cards = "{'id':'a','type':'survey'}," END("z"), .lines = "a answered z" },
      .is_bound = true,
      .expected = "W L509 a scope" },
    { { .cards = "{'id':'a','type':'transfer','settings':{'department':'department:1'}},"
                 "{'id':'b','type':'survey'}," END("z"),
        .lines = "a served b; b answered z" },
      .is_bound = true,
      .expected = "" },
    { { .channels = "'whatsapp'", .cards = HAND("a"), .lines = "" },
      .is_bound = true,
      .expected = "W L502" },
    { { .cards = "{'id':'a','type':'condition_answer','settings':{'question':'b','rules':[{'id':"
                 "'r','label':'R','options':['yes']}]}}," ASK("b", "") "," HAND("z"),
        .lines = "a rule:r z; a else b; b yes z; b no z" },
      .expected = "L506 a question" },
    { { .cards = ASK("a", "") "," ASK(
            "b",
            "") ","
                "{'id':'c','type':'condition_answer','settings':{'question':'b','rules':[{'id':"
                "'r','label':'R','options':['yes']}]}}," HAND("z"),
        .lines = "a yes b; a no c; b yes c; b no c; c rule:r z; c else z" },
      .expected = "W L506 c question" },
    { { .cards = "{'id':'a','type':'condition_tag','settings':{'rules':[{'id':'r','label':'R',"
                 "'tags':['tag:1']},{'id':'s','label':'S','tags':['tag:1']}]}}," HAND("z"),
        .lines = "a rule:r z; a rule:s z; a else z" },
      .expected = "W L606 a rules s" },
};

TEST(each_fault_is_found_where_it_is_and_nothing_else)
{
    int wrong = 0;

    for (size_t i = 0; i < sizeof(faulty) / sizeof(faulty[0]); i++) {
        struct lint_world world = { .is_bound = faulty[i].is_bound,
                                    .wants_reasons = faulty[i].wants_reasons };
        struct str found = linted(faulty[i].flow, &world);

        if (str_eq(found, str_of(faulty[i].expected)))
            continue;
        wrong++;
        printf("fault %zu is \"%.*s\", should be \"%s\"\n", i, STR_ARG(found), faulty[i].expected);
    }
    CHECK_I64(wrong, 0);
}

/* --- in the middle of others ------------------------------------------------------ */

static const struct flow_document *
other(struct flow flow)
{
    struct findings findings;

    return read_flow(document_of(flow), &findings);
}

static struct str
linted_among(struct flow flow, const struct flow_document *const *others, size_t n)
{
    return linted(flow, &(struct lint_world){ .flows = { others, n } });
}

TEST(flows_are_followed_into_those_they_run)
{
    const struct flow_document *others[] = {
        other((struct flow){
            .key = "pergunta", .cards = ASK("a", "") "," BACK("z"), .lines = "a yes z; a no z" }),
        other((struct flow){
            .key = "calado", .cards = SAY("a", "Oi") "," BACK("z"), .lines = "a next z" }),
        other((struct flow){ .key = "sem-volta", .cards = HAND("a"), .lines = "" }),
        other((struct flow){ .key = "de-novo",
                             .cards = SAY("a", "Oi") "," RUN("z", "principal", ""),
                             .lines = "a next z" }),
        other((struct flow){ .key = "salta",
                             .cards = SAY("a", "Oi") "," RUN("z", "calado", ""),
                             .lines = "a next z" }),
    };
    static const struct {
        const char *cards, *lines, *expected;
    } table[] = {
        { RUN("a", "pergunta", ",'returns':true") "," HAND("z"), "a returned z", "" },
        { RUN("a", "pergunta", ",'returns':true"), "a returned a", "" },
        { RUN("a", "calado", ",'returns':true"), "a returned a", "L108 a" },
        { RUN("a", "salta", ",'returns':true"), "a returned a", "L108 a" },
        { RUN("a", "calado", ",'returns':true") "," RUN("b", "calado",
                                                        ",'returns':true") "," HAND("z"),
          "a returned b; b returned z", "" },
        { RUN("a", "sem-volta", ",'returns':true") "," HAND("z"), "a returned z", "L112 a" },
        { RUN("a", "sem-volta", ""), "", "" },
        { RUN("a", "de-novo", ""), "", "L108 a" },
        { RUN("a", "de-novo", ",'returns':true") "," HAND("z"), "a returned z",
          "L108 a; L109 a; L112 a" },
        { ASK("a", "") "," RUN("z", "de-novo", ""), "a yes z; a no z", "" },
    };

    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
        CHECK_STR(linted_among((struct flow){ .cards = table[i].cards, .lines = table[i].lines },
                               others, sizeof(others) / sizeof(others[0])),
                  table[i].expected);
}

TEST(calls_go_eight_deep)
{
    const struct flow_document *others[9];

    for (int i = 0; i < 9; i++) {
        struct str inner =
            str_fmt(test_arena(), RUN("a", "f%d", ",'returns':true") "," BACK("z"), i + 1);

        others[i] = other((struct flow){
            .key = str_cstr(test_arena(), str_fmt(test_arena(), "f%d", i)),
            .cards = i == 8 ? BACK("a") : str_cstr(test_arena(), inner),
            .lines = i == 8 ? "" : "a returned z",
        });
    }
    CHECK_STR(linted_among((struct flow){ .cards = RUN("a", "f0", ",'returns':true") "," HAND("z"),
                                          .lines = "a returned z" },
                           others, 9),
              "L110 a");
    CHECK_STR(linted_among((struct flow){ .cards = RUN("a", "f1", ",'returns':true") "," HAND("z"),
                                          .lines = "a returned z" },
                           others, 9),
              "");
}

TEST(variables_are_the_runs_and_so_all_flows)
{
    const struct flow_document *others[] = {
        other((struct flow){
            .key = "outro",
            .cards = SET("a", "flow.feito", "1") "," SAY("b", "{{flow.pedido}}") "," BACK("z"),
            .lines = "a next b; b next z" }),
    };
    const struct flow asks = { .cards = SET("a", "flow.pedido", "1") "," RUN(
                                   "b", "outro",
                                   ",'returns':true") "," SAY("c", "{{flow.feito}}") "," HAND("z"),
                               .lines = "a next b; b returned c; c next z" };

    CHECK_STR(linted_among(asks, others, 1), "");
    CHECK_STR(linted_among(asks, NULL, 0), "W L307 a; L301 c text");
}

/* --- in an account ---------------------------------------------------------------- */

/* What templates say of themselves. */
static const struct {
    const char *ref, *shape;
} shapes[] = {
    { "template:2", "{'variables':[{'name':'1'}],'buttons':[{'kind':'url','label':'Ver'},{'kind':"
                    "'quick_reply','label':'Sim'}]}" },
    { "template:4",
      "{'header':{'kind':'document'},'buttons':[{'kind':'quick_reply','label':'Sim'}]}" },
    { "template:5",
      "{'header':{'kind':'location'},'variables':[{'name':'header.latitude','place':'location',"
      "'own':'latitude'},{'name':'header.longitude','place':'location','own':'longitude'},{'name':"
      "'header.name','place':'location','own':'name'},{'name':'header.address','place':'location',"
      "'own':'address'}],'buttons':[{'kind':'quick_reply','label':'Sim'}]}" },
};

static struct lint_world
account(void)
{
    static const struct lint_ref known[] = {
        { .ref = STR_INIT("department:1"), .name = STR_INIT("Vendas"), .has_hours = true },
        { .ref = STR_INIT("department:2"), .name = STR_INIT("Estoque"), .does_not_serve = true },
        { .ref = STR_INIT("department:3"), .name = STR_INIT("Novo"), .is_empty = true },
        { .ref = STR_INIT("department:4"), .name = STR_INIT("Sempre") },
        { .ref = STR_INIT("user:1"), .name = STR_INIT("Ana"), .is_inactive = true },
        { .ref = STR_INIT("user:2"), .name = STR_INIT("Bia") },
        { .ref = STR_INIT("group:1"), .name = STR_INIT("Plantão"), .is_empty = true },
        { .ref = STR_INIT("tag:1"), .name = STR_INIT("vip") },
        { .ref = STR_INIT("tag:2"), .name = STR_INIT("velha"), .is_gone = true },
        { .ref = STR_INIT("channel:1"), .name = STR_INIT("Zap"), .is_inactive = true },
        { .ref = STR_INIT("template:1"),
          .name = STR_INIT("consulta"),
          .reason = STR_INIT("não está aprovado") },
        { .ref = STR_INIT("template:2"),
          .name = STR_INIT("lembrete"),
          .channels = STR_INIT("channel:1 channel:2") },
        { .ref = STR_INIT("template:3"),
          .name = STR_INIT("cansado"),
          .reason = STR_INIT("está pausado por baixa qualidade"),
          .is_passing = true },
        { .ref = STR_INIT("template:4"),
          .name = STR_INIT("boleto"),
          .channels = STR_INIT("channel:1") },
        { .ref = STR_INIT("template:5"),
          .name = STR_INIT("visita"),
          .channels = STR_INIT("channel:1") },
        { .ref = STR_INIT("file:ab"), .name = STR_INIT("boleto.pdf") },
        { .ref = STR_INIT("file:cd"), .name = STR_INIT("mapa.pdf"), .is_inactive = true },
        { .ref = STR_INIT("file:ef"), .name = STR_INIT("aviso.mp3") },
        { .ref = STR_INIT("channel:2"), .name = STR_INIT("Zap 2") },
        { .ref = STR_INIT("channel:3"), .name = STR_INIT("Zap 3") },
    };
    struct lint_ref *refs =
        arena_array(test_arena(), struct lint_ref, sizeof(known) / sizeof(known[0]));

    memcpy(refs, known, sizeof(known));
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        for (size_t k = 0; k < sizeof(shapes) / sizeof(shapes[0]); k++)
            if (str_eq(refs[i].ref, str_of(shapes[k].ref)))
                CHECK_OK(json_parse(test_arena(), quoted(shapes[k].shape), &refs[i].shape));
    return (struct lint_world){ .refs = refs, .ref_count = sizeof(known) / sizeof(known[0]) };
}

static struct str
linted_in_account(struct flow flow)
{
    struct lint_world world = account();

    return linted(flow, &world);
}

#define TO(more) "{'id':'a','type':'transfer','settings':{" more "}}"

#define SENDS(ref) "{'id':'a','type':'send_file','settings':{'file':'" ref "'}}," HAND("z")
#define PLAYS(ref)                                                                                 \
    "{'id':'a','type':'send_message','settings':{'kind':'audio','audio':'" ref                     \
    "','transcript':'Oi'}}," HAND("z")
#define TEMPLATE(ref, more, label)                                                                 \
    "{'id':'a','type':'interactive_template','settings':{" more "'template':'" ref                 \
    "','options':[{'id':'x','label':'" label "'}]}}," HAND("z")
#define TEMPLATE_LINES "a opt:x z; a other z; a failed z"
#define PLACE(lat, lng)                                                                            \
    TEMPLATE("template:5",                                                                         \
             "'params':[{'name':'header.latitude','value':'" lat "'},{'name':'header.longitude',"  \
             "'value':'" lng                                                                       \
             "'},{'name':'header.name','value':'Loja'},{'name':'header.address','value':'Rua A'}"  \
             "],",                                                                                 \
             "Sim")

/* Others take any file, if only as a link. */
TEST(what_is_no_recording_is_not_played_by_telephone)
{
    static const struct {
        const char *channels, *cards, *expected;
    } table[] = {
        { "'telephony'", SENDS("file:cd"), "L207 a file" },
        { "'telephony'", SENDS("file:ef"), "" },
        { "'telegram'", SENDS("file:cd"), "" },
        { "'webchat','telephony'", SENDS("file:cd"), "L207 a file" },
        { "'telephony'", PLAYS("file:cd"), "L207 a audio" },
        { "'telegram'", PLAYS("file:cd"), "L207 a audio" },
        { "'telegram'", PLAYS("file:ef"), "" },
    };

    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
        CHECK_STR(linted_in_account((struct flow){ .channels = table[i].channels,
                                                   .cards = table[i].cards,
                                                   .lines = "a next z" }),
                  table[i].expected);
}

TEST(what_a_flow_points_at_is_looked_at)
{
    static const struct {
        const char *cards, *lines, *expected;
    } table[] = {
        { TO("'department':'department:1'"), "", "" },
        { TO("'department':'department:9'"), "", "L401 a department" },
        { TO("'department':'department:?'"), "", "L401 a department" },
        { TO("'department':'department:2'"), "", "L402 a department" },
        { TO("'department':'department:3'"), "", "L403 a department" },
        { TO("'department':'department:4'"), "", "W L404 a department" },
        { TO("'department':'department:4','hours':'ignore'"), "", "" },
        { TO("'department':'department:1','target':'user','user':'user:1'"), "", "L405 a user" },
        { "{'id':'a','type':'condition_period','settings':{'department':'department:2'}}," HAND(
              "z"),
          "a inside z; a outside z", "" },
        { "{'id':'a','type':'add_tag','settings':{'tags':['tag:1','tag:2']}}," HAND("z"),
          "a next z", "L401 a tags" },
        { "{'id':'a','type':'notify_team','settings':{'groups':['group:1'],'users':['user:1'],"
          "'text':'Oi'}}," HAND("z"),
          "a next z", "W L406 a groups" },
        { "{'id':'a','type':'notify_team','settings':{'groups':['group:1'],'users':['user:2'],"
          "'text':'Oi'}}," HAND("z"),
          "a next z", "" },
        { RUN("a", "sumiu", ""), "", "L111 a flow" },
        { "{'id':'a','type':'interactive_template','settings':{'channel':'channel:1','template':"
          "'template:1','options':[{'id':'x','label':'Sim'}]}}," HAND("z"),
          "a opt:x z; a other z; a failed z", "L208 a template; W L409 a channel" },
        { TEMPLATE("template:2", "'params':[{'name':'1','value':'Ana'}],", "Sim"), TEMPLATE_LINES,
          "" },
        { TEMPLATE("template:2", "", "Sim"), TEMPLATE_LINES, "L208 a template" },
        { TEMPLATE("template:2", "'params':[{'name':'2','value':'Ana'}],", "Sim"), TEMPLATE_LINES,
          "L208 a template" },
        { TEMPLATE("template:2", "'params':[{'name':'1','value':'Ana'}],", "Talvez"),
          TEMPLATE_LINES, "L208 a template" },
        { TEMPLATE("template:2", "'channel':'channel:3','params':[{'name':'1','value':'Ana'}],",
                   "Sim"),
          TEMPLATE_LINES, "L208 a template" },
        { TEMPLATE("template:2", "'file':'file:ab','params':[{'name':'1','value':'Ana'}],", "Sim"),
          TEMPLATE_LINES, "L208 a template" },
        { TEMPLATE("template:4", "", "Sim"), TEMPLATE_LINES, "L208 a template" },
        { TEMPLATE("template:4", "'file':'file:ab',", "Sim"), TEMPLATE_LINES, "" },
        { TEMPLATE("template:3", "", "Sim"), TEMPLATE_LINES, "W L208 a template" },
        { TEMPLATE("template:9", "", "Sim"), TEMPLATE_LINES, "L401 a template" },
        { PLACE("-27.1004", "-52.6152"), TEMPLATE_LINES, "" },
        { PLACE("-90", " 180 "), TEMPLATE_LINES, "" },
        { PLACE("-90.01", "-52.6152"), TEMPLATE_LINES, "L208 a template" },
        { PLACE("-27.1004", "180.5"), TEMPLATE_LINES, "L208 a template" },
        { PLACE("27° S", "-52.6152"), TEMPLATE_LINES, "L208 a template" },
        { PLACE("-27,1004", "-52.6152"), TEMPLATE_LINES, "L208 a template" },
        /* What is filled in on the way is judged there. */
        { PLACE("{{company.name}}", "{{company.name}}"), TEMPLATE_LINES, "" },
        { "{'id':'b','type':'add_tag','parked':true,'settings':{'tags':['tag:9']}}," HAND("a"), "",
          "" },
    };

    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
        CHECK_STR(
            linted_in_account((struct flow){ .cards = table[i].cards, .lines = table[i].lines }),
            table[i].expected);
    CHECK_STR(linted_in_account((struct flow){
                  .settings = "'fallback':{'department':'department:9'}",
                  .cards = HAND("a"),
                  .lines = "",
              }),
              "L401 settings.fallback.department");
}

TEST(a_place_that_is_on_no_map_is_said_in_the_language_of_its_reader)
{
    static const struct {
        enum language language;
        const char *message;
    } table[] = {
        { LANGUAGE_PT_BR, "O modelo “visita” não pode ser enviado: a latitude vai de -90 a 90, e a "
                          "longitude de -180 a 180." },
        { LANGUAGE_EN,
          "The template “visita” cannot be sent: the latitude goes from -90 to 90, and "
          "the longitude from -180 to 180." },
    };
    struct lint_world world = account();

    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
        struct findings findings;
        struct flow_document *d = read_flow(
            document_of((struct flow){ .cards = PLACE("91", "0"), .lines = TEMPLATE_LINES }),
            &findings);

        findings.language = table[i].language;
        lint_document(test_arena(), d, &world, &findings);
        CHECK_I64((int64_t)findings.n, 1);
        CHECK_STR(finding_message(test_arena(), &findings.v[0]), table[i].message);
    }
}

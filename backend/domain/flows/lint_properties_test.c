#include "base/testing/testing.h"

#include "lint.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* The example of the format's description, as far as it needs no other system. 'quotes' are double ones. */
static const char example[] =
    "{'format':'balcao-flow','format_version':1,'key':'provedor','name':'Provedor de internet',"
    "'channels':['whatsapp','telegram'],'start':'consentimento','settings':{'fallback':{"
    "'department':'department:1'},'silence':{'remind_after_s':600,'reminders':1,"
    "'expire_after_s':3600,'on_expire':'close','reason':'reason:4'}},'variables':[{'name':"
    "'flow.assunto','type':'text','label':'Assunto escolhido'},{'name':'flow.cep','type':'text',"
    "'label':'CEP da instalação'}],'cards':["
    "{'id':'consentimento','type':'consent','v':1,'position':{'x':0,'y':0},'settings':{}},"
    "{'id':'saudacao','type':'send_message','v':1,'settings':{'kind':'text','text':"
    "'{{now.greeting}}, {{contact.first_name}}! Você fala com a *{{company.name}}*. Seu protocolo "
    "é {{ticket.protocol}}.'}},"
    "{'id':'menu','type':'question','v':1,'settings':{'expect':'choice','text':"
    "'Como posso ajudar?','store':'flow.assunto','attempts':3,'options':["
    "{'id':'boleto','label':'Boleto ou Pix','description':'Segunda via da fatura','number':1,"
    "'synonyms':['boleto','fatura','segunda via','pagar']},"
    "{'id':'suporte','label':'Estou sem internet','description':'Teste e desbloqueio','number':2,"
    "'synonyms':['sem internet','internet lenta','suporte']},"
    "{'id':'vendas','label':'Contratar ou mudar plano','number':3,'synonyms':['vendas','plano',"
    "'contratar']},"
    "{'id':'pessoa','label':'Falar com atendente','number':4,'synonyms':['atendente','humano']}]}},"
    "{'id':'mais_algo','type':'question','v':1,'settings':{'expect':'confirm','text':"
    "'Posso ajudar em algo mais?'}},"
    "{'id':'relato','type':'description','v':1,'settings':{'text':"
    "'Conte em poucas palavras o que está acontecendo.'}},"
    "{'id':'etiqueta_suporte','type':'add_tag','v':1,'settings':{'tags':['tag:7']}},"
    "{'id':'para_suporte','type':'transfer','v':1,'settings':{'target':'department','department':"
    "'department:2','priority':'high'}},"
    "{'id':'cep','type':'question','v':1,'settings':{'expect':'await','validator':'cep','text':"
    "'Qual é o CEP do endereço da instalação?','store':'flow.cep'}},"
    "{'id':'para_vendas','type':'transfer','v':1,'settings':{'target':'department','department':"
    "'department:3','note':'CEP {{flow.cep}}'}},"
    "{'id':'horario','type':'condition_period','v':1,'settings':{'period':'period:1'}},"
    "{'id':'fora','type':'send_message','v':1,'settings':{'kind':'text','text':'Agora estamos fora "
    "do horário. Voltamos {{hours.next_opening|relative}}. Sua mensagem fica na fila.'}},"
    "{'id':'para_geral','type':'transfer','v':1,'settings':{'target':'department','department':"
    "'department:1','hours':'ignore','note':'Assunto: {{flow.assunto|default:\\'não informado\\'}}"
    "'}},"
    "{'id':'tchau','type':'finish','v':1,'settings':{'message':'Foi um prazer ajudar. Até mais!',"
    "'reason':'reason:1'}}],"
    "'connectors':[{'from':'consentimento','outlet':'accepted','to':'saudacao'},{'from':'saudacao',"
    "'outlet':'next','to':'menu'},{'from':'menu','outlet':'opt:boleto','to':'mais_algo'},{'from':"
    "'menu','outlet':'opt:suporte','to':'relato'},{'from':'menu','outlet':'opt:vendas','to':'cep'},"
    "{'from':'menu','outlet':'opt:pessoa','to':'horario'},{'from':'menu','outlet':'exhausted','to':"
    "'horario'},{'from':'mais_algo','outlet':'yes','to':'menu'},{'from':'mais_algo','outlet':'no',"
    "'to':'tchau'},{'from':'relato','outlet':'next','to':'etiqueta_suporte'},{'from':"
    "'etiqueta_suporte','outlet':'next','to':'para_suporte'},{'from':'cep','outlet':'next','to':"
    "'para_vendas'},{'from':'horario','outlet':'inside','to':'para_geral'},{'from':'horario',"
    "'outlet':'outside','to':'fora'},{'from':'fora','outlet':'next','to':'para_geral'}],'refs':[],"
    "'notes':[]}";

static struct str
example_text(struct arena *a)
{
    struct str copy = str_dup(a, str_of(example));
    char *p = (char *)copy.p;

    for (size_t i = 0; i < copy.len; i++)
        if (p[i] == '\'')
            p[i] = '"';
    return copy;
}

/* Its findings as text; empty with .p == NULL when it is refused. */
static struct str
findings_of(struct arena *a, struct str text, const struct lint_world *world, struct findings *out)
{
    struct buf json = { .arena = a };
    struct flow_document *d;
    const struct json *v;
    struct str filled, again;

    *out = (struct findings){ .arena = a };
    if (document_fill(a, text, &filled).code != ERR_NONE)
        return (struct str){ 0 };
    CHECK_OK(document_fill(a, filled, &again));
    CHECK(str_eq(filled, again));
    CHECK_OK(json_parse(a, filled, &v));
    CHECK_OK(document_read(a, v, out, &d));
    lint_document(a, d, world, out);
    findings_write(&(struct json_out){ .buf = &json }, a, out);
    return buf_str(&json);
}

TEST(the_example_of_the_format_is_clean)
{
    struct lint_world world = { .is_bound = true, .wants_reasons = true };
    struct findings findings;

    CHECK_STR(findings_of(test_arena(), example_text(test_arena()), &world, &findings), "[]");
}

/* --- any document ----------------------------------------------------------------- */

enum { DOCUMENTS = 500, SLIPS_MAX = 4 };

/* Words of a JSON text: texts with their quotes, figures, true and false. */
struct tokens {
    struct str v[1000];
    size_t n;
};

static struct tokens
tokens_of(struct str text)
{
    struct tokens out = { .n = 0 };

    for (size_t i = 0; i < text.len && out.n < 1000; i++) {
        size_t from = i;

        if (text.p[i] == '"') {
            for (i++; i < text.len && text.p[i] != '"'; i++)
                i += text.p[i] == '\\';
        } else if (text.p[i] >= '0' && text.p[i] <= '9') {
            while (i + 1 < text.len && text.p[i + 1] >= '0' && text.p[i + 1] <= '9')
                i++;
        } else {
            continue;
        }
        out.v[out.n++] = (struct str){ text.p + from, i + 1 - from };
    }
    return out;
}

static const char *const strange[] = { "\"\"",
                                       "\"{{\"",
                                       "\"{{flow.x|date}}\"",
                                       "0",
                                       "-1",
                                       "9007199254740991",
                                       "true",
                                       "[]",
                                       "{}",
                                       "[{}]",
                                       "\"flow:provedor\"",
                                       "\"menu\"",
                                       "[[1]]",
                                       "\"run_flow\"",
                                       "\"set_variable\"",
                                       "\"wait\"" };

/* A document in which some words stand where others stood. */
static struct str
mutated(struct arena *a, struct str text, unsigned *seed)
{
    int slips = 1 + rand_r(seed) % SLIPS_MAX;

    for (int i = 0; i < slips; i++) {
        struct tokens tokens = tokens_of(text);
        struct str out = tokens.v[(size_t)rand_r(seed) % tokens.n], in;
        size_t before = (size_t)(out.p - text.p);

        in = rand_r(seed) % 3 == 0
                 ? str_of(strange[(size_t)rand_r(seed) % (sizeof(strange) / sizeof(strange[0]))])
                 : tokens.v[(size_t)rand_r(seed) % tokens.n];
        text = str_fmt(a, "%.*s%.*s%.*s", (int)before, text.p, STR_ARG(in),
                       (int)(text.len - before - out.len), out.p + out.len);
    }
    return text;
}

static bool
has_like(const struct findings *findings, const struct finding *f)
{
    for (size_t i = 0; i < findings->n; i++) {
        const struct finding *other = &findings->v[i];

        if (strcmp(other->code, f->code) == 0 && str_eq(other->card, f->card) &&
            str_eq(other->setting, f->setting) && str_eq(other->option, f->option) &&
            str_eq(other->outlet, f->outlet) && str_eq(other->channel, f->channel))
            return true;
    }
    return false;
}

TEST(any_document_is_read_the_same_each_time_and_more_channels_never_heal)
{
    struct lint_world alone = { .is_bound = true }, bound = alone;
    unsigned seed = 20261127;
    int read = 0;

    bound.channels = (1u << FLOW_CHANNEL__COUNT) - 1;
    for (int i = 0; i < DOCUMENTS; i++) {
        struct arena *a = arena_new(1 << 20);
        struct str text = mutated(a, example_text(a), &seed);
        struct findings first, second, more;
        struct str once = findings_of(a, text, &alone, &first);

        if (once.p != NULL) {
            read++;
            CHECK(str_eq(findings_of(a, text, &alone, &second), once));
            findings_of(a, text, &bound, &more);
            for (size_t k = 0; k < first.n; k++)
                if (strcmp(first.v[k].code, "L218") != 0)
                    CHECK(has_like(&more, &first.v[k]));
        }
        arena_free(a);
    }
    CHECK(read > DOCUMENTS / 4);
}

/* --- how long it takes ------------------------------------------------------------ */

/* A ladder of questions, each with two ways, as large as a flow may be. */
static struct str
large(struct arena *a)
{
    struct buf out = { .arena = a };

    buf_add(&out,
            STR("{\"format\":\"balcao-flow\",\"format_version\":1,\"key\":\"grande\",\"name\":"
                "\"Grande\",\"channels\":[\"whatsapp\",\"telegram\",\"webchat\"],\"start\":"
                "\"c0\",\"settings\":{\"fallback\":{\"department\":\"department:1\"}},"
                "\"cards\":["));
    for (int i = 0; i < FLOW_CARDS_MAX - 1; i++)
        buf_fmt(
            &out,
            "{\"id\":\"c%d\",\"type\":\"question\",\"settings\":{\"expect\":\"choice\",\"text\":"
            "\"Pergunta {{flow.v%d|default:\\\"-\\\"}}?\",\"store\":\"flow.v%d\",\"options\":[{"
            "\"id\":\"x\",\"label\":\"Boleto\"},{\"id\":\"y\",\"label\":\"Suporte\"}]}},",
            i, i == 0 ? 0 : i - 1, i);
    buf_add(&out, STR("{\"id\":\"z\",\"type\":\"transfer\",\"settings\":{\"department\":"
                      "\"department:1\"}}],\"connectors\":["));
    for (int i = 0; i < FLOW_CARDS_MAX - 1; i++)
        buf_fmt(&out,
                "%s{\"from\":\"c%d\",\"outlet\":\"opt:x\",\"to\":\"%s%d\"},"
                "{\"from\":\"c%d\",\"outlet\":\"opt:y\",\"to\":\"%s%d\"}",
                i == 0 ? "" : ",", i, "c", i + 1 < FLOW_CARDS_MAX - 1 ? i + 1 : 0, i, "c",
                i + 2 < FLOW_CARDS_MAX - 1 ? i + 2 : 0);
    buf_add(&out, STR("]}"));
    return buf_str(&out);
}

static double
milliseconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

TEST(a_flow_as_large_as_may_be_is_read_whole)
{
    struct lint_world world = { .is_bound = true };
    struct arena *a = arena_new(1 << 20);
    struct findings findings = { .arena = a };
    struct flow_document *d;
    const struct json *v;
    struct str filled;
    double from = milliseconds(), read, linted;

    CHECK_OK(document_fill(a, large(a), &filled));
    CHECK_OK(json_parse(a, filled, &v));
    CHECK_OK(document_read(a, v, &findings, &d));
    read = milliseconds();
    lint_document(a, d, &world, &findings);
    linted = milliseconds();
    printf("%d cards, %zu bytes: filled and read in %.1f ms, linted in %.1f ms, %zu findings, %zu "
           "kB\n",
           d->card_count, filled.len, read - from, linted - read, findings.n, arena_used(a) / 1024);
    CHECK_I64(d->card_count, FLOW_CARDS_MAX);
    arena_free(a);
}

/* A conversation that was had with a customer of the house, as a test of its flow. */
#include "domain/testing/flow_house.h"

#include "base/clock.h"
#include "recall.h"
#include "recording.h"

/* Asks for a name, a document, a secret, tells them back, looks for a registration, and says goodbye. */
static const char asking[] =
    "{'format':'balcao-flow','format_version':1,'key':'cadastro','name':'Cadastro','channels':['"
    "whatsapp'],'start':'oi','settings':{'fallback':{'department':'department:%lld'}},"
    "'variables':[{'name':'flow.nome','type':'text','label':'Nome'},"
    "{'name':'flow.cpf','type':'document','label':'CPF'},"
    "{'name':'flow.senha','type':'text','label':'Senha'}],'notes':[],'refs':[],'cards':["
    "{'id':'oi','type':'send_message','v':1,'position':{'x':0,'y':0},'settings':{'text':'Olá, "
    "{{contact.first_name}}! Seu número é {{contact.phone}}.'}},"
    "{'id':'nome','type':'question','v':1,'position':{'x':0,'y':1},'settings':{'expect':'await',"
    "'validator':'name','text':'Seu nome?','store':'flow.nome'}},"
    "{'id':'cpf','type':'question','v':1,'position':{'x':0,'y':2},'settings':{'expect':'await',"
    "'validator':'cpf','text':'Seu CPF, {{flow.nome}}?','store':'flow.cpf'}},"
    "{'id':'senha','type':'question','v':1,'position':{'x':0,'y':3},'settings':{'expect':'await',"
    "'validator':'digits','min_length':6,'text':'Senha?','store':'flow.senha','sensitive':true}},"
    "{'id':'certo','type':'question','v':1,'position':{'x':0,'y':4},'settings':{'expect':'confirm',"
    "'text':'{{flow.nome}}, {{flow.cpf}}: certo?','yes_label':'Sim','no_label':'Não'}},"
    "{'id':'fim','type':'finish','v':1,'position':{'x':0,'y':5},'settings':{'message':'Até "
    "mais!'}}],"
    "'connectors':[{'from':'oi','outlet':'next','to':'nome'},{'from':'nome','outlet':'next','to':'"
    "cpf'},{'from':'cpf','outlet':'next','to':'senha'},{'from':'senha','outlet':'next','to':'certo'"
    "},{'from':'certo','outlet':'yes','to':'fim'},{'from':'certo','outlet':'no','to':'nome'}]}";

/* Asks for a company and for two names: one that must be a name, and one that may be any text. */
static const char asking_a_company[] =
    "{'format':'balcao-flow','format_version':1,'key':'empresa','name':'Empresa','channels':['"
    "whatsapp'],'start':'cnpj','settings':{'fallback':{'department':'department:%lld'}},"
    "'variables':[{'name':'flow.cnpj','type':'document','label':'CNPJ'},"
    "{'name':'flow.responsavel','type':'text','label':'Responsável'},"
    "{'name':'flow.nome_do_titular','type':'text','label':'Titular'}],'notes':[],'refs':[],"
    "'cards':[{'id':'cnpj','type':'question','v':1,'position':{'x':0,'y':0},'settings':{'expect':'"
    "await','validator':'cnpj','text':'Qual é o CNPJ?','store':'flow.cnpj'}},"
    "{'id':'nome','type':'question','v':1,'position':{'x':0,'y':1},'settings':{'expect':'await',"
    "'validator':'name','full':true,'text':'{{flow.cnpj|cnpj}}: quem responde?','store':"
    "'flow.responsavel'}},"
    "{'id':'titular','type':'question','v':1,'position':{'x':0,'y':2},'settings':{'expect':'await'"
    ",'validator':'text','text':'E o titular?','store':'flow.nome_do_titular'}},"
    "{'id':'certo','type':'question','v':1,'position':{'x':0,'y':3},'settings':{'expect':'confirm',"
    "'text':'{{flow.nome_do_titular}}, {{flow.responsavel}}, {{flow.cnpj|mask}}: certo?',"
    "'yes_label':'Sim','no_label':'Não'}},"
    "{'id':'fim','type':'finish','v':1,'position':{'x':0,'y':4},'settings':{'message':'Até "
    "mais!'}}],"
    "'connectors':[{'from':'cnpj','outlet':'next','to':'nome'},{'from':'nome','outlet':'next','to':"
    "'titular'},{'from':'titular','outlet':'next','to':'certo'},{'from':'certo','outlet':'yes','to'"
    ":'fim'},{'from':'certo','outlet':'no','to':'nome'}]}";

static int64_t
run_of(struct flow_house *h)
{
    return house_number(h, "recall_run", "SELECT max(id) FROM flow_runs WHERE account_id = $1");
}

static struct recall
recalled(struct flow_house *h)
{
    struct recall found;

    CHECK_OK(recall(h->cx, h->ticket.id, run_of(h), &found));
    return found;
}

static const char *const talk[] = {
    "Oi, aqui é a Rita Lima", "joão PEREIRA", "111", "meu cpf é 111.444.777-35", "482915",
    "sou eu, rita",           "sim"
};

static void
talks(struct flow_house *h)
{
    house_opens(h, asking);
    for (size_t i = 0; i < sizeof(talk) / sizeof(talk[0]); i++)
        house_writes(h, talk[i]);
}

TEST(what_was_said_is_said_by_people_who_are_nobody)
{
    static const char *const real[] = { "Rita",        "Lima",    "João",
                                        "PEREIRA",     "Pereira", "111.444.777",
                                        "11144477735", "482915",  "88412076" };
    struct flow_house h = { 0 };
    struct recall found;

    talks(&h);
    found = recalled(&h);
    for (size_t i = 0; i < sizeof(real) / sizeof(real[0]); i++)
        CHECK(!str_has(found.test, str_of(real[i])));
    CHECK(str_has(found.test, STR("aqui é a Ana Exemplo")));
    CHECK(str_has(found.test, STR("meu cpf é 529.982.247-25")));
    CHECK_I64(found.place, 0);
    CHECK_I64(found.flow_id, h.flow.v);
}

TEST(names_that_were_asked_for_and_lettered_companies_are_nobodys_wherever_they_are_said)
{
    static const char *const words[] = { "Oi, sou o Otávio da 12.ABC.345/01DE-35",
                                         "minha empresa, 12.abc.345/01de-36",
                                         "12ABC34501DE35",
                                         "Otávio",
                                         "Otávio Bragança",
                                         "Sou a Zuleica",
                                         "é da Zuleica",
                                         "sim" };
    static const char *const real[] = { "Otávio", "Otavio", "Bragança", "Zuleica", "ABC",
                                        "abc",    "01DE",   "01de",     "E35" };
    struct flow_house h = { 0 };
    struct recall found;

    house_opens(&h, asking_a_company);
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        house_writes(&h, words[i]);
    found = recalled(&h);
    for (size_t i = 0; i < sizeof(real) / sizeof(real[0]); i++)
        CHECK(!str_has(found.test, str_of(real[i])));
    CHECK(str_has(found.test, STR("EX000001000121")));
    CHECK_I64(found.place, 0);
}

TEST(it_is_a_test_that_passes)
{
    struct flow_house h = { 0 };
    struct recording recording;
    const struct json *json;

    talks(&h);
    CHECK_OK(json_parse(h.cx->arena, recalled(&h).test, &json));
    CHECK_OK(recording_read(h.cx->arena, json, &recording));
    CHECK_I64((int64_t)recording.now_us % US_PER_MIN, 30 * US_PER_S);
    CHECK(json_len(recording.steps) > 2 * sizeof(talk) / sizeof(talk[0]));
}

TEST(silence_is_as_long_as_it_was)
{
    struct flow_house h = { 0 };
    struct recall found;

    house_opens(&h, asking);
    house_writes(&h, "Oi");
    for (int i = 0; i < 3; i++) {
        test_advance(h.cx, 90 * US_PER_MIN);
        house_works(&h);
    }
    found = recalled(&h);
    CHECK(str_has(found.test, STR("\"advance_s\":5400")));
    CHECK(str_has(found.test, STR("\"reason\":\"silent\"")));
    CHECK_I64(found.place, 0);
}

TEST(what_goes_on_is_no_test_yet_and_another_tickets_run_is_nobodys)
{
    struct flow_house h = { 0 };
    struct recall found;

    house_opens(&h, asking);
    house_writes(&h, "Oi");
    CHECK_FAIL(recall(h.cx, h.ticket.id, run_of(&h), &found), ERR_CONFLICT, "run_goes_on");
    CHECK_FAIL(recall(h.cx, h.ticket.id, run_of(&h) + 1, &found), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(recall(h.cx, (struct ticket_id){ h.ticket.id.v + 1 }, run_of(&h), &found),
               ERR_NOT_FOUND, "not_found");
}

/* What a flow learns of a contact outlives it, by the rules of the account's own fields. */
#include "domain/contacts/contacts.h"
#include "domain/testing/flow_house.h"

#include "base/clock.h"

#define WRITES(value)                                                                              \
    "{'format':'balcao-flow','format_version':1,'key':'guarda','name':'Guarda','channels':["       \
    "'whatsapp'],'settings':{'fallback':{'department':'department:%lld'}},'variables':[],"         \
    "'notes':[],'refs':[],'start':'guarda','cards':["                                              \
    "{'id':'guarda','type':'set_variable','v':1,'position':{'x':0,'y':0},'settings':{'items':["    \
    "{'variable':'contact.fields.plano_contratado','op':'set','value':'" value "'}]}},"            \
    "{'id':'diz','type':'send_message','v':1,'position':{'x':0,'y':1},'settings':{'kind':'text',"  \
    "'text':'Plano: {{contact.fields.plano_contratado|default:\\\"nenhum\\\"}}'}},"                \
    "{'id':'para','type':'transfer','v':1,'position':{'x':0,'y':2},"                               \
    "'settings':{'target':'department','department':'department:%lld'}}],"                         \
    "'connectors':[{'from':'guarda','outlet':'next','to':'diz'},"                                  \
    "{'from':'diz','outlet':'next','to':'para'}]}"

static void
add_field(struct flow_house *h, const char *kind)
{
    static const struct db_stmt add = {
        .name = "host_field",
        .shape = DB_EXEC,
        .params = 2,
        .text =
            "INSERT INTO contact_fields (account_id, name, kind, created_at) VALUES ($1::bigint, "
            "'Plano contratado', $2::text, now())",
    };
    const struct db_param params[] = { P_ID(h->cx->account), P_STR(str_of(kind)) };

    CHECK_OK(db_exec_(h->cx, &add, NULL, params, 2));
}

static int64_t
values(struct flow_house *h)
{
    return house_number(h, "host_values",
                        "SELECT count(*) FROM contact_values WHERE account_id = $1 AND value = "
                        "'Fibra 500'");
}

TEST(a_field_of_the_contact_is_kept_with_its_trail)
{
    struct flow_house h = { 0 };

    house_open(&h);
    add_field(&h, "text");
    house_begins(&h, house_flow(&h, WRITES("Fibra 500")));
    house_writes(&h, "Oi");
    CHECK_I64(values(&h), 1);
    CHECK_I64(test_audit(h.cx, "contact.edited"), 1);
    CHECK_STR(house_said(&h, "out", 1).text, "Plano: Fibra 500");
    CHECK_I64(h.ticket.state, TICKET_WAITING);
}

TEST(what_a_field_does_not_take_stops_no_conversation)
{
    struct flow_house h = { 0 };

    house_open(&h);
    add_field(&h, "number");
    house_begins(&h, house_flow(&h, WRITES("Fibra 500")));
    house_writes(&h, "Oi");
    CHECK_I64(values(&h), 0);
    CHECK_I64(test_audit(h.cx, "contact.edited"), 0);
    CHECK_I64(h.ticket.state, TICKET_WAITING);
}

TEST(a_field_that_does_not_exist_is_not_published)
{
    struct findings findings = { 0 };
    struct flow_version version;
    struct flow_house h = { 0 };
    struct buf document = { 0 };
    struct flow_draft draft;
    struct flow_id id;

    house_open(&h);
    document.arena = h.cx->arena;
    for (const char *c = WRITES("x"); *c != '\0'; c++)
        buf_char(&document, *c == '\'' ? '"' : *c);
    CHECK_OK(flows_create(h.cx, (struct str){ 0 }, (struct str){ 0 }, buf_str(&document), &id));
    CHECK_OK(flow_draft_get(h.cx, id, &draft));
    CHECK_FAIL(flow_versions_publish(h.cx, id,
                                     &(struct flow_publication){ draft.revision, STR("x"), false },
                                     &version, &findings),
               ERR_CONFLICT, "flow_has_errors");
    CHECK(findings_count(&findings, FINDING_ERROR) > 0);
}

TEST(programs_call_a_field_by_a_word)
{
    static const struct {
        const char *name, *key;
    } called[] = {
        { "Data de instalação", "data_de_instalacao" },
        { "CPF/CNPJ", "cpf_cnpj" },
        { "2º telefone", "n_2_telefone" },
        { "  Plano  ", "plano" },
        { "!!!", "" },
    };
    struct cx *cx = test_cx();

    for (size_t i = 0; i < sizeof called / sizeof called[0]; i++)
        CHECK_STR(contacts_field_key(cx->arena, str_of(called[i].name)), called[i].key);
}

/* --- people are told ------------------------------------------------------------------- */

static const char telling[] =
    "{'format':'balcao-flow','format_version':1,'key':'avisa','name':'Avisa','channels':["
    "'whatsapp'],'settings':{'fallback':{'department':'department:%lld'}},'variables':[],"
    "'notes':[],'refs':[],'start':'avisa','cards':["
    "{'id':'avisa','type':'notify_team','v':1,'position':{'x':0,'y':0},'settings':{"
    "'departments':['department:%lld'],'text':'Cliente novo.'}},"
    "{'id':'mais','type':'question','v':1,'position':{'x':0,'y':1},'settings':{'expect':'confirm',"
    "'text':'De novo?'}},"
    "{'id':'para','type':'transfer','v':1,'position':{'x':0,'y':2},"
    "'settings':{'target':'department','department':'department:%lld'}}],"
    "'connectors':[{'from':'avisa','outlet':'next','to':'mais'},"
    "{'from':'mais','outlet':'yes','to':'avisa'},{'from':'mais','outlet':'no','to':'para'}]}";

TEST(people_of_a_department_are_mentioned_once)
{
    struct flow_house h = { 0 };

    house_open(&h);
    house_begins(&h, house_flow(&h, telling));
    house_writes(&h, "Oi");
    CHECK_STR(house_said(&h, "note", 0).text, "Cliente novo.");
    CHECK(str_starts(house_said(&h, "note", 0).detail, STR("{\"mentions\":[")));
    house_writes(&h, "sim");
    CHECK_I64(test_messages(h.cx, h.ticket.id, "note"), 1);
}

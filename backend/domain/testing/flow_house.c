#include "flow_house.h"

#include "base/clock.h"

const char house_menu[] =
    "{'format':'balcao-flow','format_version':1,'key':'menu','name':'Menu','channels':['whatsapp'],"
    "'start':'oi','settings':{'fallback':{'department':'department:%lld'}},'variables':[],'notes':["
    "],'refs':[],'cards':["
    "{'id':'oi','type':'send_message','v':1,'position':{'x':0,'y':0},'settings':{'kind':'text','"
    "text':'Bem-vinda!'}},"
    "{'id':'assunto','type':'question','v':1,'position':{'x':0,'y':1},'settings':{'expect':'choice'"
    ",'text':'Qual assunto?',"
    "'options':[{'id':'boleto','label':'Boleto','number':1},{'id':'pessoa','label':'Alguém','"
    "number':2}]}},"
    "{'id':'para','type':'transfer','v':1,'position':{'x':0,'y':2},'settings':{'target':'"
    "department',"
    "'department':'department:%lld'}},"
    "{'id':'fim','type':'finish','v':1,'position':{'x':0,'y':3},'settings':{'message':'Até "
    "mais!'}}],"
    "'connectors':[{'from':'oi','outlet':'next','to':'assunto'},{'from':'assunto','outlet':'opt:"
    "boleto','to':'fim'},"
    "{'from':'assunto','outlet':'opt:pessoa','to':'para'}]}";

const char house_menu_more[] =
    "{'format':'balcao-flow','format_version':1,'key':'menu','name':'Menu','channels':['whatsapp'],"
    "'start':'oi','settings':{'fallback':{'department':'department:%lld'}},'variables':[],'notes':["
    "],'refs':[],'cards':["
    "{'id':'oi','type':'send_message','v':1,'position':{'x':0,'y':0},'settings':{'kind':'text','"
    "text':'Olá!'}},"
    "{'id':'assunto','type':'question','v':1,'position':{'x':0,'y':1},'settings':{'expect':'choice'"
    ",'text':'Como posso ajudar?',"
    "'options':[{'id':'boleto','label':'Boleto','number':1},{'id':'pessoa','label':'Alguém','"
    "number':2},{'id':'nova','label':'Fatura','number':3}]}},"
    "{'id':'para','type':'transfer','v':1,'position':{'x':0,'y':2},'settings':{'target':'"
    "department',"
    "'department':'department:%lld'}},"
    "{'id':'fim','type':'finish','v':1,'position':{'x':0,'y':3},'settings':{'message':'Até "
    "mais!'}}],"
    "'connectors':[{'from':'oi','outlet':'next','to':'assunto'},{'from':'assunto','outlet':'opt:"
    "boleto','to':'fim'},"
    "{'from':'assunto','outlet':'opt:pessoa','to':'para'},"
    "{'from':'assunto','outlet':'opt:nova','to':'fim'}]}";

void
house_open(struct flow_house *h)
{
    struct cx program;

    h->cx = test_cx();
    h->channel = test_channel(h->cx, "whatsapp_cloud");
    h->support = test_department(h->cx, "Suporte");
    program = *h->cx;
    test_member(h->cx, "agent"); /* a department with nobody in it is none to hand over to */
    test_join(h->cx, h->support);
    *h->cx = program;
}

/* ' for ", and the department's id for %lld. */
static struct str
written(struct flow_house *h, const char *document)
{
    struct buf b = { .arena = h->cx->arena };
    struct str text = str_of(document);

    for (size_t i = 0; i < text.len; i++)
        if (text.p[i] == '%') {
            buf_add(&b, str_fmt(h->cx->arena, "%lld", (long long)h->support.v));
            i += 3; /* %lld */
        } else {
            buf_char(&b, text.p[i] == '\'' ? '"' : text.p[i]);
        }
    return buf_str(&b);
}

static void
publish(struct flow_house *h, struct flow_id flow)
{
    struct findings findings = { 0 };
    struct flow_version version;
    struct flow_draft draft;

    CHECK_OK(flow_draft_get(h->cx, flow, &draft));
    CHECK_OK(flow_versions_publish(h->cx, flow,
                                   &(struct flow_publication){ draft.revision, STR("teste") },
                                   &version, &findings));
}

struct flow_id
house_flow(struct flow_house *h, const char *document)
{
    struct flow_id id;

    CHECK_OK(flows_create(h->cx, (struct str){ 0 }, (struct str){ 0 }, written(h, document), &id));
    publish(h, id);
    return id;
}

void
house_publishes(struct flow_house *h, struct flow_id flow, const char *document)
{
    struct findings findings = { 0 };
    struct flow_draft draft;

    CHECK_OK(flow_draft_get(h->cx, flow, &draft));
    CHECK_OK(flow_draft_save(h->cx, flow, draft.revision, written(h, document), &draft, &findings));
    publish(h, flow);
}

void
house_starts(struct flow_house *h, struct flow_start *starts, size_t n)
{
    struct findings findings = { 0 };
    struct flow_id unfit;

    CHECK_OK(flow_starts_save(h->cx, starts, n, &unfit, &findings));
}

void
house_begins(struct flow_house *h, struct flow_id flow)
{
    struct flow_start start = { .kind = START_CHANNEL,
                                .flow_id = flow.v,
                                .channel_id = h->channel.id.v };

    house_starts(h, &start, 1);
}

/* In the provider's own words. */
static void
arrive(struct flow_house *h, struct str content)
{
    test_arrives(
        h->cx, &h->channel,
        str_cstr(h->cx->arena,
                 str_fmt(h->cx->arena,
                         "\"contacts\":[{\"wa_id\":\"5549988412076\",\"profile\":{\"name\":\"Rita "
                         "Lima\"}}],\"messages\":[{\"from\":\"5549988412076\",\"id\":\"wamid.%d\","
                         "\"timestamp\":\"%lld\",%.*s}]",
                         ++h->n, (long long)(h->cx->now_us / US_PER_S), STR_ARG(content))));
    CHECK_I64(jobs_work_once(h->cx, QUEUE_INBOUND), 1);
}

static struct str
text_of(struct flow_house *h, const char *text, const char *members)
{
    return str_fmt(h->cx->arena, "\"type\":\"text\",\"text\":{\"body\":\"%s\"}%s", text, members);
}

void
house_receives(struct flow_house *h, const char *text, const char *members)
{
    arrive(h, text_of(h, text, members));
}

void
house_arrives_as(struct flow_house *h, struct str content)
{
    struct contact_address address = { "phone", STR("5549988412076"), true };
    struct contact_found who;
    bool found;

    arrive(h, content);
    CHECK_OK(contacts_resolve(h->cx, &address, 1, STR(""), &who));
    CHECK_OK(tickets_lock_live(h->cx, h->channel.id, who.identity, &found, &h->ticket));
    CHECK(found);
}

void
house_arrives(struct flow_house *h, const char *text)
{
    house_arrives_as(h, text_of(h, text, ""));
}

void
house_works(struct flow_house *h)
{
    while (jobs_work_once(h->cx, QUEUE_FLOW) > 0)
        ;
    CHECK_OK(tickets_get(h->cx, h->ticket.id, &h->ticket));
}

void
house_writes(struct flow_house *h, const char *text)
{
    test_advance(h->cx, US_PER_MIN / 2);
    house_arrives(h, text);
    house_works(h);
}

struct message
house_said(struct flow_house *h, const char *direction, int n)
{
    struct message_page page;

    CHECK_OK(tickets_messages(h->cx, h->ticket.id, 0, -1, 100, &page));
    for (size_t i = page.n; i-- > 0;)
        if (str_eq(page.v[i].direction, str_of(direction)) && n-- == 0)
            return page.v[i];
    CHECK(false);
    return (struct message){ 0 };
}

void
house_opens(struct flow_house *h, const char *document)
{
    house_open(h);
    h->flow = house_flow(h, document);
    house_begins(h, h->flow);
}

void
house_meets_manager(struct flow_house *h)
{
    test_member(h->cx, "manager");
    test_join(h->cx, h->channel.department);
    test_join(h->cx, h->support);
}

/* A statement is prepared once under its name. */
static const struct db_stmt *
statement(const char *name, enum db_shape shape, const char *text)
{
    enum { STATEMENTS_MAX = 64 };
    static struct db_stmt kept[STATEMENTS_MAX];
    int i = 0;

    while (i < STATEMENTS_MAX - 1 && kept[i].name != NULL && strcmp(kept[i].name, name) != 0)
        i++;
    kept[i] = (struct db_stmt){ .name = name, .shape = shape, .params = 1, .text = text };
    return &kept[i];
}

int64_t
house_number(struct flow_house *h, const char *name, const char *text)
{
    const struct db_param params[] = { P_ID(h->cx->account) };
    struct db_row row;

    CHECK_OK(db_one_(h->cx, statement(name, DB_ONE, text), &row, params, 1));
    return db_i64(&row, 0);
}

struct str
house_text(struct flow_house *h, const char *name, const char *text)
{
    const struct db_param params[] = { P_ID(h->cx->account) };
    struct db_row row;

    CHECK_OK(db_one_(h->cx, statement(name, DB_ONE, text), &row, params, 1));
    return db_str(&row, 0);
}

void
house_suffers(struct flow_house *h, const char *name, const char *text)
{
    const struct db_param params[] = { P_ID(h->cx->account) };

    CHECK_OK(db_exec_(h->cx, statement(name, DB_EXEC, text), NULL, params, 1));
}

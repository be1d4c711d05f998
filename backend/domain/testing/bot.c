#include "bot.h"

#include "base/clock.h"
#include "domain/flows/flow_host.h"

enum { STATEMENTS_MAX = 64 };

void
bot_house(struct bot *b)
{
    struct cx program;

    b->cx = test_cx();
    b->channel = test_channel(b->cx, "whatsapp_cloud");
    b->support = test_department(b->cx, "Suporte");
    program = *b->cx;
    test_member(b->cx, "agent"); /* a department with nobody in it is none to hand over to */
    test_join(b->cx, b->support);
    *b->cx = program;
}

struct flow_id
bot_publishes(struct bot *b, const char *document)
{
    struct findings findings = { 0 };
    struct buf text = { .arena = b->cx->arena };
    struct flow_version version;
    struct flow_draft draft;
    struct flow_id id;

    for (const char *p = document; *p != '\0'; p++)
        if (*p == '%') {
            buf_add(&text, str_fmt(b->cx->arena, "%lld", (long long)b->support.v));
            p += 3; /* %lld */
        } else {
            buf_char(&text, *p == '\'' ? '"' : *p);
        }
    CHECK_OK(flows_create(b->cx, (struct str){ 0 }, (struct str){ 0 }, buf_str(&text), &id));
    CHECK_OK(flow_draft_get(b->cx, id, &draft));
    CHECK_OK(flow_versions_publish(b->cx, id, draft.revision, STR("teste"), &version, &findings));
    return id;
}

void
bot_begins(struct bot *b, const struct flow_start *starts, size_t n)
{
    struct flow_start *copy = arena_array(b->cx->arena, struct flow_start, n + 1);
    struct findings findings = { 0 };
    struct flow_id unfit;

    for (size_t i = 0; i < n; i++)
        copy[i] = starts[i];
    CHECK_OK(flow_starts_save(b->cx, copy, n, &unfit, &findings));
}

void
bot_opens(struct bot *b, const char *document)
{
    bot_house(b);
    b->flow = bot_publishes(b, document);
    bot_begins(b,
               &(struct flow_start){
                   .kind = START_CHANNEL, .flow_id = b->flow.v, .channel_id = b->channel.id.v },
               1);
}

void
bot_hears(struct bot *b, const char *text)
{
    struct contact_address address = { "phone", STR("5549988412076"), true };
    struct contact_found who;
    bool found;

    test_arrives(
        b->cx, &b->channel,
        str_cstr(b->cx->arena,
                 str_fmt(b->cx->arena,
                         "\"contacts\":[{\"wa_id\":\"5549988412076\",\"profile\":{\"name\":\"Rita "
                         "Lima\"}}],\"messages\":[{\"from\":\"5549988412076\",\"id\":\"wamid.%d\","
                         "\"timestamp\":\"%lld\",\"type\":\"text\",\"text\":{\"body\":\"%s\"}}]",
                         ++b->n, (long long)(b->cx->now_us / US_PER_S), text)));
    CHECK_I64(jobs_work_once(b->cx, QUEUE_INBOUND), 1);
    CHECK_OK(contacts_resolve(b->cx, &address, 1, STR(""), &who));
    CHECK_OK(tickets_lock_live(b->cx, b->channel.id, who.identity, &found, &b->ticket));
}

void
bot_works(struct bot *b)
{
    while (jobs_work_once(b->cx, QUEUE_FLOW) > 0)
        ;
    CHECK_OK(tickets_get(b->cx, b->ticket.id, &b->ticket));
}

void
bot_is_told(struct bot *b, const char *text)
{
    test_advance(b->cx, US_PER_MIN / 2);
    bot_hears(b, text);
    bot_works(b);
}

void
bot_meets_manager(struct bot *b)
{
    test_member(b->cx, "manager");
    test_join(b->cx, b->channel.department);
    test_join(b->cx, b->support);
}

struct message
bot_said(struct bot *b, const char *direction, int n)
{
    struct message_page page;

    CHECK_OK(tickets_messages(b->cx, b->ticket.id, 0, -1, 100, &page));
    for (size_t i = page.n; i-- > 0;)
        if (str_eq(page.v[i].direction, str_of(direction)) && n-- == 0)
            return page.v[i];
    CHECK(false);
    return (struct message){ 0 };
}

/* A statement is prepared once under its name. */
static const struct db_stmt *
statement(const char *name, enum db_shape shape, const char *sql)
{
    static struct db_stmt kept[STATEMENTS_MAX];
    int i = 0;

    while (kept[i].name != NULL && strcmp(kept[i].name, name) != 0)
        i++;
    CHECK(i < STATEMENTS_MAX - 1);
    kept[i] = (struct db_stmt){ .name = name, .shape = shape, .params = 1, .text = sql };
    return &kept[i];
}

int64_t
bot_number(struct bot *b, const char *name, const char *sql)
{
    const struct db_param params[] = { P_ID(b->cx->account) };
    struct db_row row;

    CHECK_OK(db_one_(b->cx, statement(name, DB_ONE, sql), &row, params, 1));
    return db_i64(&row, 0);
}

void
bot_suffers(struct bot *b, const char *name, const char *sql)
{
    const struct db_param params[] = { P_ID(b->cx->account) };

    CHECK_OK(db_exec_(b->cx, statement(name, DB_EXEC, sql), NULL, params, 1));
}

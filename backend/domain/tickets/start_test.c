#include "base/clock.h"
#include "domain/testing/fixtures.h"
#include "domain/tickets/start.h"

static struct ticket_start
wish_of(const struct channel *channel)
{
    return (struct ticket_start){
        .client_key = STR("chave-da-pessoa"),
        .channel = channel->id,
        .phone = STR("+55 49 8841-2076"), /* as it was before the ninth digit */
        .text = STR("Bom dia"),
    };
}

/* Somebody wrote, was served, and it is over; their day lasts. */
static struct ticket
past_ticket(struct cx *cx, const struct channel *channel)
{
    struct ticket ticket = test_ticket_on(cx, channel, "5549988412076", "serving");

    ticket.window_ends_at_us = cx->now_us + US_PER_HOUR;
    tickets_save(cx, &ticket, NULL);
    CHECK_OK(tickets_close(cx, ticket.id, test_reason(cx, "Resolvido", ""), STR(""), &ticket));
    return ticket;
}

static struct err
start(struct cx *cx, const struct ticket_start *wish, struct ticket *out)
{
    struct ticket live;
    bool is_new;

    return tickets_start(cx, wish, &live, out, &is_new);
}

TEST(within_the_customers_day_a_conversation_begins_in_the_authors_hands)
{
    struct cx *cx = test_cx();
    struct member_id ana = test_member(cx, "agent");
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct ticket past = past_ticket(cx, &channel), ticket;
    struct ticket_start wish = wish_of(&channel);

    CHECK_OK(start(cx, &wish, &ticket));
    CHECK(ticket.id.v != past.id.v);
    CHECK_I64(ticket.identity.v, past.identity.v); /* the ninth digit makes them one */
    CHECK_I64(ticket.assignee.v, ana.v);
    CHECK_I64(ticket.state, TICKET_SERVING);
    CHECK_I64(ticket.window_ends_at_us, past.window_ends_at_us);
    CHECK_I64(ticket.first_reply_at_us, 0);
    CHECK_I64(test_messages(cx, ticket.id, "out"), 1);
    CHECK_I64(test_audit(cx, "ticket.started"), 1);
}

TEST(the_same_key_opens_the_same_ticket_and_another_is_shown_it)
{
    struct cx *cx = test_cx();
    struct channel channel;
    struct ticket first, again, live;
    struct ticket_start wish;
    bool is_new;

    test_member(cx, "agent");
    channel = test_channel(cx, "whatsapp_cloud");
    past_ticket(cx, &channel);
    wish = wish_of(&channel);
    CHECK_OK(tickets_start(cx, &wish, &live, &first, &is_new));
    CHECK(is_new);
    CHECK_OK(tickets_start(cx, &wish, &live, &again, &is_new));
    CHECK(!is_new);
    CHECK_I64(again.id.v, first.id.v);
    CHECK_I64(test_messages(cx, first.id, "out"), 1);

    wish.client_key = STR("chave-de-outro");
    CHECK_FAIL(tickets_start(cx, &wish, &live, &again, &is_new), ERR_CONFLICT, "one_live_ticket");
    CHECK_I64(live.id.v, first.id.v);
}

TEST(past_the_customers_day_only_a_template_goes)
{
    struct cx *cx = test_cx();
    struct channel channel;
    struct ticket_start wish;
    struct ticket ticket;

    test_member(cx, "agent");
    channel = test_channel(cx, "whatsapp_cloud");
    past_ticket(cx, &channel);
    wish = wish_of(&channel);
    test_advance(cx, US_PER_HOUR);
    CHECK_FAIL(start(cx, &wish, &ticket), ERR_CONFLICT, "template_needed");
    wish.phone = STR("12");
    CHECK_FAIL(start(cx, &wish, &ticket), ERR_INVALID, "phone_invalid");
}

/* An approved template of the channel's account, whose header is this. */
static struct template_id
template_with(struct cx *cx, const struct channel *channel, const char *header)
{
    static const struct db_stmt settle = {
        .name = "test_waba_of",
        .shape = DB_EXEC,
        .params = 2,
        .text = "UPDATE channels SET settings = settings || '{\"waba_id\":\"77\"}' "
                "WHERE account_id = $1::bigint AND id = $2::bigint",
    };
    static const struct db_stmt add = {
        .name = "test_template_with",
        .shape = DB_ONE,
        .params = 2,
        .text = "WITH book AS (INSERT INTO template_books (account_id, waba_id) "
                "VALUES ($1::bigint, '77')) "
                "INSERT INTO message_templates (account_id, waba_id, name, language, provider_id, "
                "category, status, quality, shape, changed_at) "
                "VALUES ($1::bigint, '77', 'aviso', 'pt_BR', '1', 'utility', 'approved', 'green', "
                "jsonb_build_object('is_named', false, 'header', $2::jsonb, 'body', 'Segue.', "
                "'footer', '', 'buttons', '[]'::jsonb, 'variables', '[]'::jsonb, 'unfit', null), "
                "now()) RETURNING id",
    };
    struct db_row row;

    CHECK_OK(db_exec(cx, &settle, NULL, P_ID(cx->account), P_ID(channel->id)));
    CHECK_OK(db_one(cx, &add, &row, P_ID(cx->account), P_STR(str_of(header))));
    return (struct template_id){ db_i64(&row, 0) };
}

/* Of the member of the call, not sent yet. */
static int64_t
upload(struct cx *cx, const char *kind, const char *mime, int64_t size_bytes)
{
    static const struct db_stmt add = {
        .name = "test_upload",
        .shape = DB_ONE,
        .params = 5,
        .text = "INSERT INTO attachments (account_id, member_id, state, kind, mime, size_bytes, "
                "path, created_at) VALUES ($1::bigint, $2::bigint, 'ready', $3::text, $4::text, "
                "$5::bigint, 'a/b', now()) RETURNING id",
    };
    struct db_row row;

    CHECK_OK(db_one(cx, &add, &row, P_ID(cx->account), P_ID(cx->member), P_STR(str_of(kind)),
                    P_STR(str_of(mime)), P_I64(size_bytes)));
    return db_i64(&row, 0);
}

TEST(a_template_whose_header_is_a_picture_begins_with_that_picture_and_nothing_else)
{
    struct cx *cx = test_cx();
    struct channel channel;
    struct ticket_start wish;
    struct ticket ticket;
    struct message said;

    test_member(cx, "agent");
    channel = test_channel(cx, "whatsapp_cloud");
    wish = wish_of(&channel);
    wish.text = STR("");
    wish.template = template_with(cx, &channel, "{\"kind\":\"image\",\"text\":\"\"}");
    CHECK_FAIL(start(cx, &wish, &ticket), ERR_INVALID, "template_needs_file");
    /* Nothing is rolled back here, so each is written to somebody else. */
    wish.phone = STR("+55 49 98841-2077");
    wish.attachment_id = upload(cx, "document", "application/pdf", 10);
    CHECK_FAIL(start(cx, &wish, &ticket), ERR_UNSUPPORTED, "file_kind_refused");
    wish.phone = STR("+55 49 98841-2078");
    wish.attachment_id = upload(cx, "image", "image/png", 5 * 1024 * 1024 + 1);
    CHECK_FAIL(start(cx, &wish, &ticket), ERR_TOO_LARGE, "file_too_large");
    wish.phone = STR("+55 49 98841-2079");
    wish.attachment_id = upload(cx, "image", "image/png", 5 * 1024 * 1024);
    CHECK_OK(start(cx, &wish, &ticket));
    CHECK_OK(tickets_message(cx, ticket.id, ticket.last_seq, &said));
    CHECK_STR(said.kind, "template");
    CHECK_I64(said.attachment_count, 1);
    CHECK_I64(said.attachments->id, wish.attachment_id);
}

TEST(who_never_came_to_the_site_cannot_be_written_to_there)
{
    struct cx *cx = test_cx();
    struct channel whatsapp, site;
    struct ticket past, ticket;
    struct ticket_start wish;
    struct start_way *ways;
    const char *refusal;
    size_t n;

    test_member(cx, "administrator");
    whatsapp = test_channel(cx, "whatsapp_cloud");
    site = test_channel(cx, "webchat");
    past = past_ticket(cx, &whatsapp);
    wish = wish_of(&site);
    wish.phone = STR("");
    wish.contact = past.contact;
    CHECK_FAIL(start(cx, &wish, &ticket), ERR_CONFLICT, "not_reachable_here");
    CHECK_OK(tickets_start_ways(cx, past.contact, &refusal, &ways, &n));
    CHECK(refusal == NULL);
    CHECK(n == 1);
    CHECK_I64(ways[0].channel.v, whatsapp.id.v);
    CHECK_I64(ways[0].standing, START_FREE);
}

TEST(another_accounts_contact_and_channel_do_not_exist)
{
    struct cx *ours = test_cx(), *theirs = test_cx();
    struct channel channel, foreign;
    struct ticket_start wish;
    struct ticket past, ticket;

    test_member(ours, "owner");
    test_member(theirs, "owner");
    channel = test_channel(ours, "whatsapp_cloud");
    foreign = test_channel(theirs, "whatsapp_cloud");
    past = past_ticket(theirs, &foreign);
    wish = wish_of(&foreign);
    CHECK_FAIL(start(ours, &wish, &ticket), ERR_NOT_FOUND, "channel_unknown");
    wish = wish_of(&channel);
    wish.phone = STR("");
    wish.contact = past.contact;
    CHECK_FAIL(start(ours, &wish, &ticket), ERR_NOT_FOUND, "not_found");
}

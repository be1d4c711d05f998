#include "domain/auth/access.h"
#include "domain/messages/messages_private.h"
#include "domain/org/departments.h"
#include "domain/testing/fixtures.h"

#include "messages.sql.h"

#include <stdio.h>
#include <unistd.h>

static void
deliver(struct cx *cx, const struct channel *channel, const char *inside)
{
    test_arrives(cx, channel, inside);
    while (jobs_work_once(cx, QUEUE_INBOUND) > 0)
        ;
}

static void
customer_writes(struct cx *cx, const struct channel *channel, const char *from, const char *id,
                const char *text)
{
    deliver(
        cx, channel,
        str_cstr(cx->arena,
                 str_fmt(cx->arena,
                         "\"contacts\":[{\"profile\":{\"name\":\"Ana Souza\"},\"wa_id\":\"%s\"}],"
                         "\"messages\":[{\"from\":\"%s\",\"id\":\"%s\",\"timestamp\":\"%lld\","
                         "\"type\":\"text\","
                         "\"text\":{\"body\":\"%s\"}}]",
                         from, from, id, (long long)(cx->now_us / 1000000), text)));
}

/* The live ticket of the customer of test_ticket's phone. */
static struct ticket
live_ticket(struct cx *cx, const struct channel *channel, const char *phone)
{
    struct contact_address address = { "phone", str_of(phone), true };
    struct contact_found who;
    struct ticket ticket;
    bool found;

    CHECK_OK(contacts_resolve(cx, &address, 1, STR(""), &who));
    CHECK_OK(tickets_lock_live(cx, channel->id, who.identity, &found, &ticket));
    CHECK(found);
    return ticket;
}

static struct message
last_message(struct cx *cx, const struct ticket *ticket)
{
    struct message_page page;

    CHECK_OK(tickets_messages(cx, ticket->id, 0, -1, 1, &page));
    CHECK_I64((int64_t)page.n, 1);
    return page.v[0];
}

static struct message
reply(struct cx *cx, struct ticket_id id, const char *key)
{
    struct post post = { .client_key = str_of(key), .text = STR("Bom dia") };
    struct message message;
    bool is_new;

    CHECK_OK(messages_post(cx, id, &post, &message, &is_new));
    return message;
}

TEST(a_first_message_opens_a_ticket_and_a_repeated_one_changes_nothing)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct ticket ticket;

    customer_writes(cx, &channel, "554988412076", "wamid.1", "Oi");
    customer_writes(cx, &channel, "554988412076", "wamid.1", "Oi");
    ticket = live_ticket(cx, &channel, "5549988412076");
    CHECK_I64(test_messages(cx, ticket.id, "in"), 1);
    CHECK_I64(ticket.unread_count, 1);
    CHECK_STR(ticket.last_preview, "Oi");
    CHECK_I64(ticket.window_ends_at_us, cx->now_us + INT64_C(24) * 3600 * 1000000);
    CHECK_STR(ticket.contact_name, "Ana Souza");
}

static void
greets(struct cx *cx, const char *text)
{
    struct settings before, after;

    CHECK_OK(settings_lock(cx, &before));
    after = before;
    after.welcome_text = str_of(text);
    CHECK_OK(settings_save(cx, &before, &after));
}

static void
department_greets(struct cx *cx, struct department_id id, const char *text)
{
    struct department before, after;
    int64_t held;

    CHECK_OK(departments_lock(cx, id, &before));
    after = before;
    after.welcome_text = str_of(text);
    CHECK_OK(departments_save(cx, &before, &after, &held));
}

TEST(a_new_ticket_is_welcomed_once_after_the_customers_first_words)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct ticket ticket;

    greets(cx, "Oi, {{contact.first_name}}!");
    customer_writes(cx, &channel, "554988412076", "wamid.1", "Oi");
    customer_writes(cx, &channel, "554988412076", "wamid.1", "Oi");
    customer_writes(cx, &channel, "554988412076", "wamid.2", "Tudo bem?");
    ticket = live_ticket(cx, &channel, "5549988412076");
    CHECK_I64(test_messages(cx, ticket.id, "out"), 1);
    CHECK_I64(test_jobs(cx, "message.send"), 1);
    CHECK_I64(ticket.first_reply_at_us, 0);
}

TEST(a_departments_welcome_is_said_instead_of_the_accounts)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct ticket ticket;

    greets(cx, "da conta");
    department_greets(cx, channel.department, "do setor");
    customer_writes(cx, &channel, "554988412076", "wamid.1", "Oi");
    ticket = live_ticket(cx, &channel, "5549988412076");
    CHECK_STR(last_message(cx, &ticket).text, "do setor");
    CHECK_STR(last_message(cx, &ticket).author_kind, "bot");
}

TEST(both_spellings_of_a_number_meet_in_one_ticket)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct ticket ticket;

    customer_writes(cx, &channel, "554988412076", "wamid.1", "Oi");
    customer_writes(cx, &channel, "5549988412076", "wamid.2", "de novo");
    ticket = live_ticket(cx, &channel, "5549988412076");
    CHECK_I64(test_messages(cx, ticket.id, "in"), 2);
}

TEST(what_we_cannot_read_is_still_shown)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct ticket ticket;

    deliver(cx, &channel,
            "\"contacts\":[{\"wa_id\":\"5549988412076\"}],\"messages\":[{\"from\":"
            "\"5549988412076\",\"id\":\"wamid.9\","
            "\"timestamp\":\"1772636400\",\"type\":\"hologram\",\"hologram\":{}}]");
    ticket = live_ticket(cx, &channel, "5549988412076");
    CHECK_STR(last_message(cx, &ticket).kind, "unknown");
}

TEST(a_message_older_than_the_providers_retries_opens_nothing)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct contact_address address = { "phone", STR("5549988412076"), true };
    struct contact_found who;
    struct ticket ticket;
    bool found;

    deliver(cx, &channel,
            "\"messages\":[{\"from\":\"5549988412076\",\"id\":\"wamid.old\",\"timestamp\":"
            "\"1770000000\",\"type\":\"text\","
            "\"text\":{\"body\":\"antes\"}}]");
    CHECK_OK(contacts_resolve(cx, &address, 1, STR(""), &who));
    CHECK_OK(tickets_lock_live(cx, channel.id, who.identity, &found, &ticket));
    CHECK(!found);
}

TEST(the_same_key_is_the_same_message)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct post post = { .client_key = STR("key-00000001"), .text = STR("Bom dia") };
    struct message first, second;
    bool is_new;

    CHECK_OK(messages_post(cx, ticket.id, &post, &first, &is_new));
    CHECK(is_new);
    CHECK_OK(messages_post(cx, ticket.id, &post, &second, &is_new));
    CHECK(!is_new);
    CHECK_I64(second.seq, first.seq);
    CHECK_I64(test_jobs(cx, "message.send"), 1);
    CHECK_I64(test_messages(cx, ticket.id, "out"), 1);
}

TEST(only_the_one_who_serves_replies_but_everyone_may_whisper)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct post post = { .client_key = STR("key-00000001"), .text = STR("Bom dia") };
    struct message message;
    bool is_new;

    test_member(cx, "manager");
    test_join(cx, ticket.department);
    CHECK_FAIL(messages_post(cx, ticket.id, &post, &message, &is_new), ERR_CONFLICT, "not_holder");
    post.is_whisper = true;
    CHECK_OK(messages_post(cx, ticket.id, &post, &message, &is_new));
    CHECK_STR(message.direction, "note");
    CHECK_I64(test_jobs(cx, "message.send"), 0);
}

TEST(outside_the_window_a_reply_is_refused_with_its_reason)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct post post = { .client_key = STR("key-00000001"), .text = STR("Bom dia") };
    struct message message;
    bool is_new;

    ticket.window_ends_at_us = cx->now_us;
    tickets_save(cx, &ticket, NULL);
    CHECK_FAIL(messages_post(cx, ticket.id, &post, &message, &is_new), ERR_CONFLICT,
               "window_closed");
    ticket.window_ends_at_us = cx->now_us + 1;
    tickets_save(cx, &ticket, NULL);
    CHECK_OK(messages_post(cx, ticket.id, &post, &message, &is_new));
}

TEST(a_closed_ticket_takes_no_reply)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "closed");
    struct post post = { .client_key = STR("key-00000001"), .text = STR("Bom dia") };
    struct message message;
    bool is_new;

    CHECK_FAIL(messages_post(cx, ticket.id, &post, &message, &is_new), ERR_CONFLICT,
               "ticket_closed");
}

TEST(a_text_longer_than_the_channel_takes_is_refused_before_it_is_kept)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    char *text = arena_alloc(cx->arena, 4097);
    struct post post = { .client_key = STR("key-00000001"), .text = { text, 4097 } };
    struct message message;
    bool is_new;

    memset(text, 'a', 4097);
    CHECK_FAIL(messages_post(cx, ticket.id, &post, &message, &is_new), ERR_INVALID, "too_long");
    CHECK_I64(test_messages(cx, ticket.id, "out"), 0);
}

TEST(ticks_only_move_forward)
{
    static const struct {
        const char *from, *to;
        bool moves;
    } steps[] = {
        { "sending", "accepted", true },    { "accepted", "delivered", true },
        { "delivered", "accepted", false }, { "read", "delivered", false },
        { "accepted", "read", true },       { "accepted", "failed", true },
        { "delivered", "failed", false },   { "read", "failed", false },
        { "failed", "delivered", true },    { "failed", "accepted", false },
        { "unknown", "delivered", true },   { "queued", "nonsense", false },
    };

    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        struct message m = { .state = str_of(steps[i].from) };

        CHECK_I64(receipts_move(&m, str_of(steps[i].to), STR("WA-1"), STR("why")), steps[i].moves);
        CHECK_STR(m.state, steps[i].moves ? steps[i].to : steps[i].from);
    }
}

TEST(a_status_that_comes_before_its_message_is_known_waits_for_it)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct message message = reply(cx, ticket.id, "key-00000001"), now;
    struct receipt early = { .channel = ticket.channel,
                             .provider_id = STR("wamid.OUT1"),
                             .state = STR("delivered") };

    cx->bound = access_everything; /* as a worker does */
    CHECK_OK(receipts_apply(cx, &early, 1));
    CHECK_OK(tickets_message(cx, ticket.id, message.seq, &now));
    CHECK_STR(now.state, "queued");
    CHECK_OK(receipts_apply_early(cx, ticket.channel, STR("wamid.OUT1"), &now));
    CHECK_STR(now.state, "delivered");
}

TEST(a_status_that_echoes_our_word_finds_its_message)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct message message = reply(cx, ticket.id, "key-00000001"), now;
    struct receipt echo = {
        .channel = ticket.channel,
        .provider_id = STR("wamid.OUT1"),
        .state = STR("delivered"),
        .opaque = str_fmt(cx->arena, "%lld:%lld", (long long)ticket.id.v, (long long)message.seq),
    };

    cx->bound = access_everything;
    CHECK_OK(receipts_apply(cx, &echo, 1));
    CHECK_OK(tickets_message(cx, ticket.id, message.seq, &now));
    CHECK_STR(now.state, "delivered");
}

TEST(an_echo_cannot_move_what_is_not_ours)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct receipt echo = { .channel = channel.id,
                            .provider_id = STR("wamid.X"),
                            .state = STR("read") };
    struct ticket ticket;
    struct message now;

    customer_writes(cx, &channel, "5549988412076", "wamid.1", "Oi");
    ticket = live_ticket(cx, &channel, "5549988412076");
    echo.opaque =
        str_fmt(cx->arena, "%lld:2", (long long)ticket.id.v); /* the customer's own words */
    CHECK_OK(receipts_apply(cx, &echo, 1));
    CHECK_OK(tickets_message(cx, ticket.id, 2, &now));
    CHECK_STR(now.state, "received");
}

/* One step of "message.send" with this answer of the provider (NULL: the first). */
static struct job_outcome
send_step(struct cx *cx, const struct message *message, const struct httpc_answer *answer,
          struct job_outcome before)
{
    struct job job = {
        .account = cx->account,
        .subject_id = message->ticket.v,
        .arg = str_fmt(cx->arena, "%lld", (long long)message->seq),
        .attempt = 1,
    };
    struct job_outcome out = { .state = before.state, .step = before.step };

    CHECK_OK(message_send_step(cx, &job, answer, &out));
    return out;
}

static struct str
state_of(struct cx *cx, const struct message *message)
{
    struct message now;

    CHECK_OK(tickets_message(cx, message->ticket, message->seq, &now));
    return now.state;
}

TEST(a_sent_message_is_accepted_under_the_providers_name)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct message message = reply(cx, ticket.id, "key-00000001");
    struct job_outcome out = send_step(cx, &message, NULL, (struct job_outcome){ 0 });
    struct str name;

    CHECK_I64(out.verdict, JOB_CALL);
    CHECK_STR(state_of(cx, &message), "sending");
    out = send_step(cx, &message,
                    &(struct httpc_answer){
                        .status = 200,
                        .body = STR("{\"messaging_product\":\"whatsapp\",\"messages\":[{\"id\":"
                                    "\"wamid.OUT1\"}]}") },
                    out);
    CHECK_I64(out.verdict, JOB_DONE);
    CHECK_STR(state_of(cx, &message), "accepted");
    CHECK_OK(provider_ids_of(cx, ticket.id, message.seq, &name));
    CHECK_STR(name, "wamid.OUT1");
}

TEST(a_message_whose_sender_died_is_never_sent_again_by_ourselves)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct message message = reply(cx, ticket.id, "key-00000001");
    struct job_outcome out = send_step(cx, &message, NULL, (struct job_outcome){ 0 });

    CHECK_I64(out.verdict, JOB_CALL);
    /* the worker dies here; the job runs again from its beginning */
    out = send_step(cx, &message, NULL, (struct job_outcome){ 0 });
    CHECK_I64(out.verdict, JOB_DONE);
    CHECK_STR(state_of(cx, &message), "unknown");
}

TEST(a_busy_provider_is_asked_again_and_the_message_goes_back_to_the_queue)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct message message = reply(cx, ticket.id, "key-00000001");
    struct job_outcome out = send_step(cx, &message, NULL, (struct job_outcome){ 0 });

    out = send_step(
        cx, &message,
        &(struct httpc_answer){ .status = 429,
                                .body = STR("{\"error\":{\"message\":\"x\",\"code\":130429}}") },
        out);
    CHECK_I64(out.verdict, JOB_AGAIN);
    CHECK_STR(state_of(cx, &message), "queued");
}

TEST(a_refused_message_says_why_and_may_be_retried_under_the_same_key)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct message message = reply(cx, ticket.id, "key-00000001"), now;
    struct job_outcome out = send_step(cx, &message, NULL, (struct job_outcome){ 0 });

    out = send_step(
        cx, &message,
        &(struct httpc_answer){ .status = 400,
                                .body = STR("{\"error\":{\"message\":\"x\",\"code\":131026}}") },
        out);
    CHECK_I64(out.verdict, JOB_DONE);
    CHECK_OK(tickets_message(cx, ticket.id, message.seq, &now));
    CHECK_STR(now.state, "failed");
    CHECK_STR(now.error_code, "WA-131026");
    CHECK(now.error_slug.len > 0);
    CHECK_OK(messages_retry(cx, ticket.id, message.seq, &now));
    CHECK_STR(now.state, "queued");
    CHECK_STR(now.client_key, "key-00000001");
    CHECK_FAIL(messages_retry(cx, ticket.id, message.seq, &now), ERR_CONFLICT, "not_failed");
}

TEST(the_window_is_asked_again_when_the_message_leaves)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct message message, now;

    ticket.window_ends_at_us = cx->now_us + 1000000;
    tickets_save(cx, &ticket, NULL);
    message = reply(cx, ticket.id, "key-00000001");
    test_advance(cx, 2000000);
    CHECK_I64(send_step(cx, &message, NULL, (struct job_outcome){ 0 }).verdict, JOB_DONE);
    CHECK_OK(tickets_message(cx, ticket.id, message.seq, &now));
    CHECK_STR(now.error_slug, "window_closed");
    CHECK(now.error_code.p == NULL);
}

TEST(a_dead_token_stops_the_channel_and_says_so_once)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct message message = reply(cx, ticket.id, "key-00000001");
    struct job_outcome out = send_step(cx, &message, NULL, (struct job_outcome){ 0 });
    struct channel channel;

    out =
        send_step(cx, &message,
                  &(struct httpc_answer){
                      .status = 401, .body = STR("{\"error\":{\"message\":\"x\",\"code\":190}}") },
                  out);
    CHECK_I64(out.verdict, JOB_DONE);
    CHECK_STR(state_of(cx, &message), "failed");
    CHECK_OK(channels_get(cx, ticket.channel, &channel));
    CHECK_STR(channel.state, "failing");
    CHECK_I64(test_events(cx, "channel.changed"), 1);
}

TEST(edits_reactions_and_revokes_find_their_message)
{
    struct cx *cx = test_cx();
    struct channel channel = test_channel(cx, "whatsapp_cloud");
    struct ticket ticket;
    struct message m;

    customer_writes(cx, &channel, "5549988412076", "wamid.1", "Oi");
    ticket = live_ticket(cx, &channel, "5549988412076");
    deliver(cx, &channel,
            "\"messages\":[{\"from\":\"5549988412076\",\"id\":\"wamid.2\",\"timestamp\":"
            "\"1772636400\",\"type\":\"reaction\","
            "\"reaction\":{\"message_id\":\"wamid.1\",\"emoji\":\"\\ud83d\\udc4d\"}}]");
    deliver(cx, &channel,
            "\"messages\":[{\"from\":\"5549988412076\",\"id\":\"wamid.3\",\"timestamp\":"
            "\"1772636400\",\"type\":\"edit\","
            "\"edit\":{\"original_message_id\":\"wamid.1\",\"message\":{\"type\":\"text\",\"text\":"
            "{\"body\":\"Olá\"}}}}]");
    CHECK_OK(tickets_message(cx, ticket.id, 2, &m));
    CHECK_STR(m.text, "Olá");
    deliver(cx, &channel,
            "\"messages\":[{\"from\":\"5549988412076\",\"id\":\"wamid.4\",\"timestamp\":"
            "\"1772636400\",\"type\":\"revoke\","
            "\"revoke\":{\"original_message_id\":\"wamid.1\"}}]");
    CHECK_OK(tickets_message(cx, ticket.id, 2, &m));
    CHECK(str_has(m.reactions, STR("👍")));
    CHECK_STR(m.text, "");
    CHECK_I64(m.edited_at_us, cx->now_us);
    CHECK_I64(m.deleted_at_us, cx->now_us);
    CHECK_I64(test_messages(cx, ticket.id, "in"), 1);
}

TEST(names_of_files_cannot_leave_their_folder_or_turn_around)
{
    struct arena *a = test_arena();

    CHECK_STR(media_filename(a, STR("../../etc/passwd")), "passwd");
    CHECK_STR(media_filename(a, STR("C:\\x\\nota.pdf")), "nota.pdf");
    CHECK_STR(media_filename(a, STR("a\x01"
                                    "b\n.txt")),
              "ab.txt");
    CHECK_STR(media_filename(a, STR("\xE2\x80\xAEgpj.exe")), "gpj.exe");
    CHECK_STR(media_filename(a, STR("..")), "arquivo");
    CHECK_STR(media_filename(a, STR("")), "arquivo");
}

TEST(a_declared_picture_must_be_one)
{
    struct sniffed html = { STR("text/html"), "document" }, png = { STR("image/png"), "image" },
                   webm = { STR("video/webm"), "video" };

    CHECK(!media_type_fits(STR("image/png"), &html));
    CHECK(media_type_fits(STR("image/jpeg"), &png));
    CHECK(media_type_fits(STR("application/pdf"), &html));
    CHECK(media_type_fits(STR(""), &png));
    CHECK(media_type_fits(STR("audio/webm"), &webm));
}

TEST(a_visitors_place_reads_back_and_sorts_as_text)
{
    struct thread_place place = { { 12 }, 34 }, back;
    struct str first = messages_visitor_id(test_arena(), place);

    CHECK(messages_visitor_place(first, &back));
    CHECK_I64(back.ticket.v, 12);
    CHECK_I64(back.seq, 34);
    CHECK(strcmp(first.p,
                 messages_visitor_id(test_arena(), (struct thread_place){ { 12 }, 100 }).p) < 0);
    CHECK(!messages_visitor_place(STR("12"), &back));
    CHECK(!messages_visitor_place(STR("x-1"), &back));
}

TEST(the_daily_chore_forgets_unsent_uploads_and_comes_again)
{
    struct cx *cx = test_cx();
    struct job_outcome out = { 0 };
    struct str relative;
    const char *path;
    struct db_row row;
    FILE *file;

    test_member(cx, "agent");
    CHECK_OK(media_place(cx, &relative, &path));
    file = fopen(path, "w");
    CHECK(file != NULL);
    fclose(file);
    CHECK_OK(db_one(cx, &SQL_attachment_add, &row, P_ID(cx->account), P_ID(cx->member), P_NULL,
                    P_STR(STR("document")), P_STR(STR("text/plain")), P_STR(STR("a.txt")), P_I64(0),
                    P_STR(relative), P_TIME(cx->now_us), db_p_id(cx->token_id)));
    CHECK_OK(house_daily_step(cx, NULL, NULL, &out));
    CHECK(access(path, F_OK) == 0);
    test_advance(cx, INT64_C(25) * 3600 * 1000000);
    CHECK_OK(house_daily_step(cx, NULL, NULL, &out));
    CHECK(access(path, F_OK) != 0);
    CHECK_I64(out.verdict, JOB_LATER);
    CHECK_I64(out.at_us, cx->now_us + INT64_C(24) * 3600 * 1000000);
}

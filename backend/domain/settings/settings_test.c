#include "domain/settings/settings.h"
#include "domain/testing/fixtures.h"

static void
say(struct cx *cx, const char *welcome, const char *closing)
{
    struct settings before, after;

    CHECK_OK(settings_lock(cx, &before));
    after = before;
    after.welcome_text = str_of(welcome);
    after.closing_text = str_of(closing);
    CHECK_OK(settings_save(cx, &before, &after));
}

static struct close_reason
a_reason(struct cx *cx, const char *name, const char *message, bool is_forced)
{
    struct close_reason reason = { .name = str_of(name),
                                   .message = str_of(message),
                                   .forces_message = is_forced,
                                   .is_active = true };

    CHECK_OK(close_reasons_save(cx, NULL, &reason, &reason));
    return reason;
}

TEST(an_account_begins_with_thirty_seconds_between_sends_and_a_reason_asked_for)
{
    struct cx *cx = test_cx();
    struct settings settings;

    CHECK_OK(settings_get(cx, &settings));
    CHECK_I64(settings.campaign_interval_s, 30);
    CHECK(settings.requires_reason);
    CHECK_STR(settings.welcome_text, "");
}

TEST(no_interval_is_one_message_a_second_and_refused)
{
    struct cx *cx = test_cx();
    struct settings before, after;

    CHECK_OK(settings_lock(cx, &before));
    after = before;
    after.campaign_interval_s = 1;
    CHECK_FAIL(settings_save(cx, &before, &after), ERR_INVALID, "out_of_range");
    after.campaign_interval_s = 5;
    CHECK_OK(settings_save(cx, &before, &after));
    CHECK_I64(test_audit(cx, "settings.edited"), 1);
    CHECK_I64(test_events(cx, "account.changed"), 1);
}

TEST(a_reasons_own_words_replace_the_accounts)
{
    struct cx *cx = test_cx();
    struct close_reason own = a_reason(cx, "Sold", "Bom proveito!", false),
                        silent = a_reason(cx, "Done", "", false);
    struct closing_words closing;

    say(cx, "", "Até logo!");
    CHECK_OK(settings_closing(cx, own.id, &closing));
    CHECK_STR(closing.text, "Bom proveito!");
    CHECK(!closing.is_forced);
    CHECK_OK(settings_closing(cx, silent.id, &closing));
    CHECK_STR(closing.text, "Até logo!");
}

TEST(a_reason_is_asked_for_unless_the_account_does_not)
{
    struct cx *cx = test_cx();
    struct close_reason_id none = { 0 };
    struct settings before, after;
    struct closing_words closing;

    CHECK_FAIL(settings_closing(cx, none, &closing), ERR_INVALID, "reason_required");
    CHECK_OK(settings_lock(cx, &before));
    after = before;
    after.requires_reason = false;
    CHECK_OK(settings_save(cx, &before, &after));
    CHECK_OK(settings_closing(cx, none, &closing));
}

TEST(only_words_can_be_forced)
{
    struct cx *cx = test_cx();
    struct close_reason reason = {
        .name = STR("Done"), .message = STR(""), .forces_message = true, .is_active = true
    };

    CHECK_FAIL(close_reasons_save(cx, NULL, &reason, &reason), ERR_INVALID, "required");
}

TEST(a_reason_out_of_use_is_not_chosen_and_one_that_closed_a_ticket_is_not_removed)
{
    struct cx *cx = test_cx();
    struct close_reason off = a_reason(cx, "Old", "", false), before = off;
    struct ticket ticket = test_ticket(cx, "closed");
    struct closing_words closing;
    struct db_rows rows;

    off.is_active = false;
    CHECK_OK(close_reasons_save(cx, &before, &off, &off));
    CHECK_FAIL(settings_closing(cx, off.id, &closing), ERR_NOT_FOUND, "reason_unknown");
    CHECK_OK(close_reasons_list(cx, &rows));
    CHECK_I64(rows.count, 2);
    CHECK_OK(close_reasons_remove(cx, off.id));
    CHECK_FAIL(close_reasons_remove(cx, (struct close_reason_id){ ticket.reason_id }), ERR_CONFLICT,
               "reason_in_use");
}

TEST(reasons_stand_in_the_order_they_were_put_in)
{
    struct cx *cx = test_cx();
    struct close_reason a = a_reason(cx, "A", "", false), b = a_reason(cx, "B", "", false);
    int64_t wanted[] = { b.id.v, a.id.v };
    struct db_rows rows;

    CHECK_OK(close_reasons_order(cx, (struct json_ids){ wanted, 2 }));
    CHECK_OK(close_reasons_list(cx, &rows));
    CHECK_I64(close_reasons_at(&rows, 0).id.v, b.id.v);
}

/* --- what customers are told ---------------------------------------------------------- */

static struct message
last_said(struct cx *cx, const struct ticket *ticket)
{
    struct message_page page;
    struct message said = { 0 };

    CHECK_OK(tickets_messages(cx, ticket->id, 0, -1, 20, &page));
    for (size_t i = 0; i < page.n; i++)
        if (str_eq(page.v[i].direction, STR("out")))
            said = page.v[i];
    return said;
}

static struct str
last_line(struct cx *cx, const struct ticket *ticket)
{
    struct message_page page;

    CHECK_OK(tickets_messages(cx, ticket->id, 0, -1, 20, &page));
    return page.v[page.n - 1].detail;
}

TEST(closing_says_the_reasons_words_as_the_house_does_and_that_is_no_reply)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct close_reason reason = a_reason(cx, "Done", "Até logo, {{contact.first_name}}!", false);

    CHECK_OK(tickets_close(cx, ticket.id, reason.id, (struct str){ 0 }, &ticket));
    CHECK_STR(last_said(cx, &ticket).text, "Até logo, Marina!");
    CHECK_STR(last_said(cx, &ticket).author_kind, "bot");
    CHECK_I64(ticket.first_reply_at_us, 0);
    CHECK(str_has(last_line(cx, &ticket), STR("\"message\":\"sent\"")));
    CHECK_I64(test_jobs(cx, "message.send"), 1);
}

TEST(whoever_closes_may_write_their_own_goodbye_or_none_unless_it_is_forced)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct close_reason free = a_reason(cx, "Done", "Tchau", false),
                        forced = a_reason(cx, "Debt", "Pague até sexta", true);

    CHECK_FAIL(tickets_close(cx, ticket.id, forced.id, STR("outra coisa"), &ticket), ERR_CONFLICT,
               "closing_message_forced");
    CHECK_FAIL(tickets_close(cx, ticket.id, forced.id, STR(""), &ticket), ERR_CONFLICT,
               "closing_message_forced");
    CHECK_OK(tickets_close(cx, ticket.id, free.id, STR(""), &ticket));
    CHECK_I64(test_jobs(cx, "message.send"), 0);
    CHECK(str_has(last_line(cx, &ticket), STR("\"message\":\"none\"")));
}

TEST(a_goodbye_that_the_channel_no_longer_takes_is_named_in_the_thread)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");

    ticket.window_ends_at_us = cx->now_us;
    tickets_save(cx, &ticket, NULL);
    CHECK_OK(tickets_close(cx, ticket.id, a_reason(cx, "Debt", "Pague", true).id, (struct str){ 0 },
                           &ticket));
    CHECK_I64(test_jobs(cx, "message.send"), 0);
    CHECK(str_has(last_line(cx, &ticket), STR("\"message\":\"window_closed\"")));
}

TEST(a_ticket_without_reason_closes_with_the_accounts_words)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct settings before, after;

    CHECK_OK(settings_lock(cx, &before));
    after = before;
    after.requires_reason = false;
    after.closing_text = STR("Obrigado!");
    CHECK_OK(settings_save(cx, &before, &after));
    CHECK_OK(
        tickets_close(cx, ticket.id, (struct close_reason_id){ 0 }, (struct str){ 0 }, &ticket));
    CHECK_STR(last_said(cx, &ticket).text, "Obrigado!");
    CHECK_I64(ticket.reason_id, 0);
}

TEST(another_accounts_reason_does_not_exist)
{
    struct cx *theirs = test_cx();
    struct close_reason foreign = a_reason(theirs, "Done", "Tchau", false), reason;
    struct cx *ours = test_cx();
    struct closing_words closing;
    int64_t wanted[] = { foreign.id.v };

    CHECK_FAIL(settings_closing(ours, foreign.id, &closing), ERR_NOT_FOUND, "reason_unknown");
    CHECK_FAIL(close_reasons_lock(ours, foreign.id, &reason), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(close_reasons_remove(ours, foreign.id), ERR_NOT_FOUND, "not_found");
    CHECK_FAIL(close_reasons_order(ours, (struct json_ids){ wanted, 1 }), ERR_NOT_FOUND,
               "reason_unknown");
}

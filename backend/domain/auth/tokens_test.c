#include "domain/auth/tokens.h"
#include "domain/testing/fixtures.h"

#define SECRET "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklm_-09"

static struct token_text
sample(void)
{
    return (struct token_text){ .account = 12, .id = 7, .secret = STR(SECRET) };
}

static bool
parses(const char *text)
{
    struct token_text out;

    return token_parse(str_of(text), &out);
}

TEST(a_token_reads_back_as_what_was_written)
{
    struct token_text token = sample(), out;
    struct str text = token_print(test_arena(), &token);

    CHECK(str_starts(text, STR("bal_12_7_" SECRET "_")));
    CHECK(token_parse(text, &out));
    CHECK_I64(out.account, 12);
    CHECK_I64(out.id, 7);
    CHECK_STR(out.secret, SECRET);
}

TEST(a_slip_anywhere_in_a_token_is_seen_without_asking_the_database)
{
    struct token_text token = sample(), out;
    struct str text = token_print(test_arena(), &token);
    char *copy = arena_alloc(test_arena(), text.len);

    for (size_t i = 0; i < text.len; i++) {
        memcpy(copy, text.p, text.len);
        copy[i] = copy[i] == '3' ? '4' : '3';
        CHECK(!token_parse((struct str){ copy, text.len }, &out));
        CHECK(!token_parse((struct str){ text.p, i }, &out));
    }
}

TEST(a_token_has_one_text)
{
    CHECK(!parses("bal_012_7_" SECRET "_00000000"));
    CHECK(!parses("bal_+12_7_" SECRET "_00000000"));
    CHECK(!parses("BAL_12_7_" SECRET "_00000000"));
    CHECK(!parses(""));
}

TEST(what_only_people_do_is_for_no_token)
{
    CHECK(!tokens_may_hold(permissions_get("tokens.create"), true, true));
    CHECK(!tokens_may_hold(permissions_get("groups.manage"), true, true));
    CHECK(!tokens_may_hold(permissions_get("channels.secrets"), true, true));
    CHECK(tokens_may_hold(permissions_get("tickets.view"), false, false));
    CHECK(!tokens_may_hold(permissions_get("tickets.pick"), false, false));
    CHECK(tokens_may_hold(permissions_get("tickets.pick"), true, false));
}

TEST(dangerous_exports_are_for_tokens_whose_addresses_are_fenced)
{
    CHECK(!tokens_may_hold(permissions_get("audit.export"), true, false));
    CHECK(tokens_may_hold(permissions_get("audit.export"), true, true));
}

#include "channels/testing/fixture.h"
#include "channels/whatsapp_private.h"

static enum channel_verdict
verdict(const char *body, const char *signature)
{
    struct channel_config config = whatsapp_config();

    return whatsapp_verify(&config, str_of(body), str_of(signature));
}

#define EMPTY_PAGE "{\"object\":\"page\",\"entry\":[]}"
#define WITH_ACCENT(a)                                                                             \
    "{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":[{\"field\":"  \
    "\"messages\",\"value\":{\"t\":\"ol" a "\"}}]}]}"
#define ESCAPED_MAC "sha256=ec75615c322580436819a4826d61ae87e345de46b75fb01cd56ad29aad36dc30"
#define RAW_MAC "sha256=f45637a0a25cfb7395ab2b2280ae39b68594f47414cf2e555b07218fda9a0980"

TEST(a_body_signed_with_the_app_secret_is_valid)
{
    CHECK_I64(verdict(EMPTY_PAGE, "sha256="
                                  "79e65d5e06e173bb483d7f7824bf54a39a7509c6c05a3b16b7cce3660e6c7a"
                                  "6d"),
              CHANNEL_VALID);
}

TEST(an_escaped_body_is_verified_over_its_own_bytes)
{
    CHECK_I64(verdict(WITH_ACCENT("\\u00e1"), ESCAPED_MAC), CHANNEL_VALID);
}

TEST(raw_text_signed_over_its_raw_bytes_is_valid)
{
    CHECK_I64(verdict(WITH_ACCENT("\xC3\xA1"), RAW_MAC), CHANNEL_VALID);
}

TEST(raw_text_signed_over_its_escaped_form_is_valid)
{
    CHECK_I64(verdict(WITH_ACCENT("\xC3\xA1"), ESCAPED_MAC), CHANNEL_VALID);
}

TEST(astral_characters_are_escaped_as_surrogate_pairs)
{
    /* HMAC of the body with \ud83d\ude00, three bytes (€) as \u20ac, two (ç) as \u00e7. */
    CHECK_I64(verdict("{\"t\":\"\xF0\x9F\x98\x80 \xE2\x82\xAC \xC3\xA7\"}",
                      "sha256=f9c794aba58591508caf2828759b94a713e9cd0b4b11ab39ca71bc6d7d0d08ef"),
              CHANNEL_VALID);
}

TEST(an_escaped_body_signed_over_raw_text_is_invalid)
{
    CHECK_I64(verdict(WITH_ACCENT("\\u00e1"), RAW_MAC), CHANNEL_INVALID);
}

TEST(a_changed_body_is_invalid)
{
    CHECK_I64(verdict(WITH_ACCENT("\\u00e2"), ESCAPED_MAC), CHANNEL_INVALID);
}

TEST(a_body_without_signature_is_missing_one)
{
    CHECK_I64(verdict(EMPTY_PAGE, ""), CHANNEL_MISSING);
}

TEST(a_signature_of_another_form_is_invalid)
{
    CHECK_I64(verdict(EMPTY_PAGE, "sha1=79e65d5e06e173bb483d7f7824bf54a39a7509c6"),
              CHANNEL_INVALID);
    CHECK_I64(verdict(EMPTY_PAGE, "sha256=79e6"), CHANNEL_INVALID);
    CHECK_I64(verdict(EMPTY_PAGE, "sha256="), CHANNEL_INVALID);
}

TEST(without_an_app_secret_nothing_is_valid)
{
    struct channel_config config = config_of("{}", "{'app_secret':''}");
    /* HMAC-SHA256 of the empty text with the empty key: what a forger would try. */
    struct str forged =
        STR("sha256=b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");

    CHECK_I64(whatsapp_verify(&config, STR(""), forged), CHANNEL_INVALID);
}

TEST(bytes_that_are_no_text_are_invalid_and_harmless)
{
    CHECK_I64(verdict("{\"t\":\"\xC3\x28\xFF\"}", RAW_MAC), CHANNEL_INVALID);
}

TEST(the_challenge_is_answered_to_who_knows_the_token)
{
    struct str answer = { 0 };

    CHECK_OK(
        whatsapp_challenge(STR("subscribe"), STR("ours"), STR("ours"), STR("1158201444"), &answer));
    CHECK_STR(answer, "1158201444");
}

TEST(the_challenge_is_refused_to_everybody_else)
{
    struct str answer = { 0 };

    CHECK_FAIL(whatsapp_challenge(STR("subscribe"), STR("theirs"), STR("ours"), STR("1"), &answer),
               ERR_FORBIDDEN, "verify_token_wrong");
    CHECK_FAIL(whatsapp_challenge(STR("unsubscribe"), STR("ours"), STR("ours"), STR("1"), &answer),
               ERR_FORBIDDEN, "verify_token_wrong");
    CHECK_FAIL(whatsapp_challenge(STR("subscribe"), STR(""), STR(""), STR("1"), &answer),
               ERR_FORBIDDEN, "verify_token_wrong");
    CHECK(answer.p == NULL);
}

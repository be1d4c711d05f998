#include "channels/testing/fixture.h"
#include "channels/whatsapp_private.h"

/* Every code that the provider documents, and what we do about it. */
static const struct {
    int64_t code;
    const char *slug;
    enum channel_retry retry;
} documented[] = {
    { 0, "token_invalid", CHANNEL_STOP },
    { 190, "token_invalid", CHANNEL_STOP },
    { 200, "token_invalid", CHANNEL_STOP },
    { 3, "permission_missing", CHANNEL_STOP },
    { 10, "permission_missing", CHANNEL_STOP },
    { 201, "permission_missing", CHANNEL_STOP },
    { 299, "permission_missing", CHANNEL_STOP },
    { 131005, "permission_missing", CHANNEL_STOP },
    { 33, "number_unknown", CHANNEL_STOP },
    { 100, "parameter_invalid", CHANNEL_NO_RETRY },
    { 131008, "parameter_invalid", CHANNEL_NO_RETRY },
    { 131009, "parameter_invalid", CHANNEL_NO_RETRY },
    { 135000, "parameter_invalid", CHANNEL_NO_RETRY },
    { 1, "provider_error", CHANNEL_RETRY },
    { 131000, "provider_error", CHANNEL_RETRY },
    { 2, "provider_busy", CHANNEL_RETRY },
    { 131016, "provider_busy", CHANNEL_RETRY },
    { 133004, "provider_busy", CHANNEL_RETRY },
    { 4, "calls_limited", CHANNEL_RETRY_CHANNEL },
    { 80007, "calls_limited", CHANNEL_RETRY_CHANNEL },
    { 130429, "throughput_limited", CHANNEL_RETRY_CHANNEL },
    { 131056, "pair_limited", CHANNEL_RETRY },
    { 131048, "spam_restricted", CHANNEL_NO_RETRY },
    { 131064, "template_misclassified", CHANNEL_NO_RETRY },
    { 131047, "window_closed", CHANNEL_NO_RETRY },
    { 131026, "undeliverable", CHANNEL_NO_RETRY },
    { 131049, "marketing_limited", CHANNEL_NO_RETRY },
    { 131050, "marketing_stopped", CHANNEL_NO_RETRY },
    { 130472, "experiment_group", CHANNEL_NO_RETRY },
    { 130403, "customer_blocked", CHANNEL_NO_RETRY },
    { 131021, "recipient_is_sender", CHANNEL_NO_RETRY },
    { 131051, "kind_unsupported", CHANNEL_NO_RETRY },
    { 131052, "media_unavailable", CHANNEL_NO_RETRY },
    { 131053, "media_refused", CHANNEL_NO_RETRY },
    { 131037, "number_unregistered", CHANNEL_STOP },
    { 131045, "number_unregistered", CHANNEL_STOP },
    { 133010, "number_unregistered", CHANNEL_STOP },
    { 131042, "billing_problem", CHANNEL_STOP },
    { 131057, "number_maintenance", CHANNEL_RETRY_CHANNEL },
    { 2494100, "number_maintenance", CHANNEL_RETRY_CHANNEL },
    { 131062, "phone_needed", CHANNEL_NO_RETRY },
    { 131063, "marketing_refused", CHANNEL_NO_RETRY },
    { 131055, "marketing_refused", CHANNEL_NO_RETRY },
    { 134100, "marketing_refused", CHANNEL_NO_RETRY },
    { 134199, "marketing_refused", CHANNEL_NO_RETRY },
    { 132000, "template_parameters", CHANNEL_NO_RETRY },
    { 132001, "template_unknown", CHANNEL_NO_RETRY },
    { 132005, "template_too_long", CHANNEL_NO_RETRY },
    { 132007, "template_policy", CHANNEL_NO_RETRY },
    { 132012, "template_parameters", CHANNEL_NO_RETRY },
    { 132015, "template_paused", CHANNEL_NO_RETRY },
    { 132016, "template_disabled", CHANNEL_NO_RETRY },
    { 132018, "template_parameters", CHANNEL_NO_RETRY },
    { 132068, "flow_blocked", CHANNEL_NO_RETRY },
    { 132069, "flow_throttled", CHANNEL_RETRY },
    { 368, "account_restricted", CHANNEL_STOP },
    { 131031, "account_restricted", CHANNEL_STOP },
    { 130497, "account_restricted", CHANNEL_STOP },
    { 133000, "number_unregistered", CHANNEL_STOP },
    { 133016, "number_unregistered", CHANNEL_STOP },
    { 134011, "payment_terms", CHANNEL_NO_RETRY },
    { 2388019, "template_refused", CHANNEL_NO_RETRY },
    { 2388040, "template_refused", CHANNEL_NO_RETRY },
    { 2388293, "template_refused", CHANNEL_NO_RETRY },
    { 2388299, "template_refused", CHANNEL_NO_RETRY },
};

TEST(every_documented_code_says_what_it_is_and_what_follows)
{
    for (size_t i = 0; i < sizeof(documented) / sizeof(documented[0]); i++) {
        const struct whatsapp_error *error = whatsapp_error_of(documented[i].code);

        CHECK_WORD(error->slug, documented[i].slug);
        CHECK_I64(error->retry, documented[i].retry);
    }
}

TEST(an_unknown_code_is_refused_and_not_repeated)
{
    static const int64_t codes[] = { -1, 5, 34, 300, 132999, 134200, 2389000, INT64_MAX };

    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        CHECK_WORD(whatsapp_error_of(codes[i])->slug, "provider_refused");
        CHECK_I64(whatsapp_error_of(codes[i])->retry, CHANNEL_NO_RETRY);
    }
}

TEST(the_pair_limit_waits_four_times_longer_each_time)
{
    static const int64_t pauses[] = { 1, 4, 16, 64, 256, 1024, 3600, 3600 };
    const struct whatsapp_error *pair = whatsapp_error_of(131056);

    for (int attempt = 0; attempt < 8; attempt++)
        CHECK_I64(whatsapp_error_pause_s(pair, attempt), pauses[attempt]);
    CHECK_I64(whatsapp_error_pause_s(pair, 1000), 3600);
}

TEST(throughput_waits_twice_as_long_each_time_and_call_limits_for_minutes)
{
    CHECK_I64(whatsapp_error_pause_s(whatsapp_error_of(130429), 0), 1);
    CHECK_I64(whatsapp_error_pause_s(whatsapp_error_of(130429), 3), 8);
    CHECK_I64(whatsapp_error_pause_s(whatsapp_error_of(4), 0), 60);
    CHECK_I64(whatsapp_error_pause_s(whatsapp_error_of(80007), 2), 240);
}

TEST(without_a_pause_of_its_own_the_caller_chooses)
{
    CHECK_I64(whatsapp_error_pause_s(whatsapp_error_of(131000), 5), 0);
    CHECK_I64(whatsapp_error_pause_s(whatsapp_error_of(131057), 5), 120);
}

TEST(codes_carry_the_channels_prefix)
{
    CHECK_STR(whatsapp_error_code(test_arena(), 131047), "WA-131047");
}

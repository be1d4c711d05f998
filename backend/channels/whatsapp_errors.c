/*
 * The provider's error codes: what each means to us and what to do next. Decided
 * by the code alone, as the provider asks; texts and HTTP statuses change.
 *
 * The first row that holds a code wins, so single codes stand before the ranges
 * around them.
 */
#include "whatsapp_private.h"

#define ONE(code) (code), (code)
#define MINUTE 60

static const struct whatsapp_error errors[] = {
    /* the token, the account, the number: broken until somebody mends it */
    { ONE(0), "token_invalid", CHANNEL_STOP, 0, 0 },
    { ONE(190), "token_invalid", CHANNEL_STOP, 0, 0 },
    { ONE(200), "token_invalid", CHANNEL_STOP, 0, 0 },
    { ONE(3), "permission_missing", CHANNEL_STOP, 0, 0 },
    { ONE(10), "permission_missing", CHANNEL_STOP, 0, 0 },
    { 201, 299, "permission_missing", CHANNEL_STOP, 0, 0 },
    { ONE(131005), "permission_missing", CHANNEL_STOP, 0, 0 },
    { ONE(33), "number_unknown", CHANNEL_STOP, 0, 0 },
    { ONE(368), "account_restricted", CHANNEL_STOP, 0, 0 },
    { ONE(131031), "account_restricted", CHANNEL_STOP, 0, 0 },
    { ONE(130497), "account_restricted", CHANNEL_STOP, 0, 0 },
    { ONE(131042), "billing_problem", CHANNEL_STOP, 0, 0 },
    { ONE(131037), "number_unregistered", CHANNEL_STOP, 0, 0 },
    { ONE(131045), "number_unregistered", CHANNEL_STOP, 0, 0 },
    { ONE(133004), "provider_busy", CHANNEL_RETRY, 0, 0 },
    { 133000, 133016, "number_unregistered", CHANNEL_STOP, 0, 0 },

    /* the provider is unwell */
    { ONE(1), "provider_error", CHANNEL_RETRY, 0, 0 },
    { ONE(131000), "provider_error", CHANNEL_RETRY, 0, 0 },
    { ONE(2), "provider_busy", CHANNEL_RETRY, 0, 0 },
    { ONE(131016), "provider_busy", CHANNEL_RETRY, 0, 0 },
    { ONE(131057), "number_maintenance", CHANNEL_RETRY_CHANNEL, 2 * MINUTE, 0 },
    { ONE(2494100), "number_maintenance", CHANNEL_RETRY_CHANNEL, 2 * MINUTE, 0 },

    /* too much at once: calls of the app, messages of the number, messages to one person */
    { ONE(4), "calls_limited", CHANNEL_RETRY_CHANNEL, MINUTE, 2 },
    { ONE(80007), "calls_limited", CHANNEL_RETRY_CHANNEL, MINUTE, 2 },
    { ONE(130429), "throughput_limited", CHANNEL_RETRY_CHANNEL, 1, 2 },
    { ONE(131056), "pair_limited", CHANNEL_RETRY, 1, 4 },

    /* restrictions that a retry would only deepen */
    { ONE(131048), "spam_restricted", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(131064), "template_misclassified", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(131049), "marketing_limited", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(131050), "marketing_stopped", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(130472), "experiment_group", CHANNEL_NO_RETRY, 0, 0 },

    /* this message, to this person, will never go */
    { ONE(131047), "window_closed", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(131026), "undeliverable", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(130403), "customer_blocked", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(131021), "recipient_is_sender", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(131062), "phone_needed", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(100), "parameter_invalid", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(131008), "parameter_invalid", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(131009), "parameter_invalid", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(135000), "parameter_invalid", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(131051), "kind_unsupported", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(131052), "media_unavailable", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(131053), "media_refused", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(131055), "marketing_refused", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(131063), "marketing_refused", CHANNEL_NO_RETRY, 0, 0 },
    { 134100, 134199, "marketing_refused", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(134011), "payment_terms", CHANNEL_NO_RETRY, 0, 0 },

    /* templates and flows */
    { ONE(132000), "template_parameters", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(132012), "template_parameters", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(132018), "template_parameters", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(132001), "template_unknown", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(132005), "template_too_long", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(132007), "template_policy", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(132015), "template_paused", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(132016), "template_disabled", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(132068), "flow_blocked", CHANNEL_NO_RETRY, 0, 0 },
    { ONE(132069), "flow_throttled", CHANNEL_RETRY, 10 * MINUTE, 2 },
    { 2388000, 2388999, "template_refused", CHANNEL_NO_RETRY, 0, 0 },
};

static const struct whatsapp_error unknown = { INT64_MIN,        INT64_MAX, "provider_refused",
                                               CHANNEL_NO_RETRY, 0,         0 };

const struct whatsapp_error *
whatsapp_error_of(int64_t code)
{
    for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++) {
        if (errors[i].first <= code && code <= errors[i].last)
            return &errors[i];
    }
    return &unknown;
}

struct str
whatsapp_error_code(struct arena *a, int64_t code)
{
    return str_fmt(a, "WA-%lld", (long long)code);
}

int64_t
whatsapp_error_pause_s(const struct whatsapp_error *error, int attempt)
{
    /* Longer than an hour nobody waits for an answer in a conversation. */
    enum { LONGEST_S = 3600 };
    int64_t pause_s = error->after_s;

    if (error->growth < 2)
        return pause_s;
    for (int i = 0; i < attempt && pause_s < LONGEST_S; i++)
        pause_s *= error->growth;
    return pause_s < LONGEST_S ? pause_s : LONGEST_S;
}

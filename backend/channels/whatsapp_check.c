/*
 * The connection test: are the settings complete, does the token open the number,
 * does the account deliver to an app. Each line is known before the next is asked.
 */
#include "whatsapp_private.h"

enum { START, NUMBER, SUBSCRIPTION };

static struct channel_test_step *
say(struct channel_test_step *steps, int *n, const char *name, int64_t took_ms)
{
    struct channel_test_step *step = &steps[(*n)++];

    *step = (struct channel_test_step){ .name = name, .is_ok = true, .took_ms = took_ms };
    return step;
}

static void
start(struct arena *a, const struct channel_config *config, struct channel_progress *progress,
      struct channel_test_step *steps, int *n)
{
    struct channel_test_step *step = say(steps, n, "settings_complete", 0);
    struct str number = json_get_text(config->settings, "phone_number_id");

    if (!whatsapp_can_call(config) || json_get_text(config->secrets, "app_secret").len == 0) {
        step->is_ok = false;
        step->slug = "settings_incomplete";
        whatsapp_refuse(progress, step->slug, CHANNEL_STOP);
        return;
    }
    progress->call = whatsapp_call(
        a, config, "GET",
        str_fmt(a, "%.*s?fields=verified_name,display_phone_number,quality_rating,status",
                STR_ARG(number)));
    progress->step = NUMBER;
}

/* "Loja da Ana +55 11 3000-0000" */
static struct str
describe(struct arena *a, const struct json *number)
{
    struct str name = json_get_text(number, "verified_name");
    struct str phone = json_get_text(number, "display_phone_number");

    return str_trim(str_fmt(a, "%.*s %.*s", STR_ARG(name), STR_ARG(phone)));
}

static bool
is_about_token(const char *slug)
{
    return strcmp(slug, "token_invalid") == 0;
}

/* Nobody answered, or nobody we know: neither good nor bad for the token. */
static bool
is_about_network(const struct channel_progress *progress)
{
    return progress->error_code.len == 0 && !is_about_token(progress->slug);
}

static void
number_failed(const struct channel_progress *progress, int64_t took_ms,
              struct channel_test_step *steps, int *n)
{
    struct channel_test_step *step = say(steps, n, "token_valid", took_ms);

    if (!is_about_token(progress->slug) && !is_about_network(progress))
        step = say(steps, n, "number_found", took_ms);
    step->is_ok = false;
    /* The provider says "parameter invalid" of a number that the token does not open. */
    step->slug =
        strcmp(progress->slug, "parameter_invalid") == 0 ? "number_unknown" : progress->slug;
    step->detail = progress->error_code;
}

static void
after_number(struct arena *a, const struct channel_config *config,
             const struct httpc_answer *answer, struct channel_progress *progress,
             struct channel_test_step *steps, int *n)
{
    struct str account = json_get_text(config->settings, "waba_id");
    const struct json *number;

    if (!whatsapp_succeeded(a, answer, &number) || number == NULL) {
        whatsapp_fail(a, answer, WHATSAPP_HARMLESS, 0, progress);
        number_failed(progress, answer->took_ms, steps, n);
        progress->slug = steps[*n - 1].slug;
        return;
    }
    say(steps, n, "token_valid", answer->took_ms);
    say(steps, n, "number_found", answer->took_ms)->detail = describe(a, number);
    if (!whatsapp_is_plain_id(account)) {
        whatsapp_succeed(progress); /* no account, nothing more to ask */
        return;
    }
    progress->call =
        whatsapp_call(a, config, "GET", str_fmt(a, "%.*s/subscribed_apps", STR_ARG(account)));
    progress->step = SUBSCRIPTION;
}

static void
after_subscription(struct arena *a, const struct httpc_answer *answer,
                   struct channel_progress *progress, struct channel_test_step *steps, int *n)
{
    struct channel_test_step *step = say(steps, n, "webhook_subscribed", answer->took_ms);
    const struct json *body;

    if (!whatsapp_succeeded(a, answer, &body)) {
        whatsapp_fail(a, answer, WHATSAPP_HARMLESS, 0, progress);
        step->is_ok = false;
        step->slug =
            strcmp(progress->slug, "parameter_invalid") == 0 ? "account_unknown" : progress->slug;
        step->detail = progress->error_code;
        progress->slug = step->slug;
    } else if (json_len(json_get(body, "data")) == 0) {
        step->is_ok = false;
        step->slug = "webhook_not_subscribed";
        whatsapp_refuse(progress, step->slug, CHANNEL_STOP);
    } else {
        whatsapp_succeed(progress);
    }
}

void
whatsapp_check(struct arena *a, const struct channel_config *config,
               const struct httpc_answer *answer, struct channel_progress *progress,
               struct channel_test_step *steps, int *n)
{
    switch (progress->step) {
    case START: start(a, config, progress, steps, n); break;
    case NUMBER: after_number(a, config, answer, progress, steps, n); break;
    case SUBSCRIPTION: after_subscription(a, answer, progress, steps, n); break;
    default: BUG("step=%d", progress->step);
    }
}

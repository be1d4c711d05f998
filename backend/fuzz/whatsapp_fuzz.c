/*
 * Whatever reaches the hook or comes back as an answer: bodies are verified and
 * parsed, answers drive sending, fetching and the connection test to their end.
 * What was promised is checked on the way.
 */
#include "channels/drivers.h"

#include <stdio.h>
#include <stdlib.h>

#define PROMISE(condition)                                                                         \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "broken: %s\n", #condition);                                           \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct channel_config
config_in(struct arena *a)
{
    struct channel_config config = { .channel_id = 2 };

    PROMISE(json_parse(a,
                       STR("{\"base_url\":\"http://127.0.0.1:8090/graph\",\"api_version\":"
                           "\"v23.0\",\"phone_number_id\":\"10654\",\"waba_id\":\"10229\"}"),
                       &config.settings)
                .code == ERR_NONE);
    PROMISE(json_parse(a, STR("{\"access_token\":\"EAAG\",\"app_secret\":\"app-secret-1\"}"),
                       &config.secrets)
                .code == ERR_NONE);
    return config;
}

static void
check_text(struct str s)
{
    PROMISE(s.len == 0 || str_is_utf8(s));
}

static void
check_event(struct arena *a, const struct channel_event *e)
{
    PROMISE(e->kind <= CHANNEL_TROUBLE);
    PROMISE(e->who_count >= 0 && e->who_count <= 3);
    PROMISE(e->media_count >= 0 && e->media_count <= 4);
    PROMISE(e->kind == CHANNEL_TROUBLE || e->kind == CHANNEL_TEMPLATES ||
            e->kind == CHANNEL_STATUS || e->who_count > 0);
    PROMISE(e->kind != CHANNEL_MESSAGE || (e->message_kind != NULL && e->text.p != NULL));
    PROMISE(e->kind != CHANNEL_STATUS || e->state != NULL);
    PROMISE(e->kind != CHANNEL_TROUBLE || e->error_slug != NULL);
    PROMISE(e->kind != CHANNEL_ADDRESS_CHANGE || e->who_count == 2);
    PROMISE(e->state == NULL || strcmp(e->state, "failed") != 0 || e->error_slug != NULL);
    check_text(e->text);
    check_text(e->who_name);
    check_text(e->provider_id);
    check_text(e->quoted);
    check_text(e->target);
    check_text(e->emoji);
    check_text(e->opaque);
    check_text(e->client_key);
    for (int i = 0; i < e->who_count; i++) {
        PROMISE(e->who[i].kind != NULL && e->who[i].address.len > 0);
        check_text(e->who[i].address);
    }
    for (int i = 0; i < e->media_count; i++) {
        PROMISE(e->media[i].kind != NULL && e->media[i].id.len > 0);
        check_text(e->media[i].filename);
    }
    if (e->detail.len > 0) {
        const struct json *detail = NULL;

        PROMISE(json_parse(a, e->detail, &detail).code == ERR_NONE);
        PROMISE(json_kind(detail) == JSON_OBJECT);
    }
}

static void
parse(struct arena *a, const struct channel_driver *driver, struct str body)
{
    struct channel_config config = config_in(a);
    struct channel_events events = { 0 }, again = { 0 };
    struct err e = driver->parse(a, &config, body, &events);

    if (e.code != ERR_NONE) {
        PROMISE(strncmp(e.slug, "unreadable_", 11) == 0);
        return;
    }
    PROMISE(events.n <= 1000);
    for (size_t i = 0; i < events.n; i++)
        check_event(a, &events.v[i]);
    PROMISE(driver->parse(a, &config, body, &again).code == ERR_NONE);
    PROMISE(again.n == events.n);
}

static void
verify(struct arena *a, struct str body, struct str rest)
{
    struct channel_config config = config_in(a);

    PROMISE(whatsapp_cloud_driver.verify(&config, body, STR("")) == CHANNEL_MISSING);
    /* Nobody guesses a key: whatever was found here would be a forgery. */
    PROMISE(whatsapp_cloud_driver.verify(&config, body, rest) != CHANNEL_VALID);
    whatsapp_cloud_driver.verify(
        &config, body,
        STR("sha256=ec75615c322580436819a4826d61ae87e345de46b75fb01cd56ad29aad36dc30"));
}

static void
check_done(const struct channel_progress *progress)
{
    PROMISE(progress->is_ok || progress->slug != NULL);
    PROMISE(!progress->is_ok || progress->state != NULL);
    PROMISE(progress->after_s >= 0);
    check_text(progress->provider_id);
    check_text(progress->mime);
}

/* Every call of a conversation gets the same answer; none may go on for ever. */
enum { CALLS_MAX = 8 };

static void
send(struct arena *a, const struct httpc_answer *answer)
{
    struct channel_config config = config_in(a);
    struct channel_outgoing message = { .to = { "phone", STR("5511988887777") },
                                        .kind = "document",
                                        .file = "/media/7",
                                        .mime = STR("application/pdf") };
    struct channel_progress progress = { 0 };
    int calls = 0;

    whatsapp_cloud_driver.send(a, &config, &message, NULL, &progress);
    while (!progress.is_done) {
        PROMISE(++calls < CALLS_MAX);
        whatsapp_cloud_driver.send(a, &config, &message, answer, &progress);
    }
    check_done(&progress);
}

static void
fetch(struct arena *a, const struct httpc_answer *answer)
{
    struct channel_config config = config_in(a);
    struct channel_progress progress = { 0 };
    int calls = 0;

    whatsapp_cloud_driver.fetch_media(a, &config, STR("1003"), "/media/new", NULL, &progress);
    while (!progress.is_done) {
        PROMISE(++calls < CALLS_MAX);
        PROMISE(str_starts(progress.call.url, STR("http://127.0.0.1:8090")) ||
                str_starts(progress.call.url, STR("https://")));
        whatsapp_cloud_driver.fetch_media(a, &config, STR("1003"), "/media/new", answer, &progress);
    }
    check_done(&progress);
}

static void
test(struct arena *a, const struct httpc_answer *answer)
{
    struct channel_config config = config_in(a);
    struct channel_test_step steps[8];
    struct channel_progress progress = { 0 };
    int calls = 0, n = 0;

    whatsapp_cloud_driver.test(a, &config, NULL, &progress, steps, &n);
    while (!progress.is_done) {
        PROMISE(++calls < CALLS_MAX);
        whatsapp_cloud_driver.test(a, &config, answer, &progress, steps, &n);
    }
    PROMISE(n >= 1 && n <= 8);
    for (int i = 0; i < n; i++)
        PROMISE(steps[i].is_ok || steps[i].slug != NULL);
    check_done(&progress);
}

/* First byte: which door, and with it the status of answers. The rest: what comes through it. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int statuses[] = { 200, 400, 401, 404, 429, 500, 503, 302 };
    struct httpc_answer answer = { 0 };
    struct str text;
    struct arena *a;

    if (size == 0)
        return 0;
    a = arena_new(64 * 1024);
    text = (struct str){ (const char *)data + 1, size - 1 };
    answer.status = statuses[data[0] >> 3 & 7];
    answer.body = text;
    switch (data[0] & 7) {
    case 0: parse(a, &whatsapp_cloud_driver, text); break;
    case 1: parse(a, &webchat_driver, text); break;
    case 2: verify(a, text, text); break;
    case 3: send(a, &answer); break;
    case 4: fetch(a, &answer); break;
    case 5: test(a, &answer); break;
    default: parse(a, &whatsapp_cloud_driver, text); break;
    }
    arena_free(a);
    return 0;
}

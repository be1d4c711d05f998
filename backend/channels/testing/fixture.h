/*
 * What the drivers' tests share: JSON that can be read inside C, a channel that
 * is set up, an event parsed, a step of a conversation answered.
 */
#ifndef CHANNELS_TESTING_FIXTURE_H
#define CHANNELS_TESTING_FIXTURE_H

#include "base/testing/testing.h"
#include "channels/drivers.h"

/* 'single quotes' for "double ones". */
static inline struct str
quoted(const char *text)
{
    struct buf b = { .arena = test_arena() };

    for (; *text != '\0'; text++)
        buf_char(&b, *text == '\'' ? '"' : *text);
    return buf_str(&b);
}

static inline const struct json *
json_of(struct str text)
{
    const struct json *v = NULL;

    CHECK_OK(json_parse(test_arena(), text, &v));
    return v;
}

/* Two JSON texts mean the same, whatever the order of their members. */
static inline bool same_json(const struct json *a, const struct json *b);

static inline void
compare_member(struct str key, const struct json *v, void *arg)
{
    const struct json **other = arg;

    if (*other != NULL && !same_json(v, json_get(*other, str_cstr(test_arena(), key))))
        *other = NULL;
}

static inline void
count_member(struct str key, const struct json *v, void *arg)
{
    (void)key;
    (void)v;
    ++*(int *)arg;
}

static inline bool
same_json(const struct json *a, const struct json *b)
{
    int members_a = 0, members_b = 0;
    const struct json *other = b;

    if (json_kind(a) != json_kind(b))
        return false;
    switch (json_kind(a)) {
    case JSON_OBJECT:
        json_each(a, count_member, &members_a);
        json_each(b, count_member, &members_b);
        json_each(a, compare_member, &other);
        return members_a == members_b && (members_a == 0 || other != NULL);
    case JSON_ARRAY:
        for (size_t i = 0; i < json_len(a); i++) {
            if (!same_json(json_at(a, i), json_at(b, i)))
                return false;
        }
        return json_len(a) == json_len(b);
    default: return str_eq(json_print(test_arena(), a), json_print(test_arena(), b));
    }
}

/* On failure both texts are on the screen. */
#define CHECK_JSON(got, expected)                                                                  \
    do {                                                                                           \
        struct str got_ = (got);                                                                   \
        if (!same_json(json_of(got_), json_of(quoted(expected))))                                  \
            CHECK_STR(got_, str_cstr(test_arena(), quoted(expected)));                             \
    } while (0)

static inline struct channel_config
config_of(const char *settings, const char *secrets)
{
    return (struct channel_config){ .account = { 1 },
                                    .channel_id = 2,
                                    .settings = json_of(quoted(settings)),
                                    .secrets = json_of(quoted(secrets)) };
}

static inline struct channel_config
whatsapp_config(void)
{
    return config_of("{'base_url':'https://graph.example','api_version':'v23.0',"
                     "'phone_number_id':'10654','waba_id':'10229'}",
                     "{'access_token':'EAAG-1','app_secret':'app-secret-1'}");
}

/* The provider's answer. */
static inline struct httpc_answer
answer_of(int status, const char *body)
{
    return (struct httpc_answer){ .status = status,
                                  .body = quoted(body),
                                  .content_type = STR("application/json"),
                                  .took_ms = 12 };
}

/* No answer came. */
static inline struct httpc_answer
no_answer(const char *slug, bool maybe_sent)
{
    return (struct httpc_answer){ .failed = FAIL(ERR_UNAVAILABLE, slug), .maybe_sent = maybe_sent };
}

static inline struct str
header_of(const struct httpc_call *call, const char *name)
{
    for (int i = 0; i < 8 && call->headers[i].name != NULL; i++) {
        if (strcmp(call->headers[i].name, name) == 0)
            return call->headers[i].value;
    }
    return (struct str){ 0 };
}

#define CHECK_WORD(got, expected) CHECK_STR(str_of(got), expected)

#endif

/*
 * Calls of the Graph API: where they go, who may see the token, and what an
 * answer that is no success means.
 */
#include "whatsapp_private.h"

/*
 * Where the provider is, unless a channel says otherwise: a stand-in, a proxy in the
 * house, or a newer version of the API than the one this was written against.
 */
static const struct {
    const char *name, *value;
} usual[] = {
    { "base_url", "https://graph.facebook.com" },
    { "api_version", "v23.0" },
};

static struct str
setting(const struct channel_config *config, const char *name)
{
    struct str value = str_trim(json_get_text(config->settings, name));

    for (size_t i = 0; value.len == 0 && i < sizeof(usual) / sizeof(usual[0]); i++)
        if (strcmp(usual[i].name, name) == 0)
            return str_of(usual[i].value);
    return value;
}

bool
whatsapp_is_plain_id(struct str id)
{
    for (size_t i = 0; i < id.len; i++) {
        char c = id.p[i];

        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
              c == '_' || c == '-'))
            return false;
    }
    return id.len > 0;
}

/* "v23.0" */
static bool
is_version(struct str s)
{
    struct str number = s, major;
    int64_t n;

    if (!str_starts(s, STR("v")))
        return false;
    number.p++;
    number.len--;
    return str_cut(&number, '.', &major) && str_i64(major, &n) && str_i64(number, &n);
}

/* Pasted tokens bring white space along. */
static struct str
token_of(const struct channel_config *config)
{
    return str_trim(json_get_text(config->secrets, "access_token"));
}

/* Printable, in one piece: nothing that could begin another header. */
static bool
is_token(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] <= ' ' || s.p[i] > '~')
            return false;
    }
    return s.len > 0;
}

bool
whatsapp_can_call(const struct channel_config *config)
{
    return setting(config, "base_url").len > 0 && is_version(setting(config, "api_version")) &&
           whatsapp_is_plain_id(setting(config, "phone_number_id")) && is_token(token_of(config));
}

struct httpc_call
whatsapp_call(struct arena *a, const struct channel_config *config, const char *method,
              struct str path)
{
    struct str base = setting(config, "base_url");
    struct str version = setting(config, "api_version");
    struct httpc_call call = { .method = method };

    while (str_ends(base, STR("/")))
        base.len--;
    call.url = str_fmt(a, "%.*s/%.*s/%.*s", STR_ARG(base), STR_ARG(version), STR_ARG(path));
    call.headers[0].name = "Authorization";
    call.headers[0].value = str_fmt(a, "Bearer %.*s", STR_ARG(token_of(config)));
    return call;
}

/* "https://graph.facebook.com:443/x" → up to the path. */
static struct str
origin_of(struct str url)
{
    static const struct str mark = { "://", 3 };

    for (size_t i = 0; i + mark.len <= url.len; i++) {
        if (memcmp(url.p + i, mark.p, mark.len) != 0)
            continue;
        for (i += mark.len; i < url.len && strchr("/?#\\", url.p[i]) == NULL;)
            i++;
        return (struct str){ url.p, i };
    }
    return (struct str){ NULL, 0 };
}

/* Without "user@", port or anything that another parser of addresses could read differently. */
static bool
is_plain_host(struct str host)
{
    for (size_t i = 0; i < host.len; i++) {
        if (host.p[i] != '.' && !whatsapp_is_plain_id((struct str){ host.p + i, 1 }))
            return false;
    }
    return host.len > 0;
}

static bool
is_host_of_meta(struct str host)
{
    static const struct str domains[] = {
        { "facebook.com", 12 }, { "fbcdn.net", 9 }, { "fbsbx.com", 9 }, { "whatsapp.net", 12 }
    };

    for (size_t i = 0; i < sizeof(domains) / sizeof(domains[0]); i++) {
        struct str tail = domains[i];

        if (str_eq_nocase(host, tail))
            return true;
        if (host.len > tail.len && host.p[host.len - tail.len - 1] == '.' &&
            str_eq_nocase((struct str){ host.p + host.len - tail.len, tail.len }, tail))
            return true;
    }
    return false;
}

bool
whatsapp_may_see_token(const struct channel_config *config, struct str url)
{
    struct str origin = origin_of(url), host = origin;

    if (origin.len == 0)
        return false;
    /* A stand-in or a proxy gives addresses of its own, plain http in a laboratory. */
    if (str_eq_nocase(origin, origin_of(setting(config, "base_url"))))
        return true;
    if (!str_starts(origin, STR("https://")))
        return false;
    host.p += sizeof("https://") - 1;
    host.len -= sizeof("https://") - 1;
    return is_plain_host(host) && is_host_of_meta(host);
}

bool
whatsapp_succeeded(struct arena *a, const struct httpc_answer *answer, const struct json **body)
{
    *body = NULL;
    if (answer->failed.code != ERR_NONE || answer->status < 200 || answer->status > 299)
        return false;
    if (json_parse(a, answer->body, body).code != ERR_NONE)
        *body = NULL;
    return true;
}

void
whatsapp_refuse(struct channel_progress *progress, const char *slug, enum channel_retry retry)
{
    progress->is_done = true;
    progress->is_ok = false;
    progress->slug = slug;
    progress->retry = retry;
}

void
whatsapp_succeed(struct channel_progress *progress)
{
    progress->is_done = true;
    progress->is_ok = true;
    progress->state = "accepted";
}

/* It may have happened, and we cannot know. */
static void
lose_sight(struct channel_progress *progress, const char *slug, enum whatsapp_effect effect)
{
    whatsapp_refuse(progress, slug, effect == WHATSAPP_ONCE ? CHANNEL_NO_RETRY : CHANNEL_RETRY);
    progress->outcome_unknown = effect == WHATSAPP_ONCE;
}

static void
fail_without_answer(const struct httpc_answer *answer, enum whatsapp_effect effect,
                    struct channel_progress *progress)
{
    const char *slug = answer->failed.slug == NULL ? "unreachable" : answer->failed.slug;

    /* Our own settings make no call that could leave the house. */
    if (answer->failed.code == ERR_INVALID)
        whatsapp_refuse(progress, slug, CHANNEL_STOP);
    else if (answer->maybe_sent)
        lose_sight(progress, slug, effect);
    else
        whatsapp_refuse(progress, slug, CHANNEL_RETRY);
}

static void
fail_with_code(struct arena *a, const struct httpc_answer *answer, const struct json *error,
               int64_t code, int attempt, struct channel_progress *progress)
{
    const struct whatsapp_error *known = whatsapp_error_of(code);
    bool passes = json_true(json_get(error, "is_transient")) || answer->status >= 500;

    /* Of a code that is not in our table the provider may still say that it passes. */
    whatsapp_refuse(progress, known->slug,
                    known->first == INT64_MIN && passes ? CHANNEL_RETRY : known->retry);
    progress->error_code = whatsapp_error_code(a, code);
    progress->after_s = whatsapp_error_pause_s(known, attempt);
}

/* No word of the provider itself: a gateway before it, or something else behind base_url. */
static void
fail_with_status(int status, enum whatsapp_effect effect, struct channel_progress *progress)
{
    if (status >= 200 && status <= 299)
        lose_sight(progress, "answer_unreadable", effect);
    else if (status >= 500 || status == 408)
        lose_sight(progress, "provider_busy", effect);
    else if (status == 429)
        whatsapp_refuse(progress, "calls_limited", CHANNEL_RETRY_CHANNEL);
    else if (status == 401)
        whatsapp_refuse(progress, "token_invalid", CHANNEL_STOP);
    else
        whatsapp_refuse(progress, "provider_refused", CHANNEL_NO_RETRY);
}

void
whatsapp_fail(struct arena *a, const struct httpc_answer *answer, enum whatsapp_effect effect,
              int attempt, struct channel_progress *progress)
{
    const struct json *body = NULL, *error;
    int64_t code;

    if (answer->failed.code != ERR_NONE) {
        fail_without_answer(answer, effect, progress);
        return;
    }
    if (json_parse(a, answer->body, &body).code != ERR_NONE)
        body = NULL;
    error = json_get(body, "error");
    if (json_i64(json_get(error, "code"), &code))
        fail_with_code(a, answer, error, code, attempt, progress);
    else
        fail_with_status(answer->status, effect, progress);
    if (answer->retry_after_s > 0)
        progress->after_s = answer->retry_after_s;
}

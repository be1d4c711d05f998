/*
 * What people type into a channel's form. Settings reach URLs and pages, so each is
 * checked for what it will become there.
 */
#include "channels_private.h"

#include "base/crypto.h"

struct checked_settings {
    struct str phone_number_id, waba_id, display_phone_number, api_version, base_url;
    struct str color, greeting, locale;
    struct json_strs origins;
    const struct json *prechat;
};

static const struct json_field settings_fields[] = {
    { "phone_number_id", JSON_STR, false, offsetof(struct checked_settings, phone_number_id), 40 },
    { "waba_id", JSON_STR, false, offsetof(struct checked_settings, waba_id), 40 },
    { "display_phone_number", JSON_STR, false,
      offsetof(struct checked_settings, display_phone_number), 30 },
    { "api_version", JSON_STR, false, offsetof(struct checked_settings, api_version), 10 },
    { "base_url", JSON_STR, false, offsetof(struct checked_settings, base_url), 200 },
    { "color", JSON_STR, false, offsetof(struct checked_settings, color), 7 },
    { "greeting", JSON_STR, false, offsetof(struct checked_settings, greeting), 300 },
    { "locale", JSON_STR, false, offsetof(struct checked_settings, locale), 10 },
    { "origins", JSON_STRS, false, offsetof(struct checked_settings, origins), 20 },
    { "prechat", JSON_ANY, false, offsetof(struct checked_settings, prechat), 0 },
    { 0 },
};

struct secrets_body {
    struct str access_token, app_secret, identity_key;
};

static const struct json_field secrets_fields[] = {
    { "access_token", JSON_STR, false, offsetof(struct secrets_body, access_token), 1000 },
    { "app_secret", JSON_STR, false, offsetof(struct secrets_body, app_secret), 200 },
    { "identity_key", JSON_STR, false, offsetof(struct secrets_body, identity_key), 200 },
    { 0 },
};

struct prechat_field {
    struct str name;
    bool required;
};

static struct err
check_prechat(struct cx *cx, const struct json *prechat)
{
    static const struct json_field fields[] = {
        { "name", JSON_STR, true, offsetof(struct prechat_field, name), 10 },
        { "required", JSON_FLAG, true, offsetof(struct prechat_field, required), 0 },
        { 0 },
    };

    if (prechat == NULL)
        return OK;
    if (json_kind(prechat) != JSON_ARRAY || json_len(prechat) > 3)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", "prechat");
    for (size_t i = 0; i < json_len(prechat); i++) {
        struct prechat_field field = { 0 };

        TRY(json_read(cx->arena, json_at(prechat, i), fields, &field));
        if (!str_eq(field.name, STR("name")) && !str_eq(field.name, STR("email")) &&
            !str_eq(field.name, STR("phone")))
            return FAIL_FIELD(ERR_INVALID, "unknown_value", "prechat");
    }
    return OK;
}

static bool
is_color(struct str s)
{
    uint8_t rgb[3];

    return s.len == 7 && s.p[0] == '#' && crypto_unhex((struct str){ s.p + 1, 6 }, rgb, sizeof rgb);
}

static bool
is_word_of(struct str s, const char *allowed)
{
    for (size_t i = 0; i < s.len; i++)
        if (strchr(allowed, s.p[i]) == NULL || s.p[i] == '\0')
            return false;
    return true;
}

struct err
channels_check_settings(struct cx *cx, const struct json *settings)
{
    struct checked_settings s = { 0 };

    if (settings == NULL)
        return OK;
    TRY(json_read(cx->arena, settings, settings_fields, &s));
    if (!is_word_of(s.phone_number_id, "0123456789"))
        return FAIL_FIELD(ERR_INVALID, "digits_only", "phone_number_id");
    if (!is_word_of(s.waba_id, "0123456789"))
        return FAIL_FIELD(ERR_INVALID, "digits_only", "waba_id");
    if (!is_word_of(s.api_version, "v.0123456789"))
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "api_version");
    if (s.base_url.len > 0) {
        struct err e = httpc_check_url(cx->conf, cx->arena, s.base_url);

        if (e.code != ERR_NONE)
            return FAIL_FIELD(ERR_INVALID, e.slug, "base_url");
    }
    if (s.color.len > 0 && !is_color(s.color))
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "color");
    for (size_t i = 0; i < s.origins.n; i++)
        if (!str_starts(s.origins.v[i], STR("https://")) &&
            !str_starts(s.origins.v[i], STR("http://")))
            return FAIL_FIELD(ERR_INVALID, "origin_invalid", "origins");
    return check_prechat(cx, s.prechat);
}

struct err
channels_check_secrets(struct cx *cx, const struct json *secrets)
{
    struct secrets_body body = { 0 };

    TRY(json_read(cx->arena, secrets, secrets_fields, &body));
    if (body.access_token.p == NULL && body.app_secret.p == NULL && body.identity_key.p == NULL)
        return FAIL(ERR_INVALID, "required");
    return OK;
}

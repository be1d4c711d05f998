#include "auth_private.h"

#include "auth.sql.h"

struct preferences_body {
    struct str locale, theme;
    bool enter_sends, plays_sound;
};

static bool
is_one_of(struct str word, const char *const *words)
{
    for (; *words != NULL; words++)
        if (str_eq(word, str_of(*words)))
            return true;
    return false;
}

static const char *const locales[] = { "pt-BR", "en", NULL };
static const char *const themes[] = { "auto", "light", "dark", NULL };

/* Absent flags stay as they are, so presence is asked of the document itself. */
static struct db_param
flag_param(const struct json *body, const char *key)
{
    return json_get(body, key) == NULL ? P_NULL : P_BOOL(json_true(json_get(body, key)));
}

static struct err
patch_preferences(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "locale", JSON_STR, false, offsetof(struct preferences_body, locale), 10 },
        { "theme", JSON_STR, false, offsetof(struct preferences_body, theme), 10 },
        { "enter_sends", JSON_FLAG, false, offsetof(struct preferences_body, enter_sends), 0 },
        { "plays_sound", JSON_FLAG, false, offsetof(struct preferences_body, plays_sound), 0 },
        { 0 },
    };
    struct preferences_body body = { 0 };
    const struct json *document;
    struct json_out o;

    TRY(req_body(req, fields, &body));
    TRY(json_parse(cx->arena, req->body, &document));
    if (body.locale.p != NULL && !is_one_of(body.locale, locales))
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "locale");
    if (body.theme.p != NULL && !is_one_of(body.theme, themes))
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "theme");
    db_queue(cx, &SQL_preferences_save, P_I64(cx->session_id), P_STR(body.locale),
             P_STR(body.theme), flag_param(document, "enter_sends"),
             flag_param(document, "plays_sound"));
    o = res_json_begin(res, 200);
    TRY(auth_write_me(cx, &o));
    return res_json_end(res);
}

const struct route auth_routes[] = {
    { PATCH, "/api/v1/session/preferences", NULL, TX_WRITE, patch_preferences, ACCESS_SESSION,
      BODY_JSON },
    { 0 },
};

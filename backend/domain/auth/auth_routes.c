#include "auth_private.h"

#include "auth.sql.h"

struct preferences_body {
    struct str locale, theme, density;
    struct json_strs keys;
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
static const char *const densities[] = { "comfortable", "compact", NULL };

enum { SHORTCUTS_MAX = 60, SHORTCUT_NAME_MAX = 30, SHORTCUT_KEYS_MAX = 20 };

/*
 * "reply=q": the name of a shortcut and its keys, as the browser names them. Which shortcuts there are, and which
 * keys a keyboard can give, is the browser's to know; here they are short, printable and each named once.
 */
static bool
is_shortcut(struct str line, struct str *name)
{
    struct str keys = line;

    if (!str_cut(&keys, '=', name) || name->len == 0 || name->len > SHORTCUT_NAME_MAX ||
        keys.len == 0 || keys.len > SHORTCUT_KEYS_MAX)
        return false;
    for (size_t i = 0; i < name->len; i++)
        if ((name->p[i] < 'a' || name->p[i] > 'z') && name->p[i] != '_')
            return false;
    for (size_t i = 0; i < keys.len; i++)
        if ((unsigned char)keys.p[i] < ' ' || keys.p[i] == 0x7f)
            return false;
    return true;
}

static struct err
check_keys(struct json_strs keys)
{
    struct str names[SHORTCUTS_MAX];

    for (size_t i = 0; i < keys.n; i++) {
        if (!is_shortcut(keys.v[i], &names[i]))
            return FAIL_FIELD(ERR_INVALID, "unknown_value", "keys");
        for (size_t before = 0; before < i; before++)
            if (str_eq(names[before], names[i]))
                return FAIL_FIELD(ERR_INVALID, "unknown_value", "keys");
    }
    return OK;
}

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
        { "density", JSON_STR, false, offsetof(struct preferences_body, density), 20 },
        { "keys", JSON_STRS, false, offsetof(struct preferences_body, keys), SHORTCUTS_MAX },
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
    if (body.density.p != NULL && !is_one_of(body.density, densities))
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "density");
    TRY(check_keys(body.keys));
    db_queue(cx, &SQL_preferences_save, P_I64(cx->session_id), P_STR(body.locale),
             P_STR(body.theme), flag_param(document, "enter_sends"),
             flag_param(document, "plays_sound"), P_STR(body.density),
             json_get(document, "keys") == NULL ? P_NULL
                                                : db_p_strs(cx->arena, body.keys.v, body.keys.n));
    o = res_json_begin(res, 200);
    TRY(auth_write_me(cx, &o));
    return res_json_end(res);
}

const struct route auth_routes[] = {
    { PATCH, "/api/v1/session/preferences", NULL, TX_WRITE, patch_preferences, ACCESS_SESSION,
      BODY_JSON },
    { 0 },
};

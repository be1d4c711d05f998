#include "settings.h"

#include "domain/variables/variables.h"

enum { TEXT_MAX_CHARS = 1000 };

static void
settings_write_json(struct json_out *o, const void *value)
{
    const struct settings *s = value;

    json_open(o, '{');
    json_kv_str(o, "welcome_text", s->welcome_text);
    json_kv_str(o, "closing_text", s->closing_text);
    json_kv_i64(o, "campaign_interval_s", s->campaign_interval_s);
    json_kv_bool(o, "requires_reason", s->requires_reason);
    json_close(o, '}');
}

static struct err
get_settings(struct cx *cx, struct req *req, struct res *res)
{
    struct settings settings;

    (void)req;
    TRY(settings_get(cx, &settings));
    return res_json(res, 200, settings_write_json, &settings);
}

static const struct json_field settings_fields[] = {
    { "campaign_interval_s", JSON_I64, false, offsetof(struct settings, campaign_interval_s), 0 },
    { "closing_text", JSON_STR, false, offsetof(struct settings, closing_text), TEXT_MAX_CHARS },
    { "requires_reason", JSON_FLAG, false, offsetof(struct settings, requires_reason), 0 },
    { "welcome_text", JSON_STR, false, offsetof(struct settings, welcome_text), TEXT_MAX_CHARS },
    { 0 },
};

static struct err
patch_settings(struct cx *cx, struct req *req, struct res *res)
{
    struct settings before, after;

    TRY(settings_lock(cx, &before));
    after = before;
    TRY(req_body(req, settings_fields, &after));
    after.welcome_text = str_trim(after.welcome_text);
    after.closing_text = str_trim(after.closing_text);
    TRY(variables_require(cx, after.welcome_text, "welcome_text"));
    TRY(variables_require(cx, after.closing_text, "closing_text"));
    TRY(settings_save(cx, &before, &after));
    return res_json(res, 200, settings_write_json, &after);
}

const struct route settings_routes[] = {
    { GET, "/api/v1/settings", "settings.view", TX_READ, get_settings, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { PATCH, "/api/v1/settings", "settings.manage", TX_WRITE, patch_settings, ACCESS_MEMBER,
      BODY_JSON, "settings.edited" },
    { 0 },
};

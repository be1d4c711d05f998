#include "channels_private.h"

#include "base/crypto.h"
#include "domain/events/events.h"

#include "channels.sql.h"

const struct channel_driver *
channels_driver(struct str kind)
{
    for (const struct channel_driver *const *d = channel_drivers; *d != NULL; d++)
        if (str_eq(kind, str_of((*d)->kind)))
            return *d;
    return NULL;
}

struct channel
channels_from_row(struct cx *cx, const struct db_row *row)
{
    return (struct channel){
        .id = { db_i64(row, 0) },
        .driver = channels_driver(db_str(row, 1)),
        .name = db_str(row, 2),
        .department = { db_i64(row, 3) },
        .is_active = db_bool(row, 4),
        .hook_token = db_str(row, 5),
        .public_key = db_str(row, 6),
        .settings = db_str(row, 7),
        .secrets = cx == NULL ? (struct str){ 0 } : db_bytes(cx, row, 8),
        .secrets_set = db_str(row, 9),
        .welcome_text = db_str(row, 10),
        .state = db_str(row, 11),
        .state_reason = db_str(row, 12),
        .created_at_us = db_time(row, 13),
    };
}

struct err
channels_get(struct cx *cx, struct channel_id id, struct channel *out)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_channel_get, &row, P_ID(cx->account), P_ID(id)));
    *out = channels_from_row(cx, &row);
    return OK;
}

struct err
channels_list(struct cx *cx, struct db_rows *rows)
{
    return db_many(cx, &SQL_channel_list, rows, P_ID(cx->account));
}

struct channel
channels_at(const struct db_rows *rows, int index)
{
    struct db_row row = db_row_at(rows, index);

    return channels_from_row(NULL, &row);
}

/* Where a channel's secrets belong: sealed for this row, they open nowhere else. */
static struct str
secrets_place(struct cx *cx, struct channel_id id)
{
    return str_fmt(cx->arena, "channels|secrets|%lld|%lld", (long long)cx->account.v,
                   (long long)id.v);
}

struct err
channels_config(struct cx *cx, const struct channel *channel, struct channel_config *out)
{
    struct str secrets = STR("{}");

    *out = (struct channel_config){ .account = cx->account, .channel_id = channel->id.v };
    if (channel->secrets.len > 0 &&
        !crypto_unseal(cx->arena, secrets_place(cx, channel->id), channel->secrets, &secrets))
        return FAIL(ERR_CONFLICT, "secret_moved");
    TRY(json_parse(cx->arena, channel->settings, &out->settings));
    return json_parse(cx->arena, secrets, &out->secrets);
}

struct merging {
    struct cx *cx;
    struct json_out o;
    const struct json *newer;
    struct str *names;
    size_t n;
};

enum { SECRETS_MAX = 16 };

static void
merge_member(struct merging *m, struct str key, const struct json *value)
{
    if (json_kind(value) != JSON_TEXT || json_text(value).len == 0 || m->n == SECRETS_MAX)
        return;
    json_key(&m->o, str_cstr(m->cx->arena, key));
    json_put_str(&m->o, json_text(value));
    m->names[m->n++] = key;
}

static void
keep_old(struct str key, const struct json *value, void *arg)
{
    struct merging *m = arg;

    if (json_get(m->newer, str_cstr(m->cx->arena, key)) == NULL)
        merge_member(m, key, value);
}

static void
take_new(struct str key, const struct json *value, void *arg)
{
    merge_member(arg, key, value);
}

struct err
channels_set_secrets(struct cx *cx, struct channel *channel, const struct json *newer)
{
    struct buf merged = { .arena = cx->arena };
    struct str names[SECRETS_MAX];
    struct merging m = { .cx = cx, .o = { .buf = &merged }, .newer = newer, .names = names };
    struct channel_config config;
    struct db_row row;

    db_assert_tx(cx);
    TRY(channels_config(cx, channel, &config));
    json_open(&m.o, '{');
    json_each(config.secrets, keep_old, &m);
    json_each(newer, take_new, &m);
    json_close(&m.o, '}');

    TRY(db_one(cx, &SQL_channel_seal, &row, P_ID(cx->account), P_ID(channel->id),
               db_p_bytes(cx->arena,
                          crypto_seal(cx->arena, secrets_place(cx, channel->id), buf_str(&merged))),
               db_p_strs(cx->arena, names, m.n)));
    *channel = channels_from_row(cx, &row);
    return OK;
}

static struct err
entered(struct cx *cx, int64_t account_id, const struct channel *channel)
{
    cx->account.v = account_id;
    cx->log.account_id = account_id;
    return channel->is_active ? OK : FAIL(ERR_NOT_FOUND, "channel_unknown");
}

struct err
channels_enter_by_hook(struct cx *cx, struct str token, struct channel *out)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_channel_by_hook, &found, &row, P_STR(token)));
    if (!found)
        return FAIL(ERR_NOT_FOUND, "channel_unknown");
    *out = channels_from_row(cx, &row);
    out->next_event_id = db_i64(&row, 15);
    return entered(cx, db_i64(&row, 14), out);
}

struct err
channels_enter_by_key(struct cx *cx, struct str key, struct channel *out)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_channel_by_key, &found, &row, P_STR(key)));
    if (!found)
        return FAIL(ERR_NOT_FOUND, "channel_unknown");
    cx->account.v = db_i64(&row, 1);
    TRY(channels_get(cx, (struct channel_id){ db_i64(&row, 0) }, out));
    return entered(cx, cx->account.v, out);
}

struct str
channels_verify_token(struct cx *cx, const struct channel *channel)
{
    return crypto_sign(cx->arena, "verify-token", channel->hook_token);
}

static bool
takes_type(const struct channel_media_rule *rule, struct str mime)
{
    for (const char *const *one = rule->mimes; *one != NULL; one++)
        if (str_eq(mime, str_of(*one)))
            return true;
    return rule->mimes[0] == NULL;
}

struct err
channels_check_file(const struct channel_driver *driver, const struct channel_file *file,
                    const struct channel_media_rule **rule)
{
    for (const struct channel_media_rule *r = driver->media; r->kind != NULL; r++) {
        if (!str_eq(file->kind, str_of(r->kind)) || !takes_type(r, file->mime))
            continue;
        *rule = r;
        return file->size_bytes <= r->max_bytes
                   ? OK
                   : FAIL_FIELD(ERR_TOO_LARGE, "file_too_large", "attachment_id");
    }
    return FAIL_FIELD(ERR_UNSUPPORTED, "file_kind_refused", "attachment_id");
}

static void
write_media(struct json_out *o, const struct channel_media_rule *rule)
{
    json_open(o, '[');
    for (; rule->kind != NULL; rule++) {
        json_open(o, '{');
        json_kv_str(o, "kind", str_of(rule->kind));
        json_key(o, "mimes");
        json_open(o, '[');
        for (const char *const *mime = rule->mimes; *mime != NULL; mime++)
            json_put_str(o, str_of(*mime));
        json_close(o, ']');
        json_kv_i64(o, "max_bytes", rule->max_bytes);
        json_close(o, '}');
    }
    json_close(o, ']');
}

void
channels_write_kinds(struct json_out *o)
{
    json_open(o, '[');
    for (const struct channel_driver *const *d = channel_drivers; *d != NULL; d++) {
        json_open(o, '{');
        json_kv_str(o, "kind", str_of((*d)->kind));
        json_kv_i64(o, "text_max", (*d)->text_max);
        json_kv_i64(o, "caption_max", (*d)->caption_max);
        json_kv_id(o, "window_hours", (*d)->window_hours);
        json_kv_i64(o, "edit_minutes", (*d)->edit_minutes);
        json_kv_i64(o, "delete_minutes", (*d)->delete_minutes);
        json_kv_bool(o, "shows_typing", (*d)->shows_typing);
        json_kv_bool(o, "takes_reactions", (*d)->react != NULL);
        json_kv_bool(o, "takes_voice", (*d)->voice_mime != NULL);
        json_key(o, "reaches");
        json_open(o, '[');
        for (const char *const *kind = (*d)->reaches; *kind != NULL; kind++)
            json_put_str(o, str_of(*kind));
        json_close(o, ']');
        json_key(o, "media");
        write_media(o, (*d)->media);
        json_close(o, '}');
    }
    json_close(o, ']');
}

void
channels_want_templates(struct cx *cx, const struct channel *channel)
{
    if (channel->driver != NULL && channel->driver->list_templates != NULL)
        jobs_add(cx, "templates.want", jobs_lane("templates", channel->id.v, 0), channel->id.v,
                 STR(""), 0);
}

struct err
channels_set_state(struct cx *cx, const struct channel *channel, const char *slug)
{
    struct buf buf;
    struct json_out o;
    int64_t changed;

    db_assert_tx(cx);
    TRY(db_exec(cx, &SQL_channel_set_state, &changed, P_ID(cx->account), P_ID(channel->id),
                P_STR(slug == NULL ? STR("connected") : STR("failing")),
                P_STR(slug == NULL ? (struct str){ 0 } : str_of(slug))));
    if (changed == 0)
        return OK;
    o = events_payload(cx, &buf);
    json_kv_i64(&o, "channel_id", channel->id.v);
    json_close(&o, '}');
    events_tell_members(cx, "channel.changed", buf_str(&buf));
    if (slug == NULL)
        channels_want_templates(cx, channel);
    else
        log_warn("channel.failing", "channel=%lld why=%s", (long long)channel->id.v, slug);
    return OK;
}

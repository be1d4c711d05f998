#include "demo.h"

#include "base/crypto.h"
#include "base/db.h"
#include "domain/channels/channels.h"
#include "main/demo_flow.h"

#include "demo.sql.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char password[] = "balcao-demo-2026";
enum { SEED_MAX_BYTES = 1024 * 1024, SECRET_BYTES = 24 };

void
demo_print(void)
{
    printf("Demo account Rede Pinhão, password of everyone: %s\n"
           "  ana@redepinhao.exemplo      agent, Suporte Geral\n"
           "  luiza@redepinhao.exemplo    agent, Comercial and Financeiro\n"
           "  camila@redepinhao.exemplo   manager\n"
           "  rafael@redepinhao.exemplo   administrator: sets channels up\n"
           "  helena@redepinhao.exemplo   owner, of two accounts\n"
           "  fabiana@redepinhao.exemplo  finance: sees no conversations\n",
           password);
}

struct err
demo_exists(struct cx *cx, bool *out)
{
    struct db_row row;

    TRY(db_opt_(cx, &SQL_demo_account, out, &row, NULL, 0));
    if (*out)
        cx->account.v = db_i64(&row, 0);
    return OK;
}

static struct err
run_seed(struct cx *cx, const char *seed_file)
{
    FILE *file = fopen(seed_file, "re");
    char *sql = arena_alloc(cx->arena, SEED_MAX_BYTES);
    const char *refused;
    size_t n;

    if (file == NULL)
        return FAIL_FIELD(ERR_INVALID, "seed_unreadable", seed_file);
    n = fread(sql, 1, SEED_MAX_BYTES - 1, file);
    fclose(file);
    sql[n] = '\0';
    refused = db_script(cx->db, cx->arena, sql);
    if (refused != NULL) {
        log_error("demo.seed", "refused=%s", log_safe(cx->arena, str_of(refused)));
        return FAIL(ERR_INVALID, "seed_refused");
    }
    return OK;
}

/* Secrets are made once and then only ever read back through their seal. */
static struct err
ensure_secrets(struct cx *cx, struct channel *channel)
{
    struct buf text = { .arena = cx->arena };
    struct json_out o = { .buf = &text };
    const struct json *secrets;

    if (channel->secrets.len > 0)
        return OK;
    json_open(&o, '{');
    if (channel->driver->is_ours)
        json_kv_str(&o, "identity_key", crypto_random_text(cx->arena, SECRET_BYTES));
    else {
        json_kv_str(&o, "access_token", crypto_random_text(cx->arena, SECRET_BYTES));
        json_kv_str(&o, "app_secret", crypto_random_text(cx->arena, SECRET_BYTES));
    }
    json_close(&o, '}');
    TRY(json_parse(cx->arena, buf_str(&text), &secrets));
    return channels_set_secrets(cx, channel, secrets);
}

static void
write_number(struct cx *cx, struct json_out *o, const struct channel *channel,
             const struct channel_config *config)
{
    json_open(o, '{');
    json_kv_str(o, "phone_number_id", json_get_text(config->settings, "phone_number_id"));
    json_kv_str(o, "waba_id", json_get_text(config->settings, "waba_id"));
    json_kv_str(o, "display_phone_number", json_get_text(config->settings, "display_phone_number"));
    json_kv_str(o, "verified_name", STR("Rede Pinhão"));
    json_kv_str(o, "access_token", json_get_text(config->secrets, "access_token"));
    json_kv_str(o, "app_secret", json_get_text(config->secrets, "app_secret"));
    json_kv_str(o, "verify_token", channels_verify_token(cx, channel));
    json_kv_str(
        o, "callback_url",
        str_fmt(cx->arena, "%s/hooks/%.*s", cx->conf->public_url, STR_ARG(channel->hook_token)));
    json_kv_str(o, "api_version", json_get_text(config->settings, "api_version"));
    json_close(o, '}');
}

/* Written beside and renamed: the lab never reads half a file. */
static struct err
write_file(struct cx *cx, const char *var, struct str text)
{
    const char *place = str_cstr(cx->arena, str_fmt(cx->arena, "%s/lab/numbers.json", var));
    const char *fresh = str_cstr(cx->arena, str_fmt(cx->arena, "%s.new", place));
    int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool ok = fd >= 0 && write(fd, text.p, text.len) == (ssize_t)text.len;

    if (fd >= 0 && close(fd) != 0)
        ok = false;
    return ok && rename(fresh, place) == 0 ? OK : FAIL_FIELD(ERR_INVALID, "lab_unwritable", place);
}

static struct err
wire_lab(struct cx *cx, const char *var)
{
    struct buf text = { .arena = cx->arena };
    struct json_out o = { .buf = &text };
    struct channel webchat = { 0 };
    struct channel_config config, webchat_config = { 0 };
    struct db_rows rows;

    TRY(db_many(cx, &SQL_demo_channels, &rows, P_ID(cx->account)));
    json_open(&o, '{');
    json_key(&o, "numbers");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);
        struct channel channel;

        TRY(channels_get(cx, (struct channel_id){ db_i64(&row, 0) }, &channel));
        TRY(ensure_secrets(cx, &channel));
        TRY(channels_config(cx, &channel, &config));
        if (channel.driver->is_ours) {
            webchat = channel;
            webchat_config = config;
        } else
            write_number(cx, &o, &channel, &config);
    }
    json_close(&o, ']');
    if (webchat.id.v != 0) {
        json_key(&o, "webchat");
        json_open(&o, '{');
        json_kv_str(&o, "channel_key", webchat.public_key);
        json_kv_str(&o, "identity_key", json_get_text(webchat_config.secrets, "identity_key"));
        json_close(&o, '}');
    }
    json_kv_str(&o, "public_url", str_of(cx->conf->public_url));
    json_close(&o, '}');
    return write_file(cx, var, buf_str(&text));
}

/* The lab is the first place that private calls may go to. */
static struct err
point_at_lab(struct cx *cx)
{
    struct str allowed = str_of(cx->conf->outbound_allow), first;

    if (!str_cut(&allowed, ',', &first) || first.len == 0)
        return OK;
    return db_exec(cx, &SQL_demo_base_url, NULL, P_ID(cx->account),
                   P_STR(str_fmt(cx->arena, "http://%.*s/graph", STR_ARG(first))));
}

struct err
demo_plant(struct cx *cx, const char *seed_file, const char *flow_file, const char *var)
{
    bool exists;

    db_begin(cx, TX_WRITE);
    TRY(demo_exists(cx, &exists));
    TRY(db_commit(cx));
    if (!exists)
        TRY(run_seed(cx, seed_file));

    db_begin(cx, TX_WRITE);
    TRY(demo_exists(cx, &exists));
    TRY(db_exec(cx, &SQL_demo_passwords, NULL, P_ID(cx->account),
                P_STR(crypto_password_hash(cx->arena, cx->conf, str_of(password)))));
    TRY(point_at_lab(cx));
    TRY(wire_lab(cx, var));
    TRY(demo_flow_plant(cx, flow_file));
    return db_commit(cx);
}

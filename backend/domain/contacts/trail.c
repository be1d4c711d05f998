#include "trail.h"

#include "base/crypto.h"

#include "contacts_trail.sql.h"

#define SEALED_MARK "enc:"

static struct str
key_place(struct cx *cx, struct contact_id id)
{
    return str_fmt(cx->arena, "contact_keys|sealed|%lld|%lld", (long long)cx->account.v,
                   (long long)id.v);
}

static struct str
field_place(struct cx *cx, struct contact_id id, struct str name)
{
    return str_fmt(cx->arena, "audit_events|detail|%lld|%lld|%.*s", (long long)cx->account.v,
                   (long long)id.v, STR_ARG(name));
}

/* A key that does not open was moved from another contact: as good as gone. */
static struct err
find_key(struct cx *cx, struct contact_id id, bool *has, struct str *key)
{
    struct db_row row;

    TRY(db_opt(cx, &SQL_contact_key, has, &row, P_ID(cx->account), P_I64(id.v)));
    *has = *has && crypto_unseal(cx->arena, key_place(cx, id), db_bytes(cx, &row, 0), key) &&
           key->len == CRYPTO_OWN_KEY_BYTES;
    return OK;
}

static struct err
get_key(struct cx *cx, struct contact_id id, struct str *key)
{
    uint8_t fresh[CRYPTO_OWN_KEY_BYTES];
    struct str sealed;
    bool has;

    TRY(find_key(cx, id, &has, key));
    if (has)
        return OK;
    crypto_random(fresh, sizeof fresh);
    sealed = crypto_seal(cx->arena, key_place(cx, id),
                         (struct str){ (const char *)fresh, sizeof fresh });
    TRY(db_exec(cx, &SQL_contact_key_add, NULL, P_ID(cx->account), P_I64(id.v),
                db_p_bytes(cx->arena, sealed)));
    TRY(find_key(cx, id, &has, key));
    return has ? OK : FAIL(ERR_CONFLICT, "secret_moved");
}

/* .p NULL: nothing there. */
static struct str
seal(struct cx *cx, struct contact_id id, struct str key, const char *name, struct str plain)
{
    struct str sealed;

    if (plain.len == 0)
        return (struct str){ 0 };
    sealed = crypto_seal_by(cx->arena, key, field_place(cx, id, str_of(name)), plain);
    return str_fmt(cx->arena, SEALED_MARK "%.*s",
                   STR_ARG(crypto_base64url(cx->arena, (const uint8_t *)sealed.p, sealed.len)));
}

struct err
contacts_note_field(struct cx *cx, struct contact_id id, struct audit_change *change,
                    const char *name, struct str before, struct str after)
{
    struct str key;

    if (str_eq(before, after))
        return OK;
    TRY(get_key(cx, id, &key));
    audit_text(change, name, seal(cx, id, key, name, before), seal(cx, id, key, name, after));
    return OK;
}

struct err
contacts_open_field(struct cx *cx, struct contact_id id, struct str name, struct str sealed,
                    bool *opens, struct str *plain)
{
    struct str key, raw;

    *opens = false;
    if (!str_starts(sealed, STR(SEALED_MARK)))
        return OK;
    sealed =
        (struct str){ sealed.p + sizeof SEALED_MARK - 1, sealed.len - (sizeof SEALED_MARK - 1) };
    TRY(find_key(cx, id, opens, &key));
    *opens = *opens && crypto_unbase64url(cx->arena, sealed, &raw) &&
             crypto_unseal_by(cx->arena, key, field_place(cx, id, name), raw, plain);
    return OK;
}

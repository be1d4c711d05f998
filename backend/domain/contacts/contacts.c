#include "contacts.h"

#include "contacts.sql.h"

#include <stdio.h>

enum { ADDRESSES_MAX = 4, PHONE_MIN = 8, PHONE_MAX = 15 };

/* Brazil: 55, two digits of area, eight or nine of subscriber. Mobiles start with 6 to 9. */
static struct str
with_ninth_digit(struct arena *a, struct str digits)
{
    if (digits.len == 12 && str_starts(digits, STR("55")) && digits.p[4] >= '6')
        return str_fmt(a, "%.4s9%.8s", digits.p, digits.p + 4);
    return digits;
}

struct str
contacts_identity_key(struct arena *a, const char *kind, struct str address)
{
    if (strcmp(kind, "phone") == 0) {
        struct str digits = str_digits(a, address);

        if (digits.len < PHONE_MIN || digits.len > PHONE_MAX)
            return (struct str){ 0 };
        return with_ninth_digit(a, digits);
    }
    address = str_trim(address);
    if (str_find(address, '@') >= 0)
        return str_lower(a, address);
    return address;
}

/* The addresses that have a key at all, with it. */
struct keyed {
    int n;
    struct str kinds[ADDRESSES_MAX], keys[ADDRESSES_MAX];
    const struct contact_address *addresses[ADDRESSES_MAX];
    bool is_known[ADDRESSES_MAX];
};

static struct keyed
keys_of(struct arena *a, const struct contact_address *addresses, int n)
{
    struct keyed k = { 0 };

    for (int i = 0; i < n && k.n < ADDRESSES_MAX; i++) {
        struct str key = contacts_identity_key(a, addresses[i].kind, addresses[i].address);

        if (key.len == 0)
            continue;
        k.kinds[k.n] = str_of(addresses[i].kind);
        k.keys[k.n] = key;
        k.addresses[k.n] = &addresses[i];
        k.n++;
    }
    return k;
}

static struct err
find(struct cx *cx, struct keyed *k, struct contact_found *out)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_identity_find, &rows, P_ID(cx->account),
                db_p_strs(cx->arena, k->kinds, (size_t)k->n),
                db_p_strs(cx->arena, k->keys, (size_t)k->n)));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        /* The most trusted key decides; the others of that row are its aliases already. */
        if (i == 0) {
            out->identity.v = db_i64(&row, 0);
            out->contact.v = db_i64(&row, 1);
            out->name = db_str(&row, 2);
        }
        for (int j = 0; j < k->n; j++) {
            if (!str_eq(k->kinds[j], db_str(&row, 4)) || !str_eq(k->keys[j], db_str(&row, 5)))
                continue;
            k->is_known[j] = true;
            if (!str_eq(db_str(&row, 6), k->addresses[j]->address))
                db_queue(cx, &SQL_identity_readdress, P_ID(cx->account), P_STR(k->kinds[j]),
                         P_STR(k->keys[j]), P_STR(k->addresses[j]->address));
        }
    }
    return OK;
}

struct err
contacts_resolve(struct cx *cx, const struct contact_address *addresses, int n, struct str name,
                 struct contact_found *out)
{
    struct keyed k = keys_of(cx->arena, addresses, n);
    struct contact_found found = { 0 };
    struct db_row row;

    db_assert_tx(cx);
    name = str_first_code_points(str_trim(name), 120);
    if (k.n == 0)
        return FAIL(ERR_INVALID, "address_missing");
    TRY(find(cx, &k, &found));

    if (found.contact.v == 0) {
        found.is_new = true;
        found.name = name.p == NULL ? STR("") : name;
        TRY(db_one(cx, &SQL_contact_add, &row, P_ID(cx->account), P_STR(found.name), P_NULL,
                   P_TIME(cx->now_us)));
        found.contact.v = db_i64(&row, 0);
    } else if (name.len > 0 && !str_eq(name, found.name)) {
        db_queue(cx, &SQL_contact_rename, P_ID(cx->account), P_ID(found.contact), P_STR(name));
        if (found.name.len == 0)
            found.name = name;
    }

    for (int i = 0; i < k.n; i++) {
        if (k.is_known[i])
            continue;
        TRY(db_one(cx, &SQL_identity_add, &row, P_ID(cx->account), P_ID(found.contact),
                   P_ID(found.identity), P_STR(k.kinds[i]), P_STR(k.keys[i]),
                   P_STR(str_trim(k.addresses[i]->address)), P_BOOL(k.addresses[i]->is_verified),
                   P_TIME(cx->now_us)));
        if (found.identity.v == 0)
            found.identity.v = db_i64(&row, 0);
    }
    *out = found;
    return OK;
}

struct err
contacts_move(struct cx *cx, const struct contact_address *from, const struct contact_address *to)
{
    struct str old_key = contacts_identity_key(cx->arena, from->kind, from->address);
    struct str new_key = contacts_identity_key(cx->arena, to->kind, to->address);

    db_assert_tx(cx);
    if (old_key.len == 0 || new_key.len == 0 || strcmp(from->kind, to->kind) != 0)
        return FAIL(ERR_INVALID, "address_missing");
    return db_exec(cx, &SQL_identity_move, NULL, P_ID(cx->account), P_STR(str_of(from->kind)),
                   P_STR(old_key), P_STR(new_key), P_STR(to->address));
}

struct err
contacts_check_email(struct str email)
{
    ptrdiff_t at = str_find(email, '@');

    if (at < 1 || (size_t)at == email.len - 1)
        return FAIL_FIELD(ERR_INVALID, "email_invalid", "email");
    return OK;
}

struct err
contacts_describe(struct cx *cx, struct contact_id id, struct str name, struct str email,
                  struct str phone)
{
    struct str null = { 0 };

    db_assert_tx(cx);
    name = str_first_code_points(str_trim(name), 120);
    email = str_trim(email);
    phone = str_trim(phone);
    return db_exec(cx, &SQL_contact_describe, NULL, P_ID(cx->account), P_ID(id),
                   P_STR(name.len > 0 ? name : null), P_STR(email.len > 0 ? email : null),
                   P_STR(phone.len > 0 ? phone : null));
}

struct err
contacts_require(struct cx *cx, struct contact_id id)
{
    struct db_row row;

    return db_one(cx, &SQL_contact_get, &row, P_ID(cx->account), P_ID(id));
}

bool
contacts_is_like_phone(struct str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (memchr("+0123456789 ().-", name.p[i], 16) == NULL)
            return false;
    return name.len >= PHONE_MIN;
}

struct str
contacts_mask_phone(struct str phone, char out[CONTACT_MASKED_BYTES])
{
    char digits[24];
    size_t n = 0;
    int len;

    for (size_t i = 0; i < phone.len && n < sizeof digits - 1; i++)
        if (phone.p[i] >= '0' && phone.p[i] <= '9')
            digits[n++] = phone.p[i];
    digits[n] = '\0';
    if (n < PHONE_MIN)
        len = snprintf(out, CONTACT_MASKED_BYTES, "•••••");
    else if (n >= 12 && strncmp(digits, "55", 2) == 0)
        len = snprintf(out, CONTACT_MASKED_BYTES, "+55 %.2s •••••-%s", digits + 2, digits + n - 4);
    else
        len = snprintf(out, CONTACT_MASKED_BYTES, "+%.2s •••••-%s", digits, digits + n - 4);
    return (struct str){ out, (size_t)len };
}

#include "contacts.h"

#include "contacts.sql.h"

#include <stdio.h>

enum { PHONE_MIN = 8, PHONE_MAX = 15 };

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

void
contacts_search(struct cx *cx, const struct contact_address *addresses, int n,
                struct contact_search *out)
{
    *out = (struct contact_search){ .n = 0 };
    for (int i = 0; i < n && out->n < CONTACT_ADDRESSES_MAX; i++) {
        struct str key = contacts_identity_key(cx->arena, addresses[i].kind, addresses[i].address);

        if (key.len == 0)
            continue;
        out->kinds[out->n] = str_of(addresses[i].kind);
        out->keys[out->n] = key;
        out->addresses[out->n++] = &addresses[i];
    }
    if (out->n > 0)
        db_ask(cx, &SQL_identity_find, &out->found, P_ID(cx->account),
               db_p_strs(cx->arena, out->kinds, (size_t)out->n),
               db_p_strs(cx->arena, out->keys, (size_t)out->n));
}

struct identity_id
contacts_searched(const struct contact_search *search)
{
    struct db_row row;

    if (search->found.count == 0)
        return (struct identity_id){ 0 };
    row = db_row_at(&search->found, 0);
    return (struct identity_id){ db_i64(&row, 0) };
}

/* What the rows say: of the person, and in is_known which addresses they have already. */
static void
read_found(struct cx *cx, const struct contact_search *search, bool is_known[],
           struct contact_found *out)
{
    for (int i = 0; i < search->found.count; i++) {
        struct db_row row = db_row_at(&search->found, i);

        /* The most trusted key decides; the others of that row are its aliases already. */
        if (i == 0) {
            out->identity.v = db_i64(&row, 0);
            out->contact.v = db_i64(&row, 1);
            out->name = db_str(&row, 2);
            out->is_blocked = db_bool(&row, 7);
            if (db_bool(&row, 8))
                db_queue(cx, &SQL_contact_revive, P_ID(cx->account), P_ID(out->contact));
        }
        for (int j = 0; j < search->n; j++) {
            struct str address = search->addresses[j]->address;

            if (!str_eq(search->kinds[j], db_str(&row, 4)) ||
                !str_eq(search->keys[j], db_str(&row, 5)))
                continue;
            is_known[j] = true;
            if (!str_eq(db_str(&row, 6), address))
                db_queue(cx, &SQL_identity_readdress, P_ID(cx->account), P_STR(search->kinds[j]),
                         P_STR(search->keys[j]), P_STR(address));
        }
    }
}

static struct err
add_identities(struct cx *cx, const struct contact_search *search, const bool is_known[],
               struct contact_found *found)
{
    struct db_row row;
    bool is_held = found->is_new;

    for (int i = 0; i < search->n; i++) {
        const struct contact_address *address = search->addresses[i];

        if (is_known[i])
            continue;
        if (!is_held)
            TRY(db_opt(cx, &SQL_contact_hold, &is_held, &row, P_ID(cx->account),
                       P_ID(found->contact)));
        if (!is_held)
            return FAIL(ERR_RETRY, "contact_merged"); /* its ways in are another's now */
        TRY(db_one(cx, &SQL_identity_add, &row, P_ID(cx->account), P_ID(found->contact),
                   P_ID(found->identity), P_STR(search->kinds[i]), P_STR(search->keys[i]),
                   P_STR(str_trim(address->address)), P_BOOL(address->is_verified),
                   P_TIME(cx->now_us)));
        if (found->identity.v == 0)
            found->identity.v = db_i64(&row, 0);
    }
    return OK;
}

struct err
contacts_settle(struct cx *cx, const struct contact_search *search, struct str name,
                struct contact_found *out)
{
    bool is_known[CONTACT_ADDRESSES_MAX] = { false };
    struct contact_found found = { 0 };
    struct db_row row;

    db_assert_tx(cx);
    name = str_first_code_points(str_trim(name), 120);
    if (search->n == 0)
        return FAIL(ERR_INVALID, "address_missing");
    TRY(db_await(cx, &search->found));
    read_found(cx, search, is_known, &found);

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
    TRY(add_identities(cx, search, is_known, &found));
    *out = found;
    return OK;
}

struct err
contacts_resolve(struct cx *cx, const struct contact_address *addresses, int n, struct str name,
                 struct contact_found *out)
{
    struct contact_search search;

    contacts_search(cx, addresses, n, &search);
    return contacts_settle(cx, &search, name, out);
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

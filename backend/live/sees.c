#include "sees.h"

static bool
read_number(struct str value, int64_t least, int64_t *out)
{
    if (*out >= 0) /* said twice */
        return false;
    return str_i64(value, out) && *out >= least;
}

bool
live_grant_parse(struct str text, struct live_grant *out)
{
    int64_t account = -1, user = -1, session = -1, identity = -1;
    struct str word, key;
    bool is_member;

    if (!str_cut(&text, ' ', &word))
        return false;
    is_member = str_eq(word, STR("member"));
    if (!is_member && !str_eq(word, STR("visitor")))
        return false;

    while (str_cut(&text, ' ', &word)) {
        bool fits = str_cut(&word, '=', &key);

        if (fits && str_eq(key, STR("account")))
            fits = read_number(word, 1, &account);
        else if (fits && is_member && str_eq(key, STR("user")))
            fits = read_number(word, 1, &user);
        else if (fits && is_member && str_eq(key, STR("session")))
            fits = read_number(word, 0, &session);
        else if (fits && !is_member && str_eq(key, STR("identity")))
            fits = read_number(word, 1, &identity);
        else
            fits = false;
        if (!fits)
            return false;
    }
    if (account < 0 || (is_member ? user < 0 || session < 0 : identity < 0))
        return false;

    *out = (struct live_grant){
        .audience = is_member ? TO_MEMBERS : TO_VISITOR,
        .account_id = account,
        .user_id = is_member ? user : 0,
        .session_id = is_member ? session : 0,
        .identity_id = is_member ? 0 : identity,
    };
    return true;
}

bool
live_sees(const struct live_grant *grant, const struct live_event *event)
{
    if (grant->account_id != event->account_id || grant->audience != event->audience)
        return false;
    if (grant->audience == TO_VISITOR)
        return event->identity_id == grant->identity_id;
    return event->user_id == 0 || event->user_id == grant->user_id;
}

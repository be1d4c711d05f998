#include "sees.h"

#include "base/err.h"

#include <stdlib.h>

enum { IDS_MAX = 4096 }; /* of one list; a head of eight kilobytes holds fewer */

static bool
read_number(struct str value, int64_t least, int64_t *out)
{
    if (*out >= 0) /* said twice */
        return false;
    return str_i64(value, out) && *out >= least;
}

/* Which lists were named, and whether each once. */
struct reading {
    struct live_grant grant;
    bool has_list[LISTS], has_sees;
    size_t n;
};

static bool
read_list(struct reading *r, enum live_list list, struct str value)
{
    struct str word;

    /* Lists lie one after the other, so they come in their order. */
    for (int later = (int)list; later < LISTS; later++)
        if (r->has_list[later])
            return false;
    r->has_list[list] = true;
    if (list == LIST_CHANNELS && str_eq(value, STR("*"))) {
        r->grant.sees_every_channel = true;
        return true;
    }
    if (str_eq(value, STR("-")))
        return true;
    if (value.len == 0)
        return false;
    while (str_cut(&value, ',', &word)) {
        int64_t *more = reallocarray(r->grant.ids, r->n + 1, sizeof *more);

        if (more == NULL)
            BUG("what=out_of_memory");
        r->grant.ids = more;
        if (!str_i64(word, &more[r->n]) || more[r->n] <= 0 || r->grant.counts[list] == IDS_MAX)
            return false;
        r->n++;
        r->grant.counts[list]++;
    }
    return true;
}

static bool
read_sees(struct reading *r, struct str value)
{
    struct str word;

    if (r->has_sees)
        return false;
    r->has_sees = true;
    if (str_eq(value, STR("-")))
        return true;
    while (str_cut(&value, ',', &word)) {
        if (str_eq(word, STR("account")))
            r->grant.sees_account = true;
        else if (str_eq(word, STR("bot")))
            r->grant.sees_bot = true;
        else if (str_eq(word, STR("as_bot")))
            r->grant.is_bot = true;
        else if (str_eq(word, STR("own")))
            r->grant.hears_own_only = true;
        else
            return false;
    }
    return true;
}

static bool
read_word(struct reading *r, struct str key, struct str value)
{
    static const char *const lists[LISTS] = {
        [LIST_DEPARTMENTS] = "departments", [LIST_PICK] = "pick",
        [LIST_BRANCHES] = "branches",       [LIST_CHANNELS] = "channels",
        [LIST_INVITED] = "invited",
    };
    struct live_grant *grant = &r->grant;
    const struct {
        const char *name;
        int64_t *number;
        int64_t least;
        enum live_audience audience;
    } numbers[] = {
        { "user", &grant->user_id, 1, TO_MEMBERS },
        { "session", &grant->session_id, 0, TO_MEMBERS },
        { "token", &grant->token_id, 1, TO_MEMBERS },
        { "member", &grant->member_id, 1, TO_MEMBERS },
        { "epoch", &grant->epoch, 0, TO_MEMBERS },
        { "identity", &grant->identity_id, 1, TO_VISITOR },
    };

    if (str_eq(key, STR("account")))
        return read_number(value, 1, &grant->account_id);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (str_eq(key, str_of(numbers[i].name)))
            return grant->audience == numbers[i].audience &&
                   read_number(value, numbers[i].least, numbers[i].number);
    if (grant->audience == TO_VISITOR)
        return false;
    if (str_eq(key, STR("sees")))
        return read_sees(r, value);
    for (int list = 0; list < LISTS; list++)
        if (str_eq(key, str_of(lists[list])))
            return read_list(r, (enum live_list)list, value);
    return false;
}

static bool
is_complete(const struct reading *r)
{
    const struct live_grant *grant = &r->grant;

    if (grant->account_id < 0)
        return false;
    if (grant->audience == TO_VISITOR)
        return grant->identity_id >= 0;
    for (int list = 0; list < LISTS; list++)
        if (!r->has_list[list])
            return false;
    if (grant->epoch < 0 || !r->has_sees)
        return false;
    if (grant->token_id >= 0)
        return grant->user_id < 0 && grant->session_id < 0;
    return grant->user_id >= 0 && grant->session_id >= 0 && grant->member_id >= 0;
}

/* What was not said is 0, as everywhere. */
static void
leave_unsaid(struct live_grant *grant)
{
    int64_t *numbers[] = { &grant->user_id,   &grant->session_id, &grant->token_id,
                           &grant->member_id, &grant->epoch,      &grant->identity_id };

    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        if (*numbers[i] < 0)
            *numbers[i] = 0;
}

bool
live_grant_parse(struct str text, struct live_grant *out)
{
    struct reading r = { .grant = { .account_id = -1,
                                    .user_id = -1,
                                    .session_id = -1,
                                    .token_id = -1,
                                    .identity_id = -1,
                                    .member_id = -1,
                                    .epoch = -1 } };
    struct str word, key;
    bool fits;

    if (!str_cut(&text, ' ', &word))
        return false;
    r.grant.audience = str_eq(word, STR("visitor")) ? TO_VISITOR : TO_MEMBERS;
    fits = r.grant.audience == TO_VISITOR || str_eq(word, STR("member"));
    while (fits && str_cut(&text, ' ', &word))
        fits = str_cut(&word, '=', &key) && read_word(&r, key, word);
    if (!fits || !is_complete(&r)) {
        live_grant_release(&r.grant);
        return false;
    }
    *out = r.grant;
    leave_unsaid(out);
    return true;
}

void
live_grant_release(struct live_grant *grant)
{
    free(grant->ids);
    grant->ids = NULL;
}

static bool
has_id(const struct live_grant *grant, enum live_list list, int64_t id)
{
    const int64_t *v = grant->ids;

    if (id == 0)
        return false;
    for (int before = 0; before < (int)list; before++)
        v += grant->counts[before];
    for (uint16_t i = 0; i < grant->counts[list]; i++)
        if (v[i] == id)
            return true;
    return false;
}

/* auth_visible.sql, without history. */
static bool
sees_ticket(const struct live_grant *grant, const struct live_facts *t)
{
    if (!grant->sees_every_channel && !has_id(grant, LIST_CHANNELS, t->channel_id))
        return false;
    return grant->sees_account || (grant->member_id != 0 && t->assignee_id == grant->member_id) ||
           has_id(grant, LIST_DEPARTMENTS, t->department_id) ||
           has_id(grant, LIST_BRANCHES, t->branch_id) ||
           (t->state == FACTS_WAITING && t->assignee_id == 0 &&
            has_id(grant, LIST_PICK, t->department_id)) ||
           (t->state == FACTS_BOT && t->department_id == 0 && grant->sees_bot) ||
           (t->state == FACTS_BOT && grant->is_bot) || has_id(grant, LIST_INVITED, t->ticket_id);
}

enum live_sight
live_sees(const struct live_grant *grant, const struct live_event *event)
{
    if (grant->account_id != event->account_id || grant->audience != event->audience)
        return SIGHT_NONE;
    if (grant->audience == TO_VISITOR)
        return event->identity_id == grant->identity_id ? SIGHT_SEEN : SIGHT_NONE;
    if (event->user_id != 0 && event->user_id != grant->user_id)
        return SIGHT_NONE;
    /* Addressed by mistake to everybody, it is told to nobody. */
    if (event->user_id == 0 && (event->is_private || grant->hears_own_only))
        return SIGHT_NONE;
    if (event->is_access && event->epoch != 0 && event->epoch <= grant->epoch)
        return SIGHT_NONE; /* the grant was made after the change */
    if (!event->has_now)
        return grant->is_bot ? SIGHT_NONE : SIGHT_SEEN;
    if (sees_ticket(grant, &event->now))
        return SIGHT_SEEN;
    return event->has_was && sees_ticket(grant, &event->was) ? SIGHT_GONE : SIGHT_NONE;
}

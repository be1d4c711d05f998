#include "contacts_private.h"
#include "domain/auth/auth.h"

#include "contacts_consents.sql.h"

static struct str
or_empty(struct str s)
{
    return s.p == NULL ? STR("") : s;
}

struct err
consents_record(struct cx *cx, struct contact_id id, const struct consent *c)
{
    db_assert_tx(cx);
    TRY(db_exec(cx, &SQL_consent_add, NULL, P_ID(cx->account), P_ID(id), P_STR(str_of(c->kind)),
                P_STR(str_of(c->act)), P_STR(str_of(c->source)), db_p_id(c->channel_id),
                P_STR(or_empty(c->wording)), P_STR(or_empty(c->note)), db_p_id(c->ticket_id),
                db_p_id(c->seq), P_ID(cx->member), P_TIME(cx->now_us),
                P_STR(or_empty(c->provider_id))));
    if (strcmp(c->kind, "messages") == 0)
        TRY(db_exec(cx, &SQL_consent_set, NULL, P_ID(cx->account), P_ID(id),
                    P_STR(str_of(c->act))));
    if (strcmp(c->kind, "terms") == 0)
        TRY(db_exec(cx, &SQL_consent_set_terms, NULL, P_ID(cx->account), P_ID(id),
                    P_STR(str_of(c->act))));
    contact_tell(cx, id);
    return OK;
}

static const struct {
    struct str word;
    const char *act;
    enum heeded becomes;
} words[] = {
    { STR_INIT("/bloquear"), "withdrawn", HEEDED_BLOCK },
    { STR_INIT("/desbloquear"), "granted", HEEDED_UNBLOCK },
};

struct err
contacts_heed(struct cx *cx, struct contact_id id, int64_t channel_id, int64_t ticket_id,
              int64_t seq, struct str text, enum heeded *heeded)
{
    *heeded = HEEDED_NOTHING;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        const struct consent consent = {
            .kind = "messages",
            .act = words[i].act,
            .source = "contact",
            .channel_id = channel_id,
            .wording = words[i].word,
            .ticket_id = ticket_id,
            .seq = seq,
        };
        bool was_out;

        if (!str_eq_nocase(str_trim(text), words[i].word))
            continue;
        TRY(contacts_opted_out(cx, id, &was_out));
        if (was_out == (words[i].becomes == HEEDED_BLOCK))
            return OK;
        *heeded = words[i].becomes;
        return consents_record(cx, id, &consent);
    }
    return OK;
}

struct err
contacts_opted_out(struct cx *cx, struct contact_id id, bool *out)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_consent_of, &row, P_ID(cx->account), P_ID(id)));
    *out = db_bool(&row, 0);
    return OK;
}

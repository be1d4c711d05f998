/*
 * What has to be known before a message comes in, for a whole company of jobs at once
 * (messages_private.h says what and why).
 */
#include "messages_private.h"

#include "domain/hours/hours.h"

/*
 * A batch of a thousand customers is a thousand jobs over one body, claimed a few at a time: the
 * last bodies stay parsed. As many as there are jobs in company, so none of theirs is forgotten.
 */
enum { BODIES_KEPT = JOBS_TOGETHER };
static struct parsed {
    int64_t account_id, event_id, used;
    struct arena *arena;
    struct channel_events events;
} kept[BODIES_KEPT];

/* Where this body is, or the place of the one that was longest of no use. */
static struct parsed *
kept_place(int64_t account_id, int64_t event_id)
{
    struct parsed *oldest = &kept[0];

    for (int i = 0; i < BODIES_KEPT; i++) {
        if (kept[i].account_id == account_id && kept[i].event_id == event_id)
            return &kept[i];
        if (kept[i].used < oldest->used)
            oldest = &kept[i];
    }
    return oldest;
}

static struct err
parse(struct cx *cx, int64_t event_id, const struct channel *channel, struct str body,
      const struct channel_events **out)
{
    static int64_t uses;
    struct parsed *p = kept_place(cx->account.v, event_id);
    struct channel_config config;

    p->used = ++uses;
    if (p->event_id != event_id || p->account_id != cx->account.v) {
        if (p->arena == NULL)
            p->arena = arena_new(16 * 1024);
        arena_reset(p->arena);
        p->event_id = 0;
        TRY(channels_config(cx, channel, &config));
        TRY(channel->driver->parse(p->arena, &config, str_dup(p->arena, body), &p->events));
        p->account_id = cx->account.v;
        p->event_id = event_id;
    }
    *out = &p->events;
    return OK;
}

int
entrance_addresses(const struct channel_event *event, struct contact_address out[3])
{
    for (int i = 0; i < event->who_count; i++)
        out[i] = (struct contact_address){ event->who[i].kind, event->who[i].address,
                                           /* the network vouches for its own */
                                           strcmp(event->who[i].kind, "visitor") != 0 };
    return event->who_count;
}

void
entrance_ask(struct cx *cx, struct channel_id channel, const struct channel_event *event,
             struct entrance *out)
{
    out->has_ticket = false;
    provider_ids_ask(cx, channel, event->provider_id, &out->seen);
    provider_ids_ask(cx, channel, event->quoted, &out->quoted);
    contacts_search(cx, out->addresses, entrance_addresses(event, out->addresses), &out->who);
}

/* The first of what this customer's part of the body says. */
static const struct channel_event *
first_of(struct cx *cx, const struct foreseen *f, int64_t lane)
{
    for (size_t i = 0; i < f->events->n; i++) {
        const struct channel_event *e = &f->events->v[i];

        if (channels_customer_lane(cx, f->channel.id, e->who, e->who_count) == lane)
            return e;
    }
    return NULL;
}

struct err
entrance_body(struct cx *cx, const struct db_rows *bodies, size_t which, int64_t event_id,
              struct channel *channel, const struct channel_events **events)
{
    struct str body;

    TRY(channels_inbound_read(cx, bodies, which, channel, &body));
    return parse(cx, event_id, channel, body, events);
}

/* Two of one customer are one ticket, which the first of them will have changed. */
static bool
is_somebody_elses(const struct foreseen all[], int i)
{
    int64_t identity = contacts_searched(&all[i].entrance.who).v;

    for (int j = 0; j < i; j++)
        if (all[j].first != NULL && contacts_searched(&all[j].entrance.who).v == identity &&
            all[j].channel.id.v == all[i].channel.id.v)
            return true;
    return false;
}

static struct err
ask_ticket(struct cx *cx, struct foreseen all[], int i)
{
    struct entrance *e = &all[i].entrance;
    struct thread_place place;
    bool is_known;

    if (all[i].first == NULL)
        return OK;
    TRY(provider_ids_read(cx, &e->seen, &is_known, &place));
    if (is_known || contacts_searched(&e->who).v == 0 || is_somebody_elses(all, i))
        return OK;
    tickets_ask_live(cx, all[i].channel.id, contacts_searched(&e->who), &e->ticket);
    e->has_ticket = true;
    return OK;
}

/* What comes after another of its lane is asked when that one is done. */
static bool
has_lane(const struct job *const *jobs, int n, int64_t lane)
{
    for (int i = 0; i < n; i++)
        if (jobs[i]->lane == lane)
            return true;
    return false;
}

struct err
entrance_greet(struct cx *cx, const struct channel *channel)
{
    return str_eq(channel->state, STR("new")) ? channels_set_state(cx, channel, NULL) : OK;
}

struct err
inbound_event_foresee(struct cx *cx, const struct job *const *jobs, int n, void **foreseen)
{
    struct company *company = arena_array(cx->arena, struct company, 1);
    struct foreseen *all = arena_array(cx->arena, struct foreseen, (size_t)n);
    int64_t events[JOBS_TOGETHER];

    for (int i = 0; i < n; i++) {
        all[i].company = company;
        foreseen[i] = &all[i];
        events[i] = jobs[i]->subject_id;
    }
    hours_ask(cx, &company->hours);
    channels_inbound_ask(cx, events, (size_t)n, &company->bodies);
    for (int i = 0; i < n; i++)
        TRY(entrance_body(cx, &company->bodies, (size_t)i, events[i], &all[i].channel,
                          &all[i].events));
    for (int i = 0; i < n; i++)
        TRY(entrance_greet(cx, &all[i].channel));
    for (int i = 0; i < n; i++) {
        const struct channel_event *first = first_of(cx, &all[i], jobs[i]->lane);

        if (first == NULL || first->kind != CHANNEL_MESSAGE || has_lane(jobs, i, jobs[i]->lane))
            continue;
        all[i].first = first;
        entrance_ask(cx, all[i].channel.id, first, &all[i].entrance);
    }
    for (int i = 0; i < n; i++)
        TRY(ask_ticket(cx, all, i));
    return OK;
}

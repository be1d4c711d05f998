#include "events.h"

#include "base/db.h"

#include "events.sql.h"

static void
tell(struct cx *cx, const char *kind, const char *audience, int64_t ticket_id, int64_t identity_id,
     struct str facts, struct str was, struct str payload)
{
    db_queue(cx, &SQL_event_add, P_ID(cx->account), P_TIME(cx->now_us), P_STR(str_of(kind)),
             P_STR(str_of(audience)), db_p_id(ticket_id), db_p_id(identity_id), P_STR(facts),
             P_STR(was), P_STR(payload));
}

void
events_tell_members(struct cx *cx, const char *kind, struct str payload)
{
    tell(cx, kind, "members", 0, 0, (struct str){ 0 }, (struct str){ 0 }, payload);
}

void
events_tell_people(struct cx *cx, const char *kind, struct str members, struct str payload)
{
    db_queue(cx, &SQL_event_add_to_people, P_ID(cx->account), P_TIME(cx->now_us),
             P_STR(str_of(kind)), P_STR(members), P_STR(payload));
}

/* Read by live_facts_parse. */
static struct str
print_facts(struct cx *cx, const struct event_facts *f)
{
    return str_fmt(cx->arena, "%lld %lld %lld %lld %lld %s", (long long)f->ticket_id,
                   (long long)f->channel_id, (long long)f->branch_id, (long long)f->department_id,
                   (long long)f->assignee_id, f->state);
}

/* .p == NULL: they saw it then who see it now. */
static struct str
print_facts_before(struct cx *cx, const struct event_facts *was, struct str facts)
{
    struct str before = print_facts(cx, was);

    return str_eq(facts, before) ? (struct str){ 0 } : before;
}

void
events_tell_ticket(struct cx *cx, const char *kind, const struct event_facts *now,
                   const struct event_facts *was, struct str payload)
{
    struct str facts = print_facts(cx, now);

    tell(cx, kind, "members", now->ticket_id, 0, facts, print_facts_before(cx, was, facts),
         payload);
}

void
events_tell_tickets(struct cx *cx, const char *kind, const struct ticket_event *events, size_t n)
{
    int64_t *tickets = arena_array(cx->arena, int64_t, n);
    struct str *facts = arena_array(cx->arena, struct str, n);
    struct str *before = arena_array(cx->arena, struct str, n);
    struct str *payloads = arena_array(cx->arena, struct str, n);

    for (size_t i = 0; i < n; i++) {
        tickets[i] = events[i].now.ticket_id;
        facts[i] = print_facts(cx, &events[i].now);
        before[i] = print_facts_before(cx, &events[i].was, facts[i]);
        payloads[i] = events[i].payload;
    }
    db_queue(cx, &SQL_event_add_of_tickets, P_ID(cx->account), P_TIME(cx->now_us),
             P_STR(str_of(kind)), db_p_i64s(cx->arena, tickets, n), db_p_strs(cx->arena, facts, n),
             db_p_strs(cx->arena, before, n), db_p_strs(cx->arena, payloads, n));
}

void
events_tell_visitor(struct cx *cx, const char *kind, int64_t identity_id, struct str payload)
{
    tell(cx, kind, "visitor", 0, identity_id, (struct str){ 0 }, (struct str){ 0 }, payload);
}

struct json_out
events_payload(struct cx *cx, struct buf *buf)
{
    struct json_out o = { .buf = buf };

    *buf = (struct buf){ .arena = cx->arena };
    json_open(&o, '{');
    return o;
}

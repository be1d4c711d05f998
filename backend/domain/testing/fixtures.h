/*
 * An account with just enough in it for a test of the rooms. Everything belongs
 * to the account of cx and goes when the test ends.
 */
#ifndef DOMAIN_TESTING_FIXTURES_H
#define DOMAIN_TESTING_FIXTURES_H

#include "base/testing/testing.h"
#include "domain/messages/messages.h"

struct department_id test_department(struct cx *cx, const char *name);

/* A member of this built-in group: cx acts as them from here on. */
struct member_id test_member(struct cx *cx, const char *builtin);

/* cx acts as this member, with what their access is now. */
void test_act_as(struct cx *cx, struct user_id user);

/* cx's member is in this built-in group from here on; cx acts as before. */
void test_demote(struct cx *cx, const char *builtin);

/* This member is deactivated. */
void test_leave(struct cx *cx, struct member_id member);

/* cx's member serves in this department from here on. */
void test_join(struct cx *cx, struct department_id department);

/* This member of the department answers for it from here on. */
void test_answer_for(struct cx *cx, struct department_id department, struct member_id member);

/* cx's member serves there no more. */
void test_part(struct cx *cx, struct department_id department);

/* That member works here no more. */
void test_retire(struct cx *cx, struct member_id member);

/* cx's member has a page open in this session, through a gateway that lives. */
void test_connect(struct cx *cx, int64_t session_id);

/* The member is "online", "away", "break" or "offline" from here on, through a gateway that lives. */
void test_presence(struct cx *cx, struct member_id member, const char *state);

/* No gateway lives any more, and nobody took note of it yet. */
void test_gateways_die(struct cx *cx);

/* A channel of this kind, in a department of its own, with settings and secrets that work. */
struct channel test_channel(struct cx *cx, const char *kind);

/*
 * A contact known by this phone on a channel, and their ticket: "waiting", "serving" (by cx's
 * member), "closed". cx's member serves in its department.
 */
struct ticket test_ticket(struct cx *cx, const char *state);
struct ticket test_ticket_on(struct cx *cx, const struct channel *channel, const char *phone,
                             const char *state);

struct close_reason_id test_reason(struct cx *cx, const char *name, const char *message);

/* People and tickets of every sort, drawn from the seed. */
void test_world(struct cx *cx, int64_t seed);

/* A delivery of Meta's is kept, and its jobs wait: `inside` is what stands in value. */
void test_arrives(struct cx *cx, const struct channel *channel, const char *inside);

/* Events of this kind told so far, and audit rows of this action. */
int64_t test_events(struct cx *cx, const char *kind);
int64_t test_audit(struct cx *cx, const char *action);

/* Of those events: how many are addressed to this person alone. */
int64_t test_told(struct cx *cx, const char *kind, struct user_id user);

/* Messages in a ticket, by direction ("in", "out", "note", "system"). */
int64_t test_messages(struct cx *cx, struct ticket_id id, const char *direction);

/* Whom the log gives notices so far, as "kind:member kind:member", in its order. */
struct str test_noticed(struct cx *cx);

/* A notice of this kind for a member, about a ticket, as the log would make it; its id. */
int64_t test_notice(struct cx *cx, struct member_id member, const char *kind,
                    struct ticket_id about);

/* Whether a text holds what somebody typed into the search, as the database sees both. */
bool test_fits(struct cx *cx, const char *text, const char *typed);

/* The indexer begins anew: what this transaction wrote is not in the log that it reads otherwise. */
void test_search_again(struct cx *cx);

#endif

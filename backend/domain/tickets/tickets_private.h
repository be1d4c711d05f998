/*
 * What the files of this room share and others have no business with.
 */
#ifndef DOMAIN_TICKETS_PRIVATE_H
#define DOMAIN_TICKETS_PRIVATE_H

#include "domain/tickets/tickets.h"

extern const char *const ticket_state_names[];
enum ticket_state ticket_state_of(struct str name);

/* Tells the screens: a message that was appended, or (NULL) that the ticket changed. tickets_save does it too. */
void tickets_tell(struct cx *cx, const struct ticket *ticket, const struct message *message);

/* What decides who may see it now. */
struct event_facts ticket_facts(const struct ticket *ticket);

/*
 * Who speaks for us changes here and nowhere else: state, controller and holder
 * move together, and the trail says from where to where.
 */
void tickets_hand_over(struct cx *cx, struct ticket *ticket, enum ticket_state state,
                       struct member_id assignee, const char *action);

/*
 * The row of a new ticket, with a protocol of its own; nobody is told yet. It waits, or is the bot's when there are
 * intake_needs or a flow begins with what was first said (NULL: nobody wrote, none begins). ERR_CONFLICT "one_live_ticket"
 * when another entrance was faster: the transaction is lost, run again. "merged_elsewhere" when the customer's was
 * merged into one that is live: as much lost.
 */
MUST_CHECK struct err tickets_add(struct cx *cx, struct channel_id channel,
                                  struct identity_id identity, struct department_id department,
                                  const struct first_said *first, struct ticket *out,
                                  struct str *welcome);

/* tickets_append_quiet under a client key, which is the same line for ever. */
void tickets_append_keyed(struct cx *cx, struct ticket *ticket, struct str detail,
                          struct str client_key);

/*
 * Who is to notice that a saved ticket was passed on: whom it was given to, or those of its department who want
 * to know (each member's own choice, else the department's).
 */
MUST_CHECK struct err tickets_tell_transfer(struct cx *cx, const struct ticket *ticket);

/* The customer's other ticket: whoever does not see it learns that there is one (*found), not which (.id.v == 0). */
MUST_CHECK struct err tickets_find_live(struct cx *cx, const struct ticket *ticket, bool *found,
                                        struct ticket *live);

/* In the body of a refusal: which other ticket, if the caller sees it. */
void tickets_write_live(struct res *res, const struct ticket *live);

/* A browser of theirs shows the conversation: it is answered there and nowhere else. */
bool ticket_is_visitors(const struct ticket *ticket);

/* {"event": event, "member_id": who acts: then what else it says, and '}' */
struct json_out tickets_act_line(struct cx *cx, struct buf *detail, const char *event);

/* Job "ticket.wake": subject is the ticket, arg the time it was snoozed until. */
struct err ticket_wake_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                            struct job_outcome *out);

/* A row of a statement that selects @ticket_row; what it selects beyond begins at TICKET_COLUMNS. */
enum { TICKET_COLUMNS = 50 };
struct ticket ticket_from_row(const struct db_row *row);

#endif

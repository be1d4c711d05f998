/*
 * A house whose channel begins a flow, its customer, and what both say: messages come in by the entrance, the jobs of the
 * queue answer.
 */
#ifndef DOMAIN_TESTING_BOT_H
#define DOMAIN_TESTING_BOT_H

#include "domain/flows/flows.h"
#include "domain/testing/fixtures.h"

struct bot {
    struct cx *cx;
    struct channel channel;
    struct department_id support; /* somebody serves there */
    struct flow_id flow;
    struct ticket ticket; /* as it was when it was looked at last */
    int n;                /* messages of the customer so far */
};

/* A new account. No flow begins yet. */
void bot_house(struct bot *b);

/*
 * Publishes a flow, written with ' for " and %lld for the department of support. bot_begins makes it what begins on the
 * channel, and nothing else begins any more.
 */
struct flow_id bot_publishes(struct bot *b, const char *document);
void bot_begins(struct bot *b, const struct flow_start *starts, size_t n);
/* All of that at once. */
void bot_opens(struct bot *b, const char *document);

/* Rita's words come in; the flow has not heard of them yet. */
void bot_hears(struct bot *b, const char *text);
/* Everything due in the queue of flows is done. */
void bot_works(struct bot *b);
/* Half a minute later she writes, and the flow has answered. */
void bot_is_told(struct bot *b, const char *text);

/* A manager who serves where the channel opens: cx acts as them, until bot_works. */
void bot_meets_manager(struct bot *b);

/* The n-th from the end in this direction: out, note, in. */
struct message bot_said(struct bot *b, const char *direction, int n);

/* A figure of the account ($1), by a statement with this name. */
int64_t bot_number(struct bot *b, const char *name, const char *sql);
/* Something is done to the account ($1), as no program would. */
void bot_suffers(struct bot *b, const char *name, const char *sql);

#endif

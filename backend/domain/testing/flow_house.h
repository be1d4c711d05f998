/* An account with a flow that speaks, for tests of what the worker makes of it: messages in, jobs of the queue, words out. */
#ifndef DOMAIN_TESTING_FLOW_HOUSE_H
#define DOMAIN_TESTING_FLOW_HOUSE_H

#include "domain/flows/flow_host.h"
#include "domain/flows/flows.h"
#include "domain/testing/fixtures.h"

struct flow_house {
    struct cx *cx;
    struct channel channel; /* WhatsApp */
    struct department_id support;
    struct ticket ticket; /* of the customer who writes */
    struct flow_id flow;  /* house_opens: what begins at the channel */
    int n;                /* messages so far */
};

/* A flow that greets, asks, and hands over ("2") or says goodbye ("1"): a document for what follows. */
extern const char house_menu[];
/* The same with a third option, which goes where the first one goes, and other words. */
extern const char house_menu_more[];

/* A fresh account, a department "Suporte" with an agent in it, a channel. The caller is a program. */
void house_open(struct flow_house *h);

/* A published flow: its document with ' for ", and with %lld where the department's id stands. */
struct flow_id house_flow(struct flow_house *h, const char *document);
/* Its next version, which is live from then on. */
void house_publishes(struct flow_house *h, struct flow_id flow, const char *document);
/* It begins at the channel; or whatever starts says. */
void house_begins(struct flow_house *h, struct flow_id flow);
void house_starts(struct flow_house *h, struct flow_start *starts, size_t n);

/* All of that with this flow. */
void house_opens(struct flow_house *h, const char *document);

/* A message of the customer comes in, with these members beside its usual ones; no matter what becomes of it. */
void house_receives(struct flow_house *h, const char *text, const char *members);
/* The customer writes into a live ticket; the flow has not heard of it yet. */
void house_arrives(struct flow_house *h, const char *text);
/* The same in the provider's own words: "type":…, and what belongs to it. */
void house_arrives_as(struct flow_house *h, struct str content);
void house_works(struct flow_house *h); /* until the flow's jobs are done */
void house_writes(struct flow_house *h, const char *text);

/* Of what was said in this direction, the n-th from the end. */
struct message house_said(struct flow_house *h, const char *direction, int n);
/* One figure of a statement whose $1 is the account. */
int64_t house_number(struct flow_house *h, const char *name, const char *text);
/* The same of a text. */
struct str house_text(struct flow_house *h, const char *name, const char *text);
/* What no program would do, by such a statement. */
void house_suffers(struct flow_house *h, const char *name, const char *text);

/* A manager who serves where the channel opens and in support: cx acts as them from here on. */
void house_meets_manager(struct flow_house *h);

#endif

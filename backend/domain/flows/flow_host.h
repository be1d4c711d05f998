/*
 * Flows that speak to customers: the worker's side of the interpreter.
 *
 * While a ticket is the bot's (tickets_is_flows), what its customer writes is told to the flow it is in, by the job
 * "flow.hear" in the ticket's lane; so are timers ("flow.timer") and the answers of other systems ("flow.call"). Each
 * is one transaction: the ticket is locked, the run read, one step made, and everything that the step wanted done is
 * done in it: rows, messages of the outbound path, other jobs. What comes twice finds its input noted, and changes
 * nothing.
 *
 * Whoever takes the ticket says nothing of it here: the next input finds it in other hands, and holds the run. Until
 * then nothing of the bot's goes out, for it is looked at once more before it is sent (messages/send.c). Two ways lead to
 * the bot again: a person gives the ticket back (flows_return, "flow.return"), or it comes into a department whose flow
 * speaks first (tickets_transfer, "flow.enter").
 *
 * A step that fails for ever leaves nobody alone: the job's heir, "flow.rescue", gives the ticket to people.
 */
#ifndef DOMAIN_FLOWS_FLOW_HOST_H
#define DOMAIN_FLOWS_FLOW_HOST_H

#include "base/jobs.h"

extern const struct job_kind flows_jobs[];

#endif

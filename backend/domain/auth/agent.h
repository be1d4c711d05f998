/*
 * Which browser, on what: enough of a User-Agent for a person to recognise their own
 * device. It decides nothing; whoever wants to lie may.
 */
#ifndef DOMAIN_AUTH_AGENT_H
#define DOMAIN_AUTH_AGENT_H

#include "base/http.h"

struct agent {
    const char *browser, *system; /* product names; NULL: not recognised */
};

struct agent agent_parse(struct str user_agent);

/* {"browser":"Chrome","system":"Windows"} */
void agent_write(struct json_out *o, struct str user_agent);

/* What the request says it is, cut at 200 code points; "unknown" when nothing or not text. */
struct str agent_of(const struct req *req);

#endif

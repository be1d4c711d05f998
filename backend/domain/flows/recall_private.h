/* What the files of recalling share. All but recall.c are pure. */
#ifndef DOMAIN_FLOWS_RECALL_PRIVATE_H
#define DOMAIN_FLOWS_RECALL_PRIVATE_H

#include "domain/flows/flow_host_private.h"
#include "domain/flows/flow_runs.h"
#include "domain/flows/pseudonyms.h"

/* What was, and who its people are from now on. */
struct recalled {
    struct arena *arena;
    const struct flow_path *path;
    const struct host *host;   /* pins, documents, facts of its first hour */
    struct str found_customer; /* a registration that it found itself; empty: none */
    struct pseudonyms *people;
};

int64_t recall_begun_us(const struct flow_path *path);
/* Of the card that was visited, in the version that it was had with; NULL: it is known no more. */
const struct json *recall_settings(const struct recalled *r, const struct flow_visit *visit);
/* Whoever has a name here, before any of their words is told. */
void recall_meet_people(const struct recalled *r);
/* The members of a recording, JSON. */
struct str recall_given(const struct recalled *r);
struct str recall_stubs(const struct recalled *r);
struct str recall_steps(const struct recalled *r);

#endif

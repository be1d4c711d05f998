/*
 * Reads a flow as a careful colleague would before it speaks to customers: every finding on its card, with its remedy.
 * The same document, closure and world give the same list in the same order. Pure.
 */
#ifndef DOMAIN_FLOWS_LINT_H
#define DOMAIN_FLOWS_LINT_H

#include "domain/flows/step.h"

/* What is known of outside objects: what a reference is, and what state it is in. */
struct lint_ref {
    struct str ref, name;
    bool is_gone;        /* missing, archived, or never resolved */
    bool does_not_serve; /* department */
    bool is_empty;       /* department, group: nobody active in it */
    bool has_hours;      /* department */
    bool is_inactive;    /* user, channel, file that is no recording */
    /* template */
    struct str reason;        /* why it cannot be sent, pt-BR; empty: it can */
    bool is_passing;          /* that will be over by itself, or it is only feared */
    const struct json *shape; /* openapi: TemplateShape; NULL: not known */
    struct str channels;      /* by which it goes: "channel:3 channel:7" */
};

struct lint_world {
    struct flow_set
        flows; /* live versions of all other flows of the account, the linted one not among them */
    const struct lint_ref *refs; /* NULL: references are not looked at (a file in a shell) */
    size_t ref_count;
    unsigned channels; /* kinds really bound; added to those that the document promises */
    const struct str *capabilities;
    size_t capability_count;
    /* as texts name them: contact.fields.plano, secret.loja; looked at when references are */
    const struct str *names;
    size_t name_count;
    bool is_bound;      /* a channel starts it: consent must come first */
    bool wants_reasons; /* the account demands a reason when closing */
};

/* Adds everything but what document_read said already, sorted with it. */
void lint_document(struct arena *a, const struct flow_document *document,
                   const struct lint_world *world, struct findings *findings);

/* For cards' own rules. */
struct lint {
    struct arena *arena;
    const struct flow_document *document;
    const struct lint_world *world;
    const struct flow_card *card;
    int card_index;
    unsigned channels; /* by which this card can be reached */
    struct findings *findings;
};
struct finding *lint_add(struct lint *l, const char *code); /* on this card */

#endif

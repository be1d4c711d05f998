/*
 * Whether a conversation can go on in other versions of its flows. Nothing of it is changed by that: a run knows flows
 * by their keys and cards by their ids, which never change, so that what is asked is whether all that it stands on is
 * there as well, and whether what its customer has before them still means what it meant. Pure.
 */
#ifndef DOMAIN_FLOWS_MOVE_H
#define DOMAIN_FLOWS_MOVE_H

struct arena;
struct flow_set; /* step.h, as struct run */
struct run;

/* Why it stays where it is. */
enum flow_stay {
    STAY_NOT,      /* it can go */
    STAY_ENDED,    /* it is over */
    STAY_FLOW,     /* the flow that it began with, or the one that it is in, is not there */
    STAY_CARD,     /* the card that it rests on is gone, parked, or of another type */
    STAY_CALLER,   /* a card that called the flow it is in, or the line that leads on from there */
    STAY_QUESTION, /* something of another kind is asked at that card */
    STAY_OPTION, /* an option on the customer's screen is gone, or what it shows means another one */
    STAY_CALL, /* it waits for an answer that the card would take otherwise: later, when it is there */
    STAY__COUNT
};
extern const char *const flow_stay_names[STAY__COUNT];

/* From `old`, in which it is, to `new`. A flow of the same text is never a reason, so that from a set into itself every run that lives can go. */
enum flow_stay flow_move(struct arena *a, struct flow_set old, struct flow_set new,
                         const struct run *run);

#endif

/*
 * Looking up registrations (customers, suppliers, students) by document or by telephone, for the cards that link them.
 * A search is one or two calls, each safe to repeat; the ERP is asked first, the account's own registrations when the ERP
 * is not there or knows nobody:
 *
 *   erp    find_customer           {"document":"52998224725"}
 *   erp    find_customer_by_phone  {"phone":"+5549999990000"}
 *   local  find_customer           either
 *
 * They answer `ok` with {"customers":[{id, document, name, kind?, doc_type?, contract?}]}, or {"customer":{…}} where there
 * can be but one, or `not_found`. Any other outcome: that system cannot say. Whoever answers with another document than the
 * one that was asked for is not believed.
 *
 * What was asked and found is kept in the card's scratch, with the page of it that is offered.
 */
#ifndef CARDS_REGISTRATIONS_H
#define CARDS_REGISTRATIONS_H

#include "options.h"

enum { REGISTRATIONS_MAX = 20 };

struct search {
    struct str by, value; /* document or phone */
    struct str asked;     /* erp, local: whom */
    bool has_failed;      /* somebody could not say */
    int page;
    struct fact_registration found[REGISTRATIONS_MAX];
    struct str contracts[REGISTRATIONS_MAX]; /* the only one of each; empty: none, or several */
    int n;
};

enum search_end { SEARCH_GOES_ON, SEARCH_FOUND, SEARCH_NOBODY, SEARCH_FAILED };

/* By the card's `source`: local, erp, both. Ends the card's turn unless it says SEARCH_FAILED: there is nobody to ask. */
enum search_end search_begin(struct step *s, struct str by, struct str value);

/* Takes what a call brought; SEARCH_GOES_ON has asked somebody else, and ended the turn. */
enum search_end search_take(struct step *s, const struct call_result *result, struct search *out);

void search_read(struct step *s, struct search *out); /* as it was kept */
void search_keep(struct step *s, int phase, const struct search *search);

/* One of those that were found, first names only; or “Ver mais”. */
struct options *search_options(struct step *s, const struct search *search);

/* What was chosen of them; -1: the next page was, and is asked for. */
int search_picked(struct step *s, int phase, int option);

void registration_link(struct step *s, const char *op, const char *level,
                       const struct search *search, int which, const char *proof);

/* Of those the contact is linked to; NULL. */
const struct fact_registration *registration_of(struct step *s, struct str document);

struct str registration_first_name(struct str name);

extern const char *const registration_sources[]; /* words of `source` */

#endif

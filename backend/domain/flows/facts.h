/*
 * What the interpreter may know of the world: read by the host in the step's own transaction, given by a form in the
 * simulator, written in a test file. It never asks for more. What a step does (a tag, a variable) is done to its own copy
 * too, so that the next card sees it.
 *
 * As JSON the words are those of the struct, and what is neutral is left out; tags are {"ticket":[…],"contact":[…],
 * "customer":[…]}, values [{"name","type","value"}], a department's hours {"is_inside","is_holiday","next_opening"}.
 */
#ifndef DOMAIN_FLOWS_FACTS_H
#define DOMAIN_FLOWS_FACTS_H

#include "domain/flows/document.h"

struct fact_value {
    struct str
        name; /* contact.name, ticket.fields.cor … never flow.x, now.x, run.x, last.x: those are the run's */
    struct variable_value value;
};

enum fact_tag_level { TAGS_TICKET, TAGS_CONTACT, TAGS_CUSTOMER, TAGS__COUNT };
extern const char *const fact_tag_level_names[TAGS__COUNT];

/* Of periods, shifts and departments: how they stand now. */
struct fact_hours {
    struct str ref;          /* period:1 */
    bool is_inside;          /* by its week, holidays forgotten */
    bool is_holiday;         /* and closed for it */
    struct str next_opening; /* datetime in normal form; empty: none known */
};

struct fact_department {
    struct str ref, name;
    bool serves;
    int64_t members_online, waiting;
    struct fact_hours hours; /* its own; always inside when it has none */
};

/* A registration (customer, supplier) that the contact is linked to. */
struct fact_registration {
    struct str id, name, document, kind; /* customer, supplier, student */
    bool is_company;
};

struct fact_consent {
    struct str
        wording_hash; /* what was agreed to; "*": to whatever is asked, in simulators and tests */
    int64_t at_us;
};

struct facts {
    int64_t utc_offset_s; /* of the branch's zone, now */

    enum flow_channel channel;
    struct str channel_ref; /* channel:3 */
    struct str
        phone; /* of whoever writes, vouched for by the channel itself (E.164); empty: by none */
    int64_t
        window_ends_us; /* after it nothing but a template may be sent; 0: there is no such end */

    bool bot_controls; /* whose turn it is to speak */
    int64_t epoch;     /* counts every change of that */

    bool is_opted_out;           /* of this kind of channel: nobody may say anything */
    struct fact_consent consent; /* last yes; at_us 0: none */

    struct str branch; /* of the ticket, else the customer's, the channel's, the company's own */
    struct str last_agent; /* user:7; empty: nobody served */
    bool was_served;       /* by a person, since the ticket was opened */

    struct {
        struct str *v;
        size_t n;
    } tags[TAGS__COUNT];

    const struct fact_registration *registrations;
    size_t registration_count;
    struct str customer; /* id of the one this ticket is about; empty: none */

    const struct fact_hours *hours; /* of every period and shift that is mentioned */
    size_t hours_count;
    const struct fact_department *departments;
    size_t department_count;

    struct {
        struct str kind; /* ad, link, qr, … empty: plain */
        struct str ad_id, headline, campaign, ref;
    } origin;

    const struct str *capabilities; /* telephony, ai, erp */
    size_t capability_count;

    int64_t
        answered_lately; /* inputs of this contact that a bot answered in the last five minutes */

    struct fact_value *values;
    size_t value_count;
};

/* ERR_INVALID with the field when it is not of this shape. Absent members are neutral: nobody, never, no. */
MUST_CHECK struct err facts_read(struct arena *a, const struct json *json, struct facts *out);
void facts_write(struct json_out *o, const struct facts *f);

/* A copy of what steps change; strings are shared. */
struct facts *facts_copy(struct arena *a, const struct facts *facts);

const struct fact_value *facts_value(const struct facts *f, struct str name); /* NULL: not known */
void facts_set(struct arena *a, struct facts *f, struct str name, struct variable_value value);
bool facts_has_tag(const struct facts *f, enum fact_tag_level level, struct str ref);
void facts_tag(struct arena *a, struct facts *f, enum fact_tag_level level, struct str ref,
               bool has);
const struct fact_hours *facts_hours(const struct facts *f,
                                     struct str ref); /* a department's too; NULL */
const struct fact_department *facts_department(const struct facts *f, struct str ref);
bool facts_can(const struct facts *f, const char *capability);

#endif

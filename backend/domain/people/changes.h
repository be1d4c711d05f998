/* What an edit changed, for the trail: {"after":{…},"before":{…}} with the changed fields only. */
#ifndef DOMAIN_PEOPLE_CHANGES_H
#define DOMAIN_PEOPLE_CHANGES_H

#include "base/cx.h"

/* Values are JSON; rows come in the order of their names. */
struct change {
    const char *name; /* NULL ends the list */
    struct str before, after;
};

/* Empty when nothing changed. A side that is absent (.p == NULL) everywhere is left out. */
struct str changes_print(struct cx *cx, const struct change *changes);

/* Values as JSON. */
struct str change_text(struct cx *cx, struct str s);
struct str change_i64(struct cx *cx, int64_t v);
struct str change_flag(bool v);
struct str change_time(struct cx *cx, int64_t us);
struct str change_ids(struct cx *cx, struct str array); /* "{1,2}"; .p == NULL: null */

#endif

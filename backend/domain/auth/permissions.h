/*
 * What may be done. Each permission is one row of a table: its string is that of
 * the route table, of groups and tokens, and of can() in the browser; its number
 * is a bit of member_access and is never given to another one.
 */
#ifndef DOMAIN_AUTH_PERMISSIONS_H
#define DOMAIN_AUTH_PERMISSIONS_H

#include "base/cx.h"
#include "base/json.h"

enum { PERMISSIONS_MAX = 256 };

/* Bit n: permission number n. */
struct permission_set {
    uint8_t bits[PERMISSIONS_MAX / 8];
};

enum permission_flag {
    PERMISSION_SCOPED = 1,       /* acts on rows that the member sees, not on the account */
    PERMISSION_STEP_UP = 2,      /* dangerous: the person shows once more that it is them */
    PERMISSION_READ_AUDITED = 4, /* reading alone leaves a trail */
    PERMISSION_NO_TOKEN = 8      /* never given to an API token */
};

struct permission {
    int number;
    const char *name;
    unsigned builtins; /* built-in groups that hold it, by their place in builtin_groups */
    unsigned flags;    /* enum permission_flag */
};

/* The built-in groups, the owner's first. NULL ends the list. */
extern const char *const builtin_groups[];

/* Ends with .name == NULL; in the order in which screens show them. */
extern const struct permission permissions[];

/* NULL: unknown. */
const struct permission *permissions_find(struct str name);

/* A string of the route table or of our own code; unknown: BUG. */
const struct permission *permissions_get(const char *name);

bool permissions_has(const struct permission_set *set, const struct permission *permission);
void permissions_add(struct permission_set *set, const struct permission *permission);

/* Everything in `set` is in `of` too; *missing (may be NULL) is the first that is not. */
bool permissions_within(const struct permission_set *set, const struct permission_set *of,
                        const struct permission **missing);

/* PostgreSQL's bit(256) in text form. False: anything else. */
bool permissions_parse(struct str bits, struct permission_set *out);

/* ["tickets.view", …]: those of the table that the set holds. */
void permissions_write(struct json_out *o, const struct permission_set *set);

/*
 * Copies the table into the database, so that built-in groups mean there what they
 * mean here, and compiles everybody's access anew when something changed. For
 * balcaoctl, in a write transaction of the owner's.
 */
MUST_CHECK struct err permissions_publish(struct cx *cx);

#endif

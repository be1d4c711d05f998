/*
 * What a card is: a table that says all there is to know about one type. The builder draws its form, its outlets and
 * its place in the palette from it, the linter holds documents against it, and the interpreter steps through it.
 *
 * Cards live in backend/cards, one file each, and are listed in cards.c. They are pure: they see the run, what is known
 * of the ticket (facts) and their own settings through step.h, and say what shall happen as effects.
 */
#ifndef DOMAIN_FLOWS_CARD_H
#define DOMAIN_FLOWS_CARD_H

#include "domain/flows/findings.h"

enum card_kind { CARD_TOOL, CARD_INTERACTION, CARD_CONDITION, CARD_ERP };
extern const char *const card_kind_names[]; /* tool, interaction, condition, erp */

/* How a setting is written in a document, and so how the builder asks for it. */
enum card_field_type {
    FIELD_TEMPLATE, /* text with variables; max in characters (0: 4,096) */
    FIELD_PLAIN,    /* text without */
    FIELD_INT,      /* min…max */
    FIELD_BOOL,
    FIELD_ENUM,     /* one of `words` */
    FIELD_SET,      /* some of `words`, each once */
    FIELD_DURATION, /* seconds, min…max; 0 is always allowed when min_or_zero */
    FIELD_REF,      /* "kind:id" of `words` (the kinds) */
    FIELD_REFS,     /* a list of them, min…max of them */
    FIELD_VAR,      /* a name that is written: flow.x, contact.fields.x, ticket.fields.x */
    FIELD_READ,     /* a name that is read: any */
    FIELD_WORDS,    /* list of short texts, max of them */
    FIELD_PAIRS,    /* [{name, value}], values are templates; max of them */
    FIELD_OPTIONS,  /* [{id, label, description?, number, value, synonyms[]}], 2…20 */
    FIELD_RULES,    /* [{id, label, …}], 1…20; what else is in one: `item` */
    FIELD_ITEMS,    /* list of objects as `item` says, min…max of them */
    FIELD_INTENTS,  /* [{id, label, description, examples[]}], 1…30 */
    FIELD_CARD,     /* id of a card of the same document */
    FIELD_OBJECT,   /* one object of `item`'s members */
    FIELD_ANY       /* not looked at */
};
extern const char *const card_field_type_names[];

struct card_field {
    const char *name;
    enum card_field_type type;
    const char *label, *help; /* pt-BR */
    bool is_required;
    bool is_legal;            /* its shipped text carries legal weight: changing it warns (L505) */
    bool allows_zero;         /* 0 means off, whatever min says */
    bool is_internal;         /* a template that no customer ever reads */
    bool takes_secrets;       /* {{secret.x}} and sealed answers may stand here alone (L306) */
    const char *initial;      /* JSON text of the default; NULL: absent when not given */
    int64_t min, max;         /* of figures, lengths or counts, by type */
    const char *const *words; /* NULL-terminated */
    const struct card_field *item; /* of lists of objects; ends with name NULL */
    struct {
        const char *field;         /* NULL: always shown, and required when it is */
        const char *const *values; /* shown when it is one of these */
    } only_if;
};

/* A way out. `label` names it on the canvas; of options, rules and intents it is what the author called them. */
struct card_outlet {
    struct str name; /* next, yes, opt:<id>, rule:<id> */
    struct str label;
    bool is_required; /* must lead somewhere before the flow is published */
};
struct card_outlets {
    struct arena *arena;
    struct card_outlet v[48];
    size_t n;
};
/* Both texts are constants or live in the outlets' arena. One that is there already stays as it is. */
void card_outlet_add(struct card_outlets *outlets, const char *name, const char *label,
                     bool is_required);

/* A variable that a card writes on its way. */
struct card_write {
    struct str name;
    int type;       /* enum variable_type; -1: whatever it is given */
    bool is_own;    /* the card's own word, which no setting names: flow.http_status */
    bool is_sealed; /* a sensitive answer */
    bool is_clear;  /* it is emptied */
};
struct card_writes {
    struct card_write v[64];
    size_t n;
};
void card_write_add(struct card_writes *writes, struct card_write write);

struct lint; /* lint.h: what a card's own rules may ask */
struct step; /* step.h: what a card may do when it runs */
struct question;
struct reply;
struct call_result;

enum { CARD_FIELDS_MAX = 40 };

struct card {
    const char *type;
    int v; /* of its settings */
    enum card_kind kind;
    const char *label, *help; /* pt-BR */
    const char *icon;         /* a name of the builder's set */
    const char *needs; /* capability without which it cannot run: "telephony", "ai"; NULL: none */
    bool speaks;       /* may say something to the customer */
    bool asks;         /* may wait for an answer: has the settings and outlets of card_ask_fields */
    bool always_asks;  /* never passes without waiting: ends the danger of a circle (L108) */
    bool calls;        /* may ask another system */
    bool is_phone_only;
    bool ends;     /* has no way out */
    bool is_entry; /* runs may begin at it: the template of a campaign */

    const struct card_field *fields; /* own ones; ends with name NULL */
    /* Those that depend on settings come after the fixed ones; ASK's own are added by card_outlets. NULL: `next` alone, or
     * none when it ends. */
    void (*outlets)(const struct json *settings, struct card_outlets *out);
    /* What it writes, and of which type, before it goes on. NULL: whatever its FIELD_VAR settings name. */
    void (*writes)(const struct json *settings, struct card_writes *out);
    /* Of these kinds of channels (FLOW_HAS), those that may leave by this outlet. NULL: all. */
    unsigned (*passes)(const struct json *settings, struct str outlet, unsigned channels);
    /* Rules that are this card's alone; NULL: none. */
    void (*lint)(struct lint *lint);

    /* Somebody came in. Ends with one of step_leave, step_ask, step_wait, step_call, step_end_… */
    void (*enter)(struct step *s);
    /* What it asks now, by its settings, its phase and its scratch; the same each time. NULL: it never asks. */
    void (*question)(struct step *s, struct question *out);
    /* The customer answered what was asked. Ends like enter, or with step_wrong. */
    void (*answered)(struct step *s, const struct reply *reply);
    /* The outside answered, or too much time went by. */
    void (*called)(struct step *s, const struct call_result *result);
    /* A wait is over (by time), or the customer wrote meanwhile. NULL: it leaves by `next`. */
    void (*waited)(struct step *s, bool by_message);
    /* Attempts or patience came to an end, and no line says where that leads. NULL, or false: as for all cards. */
    bool (*given_up)(struct step *s, bool by_silence);
};

/* All types, in the order of the palette; the last is NULL. Defined in backend/cards/cards.c. */
extern const struct card *const cards[];

const struct card *card_find(struct str type); /* NULL: unknown */

/* What every asking card has besides: attempts, invalid_text, exhausted_text, exhausted_flow, remind_after_s, reminders, expire_after_s. */
extern const struct card_field card_ask_fields[];

/* Own fields and ASK's, walked as one: i from 0 until NULL. An own one stands for ASK's of the same name. */
const struct card_field *card_field_at(const struct card *card, size_t i);
const struct card_field *card_field_find(const struct card *card, struct str name);

/* Every way out of a card with these settings, ASK's `exhausted` and `silent` at the end. */
void card_outlets(const struct card *card, const struct json *settings, struct card_outlets *out);

/* The palette as the builder reads it: one object per type, all of its table, in the reader's words. */
void cards_write(struct json_out *o, enum language language);

#endif

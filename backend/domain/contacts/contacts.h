/*
 * The people who write to us. A contact is the person; an identity is one way a
 * channel knows them; aliases of one conversation partner point to the first.
 */
#ifndef DOMAIN_CONTACTS_CONTACTS_H
#define DOMAIN_CONTACTS_CONTACTS_H

#include "base/db.h"
#include "base/http.h"
#include "base/jobs.h"

#include "documents.h"

struct contact_id {
    int64_t v;
};
struct identity_id {
    int64_t v;
};

enum { FIELDS_MAX = 100 }; /* an account's own, of a contact (fields.h) */

/* One way in, as an entrance names it: kind "phone", "whatsapp_user", "visitor", "external". */
struct contact_address {
    const char *kind;
    struct str address;
    bool is_verified;
};

struct contact_found {
    struct contact_id contact;
    struct identity_id identity; /* the first of its aliases: tickets hang on this one */
    struct str name;
    bool is_new;
    bool is_blocked; /* what they write is kept (contacts_keep_blocked), and nobody is told */
};

/*
 * The normal form of an address: the only place that knows the ninth digit.
 * Brazilian mobile numbers always carry it ("554988412076" → "5549988412076");
 * other phones keep their digits; anything else is trimmed, and an e-mail-like
 * external id in lower case. Empty when there is nothing to know anybody by.
 */
struct str contacts_identity_key(struct arena *a, const char *kind, struct str address);

/*
 * Who is behind these addresses (all aliases of one another, best first), asked without
 * waiting (db_ask): contacts_settle reads the answer. The addresses must outlive it.
 */
enum { CONTACT_ADDRESSES_MAX = 4 };
struct contact_search {
    int n; /* of addresses that have a key at all */
    struct str kinds[CONTACT_ADDRESSES_MAX], keys[CONTACT_ADDRESSES_MAX];
    const struct contact_address *addresses[CONTACT_ADDRESSES_MAX];
    struct db_rows found;
};
void contacts_search(struct cx *cx, const struct contact_address *addresses, int n,
                     struct contact_search *out);
/* After the answer came: whom it found; .v == 0: nobody. */
struct identity_id contacts_searched(const struct contact_search *search);
MUST_CHECK struct err contacts_settle(struct cx *cx, const struct contact_search *search,
                                      struct str name, struct contact_found *out);

/*
 * Both at once. The person behind these addresses (all aliases of one another, best first),
 * made when unknown. Unknown aliases are added; a name is taken over while nobody
 * edited it. Needs a write transaction. ERR_INVALID "address_missing".
 */
MUST_CHECK struct err contacts_resolve(struct cx *cx, const struct contact_address *addresses,
                                       int n, struct str name, struct contact_found *out);

/* The network moved a person to another address: the identity keeps its tickets. */
MUST_CHECK struct err contacts_move(struct cx *cx, const struct contact_address *from,
                                    const struct contact_address *to);

/* Something before and after an @. ERR_INVALID "email_invalid", field "email". */
MUST_CHECK struct err contacts_check_email(struct str email);

/*
 * What a visitor says of themselves: taken over while nobody of the team edited
 * the contact. Empty members stay as they are. A phone is only noted: whoever
 * types a number has not shown that it is theirs, so it is no identity.
 */
MUST_CHECK struct err contacts_describe(struct cx *cx, struct contact_id id, struct str name,
                                        struct str email, struct str phone);

/* ERR_NOT_FOUND unless the member sees the contact: for lists of theirs that came back empty. */
MUST_CHECK struct err contacts_require(struct cx *cx, struct contact_id id);

/* mask_phone() of the database, for what is written here: "+55 49 •••••-2076". */
#define CONTACT_MASKED_BYTES 40
struct str contacts_mask_phone(struct str phone, char out[CONTACT_MASKED_BYTES]);

/* A name that says no more than a phone would. */
bool contacts_is_like_phone(struct str name);

/* What a blocked contact wrote, once for each name that the provider gave it. */
void contacts_keep_blocked(struct cx *cx, struct contact_id id, int64_t channel_id,
                           struct str provider_id, struct str kind, struct str text);

/* Whether they took back their consent to messages: then nothing is sent to them (consents.h). */
MUST_CHECK struct err contacts_opted_out(struct cx *cx, struct contact_id id, bool *out);

/*
 * What a contact wrote in a conversation, when it is a word that takes back consent ("/bloquear") or gives it again
 * ("/desbloquear"): noted with the message as its proof. *heeded is what became of it: nothing too when it was so before.
 */
enum heeded { HEEDED_NOTHING, HEEDED_BLOCK, HEEDED_UNBLOCK };
MUST_CHECK struct err contacts_heed(struct cx *cx, struct contact_id id, int64_t channel_id,
                                    int64_t ticket_id, int64_t seq, struct str text,
                                    enum heeded *heeded);

/*
 * What a contact agreed to and took back: a ledger that is only added to. Whoever took back their
 * consent to messages gets none: posting is refused and what waits to be sent fails, both `opted_out`.
 */
struct consent {
    const char *kind;   /* messages, marketing, terms, data_storage */
    const char *act;    /* granted, withdrawn */
    const char *source; /* contact, member, import */
    int64_t channel_id; /* 0: none in particular */
    struct str wording; /* version of the text that was shown */
    struct str note;
    int64_t ticket_id, seq; /* the message that proves it; 0: none */
    struct str provider_id; /* the channel's own name of that message; may be empty */
};

/* One more line of the ledger, told to open screens. Needs a write transaction. */
MUST_CHECK struct err consents_record(struct cx *cx, struct contact_id id,
                                      const struct consent *consent);

/* What contacts say of themselves when they are asked, before anybody serves them. ------- */

/* "1990-12-25". Who is known to be born on another day stays so. Queued. */
void contacts_say_birth(struct cx *cx, struct contact_id id, struct str birth_on);

/*
 * A CPF or CNPJ in normal form: the contact is tied to its registration, which is made when there is none,
 * and the tie says that it is only their word. What is registered already is not changed by it. Queued.
 */
void contacts_say_document(struct cx *cx, struct contact_id id, struct str document);

/*
 * They are not asked again. is_kept: in the address book from here on, if the account saves by itself.
 * Queued, and told to open screens.
 */
void contacts_let_through(struct cx *cx, struct contact_id id, bool is_kept);

/*
 * All that the list shows with this query ("group_id=7&consent=granted"), as the member of the call sees it, in
 * pieces: the ids of the next `limit` at most after a contact (0: from the beginning). The newest come first,
 * whatever order the list has, because nobody's age changes on the way: each is met once. What a search finds
 * is one piece. Refusals are the list's own.
 */
MUST_CHECK struct err contacts_walk(struct cx *cx, struct str query, int64_t after_id,
                                    int64_t limit, int64_t *ids, int *n);
/* How many they are, or `most` if they are more. */
MUST_CHECK struct err contacts_walk_count(struct cx *cx, struct str query, int64_t most,
                                          int64_t *count);

/*
 * Programs name a field by a word: contact.fields.data_de_instalacao is „Data de instalação“. Letters of any script lose their
 * marks, what is neither letter nor figure is _; empty when nothing is left of it. Of two that are called alike by that the
 * first is meant.
 */
enum { CONTACT_FIELD_KEY_MAX = 40 };
struct str contacts_field_key(struct arena *a, struct str name);

/* How a program calls each field, in their order. */
MUST_CHECK struct err contacts_field_keys(struct cx *cx, struct str **keys, size_t *n);

struct contact_field {
    struct str key, kind, value;
};
/* What is known of a contact. It was locked or found by whoever asks. */
void contacts_ask_fields(struct cx *cx, struct contact_id id, struct db_rows *rows);
struct contact_field contacts_field_at(struct cx *cx, const struct db_rows *rows, int i);

/*
 * A program learned this of a contact: kept as if somebody had typed it, with its trail; empty forgets.
 *
 *   ERR_NOT_FOUND  field_unknown, not_found
 *   ERR_INVALID    value_invalid, too_long; required (to forget it)
 */
MUST_CHECK struct err contacts_learn(struct cx *cx, struct contact_id id, struct str key,
                                     struct str value);

extern const struct route consents_routes[];
extern const struct route contacts_routes[];
extern const struct route customers_routes[];
extern const struct route contact_acts_routes[];
extern const struct route contact_list_routes[];
extern const struct route identities_routes[];
extern const struct route imports_routes[];
extern const struct route merge_routes[];
extern const struct job_kind contact_jobs[];
extern const struct route contact_group_routes[];
extern const struct route contact_field_routes[];

#endif

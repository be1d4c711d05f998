/*
 * The first questions as a small machine: what a new contact still has to be asked, what was written, and
 * what follows. Pure: no database, no clock of its own; intake.c carries out what it says.
 *
 * The order is terms, consent, birth date, document. An answer that fits goes on to the next; one that does
 * not is asked again, and after so many a person takes over: nobody is locked out by questions.
 */
#ifndef DOMAIN_INTAKE_SCRIPT_H
#define DOMAIN_INTAKE_SCRIPT_H

#include "base/str.h"

/* Bits of what is asked, the lowest first. Kept as numbers in rows: tickets.sql makes them too. */
enum { NEED_TERMS = 1, NEED_CONSENT = 2, NEED_BIRTH = 4, NEED_DOCUMENT = 8, NEEDS_OF_DATA = 14 };

struct script {
    int needs; /* not answered yet */
    int wrong; /* answers to the present question that were none */
    int tries; /* so many, and a person takes over */
};

struct script_said {
    struct str text; /* empty: no words in it */
    bool is_hasty; /* written before the question could be read: never wrong, only perhaps right */
    int64_t today; /* days since 1970, where the account is */
};

enum script_end {
    SCRIPT_GOES_ON,
    SCRIPT_DONE,     /* everything was answered */
    SCRIPT_GIVEN_UP, /* too many answers were none */
    SCRIPT_REFUSED,  /* they do not let us keep their data: no more of it is asked */
    SCRIPT_BLOCKED,  /* they want no messages: nothing more is said */
    SCRIPT_ENDS
};
extern const char *const script_end_names[SCRIPT_ENDS]; /* states of an intake */

/* What we say to an answer, before the next question if there is one. */
enum script_line {
    LINE_NONE,
    LINE_RETRY,        /* the question's own way of saying that this was no answer */
    LINE_TERMS_NEEDED, /* a no to the terms */
    LINE_THANKS,
    LINE_PERSON /* somebody will help */
};

struct script_turn {
    int answered;     /* which need; 0: none */
    bool is_yes;      /* of terms and consent */
    struct str value; /* "1990-12-25", or a document in normal form */
    enum script_line says;
    int asks; /* the question that follows; 0: none */
    enum script_end end;
};

/* The lowest of them; 0: there is none. */
int script_first(int needs);

/* What somebody wrote. Moves the script; what the turn holds lives in the arena. */
struct script_turn script_hear(struct arena *a, struct script *script,
                               const struct script_said *said);

/* "sim", "Aceito!", "1" and the like: 1; "não", "2": -1; anything else: 0. */
int script_yes_or_no(struct arena *a, struct str text);

/*
 * A day as people write it: 25/12/1990, 25-12-90, 25.12.1990, 25121990, 25 de dezembro de 1990. False: it
 * does not exist, has not come yet, or is before 1900. out: 1990-12-25.
 */
bool script_date(struct arena *a, struct str text, int64_t today, struct str *out);

#endif

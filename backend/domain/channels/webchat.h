/*
 * The widget's own wire format. A visitor's request is kept like any provider's
 * body, raw and before it is answered: the route writes it here, the worker
 * parses it here.
 *
 *   {"visitor":"…","kind":"message","client_key":"…","text":"…",
 *    "attachment":{"id":7,"kind":"image","mime":"image/png","filename":"a.png"},
 *    "name":"…","identifier":"…","at_us":1795132800000000}
 *   {"visitor":"…","kind":"message","client_key":"…","text":"Boleto",
 *    "choice":{"id":"b1.c.1.boleto","title":"Boleto","description":null}}
 *   {"visitor":"…","kind":"message","client_key":"…","location":{"latitude":-27.1,"longitude":-52.6}}
 *   {"visitor":"…","kind":"message","client_key":"…","text":"Oi","ref":"vitrine","campaign":"natal"}
 *   {"visitor":"…","kind":"delivered","id":"…"}
 *   {"visitor":"…","kind":"read","id":"…"}
 */
#ifndef DOMAIN_CHANNELS_WEBCHAT_H
#define DOMAIN_CHANNELS_WEBCHAT_H

#include "base/json.h"

enum webchat_inbound_kind { WEBCHAT_MESSAGE, WEBCHAT_DELIVERED, WEBCHAT_READ };

struct webchat_file {
    int64_t id;       /* attachment; 0: no file */
    const char *kind; /* "image", "audio", "video", "document", "sticker" */
    struct str mime;
    struct str filename;
};

/* An option that was offered, and tapped: the route found it in what we had sent. */
struct webchat_choice {
    struct str id; /* empty: nothing was tapped */
    struct str title;
    struct str description; /* empty: none */
};

/* Degrees, on the globe: the route looked. */
struct webchat_location {
    bool is_given;
    double latitude, longitude;
};

struct webchat_inbound {
    enum webchat_inbound_kind kind;
    struct str visitor; /* identity key out of the visitor's token */
    struct str
        identifier;  /* the host page's own customer id, signature checked; empty: anonymous */
    struct str name; /* may be empty */
    int64_t at_us;   /* when the request came; 0: not said */

    /* message */
    struct str client_key; /* the same key is the same message */
    struct str text;
    struct webchat_file file;
    struct webchat_choice choice;
    struct webchat_location location;
    struct str ref, campaign; /* of the link that led to the page; empty: none */

    struct str id; /* delivered, read: the last message their screen has, or they have seen */
};

/* A json_writer: value is a struct webchat_inbound. */
void webchat_inbound_write(struct json_out *o, const void *value);

#endif

/*
 * Whom we may call. Addresses typed by tenants must not reach this host, its
 * neighbours or a cloud's metadata (server-side request forgery); what the
 * operator lists in OUTBOUND_ALLOW is the exception.
 *
 * The judgement that counts is made on the address being connected, after every
 * name resolution: httpc_guard_lets_through. The one made on the text of a URL
 * only gives kinder and earlier errors.
 */
#ifndef BASE_HTTPC_GUARD_H
#define BASE_HTTPC_GUARD_H

#include "conf.h"
#include "err.h"
#include "str.h"

#include <sys/socket.h>

struct httpc_target {
    struct str host; /* as libcurl reads it: lower case not guaranteed, IPv6 without brackets */
    int port;
    bool https;  /* or smtps */
    bool listed; /* this host and port stand in OUTBOUND_ALLOW */
};

/*
 * Reads a URL with the parser that will also connect. ERR_INVALID "url_invalid"
 * (not https, or http without being listed; a user, fragment or zone in it; a port
 * that is neither 443, 8443 nor listed) or "address_refused".
 */
MUST_CHECK struct err httpc_guard_url(const struct conf *conf, struct arena *a, struct str url,
                                      struct httpc_target *out);

/*
 * The installation's own mail server (SMTP_URL), wherever it stands: the operator
 * chose it. ERR_UNAVAILABLE "no_smtp" when there is none.
 */
MUST_CHECK struct err httpc_guard_smtp(const struct conf *conf, struct arena *a,
                                       struct httpc_target *out);

/* An address or name of this very machine, as written. */
bool httpc_guard_is_here(struct arena *a, const struct httpc_target *target);

/* Whether a connection to this address, made for this target, may be opened. */
bool httpc_guard_lets_through(const struct conf *conf, const struct httpc_target *target,
                              const struct sockaddr *address);

/* Public unicast: none of the private, local, reserved, translated or documentation ranges. */
bool httpc_guard_is_public(const struct sockaddr *address);

/* An address of one of this host's own interfaces. */
bool httpc_guard_is_own(const struct sockaddr *address);

/* address:port, [v6]:port or address/24…32:port is in the comma-separated list. */
bool httpc_guard_is_listed(struct str list, const struct sockaddr *address);

#endif

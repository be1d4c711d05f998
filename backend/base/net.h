/*
 * Network addresses and blocks of them, of both families. Strict: what other
 * readers take two ways (leading zeros, a zone, missing parts) is refused.
 * An IPv4 address written as IPv6 (::ffff:10.0.0.1) is the IPv4 one, everywhere.
 */
#ifndef BASE_NET_H
#define BASE_NET_H

#include "err.h"
#include "str.h"

struct net_address {
    uint8_t bytes[16]; /* network order; the first 4 of an IPv4 one */
    bool is_v6;
};

struct net_block {
    struct net_address base; /* its bits beyond the prefix are zero */
    int prefix;              /* bits: 0–32 or 0–128 */
};

/* False: not an address. */
bool net_parse_address(struct str text, struct net_address *out);

/*
 * An address or a block ("10.0.0.0/8", "2001:db8::/48"; an address alone is a block
 * of one).
 *   ERR_INVALID  "network_invalid", "network_host_bits" (bits beyond the prefix),
 *                "network_everything" (a prefix of 0)
 */
MUST_CHECK struct err net_parse_block(struct str text, struct net_block *out);

bool net_contains(const struct net_block *block, const struct net_address *address);

/*
 * Takes the first address off a list ("10.0.0.2, 2001:db8::1"); an empty one has none.
 * False: what was taken is no address.
 */
bool net_cut_address(struct str *list, struct net_address *out);

/* Whether one of these addresses is in the block. */
bool net_contains_any(const struct net_block *block, struct str list);

/* "10.0.0.1"; "10.0.0.0/8". In the arena. */
struct str net_print_address(struct arena *a, const struct net_address *address);
struct str net_print_block(struct arena *a, const struct net_block *block);

/* The smallest block around an address's network with this prefix: what host bits should have been. */
struct net_block net_block_of(const struct net_address *address, int prefix);

#endif

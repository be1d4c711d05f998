#include "net.h"

#include <arpa/inet.h>
#include <string.h>

static const uint8_t mapped_v4[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

static int
bits_of(const struct net_address *address)
{
    return address->is_v6 ? 128 : 32;
}

/* inet_pton takes exact text only: no leading zeros, no zone, all four parts. */
bool
net_parse_address(struct str text, struct net_address *out)
{
    char exact[INET6_ADDRSTRLEN + 1];

    *out = (struct net_address){ 0 };
    if (text.len == 0 || text.len >= sizeof exact || memchr(text.p, '\0', text.len) != NULL)
        return false;
    memcpy(exact, text.p, text.len);
    exact[text.len] = '\0';
    if (inet_pton(AF_INET, exact, out->bytes) == 1)
        return true;
    if (inet_pton(AF_INET6, exact, out->bytes) != 1)
        return false;
    out->is_v6 = memcmp(out->bytes, mapped_v4, sizeof mapped_v4) != 0;
    if (!out->is_v6) {
        memmove(out->bytes, out->bytes + 12, 4);
        memset(out->bytes + 4, 0, 12);
    }
    return true;
}

static bool
is_written_as_v6(struct str text)
{
    return str_find(text, ':') >= 0;
}

static bool
parse_prefix(struct str text, int most, int *out)
{
    int64_t n;

    if (text.len == 0 || text.len > 3 || (text.len > 1 && text.p[0] == '0') || !str_i64(text, &n) ||
        n < 0 || n > most)
        return false;
    *out = (int)n;
    return true;
}

struct net_block
net_block_of(const struct net_address *address, int prefix)
{
    struct net_block block = { .base = *address, .prefix = prefix };

    for (int i = 0; i < (int)sizeof block.base.bytes; i++) {
        int kept = prefix - 8 * i;

        if (kept <= 0)
            block.base.bytes[i] = 0;
        else if (kept < 8)
            block.base.bytes[i] &= (uint8_t)(0xff << (8 - kept));
    }
    return block;
}

struct err
net_parse_block(struct str text, struct net_block *out)
{
    struct str rest = text, address;
    bool has_prefix = str_find(text, '/') >= 0;
    struct net_address base;
    int prefix;

    if (has_prefix)
        (void)str_cut(&rest, '/', &address);
    else
        address = text;
    if (!net_parse_address(address, &base))
        return FAIL(ERR_INVALID, "network_invalid");
    prefix = bits_of(&base);
    if (has_prefix) {
        /* A block written as IPv6 counts its bits there, also when it is an IPv4 one. */
        bool is_mapped = !base.is_v6 && is_written_as_v6(address);

        if (!parse_prefix(rest, is_mapped ? 128 : prefix, &prefix))
            return FAIL(ERR_INVALID, "network_invalid");
        if (is_mapped)
            prefix -= 96;
        if (prefix < 0)
            return FAIL(ERR_INVALID, "network_invalid");
    }
    if (prefix == 0)
        return FAIL(ERR_INVALID, "network_everything");
    *out = net_block_of(&base, prefix);
    return memcmp(out->base.bytes, base.bytes, sizeof base.bytes) == 0
               ? OK
               : FAIL(ERR_INVALID, "network_host_bits");
}

bool
net_contains(const struct net_block *block, const struct net_address *address)
{
    struct net_block around;

    if (block->base.is_v6 != address->is_v6)
        return false;
    around = net_block_of(address, block->prefix);
    return memcmp(around.base.bytes, block->base.bytes, sizeof block->base.bytes) == 0;
}

bool
net_cut_address(struct str *list, struct net_address *out)
{
    struct str word;

    return str_cut(list, ',', &word) && net_parse_address(str_trim(word), out);
}

bool
net_contains_any(const struct net_block *block, struct str list)
{
    struct net_address address;

    while (list.len > 0)
        if (net_cut_address(&list, &address) && net_contains(block, &address))
            return true;
    return false;
}

struct str
net_print_address(struct arena *a, const struct net_address *address)
{
    char text[INET6_ADDRSTRLEN];

    if (inet_ntop(address->is_v6 ? AF_INET6 : AF_INET, address->bytes, text, sizeof text) == NULL)
        BUG("what=address_unprintable");
    return str_dup(a, str_of(text));
}

struct str
net_print_block(struct arena *a, const struct net_block *block)
{
    return str_fmt(a, "%.*s/%d", STR_ARG(net_print_address(a, &block->base)), block->prefix);
}

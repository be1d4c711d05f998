#include "httpc_guard.h"

#include "httpc.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <ifaddrs.h>
#include <netdb.h>
#include <netinet/in.h>

#define URL_MAX_BYTES 2048
#define HOST_MAX_BYTES 253

/* A range in the list may be this wide, no wider. */
#define LISTED_LEAST_BITS 24

struct range {
    uint8_t head[16]; /* the first bytes; the rest is zero */
    int bits;         /* how many of them count */
};

static const struct range refused_v4[] = {
    { { 0 }, 8 },                /* this network */
    { { 10 }, 8 },               /* private */
    { { 100, 64 }, 10 },         /* carriers' own */
    { { 127 }, 8 },              /* this host */
    { { 169, 254 }, 16 },        /* link-local, metadata of clouds */
    { { 172, 16 }, 12 },         /* private */
    { { 192, 0, 0 }, 24 },       /* protocol assignments */
    { { 192, 0, 2 }, 24 },       /* documentation */
    { { 192, 88, 99 }, 24 },     /* 6to4 relays */
    { { 192, 168 }, 16 },        /* private */
    { { 198, 18 }, 15 },         /* benchmarks */
    { { 198, 51, 100 }, 24 },    /* documentation */
    { { 203, 0, 113 }, 24 },     /* documentation */
    { { 224 }, 3 },              /* multicast, reserved, broadcast */
    { { 168, 63, 129, 16 }, 32 } /* a cloud's own services on a public number */
};

static const struct range public_v6 = { { 0x20 }, 3 };

static const struct range refused_v6[] = {
    { { 0x20, 0x01 }, 23 },             /* protocol assignments, Teredo among them */
    { { 0x20, 0x01, 0x0D, 0xB8 }, 32 }, /* documentation */
    { { 0x20, 0x02 }, 16 },             /* 6to4: any IPv4 inside */
    { { 0x3F, 0xFF }, 20 }              /* documentation */
};

/* An IPv4 address stands in the last four bytes of these. */
static const struct range v4_inside[] = {
    { { [10] = 0xFF, [11] = 0xFF }, 96 }, /* mapped */
    { { 0x00, 0x64, 0xFF, 0x9B }, 96 }    /* NAT64 */
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static bool
is_in(const struct range *range, const uint8_t *address)
{
    int whole = range->bits / 8, rest = range->bits % 8;

    if (memcmp(range->head, address, (size_t)whole) != 0)
        return false;
    return rest == 0 || ((range->head[whole] ^ address[whole]) >> (8 - rest)) == 0;
}

static bool
is_in_any(const struct range *ranges, size_t n, const uint8_t *address)
{
    for (size_t i = 0; i < n; i++) {
        if (is_in(&ranges[i], address))
            return true;
    }
    return false;
}

/* The bytes of an address in network order, and how many; 0: neither IPv4 nor IPv6. */
static size_t
bytes_of(const struct sockaddr *address, uint8_t out[16])
{
    if (address->sa_family == AF_INET) {
        memcpy(out, &((const struct sockaddr_in *)(const void *)address)->sin_addr, 4);
        return 4;
    }
    if (address->sa_family == AF_INET6) {
        memcpy(out, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, 16);
        return 16;
    }
    return 0;
}

static int
port_of(const struct sockaddr *address)
{
    /* The port is at the same place in both. */
    return ntohs(((const struct sockaddr_in *)(const void *)address)->sin_port);
}

bool
httpc_guard_is_public(const struct sockaddr *address)
{
    uint8_t b[16];

    switch (bytes_of(address, b)) {
    case 4: return !is_in_any(refused_v4, COUNT(refused_v4), b);
    case 16:
        if (is_in_any(v4_inside, COUNT(v4_inside), b))
            return !is_in_any(refused_v4, COUNT(refused_v4), b + 12);
        return is_in(&public_v6, b) && !is_in_any(refused_v6, COUNT(refused_v6), b);
    default: return false;
    }
}

bool
httpc_guard_is_own(const struct sockaddr *address)
{
    struct ifaddrs *all;
    uint8_t wanted[16], b[16];
    size_t n = bytes_of(address, wanted);
    bool found = false;

    /* Not knowing is no permission. */
    if (n == 0 || getifaddrs(&all) != 0)
        return true;
    for (struct ifaddrs *i = all; i != NULL && !found; i = i->ifa_next)
        found = i->ifa_addr != NULL && bytes_of(i->ifa_addr, b) == n && memcmp(b, wanted, n) == 0;
    freeifaddrs(all);
    return found;
}

/* --- OUTBOUND_ALLOW ----------------------------------------------------------- */

/* One entry, taken apart: "10.20.0.0/24:8051", "[fd00::5]:443", "erp.local:8443". */
struct entry {
    struct str host; /* without brackets */
    int bits;        /* of an address with a range; -1: none said */
    int port;
};

static bool
parse_port(struct str s, int *out)
{
    int64_t port;

    if (!str_i64(s, &port) || port < 1 || port > 65535)
        return false;
    *out = (int)port;
    return true;
}

static bool
parse_entry(struct str word, struct entry *out)
{
    struct str port, bits;
    int64_t n;

    word = str_trim(word);
    out->bits = -1;
    if (str_starts(word, STR("["))) {
        word = (struct str){ word.p + 1, word.len - 1 };
        if (!str_cut(&word, ']', &out->host) || !str_starts(word, STR(":")))
            return false;
        port = (struct str){ word.p + 1, word.len - 1 };
        return parse_port(port, &out->port);
    }
    if (!str_cut(&word, ':', &out->host) || !parse_port(word, &out->port))
        return false;
    bits = out->host;
    str_cut(&bits, '/', &out->host);
    if (bits.len > 0) {
        if (!str_i64(bits, &n) || n < LISTED_LEAST_BITS || n > 32)
            return false;
        out->bits = (int)n;
    }
    return out->host.len > 0;
}

/* The next entry that makes sense; what does not is as good as absent. */
static bool
next_entry(struct str *list, struct entry *out)
{
    struct str word;

    while (str_cut(list, ',', &word)) {
        if (parse_entry(word, out))
            return true;
    }
    return false;
}

/* An address in text form; 4 or 16 bytes, 0: it is a name. */
static size_t
parse_address(struct str text, uint8_t out[16])
{
    char cstr[INET6_ADDRSTRLEN];

    if (text.len == 0 || text.len >= sizeof(cstr))
        return 0;
    memcpy(cstr, text.p, text.len);
    cstr[text.len] = '\0';
    return inet_pton(AF_INET, cstr, out) == 1 ? 4 : inet_pton(AF_INET6, cstr, out) == 1 ? 16 : 0;
}

bool
httpc_guard_is_listed(struct str list, const struct sockaddr *address)
{
    uint8_t wanted[16];
    size_t n = bytes_of(address, wanted);
    struct entry entry;

    while (n > 0 && next_entry(&list, &entry)) {
        struct range range = { .bits = entry.bits < 0 ? (int)n * 8 : entry.bits };

        if (entry.port == port_of(address) && parse_address(entry.host, range.head) == n &&
            is_in(&range, wanted))
            return true;
    }
    return false;
}

static bool
is_name_listed(struct str list, struct str host, int port)
{
    struct entry entry;

    while (next_entry(&list, &entry)) {
        if (entry.port == port && str_eq_nocase(entry.host, host))
            return true;
    }
    return false;
}

static bool
is_port_listed(struct str list, int port)
{
    struct entry entry;

    while (next_entry(&list, &entry)) {
        if (entry.port == port)
            return true;
    }
    return false;
}

bool
httpc_guard_lets_through(const struct conf *conf, const struct httpc_target *target,
                         const struct sockaddr *address)
{
    if (target->listed || httpc_guard_is_listed(str_of(conf->outbound_allow), address))
        return true;
    return httpc_guard_is_public(address) && !httpc_guard_is_own(address);
}

/* --- URLs ----------------------------------------------------------------------- */

/* One part of a URL, copied; .p == NULL: not there. */
static struct str
url_part(struct arena *a, CURLU *url, CURLUPart part, unsigned flags)
{
    struct str copy = { NULL, 0 };
    char *text = NULL;

    if (curl_url_get(url, part, &text, flags) == CURLUE_OK)
        copy = str_dup(a, str_of(text));
    curl_free(text);
    return copy;
}

static bool
parse_url(struct arena *a, struct str text, struct str plain_scheme, struct httpc_target *out)
{
    CURLU *url = curl_url();
    struct str scheme, port;
    bool good;

    if (url == NULL)
        BUG("what=out_of_memory");
    good = text.len > 0 && text.len <= URL_MAX_BYTES && str_is_utf8(text) &&
           curl_url_set(url, CURLUPART_URL, str_cstr(a, text), CURLU_DISALLOW_USER) == CURLUE_OK &&
           url_part(a, url, CURLUPART_FRAGMENT, 0).p == NULL &&
           url_part(a, url, CURLUPART_ZONEID, 0).p == NULL;
    scheme = url_part(a, url, CURLUPART_SCHEME, 0);
    port = url_part(a, url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
    out->host = url_part(a, url, CURLUPART_HOST, 0);
    curl_url_cleanup(url);

    out->https = str_eq(scheme, str_fmt(a, "%.*ss", STR_ARG(plain_scheme)));
    if (!good || !parse_port(port, &out->port) || (!out->https && !str_eq(scheme, plain_scheme)))
        return false;
    if (str_starts(out->host, STR("[")) && str_ends(out->host, STR("]")))
        out->host = (struct str){ out->host.p + 1, out->host.len - 2 };
    if (str_ends(out->host, STR(".")))
        out->host.len--;
    return out->host.len > 0 && out->host.len <= HOST_MAX_BYTES;
}

/* "localhost" and what stands below it are this host wherever they are asked for. */
static bool
is_local_name(struct str host)
{
    static const struct str name = STR_INIT("localhost");
    struct str tail = host;

    if (host.len > name.len) {
        tail = (struct str){ host.p + host.len - name.len, name.len };
        if (tail.p[-1] != '.')
            return false;
    }
    return str_eq_nocase(tail, name);
}

/* False when the host is a name. Knows every spelling of a number that connecting would know. */
static bool
address_of(struct arena *a, const struct httpc_target *target, struct sockaddr_storage *out)
{
    struct addrinfo hints = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV,
                              .ai_socktype = SOCK_STREAM };
    struct addrinfo *found;
    const char *port = str_fmt(a, "%d%c", target->port, '\0').p;

    if (getaddrinfo(str_cstr(a, target->host), port, &hints, &found) != 0)
        return false;
    memcpy(out, found->ai_addr, found->ai_addrlen);
    freeaddrinfo(found);
    return true;
}

static bool
is_public_host(struct arena *a, const struct conf *conf, const struct httpc_target *target)
{
    struct sockaddr_storage address;
    struct httpc_target ours;

    if (address_of(a, target, &address))
        return httpc_guard_is_public((struct sockaddr *)&address);
    if (is_local_name(target->host))
        return false;
    return !parse_url(a, str_of(conf->public_url), STR("http"), &ours) ||
           !str_eq_nocase(target->host, ours.host);
}

/* Whether the host, as written, is one the operator listed. */
static bool
is_target_listed(struct arena *a, struct str list, const struct httpc_target *target)
{
    struct sockaddr_storage address;

    return address_of(a, target, &address)
               ? httpc_guard_is_listed(list, (struct sockaddr *)&address)
               : is_name_listed(list, target->host, target->port);
}

struct err
httpc_guard_url(const struct conf *conf, struct arena *a, struct str url, struct httpc_target *out)
{
    struct str list = str_of(conf->outbound_allow);
    struct httpc_target target = { 0 };

    if (!parse_url(a, url, STR("http"), &target))
        return FAIL(ERR_INVALID, "url_invalid");
    target.listed = is_target_listed(a, list, &target);
    if (!target.listed) {
        if (!is_public_host(a, conf, &target))
            return FAIL(ERR_INVALID, "address_refused");
        if (!target.https ||
            (target.port != 443 && target.port != 8443 && !is_port_listed(list, target.port)))
            return FAIL(ERR_INVALID, "url_invalid");
    }
    *out = target;
    return OK;
}

struct err
httpc_guard_smtp(const struct conf *conf, struct arena *a, struct httpc_target *out)
{
    if (*conf->smtp_url == '\0')
        return FAIL(ERR_UNAVAILABLE, "no_smtp");
    if (!parse_url(a, str_of(conf->smtp_url), STR("smtp"), out))
        return FAIL(ERR_INVALID, "url_invalid");
    out->listed = true;
    return OK;
}

bool
httpc_guard_is_here(struct arena *a, const struct httpc_target *target)
{
    struct sockaddr_storage address;

    return address_of(a, target, &address) ? httpc_guard_is_own((struct sockaddr *)&address)
                                           : is_local_name(target->host);
}

struct err
httpc_check_url(const struct conf *conf, struct arena *a, struct str url)
{
    struct httpc_target target;

    return httpc_guard_url(conf, a, url, &target);
}

/*
 * Any text through the address guard. What it accepts is asked again of the C
 * library, which has a parser of its own: a host that is a number in any of its
 * spellings must be a public one.
 */
#include "base/httpc_guard.h"

#include <netdb.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct conf conf = { .outbound_allow = "127.0.0.1:8090,10.20.0.0/24:8051,[::1]:9",
                                      .public_url = "https://balcao.example" };
    struct addrinfo hints = { .ai_flags = AI_NUMERICHOST }, *found;
    struct arena *a = arena_new(4096);
    struct httpc_target target;

    if (httpc_guard_url(&conf, a, (struct str){ (const char *)data, size }, &target).code ==
        ERR_NONE) {
        if (!target.listed && !target.https)
            BUG("what=plain_http_outside");
        if (getaddrinfo(str_cstr(a, target.host), NULL, &hints, &found) == 0) {
            if (!target.listed && !httpc_guard_is_public(found->ai_addr))
                BUG("what=inner_address_accepted");
            freeaddrinfo(found);
        }
    }
    /* The list is an operator's, but a mistake in it must not be worse than a mistake. */
    (void)httpc_guard_is_listed((struct str){ (const char *)data, size },
                                &(struct sockaddr){ .sa_family = AF_INET });
    arena_free(a);
    return 0;
}

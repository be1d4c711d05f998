#include "base/testing/testing.h"

#include "httpc.h"
#include "httpc_guard.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/un.h>

static struct sockaddr_storage
address(const char *text, int port)
{
    struct sockaddr_storage out = { 0 };
    struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port) };

    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1)
        memcpy(&out, &v4, sizeof(v4));
    else if (inet_pton(AF_INET6, text, &v6.sin6_addr) == 1)
        memcpy(&out, &v6, sizeof(v6));
    else
        CHECK_STR(str_of(text), "an address");
    return out;
}

static bool
is_public(const char *text)
{
    struct sockaddr_storage a = address(text, 443);

    return httpc_guard_is_public((struct sockaddr *)&a);
}

static bool
is_listed(const char *list, const char *text, int port)
{
    struct sockaddr_storage a = address(text, port);

    return httpc_guard_is_listed(str_of(list), (struct sockaddr *)&a);
}

static const struct conf *
conf_with(const char *outbound_allow)
{
    struct conf *conf = arena_new_of(test_arena(), struct conf);

    CHECK_OK(conf_load(test_arena(), NULL, conf));
    conf->public_url = "https://balcao.example";
    conf->outbound_allow = outbound_allow;
    return conf;
}

TEST(addresses_that_are_not_public_are_refused_to_their_last)
{
    static const char *const rows[] = {
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.0.0.0",
        "127.0.0.1",
        "127.255.255.255",
        "169.254.0.0",
        "169.254.169.254",
        "169.254.255.255",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.0",
        "192.0.0.255",
        "192.0.2.0",
        "192.0.2.255",
        "192.88.99.0",
        "192.88.99.255",
        "192.168.0.0",
        "192.168.255.255",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.0",
        "198.51.100.255",
        "203.0.113.0",
        "203.0.113.255",
        "224.0.0.0",
        "239.255.255.255",
        "240.0.0.0",
        "255.255.255.255",
        "168.63.129.16",
        "::",
        "::1",
        "::2",
        "::7f00:1",     /* IPv4-compatible, long gone */
        "64:ff9b:1::1", /* local translation */
        "100::1",       /* discard */
        "1fff:ffff::1",
        "2001::",
        "2001::1",
        "2001:0:ffff::1",
        "2001:1ff:ffff::1",
        "2001:db8::",
        "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
        "2002::",
        "2002:7f00:1::",
        "2002:ffff::1",
        "3fff::1",
        "3fff:fff:ffff::1",
        "4000::1",
        "5f00::1",
        "fc00::1",
        "fdff::1",
        "fe80::1",
        "febf::1",
        "fec0::1",
        "ff02::1",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "::ffff:127.0.0.1",
        "::ffff:10.1.2.3",
        "::ffff:169.254.169.254",
        "::ffff:0.0.0.0",
        "64:ff9b::127.0.0.1",
        "64:ff9b::10.0.0.1",
        "64:ff9b::169.254.169.254",
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (is_public(rows[i]))
            CHECK_STR(str_of(rows[i]), "refused");
    }
}

TEST(addresses_just_outside_those_ranges_are_public)
{
    static const char *const rows[] = {
        "1.0.0.0",          "9.255.255.255",   "11.0.0.0",      "100.63.255.255",
        "100.128.0.0",      "126.255.255.255", "128.0.0.0",     "169.253.255.255",
        "169.255.0.0",      "172.15.255.255",  "172.32.0.0",    "191.255.255.255",
        "192.0.1.0",        "192.0.1.255",     "192.0.3.0",     "192.88.98.255",
        "192.88.100.0",     "192.167.255.255", "192.169.0.0",   "198.17.255.255",
        "198.20.0.0",       "198.51.99.255",   "198.51.101.0",  "203.0.112.255",
        "203.0.114.0",      "223.255.255.255", "168.63.129.15", "168.63.129.17",
        "8.8.8.8",          "157.240.1.1",     "2000::1",       "2001:200::1",
        "2001:db7:ffff::1", "2001:db9::1",     "2003::1",       "2606:4700:4700::1111",
        "2a03:2880::1",     "3ffe::1",         "3fff:1000::1",  "::ffff:8.8.8.8",
        "64:ff9b::8.8.8.8",
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (!is_public(rows[i]))
            CHECK_STR(str_of(rows[i]), "public");
    }
}

TEST(sockets_of_other_families_are_refused)
{
    struct sockaddr_un local = { .sun_family = AF_UNIX, .sun_path = "/run/balcao/api.sock" };

    CHECK(!httpc_guard_is_public((struct sockaddr *)&local));
    CHECK(httpc_guard_is_own((struct sockaddr *)&local));
    CHECK(!httpc_guard_is_listed(STR("127.0.0.1:8090"), (struct sockaddr *)&local));
}

TEST(this_hosts_own_addresses_are_known)
{
    struct sockaddr_storage own = address("127.0.0.1", 443), other = address("192.0.2.77", 443);

    CHECK(httpc_guard_is_own((struct sockaddr *)&own));
    CHECK(!httpc_guard_is_own((struct sockaddr *)&other));
}

TEST(a_list_names_addresses_with_their_port)
{
    CHECK(is_listed("127.0.0.1:8090", "127.0.0.1", 8090));
    CHECK(is_listed("erp.local:1, 127.0.0.1:8090 ,x", "127.0.0.1", 8090));
    CHECK(!is_listed("127.0.0.1:8090", "127.0.0.1", 8091));
    CHECK(!is_listed("127.0.0.1:8090", "127.0.0.2", 8090));
    CHECK(!is_listed("127.0.0.1:8090", "::ffff:127.0.0.1", 8090));
    CHECK(!is_listed("", "127.0.0.1", 8090));
    CHECK(is_listed("[fd00::5]:443", "fd00::5", 443));
    CHECK(is_listed("[FD00:0::5]:443", "fd00::5", 443));
    CHECK(!is_listed("[fd00::5]:443", "fd00::6", 443));
}

TEST(a_list_names_small_ranges_only)
{
    CHECK(is_listed("10.20.0.0/24:8051", "10.20.0.255", 8051));
    CHECK(!is_listed("10.20.0.0/24:8051", "10.20.1.0", 8051));
    CHECK(is_listed("10.20.0.4/30:8051", "10.20.0.7", 8051));
    CHECK(!is_listed("10.20.0.4/30:8051", "10.20.0.8", 8051));
    CHECK(!is_listed("10.20.0.0/16:8051", "10.20.0.1", 8051));
    CHECK(!is_listed("0.0.0.0/0:8051", "10.20.0.1", 8051));
    CHECK(!is_listed("10.20.0.0/33:8051", "10.20.0.0", 8051));
}

TEST(entries_without_sense_are_as_good_as_absent)
{
    static const char *const lists[] = {
        "127.0.0.1",        "127.0.0.1:",      "127.0.0.1:0", "127.0.0.1:65536",
        "127.0.0.1:8090x",  ":8090",           ",,,",         "[::1:8090",
        "127.0.0.1/:80900", "[127.0.0.1]8090", "127.1:8090",  "*:8090",
    };

    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
        CHECK(!is_listed(lists[i], "127.0.0.1", 8090));
}

TEST(urls_for_the_outside_are_https_on_usual_ports)
{
    static const char *const rows[] = {
        "https://graph.facebook.com/v23.0",
        "https://graph.facebook.com",
        "HTTPS://Graph.Facebook.com:443/x?y=z",
        "https://hooks.example.com:8443/in",
        "https://8.8.8.8/",
        "https://[2606:4700:4700::1111]/",
        "https://example.com./",
        "https://xn--bcher-kva.example/",
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        CHECK_OK(httpc_check_url(conf_with(""), test_arena(), str_of(rows[i])));
}

TEST(urls_that_are_not_such_are_invalid)
{
    static const struct str rows[] = {
        STR_INIT(""),
        STR_INIT("graph.facebook.com"),
        STR_INIT("/v23.0"),
        STR_INIT("http://example.com/"),
        STR_INIT("ftp://example.com/"),
        STR_INIT("file:///etc/passwd"),
        STR_INIT("gopher://example.com/"),
        STR_INIT("dict://example.com/"),
        STR_INIT("javascript:alert(1)"),
        STR_INIT("https://user@example.com/"),
        STR_INIT("https://user:word@example.com/"),
        STR_INIT("https://example.com/#part"),
        STR_INIT("https://example.com:80/"),
        STR_INIT("https://example.com:22/"),
        STR_INIT("https://example.com:0/"),
        STR_INIT("https://example.com:99999/"),
        STR_INIT("https://exam ple.com/"),
        STR_INIT("https://example.com/\r\nHost: x"),
        STR_INIT("https://example.com/\0"),
        STR_INIT("https://example.com/\xFF"),
        STR_INIT("https://[fe80::1%25eth0]/"),
        STR_INIT("https://[::1"),
        STR_INIT("https://./"),
    };
    char *longer = arena_alloc(test_arena(), 3001);

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct err e = httpc_check_url(conf_with(""), test_arena(), rows[i]);

        if (!err_is(e, "url_invalid"))
            CHECK_STR(rows[i], e.slug == NULL ? "invalid, not accepted" : e.slug);
    }
    memset(longer, 'a', 3000);
    memcpy(longer, "https://a.example/", 18);
    CHECK_FAIL(httpc_check_url(conf_with(""), test_arena(), str_of(longer)), ERR_INVALID,
               "url_invalid");
}

TEST(urls_that_name_inner_places_are_refused_in_every_spelling)
{
    static const char *const rows[] = {
        "https://127.0.0.1/",       "https://127.1/",
        "https://2130706433/",      "https://0x7f.1/",
        "https://0177.0.0.1/",      "https://0/",
        "https://127.0.0.1./",      "https://%31%32%37.0.0.1/",
        "https://10.0.0.1:8443/",   "https://169.254.169.254/latest/meta-data",
        "https://[::1]/",           "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/", "https://[64:ff9b::7f00:1]/",
        "https://[fd00::1]/",       "https://localhost/",
        "https://LOCALHOST./",      "https://a.localhost/",
        "http://127.0.0.1/",        "https://balcao.example/hooks/x",
        "https://BALCAO.example./",
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct err e = httpc_check_url(conf_with(""), test_arena(), str_of(rows[i]));

        if (!err_is(e, "address_refused"))
            CHECK_STR(str_of(rows[i]), e.slug == NULL ? "refused, not accepted" : e.slug);
    }
    CHECK_OK(httpc_check_url(conf_with(""), test_arena(), STR("https://notlocalhost/")));
}

TEST(what_the_operator_listed_may_be_called_as_it_is_written)
{
    const struct conf *conf = conf_with("127.0.0.1:8090,erp.local:8051,localhost:9000,[::1]:8090");
    struct httpc_target target;

    CHECK_OK(httpc_guard_url(conf, test_arena(), STR("http://127.0.0.1:8090/lab"), &target));
    CHECK(target.listed && !target.https && target.port == 8090);
    CHECK_OK(httpc_check_url(conf, test_arena(), STR("http://127.1:8090/")));
    CHECK_OK(httpc_check_url(conf, test_arena(), STR("http://[::1]:8090/")));
    CHECK_OK(httpc_check_url(conf, test_arena(), STR("http://ERP.local:8051/ws")));
    CHECK_OK(httpc_check_url(conf, test_arena(), STR("https://localhost:9000")));
    CHECK_FAIL(httpc_check_url(conf, test_arena(), STR("http://127.0.0.1:8091/")), ERR_INVALID,
               "address_refused");
    CHECK_FAIL(httpc_check_url(conf, test_arena(), STR("http://127.0.0.2:8090/")), ERR_INVALID,
               "address_refused");
    CHECK_FAIL(httpc_check_url(conf, test_arena(), STR("http://erp.local:8052/")), ERR_INVALID,
               "url_invalid");
    CHECK_FAIL(httpc_check_url(conf, test_arena(), STR("http://example.com/")), ERR_INVALID,
               "url_invalid");
}

TEST(the_address_being_connected_is_what_counts)
{
    const struct conf *conf = conf_with("10.20.0.5:443,erp.local:8051");
    struct httpc_target anyone = { .host = STR("innocent.example"), .port = 443, .https = true };
    struct httpc_target listed = { .host = STR("erp.local"), .port = 8051, .listed = true };
    struct sockaddr_storage loopback = address("127.0.0.1", 443);
    struct sockaddr_storage metadata = address("169.254.169.254", 443);
    struct sockaddr_storage erp = address("10.20.0.5", 443);
    struct sockaddr_storage outside = address("8.8.8.8", 443);

    CHECK(!httpc_guard_lets_through(conf, &anyone, (struct sockaddr *)&loopback));
    CHECK(!httpc_guard_lets_through(conf, &anyone, (struct sockaddr *)&metadata));
    CHECK(httpc_guard_lets_through(conf, &anyone, (struct sockaddr *)&erp));
    CHECK(httpc_guard_lets_through(conf, &anyone, (struct sockaddr *)&outside));
    CHECK(httpc_guard_lets_through(conf, &listed, (struct sockaddr *)&loopback));
}

#include "base/net.h"
#include "base/testing/testing.h"

static bool
is_in(const char *block_text, const char *address_text)
{
    struct net_block block;
    struct net_address address;

    CHECK_OK(net_parse_block(str_of(block_text), &block));
    CHECK(net_parse_address(str_of(address_text), &address));
    return net_contains(&block, &address);
}

static void
check_refused(const char *text, const char *slug)
{
    struct net_block block;

    CHECK_FAIL(net_parse_block(str_of(text), &block), ERR_INVALID, slug);
}

TEST(a_block_holds_its_addresses_and_no_others)
{
    CHECK(is_in("203.0.113.0/24", "203.0.113.9"));
    CHECK(!is_in("203.0.113.0/24", "203.0.114.1"));
    CHECK(is_in("10.0.0.0/9", "10.127.255.255"));
    CHECK(!is_in("10.0.0.0/9", "10.128.0.0"));
    CHECK(is_in("2001:db8:5::/48", "2001:db8:5:ff::1"));
    CHECK(!is_in("2001:db8:5::/48", "2001:db8:6::1"));
    CHECK(is_in("198.51.100.7", "198.51.100.7"));
}

TEST(families_never_meet)
{
    CHECK(!is_in("203.0.113.0/24", "2001:db8::9"));
    CHECK(!is_in("2001:db8::/32", "32.1.13.184"));
}

TEST(a_mapped_address_is_the_one_it_maps)
{
    struct net_block block;

    CHECK(is_in("203.0.113.0/24", "::ffff:203.0.113.9"));
    CHECK_OK(net_parse_block(STR("::ffff:10.0.0.0/104"), &block));
    CHECK_STR(net_print_block(test_arena(), &block), "10.0.0.0/8");
    CHECK(is_in("::ffff:10.0.0.0/104", "10.9.9.9"));
    check_refused("::ffff:10.0.0.0/95", "network_invalid");
}

TEST(what_can_be_read_two_ways_is_refused)
{
    check_refused("010.0.0.0/8", "network_invalid");
    check_refused("10.1/16", "network_invalid");
    check_refused("fe80::1%eth0/128", "network_invalid");
    check_refused("10.0.0.0/08", "network_invalid");
    check_refused("10.0.0.0/33", "network_invalid");
    check_refused("10.0.0.0/", "network_invalid");
    check_refused(" 10.0.0.0/8", "network_invalid");
    check_refused("", "network_invalid");
}

TEST(bits_beyond_the_prefix_are_a_mistake_with_a_remedy)
{
    struct net_address address;
    struct net_block meant;

    check_refused("10.0.0.5/8", "network_host_bits");
    CHECK(net_parse_address(STR("10.0.0.5"), &address));
    meant = net_block_of(&address, 8);
    CHECK_STR(net_print_block(test_arena(), &meant), "10.0.0.0/8");
}

TEST(of_a_list_each_address_counts)
{
    struct str list = STR("10.0.0.2, 2001:db8::1"), none = STR("10.0.0.2, lixo");
    struct net_address address;
    struct net_block block;

    CHECK_OK(net_parse_block(STR("2001:db8::/32"), &block));
    CHECK(net_contains_any(&block, list));
    CHECK(!net_contains_any(&block, STR("10.0.0.2")));
    CHECK(!net_contains_any(&block, STR("")));
    CHECK(net_cut_address(&list, &address));
    CHECK_STR(net_print_address(test_arena(), &address), "10.0.0.2");
    CHECK(net_cut_address(&list, &address));
    CHECK_STR(net_print_address(test_arena(), &address), "2001:db8::1");
    CHECK_I64((int64_t)list.len, 0);
    CHECK(net_cut_address(&none, &address) && !net_cut_address(&none, &address));
}

TEST(everywhere_is_no_network)
{
    check_refused("0.0.0.0/0", "network_everything");
    check_refused("::/0", "network_everything");
}

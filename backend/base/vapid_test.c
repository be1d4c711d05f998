#include "base/testing/testing.h"

#include "crypto.h"
#include "vapid.h"

#include <jwt.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <stdlib.h>

#define NOW INT64_C(1800000000)
#define ENDPOINT "https://push.example:8443/wpush/v2/gAAA"

static struct str
between(struct str value, const char *start, char end)
{
    struct str rest = { strstr(str_cstr(test_arena(), value), start) + strlen(start), 0 }, head;

    rest.len = strlen(rest.p);
    (void)str_cut(&rest, end, &head);
    return head;
}

/* The public key as a service knows it, from its text alone. */
static struct str
pem_of(struct str key)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
    OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
    BIO *text = BIO_new(BIO_s_mem());
    EVP_PKEY *made = NULL;
    OSSL_PARAM *params;
    struct str point;
    char *pem;
    long len;

    CHECK(crypto_unbase64url(test_arena(), key, &point) && point.len == 65 && point.p[0] == 4);
    CHECK(OSSL_PARAM_BLD_push_utf8_string(build, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) == 1);
    CHECK(OSSL_PARAM_BLD_push_octet_string(build, OSSL_PKEY_PARAM_PUB_KEY, point.p, point.len) ==
          1);
    params = OSSL_PARAM_BLD_to_param(build);
    CHECK(EVP_PKEY_fromdata_init(context) == 1 &&
          EVP_PKEY_fromdata(context, &made, EVP_PKEY_PUBLIC_KEY, params) == 1 &&
          PEM_write_bio_PUBKEY(text, made) == 1);
    len = BIO_get_mem_data(text, &pem);
    point = str_dup(test_arena(), (struct str){ pem, (size_t)len });
    EVP_PKEY_free(made);
    OSSL_PARAM_free(params);
    OSSL_PARAM_BLD_free(build);
    EVP_PKEY_CTX_free(context);
    BIO_free(text);
    return point;
}

TEST(a_push_service_can_check_who_we_are_by_the_key_alone)
{
    struct str value = vapid_authorization(test_arena(), test_conf(), STR(ENDPOINT), NOW);
    struct str token = between(value, "vapid t=", ','), key = between(value, " k=", ' ');
    struct str pem = pem_of(key);
    jwt_t *jwt = NULL;

    CHECK_I64(
        jwt_decode(&jwt, str_cstr(test_arena(), token), (const unsigned char *)pem.p, (int)pem.len),
        0);
    CHECK_I64(jwt_get_alg(jwt), JWT_ALG_ES256);
    CHECK_STR(str_of(jwt_get_grant(jwt, "aud")), "https://push.example:8443");
    CHECK_STR(str_of(jwt_get_grant(jwt, "sub")),
              str_cstr(test_arena(), str_fmt(test_arena(), "mailto:%s", test_conf()->mail_from)));
    CHECK_I64(jwt_get_grant_int(jwt, "exp"), NOW + VAPID_LIFE_S);
    CHECK(VAPID_LIFE_S <= 24 * 3600);
    jwt_free(jwt);
}

TEST(the_key_of_an_installation_never_changes)
{
    struct str once;

    (void)test_conf();
    once = vapid_key(test_arena());
    CHECK_I64((int64_t)once.len, 87);
    CHECK_STR(vapid_key(test_arena()), str_cstr(test_arena(), once));
    CHECK_STR(
        between(vapid_authorization(test_arena(), test_conf(), STR(ENDPOINT), NOW), " k=", ' '),
        str_cstr(test_arena(), once));
}

#include "vapid.h"

#include "crypto.h"
#include "crypto_keys.h"

#include <jwt.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <stdlib.h>

#define CURVE "prime256v1"

enum { POINT_BYTES = 65, PEM_MAX_BYTES = 400 };

/* Made of the key once per process; libjwt reads keys as PEM only. */
static struct {
    uint8_t from[CRYPTO_KEY_BYTES]; /* the key it was made of: tests have several */
    uint8_t point[POINT_BYTES];
    unsigned char pem[PEM_MAX_BYTES];
    int pem_len; /* 0: not made yet */
} own;

/* 1 … n − 1 out of 32 uniform bytes; the bias is n's distance from 2²⁵⁶, which nobody can use. */
static void
make_scalar(const EC_GROUP *group, BIGNUM *out)
{
    struct str key = crypto_key(KEY_PUSH);
    BIGNUM *most = BN_dup(EC_GROUP_get0_order(group));
    BN_CTX *work = BN_CTX_new();

    if (most == NULL || work == NULL || BN_sub_word(most, 1) != 1 ||
        BN_bin2bn((const unsigned char *)key.p, (int)key.len, out) == NULL ||
        BN_mod(out, out, most, work) != 1 || BN_add_word(out, 1) != 1)
        BUG("what=push_key_not_made");
    BN_CTX_free(work);
    BN_free(most);
}

static void
make_point(const EC_GROUP *group, const BIGNUM *scalar)
{
    EC_POINT *point = EC_POINT_new(group);

    if (point == NULL || EC_POINT_mul(group, point, scalar, NULL, NULL, NULL) != 1 ||
        EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, own.point, POINT_BYTES,
                           NULL) != POINT_BYTES)
        BUG("what=push_key_not_made");
    EC_POINT_free(point);
}

static void
make_pem(const BIGNUM *scalar)
{
    OSSL_PARAM_BLD *build = OSSL_PARAM_BLD_new();
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "EC", NULL);
    BIO *text = BIO_new(BIO_s_secmem());
    EVP_PKEY *key = NULL;
    OSSL_PARAM *params;

    if (build == NULL || context == NULL || text == NULL ||
        OSSL_PARAM_BLD_push_utf8_string(build, OSSL_PKEY_PARAM_GROUP_NAME, CURVE, 0) != 1 ||
        OSSL_PARAM_BLD_push_octet_string(build, OSSL_PKEY_PARAM_PUB_KEY, own.point, POINT_BYTES) !=
            1 ||
        OSSL_PARAM_BLD_push_BN(build, OSSL_PKEY_PARAM_PRIV_KEY, scalar) != 1)
        BUG("what=push_key_not_made");
    params = OSSL_PARAM_BLD_to_param(build);
    if (params == NULL || EVP_PKEY_fromdata_init(context) != 1 ||
        EVP_PKEY_fromdata(context, &key, EVP_PKEY_KEYPAIR, params) != 1 ||
        PEM_write_bio_PrivateKey(text, key, NULL, NULL, 0, NULL, NULL) != 1)
        BUG("what=push_key_not_made");
    own.pem_len = BIO_read(text, own.pem, PEM_MAX_BYTES);
    if (own.pem_len <= 0 || own.pem_len == PEM_MAX_BYTES)
        BUG("what=push_key_not_made");
    EVP_PKEY_free(key);
    OSSL_PARAM_free(params);
    BIO_free(text);
    EVP_PKEY_CTX_free(context);
    OSSL_PARAM_BLD_free(build);
}

static void
make_own(void)
{
    struct str key = crypto_key(KEY_PUSH);
    EC_GROUP *group;
    BIGNUM *scalar;

    if (own.pem_len > 0 && memcmp(own.from, key.p, CRYPTO_KEY_BYTES) == 0)
        return;
    group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1);
    scalar = BN_secure_new();
    if (group == NULL || scalar == NULL)
        BUG("what=push_key_not_made");
    make_scalar(group, scalar);
    make_point(group, scalar);
    make_pem(scalar);
    memcpy(own.from, key.p, CRYPTO_KEY_BYTES);
    BN_clear_free(scalar);
    EC_GROUP_free(group);
}

struct str
vapid_key(struct arena *a)
{
    make_own();
    return crypto_base64url(a, own.point, POINT_BYTES);
}

/* "https://push.example:8443/…" → "https://push.example:8443" */
static struct str
origin_of(struct str url)
{
    ptrdiff_t scheme = str_find(url, '/');
    struct str rest = { url.p + scheme + 2, url.len - (size_t)scheme - 2 };
    ptrdiff_t slash = str_find(rest, '/');

    return (struct str){ url.p, slash < 0 ? url.len : (size_t)(scheme + 2 + slash) };
}

struct str
vapid_authorization(struct arena *a, const struct conf *conf, struct str endpoint, int64_t now_s)
{
    const char *subject = str_fmt(a, "mailto:%s%c", conf->mail_from, '\0').p;
    struct str key = vapid_key(a), value;
    jwt_t *jwt = NULL;
    char *token;

    if (jwt_new(&jwt) != 0 || jwt_add_grant(jwt, "aud", str_cstr(a, origin_of(endpoint))) != 0 ||
        jwt_add_grant_int(jwt, "exp", now_s + VAPID_LIFE_S) != 0 ||
        jwt_add_grant(jwt, "sub", subject) != 0 ||
        jwt_set_alg(jwt, JWT_ALG_ES256, own.pem, own.pem_len) != 0)
        BUG("what=push_token_not_made");
    token = jwt_encode_str(jwt);
    jwt_free(jwt);
    if (token == NULL)
        BUG("what=push_token_not_made");
    value = str_fmt(a, "vapid t=%s, k=%.*s", token, STR_ARG(key));
    free(token);
    return value;
}

/*
 * Any text as an access token: once as it is, and once as header and claims (split
 * at the first line feed) under a right signature, so that the checks behind the
 * signature are reached too.
 */
#include "base/crypto.h"
#include "base/crypto_keys.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#define NOW INT64_C(1800000000)

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct conf conf = { .public_url = "https://balcao.example" };

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
    char dir[] = "/tmp/token_fuzz-XXXXXX", path[64];
    int fd;

    (void)argc;
    (void)argv;
    if (mkdtemp(dir) == NULL)
        BUG("what=no_directory");
    strcat(strcpy(path, dir), "/master.key");
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0400);
    if (fd < 0 || write(fd, "0123456789abcdef0123456789abcdef", 32) != 32)
        BUG("what=no_key");
    close(fd);
    conf.keys_dir = dir;
    if (crypto_init(&conf).code != ERR_NONE)
        BUG("what=key_refused");
    conf.keys_dir = NULL;
    unlink(path);
    rmdir(dir);
    return 0;
}

static struct str
signed_token(struct arena *a, struct str text)
{
    struct buf b = { .arena = a };
    uint8_t mac[CRYPTO_SHA256_BYTES];
    struct str header = text;

    str_cut(&text, '\n', &header);
    buf_add(&b, crypto_base64url(a, (const uint8_t *)header.p, header.len));
    buf_char(&b, '.');
    buf_add(&b, crypto_base64url(a, (const uint8_t *)text.p, text.len));
    crypto_hmac_sha256(crypto_key(KEY_TOKEN), buf_str(&b), mac);
    buf_char(&b, '.');
    buf_add(&b, crypto_base64url(a, mac, sizeof(mac)));
    return buf_str(&b);
}

static void
read_token(struct arena *a, struct str token)
{
    struct crypto_claims claims;

    if (crypto_token_read(a, &conf, token, NOW, &claims).code != ERR_NONE)
        return;
    if (claims.user_id < 1 || claims.session_id < 1 || claims.expires_s <= NOW)
        BUG("what=claims_without_sense");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(4096);
    struct str text = { (const char *)data, size };

    read_token(a, text);
    if (size > 0)
        read_token(a, signed_token(a, text));
    arena_free(a);
    return 0;
}

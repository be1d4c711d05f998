#include "common_passwords.h"

#include "base/crypto.h"

#include <endian.h>

/* The file becomes part of the program: nothing to install beside it, nothing to lose. */
__asm__(".section .rodata\n"
        ".balign 8\n"
        "common_passwords_begin:\n"
        ".incbin \"domain/auth/common_passwords.bin\"\n"
        "common_passwords_end:\n"
        ".previous\n");

extern const uint64_t common_passwords_begin[] __attribute__((visibility("hidden")));
extern const uint64_t common_passwords_end[] __attribute__((visibility("hidden")));

bool
common_passwords_have(struct str word)
{
    uint8_t digest[CRYPTO_SHA256_BYTES];
    const uint64_t *low = common_passwords_begin, *high = common_passwords_end;
    uint64_t wanted;

    crypto_sha256(word, digest);
    memcpy(&wanted, digest, sizeof wanted);
    wanted = be64toh(wanted);
    while (low < high) {
        const uint64_t *middle = low + (high - low) / 2;
        uint64_t found = be64toh(*middle);

        if (found == wanted)
            return true;
        if (found < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* What people send as their photo: any bytes, measured without a step beyond them. */
#include "base/err.h"
#include "domain/messages/picture.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct picture_size found;
    /* A copy of exactly this size: a step beyond is seen. */
    char *bytes = malloc(size + (size == 0));

    if (bytes == NULL)
        return 0;
    if (size > 0)
        memcpy(bytes, data, size);
    if (picture_measure((struct str){ bytes, size }, &found) &&
        (found.width < 0 || found.height < 0 || found.width > 0xFFFFFFFF))
        BUG("what=picture_without_size");
    free(bytes);
    return 0;
}

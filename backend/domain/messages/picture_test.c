#include "base/testing/testing.h"
#include "domain/messages/picture.h"

#define BYTES(literal)                                                                             \
    {                                                                                              \
        literal, sizeof literal - 1                                                                \
    }

static const struct {
    const char *what;
    struct str bytes;
    struct picture_size size;
} pictures[] = {
    { "png", BYTES("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\xEA\x60\0\0\x02\x58"), { 60000, 600 } },
    { "jpeg, behind an application's segment and filling",
      BYTES("\xFF\xD8\xFF\xE0\0\x04zz\xFF\xFF\xC0\0\x11\x08\x01\x40\x02\x80\x03"),
      { 640, 320 } },
    { "jpeg, progressive", BYTES("\xFF\xD8\xFF\xC2\0\x11\x08\x00\x10\x00\x20\x03"), { 32, 16 } },
    { "webp with extras",
      BYTES("RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\xFF\x01\0\xFF\0\0"),
      { 512, 256 } },
    { "webp, lossy",
      BYTES("RIFF\0\0\0\0WEBPVP8 \0\0\0\0\0\0\0\x9D\x01\x2A\x40\x01\xF0\x00"),
      { 320, 240 } },
    { "webp, lossless",
      BYTES("RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2F\x0F\xC0\x01\x00\0\0\0\0\0"),
      { 16, 8 } },
};

TEST(a_picture_says_how_large_it_is)
{
    for (size_t i = 0; i < sizeof pictures / sizeof pictures[0]; i++) {
        struct picture_size size = { 0 };

        CHECK(picture_measure(pictures[i].bytes, &size));
        CHECK_I64(size.width, pictures[i].size.width);
        CHECK_I64(size.height, pictures[i].size.height);
    }
}

TEST(a_picture_that_was_cut_off_says_nothing)
{
    for (size_t i = 0; i < sizeof pictures / sizeof pictures[0]; i++)
        for (size_t len = 0; len < 20; len++) {
            struct picture_size size;

            /* The bytes beyond are there: whoever looks at them is seen in what they say. */
            if (picture_measure((struct str){ pictures[i].bytes.p, len }, &size))
                CHECK(len >= 11 && size.width == pictures[i].size.width);
        }
}

TEST(nothing_else_is_a_picture)
{
    struct picture_size size;

    CHECK(!picture_measure(STR("<svg xmlns='http://www.w3.org/2000/svg' width='1' />"), &size));
    CHECK(!picture_measure(STR("GIF89a\1\0\1\0 and more of it than thirty bytes"), &size));
    CHECK(!picture_measure((struct str)BYTES("\xFF\xD8\xFF\xDA\0\x08\xFF\xC0\0\x11\x08\0\1\0\1\3"),
                           &size));
    CHECK(!picture_measure((struct str){ 0 }, &size));
}

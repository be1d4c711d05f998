#include "arena.h"

#include "err.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/*
 * Under AddressSanitizer the free part of a block is poisoned and each allocation
 * is followed by a few poisoned bytes, so a step too far, or a use after a rewind,
 * is reported as it would be with malloc.
 */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_WATCHED 1
#endif
#elif defined(__SANITIZE_ADDRESS__)
#define ARENA_WATCHED 1
#endif

#ifdef ARENA_WATCHED
#include <sanitizer/asan_interface.h>
#define FENCE_BYTES 16
#define hide(p, n) __asan_poison_memory_region((p), (n))
#define show(p, n) __asan_unpoison_memory_region((p), (n))
#else
#define FENCE_BYTES 0
#define hide(p, n) ((void)(p), (void)(n))
#define show(p, n) ((void)(p), (void)(n))
#endif

#define ALIGN alignof(max_align_t)

/* Later blocks double from the first up to this, so that big answers take few of them. */
#define BLOCK_MAX_BYTES ((size_t)256 * 1024)

struct block {
    struct block *before;
    size_t size; /* bytes in data */
    size_t used;
    alignas(max_align_t) unsigned char data[];
};

struct cleanup {
    struct cleanup *before;
    void (*fn)(void *);
    void *arg;
};

struct arena {
    struct block *block;      /* the newest; its oldest ancestor is kept between resets */
    struct cleanup *cleanups; /* the newest first; they live in the blocks */
};

static size_t
round_up(size_t bytes)
{
    if (bytes > SIZE_MAX / 4)
        BUG("bytes=%zu what=absurd_allocation", bytes);
    return bytes == 0 ? ALIGN : (bytes + ALIGN - 1) / ALIGN * ALIGN;
}

static struct block *
block_new(struct block *before, size_t size)
{
    struct block *block = calloc(1, sizeof(*block) + size);

    if (block == NULL)
        BUG("bytes=%zu what=out_of_memory", size);
    block->before = before;
    block->size = size;
    hide(block->data, size);
    return block;
}

static struct block *
block_free(struct block *block)
{
    struct block *before = block->before;

    show(block->data, block->size);
    free(block);
    return before;
}

static void
block_cut(struct block *block, size_t used)
{
    block->used = used;
    hide(block->data + used, block->size - used);
}

struct arena *
arena_new(size_t first_bytes)
{
    struct arena *a = malloc(sizeof(*a));

    if (a == NULL)
        BUG("bytes=%zu what=out_of_memory", sizeof(*a));
    a->block = block_new(NULL, round_up(first_bytes));
    a->cleanups = NULL;
    return a;
}

static void
run_cleanups(struct arena *a, const struct cleanup *last)
{
    while (a->cleanups != last) {
        struct cleanup *c = a->cleanups;

        a->cleanups = c->before;
        c->fn(c->arg);
    }
}

void
arena_reset(struct arena *a)
{
    run_cleanups(a, NULL);
    while (a->block->before != NULL)
        a->block = block_free(a->block);
    block_cut(a->block, 0);
}

void
arena_free(struct arena *a)
{
    if (a == NULL)
        return;
    run_cleanups(a, NULL);
    while (a->block != NULL)
        a->block = block_free(a->block);
    free(a);
}

void *
arena_alloc(struct arena *a, size_t bytes)
{
    size_t room = round_up(bytes) + FENCE_BYTES;
    struct block *block = a->block;
    unsigned char *p;

    if (block->size - block->used < room) {
        size_t size = block->size < BLOCK_MAX_BYTES / 2 ? block->size * 2 : BLOCK_MAX_BYTES;

        block = a->block = block_new(block, size < room ? room : size);
    }
    p = block->data + block->used;
    block->used += room;
    show(p, bytes == 0 ? 1 : bytes);
    return memset(p, 0, bytes);
}

void *
arena_calloc(struct arena *a, size_t n, size_t bytes)
{
    if (bytes != 0 && n > SIZE_MAX / bytes)
        BUG("n=%zu bytes=%zu what=absurd_allocation", n, bytes);
    return arena_alloc(a, n * bytes);
}

void *
arena_grow(struct arena *a, void *p, size_t bytes, size_t wanted)
{
    struct block *block = a->block;
    size_t room = round_up(bytes) + FENCE_BYTES;
    size_t wider = round_up(wanted) + FENCE_BYTES;
    void *copy;

    if (p != NULL && block->used >= room && block->data + (block->used - room) == p &&
        wider >= room && block->size - block->used >= wider - room) {
        block->used += wider - room;
        show(p, wanted);
        return p;
    }
    copy = arena_alloc(a, wanted);
    if (bytes > 0)
        memcpy(copy, p, bytes);
    return copy;
}

void
arena_cleanup(struct arena *a, void (*fn)(void *), void *arg)
{
    struct cleanup *c = arena_new_of(a, struct cleanup);

    *c = (struct cleanup){ .before = a->cleanups, .fn = fn, .arg = arg };
    a->cleanups = c;
}

struct arena_mark
arena_mark(struct arena *a)
{
    return (struct arena_mark){ .block = a->block, .used = a->block->used, .cleanup = a->cleanups };
}

void
arena_rewind(struct arena *a, struct arena_mark mark)
{
    run_cleanups(a, mark.cleanup);
    while (a->block != mark.block) {
        a->block = block_free(a->block);
        if (a->block == NULL)
            BUG("what=mark_of_another_life");
    }
    block_cut(a->block, mark.used);
}

size_t
arena_used(const struct arena *a)
{
    size_t used = 0;

    for (const struct block *block = a->block; block != NULL; block = block->before)
        used += block->used;
    return used;
}

/*
 * An arena is memory with one life: everything taken from it goes at once, when
 * the call that owns it ends. Nobody frees single things, so early returns are
 * safe. Nothing from an arena may be kept beyond it; what must live is a row.
 *
 * Out of memory aborts: there is nothing sensible left to do in a child that
 * serves one request, and the master starts another.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena;

/* A place in an arena to come back to. */
struct arena_mark {
    void *block;
    size_t used;
    void *cleanup;
};

/* first_bytes: size of the block kept between resets (16 kB holds a usual request). */
struct arena *arena_new(size_t first_bytes);

/* Runs the cleanups and gives all memory back. NULL is allowed. */
void arena_free(struct arena *a);

/* Runs the cleanups (last first) and keeps only the first block, for the next call. */
void arena_reset(struct arena *a);

/* Zeroed memory, aligned for any type. Size 0 gives a valid, unique pointer. */
void *arena_alloc(struct arena *a, size_t bytes) __attribute__((malloc, returns_nonnull));

#define arena_new_of(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define arena_array(a, type, n) ((type *)arena_calloc((a), (n), sizeof(type)))

/* n × bytes, zeroed; aborts when the product overflows. */
void *arena_calloc(struct arena *a, size_t n, size_t bytes)
    __attribute__((malloc, returns_nonnull));

/*
 * p (of `bytes`, from this arena, or NULL with 0) made `wanted` bytes long: in place
 * when p was the last thing taken, else a copy. What is new is not zeroed.
 */
void *arena_grow(struct arena *a, void *p, size_t bytes, size_t wanted)
    __attribute__((returns_nonnull));

/* Calls fn(arg) when the arena is reset, freed or rewound past this point. */
void arena_cleanup(struct arena *a, void (*fn)(void *), void *arg);

/* Loops over many rows take a mark and rewind to it each turn. */
struct arena_mark arena_mark(struct arena *a);
void arena_rewind(struct arena *a, struct arena_mark mark);

/* Bytes taken since the last reset: what /metrics shows. */
size_t arena_used(const struct arena *a);

#endif

/* A heap of numbers, the lowest on top. What else an entry means is packed into its low bits. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 *entries; /* (owned) */
  gsize n, n_allocated;
} BlnMinHeap;

void bln_min_heap_push (BlnMinHeap *heap,
                        guint64     entry);
/* The lowest; the heap must not be empty. */
guint64 bln_min_heap_pop (BlnMinHeap *heap);
void bln_min_heap_clear (BlnMinHeap *heap);

G_END_DECLS

#include "min-heap.h"

void
bln_min_heap_push (BlnMinHeap *heap,
                   guint64     entry)
{
  guint64 *entries;
  gsize i = heap->n++;

  if (heap->n > heap->n_allocated)
    {
      heap->n_allocated = MAX (256, 2 * heap->n_allocated);
      heap->entries = g_renew (guint64, heap->entries, heap->n_allocated);
    }
  entries = heap->entries;
  while (i > 0 && entries[(i - 1) / 2] > entry)
    {
      entries[i] = entries[(i - 1) / 2];
      i = (i - 1) / 2;
    }
  entries[i] = entry;
}

guint64
bln_min_heap_pop (BlnMinHeap *heap)
{
  guint64 *entries = heap->entries;
  gsize n = --heap->n;
  guint64 top = entries[0], last = entries[n];
  gsize i = 0;

  for (;;)
    {
      gsize child = 2 * i + 1;

      if (child >= n)
        break;
      if (child + 1 < n && entries[child + 1] < entries[child])
        child++;
      if (entries[child] >= last)
        break;
      entries[i] = entries[child];
      i = child;
    }
  entries[i] = last;
  return top;
}

void
bln_min_heap_clear (BlnMinHeap *heap)
{
  g_clear_pointer (&heap->entries, g_free);
  heap->n = heap->n_allocated = 0;
}

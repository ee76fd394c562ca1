#include "jinja-sort.h"

#include <string.h>

typedef struct
{
  JinjaRun *run;
  const JinjaValue *keys;
  gsize *order; /* the ranks so far */
  gsize *spare;
  gboolean is_reversed;
} Sorter;

static void
merge (Sorter *sorter,
       gsize   start,
       gsize   middle,
       gsize   end)
{
  gsize left = start, right = middle;

  for (gsize i = start; i < end; i++)
    {
      gboolean takes_right = left >= middle;

      if (left < middle && right < end)
        {
          JinjaValue a = sorter->keys[sorter->order[left]];
          JinjaValue b = sorter->keys[sorter->order[right]];

          takes_right = sorter->is_reversed ? jinja_compare (sorter->run, a, b, "<") < 0
                                            : jinja_compare (sorter->run, b, a, "<") < 0;
        }
      sorter->spare[i] = sorter->order[takes_right ? right++ : left++];
    }
  memcpy (sorter->order + start, sorter->spare + start, (end - start) * sizeof (gsize));
}

void
jinja_sort (JinjaRun         *run,
            JinjaValue       *values,
            const JinjaValue *keys,
            gsize             n,
            gboolean          is_reversed)
{
  Sorter sorter = { run, keys, NULL, NULL, is_reversed };
  JinjaValue *sorted;

  if (n < 2)
    return;
  /* The C library's sort may hold memory while a comparison fails and leaves by longjmp, so
   * this is a merge sort of our own, bottom up. */
  sorter.order = jinja_new_array (run, gsize, n);
  sorter.spare = jinja_new_array (run, gsize, n);
  for (gsize i = 0; i < n; i++)
    sorter.order[i] = i;
  for (gsize width = 1; width < n; width *= 2)
    for (gsize start = 0; start + width < n; start += 2 * width)
      merge (&sorter, start, start + width, MIN (start + 2 * width, n));

  sorted = jinja_new_array (run, JinjaValue, n);
  for (gsize i = 0; i < n; i++)
    sorted[i] = values[sorter.order[i]];
  memcpy (values, sorted, n * sizeof (JinjaValue));
}

JinjaDict *
jinja_sort_dict (JinjaRun        *run,
                 const JinjaDict *dict)
{
  JinjaDict *sorted = jinja_dict_new (run);
  gsize n = dict->n_entries;
  JinjaValue *keys = jinja_new_array (run, JinjaValue, n);
  JinjaValue *copies = jinja_new_array (run, JinjaValue, n);

  for (gsize i = 0; i < n; i++)
    keys[i] = copies[i] = dict->entries[i].key;
  jinja_sort (run, keys, copies, n, FALSE);
  for (gsize i = 0; i < n; i++)
    jinja_dict_set (run, sorted, keys[i], *jinja_dict_find (run, dict, keys[i]));
  return sorted;
}

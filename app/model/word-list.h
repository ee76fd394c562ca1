/* Words of a language that a rule knows. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether `word` is one of an array of words. */
#define BALEEN_IS_LISTED(list, word) baleen_word_is_listed (list, G_N_ELEMENTS (list), word)

static inline gboolean
baleen_word_is_listed (const char *const *list,
                       gsize              n_list,
                       const char        *word)
{
  for (gsize i = 0; i < n_list; i++)
    if (g_str_equal (list[i], word))
      return TRUE;

  return FALSE;
}

G_END_DECLS

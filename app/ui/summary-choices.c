#include "summary-choices.h"

#include <glib/gi18n.h>

static const char *const lengths[] = { "short", "normal", "detailed", NULL };
static const char *const forms[] = { "prose", "bullets", "table", "qa", "timeline", NULL };
/* As the model is told. */
static const char *const languages[]
    = { "", "English", "zh", "German", "French", "Spanish", "Japanese", NULL };

static const char *const length_words[] = { N_("Short"), N_("Normal"), N_("Detailed"), NULL };
static const char *const form_words[]
    = { N_("Prose"), N_("Bullets"), N_("Table"), N_("Questions and Answers"), N_("Timeline"), NULL };
static const char *const language_words[]
    = { N_("Its Own Language"), N_("English"), N_("Chinese"), N_("German"), N_("French"),
        N_("Spanish"), N_("Japanese"), NULL };

static const char **
translate (const char *const *words)
{
  const guint n = g_strv_length ((char **) words);
  const char **labels = g_new0 (const char *, n + 1);

  for (guint i = 0; i < n; i++)
    labels[i] = _(words[i]);
  return labels;
}

const char *const *
summary_length_values (void)
{
  return lengths;
}

const char **
summary_length_labels (void)
{
  return translate (length_words);
}

const char *const *
summary_form_values (void)
{
  return forms;
}

const char **
summary_form_labels (void)
{
  return translate (form_words);
}

const char *const *
summary_language_values (void)
{
  return languages;
}

const char **
summary_language_labels (void)
{
  return translate (language_words);
}

guint
summary_choice_find (const char *const *values,
                     const char        *value)
{
  for (guint i = 0; values[i] != NULL; i++)
    if (g_strcmp0 (values[i], value) == 0)
      return i;
  return 0;
}

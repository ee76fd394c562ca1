#include "interface-language.h"

#include "data-folder.h"

#include <glib.h>
#include <libintl.h>
#include <locale.h>

/* What the environment asks for, by the order of setlocale(); NULL if nothing. */
static const char *
get_wanted_locale (void)
{
  static const char *const variables[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      const char *value = g_getenv (variables[i]);

      if (value != NULL && *value != '\0')
        return value;
    }

  return NULL;
}

static gboolean
is_plain (const char *locale)
{
  return locale != NULL && (g_str_equal (locale, "C") || g_str_equal (locale, "POSIX"));
}

/* gettext ignores LANGUAGE where the locale is “C”, and it is so where the locale that was
 * asked for is not installed. “C.UTF-8” always is, and there LANGUAGE counts. */
static void
speak_without_locale (const char *wanted)
{
  const char *languages = g_getenv ("LANGUAGE");

  if (setlocale (LC_ALL, "C.UTF-8") == NULL)
    return;
  if (wanted != NULL && (languages == NULL || *languages == '\0'))
    {
      g_auto (GStrv) pieces = g_strsplit_set (wanted, ".@", 2);

      g_setenv ("LANGUAGE", pieces[0], TRUE);
    }
}

void
baleen_interface_language_init (void)
{
  g_autofree char *folder = baleen_locale_folder_find ();
  const char *wanted = get_wanted_locale ();

  setlocale (LC_ALL, "");
  if (is_plain (wanted))
    setlocale (LC_CTYPE, "C.UTF-8");
  else if (g_strcmp0 (setlocale (LC_MESSAGES, NULL), "C") == 0)
    speak_without_locale (wanted);

  bindtextdomain (GETTEXT_PACKAGE, folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
}

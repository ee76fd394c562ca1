/* Shows the window over a scripted model, to look at it: show-window DIRECTORY [ANSWER-FILE].
 * Lines of ANSWER-FILE up to one that is "---" are the thought; with SOURCES set, [1] and [2]
 * have a source. */
#include <adwaita.h>
#include <locale.h>
#include <string.h>

#include "baleen-application.h"
#include "baleen-window.h"
#include "fake-backend.h"
#include "interface-language.h"

/* Text as large as TEXT_SCALE says, as the desktop's own setting would make it. */
static void
started_cb (GApplication *application)
{
  const char *scale = g_getenv ("TEXT_SCALE");

  if (scale != NULL)
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi",
                  (int) (96 * 1024 * g_ascii_strtod (scale, NULL)), NULL);
}

/* Whatever the answer is, [1] and [2] in it have a source. */
static gboolean
sources_cb (gpointer application)
{
  GtkWindow *window = gtk_application_get_active_window (application);
  BaleenConversation *conversation
      = BALEEN_IS_WINDOW (window) ? baleen_window_get_conversation (BALEEN_WINDOW (window)) : NULL;
  BaleenMessage *head = conversation != NULL ? baleen_conversation_get_head (conversation) : NULL;
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func (g_object_unref);

  if (head == NULL || baleen_message_get_sources (head)->len > 0)
    return G_SOURCE_CONTINUE;
  g_ptr_array_add (sources, baleen_source_new (1, "Annual report", NULL, "/tmp/report.pdf", 12,
                                               "Revenue rose 8% to 4.2 bn in the last year."));
  g_ptr_array_add (sources, baleen_source_new (2, "Interim note", "https://example.org/note", NULL,
                                               0, "The second half was weaker."));
  baleen_message_set_sources (head, sources);
  return G_SOURCE_CONTINUE;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (BaleenApplication) application = NULL;
  g_autofree char *script = NULL;
  const char *speed = g_getenv ("WORD_MICROSECONDS");
  char *cut;

  if (argc < 2)
    return 2;
  if (argc < 3 || !g_file_get_contents (argv[2], &script, NULL, NULL))
    script = g_strdup ("A thought about it.\n---\nAn answer.");
  cut = strstr (script, "\n---\n");
  if (cut != NULL)
    *cut = '\0';
  fake_backend_set_answer (cut != NULL ? script : NULL, cut != NULL ? cut + 5 : script,
                           speed != NULL ? atoi (speed) : 30000);

  baleen_interface_language_init ();
  gtk_disable_setlocale ();
  application = baleen_application_new (fake_backend_get (), argv[1], NULL);
  g_signal_connect_after (application, "startup", G_CALLBACK (started_cb), NULL);
  if (g_getenv ("SOURCES") != NULL)
    g_timeout_add (200, sources_cb, application);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}

/* Web Search in the window, as a user meets it, over a search that is a script. Needs a display
 * of its own and xdotool. */
#include "baleen-composer.h"
#include "baleen-query-card.h"
#include "baleen-window-private.h"
#include "fake-backend.h"
#include "window-driver.h"

/* What was searched for, and how it ends. */
static char *searched;
static const char *failure;
static GTask *pending;
static gboolean is_slow;

static char *
dup_host (gpointer data)
{
  return g_strdup ("searx.example.org");
}

static char **
suggest (gpointer    data,
         const char *question)
{
  char **queries = g_new0 (char *, 2);

  queries[0] = g_strdup_printf ("about %s", question);
  return queries;
}

static void
end_search (GTask *task)
{
  GPtrArray *sources = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (sources, baleen_source_new (1, "A page", "https://example.org/a", NULL, 0,
                                               "It rained on Monday."));
  g_task_return_pointer (task, sources, (GDestroyNotify) g_ptr_array_unref);
}

/* Being stopped means: use what is there. */
static void
cancelled_cb (GCancellable *cancellable,
              gpointer      data)
{
  g_autoptr (GTask) task = g_steal_pointer (&pending);

  if (task != NULL)
    end_search (task);
}

static void
tell (const BaleenLookupOrder *order,
      const char              *status,
      const char              *subject,
      const char              *words,
      BaleenStepState          state)
{
  const BaleenLookupStep step = { status, subject, words, NULL, state };

  order->step (&step, order->step_data);
}

static void
search_async (gpointer                 data,
              const BaleenLookupOrder *order,
              GCancellable            *cancellable,
              GAsyncReadyCallback      callback,
              gpointer                 user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_check_cancellable (task, FALSE);
  g_free (searched);
  searched = order->queries != NULL ? g_strjoinv ("|", (char **) order->queries)
                                    : g_strdup (order->question);
  tell (order, "Read 3 of 6 pages: example.org", "https://example.org/a", "example.org: read",
        BALEEN_STEP_DONE);
  tell (order, NULL, "https://example.org/b", "example.org: reading…", BALEEN_STEP_RUNNING);
  if (failure != NULL)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", failure);
  else if (is_slow)
    {
      pending = g_object_ref (task);
      g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), NULL, NULL);
    }
  else
    end_search (task);
}

static GPtrArray *
search_finish (GAsyncResult *result,
               GError      **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static char *
take_answer (gpointer    frame,
             GPtrArray  *sources,
             const char *answer)
{
  g_auto (GStrv) parts = g_strsplit (answer, "[citation:1]", -1);

  return g_strjoinv ("[1]", parts);
}

static BaleenFinding *
frame (gpointer    data,
       const char *question,
       GPtrArray  *sources,
       gboolean    is_small)
{
  BaleenFinding *finding = g_new0 (BaleenFinding, 1);

  finding->prompt = g_strdup_printf ("FOUND %u FOR %s", sources->len, question);
  finding->take_answer = take_answer;
  return finding;
}

static BaleenRemedy remedy = BALEEN_REMEDY_SEARCH;
static gint64 free_at;

static BaleenRemedy
get_remedy (const GError *error)
{
  return remedy;
}

static gint64
get_free_at (gpointer data)
{
  return free_at;
}

static char *asked_for_words;

static char *
make_words_prompt (gpointer    data,
                   const char *question,
                   const char *earlier)
{
  g_free (asked_for_words);
  asked_for_words = g_strdup_printf ("WORDS FOR %s AFTER %s", question,
                                     earlier != NULL ? earlier : "nothing");
  return g_strdup (asked_for_words);
}

static char **
read_words (gpointer    data,
            const char *question,
            const char *earlier,
            const char *reply)
{
  return g_strsplit (reply, "\n", -1);
}

static const BaleenLookup lookup = { NULL,  dup_host, suggest, search_async, search_finish,
                                     frame, NULL,     NULL,    get_remedy,   get_free_at };
/* One for which the model writes the words. */
static const BaleenLookup writing_lookup
    = { NULL,  dup_host,          suggest,    search_async, search_finish,
        frame, make_words_prompt, read_words, get_remedy,   get_free_at };

static GSettings *
settings (WindowDriver *driver)
{
  return baleen_application_get_settings (driver->application);
}

static BaleenComposer *
composer (WindowDriver *driver)
{
  return BALEEN_COMPOSER (window_driver_find_in (driver, BALEEN_TYPE_COMPOSER, NULL));
}

/* Sends a question with Web Search on. */
static void
ask (WindowDriver *driver,
     gboolean      asks)
{
  failure = NULL;
  is_slow = FALSE;
  g_clear_pointer (&searched, g_free);
  fake_backend_set_answer (NULL, "Rain [citation:1].", 1000);
  baleen_chat_set_lookup (baleen_application_get_chat (driver->application), &lookup);
  g_settings_set_boolean (settings (driver), "ask-before-searching", asks);
  g_settings_set_string (settings (driver), "search-address", "https://searx.example.org");
  window_driver_keys (driver, "ctrl+e");
  g_assert_true (baleen_composer_get_search (composer (driver)));
}

static void
press (WindowDriver *driver,
       const char   *words)
{
  GtkWidget *button = window_driver_find_in (driver, GTK_TYPE_BUTTON, words);

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  window_driver_wait (50);
}

static void
check_searched_answer (WindowDriver *driver)
{
  g_autofree char *asked = NULL;
  BaleenMessage *answer, *question;

  window_driver_wait_until (window_driver_is_over (driver));
  answer = window_driver_get_last (driver);
  question = baleen_conversation_get_parent (baleen_window_get_conversation (driver->window),
                                             answer);
  asked = fake_backend_dup_last_turn ();
  g_assert_cmpstr (asked, ==, "FOUND 1 FOR weather");
  g_assert_cmpstr (baleen_message_get_text (question), ==, "weather");
  g_assert_cmpstr (baleen_message_get_text (answer), ==, "Rain [1].");
  g_assert_cmpuint (baleen_message_get_sources (answer)->len, ==, 1);
  g_assert_true (baleen_message_get_search (answer));
}

/* What was answered from the model alone is answered again with what the web says. */
static void
test_again (WindowDriver *driver)
{
  ask (driver, FALSE);
  window_driver_keys (driver, "ctrl+e");
  window_driver_type (driver, "weather");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  g_assert_null (searched);
  baleen_window_wish (driver->window, window_driver_get_last (driver), BALEEN_WISH_SEARCHED, 0);
  check_searched_answer (driver);
  g_assert_cmpstr (searched, ==, "weather");
  g_assert_nonnull (window_driver_find_in (driver, GTK_TYPE_LABEL, "2/2"));
}

static GtkWindow *
find_preferences (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l != NULL; l = l->next)
    if (ADW_IS_PREFERENCES_WINDOW (l->data))
      return l->data;
  return NULL;
}

static void
test_refused (WindowDriver *driver)
{
  g_settings_set_string (settings (driver), "search-address", "");
  window_driver_keys (driver, "ctrl+e");
  window_driver_wait (100);
  g_assert_false (baleen_composer_get_search (composer (driver)));
  g_assert_nonnull (find_preferences ());
  g_assert_cmpstr (adw_preferences_window_get_visible_page_name (
                       ADW_PREFERENCES_WINDOW (find_preferences ())),
                   ==, "search");
  gtk_window_destroy (find_preferences ());
  window_driver_wait (50);
}

static void
test_sources (WindowDriver *driver)
{
  ask (driver, FALSE);
  window_driver_type (driver, "weather");
  window_driver_keys (driver, "Return");
  check_searched_answer (driver);
  g_assert_cmpstr (searched, ==, "weather");
}

static void
test_card (WindowDriver *driver)
{
  GtkWidget *card, *line;

  ask (driver, TRUE);
  window_driver_type (driver, "weather");
  window_driver_keys (driver, "Return");
  window_driver_wait (300);
  card = window_driver_find_in (driver, BALEEN_TYPE_QUERY_CARD, NULL);
  g_assert_nonnull (card);
  g_assert_null (searched);
  g_assert_nonnull (window_driver_find_in (driver, GTK_TYPE_LABEL,
                                           "These words go to searx.example.org"));
  line = window_driver_find (card, GTK_TYPE_ENTRY, NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (line)), ==, "about weather");
  gtk_editable_set_text (GTK_EDITABLE (line), "rain monday");
  press (driver, "Search");
  check_searched_answer (driver);
  g_assert_cmpstr (searched, ==, "rain monday");
}

static void
test_without (WindowDriver *driver)
{
  g_autofree char *asked = NULL;

  ask (driver, TRUE);
  window_driver_type (driver, "weather");
  window_driver_keys (driver, "Return");
  window_driver_wait (300);
  press (driver, "Answer Without Searching");
  window_driver_wait_until (window_driver_is_over (driver));
  asked = fake_backend_dup_last_turn ();
  g_assert_cmpstr (asked, ==, "weather");
  g_assert_null (searched);
  g_assert_false (baleen_message_get_search (window_driver_get_last (driver)));
}

static void
test_failed (WindowDriver *driver)
{
  ask (driver, FALSE);
  failure = "searx.example.org does not answer.";
  window_driver_type (driver, "weather");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  g_assert_cmpstr (baleen_message_get_problem (window_driver_get_last (driver)), ==, failure);
  window_driver_wait (100);
  failure = NULL;
  press (driver, "Try Again");
  check_searched_answer (driver);
}

static void
test_stopped (WindowDriver *driver)
{
  ask (driver, FALSE);
  is_slow = TRUE;
  window_driver_type (driver, "weather");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_find_in (driver, GTK_TYPE_LABEL,
                                                   "Read 3 of 6 pages: example.org")
                            != NULL);
  press (driver, "Stop");
  check_searched_answer (driver);
}

static void
test_written (WindowDriver *driver)
{
  GtkWidget *card, *line;

  ask (driver, TRUE);
  baleen_chat_set_lookup (baleen_application_get_chat (driver->application), &writing_lookup);
  fake_backend_set_batch_answer ("rain today\nweather monday");
  window_driver_type (driver, "weather");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_find_in (driver, BALEEN_TYPE_QUERY_CARD, NULL) != NULL);
  g_assert_cmpstr (asked_for_words, ==, "WORDS FOR weather AFTER nothing");
  g_assert_null (searched);
  card = window_driver_find_in (driver, BALEEN_TYPE_QUERY_CARD, NULL);
  line = window_driver_find (card, GTK_TYPE_ENTRY, NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (line)), ==, "rain today");
  press (driver, "Search");
  check_searched_answer (driver);
  g_assert_cmpstr (searched, ==, "rain today|weather monday");

  /* Sent at once, and of what was said before only the user's own words are shown. */
  g_settings_set_boolean (settings (driver), "ask-before-searching", FALSE);
  window_driver_type (driver, "and tomorrow");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_get_n_messages (driver) == 4
                            && window_driver_is_over (driver));
  g_assert_cmpstr (asked_for_words, ==, "WORDS FOR and tomorrow AFTER weather");
  g_assert_cmpstr (searched, ==, "rain today|weather monday");
}

static void
test_steps (WindowDriver *driver)
{
  ask (driver, FALSE);
  is_slow = TRUE;
  window_driver_type (driver, "weather");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (
      window_driver_find_in (driver, GTK_TYPE_LABEL, "example.org: read") != NULL);
  g_assert_nonnull (window_driver_find_in (driver, GTK_TYPE_LABEL, "example.org: reading…"));
  press (driver, "Use What Is There");
  check_searched_answer (driver);
  window_driver_wait (100);
  /* Folded under the answer, and there when asked for. */
  g_assert_null (window_driver_find_in (driver, GTK_TYPE_LABEL, "example.org: read"));
  g_signal_emit_by_name (gtk_widget_get_ancestor (window_driver_find_in (driver, GTK_TYPE_LABEL,
                                                                         "Searched · 1 step failed"),
                                                  GTK_TYPE_BUTTON),
                         "clicked");
  window_driver_wait_until (window_driver_find_in (driver, GTK_TYPE_LABEL, "example.org: read")
                            != NULL);
}

static void
fail_search (WindowDriver *driver,
             BaleenRemedy  offered)
{
  ask (driver, FALSE);
  failure = "searx.example.org says no.";
  remedy = offered;
  window_driver_type (driver, "weather");
  window_driver_keys (driver, "Return");
  window_driver_wait_until (window_driver_is_over (driver));
  window_driver_wait (100);
}

static void
test_remedies (WindowDriver *driver)
{
  static const struct { BaleenRemedy remedy; const char *words; } remedies[] = {
    { BALEEN_REMEDY_SEARCH_SERVICE, "Another Service" },
    { BALEEN_REMEDY_SEARCH_KEY, "Change Key…" },
    { BALEEN_REMEDY_SEARCH_SET_UP, "Set Up…" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (remedies); i++)
    {
      fail_search (driver, remedies[i].remedy);
      g_assert_nonnull (
          window_driver_find_in (driver, GTK_TYPE_BUTTON, "Answer Without Searching"));
      press (driver, remedies[i].words);
      window_driver_wait_until (find_preferences () != NULL);
      gtk_window_destroy (find_preferences ());
      window_driver_keys (driver, "ctrl+n");
    }
  remedy = BALEEN_REMEDY_SEARCH;
}

static void
test_wait (WindowDriver *driver)
{
  fail_search (driver, BALEEN_REMEDY_SEARCH_WAIT);
  g_assert_nonnull (window_driver_find_in (driver, GTK_TYPE_BUTTON, "Another Service"));
  failure = NULL;
  free_at = g_get_real_time () + 2 * G_TIME_SPAN_SECOND;
  g_clear_pointer (&searched, g_free);
  press (driver, "Wait");
  window_driver_wait (500);
  g_assert_null (searched);
  g_assert_true (g_str_has_prefix (
      baleen_message_get_step (window_driver_get_last (driver)), "Waiting until "));
  check_searched_answer (driver);
  free_at = 0;
  remedy = BALEEN_REMEDY_SEARCH;
}

static void
run (gconstpointer func)
{
  WindowDriver driver = { 0 };

  window_driver_run (&driver, (WindowDriverFunc) func);
  window_driver_clear (&driver);
  g_clear_pointer (&searched, g_free);
  g_clear_pointer (&asked_for_words, g_free);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("GTK_IM_MODULE", "gtk-im-context-simple", TRUE);
  g_setenv ("GSETTINGS_BACKEND", "memory", TRUE);
  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  g_setenv ("GDK_BACKEND", "x11", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/web/nothing-is-searched-before-a-service-is-set-up", test_refused, run);
  g_test_add_data_func ("/web/an-answer-has-its-sources", test_sources, run);
  g_test_add_data_func ("/web/nothing-leaves-before-the-words-are-agreed-on", test_card, run);
  g_test_add_data_func ("/web/can-be-answered-without", test_without, run);
  g_test_add_data_func ("/web/an-answer-is-searched-for-again", test_again, run);
  g_test_add_data_func ("/web/a-failed-search-is-tried-again", test_failed, run);
  g_test_add_data_func ("/web/stop-uses-what-is-there", test_stopped, run);
  g_test_add_data_func ("/web/the-model-writes-the-words", test_written, run);
  g_test_add_data_func ("/web/steps-are-listed-and-folded", test_steps, run);
  g_test_add_data_func ("/web/what-went-wrong-has-its-action", test_remedies, run);
  g_test_add_data_func ("/web/waits-until-the-service-is-free", test_wait, run);
  return g_test_run ();
}

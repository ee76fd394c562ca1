/* The taking over of a file's templates, in its thread. */
#include "folder.h"
#include "template-import.h"
#include "template-taking.h"

#include <glib/gstdio.h>

typedef struct
{
  GAsyncResult *result; /* (owned) (nullable) */
} Waiting;

static void
taken_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  ((Waiting *) user_data)->result = g_object_ref (result);
}

static char *
write_many (const char *title,
            guint       n)
{
  char *path = g_build_filename (g_get_user_cache_dir (), "many.csv", NULL);
  g_autoptr (GString) csv = g_string_new ("act,prompt\n");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (csv, title, i);
  g_mkdir_with_parents (g_get_user_cache_dir (), 0700);
  g_assert_true (g_file_set_contents (path, csv->str, -1, NULL));

  return path;
}

static guint
count_own (void)
{
  g_autofree char *folder = baleen_template_library_get_own_folder ();

  return folder_count (folder);
}

/* Cancels when the share `until` is done; 1 never. */
static gboolean
take (BaleenTemplateTaking *taking,
      double                until,
      GError              **error)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  Waiting waiting = { NULL };

  baleen_template_taking_run_async (taking, cancellable, taken_cb, &waiting);
  while (waiting.result == NULL)
    {
      if (baleen_template_taking_get_share (taking) > until)
        g_cancellable_cancel (cancellable);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (200);
    }
  result = waiting.result;

  return baleen_template_taking_run_finish (taking, result, error);
}

static void
test_cancelled (void)
{
  g_autofree char *path = write_many ("Of many %u,Say it\n", 2000);
  g_autoptr (BaleenTemplateTaking) taking = baleen_template_taking_new (path);
  g_autoptr (GError) error = NULL;

  g_assert_false (take (taking, 0.02, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_own (), ==, 0);
}

static void
test_twins (void)
{
  g_autofree char *path = write_many ("The same,Say %u\n", 1000);
  g_autoptr (BaleenTemplateTaking) taking = baleen_template_taking_new (path);
  g_autoptr (BaleenTemplateLibrary) library = NULL;
  g_autoptr (GError) error = NULL;
  const gint64 start = g_get_monotonic_time ();

  g_assert_true (take (taking, 1, &error));
  g_assert_no_error (error);
  g_print ("# 1000 of one title took %.1f s\n",
           (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC);
  g_assert_cmpuint (baleen_template_taking_get_n_taken (taking), ==, 1000);
  library = baleen_template_taking_steal_library (taking);
  g_assert_nonnull (baleen_template_library_find (library, "the_same-1000", NULL));
}

/* More than the library reads would be there and never be seen. */
static void
test_full (void)
{
  g_autofree char *path = write_many ("Also %u,Say it\n", BALEEN_TEMPLATE_LIBRARY_MOST_FILES + 5);
  g_autoptr (BaleenTemplateTaking) taking = baleen_template_taking_new (path);
  g_autoptr (BaleenTemplateLibrary) library = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (take (taking, 1, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_own (), ==, BALEEN_TEMPLATE_LIBRARY_MOST_FILES);
  g_assert_cmpuint (baleen_template_taking_get_left_out (taking)->len, ==, 5);
  g_test_message ("%s", (char *) baleen_template_taking_get_left_out (taking)->pdata[0]);
  library = baleen_template_taking_steal_library (taking);
  g_assert_cmpuint (library->n_own, ==, BALEEN_TEMPLATE_LIBRARY_MOST_FILES);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/template-taking/cancelled-leaves-nothing", test_cancelled);
  g_test_add_func ("/template-taking/thousands-of-one-title-are-told-apart", test_twins);
  /* Ten thousand files. */
  if (g_test_slow ())
    g_test_add_func ("/template-taking/takes-no-more-than-is-read", test_full);

  return g_test_run ();
}

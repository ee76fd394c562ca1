/* Files of other programs, and our own as somebody else left them: a digit that says which, then
 * the file. */
#include "baleen-template.h"
#include "catalogue.h"
#include "downloads-file.h"
#include "endpoint.h"
#include "history-import.h"
#include "template-import.h"
#include "template-parser.h"

#include <glib/gstdio.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

/* An error is a sentence, and stands for nothing else than a failure. */
static void
check_error (gboolean      is_done,
             const GError *error)
{
  g_assert (is_done == (error == NULL));
  g_assert (error == NULL || g_utf8_validate (error->message, -1, NULL));
}

static void
check_sentences (GPtrArray *sentences)
{
  for (guint i = 0; i < sentences->len; i++)
    g_assert (g_utf8_validate (sentences->pdata[i], -1, NULL));
}

static void
read_history (const char *text,
              gsize       length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenHistoryImport) import = baleen_history_import_read ("file.json", text, length,
                                                                       &error);

  check_error (import != NULL, error);
  if (import != NULL)
    check_sentences (import->left_out);
}

static void
read_templates (const char *text,
                gsize       length)
{
  g_autoptr (GError) error = NULL;
  g_auto (BaleenTemplateImport) import = { 0 };
  const gboolean is_read = baleen_template_import_parse (&import, "file", text, length, &error);

  check_error (is_read, error);
  if (!is_read)
    return;
  check_sentences (import.left_out);
  for (guint i = 0; i < import.taken->len; i++)
    {
      g_autofree char *file = baleen_template_write (import.taken->pdata[i]);
      g_autoptr (BaleenTemplate) again = baleen_template_parse ("again", file, strlen (file), NULL);

      g_assert (again != NULL);
    }
}

static void
read_template (const char *text,
               gsize       length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenTemplate) template_ = baleen_template_parse ("file.md", text, length, &error);
  g_auto (GStrv) notes = NULL;

  check_error (template_ != NULL, error);
  if (template_ != NULL)
    notes = baleen_template_get_notes (template_);
}

static void
read_catalogue (const char *text,
                gsize       length)
{
  const char *const languages[] = { "zh_CN", "zh", "C", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenCatalogue) catalogue = baleen_catalogue_new (text, length, languages, &error);

  check_error (catalogue != NULL, error);
}

static void
write_own (const char *name,
           const char *text,
           gsize       length)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "baleen", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert (g_mkdir_with_parents (folder, 0700) == 0);
  g_assert (g_file_set_contents_full (path, text, length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
}

static void
read_endpoints (const char *text,
                gsize       length)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) endpoints = NULL;

  write_own ("endpoints.json", text, length);
  endpoints = baleen_endpoints_load (&error);
  check_error (endpoints != NULL, error);
}

static void
read_downloads (const char *text,
                gsize       length)
{
  g_autoptr (GPtrArray) kept = NULL;

  write_own ("downloads.json", text, length);
  kept = baleen_downloads_file_load ();
  g_assert (kept != NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  static void (*const readers[]) (const char *text, gsize length) = {
    read_history, read_templates, read_template, read_catalogue, read_endpoints, read_downloads,
  };
  g_autofree char *text = NULL;

  if (size == 0)
    return 0;
  text = g_malloc (size);
  memcpy (text, data + 1, size - 1);
  text[size - 1] = '\0';
  readers[data[0] % G_N_ELEMENTS (readers)](text, size - 1);
  return 0;
}

/* No file of a person's own is touched. */
int LLVMFuzzerInitialize (int    *argc,
                          char ***argv);

int
LLVMFuzzerInitialize (int    *argc,
                      char ***argv)
{
  g_autofree char *folder = g_dir_make_tmp ("baleen-fuzz-XXXXXX", NULL);

  g_setenv ("XDG_DATA_HOME", folder, TRUE);
  return 0;
}

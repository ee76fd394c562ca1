#include "attachment-reading.h"

#include "extractor.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What the thread needs; the attachment itself belongs to the main thread and may go. */
typedef struct
{
  GWeakRef attachment;
  BaleenEngineService *engine; /* (owned) */
  char *path;                  /* (owned) (nullable) when only to be counted */
  char *text;                  /* (owned) (nullable) to be counted */
  BaleenDocument *document;    /* (owned) (nullable) the result */
  gint64 n_tokens;             /* the result; negative: could not be counted */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_weak_ref_clear (&reading->attachment);
  g_object_unref (reading->engine);
  g_free (reading->path);
  g_free (reading->text);
  g_clear_pointer (&reading->document, baleen_document_free);
  g_free (reading);
}

/* By itself, with the template's few tokens taken off. */
static gint64
count (BaleenEngineService *engine,
       const char          *text)
{
  g_autoptr (BaleenRequest) request = baleen_request_new (BALEEN_THINK_OFF);
  g_autoptr (BaleenPromptCount) counted = NULL;

  baleen_request_add (request, BALEEN_ROLE_USER, text, NULL);
  counted = baleen_engine_service_count (engine, request, NULL);
  return counted != NULL ? (gint64) counted->parts[BALEEN_COUNT_MESSAGE] : -1;
}

static void
read_in_thread (GTask        *task,
                gpointer      source,
                gpointer      data,
                GCancellable *cancellable)
{
  Reading *reading = data;
  GError *error = NULL;

  if (reading->path != NULL)
    {
      reading->document = extractor_read (reading->path, cancellable, &error);
      if (reading->document == NULL)
        {
          g_task_return_error (task, error);
          return;
        }
      reading->text = baleen_document_get_text (reading->document);
    }
  reading->n_tokens = count (reading->engine, reading->text);
  g_task_return_boolean (task, TRUE);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Reading *reading = g_task_get_task_data (G_TASK (result));
  g_autoptr (BaleenAttachment) attachment = g_weak_ref_get (&reading->attachment);
  g_autoptr (GError) error = NULL;
  const gboolean is_read = g_task_propagate_boolean (G_TASK (result), &error);

  if (attachment == NULL)
    return;
  if (!is_read)
    {
      baleen_attachment_fail (attachment, error->message);
      return;
    }
  if (reading->document != NULL && baleen_attachment_get_document (attachment) == NULL)
    {
      if (reading->document->n_characters == 0)
        {
          g_autofree char *problem
              = g_strdup_printf (_("“%s” holds no text."), baleen_attachment_get_name (attachment));

          baleen_attachment_fail (attachment, problem);
          return;
        }
      baleen_attachment_take_document (attachment, g_steal_pointer (&reading->document));
    }
  baleen_attachment_set_n_tokens (attachment, reading->n_tokens);
}

static void
start (BaleenAttachment    *attachment,
       BaleenEngineService *engine,
       const char          *path,
       char                *text)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, read_cb, NULL);
  Reading *reading = g_new0 (Reading, 1);

  g_weak_ref_init (&reading->attachment, attachment);
  reading->engine = g_object_ref (engine);
  reading->path = g_strdup (path);
  reading->text = text;
  g_task_set_task_data (task, reading, reading_free);
  g_task_run_in_thread (task, read_in_thread);
}

void
baleen_attachment_read (BaleenAttachment    *attachment,
                        BaleenEngineService *engine)
{
  start (attachment, engine, baleen_attachment_get_path (attachment), NULL);
}

void
baleen_attachment_take_text (BaleenAttachment    *attachment,
                             const char          *text,
                             BaleenEngineService *engine)
{
  BaleenDocument *document = baleen_document_new (BALEEN_DOCUMENT_TEXT);
  g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);

  for (gsize i = 0; paragraphs[i] != NULL; i++)
    {
      const char *paragraph = g_strchomp (paragraphs[i]);

      while (*paragraph == '\n')
        paragraph++;
      baleen_document_add (document, 1, BALEEN_PARAGRAPH_BODY, paragraph, strlen (paragraph));
    }
  baleen_attachment_take_document (attachment, document);
  baleen_attachment_count (attachment, engine);
}

void
baleen_attachment_count (BaleenAttachment    *attachment,
                         BaleenEngineService *engine)
{
  const BaleenDocument *document = baleen_attachment_get_document (attachment);

  if (document != NULL)
    start (attachment, engine, NULL, baleen_document_get_text (document));
}

/* ---- folders ----------------------------------------------------------------------------- */

static gboolean
is_readable_name (const char *name)
{
  static const char *const suffixes[]
      = { ".pdf", ".docx", ".odt", ".epub", ".html", ".htm", ".xhtml", ".md", ".markdown",
          ".txt", ".text", ".log", ".csv", ".tsv", ".rst", ".json", ".xml", ".tex", NULL };
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; suffixes[i] != NULL; i++)
    if (g_str_has_suffix (lower, suffixes[i]))
      return TRUE;
  return FALSE;
}

/* Links are not followed, so that a folder within itself ends. */
static void
list (GPtrArray  *paths,
      const char *folder,
      guint       depth)
{
  g_autoptr (GDir) dir = depth > 0 ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (*name == '.' || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        continue;
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        list (paths, path, depth - 1);
      else if (is_readable_name (name))
        g_ptr_array_add (paths, g_steal_pointer (&path));
    }
}

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  return g_strcmp0 (*(char *const *) a, *(char *const *) b);
}

#define DEEPEST 8

char **
baleen_attachment_list_folder (const char *path,
                               guint       most,
                               guint      *n_all)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  list (paths, path, DEEPEST);
  g_ptr_array_sort (paths, compare_paths);
  *n_all = paths->len;
  if (paths->len > most)
    g_ptr_array_set_size (paths, most);
  g_ptr_array_set_free_func (paths, NULL);
  g_ptr_array_add (paths, NULL);
  return (char **) g_ptr_array_free (paths, FALSE);
}

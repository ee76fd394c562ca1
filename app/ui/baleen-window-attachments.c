/* Files that go with messages: how they come in, and what is made of them. */
#include "baleen-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "attachment-reading.h"
#include "reading-estimate.h"
#include "summary-words.h"

#define MOST_OF_A_FOLDER 50

static BaleenComposer *
composer (BaleenWindow *self)
{
  return BALEEN_COMPOSER (self->composer);
}

/* ---- coming in ------------------------------------------------------------------------ */

static void
attach_file (BaleenWindow *self,
             const char   *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *words = NULL;
  g_autoptr (BaleenAttachment) attachment = baleen_attachment_new (name, path);

  if (!baleen_composer_add_attachment (composer (self), attachment))
    {
      words = g_strdup_printf (_("“%s” is attached already"), name);
      baleen_window_say (self, words);
      return;
    }
  baleen_attachment_read (attachment, baleen_application_get_engine (self->application));
}

static void
attach_folder (BaleenWindow *self,
               const char   *path)
{
  guint n_all;
  g_auto (GStrv) paths = baleen_attachment_list_folder (path, MOST_OF_A_FOLDER, &n_all);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *words = NULL;

  for (guint i = 0; paths[i] != NULL; i++)
    attach_file (self, paths[i]);
  if (n_all == 0)
    words = g_strdup_printf (_("“%s” holds no file that can be read"), name);
  else if (n_all > MOST_OF_A_FOLDER)
    words = g_strdup_printf (_("The first %u of %u files of “%s” are attached"), MOST_OF_A_FOLDER,
                             n_all, name);
  if (words != NULL)
    baleen_window_say (self, words);
}

/* Nobody wants to have a model read to a model. */
static gboolean
is_model (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  return g_str_has_suffix (lower, ".gguf");
}

void
baleen_window_attach (BaleenWindow *self,
                      const char   *path)
{
  if (is_model (path))
    baleen_window_take_model (self, path);
  else if (g_file_test (path, G_FILE_TEST_IS_DIR))
    attach_folder (self, path);
  else
    attach_file (self, path);
  gtk_widget_grab_focus (baleen_composer_get_text_view (composer (self)));
}

void
baleen_window_open_files (BaleenWindow       *self,
                          const char *const  *paths)
{
  if (self->conversation == NULL)
    {
      g_strfreev (self->files_to_open);
      self->files_to_open = g_strdupv ((char **) paths);
      return;
    }
  if (baleen_conversation_get_head (self->conversation) != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.new-chat", NULL);
  for (guint i = 0; paths[i] != NULL; i++)
    baleen_window_attach (self, paths[i]);
}

void
baleen_window_attach_named_text (BaleenWindow *self,
                                 const char   *name,
                                 const char   *text)
{
  g_autoptr (BaleenAttachment) attachment = baleen_attachment_new (name, NULL);

  baleen_attachment_take_text (attachment, text,
                               baleen_application_get_engine (self->application));
  baleen_composer_add_attachment (composer (self), attachment);
}

void
baleen_window_attach_text (BaleenWindow *self,
                           const char   *text)
{
  guint n_lines = 1;
  g_autofree char *name = NULL;

  for (const char *p = text; (p = strchr (p, '\n')) != NULL; p++)
    n_lines++;
  name = g_strdup_printf (ngettext ("Pasted text, %'u line", "Pasted text, %'u lines", n_lines),
                          n_lines);
  baleen_window_attach_named_text (self, name, text);
}

static void
attach_chosen_cb (GtkNativeDialog *dialog,
                  int              response,
                  BaleenWindow    *self)
{
  g_autoptr (GtkNativeDialog) held = dialog;
  g_autoptr (GListModel) files = response == GTK_RESPONSE_ACCEPT
                                     ? gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog))
                                     : NULL;

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      g_autofree char *path = g_file_get_path (file);

      if (path != NULL)
        baleen_window_attach (self, path);
    }
}

static void
attach_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  BaleenWindow *self = BALEEN_WINDOW (widget);
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (_("Attach Files"), GTK_WINDOW (self),
                                     GTK_FILE_CHOOSER_ACTION_OPEN, _("_Attach"), _("_Cancel"));

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (attach_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
pasted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (BaleenWindow) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (self->conversation == NULL)
    return;
  if (text != NULL && *text != '\0')
    baleen_window_attach_text (self, text);
  else
    baleen_window_say (self, _("The clipboard holds no text"));
}

static void
paste_as_file_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL, pasted_cb,
                                 g_object_ref (widget));
}

/* ---- dropping ------------------------------------------------------------------------- */

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         BaleenWindow  *self)
{
  GSList *files = g_value_get_boxed (value);

  for (GSList *l = files; l != NULL; l = l->next)
    {
      g_autofree char *path = g_file_get_path (l->data);

      if (path != NULL)
        baleen_window_attach (self, path);
    }
  return files != NULL;
}

static GdkDragAction
enter_cb (GtkDropTarget *target,
          double         x,
          double         y,
          BaleenWindow  *self)
{
  gtk_widget_set_visible (self->drop_words, TRUE);
  return GDK_ACTION_COPY;
}

static void
leave_cb (GtkDropTarget *target,
          BaleenWindow  *self)
{
  gtk_widget_set_visible (self->drop_words, FALSE);
}

static void
dropped_cb (BaleenWindow *self)
{
  gtk_widget_set_visible (self->drop_words, FALSE);
}

/* ---- what is made of them ------------------------------------------------------------- */

static void
summarize (BaleenWindow               *self,
           BaleenAttachment           *attachment,
           const BaleenSummaryOptions *options)
{
  g_autofree char *words = g_strdup_printf (_("Summarize “%s”"),
                                            baleen_attachment_get_name (attachment));

  baleen_document_desk_summarize (baleen_application_get_desk (self->application),
                                  self->conversation, words, attachment, options);
  baleen_window_keep_at_hand (self, attachment);
}

/* One after the other: each has its own answer. */
static void
summarize_cb (BaleenWindow *self,
              gpointer      options)
{
  g_autoptr (GPtrArray) taken = baleen_composer_take_attachments (composer (self));

  for (guint i = 0; i < taken->len; i++)
    summarize (self, taken->pdata[i], options);
  baleen_sidebar_set_selected (BALEEN_SIDEBAR (self->sidebar), self->conversation);
  baleen_transcript_jump_to_end (BALEEN_TRANSCRIPT (self->transcript));
}

/* ---- how long it would take ----------------------------------------------------------- */

typedef struct
{
  BaleenWindow *window;         /* (owned) */
  BaleenAttachment *attachment; /* (owned) */
} Measuring;

/* “Fits in one pass”, “14 parts, about 3 min”, “14 parts, about 1 min · 9 read already” */
static char *
describe_parts (const BaleenReadingEstimate *estimate)
{
  g_autofree char *words = estimate->n_parts > 1
                               ? baleen_summary_estimate_words (estimate->n_parts,
                                                                estimate->seconds)
                               : g_strdup (_("Fits in one pass"));

  if (estimate->n_read == 0 || estimate->n_parts < 2)
    return g_steal_pointer (&words);
  return g_strdup_printf (_("%s · %u read already"), words, estimate->n_read);
}

/* And a second line where the work would be for nothing. */
static char *
describe_estimate (BaleenWindow                *self,
                   const BaleenReadingEstimate *estimate)
{
  const char *path
      = baleen_engine_service_get_path (baleen_application_get_engine (self->application));
  g_autofree char *words = describe_parts (estimate);
  g_autofree char *name = NULL, *warning = NULL;

  if (!estimate->is_foreign || path == NULL)
    return g_steal_pointer (&words);
  name = baleen_application_name_model (self->application, path);
  warning = g_strdup_printf (_("%s knows English only."), name);
  return g_strconcat (words, "\n", warning, NULL);
}

static void
measured_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  Measuring *measuring = user_data;
  BaleenReadingEstimate estimate;

  if (baleen_reading_estimate_finish (result, &estimate, NULL))
    {
      g_autofree char *words = describe_estimate (measuring->window, &estimate);

      baleen_composer_set_estimate (composer (measuring->window), measuring->attachment, words);
    }
  g_object_unref (measuring->window);
  g_object_unref (measuring->attachment);
  g_free (measuring);
}

/* The number of parts is the same for every form and length. */
static void
measure_cb (BaleenWindow     *self,
            BaleenAttachment *attachment)
{
  const BaleenSummaryOptions options = { .length = BALEEN_SUMMARY_NORMAL };
  Measuring *measuring = g_new0 (Measuring, 1);

  measuring->window = g_object_ref (self);
  measuring->attachment = g_object_ref (attachment);
  baleen_reading_estimate_async (baleen_attachment_get_document (attachment), &options,
                                 baleen_application_get_engine (self->application), NULL,
                                 measured_cb, measuring);
}

static void
usual_cb (BaleenWindow *self)
{
  GSettings *settings = baleen_application_get_settings (self->application);
  g_autofree char *length = g_settings_get_string (settings, "summary-length");
  g_autofree char *form = g_settings_get_string (settings, "summary-form");
  g_autofree char *language = g_settings_get_string (settings, "summary-language");

  baleen_composer_set_usual_summary (composer (self), length, form, language);
}

static void
watch_usual (BaleenWindow *self)
{
  static const char *const keys[] = { "summary-length", "summary-form", "summary-language" };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *signal = g_strconcat ("changed::", keys[i], NULL);

      g_signal_connect_object (baleen_application_get_settings (self->application), signal,
                               G_CALLBACK (usual_cb), self, G_CONNECT_SWAPPED);
    }
  usual_cb (self);
}

static void
open_cb (BaleenWindow     *self,
         BaleenAttachment *attachment)
{
  baleen_window_show_document (self, attachment, NULL, 0);
}

static void
read_wanted_cb (BaleenWindow     *self,
                BaleenAttachment *attachment)
{
  BaleenEngineService *engine = baleen_application_get_engine (self->application);

  if (baleen_attachment_get_document (attachment) == NULL)
    baleen_attachment_read (attachment, engine);
}

void
baleen_window_keep_at_hand (BaleenWindow     *self,
                            BaleenAttachment *attachment)
{
  g_autoptr (BaleenAttachment) again
      = baleen_attachment_new (baleen_attachment_get_name (attachment),
                               baleen_attachment_get_path (attachment));
  const BaleenDocument *document = baleen_attachment_get_document (attachment);
  g_autoptr (GVariant) variant = g_variant_ref_sink (baleen_document_to_variant (document));

  baleen_attachment_take_document (again, baleen_document_from_variant (variant));
  baleen_composer_keep_at_hand (composer (self), again);
  baleen_attachment_set_n_tokens (again, baleen_attachment_get_n_tokens (attachment));
  baleen_attachment_set_is_whole (again, FALSE);
}

/* Some models answer from a few passages, and from nothing longer. */
static guint
get_most_tokens (BaleenWindow *self)
{
  BaleenCatalogue *catalogue = baleen_application_get_catalogue (self->application);
  const char *path
      = baleen_engine_service_get_path (baleen_application_get_engine (self->application));
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;
  const BaleenCatalogueEntry *entry
      = catalogue != NULL && name != NULL ? baleen_catalogue_find_file (catalogue, name) : NULL;

  return entry != NULL && entry->passage_tokens > 0 ? entry->passage_tokens : G_MAXUINT;
}

gboolean
baleen_window_prefer_passages (BaleenWindow *self,
                               GPtrArray    *attachments)
{
  const guint most = get_most_tokens (self);
  gboolean has_changed = FALSE;

  for (guint i = 0; i < attachments->len; i++)
    if (baleen_attachment_get_is_whole (attachments->pdata[i])
        && baleen_attachment_get_document (attachments->pdata[i]) != NULL
        && baleen_attachment_get_n_tokens (attachments->pdata[i]) > most)
      {
        baleen_attachment_set_is_whole (attachments->pdata[i], FALSE);
        has_changed = TRUE;
      }
  return has_changed;
}

gboolean
baleen_window_ask_documents (BaleenWindow *self,
                             const char   *text,
                             GPtrArray    *attachments)
{
  BaleenDocumentDesk *desk = baleen_application_get_desk (self->application);
  gboolean is_asked = FALSE;

  for (guint i = 0; i < attachments->len; i++)
    if (!baleen_attachment_get_is_whole (attachments->pdata[i])
        && baleen_attachment_get_document (attachments->pdata[i]) != NULL)
      {
        baleen_document_desk_ask (desk, self->conversation, text, attachments->pdata[i]);
        baleen_window_keep_at_hand (self, attachments->pdata[i]);
        is_asked = TRUE;
      }
  return is_asked;
}

/* The longest goes first, until the rest fits. */
gboolean
baleen_window_shorten_attachments (BaleenWindow *self)
{
  GPtrArray *attachments = baleen_composer_get_attachments (composer (self));
  BaleenAttachment *longest = NULL;

  for (guint i = 0; i < attachments->len; i++)
    if (baleen_attachment_get_is_whole (attachments->pdata[i])
        && baleen_attachment_get_document (attachments->pdata[i]) != NULL
        && (longest == NULL
            || baleen_attachment_get_n_tokens (attachments->pdata[i])
                   > baleen_attachment_get_n_tokens (longest)))
      longest = attachments->pdata[i];
  if (longest == NULL)
    return FALSE;
  baleen_attachment_set_is_whole (longest, FALSE);
  return TRUE;
}

static void
ask_cb (BaleenWindow *self)
{
  gtk_widget_grab_focus (baleen_composer_get_text_view (composer (self)));
}

static void
pasted_long_cb (BaleenWindow *self,
                const char   *text)
{
  baleen_window_attach_text (self, text);
}

static void
doubled_cb (BaleenWindow *self)
{
  baleen_window_say (self, _("It is attached already"));
}

/* Counted by the model that is there now. */
static void
engine_cb (BaleenWindow *self)
{
  BaleenEngineService *engine = baleen_application_get_engine (self->application);
  GPtrArray *attachments = baleen_composer_get_attachments (composer (self));

  if (baleen_engine_service_get_status (engine) != BALEEN_ENGINE_READY)
    return;
  for (guint i = 0; i < attachments->len; i++)
    if (baleen_attachment_get_n_tokens (attachments->pdata[i]) < 0)
      baleen_attachment_count (attachments->pdata[i], engine);
  baleen_composer_measure_again (composer (self));
}

void
baleen_window_watch_attachments (BaleenWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  g_signal_connect (target, "enter", G_CALLBACK (enter_cb), self);
  g_signal_connect (target, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (self->panel_flap, GTK_EVENT_CONTROLLER (target));
  g_signal_connect_swapped (self->composer, "summarize", G_CALLBACK (summarize_cb), self);
  g_signal_connect_swapped (self->composer, "measure", G_CALLBACK (measure_cb), self);
  watch_usual (self);
  g_signal_connect_swapped (self->composer, "ask", G_CALLBACK (ask_cb), self);
  g_signal_connect_swapped (self->composer, "open-attachment", G_CALLBACK (open_cb), self);
  g_signal_connect_swapped (self->composer, "read-wanted", G_CALLBACK (read_wanted_cb), self);
  g_signal_connect_swapped (self->composer, "pasted", G_CALLBACK (pasted_long_cb), self);
  g_signal_connect_swapped (self->composer, "doubled", G_CALLBACK (doubled_cb), self);
  g_signal_connect_object (baleen_application_get_engine (self->application), "notify::status",
                           G_CALLBACK (engine_cb), self, G_CONNECT_SWAPPED);
}

void
baleen_window_class_install_attachment_actions (GtkWidgetClass *widget_class)
{
  static const BaleenWindowAction actions[] = {
    { "win.attach", attach_cb },
    { "win.paste-as-file", paste_as_file_cb },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].func);
}

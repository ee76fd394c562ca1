/* The composer's files: what is attached, what becomes a file when it is pasted, and the draft
 * of both. */
#include "baleen-composer-private.h"

#include <glib/gi18n.h>

/* Text that is longer is easier to handle as a file; one button makes it text again. */
#define LONG_CHARS 4000
#define LONG_LINES 80

static BaleenAttachmentBar *
bar (BaleenComposer *self)
{
  return BALEEN_ATTACHMENT_BAR (self->attachments);
}

GPtrArray *
baleen_composer_get_attachments (BaleenComposer *self)
{
  return baleen_attachment_bar_get (bar (self));
}

gboolean
baleen_composer_add_attachment (BaleenComposer   *self,
                                BaleenAttachment *attachment)
{
  return baleen_attachment_bar_add (bar (self), attachment);
}

GPtrArray *
baleen_composer_take_attachments (BaleenComposer *self)
{
  GPtrArray *attachments = baleen_attachment_bar_get (bar (self));
  GPtrArray *taken = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < attachments->len; i++)
    g_ptr_array_add (taken, g_object_ref (attachments->pdata[i]));
  baleen_attachment_bar_clear (bar (self));
  return taken;
}

void
baleen_composer_set_estimate (BaleenComposer   *self,
                              BaleenAttachment *attachment,
                              const char       *words)
{
  baleen_attachment_bar_set_estimate (bar (self), attachment, words);
}

void
baleen_composer_measure_again (BaleenComposer *self)
{
  baleen_attachment_bar_measure_again (bar (self));
}

void
baleen_composer_keep_at_hand (BaleenComposer   *self,
                              BaleenAttachment *attachment)
{
  baleen_attachment_set_was_used (attachment, TRUE);
  baleen_attachment_bar_add (bar (self), attachment);
  baleen_attachment_bar_hide_card (bar (self));
}

void
baleen_composer_set_usual_summary (BaleenComposer *self,
                                   const char     *length,
                                   const char     *form,
                                   const char     *language)
{
  baleen_attachment_bar_set_usual (bar (self), length, form, language);
}

gboolean
baleen_composer_is_reading (BaleenComposer *self)
{
  GPtrArray *attachments = baleen_attachment_bar_get (bar (self));

  for (guint i = 0; i < attachments->len; i++)
    if (baleen_attachment_get_state (attachments->pdata[i]) == BALEEN_ATTACHMENT_READING)
      return TRUE;
  return FALSE;
}

char *
baleen_composer_frame_files (BaleenComposer *self,
                             const char     *text)
{
  GPtrArray *attachments = baleen_attachment_bar_get (bar (self));
  GString *framed = g_string_new (NULL);

  for (guint i = 0; i < attachments->len; i++)
    if (baleen_attachment_get_is_whole (attachments->pdata[i])
        && baleen_attachment_get_document (attachments->pdata[i]) != NULL)
      {
        g_autofree char *file = baleen_attachment_frame (attachments->pdata[i]);

        g_string_append (framed, file);
      }
  g_string_append (framed, text);
  return g_string_free (framed, FALSE);
}

/* ---- the draft ------------------------------------------------------------------------ */

char *
baleen_composer_dup_files (BaleenComposer *self)
{
  return baleen_attachments_to_json (baleen_attachment_bar_get (bar (self)), TRUE);
}

void
baleen_composer_restore_files (BaleenComposer *self,
                               const char     *json)
{
  g_autoptr (GPtrArray) attachments = baleen_attachments_from_json (json);
  guint n_used = 0;

  baleen_attachment_bar_clear (bar (self));
  for (guint i = 0; i < attachments->len; i++)
    {
      n_used += baleen_attachment_get_was_used (attachments->pdata[i]);
      baleen_attachment_bar_add (bar (self), attachments->pdata[i]);
      g_signal_emit_by_name (self, "read-wanted", attachments->pdata[i]);
    }
  if (n_used > 0 && n_used == attachments->len)
    baleen_attachment_bar_hide_card (bar (self));
}

/* ---- pasting -------------------------------------------------------------------------- */

static gboolean
is_long (BaleenComposer *self,
         const char     *text)
{
  const int most = self->settings != NULL
                       ? g_settings_get_int (self->settings, "paste-as-file-from")
                       : LONG_CHARS;
  guint n_lines = 1;

  if (most == 0)
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    n_lines += *p == '\n';
  return n_lines > LONG_LINES || g_utf8_strlen (text, -1) > most;
}

static void
pasted_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (BaleenComposer) self = user_data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);

  if (text == NULL || self->conversation == NULL)
    return;
  if (is_long (self, text))
    {
      GPtrArray *files;

      g_signal_emit_by_name (self, "pasted", text);
      files = baleen_composer_get_attachments (self);
      if (files->len > 0)
        g_set_weak_pointer (&self->pasted, files->pdata[files->len - 1]);
    }
  else
    {
      gtk_text_buffer_begin_user_action (self->buffer);
      gtk_text_buffer_delete_selection (self->buffer, TRUE, TRUE);
      gtk_text_buffer_insert_at_cursor (self->buffer, text, -1);
      gtk_text_buffer_end_user_action (self->buffer);
      gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self->text),
                                          gtk_text_buffer_get_insert (self->buffer));
    }
}

static void
files_pasted_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (BaleenComposer) self = user_data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);

  if (value == NULL || self->conversation == NULL)
    return;
  for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
    {
      g_autofree char *path = g_file_get_path (l->data);
      g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;
      g_autoptr (BaleenAttachment) attachment
          = path != NULL ? baleen_attachment_new (name, path) : NULL;

      if (attachment != NULL && baleen_attachment_bar_add (bar (self), attachment))
        g_signal_emit_by_name (self, "read-wanted", attachment);
      else if (attachment != NULL)
        g_signal_emit_by_name (self, "doubled");
    }
}

/* In place of the text view's own: files become attachments and so does a long text. */
static void
paste_clipboard_cb (GtkTextView    *text,
                    BaleenComposer *self)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (text));
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);

  g_signal_stop_emission_by_name (text, "paste-clipboard");
  if (gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST)
      || gdk_content_formats_contain_mime_type (formats, "text/uri-list"))
    gdk_clipboard_read_value_async (clipboard, GDK_TYPE_FILE_LIST, G_PRIORITY_DEFAULT, NULL,
                                    files_pasted_cb, g_object_ref (self));
  else
    gdk_clipboard_read_text_async (clipboard, NULL, pasted_cb, g_object_ref (self));
}

/* ---- what is done in the bar ---------------------------------------------------------- */

static void
changed_cb (BaleenComposer *self)
{
  baleen_coach_line_set_has_files (BALEEN_COACH_LINE (self->coach),
                                   baleen_composer_get_attachments (self)->len > 0);
  baleen_composer_update_send (self);
  g_signal_emit_by_name (self, "edited");
  baleen_composer_touch_draft (self);
}

static void
summarize_cb (BaleenComposer *self,
              gpointer        options)
{
  g_signal_emit_by_name (self, "summarize", options);
}

static void
measure_cb (BaleenComposer   *self,
            BaleenAttachment *attachment)
{
  g_signal_emit_by_name (self, "measure", attachment);
}

static void
ask_cb (BaleenComposer *self)
{
  g_signal_emit_by_name (self, "ask");
}

static void
open_cb (BaleenComposer   *self,
         BaleenAttachment *attachment)
{
  g_signal_emit_by_name (self, "open-attachment", attachment);
}

/* One undo step. */
static void
insert_cb (BaleenComposer   *self,
           BaleenAttachment *attachment)
{
  g_autofree char *text = baleen_document_get_text (baleen_attachment_get_document (attachment));

  baleen_attachment_bar_remove (bar (self), attachment);
  gtk_text_buffer_begin_user_action (self->buffer);
  gtk_text_buffer_insert_at_cursor (self->buffer, text, -1);
  gtk_text_buffer_end_user_action (self->buffer);
  gtk_widget_grab_focus (self->text);
}

/* Right after a paste that became a file, before anything else is written. */
gboolean
baleen_composer_undo_paste (BaleenComposer *self)
{
  BaleenAttachment *attachment = self->pasted;

  if (attachment == NULL || baleen_attachment_get_document (attachment) == NULL
      || !g_ptr_array_find (baleen_composer_get_attachments (self), attachment, NULL))
    return FALSE;
  insert_cb (self, attachment);
  return TRUE;
}

void
baleen_composer_watch_files (BaleenComposer *self)
{
  g_signal_connect_swapped (self->attachments, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->attachments, "summarize", G_CALLBACK (summarize_cb), self);
  g_signal_connect_swapped (self->attachments, "measure", G_CALLBACK (measure_cb), self);
  g_signal_connect_swapped (self->attachments, "ask", G_CALLBACK (ask_cb), self);
  g_signal_connect_swapped (self->attachments, "open", G_CALLBACK (open_cb), self);
  g_signal_connect_swapped (self->attachments, "insert", G_CALLBACK (insert_cb), self);
  g_signal_connect (self->text, "paste-clipboard", G_CALLBACK (paste_clipboard_cb), self);
}

void
baleen_composer_class_install_file_signals (GType type)
{
  g_signal_new ("summarize", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_POINTER);
  g_signal_new ("measure", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                BALEEN_TYPE_ATTACHMENT);
  g_signal_new ("ask", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_signal_new ("open-attachment", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                BALEEN_TYPE_ATTACHMENT);
  g_signal_new ("read-wanted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                BALEEN_TYPE_ATTACHMENT);
  g_signal_new ("pasted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_STRING);
  g_signal_new ("doubled", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

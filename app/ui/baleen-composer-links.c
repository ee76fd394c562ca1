/* A link that was written or pasted stays text, with a quiet offer to read its page. */
#include "baleen-composer-private.h"

#include <glib/gi18n.h>
#include <string.h>

/* The only link in a text; NULL where there is none, or more than one. */
static char *
find_link (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t\n", -1);
  const char *found = NULL;

  for (gsize i = 0; words[i] != NULL; i++)
    if (g_str_has_prefix (words[i], "https://") || g_str_has_prefix (words[i], "http://"))
      {
        g_autoptr (GUri) uri = g_uri_parse (words[i], G_URI_FLAGS_NONE, NULL);

        if (found != NULL)
          return NULL;
        if (uri != NULL && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0')
          found = words[i];
      }
  return g_strdup (found);
}

void
baleen_composer_update_link (BaleenComposer *self)
{
  g_autofree char *text = baleen_composer_dup_text (self);
  g_autofree char *link = find_link (text);
  const gboolean is_taken = g_strcmp0 (link, self->taken_link) == 0;

  if (link == NULL)
    g_clear_pointer (&self->taken_link, g_free);
  gtk_widget_set_visible (self->link_offer, link != NULL && !is_taken);
  gtk_widget_set_tooltip_text (self->link_offer, link);
}

/* Alone it has done what it was written for. */
static void
clicked_cb (BaleenComposer *self)
{
  g_autofree char *text = baleen_composer_dup_text (self);
  g_autofree char *link = find_link (text);

  if (link == NULL)
    return;
  g_free (self->taken_link);
  self->taken_link = g_strdup (link);
  if (g_str_equal (g_strstrip (text), link))
    {
      GtkTextIter start, end;

      gtk_text_buffer_get_bounds (self->buffer, &start, &end);
      gtk_text_buffer_delete (self->buffer, &start, &end);
    }
  gtk_widget_set_visible (self->link_offer, FALSE);
  gtk_widget_grab_focus (self->text);
  g_signal_emit_by_name (self, "read-link", link);
}

void
baleen_composer_watch_links (BaleenComposer *self)
{
  g_signal_connect_swapped (self->link_offer, "clicked", G_CALLBACK (clicked_cb), self);
}

void
baleen_composer_class_install_link_signals (GType type)
{
  g_signal_new ("read-link", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                G_TYPE_STRING);
}

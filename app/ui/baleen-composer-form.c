/* The template form of the composer, and the prompt that it and the text make together. */
#include "baleen-composer-private.h"

#include <glib/gi18n.h>


static BaleenTemplateForm *
form (BaleenComposer *self)
{
  return BALEEN_TEMPLATE_FORM (self->form);
}

gboolean
baleen_composer_is_form_open (BaleenComposer *self)
{
  return gtk_widget_get_visible (self->form);
}

/* ---- the prompt ----------------------------------------------------------------------- */

char *
baleen_composer_compose (BaleenComposer  *self,
                         char           **system,
                         GError         **error)
{
  g_autofree char *text = g_strstrip (baleen_composer_dup_text (self));
  BaleenTemplateFilling *filling = baleen_template_form_get_filling (form (self));

  *system = NULL;
  if (!baleen_composer_is_form_open (self) || filling == NULL)
    return g_steal_pointer (&text);
  return baleen_template_filling_compose (filling, text, system, error);
}

/* A view that was hidden while the style changed would keep the old one's colour. */
static GtkWidget *
preview_text_new (void)
{
  GtkWidget *view
      = g_object_new (GTK_TYPE_TEXT_VIEW, "editable", FALSE, "wrap-mode", GTK_WRAP_WORD_CHAR,
                      "top-margin", 10, "bottom-margin", 4, "left-margin", 14, "right-margin", 14,
                      NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Preview"), -1);
  return view;
}

/* The prompt as it will be sent, or why there is none yet. */
void
baleen_composer_update_preview (BaleenComposer *self)
{
  const gboolean is_previewing = baleen_composer_is_form_open (self)
                                 && baleen_template_form_get_is_previewing (form (self));
  GtkWidget *view = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (self->preview));
  g_autoptr (GError) error = NULL;
  g_autofree char *system = NULL;
  g_autofree char *prompt = NULL;

  gtk_widget_set_visible (self->preview, is_previewing);
  gtk_widget_set_visible (self->writing, !is_previewing);
  if (!is_previewing)
    {
      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->preview), NULL);
      return;
    }

  if (view == NULL)
    {
      view = preview_text_new ();
      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->preview), view);
    }
  prompt = baleen_composer_compose (self, &system, &error);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)),
                            prompt != NULL ? (system != NULL ? system : prompt)
                                                   : error->message,
                            -1);
}

void
baleen_composer_show_prompt_length (BaleenComposer          *self,
                                    const BaleenPromptCount *count)
{
  const gsize n = count != NULL ? count->parts[BALEEN_COUNT_MESSAGE] : 0;
  g_autofree char *words
      = n > 0 ? g_strdup_printf (ngettext ("%'lu token", "%'lu tokens", n), (gulong) n) : NULL;

  baleen_template_form_set_length (form (self), words);
}

/* ---- opening and closing -------------------------------------------------------------- */

void
baleen_composer_set_is_form_open (BaleenComposer *self,
                                  gboolean        is_open)
{
  if (is_open && baleen_template_form_get_filling (form (self)) == NULL)
    baleen_template_form_choose (form (self), NULL);
  if (is_open && baleen_template_form_get_filling (form (self)) == NULL)
    return;

  gtk_widget_set_visible (self->form, is_open);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->template_button), is_open);
  baleen_composer_update_preview (self);
  baleen_composer_update_send (self);
  baleen_composer_touch_draft (self);
}

void
baleen_composer_toggle_form (BaleenComposer *self)
{
  const gboolean is_open = !baleen_composer_is_form_open (self);

  baleen_composer_set_is_form_open (self, is_open);
  if (is_open)
    baleen_template_form_focus (form (self));
  else
    gtk_widget_grab_focus (self->text);
}

void
baleen_composer_open_template (BaleenComposer *self,
                               const char     *id)
{
  baleen_template_form_choose (form (self), id);
  baleen_composer_set_is_form_open (self, TRUE);
  baleen_template_form_focus (form (self));
}

void
baleen_composer_open_example (BaleenComposer *self,
                              const char     *id)
{
  baleen_template_form_choose_example (form (self), id);
  baleen_composer_set_is_form_open (self, TRUE);
  baleen_template_form_focus (form (self));
}

gboolean
baleen_composer_open_filling (BaleenComposer *self,
                              const char     *json)
{
  g_autofree char *text = NULL;
  BaleenTemplateFilling *filling = baleen_template_filling_from_json (json, &text, NULL);

  if (filling == NULL)
    return FALSE;
  gtk_text_buffer_set_text (self->buffer, text, -1);
  baleen_template_form_set_filling (form (self), filling);
  baleen_composer_set_is_form_open (self, TRUE);
  baleen_template_form_focus (form (self));
  return TRUE;
}

/* ---- the draft ------------------------------------------------------------------------ */

char *
baleen_composer_dup_form (BaleenComposer *self)
{
  BaleenTemplateFilling *filling = baleen_template_form_get_filling (form (self));
  g_autofree char *text = NULL;

  if (filling == NULL || !baleen_composer_is_form_open (self))
    return NULL;
  text = g_strstrip (baleen_composer_dup_text (self));
  return baleen_template_filling_to_json (filling, text);
}

void
baleen_composer_restore_form (BaleenComposer *self,
                              const char     *json)
{
  BaleenTemplateFilling *filling
      = json != NULL ? baleen_template_filling_from_json (json, NULL, NULL) : NULL;

  baleen_template_form_set_filling (form (self), filling);
  gtk_widget_set_visible (self->form, filling != NULL);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->template_button), filling != NULL);
  baleen_composer_update_preview (self);
}

/* ---- what happens in the form --------------------------------------------------------- */

static void
changed_cb (BaleenComposer *self)
{
  baleen_composer_update_preview (self);
  baleen_composer_update_send (self);
  baleen_composer_touch_draft (self);
}

static void
left_cb (BaleenComposer *self)
{
  gtk_widget_grab_focus (self->text);
}

static void
close_cb (BaleenComposer *self)
{
  baleen_composer_set_is_form_open (self, FALSE);
  gtk_widget_grab_focus (self->text);
}

void
baleen_composer_watch_form (BaleenComposer *self)
{
  g_signal_connect_swapped (self->form, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->form, "left", G_CALLBACK (left_cb), self);
  g_signal_connect_swapped (self->form, "close-wanted", G_CALLBACK (close_cb), self);
  g_signal_connect_swapped (self->form, "notify::is-previewing",
                            G_CALLBACK (baleen_composer_update_preview), self);
  gtk_widget_set_visible (self->form, FALSE);
  gtk_widget_set_visible (self->preview, FALSE);
}

void
baleen_composer_set_shelf (BaleenComposer      *self,
                           BaleenTemplateShelf *shelf)
{
  g_set_object (&self->shelf, shelf);
  baleen_template_form_set_shelf (form (self), shelf);
}

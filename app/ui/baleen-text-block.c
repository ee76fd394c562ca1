#include "baleen-text-block.h"

#include <glib/gi18n.h>
#include <string.h>

#include "baleen-icon-button.h"

struct _BaleenTextBlock
{
  GtkWidget parent_instance;

  gboolean is_code;
  GtkWidget *label;
  GtkWidget *copy; /* (nullable) of code */
  guint copied_source;
};

G_DEFINE_FINAL_TYPE (BaleenTextBlock, baleen_text_block, GTK_TYPE_WIDGET)

/* Texts from here on get a least width; it fits a narrow window at large text. */
#define LONG_BYTES 300
#define LEAST_CHARS 18

/* How long a copy button says that it copied. */
#define COPIED_SECONDS 2

static gboolean
has_han (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_get_script (g_utf8_get_char (p)) == G_UNICODE_SCRIPT_HAN)
      return TRUE;
  return FALSE;
}

GtkWidget *
baleen_text_label_new (void)
{
  return g_object_new (GTK_TYPE_LABEL, "xalign", 0.0, "wrap", TRUE, "wrap-mode",
                       PANGO_WRAP_WORD_CHAR, "selectable", TRUE, "focusable", FALSE, "can-focus",
                       FALSE, NULL);
}

void
baleen_text_label_set_text (GtkLabel   *label,
                            const char *text)
{
  if (gtk_label_get_attributes (label) == NULL && has_han (text))
    {
      PangoAttrList *attributes = pango_attr_list_new ();

      pango_attr_list_insert (attributes,
                              pango_attr_language_new (pango_language_from_string ("zh-cn")));
      gtk_label_set_attributes (label, attributes);
      pango_attr_list_unref (attributes);
    }
  /* To learn its least width GTK lays a label out with a character a line, which for a long
   * text takes long. With a least width given it lays out at that. */
  gtk_label_set_width_chars (label, strlen (text) > LONG_BYTES ? LEAST_CHARS : -1);
  gtk_label_set_text (label, text);
}

char *
baleen_text_label_get_selection (GtkLabel *label)
{
  const char *text = gtk_label_get_text (label);
  int start, end;

  if (!gtk_label_get_selection_bounds (label, &start, &end))
    return NULL;
  return g_utf8_substring (text, start, end);
}

static gboolean
copied_cb (gpointer user_data)
{
  BaleenTextBlock *self = user_data;

  gtk_button_set_icon_name (GTK_BUTTON (self->copy), "edit-copy-symbolic");
  baleen_icon_button_set_words (BALEEN_ICON_BUTTON (self->copy), _("Copy Code"), NULL);
  self->copied_source = 0;
  return G_SOURCE_REMOVE;
}

static void
copy_cb (GtkButton       *button,
         BaleenTextBlock *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          gtk_label_get_text (GTK_LABEL (self->label)));
  gtk_button_set_icon_name (button, "object-select-symbolic");
  baleen_icon_button_set_words (BALEEN_ICON_BUTTON (button), _("Copied"), NULL);
  g_clear_handle_id (&self->copied_source, g_source_remove);
  self->copied_source = g_timeout_add_seconds (COPIED_SECONDS, copied_cb, self);
}

static void
baleen_text_block_dispose (GObject *object)
{
  BaleenTextBlock *self = BALEEN_TEXT_BLOCK (object);
  GtkWidget *child;

  g_clear_handle_id (&self->copied_source, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (baleen_text_block_parent_class)->dispose (object);
}

static void
baleen_text_block_class_init (BaleenTextBlockClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_text_block_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
baleen_text_block_init (BaleenTextBlock *self)
{
  self->label = baleen_text_label_new ();
}

static GtkWidget *
code_head_new (BaleenTextBlock *self,
               const char      *language)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *name = gtk_label_new (language != NULL ? language : "");

  gtk_widget_add_css_class (name, "dim-label");
  gtk_widget_add_css_class (name, "caption");
  gtk_widget_set_hexpand (name, TRUE);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  self->copy = baleen_icon_button_new ("edit-copy-symbolic", _("Copy Code"));
  gtk_widget_add_css_class (self->copy, "flat");
  g_signal_connect (self->copy, "clicked", G_CALLBACK (copy_cb), self);
  gtk_box_append (GTK_BOX (head), name);
  gtk_box_append (GTK_BOX (head), self->copy);
  gtk_widget_add_css_class (head, "code-head");
  return head;
}

/* Lines of code do not wrap: the block scrolls inside itself. */
static void
build_code (BaleenTextBlock *self,
            const char      *language)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  gtk_label_set_wrap (GTK_LABEL (self->label), FALSE);
  gtk_widget_add_css_class (self->label, "monospace");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Code"), -1);
  gtk_widget_set_focusable (scroller, FALSE);
  gtk_box_append (GTK_BOX (box), code_head_new (self, language));
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_widget_add_css_class (box, "code-block");
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

GtkWidget *
baleen_text_block_new (gboolean    is_code,
                       const char *language)
{
  BaleenTextBlock *self = g_object_new (BALEEN_TYPE_TEXT_BLOCK, NULL);

  self->is_code = is_code;
  if (is_code)
    build_code (self, language);
  else
    gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

gboolean
baleen_text_block_get_is_code (BaleenTextBlock *self)
{
  return self->is_code;
}

void
baleen_text_block_set_text (BaleenTextBlock *self,
                            const char      *text)
{
  if (g_strcmp0 (gtk_label_get_text (GTK_LABEL (self->label)), text) != 0)
    baleen_text_label_set_text (GTK_LABEL (self->label), text);
}

const char *
baleen_text_block_get_text (BaleenTextBlock *self)
{
  return gtk_label_get_text (GTK_LABEL (self->label));
}

char *
baleen_text_block_get_selection (BaleenTextBlock *self)
{
  return baleen_text_label_get_selection (GTK_LABEL (self->label));
}

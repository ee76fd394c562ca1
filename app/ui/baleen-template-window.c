#include "baleen-template-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "baleen-icon-button.h"
#include "baleen-template-editor.h"
#include "baleen-template-page.h"
#include "template-importing.h"
#include "template-parser.h"

struct _BaleenTemplateWindow
{
  AdwWindow parent_instance;

  GtkWidget *toasts;
  GtkWidget *leaflet;
  GtkWidget *search;
  GtkWidget *language;
  GtkWidget *list;
  GtkWidget *detail;
  GtkWidget *page;
  GtkWidget *back;
  GtkWidget *use;
  GtkWidget *star;
  GtkWidget *copy;
  GtkWidget *edit;
  GtkWidget *share;
  GtkWidget *remove;

  BaleenTemplateShelf *shelf; /* (owned) */
  char *id;                   /* (owned) (nullable) the one shown */
  char *deleted;              /* (owned) (nullable) its file's text, to bring it back */
};

G_DEFINE_FINAL_TYPE (BaleenTemplateWindow, baleen_template_window, ADW_TYPE_WINDOW)

enum
{
  USE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Nobody scrolls further; whoever has more searches. */
#define MOST_ROWS 100
#define UNDO_SECONDS 10

static void
say (BaleenTemplateWindow *self,
     const char           *sentence)
{
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), adw_toast_new (sentence));
}

/* ---- list ----------------------------------------------------------------------------- */

static const char *
get_language (BaleenTemplateWindow *self)
{
  static const char *const languages[] = { "en", "zh", NULL };

  return languages[gtk_drop_down_get_selected (GTK_DROP_DOWN (self->language))];
}

static GtkWidget *
row_new (BaleenTemplateWindow *self,
         const BaleenTemplate *template_)
{
  g_autofree char *tags = g_strjoinv (" · ", template_->tags);
  g_autofree char *title = g_markup_escape_text (template_->title, -1);
  g_autofree char *subtitle = g_markup_escape_text (tags, -1);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "subtitle", subtitle,
                                 "activatable", TRUE, NULL);

  if (baleen_template_library_is_own (template_->id))
    {
      GtkWidget *own = gtk_label_new (_("Yours"));

      gtk_widget_add_css_class (own, "dim-label");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), own);
    }
  if (baleen_template_shelf_get_is_starred (self->shelf, template_->id))
    {
      GtkWidget *star = g_object_new (GTK_TYPE_IMAGE, "icon-name", "starred-symbolic", NULL);

      gtk_accessible_update_property (GTK_ACCESSIBLE (star), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("Starred"), -1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), star);
    }
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (template_->id), g_free);
  return row;
}

static GtkWidget *
more_row_new (guint n)
{
  g_autofree char *words
      = g_strdup_printf (ngettext ("%u more. Type above to find it.",
                                   "%u more. Type above to find them.", n), n);

  return g_object_new (ADW_TYPE_ACTION_ROW, "title", words, "selectable", FALSE, "css-classes",
                       (const char *[]){ "dim-label", NULL }, NULL);
}

/* Built-in templates are edited as copies and cannot be deleted. */
static void
update_buttons (BaleenTemplateWindow *self,
                const BaleenTemplate *template_)
{
  GtkWidget *buttons[] = { self->use, self->star, self->copy, self->edit, self->share };
  const gboolean is_own = template_ != NULL && baleen_template_library_is_own (template_->id);
  const gboolean is_starred
      = template_ != NULL && baleen_template_shelf_get_is_starred (self->shelf, template_->id);

  for (guint i = 0; i < G_N_ELEMENTS (buttons); i++)
    gtk_widget_set_sensitive (buttons[i], template_ != NULL);
  gtk_widget_set_visible (self->remove, is_own);
  gtk_button_set_icon_name (GTK_BUTTON (self->star),
                            is_starred ? "starred-symbolic" : "non-starred-symbolic");
  baleen_icon_button_set_words (BALEEN_ICON_BUTTON (self->star),
                                is_starred ? _("Remove Star") : _("Star"), NULL);
  baleen_icon_button_set_words (BALEEN_ICON_BUTTON (self->edit),
                                is_own ? _("Edit") : _("Edit a Copy"), NULL);
}

static void
show_detail (BaleenTemplateWindow *self)
{
  const BaleenTemplate *template_
      = self->id != NULL ? baleen_template_shelf_find (self->shelf, self->id) : NULL;

  baleen_template_page_show (BALEEN_TEMPLATE_PAGE (self->page), template_);
  update_buttons (self, template_);
}

static void
fill_list (BaleenTemplateWindow *self)
{
  g_autoptr (GPtrArray) found = baleen_template_shelf_list (
      self->shelf, gtk_editable_get_text (GTK_EDITABLE (self->search)), get_language (self));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), child);
  for (guint i = 0; i < MIN (found->len, MOST_ROWS); i++)
    {
      const BaleenTemplate *template_ = found->pdata[i];
      GtkWidget *row = row_new (self, template_);

      gtk_list_box_append (GTK_LIST_BOX (self->list), row);
      if (g_strcmp0 (self->id, template_->id) == 0)
        gtk_list_box_select_row (GTK_LIST_BOX (self->list), GTK_LIST_BOX_ROW (row));
    }
  if (found->len > MOST_ROWS)
    gtk_list_box_append (GTK_LIST_BOX (self->list), more_row_new (found->len - MOST_ROWS));
  show_detail (self);
}

static void
select_id (BaleenTemplateWindow *self,
           const char           *id)
{
  g_autofree char *taken = g_strdup (id);

  g_free (self->id);
  self->id = g_steal_pointer (&taken);
  fill_list (self);
}

static void
activated_cb (GtkListBox           *list,
              GtkListBoxRow        *row,
              BaleenTemplateWindow *self)
{
  g_free (self->id);
  self->id = g_strdup (g_object_get_data (G_OBJECT (row), "id"));
  show_detail (self);
  adw_leaflet_set_visible_child (ADW_LEAFLET (self->leaflet), self->detail);
}

static void
back_cb (BaleenTemplateWindow *self)
{
  adw_leaflet_navigate (ADW_LEAFLET (self->leaflet), ADW_NAVIGATION_DIRECTION_BACK);
}

static void
folded_cb (BaleenTemplateWindow *self)
{
  gtk_widget_set_visible (self->back, adw_leaflet_get_folded (ADW_LEAFLET (self->leaflet)));
}

/* ---- editing -------------------------------------------------------------------------- */

static void
saved_cb (BaleenTemplateWindow *self,
          const char           *id)
{
  select_id (self, id);
}

static void
edit (BaleenTemplateWindow *self,
      const BaleenTemplate *template_,
      gboolean              may_replace)
{
  GtkWidget *editor = baleen_template_editor_new (self->shelf, template_, may_replace);

  gtk_window_set_transient_for (GTK_WINDOW (editor), GTK_WINDOW (self));
  gtk_window_set_modal (GTK_WINDOW (editor), TRUE);
  g_signal_connect_object (editor, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (editor));
}

/* The same template under an id and a title of its own. */
static BaleenTemplate *
copy_of (BaleenTemplateWindow *self,
         const BaleenTemplate *template_)
{
  BaleenTemplate *copy = baleen_template_parse (template_->id, template_->source,
                                                strlen (template_->source), NULL);
  char *title = g_strdup_printf (_("%s (copy)"), template_->title);

  g_free (copy->id);
  g_free (copy->title);
  g_free (copy->source);
  copy->id = baleen_template_shelf_make_id (self->shelf, template_->id);
  copy->title = title;
  copy->source = baleen_template_write (copy);
  return copy;
}

static void
duplicate (BaleenTemplateWindow *self,
           const BaleenTemplate *template_)
{
  g_autoptr (BaleenTemplate) copy = copy_of (self, template_);
  g_autoptr (GError) error = NULL;

  if (baleen_template_shelf_save (self->shelf, copy, FALSE, &error))
    select_id (self, copy->id);
  else
    say (self, error->message);
}

static void
edit_shown (BaleenTemplateWindow *self,
            const BaleenTemplate *template_)
{
  g_autoptr (BaleenTemplate) copy = NULL;

  if (baleen_template_library_is_own (template_->id))
    {
      edit (self, template_, TRUE);
      return;
    }
  copy = copy_of (self, template_);
  edit (self, copy, FALSE);
}

static void
new_cb (BaleenTemplateWindow *self)
{
  g_autoptr (BaleenTemplate) blank = baleen_template_editor_make_blank (self->shelf, "");

  edit (self, blank, FALSE);
}

/* ---- deleting ------------------------------------------------------------------------- */

static void
undo_cb (BaleenTemplateWindow *self)
{
  g_autoptr (BaleenTemplate) template_
      = baleen_template_parse ("", self->deleted, strlen (self->deleted), NULL);
  g_autoptr (GError) error = NULL;

  if (template_ == NULL)
    return;
  if (baleen_template_shelf_save (self->shelf, template_, FALSE, &error))
    select_id (self, template_->id);
  else
    say (self, error->message);
}

static void
delete_shown (BaleenTemplateWindow *self,
              const BaleenTemplate *template_)
{
  g_autofree char *sentence = g_strdup_printf (_("“%s” deleted"), template_->title);
  g_autofree char *id = g_strdup (template_->id);
  g_autoptr (GError) error = NULL;
  char *source = baleen_template_shelf_remove (self->shelf, id, &error);
  AdwToast *toast;

  if (source == NULL)
    {
      say (self, error->message);
      return;
    }
  g_free (self->deleted);
  self->deleted = source;
  toast = adw_toast_new (sentence);
  adw_toast_set_button_label (toast, _("Undo"));
  adw_toast_set_timeout (toast, UNDO_SECONDS);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self,
                           G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (self->toasts), toast);
  select_id (self, NULL);
}

/* ---- files ---------------------------------------------------------------------------- */

void
baleen_template_window_save_to (BaleenTemplateWindow *self,
                                GFile                *file)
{
  const BaleenTemplate *template_ = baleen_template_shelf_find (self->shelf, self->id);
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *sentence = NULL;
  g_autoptr (GError) error = NULL;

  if (g_file_replace_contents (file, template_->source, strlen (template_->source), NULL, FALSE,
                               G_FILE_CREATE_NONE, NULL, NULL, &error))
    sentence = g_strdup_printf (_("Saved as “%s”"), name);
  else
    sentence = g_strdup (error->message);
  say (self, sentence);
}

static void
copy_text_cb (BaleenTemplateWindow *self)
{
  const BaleenTemplate *template_ = baleen_template_shelf_find (self->shelf, self->id);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), template_->source);
  say (self, _("Copied"));
}

static void
share_chosen_cb (GtkFileChooserNative *dialog,
                 int                   response,
                 BaleenTemplateWindow *self)
{
  const BaleenTemplate *template_
      = self->id != NULL ? baleen_template_shelf_find (self->shelf, self->id) : NULL;
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;

  if (file != NULL && template_ != NULL)
    baleen_template_window_save_to (self, file);
  g_object_unref (dialog);
}

static void
save_as_cb (BaleenTemplateWindow *self)
{
  const BaleenTemplate *template_ = baleen_template_shelf_find (self->shelf, self->id);
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (_("Share Template"), GTK_WINDOW (self),
                                     GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));
  g_autofree char *name = g_strconcat (template_->id, ".md", NULL);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (share_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

void
baleen_template_window_import (BaleenTemplateWindow *self,
                               const char           *path)
{
  baleen_template_importing_start (GTK_WINDOW (self), self->shelf, path);
}

static void
import_chosen_cb (GtkFileChooserNative *dialog,
                  int                   response,
                  BaleenTemplateWindow *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog))
                               : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    baleen_template_window_import (self, path);
  g_object_unref (dialog);
}

static void
import_cb (BaleenTemplateWindow *self)
{
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (_("Import Templates"), GTK_WINDOW (self),
                                     GTK_FILE_CHOOSER_ACTION_OPEN, _("_Open"), _("_Cancel"));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _("Templates (Markdown, JSON, CSV)"));
  gtk_file_filter_add_suffix (filter, "md");
  gtk_file_filter_add_suffix (filter, "json");
  gtk_file_filter_add_suffix (filter, "csv");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (import_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

/* ---- what is wanted of the one that is shown ------------------------------------------ */

static const BaleenTemplate *
get_shown (BaleenTemplateWindow *self)
{
  return self->id != NULL ? baleen_template_shelf_find (self->shelf, self->id) : NULL;
}

static void
use_cb (BaleenTemplateWindow *self)
{
  g_autofree char *id = g_strdup (self->id);

  g_signal_emit (self, signals[USE], 0, id);
}

static void
star_cb (BaleenTemplateWindow *self)
{
  baleen_template_shelf_set_is_starred (
      self->shelf, self->id, !baleen_template_shelf_get_is_starred (self->shelf, self->id));
}

static void
copy_cb (BaleenTemplateWindow *self)
{
  duplicate (self, get_shown (self));
}

static void
edit_cb (BaleenTemplateWindow *self)
{
  edit_shown (self, get_shown (self));
}

static void
remove_cb (BaleenTemplateWindow *self)
{
  delete_shown (self, get_shown (self));
}

/* ---- life ----------------------------------------------------------------------------- */

static void
baleen_template_window_dispose (GObject *object)
{
  BaleenTemplateWindow *self = BALEEN_TEMPLATE_WINDOW (object);

  g_clear_object (&self->shelf);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->deleted, g_free);
  G_OBJECT_CLASS (baleen_template_window_parent_class)->dispose (object);
}

static void
baleen_template_window_class_init (BaleenTemplateWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_template_window_dispose;

  signals[USE] = g_signal_new ("use", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
list_header_new (BaleenTemplateWindow *self)
{
  GtkWidget *header = g_object_new (ADW_TYPE_HEADER_BAR, "title-widget",
                                    adw_window_title_new (_("Template Library"), ""), NULL);
  GtkWidget *new_button = baleen_icon_button_new ("list-add-symbolic", _("New Template"));
  GtkWidget *import_button = baleen_icon_button_new ("document-open-symbolic", _("Import…"));

  g_signal_connect_swapped (new_button, "clicked", G_CALLBACK (new_cb), self);
  g_signal_connect_swapped (import_button, "clicked", G_CALLBACK (import_cb), self);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), new_button);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), import_button);
  g_object_bind_property (self->leaflet, "folded", header, "show-end-title-buttons",
                          G_BINDING_SYNC_CREATE);
  return header;
}

static GtkWidget *
filters_new (BaleenTemplateWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autoptr (GtkStringList) languages
      = gtk_string_list_new ((const char *const[]) { "English", "中文", NULL });

  gtk_string_list_append (languages, _("All"));
  self->search = gtk_search_entry_new ();
  gtk_widget_set_hexpand (self->search, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Search templates"), -1);
  self->language = gtk_drop_down_new (G_LIST_MODEL (g_object_ref (languages)), NULL);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->language),
                              g_str_equal (baleen_template_shelf_get_language (), "zh"));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (gtk_widget_get_first_child (self->language)),
      GTK_ACCESSIBLE_PROPERTY_LABEL, _("Language"), -1);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (fill_list), self);
  g_signal_connect_swapped (self->language, "notify::selected", G_CALLBACK (fill_list), self);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), self->language);
  gtk_widget_add_css_class (box, "template-filters");
  return box;
}

static GtkWidget *
list_new (BaleenTemplateWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller;

  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Templates"), -1);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER,
                           "vexpand", TRUE, "focusable", FALSE, "child", self->list, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (scroller), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Templates"), -1);
  gtk_box_append (GTK_BOX (box), list_header_new (self));
  gtk_box_append (GTK_BOX (box), filters_new (self));
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_widget_set_size_request (box, 300, -1);
  return box;
}

static GtkWidget *
add_button (BaleenTemplateWindow *self,
            GtkWidget            *header,
            const char           *icon,
            const char           *words,
            void                (*clicked) (BaleenTemplateWindow *))
{
  GtkWidget *button = baleen_icon_button_new (icon, words);

  g_signal_connect_swapped (button, "clicked", G_CALLBACK (clicked), self);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), button);
  return button;
}

static GtkWidget *
share_button_new (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button;

  g_menu_append (menu, _("Save as File…"), "share.save");
  g_menu_append (menu, _("Copy as Markdown"), "share.copy");
  button = g_object_new (GTK_TYPE_MENU_BUTTON, "icon-name", "emblem-shared-symbolic",
                         "tooltip-text", _("Share…"), "menu-model", menu, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Share…"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (button)),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Share…"), -1);
  return button;
}

static void
install_sharing (BaleenTemplateWindow *self)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  GSimpleAction *save = g_simple_action_new ("save", NULL);
  GSimpleAction *copy = g_simple_action_new ("copy", NULL);

  g_signal_connect_swapped (save, "activate", G_CALLBACK (save_as_cb), self);
  g_signal_connect_swapped (copy, "activate", G_CALLBACK (copy_text_cb), self);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (save));
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (copy));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "share", G_ACTION_GROUP (group));
  g_object_unref (save);
  g_object_unref (copy);
}

static GtkWidget *
detail_new (BaleenTemplateWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *header = g_object_new (ADW_TYPE_HEADER_BAR, "title-widget",
                                    gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0), NULL);

  self->page = baleen_template_page_new ();
  self->back = baleen_icon_button_new ("go-previous-symbolic", _("Back"));
  g_signal_connect_swapped (self->back, "clicked", G_CALLBACK (back_cb), self);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->back);
  self->use = gtk_button_new_with_label (_("Use"));
  gtk_widget_add_css_class (self->use, "suggested-action");
  g_signal_connect_swapped (self->use, "clicked", G_CALLBACK (use_cb), self);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->use);
  self->remove = add_button (self, header, "user-trash-symbolic", _("Delete"), remove_cb);
  self->share = share_button_new ();
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->share);
  self->edit = add_button (self, header, "document-edit-symbolic", _("Edit"), edit_cb);
  self->copy = add_button (self, header, "edit-copy-symbolic", _("Duplicate"), copy_cb);
  self->star = add_button (self, header, "non-starred-symbolic", _("Star"), star_cb);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), self->page);
  gtk_widget_set_size_request (box, 340, -1);
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

static void
baleen_template_window_init (BaleenTemplateWindow *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->toasts = adw_toast_overlay_new ();
  self->leaflet = adw_leaflet_new ();
  adw_leaflet_append (ADW_LEAFLET (self->leaflet), list_new (self));
  adw_leaflet_set_can_navigate_back (ADW_LEAFLET (self->leaflet), TRUE);
  self->detail = detail_new (self);
  adw_leaflet_append (ADW_LEAFLET (self->leaflet), self->detail);
  g_signal_connect_swapped (self->leaflet, "notify::folded", G_CALLBACK (folded_cb), self);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (self->toasts), self->leaflet);
  adw_window_set_content (ADW_WINDOW (self), self->toasts);
  gtk_window_set_default_size (GTK_WINDOW (self), 760, 600);
  gtk_window_set_title (GTK_WINDOW (self), _("Template Library"));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                        gtk_named_action_new ("window.close")));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  install_sharing (self);
  folded_cb (self);
}

GtkWidget *
baleen_template_window_new (BaleenTemplateShelf *shelf)
{
  BaleenTemplateWindow *self = g_object_new (BALEEN_TYPE_TEMPLATE_WINDOW, NULL);
  g_autoptr (GPtrArray) all = NULL;

  self->shelf = g_object_ref (shelf);
  g_signal_connect_object (shelf, "changed", G_CALLBACK (fill_list), self, G_CONNECT_SWAPPED);
  all = baleen_template_shelf_list (shelf, "", get_language (self));
  select_id (self, all->len > 0 ? ((const BaleenTemplate *) all->pdata[0])->id : NULL);
  return GTK_WIDGET (self);
}

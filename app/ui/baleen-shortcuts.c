#include "baleen-shortcuts.h"

#include <glib/gi18n.h>

typedef enum
{
  WHERE_ANY,    /* before the focused widget sees it */
  WHERE_UNUSED, /* when nothing in the focus wanted it */
  WHERE_WIDGET, /* handled by the widget that has the focus; here to be told */
} Where;

typedef struct
{
  const char *group;
  const char *words;
  const char *keys; /* as GtkShortcutsShortcut wants them: alternatives parted by spaces */
  const char *action;
  Where where;
} Shortcut;

#define CHAT N_ ("Chat")
#define MESSAGES N_ ("Messages")
#define WINDOW N_ ("Window")

static const Shortcut shortcuts[] = {
  { CHAT, N_ ("Send"), "Return", NULL, WHERE_WIDGET },
  { CHAT, N_ ("Send from anywhere"), "<Control>Return", "win.send", WHERE_UNUSED },
  { CHAT, N_ ("Break the line"), "<Shift>Return", NULL, WHERE_WIDGET },
  { CHAT, N_ ("Step back, then stop"), "Escape", "win.step-back", WHERE_UNUSED },
  { CHAT, N_ ("New chat"), "<Control>n", "win.new-chat", WHERE_ANY },
  { CHAT, N_ ("New temporary chat"), "<Control><Shift>p", "win.temporary", WHERE_ANY },
  { CHAT, N_ ("Deep Thinking on or off"), "<Control>d", "win.think", WHERE_ANY },
  { CHAT, N_ ("Web Search on or off"), "<Control>e", "win.web-search", WHERE_ANY },
  { CHAT, N_ ("Template form"), "<Control>t", "win.template", WHERE_ANY },
  { CHAT, N_ ("Attach files"), "<Control>o", "win.attach", WHERE_ANY },
  { CHAT, N_ ("Paste as file"), "<Control><Shift>v", "win.paste-as-file", WHERE_ANY },
  { CHAT, N_ ("Menu of templates and commands, at the start of a line"), "slash", NULL,
    WHERE_WIDGET },
  { CHAT, N_ ("Answer now, without more thinking"), "<Control>j", "win.answer-now", WHERE_ANY },
  { CHAT, N_ ("Answer again"), "<Control>r", "win.regenerate", WHERE_ANY },
  { CHAT, N_ ("What is sent"), "<Control>i", "win.context", WHERE_ANY },
  { CHAT, N_ ("Choose the model"), "<Control>m", "win.choose-model", WHERE_ANY },
  { CHAT, N_ ("Model library"), "<Control><Shift>m", "win.model-library", WHERE_ANY },
  { CHAT, N_ ("Write a message"), "<Control>l", "win.focus-composer", WHERE_ANY },
  { MESSAGES, N_ ("Edit the last message, where nothing is written"), "Up", NULL, WHERE_WIDGET },
  { MESSAGES, N_ ("Previous message"), "<Control>Up", "win.previous-message", WHERE_UNUSED },
  { MESSAGES, N_ ("Next message"), "<Control>Down", "win.next-message", WHERE_UNUSED },
  { MESSAGES, N_ ("First message"), "<Control>Home", "win.first-message", WHERE_UNUSED },
  { MESSAGES, N_ ("Jump to the end"), "<Control>End", "win.jump-to-end", WHERE_UNUSED },
  { MESSAGES, N_ ("Copy the selection or the message"), "<Control>c", "win.copy", WHERE_UNUSED },
  { MESSAGES, N_ ("Copy the last answer"), "<Control><Shift>c", "win.copy-answer", WHERE_ANY },
  { MESSAGES, N_ ("Copy the last code"), "<Control><Shift>k", "win.copy-code", WHERE_ANY },
  { MESSAGES, N_ ("Quote"), "<Control><Shift>b", "win.quote", WHERE_ANY },
  { MESSAGES, N_ ("Answer again with options"), "<Control><Shift>r", "win.regenerate-with",
    WHERE_ANY },
  { MESSAGES, N_ ("Select the message, then all"), "<Control>a", "win.select-all", WHERE_UNUSED },
  { MESSAGES, N_ ("Extend the selection"), "<Shift>Right", NULL, WHERE_WIDGET },
  { MESSAGES, N_ ("Menu of the message"), "<Shift>F10", NULL, WHERE_WIDGET },
  { MESSAGES, N_ ("Read as text"), "F7", "win.read-as-text", WHERE_ANY },
  { MESSAGES, N_ ("Previous answer of the same question"), "<Alt>Left", "win.previous-sibling",
    WHERE_UNUSED },
  { MESSAGES, N_ ("Next answer of the same question"), "<Alt>Right", "win.next-sibling",
    WHERE_UNUSED },
  { MESSAGES, N_ ("Scroll"), "space Page_Up Page_Down", NULL, WHERE_WIDGET },
  { MESSAGES, N_ ("Find in this conversation"), "<Control>f", "win.find", WHERE_ANY },
  { MESSAGES, N_ ("Next hit"), "<Control>g", "win.next-hit", WHERE_ANY },
  { MESSAGES, N_ ("Previous hit"), "<Control><Shift>g", "win.previous-hit", WHERE_ANY },
  { WINDOW, N_ ("New window"), "<Control><Shift>n", "app.new-window", WHERE_ANY },
  { WINDOW, N_ ("Go to a conversation"), "<Control>k", "win.go-to", WHERE_ANY },
  { WINDOW, N_ ("Search all conversations"), "<Control><Shift>f", "win.search", WHERE_ANY },
  { WINDOW, N_ ("Export the conversation"), "<Control><Shift>s", "win.export", WHERE_ANY },
  { WINDOW, N_ ("Sidebar"), "F9", "win.sidebar", WHERE_ANY },
  { WINDOW, N_ ("Side panel"), "<Shift>F9", "win.panel", WHERE_ANY },
  { WINDOW, N_ ("Next region"), "F6", "win.next-region", WHERE_ANY },
  { WINDOW, N_ ("Previous region"), "<Shift>F6", "win.previous-region", WHERE_ANY },
  { WINDOW, N_ ("Previous conversation"), "<Control>Page_Up", "win.previous-conversation",
    WHERE_ANY },
  { WINDOW, N_ ("Next conversation"), "<Control>Page_Down", "win.next-conversation", WHERE_ANY },
  { WINDOW, N_ ("Edit the message, rename the conversation"), "F2", "win.edit-or-rename",
    WHERE_UNUSED },
  { WINDOW, N_ ("Delete the turn or the conversation"), "Delete", "win.delete-focused",
    WHERE_UNUSED },
  { WINDOW, N_ ("Main menu"), "F10", NULL, WHERE_WIDGET },
  { WINDOW, N_ ("Larger text"), "<Control>equal <Control>plus <Control>KP_Add", "win.text-larger",
    WHERE_ANY },
  { WINDOW, N_ ("Smaller text"), "<Control>minus <Control>KP_Subtract", "win.text-smaller",
    WHERE_ANY },
  { WINDOW, N_ ("Text of the usual size"), "<Control>0 <Control>KP_0", "win.text-usual",
    WHERE_ANY },
  { WINDOW, N_ ("Help"), "F1", "win.help", WHERE_ANY },
  { WINDOW, N_ ("Full screen"), "F11", "win.full-screen", WHERE_ANY },
  { WINDOW, N_ ("Network log"), "<Control><Shift>l", "win.network-log", WHERE_ANY },
  { WINDOW, N_ ("Preferences"), "<Control>comma", "win.preferences", WHERE_ANY },
  { WINDOW, N_ ("Keyboard shortcuts"), "<Control>question", "win.shortcuts", WHERE_ANY },
  { WINDOW, N_ ("Close the window"), "<Control>w", "window.close", WHERE_ANY },
  { WINDOW, N_ ("Quit"), "<Control>q", "app.quit", WHERE_ANY },
};

void
baleen_shortcuts_set_accels (GtkApplication *application)
{
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    if (shortcuts[i].where == WHERE_ANY)
      {
        g_auto (GStrv) keys = g_strsplit (shortcuts[i].keys, " ", -1);

        gtk_application_set_accels_for_action (application, shortcuts[i].action,
                                               (const char *const *) keys);
      }
}

void
baleen_shortcuts_add_controller (GtkWidget *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_LOCAL);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    if (shortcuts[i].where == WHERE_UNUSED)
      gtk_shortcut_controller_add_shortcut (
          GTK_SHORTCUT_CONTROLLER (controller),
          gtk_shortcut_new (gtk_shortcut_trigger_parse_string (shortcuts[i].keys),
                            gtk_named_action_new (shortcuts[i].action)));
  gtk_widget_add_controller (window, controller);
}

static GtkWidget *
group_new (const char *title)
{
  GtkWidget *group = g_object_new (GTK_TYPE_SHORTCUTS_GROUP, "title", _(title), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    if (g_str_equal (shortcuts[i].group, title))
      gtk_box_append (GTK_BOX (group),
                      g_object_new (GTK_TYPE_SHORTCUTS_SHORTCUT, "title", _(shortcuts[i].words),
                                    "accelerator", shortcuts[i].keys, NULL));
  return group;
}

/* GTK's own title is another word in some languages than the menu has. */
static void
set_title (GtkWindow  *window,
           const char *title)
{
  GtkWidget *bar = gtk_window_get_titlebar (window);
  GtkWidget *stack
      = GTK_IS_HEADER_BAR (bar) ? gtk_header_bar_get_title_widget (GTK_HEADER_BAR (bar)) : NULL;
  GtkWidget *label
      = GTK_IS_STACK (stack) ? gtk_stack_get_child_by_name (GTK_STACK (stack), "title") : NULL;

  gtk_window_set_title (window, title);
  if (GTK_IS_LABEL (label))
    gtk_label_set_label (GTK_LABEL (label), title);
}

GtkWidget *
baleen_shortcuts_window_new (GtkWindow *parent)
{
  static const char *const titles[] = { CHAT, MESSAGES, WINDOW };
  GtkWidget *section
      = g_object_new (GTK_TYPE_SHORTCUTS_SECTION, "section-name", "all", "max-height", 14, NULL);
  /* GTK 4.8 takes sections and groups from a builder only. */
  GtkWidget *window
      = g_object_new (GTK_TYPE_SHORTCUTS_WINDOW, "modal", TRUE, "destroy-with-parent", TRUE,
                      "transient-for", parent, "section-name", "all", NULL);
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();

  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    GTK_BUILDABLE_GET_IFACE (section)->add_child (GTK_BUILDABLE (section), builder,
                                                  G_OBJECT (group_new (titles[i])), NULL);
  gtk_widget_set_visible (section, TRUE);
  GTK_BUILDABLE_GET_IFACE (window)->add_child (GTK_BUILDABLE (window), builder,
                                               G_OBJECT (section), NULL);
  set_title (GTK_WINDOW (window), _("Keyboard Shortcuts"));
  return window;
}

gboolean
baleen_shortcuts_window_has (GtkWidget  *widget,
                             const char *action)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  const char *each, *property;
  const GVariantType *type;
  GType owner;

  for (guint i = 0; root != NULL
                    && gtk_widget_class_query_action (GTK_WIDGET_GET_CLASS (root), i, &owner,
                                                      &each, &type, &property);
       i++)
    if (g_str_equal (each, action))
      return TRUE;
  return FALSE;
}

gboolean
baleen_shortcuts_get (guint        i,
                      const char **action,
                      const char **keys)
{
  if (i >= G_N_ELEMENTS (shortcuts))
    return FALSE;

  *action = shortcuts[i].action;
  *keys = shortcuts[i].keys;
  return TRUE;
}

#include "baleen-conversation-menu.h"

#include <glib/gi18n.h>

static void
add_section (GMenu *menu,
             GMenu *section)
{
  g_menu_append_section (menu, NULL, G_MENU_MODEL (section));
  g_object_unref (section);
}

GMenuModel *
baleen_conversation_menu_new (BaleenConversation *conversation,
                              gboolean            is_in_header)
{
  const gboolean is_pinned = baleen_conversation_get_is_pinned (conversation);
  const gboolean is_archived = baleen_conversation_get_is_archived (conversation);
  GMenu *menu = g_menu_new ();
  GMenu *section = g_menu_new ();

  g_menu_append (section, _("_Rename…"), "win.rename");
  if (!is_archived)
    g_menu_append (section, is_pinned ? _("Un_pin") : _("_Pin"), "win.pin");
  g_menu_append (section, _("_Move to Folder…"), "win.move");
  add_section (menu, section);

  section = g_menu_new ();
  if (is_in_header)
    g_menu_append (section, _("_Find…"), "win.find");
  g_menu_append (section, _("_Export…"), "win.export");
  if (is_in_header)
    g_menu_append (section, _("Side _Panel"), "win.panel");
  add_section (menu, section);

  section = g_menu_new ();
  if (baleen_conversation_get_is_temporary (conversation))
    g_menu_append (section, _("_Keep This Chat"), "win.keep");
  else
    g_menu_append (section, is_archived ? _("Take Out of the _Archive") : _("_Archive"),
                   "win.archive");
  g_menu_append (section, _("_Delete"), "win.delete");
  add_section (menu, section);
  return G_MENU_MODEL (menu);
}

#include "message-menu.h"

#include <glib/gi18n.h>

#include "baleen-message-row.h"
#include "message-copy.h"
#include "summary-record.h"

static void
add (GMenu      *menu,
     const char *label,
     BaleenWish  wish,
     int         argument)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "row.wish", "(ii)", wish, argument);
  g_menu_append_item (menu, item);
}

static GMenu *
section (GMenu *menu)
{
  g_autoptr (GMenu) part = g_menu_new ();

  g_menu_append_section (menu, NULL, G_MENU_MODEL (part));
  return part;
}

static GMenu *
submenu (GMenu      *menu,
         const char *label)
{
  g_autoptr (GMenu) part = g_menu_new ();

  g_menu_append_submenu (menu, label, G_MENU_MODEL (part));
  return part;
}

static void
add_copies (GMenu         *menu,
            BaleenMessage *message)
{
  GMenu *copies = submenu (menu, _("Copy As"));

  add (copies, _("Plain Text"), BALEEN_WISH_COPY, MESSAGE_COPY_PLAIN);
  add (copies, _("Markdown"), BALEEN_WISH_COPY, MESSAGE_COPY_MARKDOWN);
  add (copies, _("HTML"), BALEEN_WISH_COPY, MESSAGE_COPY_HTML);
  if (baleen_message_get_sources (message)->len > 0)
    add (copies, _("With Sources"), BALEEN_WISH_COPY, MESSAGE_COPY_WITH_SOURCES);
  if (baleen_message_get_thought_length (message) > 0)
    add (copies, _("With Thoughts"), BALEEN_WISH_COPY, MESSAGE_COPY_WITH_THOUGHTS);
}

static void
add_answer_items (GMenu         *menu,
                  BaleenMessage *message)
{
  const gboolean is_running = baleen_state_is_running (baleen_message_get_state (message));
  GMenu *again;

  if (!is_running)
    {
      again = submenu (menu, _("Regenerate"));
      if (baleen_message_get_think (message))
        add (again, _("Without Deep Thinking"), BALEEN_WISH_REGENERATE_WITH, FALSE);
      else
        add (again, _("With Deep Thinking"), BALEEN_WISH_REGENERATE_WITH, TRUE);
      if (baleen_message_get_search (message))
        add (again, _("Without Web Search"), BALEEN_WISH_UNSEARCHED, 0);
      else if (!baleen_message_is_summary (message))
        add (again, _("With Web Search"), BALEEN_WISH_SEARCHED, 0);
      add (again, _("With Another Model…"), BALEEN_WISH_OTHER_MODEL, 0);
    }
  if (baleen_message_get_state (message) == BALEEN_STATE_CUT
      && baleen_message_get_part (message, BALEEN_PART_OUTLINE) == NULL)
    add (menu, _("Continue as Sections"), BALEEN_WISH_AS_SECTIONS, 0);
  if (baleen_message_get_state (message) == BALEEN_STATE_FAILED)
    add (menu, _("Copy Details"), BALEEN_WISH_COPY, MESSAGE_COPY_DETAILS);
  add_copies (menu, message);
  add (menu, _("Read as Text"), BALEEN_WISH_READ, 0);
}

GMenuModel *
message_menu_new (BaleenMessage *message)
{
  GMenu *menu = g_menu_new ();
  const gboolean is_answer = baleen_message_get_role (message) == BALEEN_ROLE_ASSISTANT;
  GMenu *first = section (menu);
  GMenu *second = section (menu);
  GMenu *last = section (menu);

  g_menu_append (first, _("Copy"), "win.copy");
  if (is_answer)
    add_answer_items (first, message);
  else
    {
      add (first, _("Edit"), BALEEN_WISH_EDIT, 0);
      g_menu_append (first, _("Make a Template"), "win.make-template");
    }
  add (second, _("Quote"), BALEEN_WISH_QUOTE, 0);
  add (second, _("Branch to New Chat"), BALEEN_WISH_BRANCH, 0);
  if (is_answer)
    {
      add (last, _("Details"), BALEEN_WISH_DETAILS, 0);
      add (last, _("Ledger"), BALEEN_WISH_LEDGER, 0);
    }
  add (last, _("Delete Turn"), BALEEN_WISH_DELETE, 0);
  return G_MENU_MODEL (menu);
}

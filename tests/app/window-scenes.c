#include "window-scenes.h"

#include <adwaita.h>
#include <string.h>

#include "baleen-composer.h"
#include "baleen-find-bar.h"
#include "baleen-message-row.h"
#include "baleen-model-chooser.h"
#include "baleen-preferences.h"
#include "baleen-transcript.h"
#include "baleen-window-private.h"
#include "fake-backend.h"
#include "message-doubts.h"

static gboolean is_chinese;

/* ---- what is said --------------------------------------------------------------------- */

static const char answer_text[]
    = "## Blue whales\n\nA blue whale eats up to **four tonnes** of krill a day[1], *mostly* in "
      "summer, see [the survey](https://example.org/whales).\n\n- It lunges with its mouth "
      "open\n- Its plates keep what feeds it\n  - and let the water out\n- [x] counted\n- [ ] "
      "weighed\n\n> All of the sea, and a little krill.\n\n| ocean | whales | krill in Mt | seen | "
      "trend | since | by | note |\n|---|---:|---:|---|---|---|---|---|\n| Southern | 2,300 | 379 "
      "| often | up | 1986 | ship | more each year |\n| Pacific | 2,500 | 90 | seldom | even | "
      "1991 | aeroplane | few surveys |\n\n```python\ndef eat (sea):\n    \"\"\"Keeps what feeds "
      "it.\"\"\"\n    return [x for x in sea if x.is_krill and x.length > 0.9 and x.length < "
      "6.2]  # in centimetres, as they were measured\n```\n\nThe energy is $E = mc^2$, and "
      "$$\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}$$\n";
static const char chinese_text[]
    = "## 蓝鲸\n\n一头蓝鲸每天最多吃 **四吨** 磷虾[1]，*主要* 在夏天，见[调查](https://example.org/whales)。\n\n"
      "- 张开大口冲向猎物\n- 鲸须留下食物\n  - 让海水流走\n- [x] 已清点\n- [ ] 未称重\n\n> 整片大海，一点磷虾。\n\n"
      "| 海域 | 鲸 | 磷虾（百万吨） | 见到 | 趋势 | 始于 | 方式 | 备注 |\n|---|---:|---:|---|---|---|---|---|\n"
      "| 南大洋 | 2,300 | 379 | 经常 | 上升 | 1986 | 船 | 逐年增多 |\n\n```python\ndef eat (sea):\n    return "
      "[x for x in sea if x.is_krill]\n```\n\n能量 $E = mc^2$。\n";

static const char *
answer (void)
{
  return is_chinese ? chinese_text : answer_text;
}

static const char *
question (void)
{
  return is_chinese ? "蓝鲸吃什么？吃多少？" : "What does a blue whale eat, and how much of it?";
}

static const char *
thought (void)
{
  return is_chinese ? "问的是食物和数量。\n先说磷虾，再说一天的量。"
                    : "They ask for the food and the amount.\nFirst krill, then how much a day.";
}

static BaleenHistory *
history (WindowDriver *driver)
{
  return baleen_application_get_history (driver->application);
}

static BaleenConversation *
shown (WindowDriver *driver)
{
  return baleen_window_get_conversation (driver->window);
}

static void
begin (WindowDriver *driver)
{
  gtk_widget_activate_action (GTK_WIDGET (driver->window), "win.new-chat", NULL);
  window_driver_wait (30);
}

static BaleenMessage *
say (WindowDriver *driver,
     BaleenRole    role,
     const char   *text,
     BaleenState   state)
{
  BaleenConversation *conversation = shown (driver);

  return baleen_history_add_message (history (driver), conversation,
                                     baleen_conversation_get_head (conversation), role, text,
                                     state);
}

static BaleenMessage *
ask (WindowDriver *driver,
     const char   *text,
     BaleenState   state)
{
  BaleenMessage *message;

  begin (driver);
  say (driver, BALEEN_ROLE_USER, question (), BALEEN_STATE_DONE);
  message = say (driver, BALEEN_ROLE_ASSISTANT, text, BALEEN_STATE_QUEUED);
  baleen_message_set_model (message, "Krill");
  baleen_message_set_numbers (message,
                              &(BaleenNumbers) { .n_prompt = 14800,
                                                 .n_reused = 1900,
                                                 .n_read = 1300,
                                                 .n_tokens = 2048,
                                                 .read_seconds = 1.4,
                                                 .write_seconds = 50,
                                                 .thought_seconds = 12 });
  baleen_message_set_state (message, state);
  return message;
}

/* ---- messages ------------------------------------------------------------------------- */

static void
show_queued (WindowDriver *driver)
{
  ask (driver, "", BALEEN_STATE_ANSWERING);
  say (driver, BALEEN_ROLE_USER, question (), BALEEN_STATE_DONE);
  say (driver, BALEEN_ROLE_ASSISTANT, "", BALEEN_STATE_QUEUED);
}

static void
show_loading (WindowDriver *driver)
{
  ask (driver, "", BALEEN_STATE_LOADING);
}

static void
show_reading (WindowDriver *driver)
{
  ask (driver, "", BALEEN_STATE_READING);
  window_driver_wait (600);
}

static void
show_thinking (WindowDriver *driver)
{
  baleen_message_append (ask (driver, "", BALEEN_STATE_THINKING), NULL, thought ());
}

static void
show_answering (WindowDriver *driver)
{
  BaleenMessage *message = ask (driver, "", BALEEN_STATE_ANSWERING);

  baleen_message_append (message, NULL, thought ());
  baleen_message_append (message, answer (), NULL);
}

static void
add_sources (BaleenMessage *message)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (sources,
                   baleen_source_new (1, is_chinese ? "年度报告" : "Annual report", NULL,
                                      "/tmp/report.pdf", 12,
                                      is_chinese ? "一头蓝鲸每天吃四吨磷虾。"
                                                 : "A blue whale eats four tonnes a day."));
  g_ptr_array_add (sources, baleen_source_new (2, "Interim note", "https://example.org/note", NULL,
                                               0, "The second half was weaker."));
  baleen_message_set_sources (message, sources);
}

static void
show_done (WindowDriver *driver)
{
  BaleenMessage *message = ask (driver, answer (), BALEEN_STATE_DONE);

  baleen_message_set_text (message, answer (), thought ());
  add_sources (message);
}

static void
show_unverified (WindowDriver *driver)
{
  BaleenMessage *message = ask (driver, answer (), BALEEN_STATE_DONE);

  baleen_message_set_doubts (message, (const char *const[]) { "Pacific", "1991", "379", NULL });
}

static void
show_stopped (WindowDriver *driver)
{
  ask (driver, question (), BALEEN_STATE_STOPPED);
}

static void
show_cut (WindowDriver *driver)
{
  ask (driver, question (), BALEEN_STATE_CUT);
}

static void
show_thought_cut (WindowDriver *driver)
{
  BaleenMessage *message = ask (driver, question (), BALEEN_STATE_DONE);
  BaleenNumbers numbers = *baleen_message_get_numbers (message);

  numbers.is_thought_cut = TRUE;
  baleen_message_set_numbers (message, &numbers);
  baleen_message_set_text (message, question (), thought ());
  baleen_message_set_state (message, BALEEN_STATE_ANSWERING);
  baleen_message_set_state (message, BALEEN_STATE_DONE);
}

static void
show_interrupted (WindowDriver *driver)
{
  ask (driver, question (), BALEEN_STATE_INTERRUPTED);
}

/* Every sentence of failing with the button that goes with it. */
static void
show_failed (WindowDriver *driver)
{
  static const char *const english[] = {
    "This is 1,204 tokens too long for the context of 8,192.",
    "The model file changed while it was in use. The answer so far is kept.",
    "The model repeats itself. Stopped after 12 lines.",
    "“Qwen3-8B-Q4_K_M.gguf” needs 7.2 GB of memory and 3.1 GB is free. A context of 8,192 would "
    "fit.",
    "searx.example.org does not answer: the connection was refused.",
    "api.deepseek.com is busy. Trying again in 12 s.",
  };
  static const char *const chinese[] = {
    "超出上下文 8,192，多了 1,204 个 token。",
    "模型文件在使用中被改动，已保留现有回答。",
    "模型在重复，已在 12 行后停止。",
    "“Qwen3-8B-Q4_K_M.gguf”需要 7.2 GB 内存，可用 3.1 GB。上下文设为 8,192 即可。",
    "searx.example.org 没有响应：连接被拒绝。",
    "api.deepseek.com 正忙，12 秒后重试。",
  };
  static const BaleenRemedy remedies[]
      = { BALEEN_REMEDY_MAKE_ROOM,    BALEEN_REMEDY_RELOAD, BALEEN_REMEDY_CONTINUE,
          BALEEN_REMEDY_CHOOSE_MODEL, BALEEN_REMEDY_SEARCH, BALEEN_REMEDY_TRY_AGAIN };

  begin (driver);
  for (guint i = 0; i < G_N_ELEMENTS (remedies); i++)
    {
      BaleenMessage *message;

      say (driver, BALEEN_ROLE_USER, question (), BALEEN_STATE_DONE);
      message = say (driver, BALEEN_ROLE_ASSISTANT, i == 1 ? question () : "",
                     BALEEN_STATE_QUEUED);
      baleen_message_fail (message, is_chinese ? chinese[i] : english[i], remedies[i]);
    }
}

static void
show_left_out (WindowDriver *driver)
{
  baleen_message_set_is_left_out (ask (driver, question (), BALEEN_STATE_DONE), TRUE);
}

static void
show_outline (WindowDriver *driver)
{
  BaleenMessage *message = ask (driver, "", BALEEN_STATE_DONE);

  baleen_message_set_part (
      message, BALEEN_PART_OUTLINE,
      is_chinese ? "{\"sections\":[{\"title\":\"食物\",\"about\":\"磷虾\"},{\"title\":\"数量\","
                   "\"about\":\"一天四吨\"}]}"
                 : "{\"sections\":[{\"title\":\"Food\",\"about\":\"krill\"},{\"title\":\"Amount\","
                   "\"about\":\"four tonnes a day\"}]}");
}

static void
show_siblings (WindowDriver *driver)
{
  BaleenMessage *first = ask (driver, question (), BALEEN_STATE_DONE);
  BaleenMessage *parent = baleen_conversation_get_parent (shown (driver), first);

  for (guint i = 0; i < 2; i++)
    baleen_history_add_message (history (driver), shown (driver), parent, BALEEN_ROLE_ASSISTANT,
                                answer (), BALEEN_STATE_DONE);
}

static void
show_edit (WindowDriver *driver)
{
  show_done (driver);
  gtk_widget_activate_action (GTK_WIDGET (driver->window), "win.edit-last", NULL);
}

static void
show_long_question (WindowDriver *driver)
{
  g_autoptr (GString) text = g_string_new (NULL);

  begin (driver);
  for (guint i = 1; i <= 30; i++)
    g_string_append_printf (text, "%u. %s\n", i, question ());
  say (driver, BALEEN_ROLE_USER, text->str, BALEEN_STATE_DONE);
  say (driver, BALEEN_ROLE_ASSISTANT, question (), BALEEN_STATE_DONE);
}

static void
show_queries (WindowDriver *driver)
{
  BaleenMessage *message = ask (driver, "", BALEEN_STATE_QUEUED);

  baleen_message_set_queries (message, (const char *const[]) { question (), NULL });
}

static void
show_searching (WindowDriver *driver)
{
  BaleenMessage *message = ask (driver, "", BALEEN_STATE_READING);

  baleen_message_set_step (message, is_chinese ? "已阅读 3 / 6 个网页" : "Reading 3 of 6 pages");
  window_driver_wait (600);
}

/* ---- the window ----------------------------------------------------------------------- */

static void
show_empty (WindowDriver *driver)
{
  begin (driver);
}

static void
act (WindowDriver *driver,
     const char   *name)
{
  if (!gtk_widget_activate_action (GTK_WIDGET (driver->window), name, NULL))
    g_printerr ("no action %s\n", name);
  window_driver_wait (300);
}

static void
show_temporary (WindowDriver *driver)
{
  act (driver, "win.temporary");
}

static void
show_find (WindowDriver *driver)
{
  show_done (driver);
  act (driver, "win.find");
  window_driver_type (driver, is_chinese ? "krill" : "krill");
}

static void
show_panel (WindowDriver *driver)
{
  show_done (driver);
  act (driver, "win.panel");
}

static void
show_sidebar (WindowDriver *driver)
{
  show_done (driver);
  adw_flap_set_reveal_flap (ADW_FLAP (driver->window->flap), TRUE);
}

static void
show_search (WindowDriver *driver)
{
  show_done (driver);
  act (driver, "win.search");
  window_driver_type (driver, "krill");
  window_driver_wait (300);
}

static gboolean is_form_open;

static void
show_form (WindowDriver *driver)
{
  begin (driver);
  act (driver, "win.template");
  is_form_open = TRUE;
}

static void
show_slash (WindowDriver *driver)
{
  begin (driver);
  act (driver, "win.focus-composer");
  window_driver_type (driver, "/");
  window_driver_wait (300);
}

static void
show_hint (WindowDriver *driver)
{
  begin (driver);
  baleen_composer_set_text (BALEEN_COMPOSER (driver->window->composer),
                            is_chinese ? "给我一些建议" : "Give me some suggestions");
  window_driver_wait (1200);
}

static void
show_meter (WindowDriver *driver)
{
  show_done (driver);
  window_driver_wait (300);
  act (driver, "win.context");
}

static void
show_over (WindowDriver *driver)
{
  fake_backend_set_context (256);
  show_done (driver);
  baleen_composer_set_text (BALEEN_COMPOSER (driver->window->composer), answer_text);
  window_driver_wait (500);
}

static void
show_room (WindowDriver *driver)
{
  show_over (driver);
  act (driver, "win.send");
}

static void
show_turns (WindowDriver *driver)
{
  show_over (driver);
  act (driver, "win.choose-turns");
}

static void
show_chooser (WindowDriver *driver)
{
  show_done (driver);
  act (driver, "win.choose-model");
}

static void
show_message_menu (WindowDriver *driver)
{
  show_done (driver);
  act (driver, "win.regenerate-with");
}

static void
show_conversation_menu (WindowDriver *driver)
{
  show_done (driver);
  gtk_menu_button_popup (GTK_MENU_BUTTON (driver->window->menu_button));
}

static void
show_main_menu (WindowDriver *driver)
{
  show_sidebar (driver);
  window_driver_keys (driver, "F10");
}

static void
show_attachment (WindowDriver *driver)
{
  g_autofree char *path = g_build_filename (driver->directory, "report.txt", NULL);

  begin (driver);
  g_file_set_contents (path, answer (), -1, NULL);
  baleen_window_attach (driver->window, path);
  window_driver_wait (1500);
}

static void
show_pasted (WindowDriver *driver)
{
  g_autoptr (GString) text = g_string_new (NULL);

  begin (driver);
  for (guint i = 0; i < 100; i++)
    g_string_append (text, answer_text);
  baleen_window_attach_text (driver->window, text->str);
  window_driver_wait (500);
}

static void
show_drop (WindowDriver *driver)
{
  begin (driver);
  gtk_widget_set_visible (driver->window->drop_words, TRUE);
}

static void
show_toast (WindowDriver *driver)
{
  show_done (driver);
  act (driver, "win.delete");
}

static void
show_rename (WindowDriver *driver)
{
  show_done (driver);
  act (driver, "win.rename");
}

static void
show_move (WindowDriver *driver)
{
  show_done (driver);
  act (driver, "win.move");
}

static void
show_export (WindowDriver *driver)
{
  show_done (driver);
  act (driver, "win.export");
}

static void
show_banner (WindowDriver *driver)
{
  show_done (driver);
  baleen_window_show_banner (
      driver->window,
      is_chinese ? "磁盘已满。内容暂存在内存中，有空间后立即保存。"
                 : "The disk is full. Text is kept in memory and saved as soon as there is room.",
      is_chinese ? "导出…" : "Export…", NULL);
}

static void
show_preferences (WindowDriver *driver)
{
  act (driver, "win.preferences");
}

static void
show_shortcuts (WindowDriver *driver)
{
  act (driver, "win.shortcuts");
}

static void
show_help (WindowDriver *driver)
{
  act (driver, "win.help");
}

static void
show_what_is_sent (WindowDriver *driver)
{
  show_done (driver);
  window_driver_wait (300);
  act (driver, "win.what-is-sent");
}

static void
show_library (WindowDriver *driver)
{
  act (driver, "win.template-library");
}

const WindowScene window_scenes[] = {
  { "empty", show_empty, TRUE },
  { "temporary", show_temporary, FALSE },
  { "queued", show_queued, FALSE },
  { "loading", show_loading, FALSE },
  { "reading", show_reading, FALSE },
  { "queries", show_queries, FALSE },
  { "searching", show_searching, FALSE },
  { "thinking", show_thinking, FALSE },
  { "answering", show_answering, TRUE },
  { "done", show_done, TRUE },
  { "unverified", show_unverified, FALSE },
  { "stopped", show_stopped, FALSE },
  { "cut", show_cut, FALSE },
  { "thought-cut", show_thought_cut, FALSE },
  { "interrupted", show_interrupted, FALSE },
  { "failed", show_failed, TRUE },
  { "left-out", show_left_out, FALSE },
  { "outline", show_outline, FALSE },
  { "siblings", show_siblings, FALSE },
  { "edit", show_edit, FALSE },
  { "long-question", show_long_question, FALSE },
  { "find", show_find, TRUE },
  { "panel", show_panel, TRUE },
  { "sidebar", show_sidebar, TRUE },
  { "search", show_search, FALSE },
  { "form", show_form, TRUE },
  { "slash", show_slash, FALSE },
  { "hint", show_hint, TRUE },
  { "meter", show_meter, FALSE },
  { "over", show_over, FALSE },
  { "room", show_room, FALSE },
  { "turns", show_turns, FALSE },
  { "chooser", show_chooser, FALSE },
  { "message-menu", show_message_menu, FALSE },
  { "conversation-menu", show_conversation_menu, FALSE },
  { "main-menu", show_main_menu, FALSE },
  { "attachment", show_attachment, TRUE },
  { "pasted", show_pasted, FALSE },
  { "drop", show_drop, FALSE },
  { "toast", show_toast, FALSE },
  { "rename", show_rename, FALSE },
  { "move", show_move, FALSE },
  { "export", show_export, FALSE },
  { "banner", show_banner, TRUE },
  { "preferences", show_preferences, TRUE },
  { "shortcuts", show_shortcuts, FALSE },
  { "help", show_help, FALSE },
  { "what-is-sent", show_what_is_sent, FALSE },
  { "template-library", show_library, FALSE },
};
const guint window_scenes_n = G_N_ELEMENTS (window_scenes);

void
window_scenes_init (WindowDriver *driver)
{
  is_chinese = g_str_has_prefix (g_getenv ("LANGUAGE") != NULL ? g_getenv ("LANGUAGE") : "", "zh");
  fake_backend_set_answer (thought (), question (), 100);
  fake_backend_set_context (8192);
  driver->directory = g_dir_make_tmp ("baleen-scenes-XXXXXX", NULL);
  driver->model = g_build_filename (driver->directory, "krill.gguf", NULL);
  g_assert_true (g_file_set_contents (driver->model, "script", -1, NULL));
}

/* Menus, dialogs and windows that the screen opened. */
void
window_scenes_close (WindowDriver *driver)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();
  BaleenConversation *conversation = shown (driver);
  BaleenMessage *head = baleen_conversation_get_head (conversation);

  for (GList *l = windows; l != NULL; l = l->next)
    if (l->data != (gpointer) driver->window && gtk_widget_get_visible (l->data))
      gtk_window_destroy (l->data);
  if (!gtk_window_is_active (GTK_WINDOW (driver->window)))
    window_driver_take_focus (driver);
  if (is_form_open)
    act (driver, "win.template");
  is_form_open = FALSE;
  window_driver_keys (driver, "Escape Escape Escape");
  for (; head != NULL; head = baleen_conversation_get_parent (conversation, head))
    if (!baleen_document_desk_stop (baleen_application_get_desk (driver->application), head)
        && baleen_state_is_running (baleen_message_get_state (head)))
      {
        baleen_message_set_queries (head, NULL);
        baleen_message_set_state (head, BALEEN_STATE_STOPPED);
      }
  fake_backend_set_context (8192);
  baleen_composer_set_text (BALEEN_COMPOSER (driver->window->composer), "");
  g_ptr_array_unref (
      baleen_composer_take_attachments (BALEEN_COMPOSER (driver->window->composer)));
  gtk_widget_set_visible (driver->window->drop_words, FALSE);
  baleen_banner_hide (BALEEN_BANNER (driver->window->banner));
  baleen_window_close_panel (driver->window);
  if (driver->window->size_class == BALEEN_SIZE_NARROW)
    adw_flap_set_reveal_flap (ADW_FLAP (driver->window->flap), FALSE);
  window_driver_wait (100);
}

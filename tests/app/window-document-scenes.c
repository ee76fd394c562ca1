#include "window-document-scenes.h"

#include <string.h>

#include "baleen-attachment.h"
#include "baleen-composer.h"
#include "baleen-document-view.h"
#include "baleen-summary-tree.h"
#include "baleen-transcript.h"
#include "baleen-window-private.h"
#include "stub-completer.h"

#define PAGES 40

/* ---- the document ---------------------------------------------------------------------- */

static const char *const english_facts[] = {
  "Plant 7 of the Orsk works made 4,812 tonnes of zinc in 1893.",
  "Maria Lindqvist became director in 1898 and stayed for 12 years.",
  "The survey of Lake Veyra counted 311 herons in March 1902.",
  "The railway to the harbour was opened in 1907 and cost 86,000 crowns.",
  NULL,
};
static const char *const chinese_facts[] = {
  "1893年奥尔斯克第七厂生产锌4812吨。",
  "林德女士于1898年出任厂长，任职12年。",
  "1902年3月的维拉湖调查记录到311只苍鹭。",
  "通往港口的铁路于1907年通车，耗资86000克朗。",
  NULL,
};
static const guint fact_pages[] = { 3, 12, 30, 37 };

static const char *const english_body[] = {
  "The clerk of the district went on with the papers of the week, and nothing of note took place "
  "in it. It rained again over the valley and the roads stayed wet.",
  "Letters to the ministry were answered late, as they always had been. Those who waited for "
  "them learned to wait.",
};
static const char *const chinese_body[] = {
  "区里的文书继续处理本周的公文，其间没有发生值得一提的事。山谷里又下起了雨，道路一直泥泞。",
  "给部里的信件像往常一样迟迟没有答复。等信的人也就学会了等待。",
};

static gboolean
is_chinese (void)
{
  const char *language = g_getenv ("LANGUAGE");

  return language != NULL && g_str_has_prefix (language, "zh");
}

static const char *const *
get_facts (void)
{
  return is_chinese () ? chinese_facts : english_facts;
}

static void
add (BaleenDocument      *document,
     guint                page,
     BaleenParagraphStyle style,
     const char          *text)
{
  baleen_document_add (document, page, style, text, strlen (text));
}

static BaleenDocument *
make_document (void)
{
  BaleenDocument *document = baleen_document_new (BALEEN_DOCUMENT_PDF);

  document->n_pages = PAGES;
  for (guint page = 1; page <= PAGES; page++)
    {
      g_autofree char *heading
          = g_strdup_printf (is_chinese () ? "第%u章 山谷纪事" : "Chapter %u. The valley", page);

      add (document, page, BALEEN_PARAGRAPH_HEADING, heading);
      for (guint i = 0; i < G_N_ELEMENTS (english_body); i++)
        add (document, page, BALEEN_PARAGRAPH_BODY,
             is_chinese () ? chinese_body[i] : english_body[i]);
      for (guint i = 0; i < G_N_ELEMENTS (fact_pages); i++)
        if (fact_pages[i] == page)
          add (document, page, BALEEN_PARAGRAPH_BODY, get_facts ()[i]);
    }

  return document;
}

static const char *
get_name (void)
{
  return is_chinese () ? "山谷年度报告.pdf" : "annual-report.pdf";
}

/* ---- the reader ------------------------------------------------------------------------ */

typedef struct
{
  BaleenCompleter completer;
  StubCompleter *stub; /* (owned) (nullable) until it is used */
  guint most;          /* answers; then it waits to be cancelled */
  guint n;
  gboolean is_wrong;   /* says another number than the document */
  gboolean is_failing; /* gives nothing for the part that holds the last fact */
} Reader;

static Reader reader;

typedef struct
{
  gboolean is_failing;
  gsize index;
  BaleenCompletedFunc func;
  gpointer user_data;
} Relay;

static gboolean
relay_cb (gsize                         index,
          const BaleenCompletionAnswer *answer,
          gpointer                      user_data,
          GError                      **error)
{
  const Relay *relay = user_data;
  BaleenCompletionAnswer changed = *answer;
  g_autofree char *text = g_strdup (answer->text);
  char *number = text != NULL && reader.is_wrong ? strstr (text, "311") : NULL;

  for (; number != NULL; number = strstr (number, "311"))
    *number = '9';
  changed.text = relay->is_failing ? NULL : text;

  return relay->func (relay->index, &changed, relay->user_data, error);
}

static gboolean
complete_cb (gpointer                       data,
             const BaleenCompletionRequest *requests,
             gsize                          n_requests,
             BaleenCompletedFunc            func,
             gpointer                       user_data,
             GCancellable                  *cancellable,
             GError                       **error)
{
  for (gsize i = 0; i < n_requests; i++)
    {
      Relay relay = { reader.is_failing && strstr (requests[i].text, get_facts ()[3]) != NULL, i,
                      func, user_data };

      while (reader.n >= reader.most && !g_cancellable_is_cancelled (cancellable))
        g_usleep (20000);
      if (g_cancellable_set_error_if_cancelled (cancellable, error)
          || !reader.stub->completer.complete (data, &requests[i], 1, relay_cb, &relay,
                                               cancellable, error))
        return FALSE;
      reader.n++;
    }

  return TRUE;
}

static void
use_reader (WindowDriver *driver)
{
  if (reader.stub == NULL)
    reader.stub = stub_completer_new (1536, get_facts ());
  reader.n = 0;
  reader.most = G_MAXUINT;
  reader.is_wrong = reader.is_failing = FALSE;
  reader.completer = reader.stub->completer;
  reader.completer.complete = complete_cb;
  baleen_reading_cache_trim (0);
  baleen_document_desk_set_completer (baleen_application_get_desk (driver->application),
                                      &reader.completer);
}

/* ---- the states ------------------------------------------------------------------------ */

static BaleenComposer *
composer (WindowDriver *driver)
{
  return BALEEN_COMPOSER (driver->window->composer);
}

static void
attach (WindowDriver *driver,
        const char   *name)
{
  g_autofree char *path = g_build_filename ("/nowhere", name, NULL);
  g_autoptr (BaleenAttachment) attachment = baleen_attachment_new (name, path);

  baleen_attachment_take_document (attachment, make_document ());
  baleen_attachment_set_n_tokens (attachment, 61200);
  baleen_composer_add_attachment (composer (driver), attachment);
}

static void
show_card (WindowDriver *driver)
{
  gtk_widget_activate_action (GTK_WIDGET (driver->window), "win.new-chat", NULL);
  window_driver_wait (60);
  use_reader (driver);
  attach (driver, get_name ());
  window_driver_wait (300);
}

static void
press_summarize (WindowDriver *driver)
{
  GtkWidget *button
      = window_driver_find_in (driver, GTK_TYPE_BUTTON, is_chinese () ? "总结" : "Summarize");

  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
}

static BaleenMessage *
summarize (WindowDriver *driver)
{
  press_summarize (driver);
  window_driver_wait_until (window_driver_is_over (driver));
  window_driver_wait (200);
  return window_driver_get_last (driver);
}

static void
show_running (WindowDriver *driver)
{
  show_card (driver);
  reader.most = 5;
  press_summarize (driver);
  window_driver_wait_until (reader.n == reader.most);
  window_driver_wait (600);
}

static void
show_paused (WindowDriver *driver)
{
  show_running (driver);
  baleen_document_desk_pause (baleen_application_get_desk (driver->application),
                              window_driver_get_last (driver));
  window_driver_wait (300);
}

static void
show_failed_part (WindowDriver *driver)
{
  show_card (driver);
  reader.is_failing = TRUE;
  summarize (driver);
}

static void
unfold (WindowDriver *driver)
{
  GtkWidget *tree = window_driver_find_in (driver, BALEEN_TYPE_SUMMARY_TREE, NULL);
  GtkWidget *list = window_driver_find (tree, GTK_TYPE_LIST_VIEW, NULL);
  GListModel *rows = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));

  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (GtkTreeListRow) row = g_list_model_get_item (rows, i);

      gtk_tree_list_row_set_expanded (row, TRUE);
    }
  window_driver_wait (300);
}

static void
show_done (WindowDriver *driver)
{
  show_card (driver);
  summarize (driver);
}

/* One claim has a number that its sentence does not. */
static void
show_tree (WindowDriver *driver)
{
  show_card (driver);
  reader.is_wrong = TRUE;
  summarize (driver);
  unfold (driver);
}

static void
show_place (WindowDriver *driver)
{
  BaleenTranscript *transcript;
  BaleenMessage *message;

  show_card (driver);
  message = summarize (driver);
  transcript = BALEEN_TRANSCRIPT (window_driver_find_in (driver, BALEEN_TYPE_TRANSCRIPT, NULL));
  gtk_widget_activate_action (GTK_WIDGET (baleen_transcript_get_row (transcript, message)),
                              "row.cite", "i", 3);
  window_driver_wait (900);
}

static void
show_ledger (WindowDriver *driver)
{
  show_card (driver);
  summarize (driver);
  g_signal_emit_by_name (
      window_driver_find_in (driver, GTK_TYPE_BUTTON, is_chinese () ? "明细账" : "Ledger"),
      "clicked");
  window_driver_wait (600);
}

static void
show_several (WindowDriver *driver)
{
  show_card (driver);
  attach (driver, is_chinese () ? "一份名字特别长的调查附录第二卷修订版.pdf"
                                : "survey-appendix-volume-2-revised-edition.pdf");
  window_driver_wait (300);
}

/* A page with a picture and no text; as the reader itself sees it. */
static const char scanned[]
    = "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
      "2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
      "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R"
      "/Resources<</XObject<</I 5 0 R>>>>>>\nendobj\n"
      "4 0 obj\n<</Length 27>>\nstream\nq 200 0 0 200 0 0 cm /I Do Q\nendstream\nendobj\n"
      "5 0 obj\n<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8"
      "/ColorSpace/DeviceGray/Length 1>>\nstream\nx\nendstream\nendobj\n"
      "trailer\n<</Root 1 0 R>>\n%%EOF\n";

static void
attach_bytes (WindowDriver *driver,
              const char   *name,
              const char   *bytes)
{
  g_autofree char *path = g_build_filename (driver->directory, name, NULL);

  g_assert_true (g_file_set_contents (path, bytes, -1, NULL));
  baleen_window_attach (driver->window, path);
}

static void
show_unreadable (WindowDriver *driver)
{
  gtk_widget_activate_action (GTK_WIDGET (driver->window), "win.new-chat", NULL);
  window_driver_wait (60);
  attach_bytes (driver, is_chinese () ? "扫描件.pdf" : "scan.pdf", scanned);
  attach_bytes (driver, is_chinese () ? "损坏.docx" : "broken.docx", "PK\003\004 and no more");
  window_driver_wait (1500);
}

const WindowScene window_document_scenes[] = {
  { "document-card", show_card, TRUE },
  { "document-several", show_several, FALSE },
  { "document-unreadable", show_unreadable, FALSE },
  { "document-reading", show_running, TRUE },
  { "document-paused", show_paused, FALSE },
  { "document-failed-part", show_failed_part, FALSE },
  { "document-done", show_done, FALSE },
  { "document-tree", show_tree, TRUE },
  { "document-place", show_place, TRUE },
  { "document-ledger", show_ledger, TRUE },
};
const guint window_document_scenes_n = G_N_ELEMENTS (window_document_scenes);

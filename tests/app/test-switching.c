/* From one model to another in the middle of things, over the real engine with two models that
 * say what they were told. */
#include "baleen-engine-service.h"
#include "chat-model.h"
#include "folder.h"
#include "main-loop.h"

#include <glib/gstdio.h>
#include <malloc.h>
#include <string.h>

static const char *const whale[] = { "Baleen", " filters", " the", " sea", NULL };
static const char *const parrot[] = { "Parrots", " say", " it", " again", NULL };
static const char *const crow[] = { "Crows", " count", " to", " four", NULL };

#define WHALE "Baleen filters the sea"
#define PARROT "Parrots say it again"
#define CROW "Crows count to four"

typedef struct
{
  char *folder;
  char *paths[3]; /* a whale, a parrot, and what is no model */
  BaleenBackend backend;
  BaleenEngineService *engine;
  guint n_failed;
} Fixture;

static void
write_model (const char        *path,
             const char *const *words)
{
  g_autoptr (GgufWriter) writer = chat_model_build (NULL, words, FALSE);

  g_unlink (path);
  gguf_writer_write (writer, path);
}

static void
failed_cb (BaleenEngineService *engine,
           const char          *path,
           const char          *sentence,
           int                  remedy,
           Fixture             *fixture)
{
  g_assert_cmpstr (path, ==, fixture->paths[2]);
  g_assert_true (g_str_has_suffix (sentence, "."));
  fixture->n_failed++;
}

static void
load (Fixture *fixture,
      guint    which)
{
  baleen_engine_service_load (fixture->engine, fixture->paths[which]);
  WAIT_UNTIL (baleen_engine_service_get_loading_path (fixture->engine) == NULL);
}

static void
set_up (Fixture      *fixture,
        gconstpointer has_room)
{
  fixture->folder = g_dir_make_tmp ("baleen-switch-XXXXXX", NULL);
  fixture->paths[0] = g_build_filename (fixture->folder, "whale.gguf", NULL);
  fixture->paths[1] = g_build_filename (fixture->folder, "parrot.gguf", NULL);
  fixture->paths[2] = g_build_filename (fixture->folder, "stone.gguf", NULL);
  write_model (fixture->paths[0], whale);
  write_model (fixture->paths[1], parrot);
  g_assert_true (g_file_set_contents (fixture->paths[2], "a stone", -1, NULL));
  fixture->backend = *baleen_local_backend_get ();
  if (has_room != NULL)
    fixture->backend.has_room = (gpointer) has_room;
  fixture->engine = baleen_engine_service_new (&fixture->backend);
  g_signal_connect (fixture->engine, "load-failed", G_CALLBACK (failed_cb), fixture);
  load (fixture, 0);
}

static void
tear_down (Fixture      *fixture,
           gconstpointer data)
{
  baleen_engine_service_close (fixture->engine);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&fixture->engine));
  for (guint i = 0; i < 3; i++)
    g_free (fixture->paths[i]);
  folder_remove (fixture->folder);
  g_free (fixture->folder);
}

static BaleenMessage *
ask (Fixture *fixture)
{
  BaleenRequest *request = baleen_request_new (BALEEN_THINK_OFF);
  BaleenMessage *message = baleen_message_new (1, 0, BALEEN_ROLE_ASSISTANT, "");
  g_autoptr (BaleenAnswerJob) job = NULL;

  baleen_request_add (request, BALEEN_ROLE_USER, "What do you do?", NULL);
  baleen_message_set_state (message, BALEEN_STATE_QUEUED);
  job = baleen_answer_job_new (request, message);
  baleen_engine_service_answer (fixture->engine, job);
  return message;
}

static gboolean
is_over (BaleenMessage *message)
{
  return !baleen_state_is_running (baleen_message_get_state (message));
}

/* Asks and waits; how much of the prompt was there already. */
static gsize
assert_says (Fixture    *fixture,
             const char *text)
{
  g_autoptr (BaleenMessage) message = ask (fixture);

  WAIT_UNTIL (is_over (message));
  g_assert_cmpint (baleen_message_get_state (message), ==, BALEEN_STATE_DONE);
  g_assert_cmpstr (baleen_message_get_text (message), ==, text);
  return (gsize) baleen_message_get_numbers (message)->n_reused;
}

/* Back at the first one its conversation is still read. */
static void
test_stays_warm (Fixture      *fixture,
                 gconstpointer data)
{
  g_assert_cmpuint (assert_says (fixture, WHALE), ==, 0);
  load (fixture, 1);
  g_assert_cmpuint (assert_says (fixture, PARROT), ==, 0);
  load (fixture, 0);
  g_assert_cmpuint (assert_says (fixture, WHALE), >, 0);
  g_assert_cmpstr (baleen_engine_service_get_facts (fixture->engine)->name, !=, NULL);
}

static void
test_pressure_gives_it_back (Fixture      *fixture,
                             gconstpointer data)
{
  assert_says (fixture, WHALE);
  load (fixture, 1);
  assert_says (fixture, PARROT);
  baleen_engine_service_relieve (fixture->engine, FALSE);
  g_assert_cmpuint (assert_says (fixture, PARROT), >, 0);
  load (fixture, 0);
  g_assert_cmpuint (assert_says (fixture, WHALE), ==, 0);
  /* And what answers, too, where the word is stronger. */
  baleen_engine_service_relieve (fixture->engine, TRUE);
  g_assert_cmpuint (assert_says (fixture, WHALE), ==, 0);
}

static void
test_warning_of_the_system (Fixture      *fixture,
                            gconstpointer data)
{
  g_autoptr (GMemoryMonitor) monitor = g_memory_monitor_dup_default ();

  assert_says (fixture, WHALE);
  g_signal_emit_by_name (monitor, "low-memory-warning", G_MEMORY_MONITOR_WARNING_LEVEL_CRITICAL);
  g_assert_cmpuint (assert_says (fixture, WHALE), ==, 0);
}

static void
test_failed_load_keeps_the_old (Fixture      *fixture,
                                gconstpointer data)
{
  load (fixture, 2);
  g_assert_cmpuint (fixture->n_failed, ==, 1);
  g_assert_cmpstr (baleen_engine_service_get_path (fixture->engine), ==, fixture->paths[0]);
  assert_says (fixture, WHALE);
}

/* What was changed on the disk is not what is kept. */
static void
test_changed_file_is_read_again (Fixture      *fixture,
                                 gconstpointer data)
{
  assert_says (fixture, WHALE);
  load (fixture, 1);
  write_model (fixture->paths[0], crow);
  load (fixture, 0);
  assert_says (fixture, CROW);
}

static gboolean
has_no_room (const char *path,
             const char *device)
{
  return FALSE;
}

/* Without room for two the first makes way, and is there again when the second fails. */
static void
test_makes_way (Fixture      *fixture,
                gconstpointer data)
{
  assert_says (fixture, WHALE);
  load (fixture, 1);
  assert_says (fixture, PARROT);
  load (fixture, 0);
  g_assert_cmpuint (assert_says (fixture, WHALE), ==, 0);
  load (fixture, 2);
  g_assert_cmpuint (fixture->n_failed, ==, 1);
  g_assert_cmpuint (assert_says (fixture, WHALE), ==, 0);
}

static gboolean
are_over (GPtrArray *messages)
{
  for (guint i = 0; i < messages->len; i++)
    if (!is_over (messages->pdata[i]))
      return FALSE;
  return TRUE;
}

typedef struct
{
  guint64 in_use;   /* of the heap */
  guint64 resident; /* anonymous pages; some come and go with the heap's halls */
} Memory;

/* Once all has been answered and everything that can be given back was. */
static Memory
measure (Fixture   *fixture,
         GPtrArray *messages)
{
  g_autofree char *text = NULL;
  struct mallinfo2 heap;

  WAIT_UNTIL (are_over (messages));
  baleen_engine_service_relieve (fixture->engine, TRUE);
  load (fixture, 2); /* which fails, after that */
  malloc_trim (0);
  heap = mallinfo2 ();
  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  return (Memory) {
    .in_use = heap.uordblks + heap.hblkhd,
    .resident = g_ascii_strtoull (strstr (text, "RssAnon:") + strlen ("RssAnon:"), NULL, 10)
                * 1024,
  };
}

/* Three questions wait at each switch, every tenth time for a model that there is none of. */
static void
switch_once (Fixture   *fixture,
             guint      round,
             GPtrArray *messages)
{
  g_ptr_array_add (messages, ask (fixture));
  g_ptr_array_add (messages, ask (fixture));
  baleen_engine_service_load (fixture->engine, fixture->paths[round % 10 == 9 ? 2 : round % 2]);
  g_ptr_array_add (messages, ask (fixture));
  WAIT_UNTIL (baleen_engine_service_get_loading_path (fixture->engine) == NULL);
}

static void
test_fifty_times (Fixture      *fixture,
                  gconstpointer data)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_object_unref);
  Memory after_ten = { 0 }, after_all;

  for (guint round = 0; round < 60; round++)
    {
      switch_once (fixture, round, messages);
      if (round == 9)
        after_ten = measure (fixture, messages);
    }
  after_all = measure (fixture, messages);
  g_test_message ("%u answers; KiB in use after 10 switches %" G_GUINT64_FORMAT ", after 60 %"
                  G_GUINT64_FORMAT "; resident %" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT,
                  messages->len, after_ten.in_use / 1024, after_all.in_use / 1024,
                  after_ten.resident / 1024, after_all.resident / 1024);
  g_assert_cmpuint (fixture->n_failed, ==, 8);
  for (guint i = 0; i < messages->len; i++)
    {
      const char *text = baleen_message_get_text (messages->pdata[i]);

      g_assert_cmpint (baleen_message_get_state (messages->pdata[i]), ==, BALEEN_STATE_DONE);
      g_assert_true (g_str_equal (text, WHALE) || g_str_equal (text, PARROT));
    }
  /* 150 messages more; an engine that was not given back would be as much each time. */
  g_assert_cmpuint (after_all.in_use, <, after_ten.in_use + (384 << 10));
#ifndef __SANITIZE_ADDRESS__ /* which keeps what was freed */
  g_assert_cmpuint (after_all.resident, <, after_ten.resident + (3 << 20));
#endif
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(path, func) g_test_add ("/switching/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("stays-warm", test_stays_warm);
  ADD ("pressure-gives-it-back", test_pressure_gives_it_back);
  ADD ("warning-of-the-system", test_warning_of_the_system);
  ADD ("failed-load-keeps-the-old", test_failed_load_keeps_the_old);
  ADD ("changed-file-is-read-again", test_changed_file_is_read_again);
  ADD ("fifty-times-under-load", test_fifty_times);
  g_test_add ("/switching/makes-way-without-room", Fixture, has_no_room, set_up, test_makes_way,
              tear_down);
  g_test_add ("/switching/fifty-times-without-room", Fixture, has_no_room, set_up,
              test_fifty_times, tear_down);

  return g_test_run ();
}

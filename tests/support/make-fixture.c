/* make-fixture NAME FILE
 *
 * Writes one of the test models as a file, for looking at it with other programs: the reference
 * logits in tests/engine/data come from such files. */
#include <string.h>

#include "chat-model.h"
#include "fixture-shapes.h"

static GgufWriter *
build_chat_model (void)
{
  static const char *const thoughts[] = { "Someone", " wants", " to", " hear", " me.", NULL };
  static const char *const answer[] = { "Hello", " from", " the", " parrot.", NULL };

  return chat_model_build (thoughts, answer, FALSE);
}

static gboolean
find_model (const char   *name,
            FixtureModel *model)
{
  for (guint i = 0; i < FIXTURE_N_SHAPES; i++)
    if (strcmp (fixture_shapes[i].name, name) == 0)
      {
        *model = fixture_shape_model (&fixture_shapes[i]);
        return TRUE;
      }
  for (guint i = 0; i < FIXTURE_MODEL_N_NAMES; i++)
    if (strcmp (fixture_model_names[i], name) == 0)
      {
        *model = fixture_model_named (name);
        return TRUE;
      }
  return FALSE;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GgufWriter) writer = NULL;
  FixtureModel model;

  if (argc == 3 && strcmp (argv[1], "chat") == 0)
    writer = build_chat_model ();
  else if (argc == 3 && find_model (argv[1], &model))
    writer = fixture_model_build (&model);
  if (writer == NULL)
    {
      g_printerr ("Usage: make-fixture NAME FILE, where NAME is one of\n  chat\n");
      for (guint i = 0; i < FIXTURE_MODEL_N_NAMES; i++)
        g_printerr ("  %s\n", fixture_model_names[i]);
      for (guint i = 0; i < FIXTURE_N_SHAPES; i++)
        g_printerr ("  %s\n", fixture_shapes[i].name);
      return 2;
    }
  gguf_writer_write (writer, argv[2]);
  return 0;
}

/* The fixtures are the very files whose logits were computed elsewhere. */
#include "fixture-models.h"

static const struct { const char *name; const char *sha256; } references[] = {
  { "tiny-dsv2lite",
    "2fe5c6fb25421d9c8df572641cbf8bcb79fa96942bd5fdc4754e46f9359f3735" },
  { "tiny-dsv3",
    "e2d94e70087a463b8ec6271376d18da1aa80fec8d50795bfce6a3e88f3886bfd" },
  { "tiny-gemma3",
    "747888807689ef05acfd5a37f3cdb3492b5c585670a958e0f898b3504f998bda" },
  { "tiny-llama",
    "8de710268d216b407af101b10a34eacb955307b18e0eeaf118545c731aad7802" },
  { "tiny-qwen2",
    "e11d790c5e955f866a4412646a91cf2904373c5fb24c06669c4f759e9b54810d" },
  { "tiny-qwen3",
    "15e98c871f9f80549e6937134f9a4954c080c6661e33b08100980d490692517d" },
  { "tiny-qwen3moe",
    "b9eb54bd0930041c782486f1c376b6d0196e7b1731e2abde1734b20cd18b9581" },
};

static void
test_bytes (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  FixtureModel model = fixture_model_named (references[i].name);
  g_autoptr (GgufWriter) writer = fixture_model_build (&model);
  g_autoptr (GBytes) bytes = gguf_writer_to_bytes (writer);
  g_autofree char *sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);

  g_assert_cmpstr (sha256, ==, references[i].sha256);
}

static void
test_spec_values (void)
{
  static const float k0[4] = { 0.49493408203125f, -0.87103271484375f, -0.055267333984375f,
                               -0.1468505859375f };
  float w[4];

  fixture_weights (0, 0, 1, w, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat (w[i], ==, k0[i]);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fixtures/weight-rule", test_spec_values);
  for (guint i = 0; i < G_N_ELEMENTS (references); i++)
    {
      g_autofree char *path = g_strconcat ("/fixtures/same-bytes/", references[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_bytes);
    }
  return g_test_run ();
}

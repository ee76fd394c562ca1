/* The catalogue that is shipped: signed off by people, so its form is kept by a test. */
#include "catalogue-address.h"
#include "model-library.h"

#include <string.h>

static BaleenCatalogue *
load (const char *language)
{
  const char *const languages[] = { language, NULL };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("G_TEST_SRCDIR"), "catalogue.json", NULL);
  g_autofree char *text = NULL;
  BaleenCatalogue *catalogue;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  catalogue = baleen_catalogue_new (text, -1, languages, &error);
  g_assert_no_error (error);

  return catalogue;
}

static gboolean
has_han (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_get_script (g_utf8_get_char (p)) == G_UNICODE_SCRIPT_HAN)
      return TRUE;

  return FALSE;
}

static void
test_words (void)
{
  g_autoptr (BaleenCatalogue) english = load ("en"), chinese = load ("zh_CN");
  GPtrArray *entries = baleen_catalogue_get_entries (english);

  g_assert_cmpuint (entries->len, >=, 12);
  for (guint i = 0; i < entries->len; i++)
    {
      const BaleenCatalogueEntry *entry = entries->pdata[i];
      const BaleenCatalogueEntry *other = baleen_catalogue_find_id (chinese, entry->id);

      g_test_message ("%s", entry->id);
      g_assert_true (baleen_catalogue_find_id (english, entry->id) == entry);
      g_assert_true (baleen_catalogue_find_file (english, entry->file) == entry);
      g_assert_nonnull (entry->maker);
      g_assert_nonnull (entry->license);
      g_assert_cmpuint (g_strv_length (entry->languages), >, 0);
      g_assert_true (strlen (entry->can) > 0 && !has_han (entry->can));
      g_assert_true (strlen (entry->cannot) > 0 && !has_han (entry->cannot));
      g_assert_true (has_han (other->can) && has_han (other->cannot));
      g_assert_cmpuint (entry->examples->len, ==, 3);
      for (guint j = 0; j < entry->examples->len; j++)
        {
          const BaleenCatalogueExample *example = entry->examples->pdata[j];
          const BaleenCatalogueExample *translated = other->examples->pdata[j];

          g_assert_true (strlen (example->title) > 0 && has_han (translated->title));
          g_assert_cmpuint (strlen (example->text), >, 10);
          /* What is asked is in a language of the model, what is said of a file or a template in
           * that of the interface. */
          g_assert_true (has_han (translated->text)
                         == (example->file != NULL || example->template != NULL
                             || g_strv_contains ((const char *const *) entry->languages, "zh")));
        }
    }
}

/* The built-in model needs no shape: its file is here. */
static void
test_shapes (void)
{
  g_autoptr (BaleenCatalogue) catalogue = load ("en");
  GPtrArray *entries = baleen_catalogue_get_entries (catalogue);

  for (guint i = 0; i < entries->len; i++)
    {
      const BaleenCatalogueEntry *entry = entries->pdata[i];
      const BaleenModelShape *shape = &entry->shape;

      if (entry->files->len == 0)
        continue;
      g_test_message ("%s", entry->id);
      g_assert_cmpuint (shape->n_parameters, >=, 1000000000);
      g_assert_cmpuint (shape->n_active_parameters, >, 0);
      g_assert_true ((shape->n_experts > 0)
                     == (shape->n_active_parameters < shape->n_parameters));
      g_assert_cmpuint (shape->n_experts, >=, shape->n_experts_used);
      g_assert_cmpuint (shape->n_layers, >=, 24);
      g_assert_cmpuint (shape->n_kv_width, >=, 256);
      g_assert_cmpuint (shape->n_attention_width, >=, shape->n_kv_width);
      g_assert_cmpuint (shape->n_embedding, >=, 1024);
      g_assert_cmpuint (shape->n_vocabulary, >=, 100000);
      g_assert_cmpuint (shape->n_context, >=, 8192);
    }
}

static gboolean
is_hexadecimal (const char *text,
                gsize       length)
{
  return strlen (text) == length && strspn (text, "0123456789abcdef") == length;
}

/* A checksum stands beside the commit that it is of, or of a file that was never replaced. */
static void
check_source (const BaleenCatalogueFile   *file,
              const BaleenCatalogueSource *source)
{
  g_autofree char *base = g_path_get_basename (source->path);

  g_assert_cmpstr (base, ==, file->file);
  g_assert_true (g_regex_match_simple ("^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$", source->repository, 0,
                                       0));
  g_assert_true (source->revision == NULL || is_hexadecimal (source->revision, 40));
  g_assert_true (source->sha256 == NULL || is_hexadecimal (source->sha256, 64));
  g_assert_true (source->sha256 == NULL || file->n_parts == 1);
}

static void
check_addresses (const BaleenCatalogueFile *file,
                 BaleenSite                 site)
{
  g_autoptr (GPtrArray) parts = baleen_catalogue_address_list (file, site, NULL);

  g_assert_cmpuint (parts->len, ==, file->n_parts);
  for (guint i = 0; i < parts->len; i++)
    {
      const BaleenModelFile *part = parts->pdata[i];
      g_autofree char *number = g_strdup_printf ("-%05u-of-%05u", i + 1, file->n_parts);

      g_assert_true (g_uri_is_valid (part->url, G_URI_FLAGS_ENCODED, NULL));
      g_assert_true (g_str_has_prefix (part->url, "https://"));
      g_assert_true (g_str_has_suffix (part->url, part->name));
      g_assert_true (g_str_has_suffix (part->name, ".gguf"));
      g_assert_true (parts->len == 1 || strstr (part->name, number) != NULL);
    }
}

static void
test_files (void)
{
  g_autoptr (BaleenCatalogue) catalogue = load ("en");
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *entries = baleen_catalogue_get_entries (catalogue);

  for (guint i = 0; i < entries->len; i++)
    {
      const BaleenCatalogueEntry *entry = entries->pdata[i];

      for (guint j = 0; j < entry->files->len; j++)
        {
          const BaleenCatalogueFile *file = entry->files->pdata[j];
          const double share = file->n_bytes / (double) entry->shape.n_parameters;

          g_test_message ("%s", file->file);
          g_assert_true (g_hash_table_add (names, file->file));
          /* From two bits and a half to sixteen for each parameter. */
          g_assert_cmpfloat (share, >, 0.3);
          g_assert_cmpfloat (share, <, 2.1);
          for (guint k = 0; k < file->sources->len; k++)
            check_source (file, file->sources->pdata[k]);
          check_addresses (file, BALEEN_SITE_HUGGING_FACE);
          check_addresses (file, BALEEN_SITE_MODELSCOPE);
        }
    }
}

static void
test_names_of_parts (void)
{
  g_autofree char *third = baleen_catalogue_name_part ("q/m-00001-of-00009.gguf", 2);
  g_autofree char *only = baleen_catalogue_name_part ("m.gguf", 0);

  g_assert_cmpstr (third, ==, "q/m-00003-of-00009.gguf");
  g_assert_cmpstr (only, ==, "m.gguf");
}

/* Two quantizations of one model that are both here have names of their own. */
static void
test_names_of_quantizations (void)
{
  g_autoptr (BaleenCatalogue) catalogue = load ("en");
  GPtrArray *entries = baleen_catalogue_get_entries (catalogue);
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_files = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const BaleenCatalogueEntry *entry = entries->pdata[i];

      for (guint f = 0; f < entry->files->len; f++)
        {
          const BaleenCatalogueFile *file = entry->files->pdata[f];
          char *name = baleen_catalogue_entry_name_file (entry, file->file);

          g_assert_true (g_str_has_prefix (name, entry->name));
          g_assert_true (f == 0 || g_str_has_suffix (name, file->quantization));
          g_assert_true (g_hash_table_add (names, name));
          n_files++;
        }
    }
  g_assert_cmpuint (g_hash_table_size (names), ==, n_files);
  g_assert_cmpuint (n_files, >, entries->len);
}

static void
test_mirror (void)
{
  g_autoptr (BaleenCatalogue) catalogue = load ("en");
  const BaleenCatalogueFile *file = baleen_catalogue_address_find (catalogue, "QWEN3-8B:q4_k_m");
  g_autoptr (GPtrArray) mirrored
      = baleen_catalogue_address_list (file, BALEEN_SITE_HUGGING_FACE, "https://mirror.example/");
  g_autoptr (GPtrArray) other
      = baleen_catalogue_address_list (file, BALEEN_SITE_MODELSCOPE, "https://mirror.example/");
  const BaleenModelFile *part = mirrored->pdata[0];

  g_assert_true (g_str_has_prefix (part->url, "https://mirror.example/Qwen/Qwen3-8B-GGUF/resolve/"));
  g_assert_nonnull (part->sha256);
  part = other->pdata[0];
  g_assert_cmpstr (part->url, ==,
                   "https://modelscope.cn/models/Qwen/Qwen3-8B-GGUF/resolve/master/"
                   "Qwen3-8B-Q4_K_M.gguf");
  g_assert_null (part->sha256);
  g_assert_null (baleen_catalogue_address_find (catalogue, "qwen3-8b:Q9"));
  g_assert_null (baleen_catalogue_address_find (catalogue, "whale"));
  g_assert_null (baleen_catalogue_address_find (catalogue, "krill"));
}

/* What a spoilt file lacks is left out, without a word and without a fault. */
static void
test_spoilt_files (void)
{
  static const char text[]
      = "{ \"default\": \"a\", \"models\": [{ \"id\": \"a\", \"file\": \"a.gguf\","
        "  \"shape\": { \"parameters\": -3, \"layers\": \"x\", \"context\": 1e99 }, \"thinks\": 3,"
        "  \"files\": [ 3, {}, { \"quantization\": \"Q\", \"file\": \"f\" },"
        "    { \"quantization\": \"Q\", \"file\": \"f\", \"sources\": [ 1, { \"site\": \"x\" },"
        "      { \"site\": \"modelscope\", \"repository\": 3, \"path\": \"f\" } ] },"
        "    { \"quantization\": \"R\", \"file\": \"g\", \"parts\": 100000, \"bytes\": -1,"
        "      \"sources\": [ { \"site\": \"modelscope\", \"repository\": \"a/b\","
        "        \"path\": \"g\" } ] } ] }] }";
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenCatalogue) catalogue = baleen_catalogue_new (text, -1, NULL, &error);
  const BaleenCatalogueEntry *entry;

  g_assert_no_error (error);
  entry = baleen_catalogue_get_default (catalogue);
  g_assert_cmpuint (entry->files->len, ==, 1);
  g_assert_cmpuint (entry->shape.n_parameters, ==, 0);
  g_assert_cmpuint (entry->shape.n_layers, ==, 0);
  g_assert_cmpuint (((BaleenCatalogueFile *) entry->files->pdata[0])->n_parts, ==, 999);
  g_assert_cmpuint (((BaleenCatalogueFile *) entry->files->pdata[0])->n_bytes, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/catalogue/words-in-both-languages", test_words);
  g_test_add_func ("/catalogue/shapes-are-plausible", test_shapes);
  g_test_add_func ("/catalogue/files-have-addresses", test_files);
  g_test_add_func ("/catalogue/parts-have-names", test_names_of_parts);
  g_test_add_func ("/catalogue/quantizations-have-names-of-their-own",
                   test_names_of_quantizations);
  g_test_add_func ("/catalogue/mirror-stands-in-for-one-site", test_mirror);
  g_test_add_func ("/catalogue/spoilt-files-are-left-out", test_spoilt_files);

  return g_test_run ();
}

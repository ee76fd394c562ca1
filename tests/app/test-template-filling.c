/* Whatever is filled into whatever template: what goes out is what an independent reading of the
 * template says, and the same again after it was kept with the message and taken up. */
#include "template-filling.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_TEMPLATES 400
#define MOST_PARTS 8

/* Markup, slots, headings, other scripts, what Markdown and YAML read as theirs. */
static const char *const texts[]
    = { "", " ", "\n", "plain", "{{f0}}", "{{f1}} and {{nobody}}", "}}{{", "{{", "<b>&amp;</b> & <i>",
        "## Heading\nbelow", "---", "- a\n- b\n\n\n1. c", "line\nline\r\nline", "\tindented", "  two  ",
        "👩‍👩‍👧 🇨🇳 ✅", "مرحبا بالعالم", "שלום\u200f!", "全角：｛｛f0｝｝", "é\u0301 \u00a0 \u200b",
        "\"quoted\" 'too'",
        "C:\\path\\{{f2}}", "%s %d %%", "$(rm -rf /)", "[file content end]", "\xef\xbb\xbf" "mark" };
static const char *const numbers[] = { "", "0", "-2.5", "1000000", "007", "3.14" };
static const char *const dates[] = { "", "2024-02-29", "1999-12-31", "2026-01-01" };
static const char *const choices[] = { "", "warm", "cold {{f0}}", "中性" };

static const char *const types[]
    = { "text", "longtext", "choice", "number", "date", "file", "clipboard", "selection" };

typedef struct
{
  const char *type;
  gboolean has_default;
  gboolean is_alone; /* under a heading; otherwise within a line */
  char *value;       /* what is given */
  char *shown;       /* what goes in */
} Part;

static void
clear_part (gpointer data)
{
  Part *part = data;

  g_free (part->value);
  g_free (part->shown);
}

static const char *
pick (GRand             *random,
      const char *const *from,
      gsize              n)
{
  return from[g_rand_int_range (random, 0, n)];
}

/* A file field gets a path, and the prompt the file's text in its frame. */
static void
fill_file (Part       *part,
           GRand      *random,
           const char *folder,
           guint       i)
{
  g_autofree char *name = g_strdup_printf ("note %u & {{f0}}.txt", i);
  const char *text = "A line.\n{{f0}} <b>\n第二行";

  if (g_rand_boolean (random))
    {
      part->value = g_strdup ("");
      part->shown = g_strdup ("");
      return;
    }
  part->value = g_build_filename (folder, name, NULL);
  g_assert_true (g_file_set_contents (part->value, text, -1, NULL));
  part->shown = g_strdup_printf ("[file name]: %s\n[file content begin]\n%s\n[file content end]",
                                 name, text);
}

static void
fill (Part       *part,
      GRand      *random,
      const char *folder,
      guint       i)
{
  if (g_str_equal (part->type, "file"))
    {
      fill_file (part, random, folder, i);
      return;
    }
  if (g_str_equal (part->type, "number"))
    part->value = g_strdup (pick (random, numbers, G_N_ELEMENTS (numbers)));
  else if (g_str_equal (part->type, "date"))
    part->value = g_strdup (pick (random, dates, G_N_ELEMENTS (dates)));
  else if (g_str_equal (part->type, "choice"))
    part->value = g_strdup (pick (random, choices, G_N_ELEMENTS (choices)));
  else
    part->value = g_strdup (pick (random, texts, G_N_ELEMENTS (texts)));
  part->shown = g_strdup (part->value);
}

static GArray *
make_parts (GRand      *random,
            const char *folder)
{
  GArray *parts = g_array_new (FALSE, TRUE, sizeof (Part));
  guint n = g_rand_int_range (random, 0, MOST_PARTS + 1);

  g_array_set_clear_func (parts, clear_part);
  for (guint i = 0; i < n; i++)
    {
      Part part = { .type = pick (random, types, G_N_ELEMENTS (types)) };

      part.is_alone = g_rand_boolean (random);
      part.has_default = g_str_has_suffix (part.type, "text") && g_rand_boolean (random);
      fill (&part, random, folder, i);
      g_array_append_val (parts, part);
    }

  return parts;
}

static char *
write_template (const GArray *parts)
{
  GString *source = g_string_new ("---\nid: random\ntitle: Random\n");

  if (parts->len > 0)
    g_string_append (source, "fields:\n");
  for (guint i = 0; i < parts->len; i++)
    {
      const Part *part = &g_array_index (parts, Part, i);

      g_string_append_printf (source, "  - id: f%u\n    type: %s\n", i, part->type);
      /* What was emptied stays empty. */
      if (part->has_default)
        g_string_append (source, "    default: usual\n");
      if (g_str_equal (part->type, "choice"))
        g_string_append (source, "    options: [warm, \"cold {{f0}}\", 中性]\n");
    }
  g_string_append (source, "---\nBegin.\n");
  for (guint i = 0; i < parts->len; i++)
    if (g_array_index (parts, Part, i).is_alone)
      g_string_append_printf (source, "\n## H%u\n\n{{ f%u }}\n", i, i);
    else
      g_string_append_printf (source, "\nIn %u: “{{f%u}}” <i>.\n", i, i);
  g_string_append (source, "\nEnd {.\n");

  return g_string_free (source, FALSE);
}

static gboolean
is_blank (const char *text)
{
  g_autofree char *copy = g_strdup (text);

  return *g_strstrip (copy) == '\0';
}

/* What templates promise, read a second time: a lone field goes with its heading when it is empty,
 * and every other value goes in as it is. */
static char *
expect (const GArray *parts)
{
  GString *prompt = g_string_new ("Begin.");

  for (guint i = 0; i < parts->len; i++)
    {
      const Part *part = &g_array_index (parts, Part, i);

      if (!part->is_alone)
        g_string_append_printf (prompt, "\n\nIn %u: “%s” <i>.", i, part->shown);
      else if (!is_blank (part->shown))
        g_string_append_printf (prompt, "\n\n## H%u\n\n%s", i, part->shown);
    }
  g_string_append (prompt, "\n\nEnd {.");

  return g_string_free (prompt, FALSE);
}

static char *
compose (BaleenTemplateFilling *filling,
         const char            *text)
{
  g_autofree char *system = NULL;
  g_autoptr (GError) error = NULL;
  char *prompt = baleen_template_filling_compose (filling, text, &system, &error);

  g_assert_no_error (error);
  g_assert_null (system);
  return prompt;
}

static void
assert_goes_out (const GArray *parts,
                 const char   *beside)
{
  g_autofree char *source = write_template (parts);
  g_autofree char *alone = expect (parts);
  g_autofree char *expected
      = is_blank (beside) ? g_strdup (alone) : g_strconcat (alone, "\n\n", beside, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (BaleenTemplateFilling) filling = baleen_template_filling_new (source, &error);
  g_autoptr (BaleenTemplateFilling) again = NULL;
  g_autofree char *preview = NULL, *sent = NULL, *json = NULL, *text = NULL, *resent = NULL;

  g_assert_no_error (error);
  for (guint i = 0; i < parts->len; i++)
    {
      g_autofree char *id = g_strdup_printf ("f%u", i);

      baleen_template_filling_set (filling, id, g_array_index (parts, Part, i).value);
    }
  preview = compose (filling, beside);
  g_assert_cmpstr (preview, ==, expected);
  sent = compose (filling, beside);
  g_assert_cmpstr (sent, ==, preview);

  json = baleen_template_filling_to_json (filling, beside);
  again = baleen_template_filling_from_json (json, &text, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, beside);
  resent = compose (again, text);
  g_assert_cmpstr (resent, ==, preview);
}

static void
test_random (void)
{
  g_autofree char *folder = g_dir_make_tmp ("baleen-filling-XXXXXX", NULL);
  const guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  g_print ("# seed %u\n", seed);
  for (guint i = 0; i < N_TEMPLATES; i++)
    {
      g_autoptr (GArray) parts = make_parts (random, folder);

      assert_goes_out (parts, g_rand_boolean (random) ? "" : "Beside {{f0}} <b> 你好 👋");
      for (guint j = 0; j < parts->len; j++)
        if (g_str_equal (g_array_index (parts, Part, j).type, "file"))
          g_remove (g_array_index (parts, Part, j).value);
    }
  g_rmdir (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/template-filling/goes-out-as-the-preview-says", test_random);

  return g_test_run ();
}

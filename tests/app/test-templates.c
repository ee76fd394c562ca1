#include "own-time.h"
#include "points.h"
#include "template-import.h"
#include "template-library.h"
#include "template-parser.h"
#include "template-values.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

static const char five_fields[]
    = "---\nid: five\ntitle: Five\nlanguage: en\ntags: [a, b]\nfields:\n"
      "  - id: goal\n    label: Goal\n    type: longtext\n    required: true\n"
      "  - id: limits\n    label: Limits\n"
      "  - {id: tone, label: Tone, type: choice, options: [warm, cold], default: warm}\n"
      "  - {id: day, type: date}\n  - {id: n, type: number}\n"
      "---\n## Goal\n{{goal}}\n\n## Limits\n\n{{ limits }}\n\n## Tone\n{{tone}}\nOn {{day}}, {{n}}.\n";

static BaleenTemplate *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  BaleenTemplate *template_ = baleen_template_parse ("t.md", text, strlen (text), &error);

  g_assert_no_error (error);
  return template_;
}

static void
set (GHashTable *values,
     const char *id,
     const char *value)
{
  g_hash_table_insert (values, g_strdup (id), g_strdup (value));
}

static void
assert_renders (const BaleenTemplate *template_,
                GHashTable           *values,
                const char           *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *prompt = baleen_template_render (template_, values, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (prompt, ==, expected);
}

static void
test_render (void)
{
  g_autoptr (BaleenTemplate) template_ = parse (five_fields);
  g_autoptr (GHashTable) values = baleen_template_values_new ();

  set (values, "goal", "Win {{tone}} {{goal}}\n## Limits");
  assert_renders (template_, values,
                  "## Goal\nWin {{tone}} {{goal}}\n## Limits\n\n## Tone\nwarm\nOn , .");
  set (values, "limits", " \n");
  set (values, "tone", "");
  assert_renders (template_, values, "## Goal\nWin {{tone}} {{goal}}\n## Limits\n\nOn , .");
  set (values, "limits", "none");
  set (values, "day", "2026-02-28");
  set (values, "n", "-2.5");
  assert_renders (template_, values,
                  "## Goal\nWin {{tone}} {{goal}}\n## Limits\n\n## Limits\n\nnone\n\n"
                  "On 2026-02-28, -2.5.");
}

static void
test_values (void)
{
  static const char *const bad[][2] = {
    { "tone=hot", "“hot”" },      { "day=2026-02-30", "2026-02-30" }, { "day=today", "“today”" },
    { "n=many", "“many”" },       { "n=0x10", "0x10" },               { "n=1 ", "“1 ”" },
    { "color=red", "“color”" },   { "goal", "field=value" },          { "=x", "“”" },
  };
  g_autoptr (BaleenTemplate) template_ = parse (five_fields);
  g_autoptr (GHashTable) values = baleen_template_values_new ();
  g_autoptr (GError) missing = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (baleen_template_values_assign (values, template_, bad[i][0], &error));
      g_assert_error (error, BALEEN_TEMPLATE_ERROR, BALEEN_TEMPLATE_ERROR_VALUE);
      g_assert_nonnull (strstr (error->message, bad[i][1]));
    }
  g_assert_cmpuint (g_hash_table_size (values), ==, 0);
  g_assert_null (baleen_template_render (template_, values, &missing));
  g_assert_nonnull (strstr (missing->message, "“goal”"));
}

/* What is wrong, and what the line about it must name. */
static const struct
{
  const char *text;
  const char *line;
  const char *needle;
} refused[] = {
  { "", "line 1,", "---" },
  { "hello", "line 1,", "---" },
  { "---\nid: a\n", "line 1,", "not closed" },
  { "---\ntitle: A\n---\nx", "line 2,", "“id”" },
  { "---\nid: a\n---\nx", "line 2,", "“title”" },
  { "---\nid: ../a\ntitle: A\n---\nx", "line 2,", "../a" },
  { "---\nid: a\ntitle: A\n---\n \n", "line 5,", "missing" },
  { "---\nid: a\ntitle: A\n---\nx\n{{y}}\n", "line 6,", "{{y}}" },
  { "---\nid: a\ntitle: A\n---\n{{}}\n", "line 5,", "{{}}" },
  { "---\nid: a\ntitle: A\nfields:\n- id: f\n- id: f\n---\n{{f}}", "line 6,", "“f” stands there twice" },
  { "---\nid: a\ntitle: A\nfields:\n- id: f\n  type: colour\n---\n{{f}}", "line 6,", "“colour”" },
  { "---\nid: a\ntitle: A\nfields:\n- id: f\n  type: choice\n---\n{{f}}", "line 5,", "“f”" },
  { "---\nid: a\ntitle: A\nfields:\n- id: f\n  required: perhaps\n---\n{{f}}", "line 6,", "“f”" },
  { "---\nid: a\ntitle: A\nfields:\n- {id: f, type: number, default: x}\n---\n{{f}}", "line 5,", "“f”" },
  { "---\nid: a\ntitle: A\nfields:\n- label: L\n---\nx", "line 5,", "field 1" },
  { "---\nid: a\ntitle: A\nfields: many\n---\nx", "line 4,", "“fields”" },
  { "---\nid: a\ntitle: A\nfields:\n- just words\n---\nx", "line 5,", "field 1" },
  { "---\nid: a\ntitle: [A, B]\n---\nx", "line 3,", "“title”" },
  { "---\nid: a\nid: b\ntitle: A\n---\nx", "line 3,", "“id” stands there twice" },
  { "---\nid: a\ntitle: \"A\n---\nx", "line ", "YAML" },
  { "---\nid: a\ntitle: A: B: C\n---\nx", "line 3,", "YAML" },
  { "---\nid: a\n\ttitle: A\n---\nx", "line 3,", "YAML" },
  { "---\n- id\n---\nx", "line 2,", "front matter" },
  { "---\nid: a\ntitle: &t A\n---\nx", "line 3,", "anchors" },
  { "---\nid: a\ntitle: A\ntags: *t\n---\nx", "line 4,", "“*”" },
  { "---\nid: a\ntitle: A\nx: [[[[[[[[[[[[[[1]]]]]]]]]]]]]]\n---\nx", "line 4,", "deep" },
  { "---\nid: a\ntitle: A\nkind: poem\n---\nx", "line 4,", "“kind”" },
  { "---\nid: a\ntitle: \xff\n---\nx", "line 3,", "UTF-8" },
  { "---\nid: a\ntitle: A\n---\n{{f | colour}}", "line 5,", "“colour”" },
  { "---\nid: a\ntitle: A\n---\n{{f | choice}}", "line 5,", "“f”" },
};

static void
assert_is_refused (const char *text,
                   gsize       length,
                   const char *line,
                   const char *needle)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (baleen_template_parse ("bad.md", text, length, &error));
  g_assert_error (error, BALEEN_TEMPLATE_ERROR, BALEEN_TEMPLATE_ERROR_FILE);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "“bad.md”"));
  g_assert_nonnull (strstr (error->message, line));
  g_assert_nonnull (strstr (error->message, needle));
}

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    assert_is_refused (refused[i].text, strlen (refused[i].text), refused[i].line,
                       refused[i].needle);
  assert_is_refused ("---\nid: a\ntitle: A\n---\nx\0y", 26, "line 5,", "UTF-8");
}

/* Large and deep files end quickly, whatever they hold. */
static void
test_hostile (void)
{
  g_autoptr (GString) text = g_string_new ("---\nid: a\ntitle: A\nx: ");
  const double start = own_time ();

  for (guint i = 0; i < 500000; i++)
    g_string_append_c (text, '[');
  g_string_append (text, "\n---\nx");
  assert_is_refused (text->str, text->len, "line 4,", "deep");

  g_string_assign (text, "---\nid: a\ntitle: A\nfields:\n");
  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "- id: f%u\n", i);
  g_string_append (text, "---\nx");
  assert_is_refused (text->str, text->len, "line ", "more than");

  g_string_assign (text, "---\nid: a\ntitle: A\n---\n");
  for (guint i = 0; i < 50000; i++)
    g_string_append_printf (text, "{{f%u|text}}", i);
  assert_is_refused (text->str, text->len, "line 5,", "more than");

  g_string_set_size (text, BALEEN_TEMPLATE_MAX_BYTES + 1);
  assert_is_refused (text->str, text->len, "line 1,", "1 MiB");
  g_assert_cmpfloat (own_time () - start, <, 5);
}

/* No text, however cut or changed, does more than be refused. */
static void
test_mutations (void)
{
  GRand *rand = g_rand_new_with_seed (7);
  gsize length = strlen (five_fields);

  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *text = g_strdup (five_fields);
      g_autoptr (GError) error = NULL;
      g_autoptr (BaleenTemplate) template_ = NULL;

      for (gint j = g_rand_int_range (rand, 1, 5); j > 0; j--)
        text[g_rand_int_range (rand, 0, length)] = g_rand_int_range (rand, 1, 256);
      template_ = baleen_template_parse ("t.md", text, g_rand_int_range (rand, 0, length + 1),
                                         &error);
      g_assert_true ((template_ == NULL) == (error != NULL));
    }
  g_rand_free (rand);
}

static void
test_slots (void)
{
  g_autoptr (BaleenTemplate) template_
      = parse ("---\nid: a\ntitle: A\n---\n{{who | text:Ann}} {{how|choice:warm,cold}} "
               "{{x y | text}} {{p | select:options=[\"High\", \"A, B\"]:default=\"High\"}}"
               " {{n | number:required}}{{who}}");
  const BaleenTemplateField *how, *p, *n;

  g_assert_nonnull (template_);
  how = baleen_template_find_field (template_, "how");
  p = baleen_template_find_field (template_, "p");
  n = baleen_template_find_field (template_, "n");
  g_assert_cmpstr (how->options[1], ==, "cold");
  g_assert_cmpstr (p->options[1], ==, "A, B");
  g_assert_cmpstr (p->default_value, ==, "High");
  g_assert_true (n->is_required);
}

static void
import (BaleenTemplateImport *result,
        const char           *name,
        const char           *text)
{
  g_autoptr (GError) error = NULL;

  baleen_template_import_parse (result, name, text, strlen (text), &error);
  g_assert_no_error (error);
}

static void
test_import_json (void)
{
  g_auto (BaleenTemplateImport) webui = { 0 };
  g_auto (BaleenTemplateImport) cherry = { 0 };
  const BaleenTemplate *first, *second;

  import (&webui, "prompts.json",
          "[{\"command\":\"/sum-up\",\"title\":\"Sum Up\",\"content\":\"Sum up in "
          "{{n | number:default=3}} points: {{CLIPBOARD}}\"},{\"title\":\"Empty\"},7,"
          "{\"title\":\"Sum Up\",\"content\":\"Tell ${who:Ann} \\\"why\\\"\\\\\"}]");
  g_assert_cmpuint (webui.taken->len, ==, 2);
  g_assert_cmpuint (webui.left_out->len, ==, 2);
  first = g_ptr_array_index (webui.taken, 0);
  second = g_ptr_array_index (webui.taken, 1);
  g_assert_cmpstr (first->id, ==, "sum-up");
  g_assert_cmpstr (first->body, ==, "Sum up in {{n}} points: {{CLIPBOARD}}\n");
  g_assert_cmpint (baleen_template_find_field (first, "CLIPBOARD")->type, ==,
                   BALEEN_FIELD_CLIPBOARD);
  assert_renders (second, NULL, "Tell Ann \"why\"\\");

  import (&cherry, "agents.json",
          "[{\"id\":\"1\",\"name\":\"产品经理\",\"emoji\":\"x\",\"group\":[\"职业\"],"
          "\"prompt\":\"你是一位产品经理。\"}]");
  first = g_ptr_array_index (cherry.taken, 0);
  g_assert_true (first->is_system);
  g_assert_cmpstr (first->language, ==, "zh");
  g_assert_cmpstr (first->tags[0], ==, "职业");
}

static void
test_import_csv (void)
{
  g_auto (BaleenTemplateImport) result = { 0 };
  const BaleenTemplate *template_;

  import (&result, "prompts.csv",
          "\xef\xbb\xbf" "act,prompt,for_devs\r\nTravel Guide,\"Say \"\"hello\"\", then\n"
          "guide ${Name:me}.\",FALSE\r\n,\"no title\",TRUE\nTravel Guide,Again\n");
  g_assert_cmpuint (result.taken->len, ==, 2);
  g_assert_cmpuint (result.left_out->len, ==, 1);
  template_ = g_ptr_array_index (result.taken, 0);
  assert_renders (template_, NULL, "Say \"hello\", then\nguide me.");
  template_ = g_ptr_array_index (result.taken, 1);
  g_assert_cmpstr (template_->id, ==, "travel_guide-2");
}

/* Every script makes an id, and only what is known of a language is said. */
static void
test_import_scripts (void)
{
  static const char *const ids[]
      = { "ingilizce_çevirmen", "المترجم", "翻译", "ほんやく", "переводчик" };
  static const char *const languages[] = { "en", "", "zh", "", "" };
  g_auto (BaleenTemplateImport) result = { 0 };

  import (&result, "prompts.csv",
          "act,prompt\nİngilizce Çevirmen,Sen bir çevirmensin.\nالمترجم,أنت مترجم محترف.\n"
          "翻译,你是一位翻译。\nほんやく,あなたは翻訳者です。\nПереводчик,Ты переводчик.\n");
  g_assert_cmpuint (result.taken->len, ==, G_N_ELEMENTS (ids));
  for (guint i = 0; i < result.taken->len; i++)
    {
      const BaleenTemplate *template_ = g_ptr_array_index (result.taken, i);

      g_assert_cmpstr (template_->id, ==, ids[i]);
      g_assert_cmpstr (template_->language, ==, languages[i]);
    }
}

/* As spreadsheets of other countries write them, and the awesome list of later years. */
static void
test_import_csv_dialects (void)
{
  g_auto (BaleenTemplateImport) semicolons = { 0 };
  g_auto (BaleenTemplateImport) tabs = { 0 };
  g_auto (BaleenTemplateImport) later = { 0 };

  import (&semicolons, "a.csv", "act;prompt\r\nGuide;\"Say; then, go\"\r\n");
  assert_renders (g_ptr_array_index (semicolons.taken, 0), NULL, "Say; then, go");
  import (&tabs, "a.csv", "prompt\tact\nSay; then, go\tGuide\n");
  assert_renders (g_ptr_array_index (tabs.taken, 0), NULL, "Say; then, go");

  import (&later, "prompts.csv",
          "\"act\",\"prompt\",\"for_devs\",\"type\",\"contributor\"\r\n"
          "`Excel Sheet`,\"You are a sheet.\r\nReply with {A1} only, ${Size:ten} rows, $5\",TRUE,TEXT,f\r\n"
          "\r\nExcel Sheet,\"Again\",FALSE\r\n");
  g_assert_cmpuint (later.taken->len, ==, 2);
  g_assert_cmpuint (later.left_out->len, ==, 0);
  g_assert_cmpstr (((BaleenTemplate *) later.taken->pdata[0])->title, ==, "Excel Sheet");
  g_assert_cmpstr (((BaleenTemplate *) later.taken->pdata[1])->id, ==, "excel_sheet-2");
  assert_renders (later.taken->pdata[0], NULL,
                  "You are a sheet.\nReply with {A1} only, ten rows, $5");
}

/* What Open WebUI exports of late, with its variables, and one assistant of Cherry. */
static void
test_import_later_json (void)
{
  g_auto (BaleenTemplateImport) webui = { 0 };
  g_auto (BaleenTemplateImport) cherry = { 0 };
  const BaleenTemplate *template_;

  import (&webui, "prompts.json",
          "\xef\xbb\xbf[{\"id\":\"x\",\"command\":\"/notes\",\"user_id\":\"u\",\"name\":\"Notes\","
          "\"content\":\"{{tone | select:options=[\\\"Formal\\\",\\\"Casual\\\"]:default=\\\"Formal\\\"}} "
          "{{due | date}} {{text | textarea:placeholder=\\\"paste\\\":required}} {{CURRENT_DATE}}\","
          "\"tags\":[\"work\"],\"access_control\":null,\"data\":{},\"timestamp\":1}]");
  g_assert_cmpuint (webui.taken->len, ==, 1);
  template_ = webui.taken->pdata[0];
  g_assert_cmpstr (template_->title, ==, "Notes");
  g_assert_false (template_->is_system);
  g_assert_cmpint (baleen_template_find_field (template_, "tone")->type, ==, BALEEN_FIELD_CHOICE);
  g_assert_cmpint (baleen_template_find_field (template_, "due")->type, ==, BALEEN_FIELD_DATE);
  g_assert_cmpint (baleen_template_find_field (template_, "CURRENT_DATE")->type, ==,
                   BALEEN_FIELD_DATE);
  g_assert_true (baleen_template_find_field (template_, "text")->is_required);
  g_assert_cmpstr (baleen_template_find_field (template_, "text")->help, ==, "paste");

  import (&cherry, "One.json",
          "{\"name\":\"One\",\"emoji\":\"x\",\"group\":[],\"prompt\":\"Be brief.\","
          "\"description\":\"\",\"regularPhrases\":[],\"type\":\"agent\"}");
  g_assert_cmpuint (cherry.taken->len, ==, 1);
  g_assert_true (((BaleenTemplate *) cherry.taken->pdata[0])->is_system);
}

static void
test_import_refused (void)
{
  g_autofree char *deep = g_strnfill (1000000, '[');
  const char *const texts[][2] = {
    { "a.json", "[{" }, { "a.json", deep }, { "a.csv", "x,y\n1,2" }, { "a.csv", "" },
    { "a.csv", "act,prompt\n\"a" }, { "a.md", "---\n" }, { "a.json", "\xff" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto (BaleenTemplateImport) result = { 0 };
      g_autoptr (GError) error = NULL;

      g_assert_false (baleen_template_import_parse (&result, texts[i][0], texts[i][1],
                                                    strlen (texts[i][1]), &error));
      g_assert_error (error, BALEEN_TEMPLATE_ERROR, BALEEN_TEMPLATE_ERROR_FILE);
    }
}

/* What is written says the same when it is read, and a file read is exported as it was. */
static void
test_round_trip (void)
{
  g_autoptr (BaleenTemplate) template_ = parse (five_fields);
  g_autofree char *written = baleen_template_write (template_);
  g_autoptr (BaleenTemplate) again = parse (written);
  g_autofree char *twice = baleen_template_write (again);

  g_assert_cmpstr (template_->source, ==, five_fields);
  g_assert_cmpstr (written, ==, twice);
  g_assert_cmpstr (again->body, ==, template_->body);
  g_assert_cmpuint (again->fields->len, ==, template_->fields->len);
}

/* YAML refuses letters that JSON and CSV may have. */
static void
test_odd_letters (void)
{
  static const char csv[]
      = "act,prompt\nA,Say ${x:\1 \302\205 \357\273\277 \357\277\276 \357\277\277}";
  g_auto (BaleenTemplateImport) import = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *written = NULL;

  g_assert_true (baleen_template_import_parse (&import, "a.csv", csv, strlen (csv), &error));
  g_assert_cmpuint (import.taken->len, ==, 1);
  written = baleen_template_write (import.taken->pdata[0]);
  baleen_template_free (parse (written));
}

/* Every template that is shipped: fields, help, an example that fills all that is required, and
 * nothing left of the braces. */
static void
test_shipped (void)
{
  g_autoptr (BaleenTemplateLibrary) library = baleen_template_library_new ();
  guint n_english = 0, n_chinese = 0;

  g_assert_cmpuint (library->problems->len, ==, 0);
  for (guint i = 0; i < library->templates->len; i++)
    {
      const BaleenTemplate *template_ = g_ptr_array_index (library->templates, i);
      g_autoptr (GHashTable) example = baleen_template_get_example (template_);
      g_autoptr (GError) error = NULL;
      g_autofree char *prompt = NULL;
      g_auto (GStrv) notes = baleen_template_get_notes (template_);

      if (baleen_template_find_field (template_, "document") != NULL)
        set (example, "document", "A text.");
      prompt = baleen_template_render (template_, example, &error);
      g_assert_no_error (error);
      g_assert_null (strstr (prompt, "{{"));
      g_assert_cmpuint (g_strv_length (notes), ==, 0);
      g_assert_cmpuint (template_->fields->len, >, 0);
      for (guint j = 0; j < template_->fields->len; j++)
        g_assert_cmpstr (((BaleenTemplateField *) template_->fields->pdata[j])->help, !=, "");
      n_english += g_str_equal (template_->language, "en");
      n_chinese += g_str_equal (template_->language, "zh");
    }
  g_assert_cmpuint (n_english, >=, 24);
  g_assert_cmpuint (n_chinese, >=, 24);
}

static void
test_library (void)
{
  g_autofree char *folder = baleen_template_library_get_own_folder ();
  g_autofree char *twin = g_build_filename (folder, "zz-twin.md", NULL);
  g_autofree char *pipe = g_build_filename (folder, "pipe.md", NULL);
  g_autoptr (BaleenTemplate) template_ = parse (five_fields);
  g_autoptr (BaleenTemplateLibrary) library = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (baleen_template_library_save (template_, FALSE, &error));
  g_assert_false (baleen_template_library_save (template_, FALSE, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_EXIST);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (twin, five_fields, -1, &error));
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);

  library = baleen_template_library_new ();
  g_assert_nonnull (baleen_template_library_find (library, "five", &error));
  g_assert_cmpuint (library->problems->len, ==, 2);
  g_assert_nonnull (strstr (library->problems->pdata[0], "pipe.md"));
  g_assert_nonnull (strstr (library->problems->pdata[1], "zz-twin.md"));
  g_assert_null (baleen_template_library_find (library, "sixth", &error));
  g_assert_nonnull (strstr (error->message, "“sixth”"));
}

static char *
read_as_document (const char *path,
                  GError    **error)
{
  return g_strdup ("What a document says.");
}

/* What is no text is read by whoever can; without it, it is refused by name. */
static void
test_document_value (void)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "baleen-test-value.pdf", NULL);
  g_autoptr (BaleenTemplate) template_ = parse (
      "---\nid: d\ntitle: D\nfields:\n- id: f\n  type: file\n---\n{{f}}");
  g_autoptr (GHashTable) values = baleen_template_values_new ();
  g_autoptr (GError) error = NULL;
  const char *text;

  g_assert_true (g_file_set_contents (path, "%PDF-1.7\n\xff\xfe", -1, NULL));
  g_assert_false (baleen_template_values_set (values, template_, "f", path, &error));
  g_assert_nonnull (strstr (error->message, "baleen-test-value.pdf"));

  baleen_template_values_set_file_reader (read_as_document);
  g_assert_true (baleen_template_values_set (values, template_, "f", path, NULL));
  text = g_hash_table_lookup (values, "f");
  g_assert_cmpstr (text, ==, "[file name]: baleen-test-value.pdf\n[file content begin]\n"
                             "What a document says.\n[file content end]");
  baleen_template_values_set_file_reader (NULL);
  g_remove (path);
}

static void
test_file_value (void)
{
  g_autoptr (BaleenTemplate) template_
      = parse ("---\nid: a\ntitle: A\nfields: [{id: f, type: file}]\n---\n{{f}}\n");
  g_autoptr (GHashTable) values = baleen_template_values_new ();
  g_autofree char *path = g_build_filename (g_get_user_cache_dir (), "note.txt", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_cache_dir (), 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "你好 {{f}}", -1, &error));
  g_assert_true (baleen_template_values_set (values, template_, "f", path, &error));
  assert_renders (template_, values,
                  "[file name]: note.txt\n[file content begin]\n你好 {{f}}\n[file content end]");
  g_assert_false (baleen_template_values_set (values, template_, "f", "/no/such.txt", &error));
  g_assert_nonnull (strstr (error->message, "such.txt"));
}

static void
assert_points (const char *question,
               const char *opening,
               const char *first,
               const char *last,
               guint       n)
{
  g_autoptr (BaleenPoints) points = baleen_points_new (question);
  g_autofree char *asked = NULL;

  g_assert_nonnull (points);
  g_assert_cmpuint (points->list->len, ==, n);
  g_assert_cmpstr (points->opening, ==, opening);
  g_assert_cmpstr (points->list->pdata[0], ==, first);
  g_assert_cmpstr (points->list->pdata[n - 1], ==, last);
  asked = baleen_points_ask (points, n - 1);
  g_assert_cmpstr (asked, ==, last);
}

static void
test_points (void)
{
  assert_points ("Our boat club:\n1. What does it cost?\n2) Who looks after it?\n- And then?",
                 "Our boat club:", "What does it cost?", "And then?", 3);
  assert_points ("We are 38. What does it cost? Who looks after it?", "We are 38.",
                 "What does it cost?", "Who looks after it?", 2);
  assert_points ("我们有38人。要花多少钱？谁来管？", "我们有38人。", "要花多少钱？", "谁来管？", 2);
  g_assert_null (baleen_points_new ("What is 2.5 + 2.5?"));
  g_assert_null (baleen_points_new (""));
  g_assert_null (baleen_points_new ("1. one\n"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/templates/empty-fields-leave-no-trace", test_render);
  g_test_add_func ("/templates/wrong-values-are-named", test_values);
  g_test_add_func ("/templates/wrong-files-name-line-and-field", test_refused);
  g_test_add_func ("/templates/huge-and-deep-files-end-quickly", test_hostile);
  g_test_add_func ("/templates/changed-bytes-are-refused-or-right", test_mutations);
  g_test_add_func ("/templates/fields-declared-in-the-text", test_slots);
  g_test_add_func ("/templates/json-of-others-is-taken", test_import_json);
  g_test_add_func ("/templates/csv-is-taken", test_import_csv);
  g_test_add_func ("/templates/takes-every-script", test_import_scripts);
  g_test_add_func ("/templates/takes-tables-of-other-programs", test_import_csv_dialects);
  g_test_add_func ("/templates/takes-what-others-export-today", test_import_later_json);
  g_test_add_func ("/templates/unreadable-imports-are-refused", test_import_refused);
  g_test_add_func ("/templates/export-reads-back-the-same", test_round_trip);
  g_test_add_func ("/templates/letters-that-yaml-refuses-are-written-otherwise", test_odd_letters);
  g_test_add_func ("/templates/shipped-ones-are-whole", test_shipped);
  g_test_add_func ("/templates/own-come-first-and-twins-are-told", test_library);
  g_test_add_func ("/templates/files-are-framed", test_file_value);
  g_test_add_func ("/templates/documents-are-read-by-who-can", test_document_value);

  g_test_add_func ("/points/are-lines-of-a-list-or-questions", test_points);

  return g_test_run ();
}

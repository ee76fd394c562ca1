/* Each pre-tokenizer cuts text where its published expressions do.
 *
 * Pieces are written with "¦" between them. The first texts are from a reference program; all
 * others were compared with what Perl's regular expressions make of the same expressions. */
#include "tokenizer-split.h"
#include "utf8.h"

#include <string.h>

typedef struct
{
  const guint32 *chars;
  GString *out;
  gsize end;
} Pieces;

static void
piece_cb (gsize    start,
          gsize    end,
          gpointer user_data)
{
  Pieces *pieces = user_data;

  g_assert_cmpuint (start, ==, pieces->end);
  g_assert_cmpuint (end, >, start);
  if (start > 0)
    g_string_append (pieces->out, "¦");
  for (gsize i = start; i < end; i++)
    g_string_append_unichar (pieces->out, pieces->chars[i] >> 11);
  pieces->end = end;
}

static guint32 *
to_chars (const char *text,
          gsize       length,
          gsize      *n)
{
  guint32 *chars = g_new (guint32, length + 1);

  *n = 0;
  for (gsize i = 0; i < length;)
    {
      guint32 character;
      gboolean is_cut;

      i += bln_utf8_read (text + i, length - i, &character, &is_cut);
      chars[(*n)++] = BLN_SPLIT_CHAR (character);
    }
  return chars;
}

static char *
split (const char *pre,
       const char *text)
{
  const BlnSplitter *splitter = bln_splitter_find (pre, strlen (pre));
  gsize n;
  g_autofree guint32 *chars = to_chars (text, strlen (text), &n);
  Pieces pieces = { chars, g_string_new (NULL), 0 };

  g_assert_nonnull (splitter);
  bln_splitter_run (splitter, chars, n, piece_cb, &pieces);
  g_assert_cmpuint (pieces.end, ==, n);
  return g_string_free (pieces.out, FALSE);
}

/* ---- texts ------------------------------------------------------------------------------- */

static const struct { const char *pre, *pieces; } cases[] = {
  { "deepseek-v3", "I¦'LL¦ pay¦ $¦123¦45¦.¦67¦,¦ ¦ ok¦?\n\n¦ ¦ def¦ f¦(x¦):\n¦\treturn¦ x¦_¦1" },
  { "deepseek-v3", "Größe¦ ¦漢字かな¦123¦ n¦'est" },
  { "deepseek-coder", "I¦'¦LL¦ pay¦ $¦1¦2¦3¦4¦5¦.¦6¦7¦,¦ ¦ ok¦?¦\n¦\n¦ ¦ def¦ f¦(¦x¦):¦\n¦\treturn¦"
                      " x¦_¦1" },
  { "deepseek-coder", "Größe¦ ¦漢字かな¦1¦2¦3¦ n¦'¦est" },
  { "qwen2", "I¦'LL¦ pay¦ $¦1¦2¦3¦4¦5¦.¦6¦7¦,¦ ¦ ok¦?\n\n¦ ¦ def¦ f¦(x¦):\n¦\treturn¦ x¦_¦1" },
  { "qwen2", "Größe¦ 漢字かな¦1¦2¦3¦ n¦'est" },
  { "llama-bpe", "I¦'LL¦ pay¦ $¦123¦45¦.¦67¦,¦ ¦ ok¦?\n\n¦ ¦ def¦ f¦(x¦):\n¦\treturn¦ x¦_¦1" },
  { "llama-bpe", "Größe¦ 漢字かな¦123¦ n¦'est" },
  { "gpt-2", "I¦'¦LL¦ pay¦ $¦12345¦.¦67¦,¦ ¦ ok¦?¦\n\n ¦ def¦ f¦(¦x¦):¦\n¦\t¦return¦ x¦_¦1" },
  { "smollm", "I¦'¦LL¦ pay¦ $¦1¦2¦3¦4¦5¦.¦6¦7¦,¦ ¦ ok¦?¦\n\n ¦ def¦ f¦(¦x¦):¦\n¦\t¦return¦ x¦_¦1" },

  { "deepseek-llm", "Hello¦ World¦ ¦ x¦ ¦123¦!¦\n¦\n¦ ¦ '¦LL" },
  { "deepseek-llm", "a¦ ，¦ ¦漢字かな¦    ¦한국어々" },
  { "deepseek-llm", "ab¦ ¦١٢¦ ¦½¦x¦_¦Ω" },
  { "deepseek-llm", "end¦   " },
  { "deepseek-llm", "a¦ ¦\u2028\u2028¦ ¦\u3000\u3000" },
  { "deepseek-coder", "x¦ =¦ {'¦ключ¦':¦ ¦2¦};¦\r¦\n" },
  { "deepseek-coder", "a¦ «¦b¦»¦ $ ¦ （¦c¦）" },

  { "deepseek-v3", "!Foo¦ bar\xCC\x81¦ (¦b¦)\n\n\n¦ x" },
  { "deepseek-v3", "$x¦ +=¦ @¦é¦…¦日本語¦\u200b\x01¦ ¦\u0378" },
  { "deepseek-v3", "1½２¦３４5" },
  { "qwen2", "don¦'t¦ I¦'VE¦ '¦sx¦'ſ¦x¦\u3000漢¦ ¦\u00a0x" },
  { "qwen2", "a¦  \n\r\n¦  ¦ b¦\n¦\tc¦ \n" },
  { "qwen2", "e¦\xCC\x81¦ नमस¦्त¦े" },
  { "qwen35", "e\xCC\x81¦ नमस्ते¦ \xCC\x81x¦!\n" },
  { "glm4", "x¦123¦4¦ ¦567" },
  { "llama-bpe", "123¦456¦7¦.¦8" },
  { "gpt-2", "don¦'t¦ they¦'re¦'¦S¦  ¦ x¦   " },
  { "gpt-2", "a¦\u2003¦b¦ ¦\u2003¦c" },
  { "smollm", "x¦1¦ ¦2¦  ¦ y¦½¦٣" },
  { "default", "Hi¦,¦ a¦+¦b¦ ¦(¦123¦45¦)¦ ¦$¦6" },

  { "kimi-k2", "我们¦hello¦World's¦ ABCDef¦ ¦漢字々〇¦x" },
  { "kimi-k2", "ABあ¦CD¦ HTTPServer'LL¦ '¦x¦123¦4¦ ok¦!?\n\n" },
  { "gpt-4o", "我们hello¦World's¦ ABCDef¦ 漢字々x" },
  { "gpt-4o", "camel¦Case¦ HTTPServer¦ a¦/\n/¦b¦ ¦123¦4¦!\n/" },
  { "tekken", "World¦'s¦ ¦1¦2¦3¦ e\xCC\x81t¦!\n/" },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (cases[i].pieces);
      g_autofree char *pieces = NULL;

      g_string_replace (text, "¦", "", 0);
      pieces = split (cases[i].pre, text->str);
      g_assert_cmpstr (pieces, ==, cases[i].pieces);
    }
}

/* ---- names ---------------------------------------------------------------------------- */

static void
test_names (void)
{
  static const struct { const char *name, *same_as; } aliases[] = {
    { "llama3", "llama-bpe" }, { "llama-v3", "llama-bpe" }, { "phi-2", "gpt-2" },
    { "starcoder", "smollm" }, { "refact", "smollm" }, { "command-r", "smollm" },
    { "stablelm2", "qwen2" }, { "deepseek-r1-qwen", "qwen2" }, { "chatglm-bpe", "glm4" },
  };
  static const char *const unknown[] = { "", " ", "qwen", "qwen22", "gpt-2 ", "deepseek", "GPT-2" };
  g_autofree char *list = bln_splitter_list_names ();
  g_auto (GStrv) names = g_strsplit (list, ", ", 0);

  for (guint i = 0; i < G_N_ELEMENTS (aliases); i++)
    g_assert_true (bln_splitter_find (aliases[i].name, strlen (aliases[i].name)) ==
                   bln_splitter_find (aliases[i].same_as, strlen (aliases[i].same_as)));
  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    g_assert_null (bln_splitter_find (unknown[i], strlen (unknown[i])));
  for (guint i = 0; names[i] != NULL; i++)
    g_assert_nonnull (bln_splitter_find (names[i], strlen (names[i])));
  g_assert_cmpuint (g_strv_length (names), >, 20);
}

static void
test_families (void)
{
  const BlnSplitter *llama = bln_splitter_find ("llama3", 6);
  const BlnSplitter *glm = bln_splitter_find ("glm4", 4);

  g_assert_true (bln_splitter_ignores_merges (llama));
  g_assert_true (bln_splitter_adds_bos (llama));
  g_assert_false (bln_splitter_ignores_merges (glm));
  g_assert_false (bln_splitter_adds_bos (glm));
}

/* ---- any text ------------------------------------------------------------------------- */

static char *
random_text (void)
{
  static const char *const parts[] = {
    "a", "B", "Zz", "'", "'s", "'LL", "1", "½", " ", "  ", "\t", "\n", "\r", "\u00a0", "\u3000",
    ".", "(", "$", "+", "、", "～", "漢", "かな", "한", "é", "\xCC\x81", "ǅ", "ʰ", "〇", "\u200d",
    "\u0378", "\xEE\x80\x80", "🦙", "ſ", "\x01", "/",
  };
  GString *text = g_string_new (NULL);
  int n = g_test_rand_int_range (1, 40);

  for (int i = 0; i < n; i++)
    g_string_append (text, parts[g_test_rand_int_range (0, G_N_ELEMENTS (parts))]);
  return g_string_free (text, FALSE);
}

/* split() asserts that pieces follow one another from the first character to the last. */
static void
test_nothing_dropped (void)
{
  g_autofree char *list = bln_splitter_list_names ();
  g_auto (GStrv) names = g_strsplit (list, ", ", 0);

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *text = random_text ();

      for (guint j = 0; names[j] != NULL; j++)
        {
          g_autofree char *pieces = split (names[j], text);
          g_autoptr (GString) joined = g_string_new (pieces);

          g_string_replace (joined, "¦", "", 0);
          g_assert_cmpstr (joined->str, ==, text);
        }
    }
}

static void
count_cb (gsize    start,
          gsize    end,
          gpointer user_data)
{
  (*(gsize *) user_data)++;
}

/* Each of these takes milliseconds when the time grows with the length, hours with its square. */
static void
test_linear (void)
{
  static const char *const units[] = { " ", "\n", " \n", "a", "A", "1", "'", "'s", "！", "\xCC\x81",
                                       "漢", "Aあ", "\u2028", "\x01", " \x01", "a ", "$ " };
  static const char *const ends[] = { "", "a", "\n", "\x01" };
  g_autofree char *list = bln_splitter_list_names ();
  g_auto (GStrv) names = g_strsplit (list, ", ", 0);

  for (guint i = 0; i < G_N_ELEMENTS (units) * G_N_ELEMENTS (ends); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      gsize n;
      g_autofree guint32 *chars = NULL;
      const BlnSplitter *last = NULL; /* several names in a row are one rule */

      while (text->len < 300 * 1000)
        g_string_append (text, units[i / G_N_ELEMENTS (ends)]);
      g_string_append (text, ends[i % G_N_ELEMENTS (ends)]);
      chars = to_chars (text->str, text->len, &n);
      for (guint j = 0; names[j] != NULL; j++)
        {
          const BlnSplitter *splitter = bln_splitter_find (names[j], strlen (names[j]));
          gsize n_pieces = 0;

          if (splitter == last)
            continue;
          last = splitter;
          bln_splitter_run (splitter, chars, n, count_cb, &n_pieces);
          g_assert_cmpuint (n_pieces, >, 0);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/split/texts-are-cut-as-published", test_cases);
  g_test_add_func ("/split/names-find-their-rule", test_names);
  g_test_add_func ("/split/families-differ-in-merging-and-bos", test_families);
  g_test_add_func ("/split/nothing-is-dropped", test_nothing_dropped);
  g_test_add_func ("/split/time-grows-with-length", test_linear);
  return g_test_run ();
}

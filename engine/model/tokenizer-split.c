#include "tokenizer-split.h"

#include "tokenizer-pattern.h"

#include <string.h>

#define MAX_STAGES 6

struct _BlnSplitter
{
  const char *names; /* separated by spaces; the first is the one it is known by */
  BlnPattern stages[MAX_STAGES];
  guint n_stages;
  gboolean ignores_merges;
  gboolean adds_bos;
  gboolean ranks_by_id;
};

/* ---- characters that are listed one by one in the published expressions ------------- */

/* Letters with case, as the tokenizer of DeepSeek-LLM lists them. */
static const BlnCharRange cased[] = {
  { 0x0041, 0x005A }, { 0x0061, 0x007A }, { 0x00B5, 0x00B5 }, { 0x00C0, 0x00D6 }, { 0x00D8, 0x00F6 },
  { 0x00F8, 0x01BA }, { 0x01BC, 0x01BF }, { 0x01C4, 0x0293 }, { 0x0295, 0x02AF }, { 0x0370, 0x0373 },
  { 0x0376, 0x0376 }, { 0x0377, 0x0377 }, { 0x037B, 0x037D }, { 0x037F, 0x037F }, { 0x0386, 0x0386 },
  { 0x0388, 0x038A }, { 0x038C, 0x038C }, { 0x038E, 0x03A1 }, { 0x03A3, 0x03F5 }, { 0x03F7, 0x0481 },
  { 0x048A, 0x052F }, { 0x0531, 0x0556 }, { 0x10A0, 0x10C5 }, { 0x13A0, 0x13F5 }, { 0x13F8, 0x13FD },
  { 0x1C90, 0x1CBA }, { 0x1CBD, 0x1CBF }, { 0x1D00, 0x1D2B }, { 0x1D6B, 0x1D77 }, { 0x1D79, 0x1D9A },
  { 0x1E00, 0x1F15 }, { 0x1F18, 0x1F1D }, { 0x1F20, 0x1F45 }, { 0x1F48, 0x1F4D }, { 0x1F50, 0x1F57 },
  { 0x1F59, 0x1F59 }, { 0x1F5B, 0x1F5B }, { 0x1F5D, 0x1F5D }, { 0x1F5F, 0x1F7D }, { 0x1F80, 0x1FB4 },
  { 0x1FB6, 0x1FBC }, { 0x1FBE, 0x1FBE }, { 0x1FC2, 0x1FC4 }, { 0x1FC6, 0x1FCC }, { 0x1FD0, 0x1FD3 },
  { 0x1FD6, 0x1FDB }, { 0x1FE0, 0x1FEC }, { 0x1FF2, 0x1FF4 }, { 0x1FF6, 0x1FFC }, { 0x2102, 0x2102 },
  { 0x2107, 0x2107 }, { 0x210A, 0x2113 }, { 0x2115, 0x2115 }, { 0x2119, 0x211D }, { 0x2124, 0x2124 },
  { 0x2126, 0x2126 }, { 0x2128, 0x2128 }, { 0x212A, 0x212D }, { 0x212F, 0x2134 }, { 0x2139, 0x2139 },
  { 0x213C, 0x213F }, { 0x2145, 0x2149 }, { 0x214E, 0x214E }, { 0x2183, 0x2183 }, { 0x2184, 0x2184 },
  { 0x2C00, 0x2C7B }, { 0x2C7E, 0x2CE4 }, { 0x2CEB, 0x2CEE }, { 0x2CF2, 0x2CF2 }, { 0x2CF3, 0x2CF3 },
  { 0xA640, 0xA66D }, { 0xA680, 0xA69B }, { 0xA722, 0xA76F }, { 0xA771, 0xA787 }, { 0xA78B, 0xA78E },
  { 0xAB70, 0xABBF }, { 0xFB00, 0xFB06 }, { 0xFB13, 0xFB17 }, { 0xFF21, 0xFF3A }, { 0xFF41, 0xFF5A },
  { 0x10400, 0x1044F }, { 0x104B0, 0x104D3 }, { 0x104D8, 0x104FB }, { 0x10C80, 0x10CB2 }, { 0x10CC0, 0x10CF2 },
  { 0x118A0, 0x118DF }, { 0x1E900, 0x1E943 },
};

/* [!-/:-~！-／：-～‘-‟　-。] */
static const BlnCharRange marks[] = {
  { 0x21, 0x2F }, { 0x3A, 0x7E }, { 0x2018, 0x201F }, { 0x3000, 0x3002 }, { 0xFF01, 0xFF0F },
  { 0xFF1A, 0xFF5E },
};

/* [一-龥ࠀ-一가-퟿] */
static const BlnCharRange east_asian[] = { { 0x800, 0x9FA5 }, { 0xAC00, 0xD7FF } };

/* [一-龥぀-ゟ゠-ヿ] */
static const BlnCharRange han_and_kana[] = { { 0x3040, 0x30FF }, { 0x4E00, 0x9FA5 } };

/* [\p{P}\$\+<=>\^~\|] without \p{P} */
static const BlnCharRange ascii_symbols[] = {
  { '$', '$' }, { '+', '+' }, { '<', '>' }, { '^', '^' }, { '|', '|' }, { '~', '~' },
};

/* ---- the expressions ------------------------------------------------------------------ */

#define RANGES(array) .ranges = array, .n_ranges = G_N_ELEMENTS (array)
#define RUN(...) { .find = bln_find_run, __VA_ARGS__ }
#define NUMBERS(max) { .find = bln_find_match, .match = bln_match_numbers, .max_digits = max }
#define NEWLINE { .find = bln_find_newline }
#define GPT2 { .find = bln_find_match, .match = bln_match_gpt2 }
#define LLAMA(...) { .find = bln_find_match, .match = bln_match_llama, __VA_ARGS__ }
#define DEEPSEEK { .find = bln_find_match, .match = bln_match_deepseek }
#define CASED(...) { .find = bln_find_match, .match = bln_match_cased, __VA_ARGS__ }
#define WORD_CLASSES .classes = BLN_CLASS_LETTER

static const BlnSplitter splitters[] = {
  { .names = "deepseek-llm",
    .stages = { NEWLINE, RUN (RANGES (cased), .takes_space = TRUE),
                RUN (RANGES (marks), .takes_space = TRUE), { .find = bln_find_trailing_space },
                RUN (RANGES (east_asian)), RUN (.classes = BLN_CLASS_NUMBER) },
    .n_stages = 6 },
  { .names = "deepseek-coder",
    .stages = { NEWLINE, RUN (.classes = BLN_CLASS_LETTER, .takes_space = TRUE),
                RUN (.classes = BLN_CLASS_PUNCTUATION, .takes_space = TRUE),
                RUN (RANGES (east_asian)), NUMBERS (1) },
    .n_stages = 5 },
  { .names = "deepseek-v3 hunyuan-dense joyai-llm hy_v4",
    .stages = { NUMBERS (3), RUN (RANGES (han_and_kana)), DEEPSEEK },
    .n_stages = 3 },
  { .names = "qwen2 deepseek-r1-qwen megrez kormo f2llmv2 stablelm2 hunyuan solar-open grok-2",
    .stages = { LLAMA (WORD_CLASSES, .max_digits = 1) },
    .n_stages = 1 },
  { .names = "qwen35",
    .stages = { LLAMA (.classes = BLN_CLASS_LETTER | BLN_CLASS_MARK, .max_digits = 1) },
    .n_stages = 1 },
  { .names = "llama-bpe llama3 llama-v3 falcon3 falcon-h1 pixtral midm-2.0 lfm2 jina-v5-nano",
    .stages = { LLAMA (WORD_CLASSES, .max_digits = 3) },
    .n_stages = 1, .ignores_merges = TRUE, .adds_bos = TRUE },
  { .names = "glm4 chatglm-bpe dbrx smaug-bpe",
    .stages = { LLAMA (WORD_CLASSES, .max_digits = 3) },
    .n_stages = 1 },
  { .names = "gpt-2 phi-2 gigachat olmo mpt jais trillion granite-docling exaone4 a.x-4.0 mellum",
    .stages = { GPT2 },
    .n_stages = 1 },
  { .names = "smollm starcoder refact command-r codeshell exaone minerva-7b mellum2",
    .stages = { NUMBERS (1), GPT2 },
    .n_stages = 2 },
  { .names = "kimi-k2",
    .stages = { CASED (.max_digits = 3, .has_contractions = TRUE, .has_han = TRUE) },
    .n_stages = 1, .ranks_by_id = TRUE },
  { .names = "gpt-4o llama4 kanana2 talkie minimax-m2",
    .stages = { CASED (.max_digits = 3, .has_contractions = TRUE, .takes_slashes = TRUE) },
    .n_stages = 1 },
  { .names = "tekken",
    .stages = { CASED (.max_digits = 1, .takes_slashes = TRUE) },
    .n_stages = 1, .ignores_merges = TRUE, .adds_bos = TRUE },
  { .names = "default",
    .stages = { RUN (.classes = BLN_CLASS_PUNCTUATION, RANGES (ascii_symbols)), GPT2,
                RUN (.classes = BLN_CLASS_NUMBER), { .find = bln_find_digits, .max_digits = 3 } },
    .n_stages = 4 },
};

/* ---- looking up and running ------------------------------------------------------------ */

static gboolean
has_name (const char *names,
          const char *name,
          gsize       length)
{
  while (*names != '\0')
    {
      gsize n = strcspn (names, " ");

      if (n == length && memcmp (names, name, n) == 0)
        return TRUE;
      names += n + strspn (names + n, " ");
    }
  return FALSE;
}

const BlnSplitter *
bln_splitter_find (const char *name,
                   gsize       length)
{
  for (guint i = 0; i < G_N_ELEMENTS (splitters); i++)
    if (has_name (splitters[i].names, name, length))
      return &splitters[i];
  return NULL;
}

char *
bln_splitter_list_names (void)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (splitters); i++)
    g_string_append_printf (list, "%s%s", i > 0 ? " " : "", splitters[i].names);
  g_string_replace (list, " ", ", ", 0);
  return g_string_free (list, FALSE);
}

gboolean
bln_splitter_ignores_merges (const BlnSplitter *splitter)
{
  return splitter->ignores_merges;
}

gboolean
bln_splitter_adds_bos (const BlnSplitter *splitter)
{
  return splitter->adds_bos;
}

gboolean
bln_splitter_ranks_by_id (const BlnSplitter *splitter)
{
  return splitter->ranks_by_id;
}

static void
run_stage (const BlnSplitter *splitter,
           guint              stage,
           const guint32     *chars,
           gsize              start,
           gsize              end,
           BlnPieceFunc       func,
           gpointer           user_data)
{
  const BlnPattern *pattern = &splitter->stages[stage];
  gsize from, to;

  if (stage == splitter->n_stages)
    {
      func (start, end, user_data);
      return;
    }
  while (start < end && pattern->find (pattern, chars, start, end, &from, &to))
    {
      if (from > start)
        run_stage (splitter, stage + 1, chars, start, from, func, user_data);
      run_stage (splitter, stage + 1, chars, from, to, func, user_data);
      start = to;
    }
  if (start < end)
    run_stage (splitter, stage + 1, chars, start, end, func, user_data);
}

void
bln_splitter_run (const BlnSplitter *splitter,
                  const guint32     *chars,
                  gsize              n,
                  BlnPieceFunc       func,
                  gpointer           user_data)
{
  run_stage (splitter, 0, chars, 0, n, func, user_data);
}

#include "markdown-parser.h"

#include <md4c.h>
#include <string.h>

#include "formula-text.h"
#include "markdown-entities.h"
#include "markdown-formulas.h"
#include "markdown-parting.h"

#define FLAGS                                                                                \
  (MD_FLAG_NOHTML | MD_FLAG_NOINDENTEDCODEBLOCKS | MD_FLAG_PERMISSIVEAUTOLINKS               \
   | MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS)

/* Deeper than anybody indents; what is deeper is shown at this depth. */
#define DEEPEST 12

typedef struct
{
  gboolean is_ordered;
  gboolean is_tight;
  guint number;
  char delimiter;
} List;

typedef struct
{
  GPtrArray *blocks;
  GArray *formulas;

  GString *path; /* see BaleenBlock */
  GArray *lists; /* of List */
  char *marker;  /* (nullable) of an item whose first block has not come yet */
  BaleenTask task;

  /* md4c hands out a bracket, what is in it and its end one by one: words are put together
   * before anything is looked for in them. */
  GString *words;

  BaleenBlock *block;   /* (nullable) the one being filled; in `blocks` already */
  BaleenRichText *rich; /* (nullable) where words go: of the block, or of a cell */
  BaleenSpanStyle style;
  guint n_style[3];   /* how often strong, emphasis and struck are open */
  GPtrArray *targets; /* (nullable strings) of open links */
} Parser;

static void flush_words (Parser *self);

/* ---- blocks --------------------------------------------------------------------------- */

static gboolean
is_tight (Parser *self)
{
  return self->lists->len > 0
         && g_array_index (self->lists, List, self->lists->len - 1).is_tight;
}

static BaleenBlock *
begin_block (Parser         *self,
             BaleenBlockKind kind)
{
  g_autofree char *path = g_strndup (self->path->str, MIN (self->path->len, DEEPEST));

  self->block = baleen_block_new (kind, path);
  self->block->marker = g_steal_pointer (&self->marker);
  self->block->task = self->task;
  self->block->is_tight = is_tight (self);
  self->task = BALEEN_TASK_NONE;
  self->rich = self->block->rich;
  g_ptr_array_add (self->blocks, self->block);
  return self->block;
}

static void
end_block (Parser *self)
{
  BaleenBlock *block = g_steal_pointer (&self->block);

  self->rich = NULL;
  self->style = 0;
  memset (self->n_style, 0, sizeof self->n_style);
  g_ptr_array_set_size (self->targets, 0);
  if (block == NULL)
    return;
  if (block->kind == BALEEN_BLOCK_TEXT || block->kind == BALEEN_BLOCK_HEADING)
    baleen_rich_text_trim_end (block->rich);
  if (block->kind == BALEEN_BLOCK_TEXT)
    baleen_blocks_part_last (self->blocks);
}

/* ---- lists and quotes ----------------------------------------------------------------- */

static void
enter_list (Parser  *self,
            gboolean is_ordered,
            gboolean is_tight,
            guint    number,
            char     delimiter)
{
  const List list = { is_ordered, is_tight, number, delimiter };

  end_block (self);
  /* An item that begins with a list of its own still has its marker. */
  if (self->marker != NULL)
    {
      begin_block (self, BALEEN_BLOCK_TEXT);
      end_block (self);
    }
  g_array_append_val (self->lists, list);
}

static void
enter_item (Parser                   *self,
            const MD_BLOCK_LI_DETAIL *detail)
{
  List *list = &g_array_index (self->lists, List, self->lists->len - 1);

  end_block (self);
  g_string_append_c (self->path, '-');
  g_free (self->marker);
  self->marker = list->is_ordered ? g_strdup_printf ("%u%c", list->number++, list->delimiter)
                                  : g_strdup ("-");
  self->task = !detail->is_task             ? BALEEN_TASK_NONE
               : detail->task_mark == ' ' ? BALEEN_TASK_OPEN
                                            : BALEEN_TASK_DONE;
}

static void
leave_item (Parser *self)
{
  end_block (self);
  if (self->marker != NULL)
    {
      begin_block (self, BALEEN_BLOCK_TEXT);
      end_block (self);
    }
  g_string_truncate (self->path, self->path->len - 1);
}

/* ---- code and tables ------------------------------------------------------------------ */

static void
enter_code (Parser                     *self,
            const MD_BLOCK_CODE_DETAIL *detail)
{
  BaleenBlock *block = begin_block (self, BALEEN_BLOCK_CODE);

  if (detail->lang.size > 0)
    block->language = baleen_formulas_put_back (self->formulas, detail->lang.text,
                                                detail->lang.size);
}

static void
leave_code (Parser *self)
{
  GString *text = self->block->rich->text;

  if (text->len > 0 && text->str[text->len - 1] == '\n')
    g_string_truncate (text, text->len - 1);
  end_block (self);
}

static void
enter_cell (Parser                   *self,
            const MD_BLOCK_TD_DETAIL *detail)
{
  static const BaleenAlign alignments[] = {
    [MD_ALIGN_DEFAULT] = BALEEN_ALIGN_DEFAULT,
    [MD_ALIGN_LEFT] = BALEEN_ALIGN_START,
    [MD_ALIGN_CENTER] = BALEEN_ALIGN_CENTER,
    [MD_ALIGN_RIGHT] = BALEEN_ALIGN_END,
  };
  BaleenBlock *block = self->block;

  if (block->alignments->len < block->n_columns)
    g_array_append_val (block->alignments, alignments[detail->align]);
  self->rich = baleen_rich_text_new ();
  g_ptr_array_add (block->cells, self->rich);
}

static void
enter_table (Parser                      *self,
             const MD_BLOCK_TABLE_DETAIL *detail)
{
  BaleenBlock *block = begin_block (self, BALEEN_BLOCK_TABLE);

  block->n_columns = detail->col_count;
  block->alignments = g_array_new (FALSE, TRUE, sizeof (BaleenAlign));
  block->cells = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_rich_text_free);
}

static int
enter_block_cb (MD_BLOCKTYPE type,
                void        *detail,
                void        *user_data)
{
  Parser *self = user_data;
  const MD_BLOCK_UL_DETAIL *bullets = detail;
  const MD_BLOCK_OL_DETAIL *numbers = detail;

  flush_words (self);
  switch (type)
    {
    case MD_BLOCK_QUOTE:
      end_block (self);
      g_string_append_c (self->path, '>');
      break;
    case MD_BLOCK_UL:
      enter_list (self, FALSE, bullets->is_tight, 0, 0);
      break;
    case MD_BLOCK_OL:
      enter_list (self, TRUE, numbers->is_tight, numbers->start, numbers->mark_delimiter);
      break;
    case MD_BLOCK_LI:
      enter_item (self, detail);
      break;
    case MD_BLOCK_HR:
      end_block (self);
      begin_block (self, BALEEN_BLOCK_RULE);
      end_block (self);
      break;
    case MD_BLOCK_H:
      end_block (self);
      begin_block (self, BALEEN_BLOCK_HEADING)->level = ((MD_BLOCK_H_DETAIL *) detail)->level;
      break;
    case MD_BLOCK_CODE:
      end_block (self);
      enter_code (self, detail);
      break;
    case MD_BLOCK_TABLE:
      end_block (self);
      enter_table (self, detail);
      break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
      enter_cell (self, detail);
      break;
    case MD_BLOCK_P:
      end_block (self);
      begin_block (self, BALEEN_BLOCK_TEXT);
      break;
    default:
      break;
    }
  return 0;
}

static int
leave_block_cb (MD_BLOCKTYPE type,
                void        *detail,
                void        *user_data)
{
  Parser *self = user_data;

  flush_words (self);
  switch (type)
    {
    case MD_BLOCK_QUOTE:
      end_block (self);
      g_string_truncate (self->path, self->path->len - 1);
      break;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
      end_block (self);
      g_array_set_size (self->lists, self->lists->len - 1);
      break;
    case MD_BLOCK_LI:
      leave_item (self);
      break;
    case MD_BLOCK_CODE:
      leave_code (self);
      break;
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
      self->rich = NULL;
      break;
    case MD_BLOCK_H:
    case MD_BLOCK_P:
    case MD_BLOCK_TABLE:
      end_block (self);
      break;
    default:
      break;
    }
  return 0;
}

/* ---- words ---------------------------------------------------------------------------- */

static int
style_index (MD_SPANTYPE type)
{
  return type == MD_SPAN_STRONG ? 0 : type == MD_SPAN_EM ? 1 : type == MD_SPAN_DEL ? 2 : -1;
}

static void
count_style (Parser     *self,
             MD_SPANTYPE type,
             int         change)
{
  static const BaleenSpanStyle styles[] = { BALEEN_SPAN_STRONG, BALEEN_SPAN_EMPHASIS,
                                            BALEEN_SPAN_STRUCK };
  const int i = style_index (type);

  if (i < 0)
    return;
  if (change > 0 || self->n_style[i] > 0)
    self->n_style[i] += change;
  if (self->n_style[i] > 0)
    self->style |= styles[i];
  else
    self->style &= ~styles[i];
}

/* In a tight list the words of an item come without a paragraph around them. */
static void
need_rich (Parser *self)
{
  if (self->rich == NULL)
    begin_block (self, BALEEN_BLOCK_TEXT);
}

static void
enter_link (Parser             *self,
            const MD_ATTRIBUTE *address)
{
  /* md4c has no text at all for an address that is empty. */
  const char *text = address->text != NULL ? address->text : "";
  g_autofree char *target = baleen_formulas_put_back (self->formulas, text, address->size);
  g_autofree char *plain = baleen_markdown_decode_entities (target);

  g_ptr_array_add (self->targets,
                   baleen_markdown_is_link (plain) ? g_steal_pointer (&plain) : NULL);
}

static int
enter_span_cb (MD_SPANTYPE type,
               void       *detail,
               void       *user_data)
{
  Parser *self = user_data;

  flush_words (self);
  need_rich (self);
  if (type == MD_SPAN_A)
    enter_link (self, &((MD_SPAN_A_DETAIL *) detail)->href);
  else if (type == MD_SPAN_IMG)
    enter_link (self, &((MD_SPAN_IMG_DETAIL *) detail)->src);
  else if (type == MD_SPAN_CODE)
    self->style |= BALEEN_SPAN_CODE;
  count_style (self, type, 1);
  return 0;
}

static int
leave_span_cb (MD_SPANTYPE type,
               void       *detail,
               void       *user_data)
{
  Parser *self = user_data;

  flush_words (self);
  /* In `![x](a[)[1] b](z)` md4c tells the end of a link whose beginning lies in the address
   * of the picture and is never told. */
  if (type == MD_SPAN_A || type == MD_SPAN_IMG)
    {
      if (self->targets->len > 0)
        g_ptr_array_set_size (self->targets, self->targets->len - 1);
    }
  else if (type == MD_SPAN_CODE)
    self->style &= ~BALEEN_SPAN_CODE;
  count_style (self, type, -1);
  return 0;
}

static const char *
get_target (Parser *self)
{
  for (guint i = self->targets->len; i > 0; i--)
    if (self->targets->pdata[i - 1] != NULL)
      return self->targets->pdata[i - 1];
  return NULL;
}

static void
add_words (Parser     *self,
           const char *text,
           gsize       length)
{
  const char *target = get_target (self);

  baleen_rich_text_append (self->rich, text, length,
                           self->style | (target != NULL ? BALEEN_SPAN_LINK : 0), 0, target);
}

static void
add_formula (Parser              *self,
             const BaleenFormula *formula)
{
  g_autofree char *text = baleen_formula_to_text (formula->latex);
  const gboolean is_display = formula->is_display && self->block != NULL
                              && self->block->kind == BALEEN_BLOCK_TEXT && self->targets->len == 0;

  baleen_rich_text_append (self->rich, text != NULL ? text : formula->latex, -1,
                           BALEEN_SPAN_MATHS | (text == NULL ? BALEEN_SPAN_CODE : 0), is_display,
                           formula->latex);
}

/* “[3]”, “[citation:3]”: its number, and the length of it; 0 when it is none. */
static gsize
read_citation (const char *p,
               const char *end,
               int        *number)
{
  const char *start = p + 1;
  const char *digits;
  guint value = 0;

  if (end - p > 10 && g_ascii_strncasecmp (start, "citation:", 9) == 0)
    start += 9;
  for (digits = start; digits < end && digits - start < 4 && g_ascii_isdigit (*digits); digits++)
    value = value * 10 + (*digits - '0');
  if (digits == start || value == 0 || digits == end || *digits != ']')
    return 0;

  *number = value;
  return digits + 1 - p;
}

static gsize
read_break (const char *p,
            const char *end)
{
  static const char *const breaks[] = { "<br>", "<br/>", "<br />" };

  for (guint i = 0; i < G_N_ELEMENTS (breaks); i++)
    {
      const gsize n = strlen (breaks[i]);

      if ((gsize) (end - p) >= n && g_ascii_strncasecmp (p, breaks[i], n) == 0)
        return n;
    }
  return 0;
}

/* Words between Markdown's own marks may hold formulas, citations and line breaks. */
static void
add_text (Parser     *self,
          const char *text,
          gsize       length)
{
  const char *end = text + length;
  const char *from = text;

  for (const char *p = text; p < end;)
    {
      const char *after = NULL;
      const BaleenFormula *formula = baleen_formulas_at (self->formulas, p, end, &after);
      gsize n_break = *p == '<' ? read_break (p, end) : 0;
      int number = 0;
      gsize n_citation = *p == '[' && self->targets->len == 0 ? read_citation (p, end, &number)
                                                              : 0;

      if (formula == NULL && n_break == 0 && n_citation == 0)
        {
          p++;
          continue;
        }
      add_words (self, from, p - from);
      if (formula != NULL)
        add_formula (self, formula);
      else if (n_break > 0)
        add_words (self, self->block->kind == BALEEN_BLOCK_HEADING ? " " : "\n", 1);
      else
        baleen_rich_text_append (self->rich, p, n_citation, self->style | BALEEN_SPAN_CITATION,
                                 number, NULL);
      from = p = formula != NULL ? after : p + n_break + n_citation;
    }
  add_words (self, from, end - from);
}

static void
flush_words (Parser *self)
{
  if (self->words->len == 0)
    return;
  need_rich (self);
  add_text (self, self->words->str, self->words->len);
  g_string_truncate (self->words, 0);
}

static int
text_cb (MD_TEXTTYPE    type,
         const MD_CHAR *text,
         MD_SIZE        size,
         void          *user_data)
{
  Parser *self = user_data;
  g_autofree char *copy = NULL;
  g_autofree char *plain = NULL;

  if (type == MD_TEXT_NORMAL)
    {
      g_string_append_len (self->words, text, size);
      return 0;
    }
  flush_words (self);
  need_rich (self);
  switch (type)
    {
    case MD_TEXT_NULLCHAR:
      add_words (self, "\357\277\275", 3);
      break;
    case MD_TEXT_BR:
    case MD_TEXT_SOFTBR:
      /* Whoever writes for a chat means the lines that he makes. */
      add_words (self, self->block->kind == BALEEN_BLOCK_TEXT ? "\n" : " ", 1);
      break;
    case MD_TEXT_ENTITY:
      copy = g_strndup (text, size);
      plain = baleen_markdown_decode_entities (copy);
      add_words (self, plain, strlen (plain));
      break;
    case MD_TEXT_CODE:
      copy = baleen_formulas_put_back (self->formulas, text, size);
      if (self->block->kind == BALEEN_BLOCK_CODE)
        g_string_append (self->rich->text, copy);
      else
        add_words (self, copy, strlen (copy));
      break;
    default:
      add_words (self, text, size);
      break;
    }
  return 0;
}

/* ---- entry ---------------------------------------------------------------------------- */

GPtrArray *
baleen_markdown_parse (const char *text,
                       const char *definitions,
                       gboolean    is_growing)
{
  g_autoptr (GArray) formulas = baleen_formulas_new ();
  g_autofree char *taken = baleen_formulas_take (text, is_growing, formulas);
  g_autofree char *source = definitions != NULL && *definitions != '\0'
                                ? g_strconcat (definitions, "\n\n", taken, NULL)
                                : g_steal_pointer (&taken);
  g_autoptr (GString) path = g_string_new (NULL);
  g_autoptr (GArray) lists = g_array_new (FALSE, FALSE, sizeof (List));
  g_autoptr (GPtrArray) targets = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) words = g_string_new (NULL);
  Parser parser = {
    .blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_block_free),
    .formulas = formulas,
    .path = path,
    .lists = lists,
    .targets = targets,
    .words = words,
  };
  const MD_PARSER callbacks = {
    .flags = FLAGS,
    .enter_block = enter_block_cb,
    .leave_block = leave_block_cb,
    .enter_span = enter_span_cb,
    .leave_span = leave_span_cb,
    .text = text_cb,
  };

  md_parse (source, strlen (source), &callbacks, &parser);
  flush_words (&parser);
  end_block (&parser);
  g_free (parser.marker);
  return parser.blocks;
}

GPtrArray *
baleen_markdown_parse_all (const char *text)
{
  return baleen_markdown_parse (text, NULL, FALSE);
}

gboolean
baleen_markdown_is_link (const char *address)
{
  static const char *const beginnings[] = { "http://", "https://", "mailto:" };

  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (g_ascii_strncasecmp (address, beginnings[i], strlen (beginnings[i])) == 0)
      return address[strlen (beginnings[i])] != '\0';
  return FALSE;
}

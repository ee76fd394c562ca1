/* Filters that lay text out. */
#include <glib/gi18n-lib.h>

#include "jinja-evaluate.h"
#include "jinja-print.h"
#include "jinja-text.h"

static JinjaString *
need_string (JinjaContext *context,
             JinjaValue    self,
             const char   *filter)
{
  if (self.type == JINJA_UNDEFINED)
    jinja_fail (context->run, _("“%s” is undefined, so “%s” cannot be computed."),
                self.name != NULL ? self.name : "…", filter);
  if (self.type != JINJA_STRING)
    jinja_fail (context->run, _("“%s” takes a string, not %s."), filter, jinja_type_name (self));
  return self.string;
}

static const JinjaString *
indentation (JinjaContext *context,
             JinjaValue    width)
{
  static const JinjaString space = JINJA_ASCII (" ");

  if (width.type == JINJA_STRING)
    return width.string;
  return jinja_string_repeat (context->run, &space,
                              jinja_argument_integer (context, width, "width", 4));
}

static JinjaValue
filter_indent (JinjaContext         *context,
               JinjaValue            self,
               const JinjaValue     *bound,
               const JinjaArguments *arguments)
{
  static const JinjaString newline = JINJA_ASCII ("\n");
  JinjaRun *run = context->run;
  JinjaString *string = need_string (context, self, "indent");
  const JinjaString *indent = indentation (context, bound[0]);
  gboolean first = jinja_argument_truth (context, bound[1], FALSE);
  gboolean blank = jinja_argument_truth (context, bound[2], FALSE);
  JinjaBuffer *buffer = jinja_buffer_new (run);
  JinjaList *lines;

  /* A newline at the end of the text begins one more, empty, line. */
  lines = jinja_text_lines (run, jinja_string_join (run, string, &newline), FALSE);
  for (gsize i = 0; i < lines->n_items; i++)
    {
      JinjaString *line = lines->items[i].string;

      if (i > 0)
        jinja_buffer_add_text (run, buffer, "\n");
      if (i == 0 ? first : line->length > 0 || blank)
        jinja_buffer_add_string (run, buffer, indent);
      jinja_buffer_add_string (run, buffer, line);
    }
  return jinja_string (jinja_buffer_to_string (run, buffer));
}

static JinjaValue
filter_center (JinjaContext         *context,
               JinjaValue            self,
               const JinjaValue     *bound,
               const JinjaArguments *arguments)
{
  gint64 width = jinja_argument_integer (context, bound[0], "width", 80);

  return jinja_string (jinja_text_pad (context->run, jinja_to_string (context->run, self), width,
                                       NULL, TRUE, TRUE));
}

static JinjaValue
filter_truncate (JinjaContext         *context,
                 JinjaValue            self,
                 const JinjaValue     *bound,
                 const JinjaArguments *arguments)
{
  static const JinjaString space = JINJA_ASCII (" ");
  JinjaRun *run = context->run;
  JinjaString *string = need_string (context, self, "truncate");
  gint64 length = jinja_argument_integer (context, bound[0], "length", 255);
  gboolean cuts_words = jinja_argument_truth (context, bound[1], FALSE);
  JinjaString *end = jinja_argument_string (context, bound[2], "end");
  gint64 leeway = bound[3].type == JINJA_NONE
                    ? 5
                    : jinja_argument_integer (context, bound[3], "leeway", 5);
  JinjaString *cut;

  if (end == NULL)
    end = jinja_string_from_text (run, "...");
  if (length < (gint64) jinja_string_count (run, end) || leeway < 0)
    jinja_fail (run, _("“truncate” is given a length or leeway that is too small."));
  if ((gint64) jinja_string_count (run, string) - leeway <= length)
    return self;
  cut = jinja_string_cut (run, string, 0,
                          jinja_string_offset (run, string,
                                               length - jinja_string_count (run, end)));
  if (!cuts_words)
    cut = jinja_text_split (run, cut, &space, 1, TRUE)->items[0].string;
  return jinja_string (jinja_string_join (run, cut, end));
}

typedef struct
{
  JinjaContext *context;
  JinjaBuffer *buffer;
  const JinjaString *line_break;
  gint64 width;
  gboolean breaks_words;
  gint64 column; /* characters on the line so far */
  gboolean has_lines;
} Wrapper;

static void
begin_wrapped_line (Wrapper *wrapper)
{
  if (wrapper->has_lines)
    jinja_buffer_add_string (wrapper->context->run, wrapper->buffer, wrapper->line_break);
  wrapper->has_lines = TRUE;
  wrapper->column = 0;
}

/* One word after the `gap` of white space before it. */
static void
add_wrapped_word (Wrapper     *wrapper,
                  JinjaString *gap,
                  JinjaString *word,
                  gboolean     is_first)
{
  JinjaRun *run = wrapper->context->run;
  gint64 n_gap = jinja_string_count (run, gap), n_word = jinja_string_count (run, word);

  if (is_first || wrapper->column + n_gap + n_word <= wrapper->width)
    {
      jinja_buffer_add_string (run, wrapper->buffer, gap);
      wrapper->column += n_gap;
    }
  else
    begin_wrapped_line (wrapper);
  while (wrapper->breaks_words && n_word > wrapper->width - wrapper->column)
    {
      gint64 room = MAX (1, wrapper->width - wrapper->column);
      gsize at = jinja_string_offset (run, word, room);

      jinja_buffer_add_cut (run, wrapper->buffer, word, 0, at);
      word = jinja_string_cut (run, word, at, word->length - at);
      n_word -= room;
      begin_wrapped_line (wrapper);
    }
  jinja_buffer_add_string (run, wrapper->buffer, word);
  wrapper->column += n_word;
}

static void
wrap_line (Wrapper     *wrapper,
           JinjaString *line)
{
  JinjaRun *run = wrapper->context->run;
  gsize at = 0, next;
  gboolean is_first = TRUE;

  begin_wrapped_line (wrapper);
  line = jinja_string_strip (run, line, NULL, FALSE, TRUE);
  while (at < line->length)
    {
      gsize gap = at, word;

      for (; at < line->length && jinja_is_space (jinja_string_get_char (line, at, &next));)
        at = next;
      word = at;
      for (; at < line->length && !jinja_is_space (jinja_string_get_char (line, at, &next));)
        at = next;
      jinja_work_bytes (run, 4 * (at - gap));
      add_wrapped_word (wrapper, jinja_string_cut (run, line, gap, word - gap),
                        jinja_string_cut (run, line, word, at - word), is_first);
      is_first = FALSE;
    }
}

/* Words are kept whole at hyphens. */
static JinjaValue
filter_wordwrap (JinjaContext         *context,
                 JinjaValue            self,
                 const JinjaValue     *bound,
                 const JinjaArguments *arguments)
{
  static const JinjaString newline = JINJA_ASCII ("\n");
  JinjaRun *run = context->run;
  JinjaList *lines = jinja_text_lines (run, need_string (context, self, "wordwrap"), FALSE);
  const JinjaString *line_break = jinja_argument_string (context, bound[2], "wrapstring");
  Wrapper wrapper = {
    .context = context,
    .buffer = jinja_buffer_new (run),
    .line_break = line_break != NULL ? line_break : &newline,
    .width = jinja_argument_integer (context, bound[0], "width", 79),
    .breaks_words = jinja_argument_truth (context, bound[1], TRUE),
  };

  if (wrapper.width <= 0)
    jinja_fail (run, _("the argument “%s” must be larger than zero."), "width");
  for (gsize i = 0; i < lines->n_items; i++)
    wrap_line (&wrapper, lines->items[i].string);
  return jinja_string (jinja_buffer_to_string (run, wrapper.buffer));
}

const JinjaBuiltin jinja_layout_filters[] = {
  { "indent", "width? first? blank?", filter_indent },
  { "center", "width?", filter_center },
  { "truncate", "length? killwords? end? leeway?", filter_truncate },
  { "wordwrap", "width? break_long_words? wrapstring? break_on_hyphens?", filter_wordwrap },
  { NULL },
};

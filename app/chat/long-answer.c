#include "long-answer.h"

#include <string.h>

#include "text-language.h"

/* The model's to read, so in the language of the question: English, then Chinese. */
static const char *const outline_words[] = {
  "%s\n\n---\nThis needs a long answer. Do not write it yet. First write its outline: a numbered "
  "list of 3 to 10 sections in their order, each one line that says what it is about. Write only "
  "the list.",
  "%s\n\n---\n这需要很长的回答，先不要写正文。请先列出提纲：用编号列表依次写出 3 到 10 个小节，每节一行，"
  "说明其内容。只写列表。",
};
static const char *const section_words[] = {
  "%s\n\n---\nThe answer is written section by section. Its outline:\n%s\n%sNow write section %s "
  "in full, without its heading and without repeating what stands in other sections.",
  "%s\n\n---\n回答将分节撰写，提纲如下：\n%s\n%s现在请完整撰写第 %s 节的正文，不要写标题，也不要重复其他小节的内容。",
};
static const char *const before_words[] = {
  "\nWhat stands before it ends like this:\n%s\n\n",
  "\n前文的结尾如下：\n%s\n\n",
};

/* Of the context, in bytes a token: what of the text before goes along. */
#define BEFORE_SHARE 4
#define BYTES_A_TOKEN 3

static BaleenTurn *
last_turn (BaleenRequest *request)
{
  return request->turns->pdata[request->turns->len - 1];
}

/* Each %s of the pattern in turn; what is inserted is not looked at again. */
static char *
insert (const char        *pattern,
        const char *const *values)
{
  g_auto (GStrv) parts = g_strsplit (pattern, "%s", -1);
  GString *text = g_string_new (parts[0]);

  for (guint i = 1; parts[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", values[i - 1], parts[i]);
  return g_string_free (text, FALSE);
}

static void
save_outline (BaleenMessage       *message,
              const BaleenOutline *outline)
{
  g_autofree char *json = baleen_outline_to_json (outline);

  baleen_message_set_part (message, BALEEN_PART_OUTLINE, json);
}

static BaleenOutline *
get_outline (BaleenMessage *message)
{
  return baleen_outline_from_json (baleen_message_get_part (message, BALEEN_PART_OUTLINE));
}

/* ---- the outline ---------------------------------------------------------------------- */

void
baleen_long_answer_ask_outline (BaleenRequest *request)
{
  BaleenTurn *last = last_turn (request);
  g_autofree char *question = last->text;

  last->text = insert (outline_words[baleen_text_is_chinese (question)],
                       (const char *const[]) { question });
  request->think = BALEEN_THINK_OFF;
}

gboolean
baleen_long_answer_take_outline (BaleenMessage *message)
{
  g_autoptr (BaleenOutline) outline
      = baleen_outline_parse_list (baleen_message_get_text (message));

  if (outline->sections->len < 2)
    {
      baleen_message_set_part (message, BALEEN_PART_OUTLINE, NULL);
      return FALSE;
    }
  save_outline (message, outline);
  baleen_message_set_text (message, "", NULL);
  return TRUE;
}

/* ---- a section ------------------------------------------------------------------------ */

static void
shift_starts (BaleenOutline *outline,
              guint          after,
              gssize         distance)
{
  for (guint i = after + 1; i < outline->sections->len; i++)
    if (baleen_outline_is_begun (outline, i))
      ((BaleenSection *) outline->sections->pdata[i])->start += distance;
}

/* Behind the nearest section before it that is there. */
static gsize
find_place (const BaleenOutline *outline,
            guint                section,
            gsize                length)
{
  for (guint i = section; i-- > 0;)
    if (baleen_outline_is_begun (outline, i))
      return baleen_outline_get_end (outline, i, length);
  for (guint i = section + 1; i < outline->sections->len; i++)
    if (baleen_outline_is_begun (outline, i))
      return MIN (((BaleenSection *) outline->sections->pdata[i])->start, length);
  return length;
}

/* What was put aside comes back behind the section, and the starts in it move along. */
static void
settle_section (BaleenMessage     *message,
                BaleenOutline     *outline,
                guint              section,
                BaleenSectionState state)
{
  g_autofree char *text = g_strchomp (g_strdup (baleen_message_get_text (message)));
  g_autofree char *whole = NULL;
  guint next = section + 1;

  ((BaleenSection *) outline->sections->pdata[section])->state = state;
  whole = outline->tail != NULL && *outline->tail != '\0'
              ? g_strconcat (text, "\n\n", outline->tail, NULL)
              : g_strdup (text);
  /* The tail begins with the heading of the next one that is there. */
  while (next < outline->sections->len && !baleen_outline_is_begun (outline, next))
    next++;
  if (next < outline->sections->len)
    shift_starts (outline, section,
                  (gssize) (strlen (text) + 2)
                      - (gssize) ((BaleenSection *) outline->sections->pdata[next])->start);
  g_clear_pointer (&outline->tail, g_free);
  save_outline (message, outline);
  baleen_message_set_text (message, whole, baleen_message_get_thought (message));
}

/* The program ended while it was written. */
static void
settle_interrupted (BaleenMessage *message,
                    BaleenOutline *outline)
{
  for (guint i = 0; i < outline->sections->len; i++)
    if (((BaleenSection *) outline->sections->pdata[i])->state == BALEEN_SECTION_WRITING)
      settle_section (message, outline, i, BALEEN_SECTION_STOPPED);
}

/* A point may be a whole question; its number makes it easier to speak of. */
static char *
make_heading (const BaleenOutline *outline,
              guint                section)
{
  const char *title = ((BaleenSection *) outline->sections->pdata[section])->title;

  return outline->is_points ? g_strdup_printf ("## %u. %s\n\n", section + 1, title)
                            : g_strconcat ("## ", title, "\n\n", NULL);
}

void
baleen_long_answer_begin_section (BaleenMessage *message,
                                  guint          section,
                                  gboolean       resume)
{
  g_autoptr (BaleenOutline) outline = get_outline (message);
  BaleenSection *this = outline->sections->pdata[section];
  g_autofree char *heading = make_heading (outline, section);
  g_autofree char *begun = NULL;
  g_autofree char *whole = NULL;
  gboolean is_begun, goes_on;
  gsize length, start, end;
  const char *text;

  settle_interrupted (message, outline);
  text = baleen_message_get_text (message);
  length = strlen (text);
  is_begun = baleen_outline_is_begun (outline, section);
  goes_on = resume && this->state == BALEEN_SECTION_STOPPED;
  start = is_begun ? MIN (this->start, length) : find_place (outline, section, length);
  end = is_begun ? baleen_outline_get_end (outline, section, length) : start;
  begun = g_strchomp (g_strndup (text, goes_on ? end : start));
  whole = goes_on         ? g_strdup (begun)
          : *begun == '\0' ? g_strdup (heading)
                           : g_strconcat (begun, "\n\n", heading, NULL);
  g_free (outline->tail);
  outline->tail = g_strdup (text + end);
  this->start = goes_on ? start : strlen (whole) - strlen (heading);
  this->state = BALEEN_SECTION_WRITING;
  save_outline (message, outline);
  baleen_message_set_text (message, whole, baleen_message_get_thought (message));
}

static char *
list_titles (const BaleenOutline *outline)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < outline->sections->len; i++)
    g_string_append_printf (list, "%u. %s\n", i + 1,
                            ((BaleenSection *) outline->sections->pdata[i])->title);
  return g_string_free (list, FALSE);
}

/* The last whole paragraphs that fit; the model need not know all to go on in the same voice. */
static char *
get_before (const char *text,
            gsize       length,
            gsize       n_bytes)
{
  const char *start = text;
  const char *cut;

  if (length > n_bytes)
    {
      start = g_utf8_find_next_char (text + length - n_bytes - 1, NULL);
      cut = g_strstr_len (start, text + length - start, "\n\n");
      if (cut != NULL)
        start = cut + 2;
    }
  return g_strndup (start, text + length - start);
}

/* ---- a point ----------------------------------------------------------------------------- */

/* What stands in the text of a section, without its heading. */
static char *
dup_section_text (const BaleenOutline *outline,
                  guint                section,
                  const char          *text)
{
  const gsize length = strlen (text);
  const gsize start = MIN (((BaleenSection *) outline->sections->pdata[section])->start, length);
  const gsize end = baleen_outline_get_end (outline, section, length);
  g_autofree char *heading = make_heading (outline, section);
  g_autofree char *whole = g_strndup (text + start, MAX (end, start) - start);

  return g_strstrip (g_strdup (whole + (g_str_has_prefix (whole, heading) ? strlen (heading) : 0)));
}

/* How many of the points before it fit into half the context, the nearest first. */
static guint
find_first_point (const BaleenOutline *outline,
                  guint                section,
                  const char          *text,
                  gsize                n_context)
{
  gsize n_bytes = n_context / 2 * BYTES_A_TOKEN;
  guint first = section;

  for (guint i = section; i-- > 0; first = i)
    {
      g_autofree char *answer = dup_section_text (outline, i, text);

      if (!baleen_outline_is_begun (outline, i))
        continue;
      if (strlen (answer) > n_bytes)
        break;
      n_bytes -= strlen (answer);
    }
  return first;
}

/* The question itself stands at the end of its turn, behind the files that go with it. */
static char *
take_question (BaleenTurn *last,
               const char *question)
{
  g_autofree char *text = g_steal_pointer (&last->text);
  const gsize length = g_str_has_suffix (text, question) ? strlen (text) - strlen (question) : 0;

  return g_strndup (text, length);
}

/* The points before it and their answers are turns of the conversation, so that a point may
 * speak of what was said, and the model reads only what is new. */
static void
ask_point (BaleenRequest       *request,
           const BaleenOutline *outline,
           const char          *question,
           const char          *text,
           guint                section,
           gsize                n_context)
{
  BaleenTurn *last = last_turn (request);
  g_autofree char *files = take_question (last, question);
  const gboolean has_opening = outline->opening != NULL && *outline->opening != '\0';
  const guint first = find_first_point (outline, section, text, n_context);

  for (guint i = first; i <= section; i++)
    {
      const char *point = ((BaleenSection *) outline->sections->pdata[i])->title;
      g_autofree char *asked = has_opening && i == first
                                   ? g_strconcat (outline->opening, "\n\n", point, NULL)
                                   : g_strdup (point);

      if (i == first)
        last->text = g_strconcat (files, asked, NULL);
      else if (i == section || baleen_outline_is_begun (outline, i))
        baleen_request_add (request, BALEEN_ROLE_USER, asked, NULL);
      if (i < section && (i == first || baleen_outline_is_begun (outline, i)))
        {
          g_autofree char *answer = dup_section_text (outline, i, text);

          baleen_request_add (request, BALEEN_ROLE_ASSISTANT, answer, NULL);
        }
    }
}

static void
ask_section (BaleenRequest       *request,
             const BaleenOutline *outline,
             const char          *text,
             guint                section,
             gsize                n_context)
{
  const BaleenSection *this = outline->sections->pdata[section];
  BaleenTurn *last = last_turn (request);
  g_autofree char *question = last->text;
  const guint language = baleen_text_is_chinese (question);
  g_autofree char *titles = list_titles (outline);
  g_autofree char *end = get_before (text, MIN (this->start, strlen (text)),
                                     n_context / BEFORE_SHARE * BYTES_A_TOKEN);
  g_autofree char *before
      = *end != '\0' ? insert (before_words[language], (const char *const[]) { end })
                     : g_strdup ("");
  g_autofree char *name = g_strdup_printf ("%u (%s)", section + 1, this->title);

  last->text = insert (section_words[language],
                       (const char *const[]) { question, titles, before, name });
}

void
baleen_long_answer_ask_section (BaleenRequest *request,
                                const char    *question,
                                BaleenMessage *message,
                                guint          section,
                                gsize          n_context)
{
  g_autoptr (BaleenOutline) outline = get_outline (message);
  const BaleenSection *this = outline->sections->pdata[section];
  const char *text = baleen_message_get_text (message);
  g_autofree char *heading = make_heading (outline, section);
  const char *written = text + MIN (this->start, strlen (text));

  if (outline->is_points)
    ask_point (request, outline, question, text, section, n_context);
  else
    ask_section (request, outline, text, section, n_context);
  if (strlen (written) > strlen (heading))
    request->begun_text = g_strdup (written + strlen (heading));
  /* A point is a question of its own and is thought about when the user wants that. Of sections
   * the outline was the thinking, and what goes on in mid-sentence is not thought about anew. */
  if (!outline->is_points || request->begun_text != NULL)
    request->think = BALEEN_THINK_OFF;
  else if (request->think == BALEEN_THINK_ON && *baleen_message_get_thought (message) != '\0')
    baleen_message_append (message, "", "\n\n");
}

int
baleen_long_answer_end_section (BaleenMessage *message,
                                guint          section)
{
  g_autoptr (BaleenOutline) outline = get_outline (message);
  const gboolean is_done = baleen_message_get_state (message) == BALEEN_STATE_DONE;

  if (!is_done)
    outline->writes_all = FALSE;
  settle_section (message, outline, section,
                  is_done ? BALEEN_SECTION_DONE : BALEEN_SECTION_STOPPED);
  return is_done && outline->writes_all ? baleen_outline_find_next (outline) : -1;
}

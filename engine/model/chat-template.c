#include "chat-template.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "jinja-json.h"
#include "jinja.h"

/* Longer ones are not names of roles. */
#define MAX_ROLE 32
/* What a message without any text counts for in the limits. */
#define MESSAGE_SIZE 64

void
bln_rendering_clear (BlnRendering *rendering)
{
  g_clear_pointer (&rendering->text, g_free);
  g_clear_pointer (&rendering->is_input, g_free);
  rendering->length = 0;
}

BlnThought
bln_thought_from_prompt (const char *text,
                         gsize       length)
{
  g_autofree char *end = NULL;

  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  end = g_strndup (text + length - MIN (length, 8), MIN (length, 8));
  if (g_str_has_suffix (end, "</think>"))
    return BLN_THOUGHT_NONE;
  return g_str_has_suffix (end, "<think>") ? BLN_THOUGHT_OPEN : BLN_THOUGHT_MAYBE;
}

/* Many templates build a control token from a role: "<|" + role + "|>". A role that is a
 * plain word is a choice of the program, not something that a person wrote, and cannot be
 * markup by itself. */
static void
trust_role (JinjaValue message)
{
  for (gsize i = 0; message.type == JINJA_DICT && i < message.dict->n_entries; i++)
    {
      JinjaEntry *entry = &message.dict->entries[i];
      JinjaString *role = entry->value.string;
      gsize at = 0;

      if (entry->key.type != JINJA_STRING || !jinja_string_is (entry->key.string, "role")
          || entry->value.type != JINJA_STRING || role->length > MAX_ROLE)
        continue;
      while (at < role->length && (g_ascii_islower (role->bytes[at]) || role->bytes[at] == '_'))
        at++;
      if (at == role->length)
        role->is_input = FALSE;
    }
}

/* What the file's own vocabulary says is the template's, not the person's. */
static void
trust_structure (JinjaDict *variables)
{
  for (gsize i = 0; i < variables->n_entries; i++)
    {
      JinjaString *key = variables->entries[i].key.string;
      JinjaValue value = variables->entries[i].value;

      if (value.type == JINJA_STRING && key->length > 6
          && memcmp (key->bytes + key->length - 6, "_token", 6) == 0)
        value.string->is_input = FALSE;
      if (value.type == JINJA_LIST && jinja_string_is (key, "messages"))
        for (gsize j = 0; j < value.list->n_items; j++)
          trust_role (value.list->items[j]);
    }
}

static void
read_json (JinjaRun  *run,
           JinjaDict *variables,
           gpointer   user_data)
{
  const char *json = user_data;
  JinjaValue value;

  if (!g_utf8_validate (json, -1, NULL))
    jinja_fail (run, _("the variables are not UTF-8 text."));
  value = jinja_json_parse (run, json);
  if (value.type != JINJA_DICT)
    jinja_fail (run, _("the variables are not a JSON object."));
  trust_structure (value.dict);
  *variables = *value.dict;
}

gboolean
bln_chat_template_render_json (const char   *source,
                               const char   *variables_json,
                               GDateTime    *now,
                               BlnRendering *rendering,
                               GError      **error)
{
  return jinja_render (source, strlen (variables_json), now, read_json,
                       (gpointer) variables_json, &rendering->text, &rendering->is_input,
                       &rendering->length, error);
}

/* How messages are handed to a template. */
typedef struct
{
  gboolean merges_system; /* what the system says begins what the user says first */
  gboolean has_parts;     /* content is a list with one text in it */
} Manner;

typedef struct
{
  const BlnMessage *messages;
  gsize n_messages;
  BlnThink think;
  const char *bos_token, *eos_token;
  Manner manner;
} Conversation;

/* Written by a person; what is not UTF-8 in it becomes U+FFFD. */
static JinjaValue
input_text (JinjaRun   *run,
            const char *text)
{
  char *valid;
  JinjaString *string;

  if (g_utf8_validate (text, -1, NULL))
    return jinja_string (jinja_string_new (run, text, strlen (text), TRUE));
  valid = g_utf8_make_valid (text, -1);
  if (strlen (valid) >= run->memory_left)
    {
      g_free (valid);
      jinja_fail (run, _("it needs more memory than a template may use."));
    }
  string = jinja_string_from_text (run, valid);
  string->is_input = TRUE;
  g_free (valid);
  return jinja_string (string);
}

static JinjaValue
make_content (JinjaRun         *run,
              const BlnMessage *message,
              const BlnMessage *system, /* (nullable) */
              gboolean          has_parts)
{
  static const JinjaString gap = JINJA_ASCII ("\n\n");
  JinjaValue text = input_text (run, message->content);
  JinjaDict *part;
  JinjaList *parts;

  if (system != NULL)
    {
      JinjaString *before = input_text (run, system->content).string;

      before = jinja_string_join (run, before, &gap);
      text = jinja_string (jinja_string_join (run, before, text.string));
    }
  if (!has_parts)
    return text;
  part = jinja_dict_new (run);
  jinja_dict_set_text (run, part, "type", jinja_text (run, "text"));
  jinja_dict_set_text (run, part, "text", text);
  parts = jinja_list_new (run);
  jinja_list_append (run, parts, jinja_dict (part));
  return jinja_list (parts);
}

static JinjaValue
make_message (JinjaRun         *run,
              const BlnMessage *message,
              const BlnMessage *system, /* (nullable) */
              gboolean          has_parts)
{
  JinjaDict *dict = jinja_dict_new (run);

  jinja_dict_set_text (run, dict, "role", input_text (run, message->role));
  jinja_dict_set_text (run, dict, "content", make_content (run, message, system, has_parts));
  if (message->reasoning != NULL)
    jinja_dict_set_text (run, dict, "reasoning_content", input_text (run, message->reasoning));
  return jinja_dict (dict);
}

/* The variables that published templates are written for: tools and documents are there, and
 * none, where there are none. */
static void
read_messages (JinjaRun  *run,
               JinjaDict *variables,
               gpointer   user_data)
{
  const Conversation *conversation = user_data;
  const BlnMessage *given = conversation->messages;
  Manner manner = conversation->manner;
  JinjaList *messages = jinja_list_new (run);

  for (gsize i = manner.merges_system ? 1 : 0; i < conversation->n_messages; i++)
    jinja_list_append (run, messages,
                       make_message (run, &given[i], manner.merges_system && i == 1 ? given : NULL,
                                     manner.has_parts));
  jinja_dict_set_text (run, variables, "messages", jinja_list (messages));
  jinja_dict_set_text (run, variables, "tools", JINJA_VALUE_NONE);
  jinja_dict_set_text (run, variables, "documents", JINJA_VALUE_NONE);
  jinja_dict_set_text (run, variables, "add_generation_prompt", jinja_boolean (TRUE));
  jinja_dict_set_text (run, variables, "bos_token", input_text (run, conversation->bos_token));
  jinja_dict_set_text (run, variables, "eos_token", input_text (run, conversation->eos_token));
  if (conversation->think != BLN_THINK_MODEL)
    {
      JinjaValue thinks = jinja_boolean (conversation->think == BLN_THINK_ON);

      jinja_dict_set_text (run, variables, "enable_thinking", thinks);
      jinja_dict_set_text (run, variables, "thinking", thinks);
    }
  trust_structure (variables);
}

static gsize
conversation_size (const BlnMessage *messages,
                   gsize             n_messages)
{
  gsize size = 0;

  for (gsize i = 0; i < n_messages; i++)
    {
      size += strlen (messages[i].content) + strlen (messages[i].role) + MESSAGE_SIZE;
      if (messages[i].reasoning != NULL)
        size += strlen (messages[i].reasoning);
    }
  return size;
}

static gboolean
has_system_to_merge (const Conversation *conversation)
{
  return conversation->n_messages > 1
         && g_str_equal (conversation->messages[0].role, "system")
         && g_str_equal (conversation->messages[1].role, "user");
}

/* Whether the prompt has what was said in it, if only a part. */
static gboolean
is_heard (const Conversation *conversation,
          const BlnRendering *rendering)
{
  gboolean is_silent = TRUE;

  for (gsize i = 0; i < conversation->n_messages; i++)
    is_silent = is_silent && conversation->messages[i].content[0] == '\0';
  return is_silent || memchr (rendering->is_input, TRUE, rendering->length) != NULL;
}

gboolean
bln_chat_template_render_messages (const char       *source,
                                   const BlnMessage *messages,
                                   gsize             n_messages,
                                   BlnThink          think,
                                   const char       *bos_token,
                                   const char       *eos_token,
                                   GDateTime        *now,
                                   BlnRendering     *rendering,
                                   GError          **error)
{
  /* Some templates refuse a system message; some know content in parts only, and pass over
   * plain text in silence. */
  static const Manner manners[] = {
    { FALSE, FALSE },
    { TRUE, FALSE },
    { FALSE, TRUE },
    { TRUE, TRUE },
  };
  Conversation conversation = {
    .messages = messages,
    .n_messages = n_messages,
    .think = think,
    .bos_token = bos_token != NULL ? bos_token : "",
    .eos_token = eos_token != NULL ? eos_token : "",
  };
  gsize size = conversation_size (messages, n_messages);
  BlnRendering first = { NULL }, other = { NULL };
  g_autoptr (GError) first_error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (manners); i++)
    {
      g_autoptr (GError) other_error = NULL;
      BlnRendering *into = i == 0 ? &first : &other;

      conversation.manner = manners[i];
      if (manners[i].merges_system && !has_system_to_merge (&conversation))
        continue;
      if (!jinja_render (source, size, now, read_messages, &conversation, &into->text,
                         &into->is_input, &into->length, i == 0 ? &first_error : &other_error))
        continue;
      if (is_heard (&conversation, into))
        {
          if (i > 0)
            bln_rendering_clear (&first);
          *rendering = *into;
          return TRUE;
        }
      bln_rendering_clear (&other);
    }

  if (first_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&first_error));
      return FALSE;
    }
  *rendering = first;
  return TRUE;
}

/* Whether the code between the tags, outside of strings, names `word`. */
static gboolean
names_variable (const char *source,
                const char *word)
{
  gsize length = strlen (word);
  gboolean is_code = FALSE;
  char quote = '\0';

  for (const char *p = source; *p != '\0'; p++)
    {
      gboolean begins = p == source || !(g_ascii_isalnum (p[-1]) || p[-1] == '_');

      if (!is_code)
        is_code = p[0] == '{' && (p[1] == '{' || p[1] == '%');
      else if (quote != '\0')
        {
          if (*p == '\\' && p[1] != '\0')
            p++;
          else if (*p == quote)
            quote = '\0';
        }
      else if (*p == '"' || *p == '\'')
        quote = *p;
      else if (p[1] == '}' && (p[0] == '%' || p[0] == '}'))
        is_code = FALSE;
      else if (begins && strncmp (p, word, length) == 0 && !g_ascii_isalnum (p[length])
               && p[length] != '_')
        return TRUE;
    }
  return FALSE;
}

gboolean
bln_chat_template_knows_thinking (const char *source)
{
  return strstr (source, "<think>") != NULL || strstr (source, "</think>") != NULL
         || names_variable (source, "enable_thinking") || names_variable (source, "thinking");
}

const char *
bln_chat_template_plain (void)
{
  return "{%- for message in messages -%}"
         "{%- if message.role == 'system' -%}{{ message.content + '\\n\\n' }}"
         "{%- elif message.role == 'assistant' -%}{{ 'Assistant: ' + message.content + '\\n\\n' }}"
         "{%- else -%}{{ 'User: ' + message.content + '\\n\\n' }}"
         "{%- endif -%}"
         "{%- endfor -%}"
         "{%- if add_generation_prompt -%}Assistant:{%- endif -%}";
}

#include "asking-ledger.h"

#include "json-parsing.h"
#include "json-reading.h"
#include "json-writing.h"
#include "message-doubts.h"

static BaleenAskingLedger *
ledger_new (char *name)
{
  BaleenAskingLedger *self = g_new0 (BaleenAskingLedger, 1);

  self->name = name;
  self->passages = g_array_new (FALSE, TRUE, sizeof (BaleenPassage));
  return self;
}

BaleenAskingLedger *
baleen_asking_ledger_new (const BaleenSentences *sentences,
                          const GArray          *shown,
                          const char            *name)
{
  BaleenAskingLedger *self = ledger_new (g_strdup (name));
  guint before = G_MAXUINT - 1;

  for (guint i = 0; i < sentences->sentences->len; i++)
    {
      const BaleenSentence *sentence = baleen_sentences_get (sentences, i);

      self->n_letters += sentence->to - sentence->from;
      self->n_pages = MAX (self->n_pages, sentence->page);
    }
  for (guint i = 0; i < shown->len; i++)
    {
      const guint index = g_array_index (shown, guint, i);
      const BaleenSentence *sentence = baleen_sentences_get (sentences, index);
      BaleenPassage *passage;

      if (index != before + 1)
        {
          g_array_set_size (self->passages, self->passages->len + 1);
          g_array_index (self->passages, BaleenPassage, self->passages->len - 1).first_page
              = sentence->page;
        }
      passage = &g_array_index (self->passages, BaleenPassage, self->passages->len - 1);
      passage->last_page = sentence->page;
      passage->n_sentences++;
      passage->n_letters += sentence->to - sentence->from;
      before = index;
    }

  return self;
}

void
baleen_asking_ledger_free (BaleenAskingLedger *self)
{
  g_free (self->name);
  g_array_unref (self->passages);
  g_free (self);
}

void
baleen_asking_ledger_keep (const BaleenAskingLedger *self,
                           BaleenMessage            *message)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *json = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, BALEEN_MEMBER_ASKED);
  json_builder_begin_object (builder);
  baleen_json_add_text (builder, "of", self->name);
  baleen_json_add_whole (builder, "pages", self->n_pages);
  baleen_json_add_whole (builder, "letters", self->n_letters);
  baleen_json_add_whole (builder, "prompt", self->n_prompt);
  baleen_json_add_whole (builder, "answer", self->n_answer);
  baleen_json_add_whole (builder, "budget", self->n_budget);
  json_builder_set_member_name (builder, "passages");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->passages->len; i++)
    {
      const BaleenPassage *passage = &g_array_index (self->passages, BaleenPassage, i);

      json_builder_begin_object (builder);
      baleen_json_add_whole (builder, "first", passage->first_page);
      baleen_json_add_whole (builder, "last", passage->last_page);
      baleen_json_add_whole (builder, "sentences", passage->n_sentences);
      baleen_json_add_whole (builder, "letters", passage->n_letters);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  json = baleen_json_to_text (builder);
  baleen_message_set_part (message, BALEEN_PART_ATTACHMENTS, json);
}

static void
read_passages (BaleenAskingLedger *self,
               JsonArray          *passages)
{
  for (guint i = 0; passages != NULL && i < json_array_get_length (passages); i++)
    {
      JsonObject *object = baleen_json_object (json_array_get_element (passages, i));
      BaleenPassage passage = { 0 };

      if (object == NULL)
        continue;
      passage.first_page = baleen_json_get_whole (object, "first");
      passage.last_page = baleen_json_get_whole (object, "last");
      passage.n_sentences = baleen_json_get_whole (object, "sentences");
      passage.n_letters = baleen_json_get_whole (object, "letters");
      g_array_append_val (self->passages, passage);
    }
}

BaleenAskingLedger *
baleen_asking_ledger_of (BaleenMessage *message)
{
  const char *json = baleen_message_get_role (message) == BALEEN_ROLE_ASSISTANT
                         ? baleen_message_get_part (message, BALEEN_PART_ATTACHMENTS)
                         : NULL;
  g_autoptr (JsonNode) root = json != NULL ? baleen_json_parse (json, -1, NULL) : NULL;
  JsonObject *object = root != NULL ? baleen_json_object (root) : NULL;
  JsonObject *asked = object != NULL ? baleen_json_get_object (object, BALEEN_MEMBER_ASKED) : NULL;
  BaleenAskingLedger *self;

  if (asked == NULL)
    return NULL;
  self = ledger_new (baleen_json_dup_string (asked, "of"));
  self->n_pages = baleen_json_get_whole (asked, "pages");
  self->n_letters = baleen_json_get_whole (asked, "letters");
  self->n_prompt = baleen_json_get_whole (asked, "prompt");
  self->n_answer = baleen_json_get_whole (asked, "answer");
  self->n_budget = baleen_json_get_whole (asked, "budget");
  read_passages (self, baleen_json_get_array (asked, "passages"));
  return self;
}

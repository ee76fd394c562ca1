#include "baleen-titler.h"

/* Enough of what was said to know what it is about. */
#define CHARS_READ 600
#define TITLE_TOKENS 24

struct _BaleenTitler
{
  GObject parent_instance;

  BaleenHistory *history;      /* (owned) */
  BaleenEngineService *engine; /* (owned) */
  GCancellable *cancellable;   /* (owned) of all that is asked for */
  gboolean is_wanted;
};

/* A title on its way. */
typedef struct
{
  BaleenTitler *titler;             /* (owned) */
  BaleenConversation *conversation; /* (owned) */
  char *question;                   /* (owned) */
  char *answer;                     /* (owned) */
} Asking;

G_DEFINE_FINAL_TYPE (BaleenTitler, baleen_titler, G_TYPE_OBJECT)

static void
asking_free (gpointer data)
{
  Asking *asking = data;

  g_object_unref (asking->titler);
  g_object_unref (asking->conversation);
  g_free (asking->question);
  g_free (asking->answer);
  g_free (asking);
}

static void
baleen_titler_dispose (GObject *object)
{
  BaleenTitler *self = BALEEN_TITLER (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->engine);
  g_clear_object (&self->history);
  G_OBJECT_CLASS (baleen_titler_parent_class)->dispose (object);
}

static void
baleen_titler_class_init (BaleenTitlerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baleen_titler_dispose;
}

static void
baleen_titler_init (BaleenTitler *self)
{
  self->cancellable = g_cancellable_new ();
  self->is_wanted = TRUE;
}

/* Between asking and answering the user may have given a title, or deleted all of it. */
static gboolean
may_name (BaleenTitler       *self,
          BaleenConversation *conversation)
{
  return self->is_wanted && self->history != NULL
         && baleen_conversation_get_title_source (conversation) == BALEEN_TITLE_WORDS
         && baleen_history_find (self->history, baleen_conversation_get_id (conversation))
                == conversation;
}

static void
item_cb (guint                   item,
         const BaleenGeneration *generation,
         const GError           *error,
         gpointer                user_data)
{
  Asking *asking = user_data;
  BaleenTitler *self = asking->titler;
  g_autofree char *title = NULL;

  if (generation == NULL || generation->stop != BALEEN_STOP_END
      || !may_name (self, asking->conversation))
    return;
  title = baleen_title_from_reply (generation->answer, asking->question, asking->answer);
  if (title == NULL)
    return;

  baleen_conversation_set_title (asking->conversation, title);
  baleen_conversation_set_title_source (asking->conversation, BALEEN_TITLE_MODEL);
  baleen_history_save (self->history, asking->conversation, NULL, FALSE);
}

/* A title that cannot be made is no loss that anybody need hear of. */
static void
ended_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  baleen_engine_service_run_batch_finish (BALEEN_ENGINE_SERVICE (source), result, NULL);
}

static char *
dup_beginning (const char *text)
{
  return g_utf8_strlen (text, -1) > CHARS_READ ? g_utf8_substring (text, 0, CHARS_READ)
                                               : g_strdup (text);
}

static BaleenRequest *
make_request (const Asking *asking)
{
  BaleenRequest *request = baleen_request_new (BALEEN_THINK_OFF);
  g_autofree char *text = g_strdup_printf (
      "User: %s\n\nAssistant: %s\n\nWrite a title for this conversation: at most six words, in "
      "the language of the user. Reply with the title only.",
      asking->question, asking->answer);

  baleen_request_add (request, BALEEN_ROLE_USER, text, NULL);
  request->max_tokens = TITLE_TOKENS;
  request->temperature = 0;
  request->has_seed = TRUE;
  return request;
}

/* Only the first answer: later a title would change under the reader's eyes. */
static void
answered_cb (BaleenChat         *chat,
             BaleenConversation *conversation,
             BaleenMessage      *answer,
             BaleenTitler       *self)
{
  BaleenMessage *question = baleen_conversation_get_message (
      conversation, baleen_message_get_parent_id (answer));
  g_autoptr (BaleenBatch) batch = NULL;
  Asking *asking;

  if (!may_name (self, conversation) || question == NULL
      || g_list_model_get_n_items (G_LIST_MODEL (conversation)) > 3
      || baleen_message_get_text_length (answer) == 0)
    return;

  asking = g_new (Asking, 1);
  asking->titler = g_object_ref (self);
  asking->conversation = g_object_ref (conversation);
  asking->question = dup_beginning (baleen_message_get_text (question));
  asking->answer = dup_beginning (baleen_message_get_text (answer));
  batch = baleen_batch_new (BALEEN_PRIORITY_TITLE);
  baleen_batch_add (batch, make_request (asking));
  baleen_batch_set_item_func (batch, item_cb, asking, asking_free);
  baleen_engine_service_run_batch_async (self->engine, batch, self->cancellable, ended_cb, NULL);
}

BaleenTitler *
baleen_titler_new (BaleenHistory       *history,
                   BaleenChat          *chat,
                   BaleenEngineService *engine)
{
  BaleenTitler *self = g_object_new (BALEEN_TYPE_TITLER, NULL);

  self->history = g_object_ref (history);
  self->engine = g_object_ref (engine);
  g_signal_connect_object (chat, "answered", G_CALLBACK (answered_cb), self, 0);
  return self;
}

void
baleen_titler_set_is_wanted (BaleenTitler *self,
                             gboolean      is_wanted)
{
  self->is_wanted = is_wanted;
}

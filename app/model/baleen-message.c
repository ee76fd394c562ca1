#include "baleen-message.h"

struct _BaleenMessage
{
  GObject parent_instance;

  gint64 id;
  gint64 parent_id;
  BaleenRole role;
  gint64 created;
  gint64 ended;
  GString *text;    /* (owned) */
  GString *thought; /* (owned) */
  BaleenState state;
  char *problem; /* (owned) (nullable) */
  BaleenRemedy remedy;
  BaleenNumbers numbers;
  char *step;  /* (owned) (nullable) */
  char **queries; /* (owned) (nullable) */
  GPtrArray *steps; /* (owned) of BaleenStep */
  char *model; /* (owned) (nullable) */
  gboolean think;
  GPtrArray *sources; /* (owned) of BaleenSource */
  gboolean is_hidden;
  gboolean search;
  gboolean is_left_out;
  char *parts[BALEEN_N_PARTS]; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BaleenMessage, baleen_message, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STATE,
  PROP_NUMBERS,
  PROP_SOURCES,
  PROP_PARTS,
  PROP_IS_LEFT_OUT,
  PROP_QUERIES,
  PROP_STEPS,
  N_PROPS,
};

enum
{
  GROWN,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

gboolean
baleen_state_is_running (BaleenState state)
{
  return state >= BALEEN_STATE_QUEUED && state <= BALEEN_STATE_ANSWERING;
}

static void
baleen_message_get_property (GObject    *object,
                             guint       property_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  BaleenMessage *self = BALEEN_MESSAGE (object);

  switch (property_id)
    {
    case PROP_STATE:
      g_value_set_int (value, self->state);
      break;
    case PROP_NUMBERS:
      g_value_set_pointer (value, &self->numbers);
      break;
    case PROP_SOURCES:
      g_value_set_boxed (value, self->sources);
      break;
    case PROP_PARTS:
      g_value_set_pointer (value, self->parts);
      break;
    case PROP_QUERIES:
      g_value_set_pointer (value, self->queries);
      break;
    case PROP_STEPS:
      g_value_set_boxed (value, self->steps);
      break;
    case PROP_IS_LEFT_OUT:
      g_value_set_boolean (value, self->is_left_out);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
baleen_message_finalize (GObject *object)
{
  BaleenMessage *self = BALEEN_MESSAGE (object);

  g_string_free (self->text, TRUE);
  g_string_free (self->thought, TRUE);
  g_free (self->problem);
  g_free (self->step);
  g_strfreev (self->queries);
  g_ptr_array_unref (self->steps);
  g_free (self->model);
  g_ptr_array_unref (self->sources);
  for (guint i = 0; i < BALEEN_N_PARTS; i++)
    g_free (self->parts[i]);
  G_OBJECT_CLASS (baleen_message_parent_class)->finalize (object);
}

static void
baleen_message_class_init (BaleenMessageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = baleen_message_get_property;
  object_class->finalize = baleen_message_finalize;

  properties[PROP_STATE] = g_param_spec_int ("state", NULL, NULL, 0, G_MAXINT, 0,
                                             G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_NUMBERS] = g_param_spec_pointer ("numbers", NULL, NULL,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SOURCES] = g_param_spec_boxed ("sources", NULL, NULL, G_TYPE_PTR_ARRAY,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PARTS] = g_param_spec_pointer ("parts", NULL, NULL,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_IS_LEFT_OUT] = g_param_spec_boolean (
      "is-left-out", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_STEPS] = g_param_spec_boxed ("steps", NULL, NULL, G_TYPE_PTR_ARRAY,
                                               G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_QUERIES] = g_param_spec_pointer ("queries", NULL, NULL,
                                                   G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* Text or thoughts became longer, or were replaced. Only lengths need be compared: what
   * was there stays, but for baleen_message_set_text(). */
  signals[GROWN] = g_signal_new ("grown", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
baleen_message_init (BaleenMessage *self)
{
  self->text = g_string_new (NULL);
  self->thought = g_string_new (NULL);
  self->sources = g_ptr_array_new_with_free_func (g_object_unref);
  self->steps = baleen_steps_new ();
  self->created = g_get_real_time ();
}

BaleenMessage *
baleen_message_new (gint64      id,
                    gint64      parent_id,
                    BaleenRole  role,
                    const char *text)
{
  BaleenMessage *self = g_object_new (BALEEN_TYPE_MESSAGE, NULL);

  self->id = id;
  self->parent_id = parent_id;
  self->role = role;
  g_string_assign (self->text, text != NULL ? text : "");
  return self;
}

gint64
baleen_message_get_id (BaleenMessage *self)
{
  return self->id;
}

gint64
baleen_message_get_parent_id (BaleenMessage *self)
{
  return self->parent_id;
}

BaleenRole
baleen_message_get_role (BaleenMessage *self)
{
  return self->role;
}

gint64
baleen_message_get_created (BaleenMessage *self)
{
  return self->created;
}

void
baleen_message_set_created (BaleenMessage *self,
                            gint64         created)
{
  self->created = created;
}

gint64
baleen_message_get_ended (BaleenMessage *self)
{
  return self->ended;
}

void
baleen_message_set_ended (BaleenMessage *self,
                          gint64         ended)
{
  self->ended = ended;
}

const char *
baleen_message_get_text (BaleenMessage *self)
{
  return self->text->str;
}

gsize
baleen_message_get_text_length (BaleenMessage *self)
{
  return self->text->len;
}

const char *
baleen_message_get_thought (BaleenMessage *self)
{
  return self->thought->str;
}

gsize
baleen_message_get_thought_length (BaleenMessage *self)
{
  return self->thought->len;
}

void
baleen_message_set_text (BaleenMessage *self,
                         const char    *text,
                         const char    *thought)
{
  g_string_assign (self->text, text);
  g_string_assign (self->thought, thought != NULL ? thought : "");
  g_signal_emit (self, signals[GROWN], 0);
}

void
baleen_message_append (BaleenMessage *self,
                       const char    *text,
                       const char    *thought)
{
  if (text != NULL)
    g_string_append (self->text, text);
  if (thought != NULL)
    g_string_append (self->thought, thought);
  g_signal_emit (self, signals[GROWN], 0);
}

BaleenState
baleen_message_get_state (BaleenMessage *self)
{
  return self->state;
}

void
baleen_message_set_state (BaleenMessage *self,
                          BaleenState    state)
{
  if (self->state == state)
    return;

  if (baleen_state_is_running (self->state) && !baleen_state_is_running (state))
    self->ended = g_get_real_time ();
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
baleen_message_fail (BaleenMessage *self,
                     const char    *problem,
                     BaleenRemedy   remedy)
{
  g_free (self->problem);
  self->problem = g_strdup (problem);
  self->remedy = remedy;
  baleen_message_set_state (self, BALEEN_STATE_FAILED);
}

const char *
baleen_message_get_problem (BaleenMessage *self)
{
  return self->problem;
}

BaleenRemedy
baleen_message_get_remedy (BaleenMessage *self)
{
  return self->remedy;
}

const BaleenNumbers *
baleen_message_get_numbers (BaleenMessage *self)
{
  return &self->numbers;
}

void
baleen_message_set_numbers (BaleenMessage       *self,
                            const BaleenNumbers *numbers)
{
  self->numbers = *numbers;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NUMBERS]);
}

const char *
baleen_message_get_step (BaleenMessage *self)
{
  return self->step;
}

void
baleen_message_set_step (BaleenMessage *self,
                         const char    *step)
{
  if (g_strcmp0 (self->step, step) == 0)
    return;

  g_free (self->step);
  self->step = g_strdup (step);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NUMBERS]);
}

GPtrArray *
baleen_message_get_steps (BaleenMessage *self)
{
  return self->steps;
}

void
baleen_message_tell_step (BaleenMessage   *self,
                          const char      *subject,
                          const char      *words,
                          const char      *detail,
                          BaleenStepState  state)
{
  baleen_steps_tell (self->steps, subject, words, detail, state);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STEPS]);
}

void
baleen_message_end_steps (BaleenMessage *self)
{
  baleen_steps_end (self->steps);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STEPS]);
}

const char *const *
baleen_message_get_queries (BaleenMessage *self)
{
  return (const char *const *) self->queries;
}

void
baleen_message_set_queries (BaleenMessage     *self,
                            const char *const *queries)
{
  char **old = self->queries;

  self->queries = g_strdupv ((char **) queries);
  g_strfreev (old);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_QUERIES]);
}

const char *
baleen_message_get_model (BaleenMessage *self)
{
  return self->model;
}

void
baleen_message_set_model (BaleenMessage *self,
                          const char    *model)
{
  g_free (self->model);
  self->model = g_strdup (model);
}

GPtrArray *
baleen_message_get_sources (BaleenMessage *self)
{
  return self->sources;
}

void
baleen_message_set_sources (BaleenMessage *self,
                            GPtrArray     *sources)
{
  GPtrArray *old = self->sources;

  self->sources = sources != NULL ? g_ptr_array_ref (sources)
                                  : g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_unref (old);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SOURCES]);
}

gboolean
baleen_message_get_think (BaleenMessage *self)
{
  return self->think;
}

void
baleen_message_set_think (BaleenMessage *self,
                          gboolean       think)
{
  self->think = think;
}

gboolean
baleen_message_get_search (BaleenMessage *self)
{
  return self->search;
}

void
baleen_message_set_search (BaleenMessage *self,
                           gboolean       search)
{
  self->search = search;
}

gboolean
baleen_message_get_is_left_out (BaleenMessage *self)
{
  return self->is_left_out;
}

void
baleen_message_set_is_left_out (BaleenMessage *self,
                                gboolean       is_left_out)
{
  if (self->is_left_out == is_left_out)
    return;

  self->is_left_out = is_left_out;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_LEFT_OUT]);
}

const char *
baleen_message_get_part (BaleenMessage    *self,
                         BaleenMessagePart part)
{
  return self->parts[part];
}

void
baleen_message_set_part (BaleenMessage    *self,
                         BaleenMessagePart part,
                         const char       *json)
{
  if (g_strcmp0 (self->parts[part], json) == 0)
    return;

  g_free (self->parts[part]);
  self->parts[part] = g_strdup (json);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PARTS]);
}

void
baleen_message_set_is_hidden (BaleenMessage *self,
                              gboolean       is_hidden)
{
  self->is_hidden = is_hidden;
}

gboolean
baleen_message_get_is_gone (BaleenMessage *self)
{
  return self->is_hidden || self->state == BALEEN_STATE_DELETED;
}

#include "baleen-batch.h"

struct _BaleenBatch
{
  GObject parent_instance;

  BaleenPriority priority;
  guint n_parallel;
  GPtrArray *requests; /* (owned) of BaleenRequest */
  BaleenBatchItemFunc func;
  gpointer user_data;
  GDestroyNotify destroy;
  const BaleenGuestClass *guest_class; /* (nullable) */
  gpointer guest;
};

G_DEFINE_FINAL_TYPE (BaleenBatch, baleen_batch, G_TYPE_OBJECT)

static void
baleen_batch_finalize (GObject *object)
{
  BaleenBatch *self = BALEEN_BATCH (object);

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_ptr_array_unref (self->requests);
  G_OBJECT_CLASS (baleen_batch_parent_class)->finalize (object);
}

static void
baleen_batch_class_init (BaleenBatchClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baleen_batch_finalize;
}

static void
baleen_batch_init (BaleenBatch *self)
{
  self->requests = g_ptr_array_new_with_free_func ((GDestroyNotify) baleen_request_free);
}

BaleenBatch *
baleen_batch_new (BaleenPriority priority)
{
  BaleenBatch *self = g_object_new (BALEEN_TYPE_BATCH, NULL);

  self->priority = priority;
  return self;
}

guint
baleen_batch_add (BaleenBatch   *self,
                  BaleenRequest *request)
{
  g_ptr_array_add (self->requests, request);
  return self->requests->len - 1;
}

void
baleen_batch_set_n_parallel (BaleenBatch *self,
                             guint        n_parallel)
{
  self->n_parallel = n_parallel;
}

void
baleen_batch_set_item_func (BaleenBatch        *self,
                            BaleenBatchItemFunc func,
                            gpointer            user_data,
                            GDestroyNotify      destroy)
{
  g_return_if_fail (self->func == NULL);

  self->func = func;
  self->user_data = user_data;
  self->destroy = destroy;
}

void
baleen_batch_set_guest (BaleenBatch            *self,
                        const BaleenGuestClass *klass,
                        gpointer                guest)
{
  self->guest_class = klass;
  self->guest = guest;
}

const BaleenGuestClass *
baleen_batch_get_guest (BaleenBatch *self,
                        gpointer    *guest)
{
  *guest = self->guest;
  return self->guest_class;
}

BaleenPriority
baleen_batch_get_priority (BaleenBatch *self)
{
  return self->priority;
}

guint
baleen_batch_get_n_parallel (BaleenBatch *self)
{
  return self->n_parallel;
}

guint
baleen_batch_get_n_requests (BaleenBatch *self)
{
  return self->requests->len;
}

const BaleenRequest *
baleen_batch_get_request (BaleenBatch *self,
                          guint        item)
{
  g_return_val_if_fail (item < self->requests->len, NULL);

  return self->requests->pdata[item];
}

void
baleen_batch_tell (BaleenBatch            *self,
                   guint                   item,
                   const BaleenGeneration *generation,
                   const GError           *error)
{
  if (self->func != NULL)
    self->func (item, generation, error, self->user_data);
}

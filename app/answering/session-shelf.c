#include "session-shelf.h"

#define MOST_KEPT 3

/* Reading so few tokens anew costs less than a second sequence does. */
#define WORTH_KEEPING 32

struct _BaleenSessionShelf
{
  BlnEngine *engine;   /* outlives us */
  GPtrArray *sessions; /* (owned) of BlnSession, the one taken last first */
};

BaleenSessionShelf *
baleen_session_shelf_new (BlnEngine *engine,
                          GError   **error)
{
  BlnSession *session = bln_session_new (engine, error);
  BaleenSessionShelf *self;

  if (session == NULL)
    return NULL;
  self = g_new0 (BaleenSessionShelf, 1);
  self->engine = engine;
  self->sessions = g_ptr_array_new_with_free_func ((GDestroyNotify) bln_session_free);
  g_ptr_array_add (self->sessions, session);
  return self;
}

void
baleen_session_shelf_free (BaleenSessionShelf *self)
{
  g_ptr_array_unref (self->sessions);
  g_free (self);
}

gsize
baleen_session_count_common (BlnSession   *session,
                             const gint32 *tokens,
                             gsize         n_tokens)
{
  gsize n;
  const gint32 *own = bln_session_get_tokens (session, &n);
  gsize common = 0;

  n = MIN (n - bln_session_get_pending (session), n_tokens);
  while (common < n && own[common] == tokens[common])
    common++;
  return common;
}

static gsize
count_read (BlnSession *session)
{
  gsize n;

  bln_session_get_tokens (session, &n);
  return n - bln_session_get_pending (session);
}

static guint
find_best (BaleenSessionShelf *self,
           const gint32       *tokens,
           gsize               n_tokens,
           gsize              *common)
{
  guint best = 0;

  *common = 0;
  for (guint i = 0; i < self->sessions->len; i++)
    {
      const gsize n = baleen_session_count_common (self->sessions->pdata[i], tokens, n_tokens);

      if (n > *common)
        {
          *common = n;
          best = i;
        }
    }
  return best;
}

/* One more, as long as all of them take no more than a quarter of what memory is left over;
 * else the one that was not used for longest, unless that is the one to copy from. */
static BlnSession *
make_room (BaleenSessionShelf *self,
           BlnSession         *source)
{
  const BlnMemoryPlan *plan = bln_engine_get_plan (self->engine);
  const gboolean is_on_card = plan->card_total > 0;
  const guint64 available = is_on_card ? plan->card_available : plan->available;
  const guint64 taken = is_on_card ? plan->card_total : plan->total;
  const guint64 left = available > taken ? (available - taken) / 4 : 0;
  BlnSession *last = self->sessions->pdata[self->sessions->len - 1];
  BlnSession *added = NULL;

  if (self->sessions->len < MOST_KEPT
      && self->sessions->len * MAX (plan->kv_cache, 1) <= left)
    added = bln_session_new (self->engine, NULL);
  if (added != NULL)
    g_ptr_array_add (self->sessions, added);
  if (added != NULL || last != source)
    return added != NULL ? added : last;
  return NULL;
}

static void
put_first (BaleenSessionShelf *self,
           BlnSession         *session)
{
  guint at = 0;

  g_ptr_array_find (self->sessions, session, &at);
  g_ptr_array_insert (self->sessions, 0, g_ptr_array_steal_index (self->sessions, at));
}

BlnSession *
baleen_session_shelf_take (BaleenSessionShelf *self,
                           const gint32       *tokens,
                           gsize               n_tokens)
{
  gsize common;
  BlnSession *best = self->sessions->pdata[find_best (self, tokens, n_tokens, &common)];
  BlnSession *room = NULL;

  /* What would be cut off is another branch: it stays as it is. */
  if (count_read (best) > common + WORTH_KEEPING)
    room = make_room (self, best);
  if (room != NULL && (common == 0 || bln_session_copy (room, best, NULL)))
    best = room;
  put_first (self, best);
  return best;
}

BlnSession *
baleen_session_shelf_get (BaleenSessionShelf *self)
{
  return self->sessions->pdata[0];
}
